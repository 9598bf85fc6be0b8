//! The sample register and the canonical text form.

use jiff::civil::date;
use register::{Place, Register, Role, SAMPLE, Weight, gaps};

#[test]
fn the_sample_is_read_without_faults() {
    let register = Register::parse(SAMPLE).unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert_eq!(register.activities.len(), 12);
    let as_processor = register
        .activities
        .iter()
        .filter(|activity| activity.role == Role::Processor);
    assert_eq!(as_processor.count(), 1);
    assert_eq!(register.recipients.len(), 6);
    assert_eq!(register.forms.len(), 2);
}

#[test]
fn the_sample_has_a_few_honest_gaps() {
    let register = Register::parse(SAMPLE).unwrap();
    let found: Vec<_> = gaps(&register, date(2026, 11, 24))
        .into_iter()
        .map(|gap| (gap.place.path(), gap.code, gap.weight))
        .collect();
    let expected = [
        ("organisation", "dpo_not_reported", Weight::Must),
        (
            "activity.lead-forms",
            "consent_channels_missing",
            Weight::Must,
        ),
        (
            "activity.telephone-acquisition",
            "balancing_missing",
            Weight::Must,
        ),
        (
            "activity.telephone-acquisition",
            "call_without_circumstances",
            Weight::Must,
        ),
        (
            "recipient.crm-host",
            "processor_contract_incomplete",
            Weight::Must,
        ),
        (
            "recipient.lettershop",
            "processor_contract_missing",
            Weight::Must,
        ),
        (
            "recipient.sister-company",
            "joint_essence_missing",
            Weight::Must,
        ),
        (
            "form.whitepaper-cooling",
            "form_file_missing",
            Weight::Should,
        ),
    ];
    let expected: Vec<_> = expected
        .into_iter()
        .map(|(path, code, weight)| (path.to_owned(), code, weight))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn the_sample_stays_the_same_when_written_and_read_again() {
    let register = Register::parse(SAMPLE).unwrap();
    let text = register.to_toml();
    let again = Register::parse(&text).unwrap_or_else(|faults| panic!("{faults:#?}\n{text}"));
    assert_eq!(again, register);
    assert_eq!(again.to_toml(), text);
}

#[test]
fn the_canonical_form_of_the_sample_is_the_sample_without_its_comment() {
    let without_comment: String = SAMPLE
        .split_inclusive('\n')
        .filter(|line| !line.starts_with('#'))
        .collect();
    let without_comment = without_comment.replacen("\n\n\n", "\n\n", 1);
    assert_eq!(Register::parse(SAMPLE).unwrap().to_toml(), without_comment);
}

#[test]
fn a_gap_reads_in_both_languages_with_what_is_missing() {
    let register = Register::parse(SAMPLE).unwrap();
    let gaps = gaps(&register, date(2026, 11, 24));
    let crm = gaps
        .iter()
        .find(|gap| gap.place == Place::Recipient("crm-host".to_owned()))
        .unwrap();
    assert_eq!(crm.citation.current(), "GDPR Art. 28(3)");
    assert_eq!(
        crm.text(law::Lang::De),
        "im Vertrag zur Auftragsverarbeitung fehlt: weitere Auftragsverarbeiter, Hinweis auf \
         rechtswidrige Weisungen"
    );
    assert_eq!(
        crm.text(law::Lang::En),
        "the processing contract lacks: further processors, warning of unlawful instructions"
    );
}
