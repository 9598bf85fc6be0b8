//! Each rule of the gap list, shown by one change to a register that has no gaps.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper of tests may fail the test"
)]

use jiff::civil::date;
use register::{Register, gaps};

const CLEAN: &str = include_str!("clean.toml");

/// Place, code and citation of each gap after `from` is replaced by `to`.
fn gaps_after(from: &str, to: &str) -> Vec<(String, &'static str, &'static str)> {
    assert!(CLEAN.contains(from), "the clean register has no {from}");
    gaps_of(&CLEAN.replacen(from, to, 1))
}

fn gaps_of(text: &str) -> Vec<(String, &'static str, &'static str)> {
    let register = Register::parse(text).unwrap_or_else(|faults| panic!("{faults:#?}\n{text}"));
    let on = date(2026, 11, 24);
    gaps(&register, on)
        .into_iter()
        .map(|gap| (gap.place.path(), gap.code, gap.citation.label(on)))
        .collect()
}

#[track_caller]
fn assert_gap(from: &str, to: &str, path: &str, code: &'static str, citation: &'static str) {
    assert_eq!(gaps_after(from, to), [(path.to_owned(), code, citation)]);
}

#[test]
fn a_complete_register_has_no_gaps() {
    assert_eq!(gaps_of(CLEAN), []);
}

#[test]
fn the_organisation_has_to_say_who_and_where_it_is() {
    let path = "organisation";
    assert_gap(
        "city = \"Musterstadt\"\n",
        "",
        path,
        "organisation_contact_missing",
        "GDPR Art. 30(1)(a)",
    );
    assert_gap(
        "name = \"P. Beispiel\"\n",
        "",
        path,
        "representative_missing",
        "GDPR Art. 30(1)(a)",
    );
    assert_gap(
        "name = \"Aufsicht\"\n",
        "",
        path,
        "authority_missing",
        "GDPR Art. 13(2)(d)",
    );
    assert_gap(
        "privacy_notice = \"https://example.de/ds\"\n",
        "",
        path,
        "privacy_notice_missing",
        "GDPR Art. 13(1)",
    );
    assert_gap(
        "country = \"DE\" # seat",
        "country = \"CH\"",
        path,
        "union_representative_missing",
        "GDPR Art. 27(1)",
    );
}

#[test]
fn the_officer_has_to_be_reachable_and_reported() {
    let path = "organisation";
    assert_gap(
        "email = \"dsb@example.de\"\n",
        "",
        path,
        "dpo_contact_missing",
        "GDPR Art. 13(1)(b)",
    );
    assert_gap(
        "reported_on = 2024-01-15\n",
        "",
        path,
        "dpo_not_reported",
        "GDPR Art. 37(7)",
    );
    assert_gap(
        "2024-01-15",
        "2027-01-15",
        path,
        "dpo_not_reported",
        "GDPR Art. 37(7)",
    );
}

#[test]
fn an_officer_is_due_from_twenty_heads_in_germany() {
    let officer = "[organisation.data_protection_officer]\nemail = \"dsb@example.de\"\nreported_on = 2024-01-15\n";
    let without = CLEAN.replace(officer, "");
    let path = || "organisation".to_owned();
    let due = [(path(), "dpo_missing", "BDSG § 38(1) sentence 1")];
    let unclear = [(path(), "dpo_duty_unclear", "BDSG § 38(1) sentence 1")];
    let heads = |line: &str| gaps_of(&without.replace("staff_processing_data = 46", line));
    assert_eq!(heads("staff_processing_data = 20"), due);
    assert_eq!(heads("staff_processing_data = 19"), []);
    assert_eq!(heads(""), unclear);
    assert_eq!(heads("staff = 19"), []);
    assert_eq!(heads("staff = 20"), unclear);
    let austria = without.replace("country = \"DE\" # seat", "country = \"AT\"");
    assert_eq!(gaps_of(&austria), []);
}

#[test]
fn an_activity_needs_what_the_record_asks_for() {
    let path = "activity.news";
    assert_gap(
        "purpose = \"Neuheiten senden\"\n",
        "",
        path,
        "purpose_missing",
        "GDPR Art. 30(1)(b)",
    );
    assert_gap(
        "subjects = [\"Abonnenten\"]\n",
        "",
        path,
        "categories_missing",
        "GDPR Art. 30(1)(c)",
    );
    assert_gap(
        "measures = [\"tom\"] # news\n",
        "",
        path,
        "measures_missing",
        "GDPR Art. 30(1)(g)",
    );
    assert_gap(
        "sources = [\"data_subject\"] # news\n",
        "",
        path,
        "sources_missing",
        "GDPR Art. 14(2)(f)",
    );
    assert_gap(
        "[\"email\", \"storing\"] # news",
        "[\"email\"]",
        path,
        "storing_not_declared",
        "GDPR Art. 5(1)(b)",
    );
    assert_gap(
        "[[activity.retention]] # news\nstart = \"consent_withdrawal\"\nperiod = \"3 years\"\naction = \"erase\"\n",
        "",
        path,
        "retention_missing",
        "GDPR Art. 5(1)(e)",
    );
}

#[test]
fn an_activity_needs_a_legal_basis_and_special_data_a_ground() {
    assert_gap(
        "basis = \"legal_obligation\"\n",
        "",
        "activity.books",
        "basis_missing",
        "GDPR Art. 6(1)",
    );
    assert_gap(
        "special_ground = \"employment_law\"\n",
        "",
        "activity.books",
        "special_ground_missing",
        "GDPR Art. 9(2)",
    );
}

#[test]
fn legitimate_interests_need_three_steps_and_a_decision() {
    let path = "activity.letters";
    assert_gap(
        "weighing = \"gering\"\n",
        "",
        path,
        "balancing_missing",
        "GDPR Art. 6(1)(f)",
    );
    assert_gap(
        "decided_by = \"Leitung\"\n",
        "",
        path,
        "balancing_not_dated",
        "GDPR Art. 5(2)",
    );
}

#[test]
fn statutory_periods_and_those_for_applicants_are_looked_at() {
    assert_gap(
        "from_year_end = true\n",
        "",
        "activity.books",
        "retention_year_end",
        "HGB § 257(5)",
    );
    assert_gap(
        "\"8 years\"",
        "\"5 years\"",
        "activity.books",
        "retention_too_short",
        "HGB § 257(4)",
    );
    assert_eq!(gaps_after("\"8 years\"", "\"72 months\""), []);
    assert_gap(
        "\"6 months\"",
        "\"7 months\"",
        "activity.jobs",
        "applicants_kept_long",
        "AGG § 15(4)",
    );
    assert_eq!(gaps_after("\"6 months\"", "\"26 weeks\""), []);
}

#[test]
fn enriching_needs_a_source_beside_the_person() {
    assert_gap(
        "sources = [\"data_subject\"] # letters\nchannels = [\"post\",",
        "sources = [\"data_subject\"]\nchannels = [\"post\", \"enrichment\",",
        "activity.letters",
        "enrichment_source_missing",
        "GDPR Art. 14(2)(f)",
    );
}

#[test]
fn advertising_by_mail_machine_or_call_needs_more_than_an_interest() {
    let path = "activity.letters";
    let also = |channel: &str| format!("channels = [\"post\", \"{channel}\",");
    let post = "channels = [\"post\",";
    assert_gap(
        post,
        &also("email"),
        path,
        "electronic_mail_without_consent",
        "UWG § 7(2) Nr. 2",
    );
    assert_gap(
        post,
        &also("messenger"),
        path,
        "electronic_mail_without_consent",
        "UWG § 7(2) Nr. 2",
    );
    assert_gap(
        post,
        &also("fax"),
        path,
        "machine_without_consent",
        "UWG § 7(2) Nr. 2",
    );
    assert_gap(
        post,
        &also("automated_call"),
        path,
        "machine_without_consent",
        "UWG § 7(2) Nr. 2",
    );
    assert_gap(
        post,
        &also("phone"),
        path,
        "call_without_circumstances",
        "UWG § 7(2) Nr. 1",
    );
    assert_gap(
        post,
        &also("ad_audience"),
        path,
        "ad_audience_without_consent",
        "GDPR Art. 6(1)(a)",
    );
    assert_eq!(
        gaps_after(
            post,
            &format!("call_circumstances = \"Anlass\"\n{}", also("phone"))
        ),
        []
    );
    assert_eq!(
        gaps_after(post, &format!("goods_class = \"parts\"\n{}", also("email"))),
        []
    );
}

#[test]
fn mail_without_consent_cites_the_label_in_force_on_the_day() {
    let text = CLEAN.replace("channels = [\"post\",", "channels = [\"email\",");
    let register = Register::parse(&text).unwrap();
    let label = |on| {
        let gaps = gaps(&register, on);
        let gap = gaps
            .iter()
            .find(|gap| gap.code == "electronic_mail_without_consent");
        gap.map(|gap| gap.citation.label(on))
    };
    assert_eq!(label(date(2022, 5, 27)), Some("UWG § 7(2) Nr. 3"));
    assert_eq!(label(date(2022, 5, 28)), Some("UWG § 7(2) Nr. 2"));
}

#[test]
fn a_customer_mail_rule_does_not_carry_a_fax() {
    assert_gap(
        "channels = [\"post\",",
        "goods_class = \"parts\"\nchannels = [\"email\", \"fax\",",
        "activity.letters",
        "machine_without_consent",
        "UWG § 7(2) Nr. 2",
    );
}

#[test]
fn advertising_cannot_rest_on_a_contract() {
    assert_gap(
        "basis = \"legitimate_interests\"",
        "basis = \"contract\"",
        "activity.letters",
        "advertising_basis",
        "GDPR Art. 6(1)",
    );
}

#[test]
fn sharing_needs_consent_and_a_named_recipient() {
    let path = "activity.letters".to_owned();
    assert_eq!(
        gaps_after(
            "channels = [\"post\",",
            "channels = [\"post\", \"sharing\","
        ),
        [
            (path.clone(), "sharing_without_consent", "GDPR Art. 6(1)(a)"),
            (
                path.clone(),
                "sharing_recipient_missing",
                "GDPR Art. 13(1)(e)"
            ),
        ]
    );
    assert_gap(
        "recipients = [\"printer\"]",
        "recipients = [\"printer\", \"sister\"]",
        &path,
        "sharing_not_declared",
        "GDPR Art. 5(1)(b)",
    );
}

#[test]
fn consent_as_a_basis_needs_a_text_that_names_the_channels() {
    assert_eq!(
        gaps_after("purposes = [\"news\"]", "purposes = [\"jobs\"]"),
        [
            (
                "activity.news".to_owned(),
                "consent_text_missing",
                "GDPR Art. 7(1)"
            ),
            (
                "consent_text.news@2".to_owned(),
                "consent_without_purpose",
                "GDPR Art. 6(1)(a)"
            ),
        ]
    );
    assert_gap(
        "[\"email\", \"storing\"] # news",
        "[\"email\", \"phone\", \"storing\"]",
        "activity.news",
        "consent_channels_missing",
        "GDPR Art. 4(11)",
    );
}

#[test]
fn a_consent_text_names_who_asks_and_how_to_withdraw_for_one_purpose() {
    let path = "consent_text.news@2";
    assert_gap(
        "Musterbau darf",
        "Wir dürfen",
        path,
        "consent_without_name",
        "GDPR Art. 4(11)",
    );
    assert_gap(
        "jederzeit widerrufen",
        "froh sein",
        path,
        "consent_without_withdrawal",
        "GDPR Art. 7(3)",
    );
    assert_gap(
        "[\"news\"]",
        "[\"news\", \"jobs\"]",
        path,
        "consent_for_several_purposes",
        "GDPR recital 43",
    );
    assert_gap(
        "de = \"Musterbau darf mir Neuheiten per E-Mail senden. Ich kann jederzeit widerrufen.\"\n",
        "",
        path,
        "consent_wording_missing",
        "GDPR Art. 7(1)",
    );
    assert_eq!(
        gaps_after("channels = [\"email\"] # text", ""),
        [
            (
                "activity.news".to_owned(),
                "consent_channels_missing",
                "GDPR Art. 4(11)"
            ),
            (
                path.to_owned(),
                "consent_without_channels",
                "GDPR Art. 4(11)"
            ),
        ]
    );
}

#[test]
fn a_processor_needs_a_signed_and_complete_contract() {
    let path = "recipient.printer";
    assert_gap(
        "signed_on = 2025-03-04\n",
        "",
        path,
        "contract_not_signed",
        "GDPR Art. 28(9)",
    );
    assert_gap(
        "2025-03-04",
        "2026-11-25",
        path,
        "contract_not_signed",
        "GDPR Art. 28(9)",
    );
    assert_gap(
        "\"audits\", ",
        "",
        path,
        "processor_contract_incomplete",
        "GDPR Art. 28(3)",
    );
    let start = CLEAN.find("[recipient.contract] # printer").unwrap();
    let end = start + CLEAN[start..].find("\n\n").unwrap();
    assert_gap(
        &CLEAN[start..end],
        "",
        path,
        "processor_contract_missing",
        "GDPR Art. 28(3)",
    );
}

#[test]
fn joint_controllers_need_an_arrangement_and_its_essence_open() {
    let path = "recipient.sister";
    assert_gap(
        "signed_on = 2025-06-30\n",
        "",
        path,
        "joint_arrangement_missing",
        "GDPR Art. 26(1)",
    );
    assert_gap(
        "essence_available = true\n",
        "",
        path,
        "joint_essence_missing",
        "GDPR Art. 26(2)",
    );
}

#[test]
fn a_transfer_needs_a_basis_that_holds_for_the_country() {
    let path = "recipient.adviser";
    let to = |country: &str, transfer: &str| {
        gaps_after(
            "country = \"DE\" # adviser",
            &format!("country = \"{country}\"\n{transfer}"),
        )
    };
    let gap = |code, citation| vec![(path.to_owned(), code, citation)];
    let adequacy = "transfer = { basis = \"adequacy\", assessed_on = 2026-01-15 }";
    let framework = "transfer = { basis = \"dpf\", assessed_on = 2026-01-15 }";
    assert_eq!(to("NO", ""), []);
    assert_eq!(to("US", ""), gap("transfer_basis_missing", "GDPR Art. 44"));
    assert_eq!(to("CH", adequacy), []);
    assert_eq!(
        to("IN", adequacy),
        gap("no_adequacy_decision", "GDPR Art. 45(1)")
    );
    assert_eq!(
        to("US", adequacy),
        gap("adequacy_for_listed_only", "GDPR Art. 45(1)")
    );
    assert_eq!(to("US", framework), []);
    assert_eq!(
        to("CH", framework),
        gap("dpf_not_in_force", "GDPR Art. 45(1)")
    );
    let stale = framework.replace("2026", "2025");
    assert_eq!(
        to("US", &stale),
        gap("transfer_check_due", "GDPR Art. 5(2)")
    );
    let clauses = "transfer = { basis = \"scc\" }";
    assert_eq!(
        to("IN", clauses),
        gap("transfer_assessment_missing", "GDPR Art. 46(1)")
    );
    assert_eq!(
        to(
            "IN",
            "transfer = { basis = \"bcr\", assessed_on = 2020-01-01 }"
        ),
        []
    );
    let derogation = "transfer = { basis = \"derogation\" }";
    assert_eq!(
        to("IN", derogation),
        gap("transfer_by_derogation", "GDPR Art. 49(1)")
    );
}

#[test]
fn a_recipient_that_nobody_names_is_noticed() {
    assert_gap(
        "recipients = [\"printer\"]\n",
        "",
        "recipient.printer",
        "recipient_unused",
        "GDPR Art. 30(1)(d)",
    );
}

#[test]
fn a_processing_activity_for_others_has_its_own_shorter_list() {
    let text = format!(
        "{CLEAN}\n[[activity]]\nid = \"hosting\"\nname = \"Hosting\"\nrole = \"processor\"\n\
         purpose_kind = \"contract_performance\"\n"
    );
    let path = || "activity.hosting".to_owned();
    assert_eq!(
        gaps_of(&text),
        [
            (path(), "principal_missing", "GDPR Art. 30(2)(a)"),
            (path(), "purpose_missing", "GDPR Art. 30(2)(b)"),
            (path(), "measures_missing", "GDPR Art. 30(2)(d)"),
        ]
    );
}

#[test]
fn a_register_without_activities_says_so() {
    let found = gaps_of("organisation = { name = \"Musterbau\", country = \"AT\" }\n");
    assert_eq!(
        found[0],
        ("organisation".to_owned(), "no_activity", "GDPR Art. 30(1)")
    );
}

#[test]
fn a_channel_that_no_wording_names_is_called_by_its_word() {
    let text = CLEAN.replacen(
        "[\"email\", \"storing\"] # news",
        "[\"email\", \"phone\", \"automated_call\", \"storing\"]",
        1,
    );
    let found = gaps(&Register::parse(&text).unwrap(), date(2026, 11, 24));
    let said: Vec<_> = [law::Lang::De, law::Lang::En]
        .map(|lang| found[0].text(lang))
        .into();
    assert_eq!(
        said,
        [
            "kein Einwilligungstext der Tätigkeit nennt: Telefon, Automatischer Anruf",
            "no consent text of the activity names: Phone, Automated call",
        ]
    );
    assert_eq!(found[0].key, "consent_text.channels");
}
