//! Gaps of the organisation itself: GDPR Art. 13, 27, 30(1)(a), 37; BDSG § 38.

use jiff::civil::Date;
use law::gdpr::art44::is_eea;
use law::{Country, Text};

use super::{Gap, Place, Rule, missing};
use crate::{Activity, Contact, Organisation, Register, Role};

/// From how many heads on a data-protection officer is due (BDSG § 38(1) sentence 1).
const HEADS_FOR_OFFICER: u32 = 20;

const NO_ACTIVITY: Rule = Rule::must(
    "no_activity",
    "GDPR Art. 30(1)",
    "[[activity]]",
    Text::new(
        "das Verzeichnis enthält keine Verarbeitungstätigkeit",
        "the register has no processing activity",
    ),
    Text::new(
        "jede Tätigkeit eintragen; was nicht eingetragen ist, lehnt die Leitplanke ab",
        "enter each activity; what is not entered is refused",
    ),
);
const CONTACT: Rule = Rule::must(
    "organisation_contact_missing",
    "GDPR Art. 30(1)(a)",
    "[organisation]",
    Text::new(
        "Angaben zum Verantwortlichen fehlen",
        "details of the controller are missing",
    ),
    Text::new(
        "bei den Angaben zur Organisation ergänzen",
        "add them to what is said of the organisation",
    ),
);
const REPRESENTATIVE: Rule = Rule::should(
    "representative_missing",
    "GDPR Art. 30(1)(a)",
    "[organisation.representative]",
    Text::new(
        "es ist nicht eingetragen, wer die Organisation vertritt",
        "it is not entered who represents the organisation",
    ),
    Text::new(
        "den Namen der Person eintragen, die die Organisation vertritt",
        "enter the name of the person who represents the organisation",
    ),
)
.to_be_checked();
const UNION_REPRESENTATIVE: Rule = Rule::must(
    "union_representative_missing",
    "GDPR Art. 27(1)",
    "[organisation.union_representative]",
    Text::new(
        "die Organisation sitzt außerhalb des EWR und hat keinen Vertreter in der Union benannt",
        "the organisation is outside of the EEA and has named no representative in the Union",
    ),
    Text::new(
        "einen Vertreter schriftlich benennen und eintragen, oder die Ausnahme nach Art. 27 Abs. 2 DSGVO prüfen",
        "designate one in writing and enter it, or check the exception of Art. 27(2) GDPR",
    ),
);
const OFFICER: Rule = Rule::must(
    "dpo_missing",
    "BDSG § 38(1) sentence 1",
    "[organisation.data_protection_officer]",
    Text::new(
        "mindestens 20 Personen verarbeiten ständig automatisiert Daten, aber ein Datenschutzbeauftragter fehlt",
        "at least 20 persons constantly process data by automated means, but there is no data-protection officer",
    ),
    Text::new(
        "Datenschutzbeauftragten benennen und mit Kontaktdaten eintragen",
        "designate one and enter the contact details",
    ),
);
const OFFICER_UNCLEAR: Rule = Rule::should(
    "dpo_duty_unclear",
    "BDSG § 38(1) sentence 1",
    "organisation.staff_processing_data",
    Text::new(
        "ob ein Datenschutzbeauftragter nötig ist, lässt sich nicht sagen",
        "it cannot be told whether a data-protection officer is due",
    ),
    Text::new(
        "angeben, wie viele Personen in der Regel ständig automatisiert Daten verarbeiten (Köpfe, auch Teilzeit)",
        "state how many persons as a rule constantly process data by automated means (heads, part-time included)",
    ),
);
const OFFICER_CONTACT: Rule = Rule::must(
    "dpo_contact_missing",
    "GDPR Art. 13(1)(b)",
    "[organisation.data_protection_officer]",
    Text::new(
        "der Datenschutzbeauftragte hat keine Kontaktdaten",
        "the data-protection officer has no contact details",
    ),
    Text::new(
        "E-Mail-Adresse oder Telefonnummer eintragen; der Name muss nicht veröffentlicht werden",
        "enter an e-mail address or telephone number; the name need not be published",
    ),
);
const OFFICER_REPORTED: Rule = Rule::must(
    "dpo_not_reported",
    "GDPR Art. 37(7)",
    "organisation.data_protection_officer.reported_on",
    Text::new(
        "es ist nicht eingetragen, dass der Datenschutzbeauftragte der Aufsichtsbehörde gemeldet ist",
        "it is not entered that the supervisory authority was told of the data-protection officer",
    ),
    Text::new(
        "Kontaktdaten der Aufsichtsbehörde melden und den Tag der Meldung eintragen",
        "tell the authority the contact details and enter the day",
    ),
);
const AUTHORITY: Rule = Rule::should(
    "authority_missing",
    "GDPR Art. 13(2)(d)",
    "[organisation.supervisory_authority]",
    Text::new(
        "die Aufsichtsbehörde ist nicht eingetragen",
        "the supervisory authority is not entered",
    ),
    Text::new(
        "die Aufsichtsbehörde eintragen, damit Hinweise und Antworten auf das Beschwerderecht verweisen können",
        "enter the supervisory authority, so that notices and answers can point to the right to complain",
    ),
);
const PRIVACY_NOTICE: Rule = Rule::must(
    "privacy_notice_missing",
    "GDPR Art. 13(1)",
    "privacy_notice",
    Text::new(
        "es ist nicht eingetragen, wo die Datenschutzhinweise stehen",
        "it is not entered where the privacy notice is",
    ),
    Text::new(
        "die Adresse der Datenschutzhinweise bei der Organisation oder bei jeder Tätigkeit eintragen",
        "enter the address of the privacy notice for the organisation or in every activity",
    ),
);

pub(super) fn check(register: &Register, on: Date, found: &mut Vec<Gap>) {
    let organisation = &register.organisation;
    let mut push = |rule: &Rule| found.push(rule.at(Place::Organisation));
    if register.activities.is_empty() {
        push(&NO_ACTIVITY);
    }
    if organisation
        .representative
        .as_ref()
        .is_none_or(|person| person.name.is_none())
    {
        push(&REPRESENTATIVE);
    }
    if !is_eea(organisation.country, on) && organisation.union_representative.is_none() {
        push(&UNION_REPRESENTATIVE);
    }
    match &organisation.data_protection_officer {
        Some(officer) => check_officer(officer, on, &mut push),
        None => check_officer_duty(organisation, &mut push),
    }
    if organisation
        .supervisory_authority
        .as_ref()
        .is_none_or(|office| office.name.is_none())
    {
        push(&AUTHORITY);
    }
    if lacks_notice(register) {
        push(&PRIVACY_NOTICE);
    }
    let items = missing(&[
        (organisation.street.is_some(), Text::new("Straße", "street")),
        (
            organisation.postal_code.is_some(),
            Text::new("Postleitzahl", "postal code"),
        ),
        (organisation.city.is_some(), Text::new("Ort", "city")),
        (
            organisation.email.is_some() || organisation.phone.is_some(),
            Text::new(
                "E-Mail-Adresse oder Telefonnummer",
                "e-mail address or telephone number",
            ),
        ),
    ]);
    if !items.is_empty() {
        found.push(CONTACT.with(Place::Organisation, items));
    }
}

fn check_officer(officer: &Contact, on: Date, push: &mut impl FnMut(&Rule)) {
    if !officer.is_reachable() {
        push(&OFFICER_CONTACT);
    }
    if officer.reported_on.is_none_or(|day| day > on) {
        push(&OFFICER_REPORTED);
    }
}

/// Only the headcount is looked at: the other reasons of Art. 37(1) and § 38(1) sentence 2 are
/// not in the register.
fn check_officer_duty(organisation: &Organisation, push: &mut impl FnMut(&Rule)) {
    if organisation.country != Country::DE {
        return;
    }
    match (organisation.staff_processing_data, organisation.staff) {
        (Some(heads), _) if heads >= HEADS_FOR_OFFICER => push(&OFFICER),
        (Some(_), _) => {}
        (None, Some(staff)) if staff < HEADS_FOR_OFFICER => {}
        (None, _) => push(&OFFICER_UNCLEAR),
    }
}

fn lacks_notice(register: &Register) -> bool {
    let own =
        |activity: &Activity| activity.role == Role::Processor || activity.privacy_notice.is_some();
    register.organisation.privacy_notice.is_none() && !register.activities.iter().all(own)
}
