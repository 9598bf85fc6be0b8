//! Gaps of a consent's wording: GDPR Art. 4(11), 7.

use law::{LegalBasis, Text};

use super::{Gap, Place, Rule};
use crate::{ConsentText, Register};

const WORDING: Rule = Rule::must(
    "consent_wording_missing",
    "GDPR Art. 7(1)",
    "consent_text.de, en",
    Text::new(
        "der Wortlaut fehlt, also lässt sich nicht nachweisen, worin eingewilligt wurde",
        "the wording is missing, so it cannot be shown what was agreed to",
    ),
    Text::new(
        "den Wortlaut so eintragen, wie er angezeigt wird",
        "enter the wording as it is shown",
    ),
);
const NAME: Rule = Rule::must(
    "consent_without_name",
    "GDPR Art. 4(11)",
    "consent_text.de, en",
    Text::new(
        "der Wortlaut nennt die Organisation nicht beim Namen",
        "the wording does not name the organisation",
    ),
    Text::new(
        "in einer neuen Fassung sagen, wer wirbt und wofür (BGH VI ZR 721/15)",
        "say in a new version who advertises and what (BGH VI ZR 721/15)",
    ),
);
const WITHDRAWAL: Rule = Rule::must(
    "consent_without_withdrawal",
    "GDPR Art. 7(3)",
    "consent_text.de, en",
    Text::new(
        "der Wortlaut weist nicht auf den Widerruf hin",
        "the wording does not point out the withdrawal",
    ),
    Text::new(
        "in einer neuen Fassung sagen, dass und wie man jederzeit widerrufen kann",
        "say in a new version that and how one can withdraw at any time",
    ),
);
const SEVERAL: Rule = Rule::must(
    "consent_for_several_purposes",
    "GDPR recital 43",
    "consent_text.purposes",
    Text::new(
        "eine Einwilligung deckt mehrere Zwecke ab",
        "one consent covers several purposes",
    ),
    Text::new(
        "für jeden Zweck eine eigene Einwilligung anlegen; mehrere Kanäle in einer sind erlaubt",
        "create a consent for each purpose; several channels in one are allowed",
    ),
);
const CHANNELS: Rule = Rule::must(
    "consent_without_channels",
    "GDPR Art. 4(11)",
    "consent_text.channels",
    Text::new(
        "es ist nicht eingetragen, welche Kanäle der Wortlaut nennt",
        "it is not entered which channels the wording names",
    ),
    Text::new(
        "die Kanäle eintragen, die der Wortlaut nennt",
        "enter the channels that the wording names",
    ),
);
const UNUSED: Rule = Rule::should(
    "consent_without_purpose",
    "GDPR Art. 6(1)(a)",
    "consent_text.purposes, basis",
    Text::new(
        "der Text fragt nach keiner Tätigkeit, die auf Einwilligung beruht",
        "the text asks for no activity that rests on consent",
    ),
    Text::new(
        "bei der Tätigkeit die Rechtsgrundlage „Einwilligung“ wählen oder den Wortlaut streichen; sonst führt die Frage in die Irre",
        "choose “Consent” as legal basis of the activity or remove the wording; otherwise the question misleads",
    ),
);

pub(super) fn check(register: &Register, text: &ConsentText, found: &mut Vec<Gap>) {
    let mut push = |rule: &Rule| found.push(rule.at(Place::ConsentText(text.key())));
    let wordings = || text.de.iter().chain(&text.en);
    if wordings().next().is_none() {
        push(&WORDING);
    }
    if !wordings().all(|wording| wording.contains(short_name(register))) {
        push(&NAME);
    }
    if !wordings().all(|wording| names_withdrawal(wording)) {
        push(&WITHDRAWAL);
    }
    if text.purposes.len() > 1 {
        push(&SEVERAL);
    }
    if text.channels.is_empty() {
        push(&CHANNELS);
    }
    let rests_on_it = |id: &String| {
        register
            .activity(id)
            .is_some_and(|a| a.basis == Some(LegalBasis::Consent))
    };
    if !text.purposes.iter().any(rests_on_it) {
        push(&UNUSED);
    }
}

/// The organisation's name without its legal form, which a consent may leave out.
fn short_name(register: &Register) -> &str {
    let organisation = &register.organisation;
    let form = organisation.legal_form.as_deref().unwrap_or_default();
    organisation
        .name
        .strip_suffix(form)
        .unwrap_or(&organisation.name)
        .trim()
}

/// German `Widerruf`, `widerrufen`, `widerruflich`; English `withdraw`, `revoke`, `unsubscribe`.
fn names_withdrawal(wording: &str) -> bool {
    let wording = wording.to_lowercase();
    [
        "widerruf",
        "abbestell",
        "abmeld",
        "withdraw",
        "revok",
        "unsubscrib",
    ]
    .iter()
    .any(|word| wording.contains(word))
}
