//! What would turn a refusal into a permission, or what may be done instead.

use crate::Text;

/// A lawful next step after a refusal or a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NextStep {
    /// Get consent by double opt-in for e-mail.
    DoubleOptIn,
    /// Get a provable consent that is tied to the number.
    ConsentTiedToNumber,
    /// Get a provable express consent for this use.
    ProvableConsent,
    /// Prove the conditions of the existing-customer rule.
    ExistingCustomerFile,
    /// Record the concrete circumstances for presumed consent.
    DocumentPresumedConsent,
    /// Write a letter instead.
    PostInstead,
    /// Screen against the do-not-call or exclusion list.
    ScreenExclusionList,
    /// Look up the number in the telephone directory.
    CheckDirectory,
    /// Have the recipient country's law checked.
    CheckCountryLaw,
    /// Declare the purpose in the register.
    DeclareActivity,
    /// Declare a fitting legal basis in the register.
    DeclareBasis,
    /// Say in which country the contact is.
    StateCountry,
    /// Say whether the contact is a consumer or a business contact.
    StateContactKind,
    /// Say whether the subscriber is a legal or a natural person.
    StateSubscriber,
    /// Say whether the address is named or impersonal.
    StateAddressKind,
    /// Say whether the number is mobile or fixed.
    StateNumberKind,
    /// Say whether it is mass advertising or one individual message.
    StateMassMailing,
    /// Say for which channel the data are kept.
    StateStoringFor,
    /// Record what links the contact to the organisation.
    StateRelation,
    /// Relate the offer to the person's function, inform at collection and offer an opt-out.
    FunctionInformOptOut,
    /// Offer an opt-out in each message.
    OfferOptOut,
    /// Ask again with a valid consent text.
    AskAgain,
    /// Send the confirmation request and wait for the click.
    AwaitConfirmation,
    /// Get explicit consent that names the special category.
    ExplicitConsent,
    /// Get the consent of the holder of parental responsibility.
    ParentalConsent,
    /// Name the recipient in the consent.
    NameRecipient,
    /// Leave the advertising part out.
    RemoveAdvertising,
    /// Document the balancing of interests.
    DocumentBalancing,
    /// Tell the person of the new purpose, before the data are used for it.
    TellNewPurpose,
    /// Let a person weigh and decide.
    PersonDecides,
    /// Respect it: only the contact can change it, by a new consent of their own accord.
    Respect,
}

impl NextStep {
    /// The name used in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::DoubleOptIn => "double_opt_in_email",
            Self::ConsentTiedToNumber => "consent_tied_to_number",
            Self::ProvableConsent => "provable_consent",
            Self::ExistingCustomerFile => "existing_customer_file",
            Self::DocumentPresumedConsent => "document_presumed_consent",
            Self::PostInstead => "post_instead",
            Self::ScreenExclusionList => "screen_exclusion_list",
            Self::CheckDirectory => "check_directory",
            Self::CheckCountryLaw => "check_country_law",
            Self::DeclareActivity => "declare_activity",
            Self::DeclareBasis => "declare_basis",
            Self::StateCountry => "state_country",
            Self::StateContactKind => "state_contact_kind",
            Self::StateSubscriber => "state_subscriber",
            Self::StateAddressKind => "state_address_kind",
            Self::StateNumberKind => "state_number_kind",
            Self::StateMassMailing => "state_mass_mailing",
            Self::StateStoringFor => "state_storing_for",
            Self::StateRelation => "state_customer_relation",
            Self::FunctionInformOptOut => "function_inform_opt_out",
            Self::OfferOptOut => "offer_opt_out",
            Self::AskAgain => "ask_again_with_valid_text",
            Self::AwaitConfirmation => "await_confirmation",
            Self::ExplicitConsent => "explicit_consent",
            Self::ParentalConsent => "parental_consent",
            Self::NameRecipient => "name_recipient",
            Self::RemoveAdvertising => "remove_advertising",
            Self::DocumentBalancing => "document_balancing",
            Self::TellNewPurpose => "tell_new_purpose",
            Self::PersonDecides => "person_decides",
            Self::Respect => "respect_the_will",
        }
    }

    /// What to do, in both languages.
    pub const fn text(self) -> Text {
        match self {
            Self::DoubleOptIn => Text::new(
                "Einwilligung per Double-Opt-in für E-Mail einholen.",
                "Get consent by double opt-in for e-mail.",
            ),
            Self::ConsentTiedToNumber => Text::new(
                "Einwilligung einholen, deren Nachweis an die Rufnummer gebunden ist (SMS-Code, \
                 Aufzeichnung oder schriftlich).",
                "Get a consent whose proof is tied to the number (SMS code, recording or in \
                 writing).",
            ),
            Self::ProvableConsent => Text::new(
                "Ausdrückliche, nachweisbare Einwilligung für genau diese Nutzung einholen.",
                "Get an express, provable consent for exactly this use.",
            ),
            Self::ExistingCustomerFile => Text::new(
                "Die Voraussetzungen der Bestandskundenregel nachweisen: Adresse beim Verkauf \
                 erhalten, eigene ähnliche Ware, Hinweis bei Erhebung und in jeder Nachricht, \
                 kein Widerspruch.",
                "Prove the conditions of the existing-customer rule: address obtained in a sale, \
                 own similar goods, notice at collection and in every message, no objection.",
            ),
            Self::DocumentPresumedConsent => Text::new(
                "Konkrete Umstände dokumentieren, aus denen sich vor dem Anruf ein Interesse am \
                 Inhalt und am Anruf ergibt.",
                "Document concrete circumstances that show, before the call, an interest in the \
                 content and in being called.",
            ),
            Self::PostInstead => Text::new(
                "Stattdessen einen Brief schicken.",
                "Send a letter instead.",
            ),
            Self::ScreenExclusionList => Text::new(
                "Gegen die Sperrliste des Landes abgleichen (Robinson-, Telefon- oder ECG-Liste) \
                 und das Ergebnis mit Datum festhalten.",
                "Screen against the country's exclusion list (Robinson, do-not-call or ECG list) \
                 and record the result with its date.",
            ),
            Self::CheckDirectory => Text::new(
                "Den Eintrag im Telefonverzeichnis prüfen (Stern, nicht eingetragen).",
                "Check the telephone directory entry (asterisk, not listed).",
            ),
            Self::CheckCountryLaw => Text::new(
                "Das Recht des Empfängerlandes prüfen lassen.",
                "Have the law of the recipient's country checked.",
            ),
            Self::DeclareActivity => Text::new(
                "Den Zweck als Verarbeitungstätigkeit im Register anlegen.",
                "Declare the purpose as a processing activity in the register.",
            ),
            Self::DeclareBasis => Text::new(
                "Eine Rechtsgrundlage im Register angeben, die zu dieser Nutzung passt.",
                "Declare a legal basis in the register that fits this use.",
            ),
            Self::StateCountry => Text::new(
                "Das Land des Kontakts angeben.",
                "State the contact's country.",
            ),
            Self::StateContactKind => Text::new(
                "Angeben, ob der Kontakt Verbraucher oder Geschäftskontakt ist.",
                "State whether the contact is a consumer or a business contact.",
            ),
            Self::StateSubscriber => Text::new(
                "Angeben, ob der Anschluss einer juristischen oder einer natürlichen Person \
                 gehört (Einzelunternehmer zählen als natürliche Personen).",
                "State whether the subscriber is a legal or a natural person (sole traders count \
                 as natural persons).",
            ),
            Self::StateAddressKind => Text::new(
                "Angeben, ob die Adresse eine Person nennt oder unpersönlich ist (info@).",
                "State whether the address names a person or is impersonal (info@).",
            ),
            Self::StateNumberKind => Text::new(
                "Angeben, ob es eine Mobil- oder Festnetznummer ist.",
                "State whether the number is mobile or fixed.",
            ),
            Self::StateMassMailing => Text::new(
                "Angeben, ob es Massenwerbung oder eine einzelne individuelle Nachricht ist.",
                "State whether it is mass advertising or one individual message.",
            ),
            Self::StateStoringFor => Text::new(
                "Angeben, für welchen Kanal die Daten gespeichert werden.",
                "State for which channel the data are kept.",
            ),
            Self::StateRelation => Text::new(
                "Die Geschäftsbeziehung zum Kontakt festhalten.",
                "Record the business relation with the contact.",
            ),
            Self::FunctionInformOptOut => Text::new(
                "Das Angebot auf die berufliche Funktion beziehen, bei Erhebung informieren und \
                 einfachen Widerspruch anbieten.",
                "Relate the offer to the professional function, inform at collection and offer a \
                 simple opt-out.",
            ),
            Self::OfferOptOut => Text::new(
                "In jeder Nachricht eine gültige Abmeldemöglichkeit anbieten.",
                "Offer a valid opt-out in every message.",
            ),
            Self::AskAgain => Text::new(
                "Mit einem gültigen Einwilligungstext erneut um Einwilligung bitten, auf einem \
                 Weg, der keine Einwilligung braucht.",
                "Ask again with a valid consent text, over a way that needs no consent.",
            ),
            Self::AwaitConfirmation => Text::new(
                "Bestätigung des Double-Opt-in abwarten.",
                "Wait for the double opt-in to be confirmed.",
            ),
            Self::ExplicitConsent => Text::new(
                "Ausdrückliche Einwilligung einholen, die die besondere Kategorie nennt.",
                "Get explicit consent that names the special category.",
            ),
            Self::ParentalConsent => Text::new(
                "Einwilligung der Sorgeberechtigten einholen.",
                "Get the consent of the holder of parental responsibility.",
            ),
            Self::NameRecipient => Text::new(
                "Einwilligung einholen, die den Empfänger namentlich nennt.",
                "Get a consent that names the recipient.",
            ),
            Self::RemoveAdvertising => Text::new(
                "Den werbenden Teil weglassen.",
                "Leave the advertising part out.",
            ),
            Self::DocumentBalancing => Text::new(
                "Die Interessenabwägung dokumentieren.",
                "Document the balancing of interests.",
            ),
            Self::TellNewPurpose => Text::new(
                "Die Person zuerst über den neuen Zweck informieren.",
                "Tell the person of the new purpose first.",
            ),
            Self::PersonDecides => Text::new(
                "Eine zuständige Person abwägen und entscheiden lassen.",
                "Let a responsible person weigh and decide.",
            ),
            Self::Respect => Text::new(
                "Den Willen achten; nur der Kontakt selbst kann ihn durch neue Einwilligung \
                 ändern.",
                "Respect it; only the contact can change it, by a new consent.",
            ),
        }
    }
}
