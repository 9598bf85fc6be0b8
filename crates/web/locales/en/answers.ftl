## The released answer to a request for access: release, link, download.

release-title = Release
release-hint = What is below is released, exactly. The person has 14 days and can download a file up to five times (PDF, JSON, CSV). Then the released answer is deleted; the evidence stays.
release-mail = Release and send a link
release-hand = Release and hand it over yourself
release-replace = Replace the earlier answer. Its link will then no longer work.
release-is = Released answer
release-way = Way
release-way-mail = Link by e-mail
release-way-hand = Handed over by you
release-fetched = Downloads
release-close = Answer and close the request
release-hand-out-hint = If you need the answer on paper, print the PDF. That you hand it out becomes evidence.
release-print = PDF to hand over
release-revoke = Take the release back
release-changed = The answer is no longer the one that you looked through: data or blackings have changed. Look it through again, then release it.
release-in-force = An answer is released already. Confirm that the new one replaces it.
release-no-mail = No e-mail address is known. Print the answer and hand it over or send it on paper.
release-ended = This answer is not released any more.
answer-title = Your data
answer-lead = Here you get what { $name } has stored about you (GDPR Art. 15).
answer-download = Download
answer-since = Released on
answer-until = Available until
answer-left = { $n ->
    [one] You can download one more file.
   *[other] You can download { $count } more files.
}
answer-pdf = To read (PDF)
answer-others = The PDF is for reading. The two other files hold the same for other programs (GDPR Art. 20). Do not pass the link to this page on.
toast-answer-released = The answer is released.
toast-answer-revoked = The release is taken back.
kind-access-answer-released = Answer to a request for access released
kind-access-answer-handed-out = Answer given out to be handed over
kind-access-answer-fetched = Answer downloaded by the person
kind-access-answer-ended = Release of the answer ended
