## What recipients of data are told of erasure, rectification and restriction (GDPR Art. 19).

notices-title = Notices to recipients
notices-lead = Whoever got a person's data from you is told of erasure, rectification and restriction (Art. 19 GDPR). After { $days } days without an answer a notice counts as overdue here.
notices-overdue-count = { $n ->
    [one] One notice is overdue.
   *[other] { $count } notices are overdue.
}
notices-tabs = Notices by state
notices-open = Open
notices-settled = Settled
notices-none = There is nothing here.
notices-recipient = Recipient
notices-about = About
notices-written = Written
notices-way = Way
notices-state = State
notices-overdue = overdue
notices-webhook = to the recipient's system
notices-mail = by mail
notices-by-hand = by hand
notices-erased = Erasure
notices-rectified = Rectification
notices-restricted = Restriction
notices-lifted = Restriction lifted
notices-objected = Objection to advertising
notices-state-to-do = to be told by hand
notices-state-queued = waits to be sent
notices-state-sent = sent, no answer yet
notices-state-acknowledged = confirmed by the recipient
notices-state-refused = not carried out, with a reason
notices-state-failed = did not arrive
notices-state-superseded = overtaken by the erasure
notices-why-no-address = The register names no address any more.
notices-why-gone = The recipient's system takes no notices any more.
notices-why-mail = The mail did not arrive.
notices-why-unreachable = The recipient's system can't be reached.
notices-why-code = The recipient's system answered with { $code }.
notices-fate = State of the notice
notices-reason = Reason
notices-answered = Answered
notices-cause = Proof of what happened
notices-again = Send again
notices-note = Enter an answer
notices-note-about = If the recipient answered another way, or if telling it is impossible or disproportionate (Art. 19 sentence 1 GDPR).
notices-note-done = The recipient has done it
notices-note-refused = Settle with this reason
notices-reason-field = Reason why it can't be done
notices-reason-hint = Please give no names or addresses.
notices-needs-reason = Please give the reason.
notices-settled-already = This notice is settled already.
notices-secrets = Secrets of webhooks
notices-secrets-about = With them the recipient checks that a notice comes from you (Standard Webhooks).
notices-secret-show = Show secret
notices-secret-of = Webhook secret: { $name }
notices-secret-about = Give this secret to the recipient alone, by a safe way. It does not stand in the register.
notices-told-title = Who was told
notices-told-lead = The person may ask you to name these recipients (Art. 19 sentence 2 GDPR).
notices-told-none = Nobody has been told anything about this person.
notices-told-link = Recipients that were told
notices-to-contact = To the contact

notice-title = Notice about a person's data
notice-erased-ask = Please erase the data of this person that you received from us. We have erased them (Art. 17(1), Art. 19 GDPR).
notice-rectified-ask = Please rectify the data of this person (Art. 16, Art. 19 GDPR).
notice-restricted-ask = Please only store the data of this person until further notice (Art. 18, Art. 19 GDPR).
notice-lifted-ask = The restriction of processing for this person is lifted (Art. 18(3) GDPR).
notice-objected-ask = This person has objected to advertising. Please do not use the data for it any more (Art. 21(2) and (3) GDPR).
notice-who = Whom it is about
notice-name = Name
notice-email = E-mail
notice-phone = Telephone
notice-post = Address
notice-now = This is right
notice-confirm-about = Once you have done it, confirm it here. After that this page shows nothing of the person any more.
notice-confirm = Yes, it is done
notice-cannot = It is not possible
notice-cannot-about = If it is impossible or involves disproportionate effort, or if a law demands keeping, please give the reason.
notice-cannot-send = Send the reason
notice-done = Thank you. It is noted as done.
notice-refused = Thank you. Your reason is noted.
notice-over = This page shows nothing of the person any more.
notice-taken = Whom it is about is in the notice that your system received.
notice-no-longer = This notice is not kept any more.
notice-for = This notice is for { $name }.

recipient-notices = Notices to this recipient
recipient-notices-hint = This is how the recipient is told of erasure, rectification and restriction (Art. 19 GDPR). A webhook comes first.
recipient-mail = E-mail address
recipient-webhook = Webhook
recipient-webhook-hint = Begins with https://. Its secret is under “Notices to recipients”.
recipient-mail-wrong = The e-mail address can't be read.
recipient-webhook-wrong = The webhook has to begin with https:// and must not hold a user name.

mail-purpose-recipient = Notice to a recipient
kind-recipient-to-be-told = Notice to a recipient written
kind-recipient-told = Recipient told
kind-recipient-answered = Recipient answered
kind-recipient-not-reached = Recipient not reached
toast-recipient-told-again = The notice goes out again.
toast-recipient-answered = Answer entered.
actor-recipient = the recipient, by link
actor-recipients = sending of notices

erased-told = { $n ->
    [one] One recipient of the data is told of it.
   *[other] { $count } recipients of the data are told of it.
}
