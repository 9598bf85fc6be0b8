//! The user's guide says what the reader takes.

use law::{Channel, Land, LegalBasis};
use register::{
    Action, ContractItem, FaultKind, Purpose, RecipientRole, Register, Role, Source,
    SpecialCategory, SpecialGround, StartEvent, TransferBasis, Unit,
};

const GUIDE: &str = include_str!("../../../docs/register.md");

fn words_of_the_guide() -> Vec<&'static str> {
    GUIDE
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .collect()
}

#[test]
fn the_short_register_of_the_guide_can_be_read() {
    let from = GUIDE.split_once("```toml\n").unwrap().1;
    let text = from.split_once("```").unwrap().0;
    let register = Register::parse(text).unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert_eq!(register.activities[0].recipients, ["mail-service"]);
}

#[test]
fn the_guide_names_every_word() {
    let mut words: Vec<&str> = Vec::new();
    words.extend(Channel::ALL.map(Channel::name));
    words.extend(LegalBasis::ALL.map(LegalBasis::name));
    words.extend(Purpose::ALL.map(Purpose::name));
    words.extend(Land::ALL.map(Land::code));
    words.extend(Action::ALL.iter().map(|word| word.name()));
    words.extend(ContractItem::ALL.iter().map(|word| word.name()));
    words.extend(RecipientRole::ALL.iter().map(|word| word.name()));
    words.extend(Role::ALL.iter().map(|word| word.name()));
    words.extend(Source::ALL.iter().map(|word| word.name()));
    words.extend(SpecialCategory::ALL.iter().map(|word| word.name()));
    words.extend(SpecialGround::ALL.iter().map(|word| word.name()));
    words.extend(StartEvent::ALL.iter().map(|word| word.name()));
    words.extend(TransferBasis::ALL.iter().map(|word| word.name()));
    words.extend(Unit::ALL.iter().map(|word| word.name()));
    let named = words_of_the_guide();
    let missing: Vec<_> = words
        .into_iter()
        .filter(|word| !named.contains(word))
        .collect();
    assert!(missing.is_empty(), "the guide does not name {missing:?}");
}

#[test]
fn the_guide_names_every_key() {
    // The faults of an unknown key list the known ones, so they are asked for by a wrong key in
    // every section.
    let text = "x = 1\norganisation = { x = 1, representative = { x = 1 }, \
                supervisory_authority = { x = 1 } }\n\
                activity = [{ x = 1, balancing = { x = 1 }, retention = [{ x = 1 }] }]\n\
                recipient = [{ x = 1, contract = { x = 1 }, transfer = { x = 1 } }]\n\
                consent_text = [{ x = 1 }]\ngoods_class = [{ x = 1 }]\n\
                similarity = [{ x = 1 }]\nmeasure = [{ x = 1 }]\n";
    let faults = Register::parse(text).unwrap_err();
    let known: Vec<_> = faults
        .iter()
        .filter_map(|fault| match &fault.kind {
            FaultKind::UnknownKey { known, .. } => Some(known),
            _ => None,
        })
        .collect();
    assert_eq!(known.len(), 14);
    let named = words_of_the_guide();
    for key in known.into_iter().flatten() {
        assert!(named.contains(key), "the guide does not name {key}");
    }
}
