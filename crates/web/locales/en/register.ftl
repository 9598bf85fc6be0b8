## The register and what it moves.

register = Record of processing activities
register-lead = What your organisation does with whose data, what for, on which basis and how long. What is not here, Leitplanke refuses.
register-version = Version { $version }
to-register = To the register
versions = Earlier versions
versions-lead = Every saved change with its day and person. So it can be said later what was in force when.
version-changes = What this version changed
version-text = This version as text
activities = Activities
activities-none = No activity is declared yet. Begin with a proposal, for example the newsletter or customer care.
activity-add = Add an activity
activity-new = New activity
activity-remove = Remove the activity …
add = Add
gaps-count = { $n ->
    [one] 1 gap
   *[other] { $count } gaps
}
gaps-required-count = { $n ->
    [one] 1 gap required by law
   *[other] { $count } gaps required by law
}
gaps-advised-count = { $n ->
    [one] 1 recommendation
   *[other] { $count } recommendations
}
gaps-none = No gap found. Only what is declared can be checked.
gaps-here = What is still missing here
gap-required = required
gap-advised = advised
recipients = Recipients
recipients-none = Who gets data? For example the provider of mail dispatch, CRM or accounting.
measures = Measures
measures-none = How do you protect the data? For example access rights, encryption, backups (Art. 32 GDPR).
measure = Measure
measure-what = What protects the data?
measure-name-hint = For example “access rights” or “encrypted backup”.
measure-description = What it consists of, or where it is described
measure-remove = Remove the measure …
goods = Goods classes
consent-texts = Consent texts in force
register-organisation = About the organisation
register-organisation-edit = Address, representative, data-protection officer, authority
register-text = Edit as text
register-text-lead = The whole register as one text, for people who know what they write. Here too you see what moves before you save.
register-text-label = Register (TOML)
register-text-gaps = Gaps, and the keys that close them
faults = { $n ->
    [one] The text has 1 fault:
   *[other] The text has { $count } faults:
}
proposals-lead = What do you want to begin with? A proposal is filled in, you only change it to fit.
proposal-empty = Empty activity
proposal-empty-about = Enter everything yourself.
proposal-there = is there already
entry-needs-name = Enter a name.
entry-in-use = Still used by: { $by }. Take it out there first.
form-wrong = Please check these inputs; everything else is still there:
activity-needs-kind = Choose the kind of purpose.
activity-retention-wrong = A retention rule needs start, number and unit, for example 3 years from the end of the contract.
day-wrong = This is no day; write it as 2026-11-24.
country-wrong = Give the country as two letters, for example DE or US.
number-wrong = Enter a number.
activity-what = What and what for
activity-name = Name of the activity
activity-purpose = Purpose in your words
activity-purpose-hint = A sentence that a data subject understands.
activity-kind = Kind of purpose
activity-kind-hint = It decides whether this is advertising in law.
activity-basis = Legal basis (Art. 6(1) GDPR)
activity-role = Your role
activity-principal = On behalf of
activity-principal-hint = As processor only.
activity-whose = Whose data, and which
one-per-line = One per line.
activity-sources = Where the data come from
activity-special = Special categories (health, religion, …)
activity-special-data = Which
activity-special-ground = What allows them (Art. 9(2) GDPR)
activity-how = By what means and with whom
activity-channels = Channels and uses
activity-channels-hint = What you do not tick, Leitplanke refuses for this purpose.
activity-goods = Goods advertised (existing customers, UWG § 7(3))
activity-circumstances = Circumstances recorded before a call
activity-circumstances-hint = Only for calls to businesses without consent (UWG § 7(2) Nr. 1).
activity-individual = Each message is written to one person alone
activity-function = The offer relates to the addressees’ professional function
activity-notice = Privacy notice, if one of its own
activity-notice-hint = Address on the web; empty: the organisation’s notice holds.
activity-wording = Wording of the consent
activity-wording-hint = Only where the basis is consent. A changed wording becomes a new version; the old one stays as proof.
activity-wording-de = German
activity-wording-en = English
balancing = Balancing test in three steps (Art. 6(1)(f) GDPR)
balancing-hint = Only where the basis is legitimate interests. Tick arguments that are really true; they are added when you check.
balancing-interest = Which legitimate interest do you pursue?
balancing-interest-hint = Lawful, clearly named, real and present.
balancing-necessity = Why is the processing necessary for it?
balancing-necessity-hint = Why no milder means does as well.
balancing-weighing = Why do the persons’ interests not override it?
balancing-weighing-hint = What do they expect, what does it mean for them, what softens it?
balancing-arguments = Arguments that are often true
balancing-decided-on = Decided on
balancing-decided-by = Decided by
balancing-decided-by-hint = The office, for example “management”.
retention-rule = Rule { $n }
retention-covers = For which data
retention-count = How long
retention-unit = Unit
retention-start = From
retention-year-end = begins at the end of the year only
retention-documents = Duty to keep under HGB § 257, AO § 147
retention-provision = Statute, if one demands it
retention-action = Then
recipient-new = New recipient
recipient-remove = Remove the recipient …
recipient-who = Who gets the data
recipient-name = Company
recipient-service = What it does
recipient-service-hint = For example “sending e-mails”.
recipient-role = Role
recipient-country = Country to which the data go
recipient-country-hint = Two letters, for example DE or US. Remote access counts.
recipient-contract = Contract (Art. 28 or 26 GDPR)
recipient-signed = Signed on
recipient-covers = The contract covers (Art. 28(3) GDPR)
recipient-essence = The essence of the arrangement is published (Art. 26(2) GDPR)
recipient-transfer = Transfer to a third country
recipient-transfer-basis = What it rests on
recipient-assessed = Last checked on
recipient-assessed-hint = Transfer impact assessment, or the look at list and decision.
recipient-reference = Where the document is kept
organisation-who = Who you are
organisation-form = Legal form
organisation-email = E-mail for data protection
organisation-notice = Privacy notice on the web
organisation-imprint = Imprint on the web
organisation-staff = Staff
organisation-staff-data = Of them constantly processing personal data by computer
organisation-staff-data-hint = From 20 people on you need a data-protection officer (BDSG § 38(1)).
organisation-representative = Who represents the organisation
street = Street and number
postcode = Postal code
city = City
phone = Phone
dpo-reported = Reported to the authority on
authority = Supervisory authority
authority-website = Website
preview = Check what it moves
preview-hint = It is saved in the next step only.
blast = What this change moves
blast-lead = Nothing is saved yet. Saving puts all of it in force together, as one new version.
blast-nothing = These inputs change nothing.
blast-contacts = Whom it concerns
blast-asked = Contacts asked about: { $count }.
blast-no-moves = For nobody does it change whether they may be contacted.
blast-moved = permitted: now { $before }, then { $after }
blast-won = { $n ->
    [one] 1 is added
   *[other] { $count } are added
}
blast-lost = { $n ->
    [one] 1 is lost
   *[other] { $count } are lost
}
blast-opened = New gaps
blast-closed = Gaps closed
blast-changes = Changes in the register
blast-changes-hint = From the register follow the Art. 30 record, the consent texts, retention and all answers of the gate.
blast-save = Save and put in force
blast-discard = Discard, to the register
blast-back = To go on editing, go back one step in the browser; your inputs are still there.
change-old = before:
change-new = new:
conflict = Somebody was quicker
conflict-lead = Meanwhile { $who } saved a new version. Nothing was overwritten, your change is not saved yet.
conflict-theirs = What was changed meanwhile
conflict-yours = Your state
conflict-how = Take the other changes into your text, or discard your state and change again.
conflict-compare = Compare my state with the new version
conflict-theirs-keep = Discard my state
record = Record under Art. 30 GDPR
record-controller = As controller (Art. 30(1) GDPR)
record-processor = As processor (Art. 30(2) GDPR)
record-to-controller = Record as controller
record-to-processor = Record as processor
record-print = To print it or save it as PDF use the browser’s print function.
record-organisation = Organisation
record-missing = still missing
record-no-officer = not designated
record-no-processing = No activity is declared that you carry out on behalf of others.
record-others = { $n ->
    [one] 1 more activity is in the other record.
   *[other] { $count } more activities are in the other record.
}
record-principal = Controller acted for
record-categories = Categories of processing
record-purpose = Purpose
record-subjects = Data subjects
record-data = Data
record-recipients = Recipients
record-transfers = Third countries and safeguards
record-limits = Time limits for erasure
record-measures = Technical and organisational measures
record-basis = Legal basis
basis-none = no legal basis yet
basis-consent = Consent (Art. 6(1)(a) GDPR)
basis-contract = Contract (Art. 6(1)(b) GDPR)
basis-legal-obligation = Legal obligation (Art. 6(1)(c) GDPR)
basis-vital-interests = Vital interests (Art. 6(1)(d) GDPR)
basis-public-task = Public task (Art. 6(1)(e) GDPR)
basis-legitimate-interests = Legitimate interests (Art. 6(1)(f) GDPR)
purpose-direct-marketing = Advertising: newsletters, offers, invitations, acquisition
purpose-satisfaction-survey = Satisfaction survey (counts as advertising)
purpose-recommendation = Recommendation to others (counts as advertising)
purpose-auto-reply-advertising = Advertising in automatic replies
purpose-inbox-advertising = Advertising in the inbox
purpose-purchase-request = Request to buy or cooperate (counts as advertising)
purpose-enquiry = Answering an enquiry
purpose-contract-performance = Preparing and performing a contract
purpose-service-message = Messages that the running service needs
purpose-security-notice = Warning of a fault, recall or attack
purpose-legal-obligation = Doing what a statute demands
purpose-opt-in-confirmation = Confirmation in double opt-in
purpose-suppression-list = Keeping a suppression list
purpose-recruiting = Recruiting
purpose-employment = Carrying out employment
purpose-statistics = Statistics without addressing anyone

## What follows from a change, and the difference of two versions.

entry-activity = activity
entry-recipient = recipient
entry-wording = wording of a consent
entry-goods = goods class
entry-similarity = similarity of goods
entry-new = new
entry-gone = removed
organisation-union-representative = Representative in the Union
goods-sold = Goods bought
goods-advertised = Goods advertised
goods-similar = Similar
follow-notices = Publish privacy notices anew
follow-notices-about = After the change these notices no longer say what is true.
follow-notice-at = Published at: { $address }
follow-further-purpose = If data that are there are to be used for the new purpose, inform the persons before (GDPR Art. 13(3), Art. 14(4)).
follow-wordings = Wordings of consents
follow-wordings-about = Consents that were given stay with the wording of their time.
follow-wording-versions = { $kind }: { $from } → { $to }
follow-wording-rewritten = Rather create a new version: the wording that persons agreed to is the proof (GDPR Art. 7(1)).
follow-retention = Time limits for erasure
follow-retention-about = These limits hold from saving on, for data that are there too.
follow-rule-old = until now: { $rule }
follow-rule-new = then: { $rule }
follow-rule-none = no limit
follow-rule-shorter = Shorter than before: older data are due at once.
follow-contracts = Contracts
follow-contracts-about = What is to be settled with recipients before the change is put into practice.
follow-because = Concerns: { $names }
follow-assessments = Impact assessment: check again whether one is required
follow-assessments-about = How many persons are concerned and which technology is used is not in the register; a person weighs that.
follow-check-again = { $triggers } ({ $duty }, { $review })
follow-criteria = Met by the register: { $criteria }. { $reason }
follow-assess = Make a data protection impact assessment before you begin.

## Goods classes and what is similar.

goods-how = Goods classes, and what is similar (UWG § 7(3) Nr. 2)
goods-lead = Without consent you may advertise to existing customers by e-mail only similar goods or services of your own (UWG § 7(3) Nr. 2). A person decides here once what is similar; every answer follows it.
goods-none = No goods class is entered yet. Begin with what you sell.
goods-class = Goods class
goods-name-hint = For example “milling machines” or “training”.
goods-remove = Remove the goods class …
goods-remove-hint = The decisions about it go too. Sales of this class that are on record then carry no advertising any more.
goods-pairs = What is similar?
goods-pairs-about = Bought → advertised. Without a decision Leitplanke refuses the advertising. The same class counts as similar.
goods-is-similar = similar
goods-not-similar = not similar
goods-undecided = not decided yet
goods-pair-lead = Somebody bought “{ $sold }”: is “{ $advertised }” a similar product or service for this person?
goods-pair-hint = Similar is what serves the same use or need, for example accessories or spare parts. In doubt: not similar.
goods-decision = Decision
goods-why = Why
