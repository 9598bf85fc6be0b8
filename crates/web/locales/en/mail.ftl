## Mail to contacts: what waits, what was sent, what came back.

nav-mail = Mail
mail-title = Mail
mail-lead = What goes to your contacts and what became of it. No message is lost, and none goes out a second time by itself.
mail-no-server = No mail server is set up. What is written waits here until one is given with “--smtp” at the start.
mail-tabs = Mail by state
mail-none = There is nothing here.
mail-newest = To the newest
mail-older = Older

mail-waiting = Waiting
mail-waiting-about = These messages go out as soon as the mail server takes them. While it can't be reached, it is tried again and again.
mail-unknown = Unclear
mail-unknown-about = The connection broke before the mail server confirmed that it took the message. Nobody knows whether it arrived, so it does not go out again by itself.
mail-given-up = Given up
mail-given-up-about = The mail server refused these messages for the time being again and again, or they could not be written.
mail-bounced = Came back
mail-bounced-about = These messages were refused for good. Where the address does not exist, it is not written to any more until it is corrected (Art. 5(1)(d) GDPR).
mail-refused = Not sent
mail-refused-about = When the turn of these messages came, they were not allowed or not meant to go out any more.
mail-sent = Sent
mail-sent-about = The mail server took these messages. Requests for confirmation, receipts and notices can still be read, as proof.

mail-purpose = What for
mail-contact = To
mail-about = Contact
mail-since = As of
mail-written = Written
mail-tries = Tries
mail-state = State
mail-due = Next try: { $time }
mail-form = a form that was sent
mail-request = request of a data subject
mail-fate = What became of it
mail-text = What it says
mail-to = To
mail-subject = Subject
mail-files = Files
mail-not-kept = What it said is not kept here. That of a campaign stands with the campaign; the evidence holds the hash of the message as it was sent.
mail-hidden = [link, for the recipient alone]
mail-hidden-why = Links in this message can't be seen here: whoever followed them in the recipient's place could confirm for that person or see their data.

mail-again = Try again
mail-again-unknown = The message may have arrived. If you try again, it then arrives a second time.
mail-again-given-up = The message certainly did not arrive. It is tried again at once.
mail-again-waiting = The message goes on being tried by itself. If you know that the mail server takes mail again, try at once.
mail-again-too-late = The message was sent meanwhile, or is not to go out any more. How it stands now is said below.
toast-mail-tried-again = The message is tried again in a moment.

mail-state-waiting = waits
mail-state-going = is going out
mail-state-sent = taken
mail-state-bounced = came back
mail-state-given-up = given up
mail-state-unknown = unclear
mail-state-refused = not sent
mail-state-cancelled = called off

mail-purpose-confirmation = Request for confirmation
mail-purpose-receipt = Receipt
mail-purpose-link = Link to the person's own data
mail-purpose-notice = Notice
mail-purpose-campaign = Campaign
mail-purpose-enquiry = Enquiry to your firm

mail-why-unreachable = The mail server can't be reached.
mail-why-timeout = The mail server did not answer in time.
mail-why-insecure = The connection to the mail server is not secure, or it refuses the sign-in.
mail-why-later = The mail server refused it for the time being.
mail-why-for-good = The mail server refused it for good.
mail-why-came-back = The message came back as undeliverable.
mail-why-undeliverable = An earlier message to this address came back.
mail-why-unclear = The mail server did not confirm that it took it.
mail-why-expired = Its time had run out.
mail-why-gate = The law no longer allowed the message when its turn came.
mail-why-called-off = The campaign was called off.
mail-why-unwritable = The message could not be read or written.

email-comes-back = Mail to this address comes back. It is not written to until it is corrected.

kind-mail-sent = Mail sent
kind-mail-bounced = Mail came back
kind-mail-unknown = Unclear whether mail arrived
kind-mail-refused = Mail not sent
kind-mail-given-up = Mail given up
kind-mail-tried-again = Mail tried again
actor-mail = Sending of mail
actor-mailbox = Mailbox
