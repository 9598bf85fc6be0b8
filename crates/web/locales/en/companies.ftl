## Companies that contacts name.

contact-tabs = Contacts and companies
companies-title = Companies
companies-find = Find companies
companies-find-hint = Beginnings of words of company and town, three letters at least
companies-several = only with two contacts or more
companies-none = No contact names a company yet. Take in a list with a column “company”.
companies-none-fits = No company on the list fits.
companies-not-yet = Very many entries begin like that; none of those looked at first fits. Search on, or add another word.
companies-end = The list ends here.
company-contacts = { $n ->
    [one] 1 contact
   *[other] { $count } contacts
}
company-alike = Same name, other legal form or none:
company-no-activity = The register has no advertising activity yet. Without one nobody may be contacted.
company-sums = Who may be contacted?
company-purpose = Purpose
company-ask = Show
company-sum = { $permitted } of { $all } permitted
company-summed = Counted are the first { $count } contacts.
company-no-address = no address
company-answers = Answer by channel
company-end = The list of contacts ends here.
companies-more = More companies

## Contacts that are one person.

duplicates-title = Possible duplicates
duplicates-lead = These contacts have something in common. Look before you merge: colleagues often share a number or a mailbox.
duplicates-by = In common is
duplicates-none = No two contacts have an address or number in common.
duplicates-shared = In common: { $what }
duplicates-more = { $n ->
    [one] One more contact shares it.
   *[other] { $count } more contacts share it.
}
duplicates-next = More groups
shared-email = E-mail address
shared-phone = Telephone number
shared-postal = Name and postal address
merge-do = Merge
merge-with = Merge with { $name }
merge-title = Merge two contacts
merge-lead = “{ $other }” becomes part of “{ $kept }”. Do this only if both are the same person.
merge-swap = Merge the other way round
merge-choices = What is to stay?
merge-side-kept = with the contact that stays
merge-side-other = with the contact that is merged
merge-same = What does not contradict
merge-only-kept = only with the contact that stays
merge-only-other = only with the contact that is merged
merge-kind = Addressed as (decides which rules count)
merge-country = Country (decides whose law counts)
merge-united = What comes together
merge-moves = What goes along
merge-moves-nothing = Nothing else is on record about this contact.
merge-consents = { $n ->
    [one] 1 consent with its proof
   *[other] { $count } consents with their proofs
}
merge-objections = { $n ->
    [one] 1 objection
   *[other] { $count } objections
}
merge-sales = { $n ->
    [one] 1 sale
   *[other] { $count } sales
}
merge-circumstances = { $n ->
    [one] 1 circumstance for a call
   *[other] { $count } circumstances for a call
}
merge-overrules = { $n ->
    [one] 1 decision against a refusal
   *[other] { $count } decisions against a refusal
}
merge-holds = { $n ->
    [one] 1 duty to keep data
   *[other] { $count } duties to keep data
}
merge-objected = The objection to advertising holds for all addresses and numbers of both contacts (GDPR Art. 21(3)).
merge-restricted = The processing stays restricted (GDPR Art. 18).
merge-listed = The hit on the exclusion list stays.
merge-proofs = Proofs
merge-proofs-about = All that the log says about both so far stays readable until the person is erased. The erasure then covers both contacts.
merge-forever = This can't be undone.
merge-conflict = Somebody else changed one of the two contacts meanwhile. Your choices are still there; check them and merge again.
merge-choose = Choose as what and under whose law the person is addressed: the two contacts contradict each other.
known-as = Also on record as
kind-contact-merged = Contacts merged
toast-contacts-merged = Contacts merged.
