## The certificate of an erasure.

certificate-title = Certificate of erasure
certificate-about = A paper that says what was erased, when, why and what stays. It does not name the person; its receipt can be checked with the public key alone.
certificate-pdf = Certificate (PDF)
certificate-receipt = Receipt to check (JSON)
certificate-what = What
certificate-done = Data of one person erased for good
certificate-again = Erasure done again after an older backup was restored
certificate-waits = Data restricted, erasure noted
certificate-when = When
certificate-until = To be kept until
certificate-why = Reason
certificate-asked = Request of the person or decision of the controller
certificate-merged = The contact had been merged into another one that was erased.
certificate-period = Period of the activity “{ $activity }” is over
certificate-no-activity = No activity of the register needed the data.
certificate-anonymised = Numbers that lead to nobody any more stay in the statistics.
certificate-provision = Provision
certificate-due-on = Due on
certificate-requested-on = Asked for on
certificate-by = Carried out by
certificate-former-member = a former member
certificate-elsewhere = another program
certificate-identifier = Identifier of the contact
certificate-pseudonym = Pseudonym in the log
certificate-suppressed = { $n ->
    [one] The hash of one address or number: it suppresses it, so that no later list brings the person back (GDPR Art. 17(3)(b), 21(3)). The address can’t be read from it.
   *[other] The hashes of { $count } addresses and numbers: they suppress these, so that no later list brings the person back (GDPR Art. 17(3)(b), 21(3)). The addresses can’t be read from them.
}
certificate-entry = Evidence number
certificate-place = Place in the log
certificate-place-of = { $place }, counted from 0; the signature covers { $size } entries
certificate-merged-entries = Evidence about contacts that had been merged into this one
