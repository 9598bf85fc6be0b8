//! Gaps of an activity that advertises: UWG § 7, consent, sharing.

use jiff::civil::date;
use law::{Channel, Citation, Country, LegalBasis, Text};

use super::{Gap, Place, Rule};
use crate::{Activity, Recipient, RecipientRole, Register, Role};

const UWG_CALL: Citation = Citation::renumbered(
    "UWG § 7(2) Nr. 1",
    &[(date(2022, 5, 28), "UWG § 7(2) Nr. 2")],
);
const UWG_MAIL: Citation = Citation::renumbered(
    "UWG § 7(2) Nr. 2",
    &[(date(2022, 5, 28), "UWG § 7(2) Nr. 3")],
);
const EPRIVACY_MAIL: Citation = Citation::new("Directive 2002/58 Art. 13(1)");

const BASIS: Rule = Rule::must(
    "advertising_basis",
    "GDPR Art. 6(1)",
    "basis",
    Text::new(
        "Werbung lässt sich auf diese Rechtsgrundlage nicht stützen",
        "advertising cannot rest on this legal basis",
    ),
    Text::new(
        "als Rechtsgrundlage „Einwilligung“ wählen oder „Berechtigte Interessen“ mit begründeter Abwägung",
        "choose “Consent” as legal basis, or “Legitimate interests” with a reasoned balancing test",
    ),
);
const MAIL: Rule = Rule::must(
    "electronic_mail_without_consent",
    "",
    "basis, goods_class",
    Text::new(
        "Werbung per E-Mail oder Nachricht braucht eine Einwilligung oder die Bestandskundenausnahme",
        "advertising by e-mail or message needs consent or the existing-customer exception",
    ),
    Text::new(
        "als Rechtsgrundlage „Einwilligung“ wählen und sie im Double-Opt-in einholen; oder für eigene ähnliche Waren die beworbene Warengruppe wählen (§ 7 Abs. 3 UWG)",
        "choose “Consent” as legal basis and obtain it by double opt-in; or, for similar goods of your own, choose the goods advertised (UWG § 7(3))",
    ),
);
const MACHINE: Rule = Rule::must(
    "machine_without_consent",
    "",
    "basis, channels",
    Text::new(
        "Werbung per Fax oder Anrufautomat braucht eine ausdrückliche Einwilligung",
        "advertising by fax or calling machine needs express consent",
    ),
    Text::new(
        "als Rechtsgrundlage „Einwilligung“ wählen oder den Kanal streichen",
        "choose “Consent” as legal basis or remove the channel",
    ),
);
const CALL: Rule = Rule::must(
    "call_without_circumstances",
    "UWG § 7(2) Nr. 1",
    "call_circumstances",
    Text::new(
        "Werbeanrufe ohne Einwilligung brauchen konkrete Umstände, die ein sachliches Interesse des Unternehmens am Anruf erwarten lassen",
        "advertising calls without consent need concrete circumstances that let one expect the business's objective interest in the call",
    ),
    Text::new(
        "beschreiben, welche Umstände vor jedem Anruf festgehalten werden; Verbraucher nur mit Einwilligung anrufen",
        "describe which circumstances are recorded before each call; call consumers only with consent",
    ),
).citing(UWG_CALL);
const AD_AUDIENCE: Rule = Rule::must(
    "ad_audience_without_consent",
    "GDPR Art. 6(1)(a)",
    "basis, channels",
    Text::new(
        "das Hochladen von Kontakten zu einem Werbenetz braucht eine Einwilligung",
        "uploading contacts to an advertising network needs consent",
    ),
    Text::new(
        "dafür eine eigene Tätigkeit mit der Rechtsgrundlage „Einwilligung“ anlegen oder den Kanal streichen",
        "create an activity of its own that rests on consent, or remove the channel",
    ),
)
.to_be_checked();
const SHARING: Rule = Rule::must(
    "sharing_without_consent",
    "GDPR Art. 6(1)(a)",
    "basis, channels",
    Text::new(
        "die Weitergabe für fremde Werbung braucht eine Einwilligung, die den Empfänger nennt",
        "passing data on for others' advertising needs consent that names the recipient",
    ),
    Text::new(
        "dafür eine eigene Tätigkeit mit der Rechtsgrundlage „Einwilligung“ anlegen oder die Weitergabe streichen",
        "create an activity of its own that rests on consent, or remove the sharing",
    ),
)
.to_be_checked();
const SHARING_RECIPIENT: Rule = Rule::must(
    "sharing_recipient_missing",
    "GDPR Art. 13(1)(e)",
    "recipients, [[recipient]]",
    Text::new(
        "Daten werden weitergegeben, aber es ist kein eigener oder gemeinsam Verantwortlicher als Empfänger genannt",
        "data are passed on, but no independent or joint controller is named as recipient",
    ),
    Text::new(
        "die Empfänger anlegen und bei der Tätigkeit ankreuzen",
        "create the recipients and tick them in the activity",
    ),
);
const SHARING_UNDECLARED: Rule = Rule::should(
    "sharing_not_declared",
    "GDPR Art. 5(1)(b)",
    "channels, recipients",
    Text::new(
        "ein Empfänger handelt für eigene Zwecke, aber die Weitergabe ist nicht eingetragen; die Leitplanke lehnt sie ab",
        "a recipient acts for its own purposes, but sharing is not declared; the gate refuses it",
    ),
    Text::new(
        "für die Weitergabe eine eigene Tätigkeit anlegen und dort „Weitergabe“ ankreuzen, oder den Empfänger herausnehmen",
        "create an activity of its own for the sharing and tick “Sharing” there, or take the recipient out",
    ),
);
const CONSENT_TEXT: Rule = Rule::must(
    "consent_text_missing",
    "GDPR Art. 7(1)",
    "[[consent_text]]",
    Text::new(
        "die Tätigkeit beruht auf Einwilligung, aber kein Einwilligungstext fragt nach ihr",
        "the activity rests on consent, but no consent text asks for it",
    ),
    Text::new(
        "bei der Tätigkeit den Wortlaut der Einwilligung eintragen",
        "enter the wording of the consent in the activity",
    ),
);
const CONSENT_CHANNELS: Rule = Rule::must(
    "consent_channels_missing",
    "GDPR Art. 4(11)",
    "consent_text.channels",
    Text::new(
        "kein Einwilligungstext der Tätigkeit nennt",
        "no consent text of the activity names",
    ),
    Text::new(
        "eine neue Fassung des Wortlauts anlegen, die diese Kanäle nennt, oder die Kanäle streichen",
        "create a new version of the wording that names these channels, or remove the channels",
    ),
);

pub(super) fn check(register: &Register, activity: &Activity, found: &mut Vec<Gap>) {
    if activity.role == Role::Processor {
        return;
    }
    if activity.basis == Some(LegalBasis::Consent) {
        check_consent(register, activity, found);
    } else if activity.purpose_kind.is_advertising() {
        check_without_consent(register, activity, found);
    }
    check_sharing(register, activity, found);
}

fn check_without_consent(register: &Register, activity: &Activity, found: &mut Vec<Gap>) {
    let mut push = |rule: &Rule| found.push(rule.at(Place::Activity(activity.id.clone())));
    if activity
        .basis
        .is_some_and(|basis| basis != LegalBasis::LegitimateInterests)
    {
        push(&BASIS);
    }
    let mail_law = if register.organisation.country == Country::DE {
        UWG_MAIL
    } else {
        EPRIVACY_MAIL
    };
    if activity.channels.iter().any(Channel::is_electronic_mail) && activity.goods_class.is_none() {
        push(&MAIL.citing(mail_law));
    }
    if activity.declares(Channel::Fax) || activity.declares(Channel::AutomatedCall) {
        push(&MACHINE.citing(mail_law));
    }
    if activity.declares(Channel::Phone) && activity.call_circumstances.is_none() {
        push(&CALL);
    }
    if activity.declares(Channel::AdAudience) {
        push(&AD_AUDIENCE);
    }
    if activity.declares(Channel::Sharing) {
        push(&SHARING);
    }
}

fn check_consent(register: &Register, activity: &Activity, found: &mut Vec<Gap>) {
    let place = Place::Activity(activity.id.clone());
    let mut texts = register.consent_texts_for(&activity.id).peekable();
    if texts.peek().is_none() {
        found.push(CONSENT_TEXT.at(place));
        return;
    }
    let asked = texts
        .map(|text| text.channels.bits())
        .fold(0, |all, bits| all | bits);
    let unasked: Vec<_> = activity
        .channels
        .iter()
        .filter(|&channel| channel != Channel::Storing)
        .filter(|&channel| asked & law::ChannelSet::of(channel).bits() == 0)
        .map(Channel::label)
        .collect();
    if !unasked.is_empty() {
        found.push(CONSENT_CHANNELS.with(place, unasked));
    }
}

fn check_sharing(register: &Register, activity: &Activity, found: &mut Vec<Gap>) {
    let place = Place::Activity(activity.id.clone());
    let for_itself = |recipient: &Recipient| recipient.role != RecipientRole::Processor;
    let has_other_controller = register.recipients_of(activity).any(for_itself);
    if activity.declares(Channel::Sharing) && !has_other_controller {
        found.push(SHARING_RECIPIENT.at(place));
    } else if activity.purpose_kind.is_advertising()
        && has_other_controller
        && !activity.declares(Channel::Sharing)
    {
        found.push(SHARING_UNDECLARED.at(place));
    }
}
