## Purposes that changed: who has to be told or asked.

purposes-title = Changed purposes
purposes-lead = Whoever's data were collected for another purpose has to learn of the new one before you use the data for it (GDPR Art. 13(3), 14(4)). A consent covers only the purpose for which it was given. Until then Leitplanke says no.
purposes-none = No purpose changed that somebody does not know of yet.
purposes-unsaid = (not stated)
purposes-before = Before
purposes-now = Now
purposes-since = Changed
purposes-to-tell = To be told
purposes-to-ask = To be asked
purposes-told = Told
purposes-asked = Consented anew
purposes-on-its-way = { $count } of them written to, mail on its way
purposes-without-mail = { $count } of them without a working e-mail address: tell them by letter and note it with the contact
purposes-tell-about = Counted are the contacts whom you could address otherwise.
purposes-ask-about = Counted are the contacts whose consent was for the purpose before. Who does not consent anew stays blocked; silence is no consent.
purposes-same-about = If only the wording changed, say so with the activity under “Only the wording changed”.
purposes-letter-title = Mail to everybody who does not know yet
purposes-letter-about = The mail must not advertise. Everybody gets it once, with the link to their own settings at its end. Who counts as told is whose mail server took it.
purposes-letter-missing = Fill in subject and text in both languages.
purposes-letter-subject-wrong = The subject has to be one line.
purposes-subject-de = Subject (German)
purposes-text-de = Text (German)
purposes-subject-en = Subject (English)
purposes-text-en = Text (English, for recipients outside the German-speaking countries)
purposes-send = Send to everybody who does not know yet
purposes-letter-subject = { $organisation }: your data are used for a new purpose
purposes-letter =
    Hello,

    we hold data about you and would like to use them for another purpose than before.

    { $changes }

    You can object to the use of your data for advertising at any time, without giving reasons. On the following page you do that with one click; there you also ask for access, correction or erasure.

    { $organisation }
purposes-letter-told =
    { $name }
    Before: { $before }
    From now on: { $now }
purposes-letter-asked =
    { $name }
    Before: { $before }
    From now on: { $now }
    Your consent so far does not cover it. Without a new one we do not use your data for it.
purposes-open = Purposes changed. See who does not know of it yet.
purposes-see = Who has to be told
activity-same-purpose = Only the wording changed
activity-same-purpose-why = Why is it the same purpose?
activity-same-purpose-hint = Leave empty if the purpose changed: then the people concerned have to learn of it first (GDPR Art. 13(3), 14(4)). After another change only a new reason counts.
toast-told-of-purposes = Mails written. They go out one after the other.
