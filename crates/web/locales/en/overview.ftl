## The way in six steps, and deadlines.

overview = Overview
way = Your way in six steps
step-know = Know your personal data
step-purposes = Define purposes
step-secure = Secure
step-assess = Assess risks
step-inform = Inform
step-train = Train
step-train-about = Whoever works with data has to be instructed (Art. 32(4), Art. 39(1)(b) GDPR). Trainings are not kept here yet; record who took part in what and when.
step-done = nothing is missing as far as can be seen here
step-begun = begun
step-to-do = to do
step-more = { $n ->
    [one] and 1 more
   *[other] and { $count } more
}
step-uninformed = { $n ->
    [one] 1 person is still to be informed
   *[other] { $count } persons are still to be informed
}
done-contacts = { $n ->
    [one] 1 contact on the list
   *[other] { $count } contacts on the list
}
done-sources = { $n ->
    [one] from 1 kind of source
   *[other] from { $count } kinds of sources
}
done-activities = { $n ->
    [one] 1 activity declared
   *[other] { $count } activities declared
}
done-measures = { $n ->
    [one] 1 measure declared
   *[other] { $count } measures declared
}
done-recipients = { $n ->
    [one] 1 recipient declared
   *[other] { $count } recipients declared
}
action-import = Take in a list
action-activity = Declare an activity
action-measure = Declare a measure
action-mend = Close the next gap
action-inform = Who is still to be informed
deadlines = Deadlines
deadline-inform = { $n ->
    [one] Inform 1 person
   *[other] Inform { $count } persons
}
deadline-inform-overdue = { $n ->
    [one] 1 person should have been informed
   *[other] { $count } persons should have been informed
}
deadline-role = Role of { $name } ends
deadline-transfer = Check the transfer to { $name } again
deadline-adequacy = The adequacy decision for { $name } ends
deadline-balancing = Look at the balancing test again: { $name }
deadline-overdue = overdue
to-gaps = See all gaps
restricted-count = { $n ->
    [one] 1 contact is restricted (Art. 18 GDPR)
   *[other] { $count } contacts are restricted (Art. 18 GDPR)
}
