//! The declarations that people of the sample list gave, and how they came about. Those of the
//! newsletter and the whitepaper are the register's own texts.

use law::gdpr::art07::{Action, Circumstances};

/// Newsletter, first version.
pub(super) const NEWSLETTER_OLD: &str = "Ja, Musterbau Maschinen darf mir Neuigkeiten zu \
    Fräsmaschinen per E-Mail senden. Ich kann jederzeit widerrufen.";

/// Newsletter, second version.
pub(super) const NEWSLETTER: &str = "Ja, die Musterbau Maschinen GmbH darf mir per E-Mail \
    Neuigkeiten zu ihren Fräsmaschinen, Ersatzteilen und Schulungen senden.\nIch kann die \
    Einwilligung jederzeit mit Wirkung für die Zukunft widerrufen, zum Beispiel über den Link \
    in jeder E-Mail.";

/// Newsletter, second version in English.
pub(super) const NEWSLETTER_ENGLISH: &str = "Yes, Musterbau Maschinen GmbH may send me news \
    about its milling machines, spare parts and training by e-mail.\nI may withdraw my consent \
    at any time with effect for the future, for example with the link in each e-mail.";

/// Advice after a whitepaper, by e-mail.
pub(super) const WHITEPAPER: &str = "Ja, die Musterbau Maschinen GmbH darf mich zum Thema des \
    Whitepapers und zu passenden Fräsmaschinen per E-Mail beraten.\nIch kann die Einwilligung \
    jederzeit mit Wirkung für die Zukunft widerrufen, zum Beispiel über den Link in jeder E-Mail.";

/// Advice after a whitepaper, by e-mail and telephone.
pub(super) const WHITEPAPER_CALL: &str = "Ja, die Musterbau Maschinen GmbH darf mich zum Thema \
    des Whitepapers und zu passenden Fräsmaschinen per E-Mail und telefonisch beraten.\nIch kann \
    die Einwilligung jederzeit mit Wirkung für die Zukunft widerrufen.";

/// The box on the card that visitors sign at the trade fair.
pub(super) const FAIR_CARD: &str = "Ja, die Musterbau Maschinen GmbH darf mir nach der Messe per \
    E-Mail Neuigkeiten zu ihren Fräsmaschinen, Ersatzteilen und Schulungen senden. Ich kann die \
    Einwilligung jederzeit mit Wirkung für die Zukunft widerrufen.";

/// A clause in the terms of sale of earlier years.
pub(super) const TERMS: &str = "Mit der Bestellung erkenne ich die Allgemeinen \
    Geschäftsbedingungen an und stimme der Zusendung von Werbung per E-Mail zu.";

/// The box of an earlier order form, ticked beforehand.
pub(super) const TICKED_BOX: &str = "Bitte senden Sie mir Neuigkeiten und Angebote zu \
    Fräsmaschinen der Musterbau Maschinen GmbH per E-Mail.";

/// As the law asks for it.
pub(super) fn sound() -> Circumstances {
    let yes = Some(true);
    Circumstances {
        action: Some(Action::Active),
        usable_without_consent: yes,
        companies_named: yes,
        products_named: yes,
        controller_told: yes,
        purpose_told: yes,
        data_told: yes,
        withdrawal_told: yes,
        recorded: yes,
        withdrawal_as_easy: yes,
        detriment_after_withdrawal: Some(false),
        ..Circumstances::default()
    }
}

/// No order without advertising, and no word of withdrawing.
pub(super) fn in_terms() -> Circumstances {
    Circumstances {
        necessary_for_service: Some(false),
        usable_without_consent: Some(false),
        in_terms: true,
        set_apart: Some(false),
        products_named: Some(false),
        withdrawal_told: Some(false),
        ..sound()
    }
}

/// Ticked beforehand, and no word of withdrawing.
pub(super) fn ticked_beforehand() -> Circumstances {
    Circumstances {
        action: Some(Action::PreTicked),
        withdrawal_told: Some(false),
        ..sound()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use law::gdpr::art07::defects;

    #[test]
    fn the_declarations_are_those_of_the_register() {
        for text in [NEWSLETTER_OLD, NEWSLETTER, NEWSLETTER_ENGLISH, WHITEPAPER] {
            assert!(register::SAMPLE.contains(text), "{text}");
        }
    }

    #[test]
    fn only_the_sound_declaration_is_without_defect() {
        assert!(defects(&sound()).is_empty());
        assert!(!defects(&in_terms()).is_empty());
        assert!(!defects(&ticked_beforehand()).is_empty());
    }
}
