## Data quality: what may be wrong or out of date.
quality-title = Data quality
quality-lead = Personal data must be accurate and, where necessary, kept up to date (Art. 5(1)(d) GDPR). Here you see which contacts you should look at.
quality-contacts = { $n ->
    [one] One contact is on record. It can count in several lines.
   *[other] { $count } contacts are on record. A contact can count in several lines.
}
quality-what = What stands out
quality-count = Number
quality-came-back = Mail comes back
quality-came-back-advice = The mailbox is there no more. Correct the address, or erase the contact.
quality-wrong-number = Wrong number
quality-wrong-number-advice = Somebody else answered the telephone, and nothing was changed since.
quality-no-address = Neither address nor number
quality-no-address-advice = These people can't be reached. Look whether you still need the data.
quality-one-year = Not changed for more than a year
quality-one-year-advice = The data may be out of date.
quality-two-years = Not changed for more than two years
quality-two-years-advice = The data are probably out of date in part. Look also whether you still need them.
quality-shared = Details that several contacts have
quality-shared-advice = E-mail addresses, numbers or postal addresses that several contacts have: it may be the same person.
quality-since = on record since { $day }
quality-nobody = There is nobody here (any more).
quality-back = To the overview
