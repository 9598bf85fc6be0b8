//! The comparison of versions, and look-ups.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper of tests may fail the test"
)]

use law::Channel;
use register::{Change, ChangeKind, PurposeError, Register, SAMPLE, diff, diff_by_field};

fn sample() -> Register {
    Register::parse(SAMPLE).unwrap()
}

fn change(from: &str, to: &str) -> Vec<Change> {
    assert!(SAMPLE.contains(from), "the sample has no {from}");
    diff(
        &sample(),
        &Register::parse(&SAMPLE.replacen(from, to, 1)).unwrap(),
    )
}

fn added(path: &str, new: &str) -> Change {
    Change {
        path: path.to_owned(),
        kind: ChangeKind::Added {
            new: new.to_owned(),
        },
    }
}

fn removed(path: &str, old: &str) -> Change {
    Change {
        path: path.to_owned(),
        kind: ChangeKind::Removed {
            old: old.to_owned(),
        },
    }
}

fn changed(path: &str, old: &str, new: &str) -> Change {
    let kind = ChangeKind::Changed {
        old: old.to_owned(),
        new: new.to_owned(),
    };
    Change {
        path: path.to_owned(),
        kind,
    }
}

#[test]
fn a_changed_value_shows_both() {
    assert_eq!(
        change("period = \"24 months\"", "period = \"1 year\""),
        [changed(
            "activity.lead-forms.retention[1].period",
            "24 months",
            "1 year"
        )]
    );
}

#[test]
fn items_of_lists_come_and_go_singly() {
    assert_eq!(
        change(
            "channels = [\"post\", \"storing\"]",
            "channels = [\"email\", \"visit\", \"storing\"]"
        ),
        [
            removed("activity.post-mailings.channels", "post"),
            added("activity.post-mailings.channels", "email"),
            added("activity.post-mailings.channels", "visit"),
        ]
    );
}

#[test]
fn a_list_in_another_order_is_one_change() {
    assert_eq!(
        change(
            "recipients = [\"webinar-tool\", \"mail-service\"]",
            "recipients = [\"mail-service\", \"webinar-tool\"]"
        ),
        [changed(
            "activity.webinars.recipients",
            "webinar-tool, mail-service",
            "mail-service, webinar-tool"
        )]
    );
}

#[test]
fn an_entry_that_comes_is_shown_whole_and_one_that_moves_is_no_change() {
    let class = "[[goods_class]]\nid = \"training\"\nname = \"Schulungen\"\n\n";
    let moved = format!("{}\n{class}", SAMPLE.replace(class, ""));
    assert_eq!(diff(&sample(), &Register::parse(&moved).unwrap()), []);
    assert_eq!(
        change(
            class,
            &format!("{class}[[goods_class]]\nid = \"tools\"\nname = \"Werkzeuge\"\n\n")
        ),
        [added(
            "goods_class.tools",
            "id = \"tools\"\nname = \"Werkzeuge\""
        )]
    );
}

#[test]
fn by_field_an_entry_that_comes_is_one_change_for_each_of_its_values() {
    let rule = "start = \"rejection\"\nperiod = \"6 months\"\n";
    let old = sample();
    let text = SAMPLE.replacen(
        rule,
        &format!("{rule}action = \"erase\"\n\n[[activity.retention]]\n{rule}"),
        1,
    );
    let new = Register::parse(&text).unwrap();
    let path = |key: &str| format!("activity.applicants.retention[2].{key}");
    assert_eq!(
        diff_by_field(&old, &new),
        [
            removed(
                "activity.applicants.retention[1].provision",
                "AGG § 15(4), ArbGG § 61b(1)"
            ),
            added(&path("start"), "rejection"),
            added(&path("period"), "6 months"),
            added(&path("provision"), "AGG § 15(4), ArbGG § 61b(1)"),
            added(&path("action"), "erase"),
        ]
    );
    let back = diff_by_field(&new, &old);
    assert!(
        back.iter()
            .all(|change| change.path.starts_with("activity.applicants."))
    );
    assert_eq!(back.len(), 5);
}

#[test]
fn an_optional_value_is_added_or_removed() {
    assert_eq!(
        change("staff = 85\n", "")[..],
        [removed("organisation.staff", "85")]
    );
    assert_eq!(
        change(
            "staff = 85\n",
            "staff = 85\nunion_representative.name = \"Vertretung\"\n"
        ),
        [added(
            "organisation.union_representative",
            "name = \"Vertretung\""
        )]
    );
}

#[test]
fn a_new_version_of_a_consent_text_is_an_entry_of_its_own() {
    let changes = change(
        "id = \"whitepaper-advice\"\nversion = 1",
        "id = \"whitepaper-advice\"\nversion = 2",
    );
    let paths: Vec<_> = changes.iter().map(|change| change.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "consent_text.whitepaper-advice@1",
            "consent_text.whitepaper-advice@2"
        ]
    );
}

#[test]
fn a_purpose_is_found_by_activity_or_by_a_kind_that_one_activity_serves() {
    let register = sample();
    assert_eq!(
        register.find_purpose("newsletter").map(|a| a.id.as_str()),
        Ok("newsletter")
    );
    assert_eq!(
        register.find_purpose("recruiting").map(|a| a.id.as_str()),
        Ok("applicants")
    );
    let ambiguous = register.find_purpose("direct_marketing").unwrap_err();
    assert_eq!(
        ambiguous.to_string(),
        "several activities serve this purpose, name one of: newsletter, product-information, \
         lead-forms, telephone-acquisition, post-mailings"
    );
    assert!(matches!(
        register.find_purpose("spying"),
        Err(PurposeError::Unknown { declared, .. }) if declared.len() == 12
    ));
}

#[test]
fn an_activity_declares_just_its_channels() {
    let register = sample();
    let letters = register.activity("post-mailings").unwrap();
    assert!(letters.declares(Channel::Post) && !letters.declares(Channel::Email));
}

#[test]
fn the_current_consent_text_is_the_highest_version_and_earlier_ones_stay() {
    let register = sample();
    assert_eq!(
        register
            .current_consent_text("newsletter")
            .map(|text| text.version),
        Some(2)
    );
    assert!(register.consent_text("newsletter", 1).is_some());
    let asked: Vec<_> = register
        .consent_texts_for("newsletter")
        .map(|text| text.version)
        .collect();
    assert_eq!(asked, [2]);
}

#[test]
fn similarity_is_what_was_decided_and_otherwise_unknown() {
    let register = sample();
    assert_eq!(register.is_similar("machines", "spare-parts"), Some(true));
    assert_eq!(register.is_similar("spare-parts", "training"), Some(false));
    assert_eq!(register.is_similar("spare-parts", "machines"), None);
    assert_eq!(register.is_similar("training", "training"), Some(true));
    assert_eq!(register.is_similar("cakes", "cakes"), None);
}
