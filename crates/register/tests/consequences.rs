//! What follows from a change, shown by one change to a register.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper of tests may fail the test"
)]

use jiff::civil::date;
use law::gdpr::art35::{Criterion, Need};
use register::{
    Consequences, ContractStep, NoticeFact, NoticeKind, Register, RiskTrigger, WordingKind,
    consequences,
};

const CLEAN: &str = include_str!("clean.toml");

fn read(text: &str) -> Register {
    Register::parse(text).unwrap_or_else(|faults| panic!("{faults:#?}\n{text}"))
}

fn between(old: &str, new: &str) -> Consequences {
    consequences(&read(old), &read(new), date(2026, 11, 24))
}

/// What follows if `from` is replaced by `to`.
fn after(from: &str, to: &str) -> Consequences {
    assert!(CLEAN.contains(from), "the clean register has no {from}");
    between(CLEAN, &CLEAN.replacen(from, to, 1))
}

/// The activities whose notice changes, with what changes in it.
fn notices(found: &Consequences) -> Vec<(&str, &[NoticeFact])> {
    let notices = found.notices.iter();
    notices
        .map(|notice| (notice.activity.as_str(), &notice.facts[..]))
        .collect()
}

fn contracts(found: &Consequences) -> Vec<(&str, ContractStep)> {
    let contracts = found.contracts.iter();
    contracts
        .map(|contract| (contract.recipient.as_str(), contract.step))
        .collect()
}

#[test]
fn nothing_follows_from_nothing_and_from_what_only_moves() {
    assert!(between(CLEAN, CLEAN).is_empty());
    let swapped = after(
        "subjects = [\"Kunden\", \"Beschäftigte\"]",
        "subjects = [\"Beschäftigte\", \"Kunden\"]",
    );
    assert!(swapped.is_empty(), "{swapped:?}");
    let measure = after("measures = [\"tom\"] # news\n", "");
    assert!(measure.is_empty(), "{measure:?}");
}

#[test]
fn a_notice_changes_by_what_article_13_and_14_have_it_say() {
    let one = |from, to| {
        let found = after(from, to);
        let [notice] = &found.notices[..] else {
            panic!("{found:?}");
        };
        assert_eq!(notice.kind, NoticeKind::Changed);
        assert_eq!(notice.address.as_deref(), Some("https://example.de/ds"));
        (notice.activity.clone(), notice.facts.clone())
    };
    let changes = [
        (
            "purpose = \"Neuheiten senden\"",
            "purpose = \"Werben\"",
            "news",
            NoticeFact::Purpose,
        ),
        (
            "basis = \"contract\"",
            "basis = \"legal_obligation\"",
            "jobs",
            NoticeFact::Basis,
        ),
        (
            "interest = \"Absatz\"",
            "interest = \"Umsatz\"",
            "letters",
            NoticeFact::Interests,
        ),
        (
            "recipients = [\"printer\"]",
            "recipients = []",
            "letters",
            NoticeFact::Recipients,
        ),
        ("\"3 years\"", "\"2 years\"", "news", NoticeFact::Retention),
    ];
    for (from, to, activity, fact) in changes {
        assert_eq!(one(from, to), (activity.to_owned(), vec![fact]), "{to}");
    }
}

#[test]
fn the_categories_of_data_are_told_where_they_come_from_elsewhere() {
    let own = after(
        "data = [\"Anschrift\"]",
        "data = [\"Anschrift\", \"Branche\"]",
    );
    assert_eq!(notices(&own), []);
    let bought = CLEAN.replace(
        "sources = [\"data_subject\"] # letters",
        "sources = [\"address_broker\"]",
    );
    let found = between(CLEAN, &bought);
    assert_eq!(notices(&found), [("letters", &[NoticeFact::Sources][..])]);
    let more = bought.replace(
        "data = [\"Anschrift\"]",
        "data = [\"Anschrift\", \"Branche\"]",
    );
    let found = between(&bought, &more);
    assert_eq!(notices(&found), [("letters", &[NoticeFact::Data][..])]);
}

#[test]
fn who_is_responsible_stands_in_every_notice_and_a_report_to_the_authority_in_none() {
    let moved = after("city = \"Musterstadt\"", "city = \"Beispielhausen\"");
    let expected: Vec<_> = ["news", "letters", "jobs", "books"]
        .map(|activity| (activity, &[NoticeFact::Controller][..]))
        .into();
    assert_eq!(notices(&moved), expected);
    let officer = after("dsb@example.de", "datenschutz@example.de");
    assert!(
        officer
            .notices
            .iter()
            .all(|n| n.facts == [NoticeFact::Officer])
    );
    let reported = after("reported_on = 2024-01-15", "reported_on = 2025-01-15");
    assert_eq!(notices(&reported), []);
}

#[test]
fn a_new_purpose_has_to_be_told_before_the_data_are_used_for_it() {
    let found = after(
        "purpose = \"Auswahl\"",
        "purpose = \"Auswahl und Bewerberpool\"",
    );
    assert!(found.notices[0].is_further_purpose());
    let found = after("basis = \"contract\"", "basis = \"legal_obligation\"");
    assert!(!found.notices[0].is_further_purpose());
}

#[test]
fn an_activity_that_comes_or_goes_takes_its_notice_along_unless_it_is_done_for_others() {
    let entry = |role: &str| {
        format!(
            "{CLEAN}\n[[activity]]\nid = \"new\"\nname = \"Neu\"\npurpose_kind = \"enquiry\"\n{role}"
        )
    };
    let kinds = |found: &Consequences| -> Vec<_> {
        let notices = found.notices.iter();
        notices.map(|n| (n.activity.clone(), n.kind)).collect()
    };
    let new = entry("");
    let named = |kind| vec![("new".to_owned(), kind)];
    assert_eq!(kinds(&between(CLEAN, &new)), named(NoticeKind::New));
    assert_eq!(kinds(&between(&new, CLEAN)), named(NoticeKind::Ended));
    let for_others = entry("role = \"processor\"\nprincipal = \"Kunde\"\n");
    assert_eq!(kinds(&between(CLEAN, &for_others)), []);
    assert_eq!(kinds(&between(&new, &for_others)), named(NoticeKind::Ended));
}

#[test]
fn a_wording_gets_a_next_version_and_one_that_people_agreed_to_is_not_rewritten_unseen() {
    let kind = |old: &str, new: &str| {
        let found = between(old, new).wordings;
        assert!(found.len() < 2, "{found:?}");
        found.first().map(|w| (w.kind, w.from, w.to))
    };
    let next = format!(
        "{CLEAN}\n[[consent_text]]\nid = \"news\"\nversion = 3\npurposes = [\"news\"]\n\
         channels = [\"email\"]\nde = \"Musterbau darf. Widerruf jederzeit.\"\n"
    );
    assert_eq!(
        kind(CLEAN, &next),
        Some((WordingKind::NextVersion, Some(2), Some(3)))
    );
    let rewritten = CLEAN.replace("jederzeit widerrufen", "immer widerrufen");
    assert_eq!(
        kind(CLEAN, &rewritten),
        Some((WordingKind::Rewritten, Some(2), Some(2)))
    );
    assert_eq!(
        kind(&next, CLEAN),
        Some((WordingKind::Rewritten, Some(3), Some(2)))
    );
    let another = next.replace("id = \"news\"\nversion = 3", "id = \"more\"\nversion = 1");
    assert_eq!(
        kind(CLEAN, &another),
        Some((WordingKind::New, None, Some(1)))
    );
    assert_eq!(
        kind(&another, CLEAN),
        Some((WordingKind::Ended, Some(1), None))
    );
}

#[test]
fn a_changed_rule_of_retention_is_shown_beside_the_one_before() {
    let found = after("period = \"8 years\"", "period = \"6 years\"").retention;
    let [change] = &found[..] else {
        panic!("{found:?}");
    };
    assert_eq!(change.activity, "books");
    assert!(change.is_shorter());
    let periods = [&change.old, &change.new].map(|rule| rule.as_ref().unwrap().period.to_string());
    assert_eq!(periods, ["8 years", "6 years"]);

    let second = "[[activity.retention]]\ncovers = \"Mahnungen\"\nstart = \"document\"\n\
                  period = \"3 years\"\naction = \"erase\"\n\n[[recipient]]\nid = \"printer\"";
    let found = after("[[recipient]]\nid = \"printer\"", second).retention;
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].covers(), &found[0].old),
        (Some("Mahnungen"), &None)
    );
    assert!(!found[0].is_shorter());
}

#[test]
fn a_recipient_in_a_further_activity_or_role_asks_for_a_contract() {
    let with = |recipients: &str| {
        let from = "channels = [\"email\", \"storing\"] # news";
        after(from, &format!("{from}\nrecipients = [{recipients}]"))
    };
    let further = with("\"printer\"");
    assert_eq!(contracts(&further), [("printer", ContractStep::Extend)]);
    assert_eq!(further.contracts[0].activities, ["news"]);
    assert_eq!(contracts(&with("\"adviser\"")), []);
    let more_data = after(
        "data = [\"Anschrift\"]",
        "data = [\"Anschrift\", \"Branche\"]",
    );
    assert_eq!(contracts(&more_data), [("printer", ContractStep::Extend)]);

    let adviser = CLEAN.find("id = \"adviser\"").unwrap();
    let (before, rest) = CLEAN.split_at(adviser);
    let processor = rest.replacen("role = \"independent\"", "role = \"processor\"", 1);
    let found = between(CLEAN, &format!("{before}{processor}"));
    assert_eq!(contracts(&found), [("adviser", ContractStep::Conclude)]);
    let joint = rest.replacen("role = \"independent\"", "role = \"joint\"", 1);
    let found = between(CLEAN, &format!("{before}{joint}"));
    assert_eq!(contracts(&found), [("adviser", ContractStep::Arrange)]);
}

#[test]
fn a_processor_that_nobody_uses_any_more_gives_the_data_back() {
    let found = after("recipients = [\"printer\"]\n", "");
    assert_eq!(contracts(&found), [("printer", ContractStep::End)]);
    assert_eq!(found.contracts[0].activities, ["letters"]);
}

#[test]
fn data_that_go_to_a_third_country_are_seen() {
    let abroad = CLEAN.replace(
        "country = \"DE\" # adviser",
        "country = \"US\"\ntransfer = { basis = \"dpf\", assessed_on = 2026-01-15 }",
    );
    let found = between(CLEAN, &abroad);
    assert_eq!(contracts(&found), [("adviser", ContractStep::Transfer)]);
    assert_eq!(
        notices(&found),
        [("books", &[NoticeFact::ThirdCountry][..])]
    );
    let looked_again = abroad.replace("2026-01-15", "2026-06-15");
    assert!(between(&abroad, &looked_again).is_empty());
    let clauses = abroad.replace("\"dpf\"", "\"scc\"");
    let found = between(&abroad, &clauses);
    assert_eq!(contracts(&found), [("adviser", ContractStep::Transfer)]);
}

#[test]
fn what_can_raise_the_risk_asks_for_a_look_at_the_assessment() {
    let one = |from: &str, to: &str| {
        let found = after(from, to).assessments;
        let [change] = &found[..] else {
            panic!("{found:?}");
        };
        (
            change.triggers.clone(),
            change.criteria.clone(),
            change.need,
        )
    };
    assert_eq!(
        one("[\"belief\"]", "[\"belief\", \"health\"]"),
        (
            vec![RiskTrigger::SpecialData],
            vec![Criterion::Sensitive],
            Need::OneMaySuffice
        )
    );
    assert_eq!(
        one(
            "channels = [\"post\",",
            "channels = [\"post\", \"profiling\", \"enrichment\","
        ),
        (
            vec![RiskTrigger::Profiling, RiskTrigger::Enrichment],
            vec![Criterion::Scoring, Criterion::Matching],
            Need::TwoCriteria
        )
    );
    assert_eq!(
        one(
            "purpose_kind = \"legal_obligation\"",
            "purpose_kind = \"employment\""
        )
        .0,
        [RiskTrigger::Employees]
    );
    let enriching = CLEAN.replace(
        "channels = [\"post\",",
        "channels = [\"post\", \"enrichment\",",
    );
    let further = enriching.replace(
        "sources = [\"data_subject\"] # letters",
        "sources = [\"data_subject\", \"website\"]",
    );
    let found = between(&enriching, &further).assessments;
    assert_eq!(found[0].triggers, [RiskTrigger::Sources]);
    assert_eq!(between(&further, &enriching).assessments, []);
    assert_eq!(after("[\"belief\"]", "[]").assessments, []);
}
