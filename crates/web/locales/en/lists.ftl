## Lists: for calls and letters, and of those who must not be advertised to.

list-who = Who
list-number = Telephone
list-address = Address
list-salutation = Salutation
list-basis = Why it is allowed
list-circumstance = Circumstance noted
list-opening = How the call begins
list-about = Campaign “{ $campaign }”. This list holds only on { $day }.
list-calls-note = Ask again before each call: open the person under “Calls”. Whoever has objected meanwhile must not be called any more.
list-letters-note = Each letter needs the notices on the right to object and, at first contact, on the source of the data (GDPR Art. 14 and 21(4)). They are put in already in the letters as PDF and in the table (CSV), not in this list.
list-left-out = Not on the list because not allowed today, not to be reached, or a duty is still open: { $people }

campaign-do-letters = Letters (PDF)
campaign-do-list-pdf = List for today (PDF)
campaign-next-letters = The letters and the table hold every notice that the law asks for. Whoever is on them counts as written to and, where the source of the data is in the letter, as informed (GDPR Art. 14); there is no way back to the draft then. Take them out when you also send them.
campaign-company-hint = Written as the contacts have it, with its legal form. Empty: every company.
campaign-company-gone = a company that no contact names any more
campaign-for-company = Campaign for this company
campaign-fault-company = No contact names this company. Write it as in the list of companies.
campaign-fault-too-many = A PDF is for at most 500 people. Take the table (CSV), for a print shop for example, or narrow the campaign down.

blocked-in-force = Lists in force
blocked-none = No list is taken in yet.
blocked-as-of = As of { $day }
blocked-holds = { $addresses }, { $numbers }.
blocked-taken = Taken in { $time } by { $who }
blocked-name = Name of the list
blocked-name-hint = The new list takes the place of one with the same name.
blocked-name-wrong = Give the list a name of at most 100 characters.
blocked-kind-hint = Whoever consented to you later goes before a Robinson list. Your own suppression list and the ECG list hold in any case.
blocked-conflict = Somebody has just taken in a list of this name. See whether yours is still needed.
blocked-renewed = The former list of this name is replaced. Blocked: { $addresses }, { $numbers }.
blocked-remove = Remove …
blocked-remove-title = Remove a suppression list
blocked-remove-about = Objections and erasures of people stay, even if the same address is on the list. That the list was removed stays as evidence.
blocked-remove-do = Remove the list
blocked-on-it = On the list
blocked-frees = Not blocked any more then
blocked-frees-count = { $entries }, concerned: { $contacts }
toast-block-list-removed = The suppression list is removed.
mail-why-same-mailbox = Same mailbox: somebody else who shares it got the message already.
kind-block-list-taken = Suppression list taken in
kind-block-list-removed = Suppression list removed
kind-consent-used = Consent used
kind-key-ended = Key of a form or a notice deleted
blocked-addresses = { $n ->
    [one] 1 e-mail address
   *[other] { $count } e-mail addresses
}
blocked-numbers = { $n ->
    [one] 1 telephone number
   *[other] { $count } telephone numbers
}
blocked-entries = { $n ->
    [one] 1 address or number
   *[other] { $count } addresses and numbers
}
blocked-contacts = { $n ->
    [one] 1 contact
   *[other] { $count } contacts
}
blocked-other-kind = The list of this name is of another kind. Give the new one another name.
blocked-older = The list of this name has the later state of { $day }. Take in a newer one, or give this one another name.
blocked-replace-asks = The new list lacks what only the list of this name had. It would be blocked no more. Nothing is changed yet: agree below and choose the file again.
blocked-replace-agree = This is to be blocked no more.
