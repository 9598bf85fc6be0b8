//! Proposals for what most firms do: a guided entry starts from one of them.

use law::{Lang, Text};

use crate::{Activity, ConsentText, Register};

const GERMAN: &str = include_str!("../proposals/de.toml");
const ENGLISH: &str = include_str!("../proposals/en.toml");

/// A proposal: an activity with its consent's wording, and what a person has to check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The activity; nobody has decided its balancing yet.
    pub activity: Activity,
    /// The wording that asks for consent, where the activity rests on it.
    pub consent_text: Option<ConsentText>,
    /// What to check before it is used.
    pub check: Text,
}

/// Every proposal, for the organisation of that name, with the texts in `lang`.
pub fn proposals(organisation: &str, lang: Lang) -> Vec<Proposal> {
    let text = match lang {
        Lang::De => GERMAN,
        Lang::En => ENGLISH,
    };
    // The texts are part of the program; a test reads both.
    let Ok(register) = Register::parse(text) else {
        return Vec::new();
    };
    let proposal = |activity: &Activity| {
        let named = |text: &String| text.replace("{organisation}", organisation);
        let consent_text = register.current_consent_text(&activity.id);
        Proposal {
            consent_text: consent_text.cloned().map(|text| ConsentText {
                de: text.de.as_ref().map(named),
                en: text.en.as_ref().map(named),
                ..text
            }),
            check: check(&activity.id),
            activity: activity.clone(),
        }
    };
    register.activities.iter().map(proposal).collect()
}

/// What to check before a proposal is used.
const fn checks() -> [(&'static str, Text); 10] {
    [
        (
            "customer-care",
            Text::new(
                "Gilt für Verträge mit den Kunden selbst. Ansprechpartner in Firmen sind nicht \
                 Vertragspartei; für sie kommen auch berechtigte Interessen in Betracht.",
                "Fits contracts with the customers themselves. Contact persons at firms are not \
                 parties to the contract; for them legitimate interests may fit too.",
            ),
        ),
        (
            "newsletter",
            Text::new(
                "Jede Anmeldung braucht Double-Opt-in. Ergänzen Sie, wer die E-Mails verschickt.",
                "Every sign-up needs double opt-in. Add who sends the e-mails.",
            ),
        ),
        (
            "lead-forms",
            Text::new(
                "Der Download darf nicht von der Einwilligung in Werbung abhängen (Art. 7 Abs. 4 \
                 DSGVO). Fragen Sie nur, was das Thema braucht.",
                "The download must not depend on consent to advertising (Art. 7(4) GDPR). Ask \
                 only for what the topic needs.",
            ),
        ),
        (
            "telephone-acquisition",
            Text::new(
                "Nur Unternehmen, nur mit konkretem Umstand, der vor dem Anruf festgehalten wird \
                 (§ 7 Abs. 2 Nr. 1 UWG). Verbraucher brauchen eine ausdrückliche Einwilligung.",
                "Businesses only, and only with a concrete circumstance that is recorded before \
                 the call (UWG § 7(2) Nr. 1). Consumers need express consent.",
            ),
        ),
        (
            "trade-fairs",
            Text::new(
                "Deckt nur, worum der Besucher gebeten hat. Werbung darüber hinaus ist eine \
                 eigene Tätigkeit mit Einwilligung.",
                "Covers only what the visitor asked for. Advertising beyond it is an activity of \
                 its own with consent.",
            ),
        ),
        (
            "events",
            Text::new(
                "Einladungen zu weiteren Veranstaltungen sind Werbung und gehören nicht hierher.",
                "Invitations to further events are advertising and do not belong here.",
            ),
        ),
        (
            "applicants",
            Text::new(
                "Sechs Monate decken die Fristen nach einer Absage. Ein Bewerberpool braucht \
                 eine Einwilligung.",
                "Six months cover the time limits after a rejection. A pool of applicants needs \
                 consent.",
            ),
        ),
        (
            "payroll",
            Text::new(
                "Nennen Sie das Lohnbüro oder die Steuerberatung als Empfänger.",
                "Name the payroll office or the tax adviser as recipient.",
            ),
        ),
        (
            "web-analytics",
            Text::new(
                "Vor der Einwilligung darf nichts auf dem Gerät gespeichert oder ausgelesen werden \
                 (§ 25 TDDDG).",
                "Before consent nothing may be stored on or read from the device (TDDDG § 25).",
            ),
        ),
        (
            "video-meetings",
            Text::new(
                "Aufzeichnungen brauchen die Einwilligung aller. Nennen Sie den Anbieter als \
                 Auftragsverarbeiter und prüfen Sie, in welches Land die Daten gehen.",
                "Recordings need the consent of all. Name the provider as processor and check to \
                 which country the data go.",
            ),
        ),
    ]
}

fn check(id: &str) -> Text {
    checks()
        .iter()
        .find(|(known, _)| *known == id)
        .map_or(Text::new("", ""), |(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Weight, gaps};
    use jiff::civil::date;

    #[test]
    fn every_proposal_can_be_read_in_both_languages_and_says_what_to_check() {
        for lang in [Lang::De, Lang::En] {
            let all = proposals("Musterbau GmbH", lang);
            assert_eq!(all.len(), checks().len());
            for proposal in &all {
                assert!(
                    !proposal.check.get(lang).is_empty(),
                    "{}",
                    proposal.activity.id
                );
                let consents = proposal.activity.basis == Some(law::LegalBasis::Consent);
                assert_eq!(proposal.consent_text.is_some(), consents);
            }
        }
    }

    /// What a proposal leaves open is what only the firm knows: its measures, and that somebody
    /// has decided the balancing.
    #[test]
    fn proposals_leave_open_only_what_the_firm_has_to_say_itself() {
        let mut register = Register::parse(crate::SAMPLE).unwrap();
        // They are of the sample's activities.
        register.forms.clear();
        for proposal in proposals("Musterbau Maschinen GmbH", Lang::De) {
            register.activities = vec![proposal.activity];
            register.consent_texts = proposal.consent_text.into_iter().collect();
            let open: Vec<_> = gaps(&register, date(2026, 11, 24))
                .into_iter()
                .filter(|gap| gap.weight == Weight::Must && gap.place.path() != "organisation")
                .filter(|gap| !gap.place.path().starts_with("recipient."))
                .map(|gap| gap.code)
                .collect();
            let firms = ["measures_missing", "balancing_not_dated"];
            let other: Vec<_> = open.iter().filter(|code| !firms.contains(code)).collect();
            assert!(other.is_empty(), "{}: {other:?}", register.activities[0].id);
        }
    }
}
