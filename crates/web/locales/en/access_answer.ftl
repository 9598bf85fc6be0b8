## The answer under GDPR Art. 15.

access-title = Access to data
access-lead = This is what the person receives on a request under GDPR Art. 15. Look through it before you hand it out.
access-check = Look through
access-blacked = { $n ->
    [0] Nothing is blacked out.
    [one] One place is blacked out to protect others (▇▇▇).
   *[other] { $count } places are blacked out to protect others (▇▇▇).
}
access-gaps = { $n ->
    [one] One answer is missing; it is marked below.
   *[other] { $count } answers are missing; they are marked below.
}
access-further = Black out too
access-further-hint = Words or sentences, one place on each line, exactly as they stand in notes and other free texts below.
access-keep = Do not black out
access-keep-hint = Words that concern the person alone, one on each line.
access-withheld = Reason, if you withhold something
access-withheld-hint = For example a trade secret (GDPR Art. 15(4)). The reason is told in the answer.
access-language = Language of the answer
access-german = German
access-english = English
access-look = Renew the preview
access-make = Make a file only
access-make-hint = It is not released by that. That you make the file becomes evidence, with its checksum. The file for machines marks what belongs to data portability (GDPR Art. 20).
access-pdf = Answer (PDF)
access-json = For machines (JSON)
access-csv = For spreadsheets (CSV)
access-nothing = Nothing is on record.
access-gap = Not on record
access-csv-part = Part
access-csv-what = What
access-csv-when = Time
access-csv-field = Field
access-csv-value = Content
action-access = Answer a request for access
kind-access-answer-made = Answer to a request for access made
