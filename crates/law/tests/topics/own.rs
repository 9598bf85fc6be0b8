//! Further cases from the statutes and guidelines, each with its source.

use law::Lang;
use serde_json::{Value, json};

fn ask(topic: &str, facts: &Value) -> Value {
    law::topic::ask(topic, &facts.to_string(), Lang::En).expect("an answer")
}

fn error(topic: &str, facts: &Value) -> String {
    law::topic::ask(topic, &facts.to_string(), Lang::En)
        .expect_err("an error")
        .to_string()
}

/// Asserts the values of an answer.
macro_rules! says {
    ($topic:literal, $facts:tt => { $($key:literal: $wanted:tt),+ $(,)? }) => {{
        let answer = ask($topic, &json!($facts));
        $(assert_eq!(answer[$key], json!($wanted), "{}: {answer}", $key);)+
    }};
}

/// GDPR Art. 12(3); Regulation 1182/71 Art. 3.
#[test]
fn a_request_is_answered_within_a_month_or_three_if_the_person_was_told_in_time() {
    says!("deadline", { "request_received": "2026-06-10", "country": "DE" } => {
        "date": "2026-07-10", "latest_with_extension": "2026-09-10"
    });
    says!("deadline", {
        "request_received": "2026-06-10", "country": "DE", "extended": true,
        "extension_told_on": "2026-07-10", "extension_reasons_given": true
    } => { "date": "2026-09-10", "extension_notice_by": "2026-07-10" });
    says!("deadline", {
        "request_received": "2026-06-10", "country": "DE", "extended": true,
        "extension_told_on": "2026-07-11"
    } => { "date": "2026-07-10" });
    says!("deadline", {
        "request_received": "2026-06-10", "country": "DE", "extended": true,
        "extension_reasons_given": false
    } => { "date": "2026-07-10" });
}

/// Fronleichnam, 4 June 2026, in North Rhine-Westphalia; leap year 2028.
#[test]
fn holidays_of_the_land_and_short_months_move_the_deadline() {
    says!("deadline", { "request_received": "2026-05-04", "country": "DE", "land": "NW" } => {
        "date": "2026-06-05"
    });
    says!("deadline", { "request_received": "2028-01-31", "country": "DE" } => {
        "date": "2028-02-29"
    });
    says!("deadline", { "request_received": "2026-04-15", "country": "AT" } => {
        "date": "2026-05-15", "confidence": "settled"
    });
    says!("deadline", { "request_received": "2026-04-15", "country": "LU" } => {
        "confidence": "to_be_checked"
    });
}

#[test]
fn an_answer_after_the_last_day_is_late() {
    says!("deadline", {
        "request_received": "2026-06-10", "country": "DE", "answered_on": "2026-07-10"
    } => { "verdict": "allow", "in_time": true });
    says!("deadline", {
        "request_received": "2026-06-10", "country": "DE", "answered_on": "2026-07-11"
    } => { "verdict": "deny", "in_time": false });
}

/// GDPR Art. 12(5), 15(3) sentence 2, 17(3)(b).
#[test]
fn refusals_and_charges_need_a_ground_that_the_law_knows() {
    says!("deadline", { "request": "access", "decision": "refuse", "ground": "excessive" } => {
        "verdict": "conditional", "may_refuse": true, "may_charge": true
    });
    says!("deadline", { "request": "access", "decision": "refuse", "ground": "effort" } => {
        "verdict": "deny", "may_refuse": false, "may_charge": false
    });
    says!("deadline", { "request": "access", "decision": "refuse", "ground": "statutory_retention" } => {
        "verdict": "deny"
    });
    says!("deadline", { "request": "further_copy", "decision": "charge" } => {
        "verdict": "allow", "may_charge": true
    });
    says!("deadline", { "request": "first_copy", "decision": "charge" } => {
        "verdict": "deny", "may_charge": false
    });
}

/// CJEU C-154/21, C-487/21; GDPR Art. 12(6).
#[test]
fn recipients_are_named_copies_are_faithful_and_identity_is_asked_in_doubt_only() {
    says!("deadline", { "request": "access", "decision": "name_categories_of_recipients_only" } => {
        "verdict": "deny"
    });
    says!("deadline", {
        "request": "access", "decision": "name_categories_of_recipients_only",
        "ground": "not_identifiable"
    } => { "verdict": "allow" });
    says!("deadline", { "request": "first_copy", "decision": "summary_instead_of_copy" } => {
        "verdict": "deny"
    });
    says!("deadline", {
        "request": "access", "decision": "ask_for_identity", "reasonable_doubt": false
    } => { "verdict": "deny" });
    says!("deadline", {
        "request_received": "2026-06-01", "country": "DE",
        "identity_proof_asked": "2026-06-02", "identity_proven": "2026-06-10"
    } => { "date": "2026-07-09", "confidence": "to_be_checked" });
    let error = error(
        "deadline",
        &json!({ "request": "access", "decision": "refuse" }),
    );
    assert!(error.contains("`ground`"), "{error}");
}

/// GDPR Art. 14(3), 13(3), 14(5).
#[test]
fn information_is_due_at_the_first_of_month_contact_and_disclosure() {
    says!("information", { "data_source": "address_dealer", "data_obtained": "2026-03-10" } => {
        "date": "2026-04-10", "article": 14
    });
    says!("information", {
        "data_source": "public_source", "data_obtained": "2026-03-10",
        "first_communication_to_person": "2026-03-17"
    } => { "date": "2026-03-17" });
    says!("information", {
        "data_source": "public_source", "data_obtained": "2026-03-10",
        "first_communication_to_person": "2026-06-17"
    } => { "date": "2026-04-10" });
    says!("information", { "data_source": "from_person", "new_purpose_from": "2026-09-01" } => {
        "date": "2026-09-01", "article": 13
    });
    says!("information", { "data_source": "third_party", "exception": "already_has_it" } => {
        "verdict": "allow"
    });
    says!("information", {
        "data_source": "public_source", "exception": "disproportionate_effort",
        "message_contains_information": false
    } => { "verdict": "deny" });
}

/// HGB § 257, AO § 147, EGAO Art. 97 § 19a, UWG § 7a, BGB §§ 195, 199.
#[test]
fn each_kind_of_document_has_its_period() {
    says!("retention", { "country": "DE", "document": "annual_statement", "created": "2020-06-30" } => {
        "date": "2030-12-31", "years": 10
    });
    says!("retention", { "country": "DE", "document": "geschäftsbrief", "created": "2020-06-30" } => {
        "date": "2026-12-31", "years": 6
    });
    says!("retention", {
        "country": "DE", "document": "invoice", "created": "2014-06-30",
        "tax_assessment_open": false, "asked_on": "2026-01-02"
    } => { "date": "2024-12-31", "years": 10, "may_be_destroyed": true });
    says!("retention", {
        "country": "DE", "document": "invoice", "created": "2016-06-30", "asked_on": "2024-06-01"
    } => { "date": "2026-12-31", "years": 10, "may_be_destroyed": false });
    says!("retention", {
        "country": "DE", "document": "invoice", "created": "2018-06-30", "sector": "insurer"
    } => { "date": "2028-12-31", "years": 10 });
    says!("retention", { "country": "DE", "document": "lieferschein", "asked_on": "2026-01-02" } => {
        "years": 0, "may_be_destroyed": true
    });
    says!("retention", {
        "country": "DE", "document": "claim", "claim_arose": "2024-02-01", "claim_known": "2024-02-01"
    } => { "date": "2027-12-31" });
    says!("retention", {
        "country": "DE", "document": "consent_proof", "consent_given": "2023-02-01",
        "uses": ["2024-03-01"], "consent_withdrawn": "2025-04-01"
    } => { "keep_until": "2028-12-31", "confidence": "to_be_checked" });
    let open = error(
        "retention",
        &json!({
            "country": "DE", "document": "invoice", "created": "2016-06-30", "asked_on": "2026-06-01"
        }),
    );
    assert!(open.contains("tax_assessment_open"), "{open}");
}

/// GDPR Art. 17(1)(b), (3); Art. 21(3).
#[test]
fn a_withdrawal_erases_what_rested_on_consent_alone() {
    says!("erasure", {
        "trigger": "withdrawal",
        "asked_on": "2026-11-24",
        "data": [
            { "name": "newsletter", "kind": "newsletter" },
            { "name": "orders", "kind": "contract", "still_needed": true },
            { "name": "invoice", "kind": "invoice", "keep_until": "2032-12-31" },
            { "name": "old letter", "kind": "other", "keep_until": "2020-12-31",
              "rests_on_consent_only": true },
            { "name": "block", "kind": "suppression_entry" }
        ]
    } => {
        "erase": ["newsletter", "old letter"],
        "keep": ["orders"],
        "keep_restricted": ["invoice"],
        "keep_limited": ["block (for blocking only, Art. 21(3))"],
        "resume_on": "2033-01-01"
    });
}

/// GDPR Art. 83; BDSG § 43(3); EDPB Guidelines 04/2022; UWG § 20; TDDDG § 28; PECR.
#[test]
fn fines_follow_the_tier_the_turnover_and_the_law_of_the_day() {
    says!("fine", { "infringed": [5, 32], "undertaking_turnover_eur": 0 } => {
        "max_fine_eur": 20_000_000
    });
    says!("fine", { "infringed": 7, "infringer": "natural_person" } => {
        "max_fine_eur": 20_000_000
    });
    says!("fine", { "infringed": "Art. 5", "infringer": "public_body", "country": "DE" } => {
        "max_fine_eur": 0, "verdict": "deny"
    });
    says!("fine", {
        "infringed": "Art. 32", "seriousness": "high", "undertaking_turnover_eur": 1_500_000
    } => {
        "range_eur": [2_000_000, 10_000_000], "adjusted_range_eur": [4_000, 40_000],
        "estimate": true, "confidence": "to_be_checked"
    });
    says!("fine", { "starting_amount_eur": 1_000_000, "undertaking_turnover_eur": 20_000_000 } => {
        "range_eur": [15_000, 100_000], "confidence": "to_be_checked"
    });
    says!("fine", { "infringement": "business_call_without_consent" } => { "max_fine_eur": 0 });
    says!("fine", { "infringement": "consent_not_documented" } => { "max_fine_eur": 50_000 });
    says!("fine", { "infringement": "cookie_without_consent" } => { "max_fine_eur": 300_000 });
    says!("fine", { "law": "pecr", "date": "2026-01-01" } => { "max_fine_gbp": 500_000 });
    says!("fine", { "law": "pecr", "undertaking_turnover_gbp": 1_000_000_000 } => {
        "max_fine_gbp": 40_000_000
    });
    says!("fine", { "intent_or_negligence_of_undertaking": false } => {
        "verdict": "deny", "strict_liability": false
    });
    let error = error("fine", &json!({ "infringed": "Art. 5" }));
    assert!(error.contains("undertaking_turnover_eur"), "{error}");
}

#[test]
fn a_citation_carries_the_label_of_the_day() {
    let before = ask(
        "fine",
        &json!({ "infringement": "cookie_without_consent", "date": "2024-05-13" }),
    );
    assert_eq!(before["citations"][0], "TTDSG § 28(2)");
    let after = ask(
        "fine",
        &json!({ "infringement": "cookie_without_consent", "date": "2024-05-14" }),
    );
    assert_eq!(after["citations"][0], "TDDDG § 28(2)");
}

/// GDPR Art. 44-49; decisions on Brazil and Switzerland; CJEU C-362/14 and C-311/18.
#[test]
fn transfers_rest_on_adequacy_then_safeguards_then_derogations() {
    says!("transfer", { "recipient_country": "CH" } => { "verdict": "allow", "ground": "adequacy" });
    says!("transfer", { "recipient_country": "BR", "date": "2026-11-24" } => { "verdict": "allow" });
    says!("transfer", { "recipient_country": "BR", "date": "2025-11-24" } => { "verdict": "deny" });
    says!("transfer", { "recipient_country": "GB", "date": "2032-01-01" } => { "verdict": "deny" });
    says!("transfer", {
        "recipient_country": "US", "recipient_dpf_certified": true, "data": "non_hr",
        "date": "2020-07-16"
    } => { "verdict": "deny" });
    says!("transfer", {
        "recipient_country": "US", "recipient_dpf_certified": true, "data": "hr"
    } => { "verdict": "deny" });
    says!("transfer", {
        "recipient_country": "IN", "scc_signed": true, "tia_done": true,
        "tia_result": "measures_taken"
    } => { "verdict": "allow", "ground": "safeguard" });
    says!("transfer", {
        "recipient_country": "CN", "scc_signed": true, "tia_done": true,
        "tia_result": "not_adequate"
    } => { "verdict": "deny" });
    says!("transfer", { "recipient_country": "IN", "scc_signed": true, "scc_are_old": true } => {
        "verdict": "deny"
    });
    says!("transfer", { "recipient_country": "IN", "bcr_approved": true, "tia_done": true } => {
        "verdict": "allow"
    });
    says!("transfer", {
        "recipient_country": "IN", "derogation": "contract_with_person", "occasional": false
    } => { "verdict": "deny" });
    says!("transfer", {
        "recipient_country": "IN", "explicit_consent": true, "informed_of_risks": true
    } => { "verdict": "conditional", "ground": "derogation" });
    says!("transfer", { "data_flow": "directly_from_person" } => { "is_transfer": false });
    let error = error("transfer", &json!({ "scc_signed": true }));
    assert!(error.contains("recipient_country"), "{error}");
}

/// CJEU C-340/21, C-687/21, C-741/21, C-667/21.
#[test]
fn damages_need_damage_and_responsibility() {
    says!("damages", { "infringement": true, "damage": "well_founded_fear" } => { "verdict": "allow" });
    says!("damages", { "infringement": true, "damage": "hypothetical_risk" } => { "verdict": "deny" });
    says!("damages", { "infringement": true, "damage": "none", "loss_of_control": true } => {
        "verdict": "allow", "guidance_eur": 100
    });
    says!("damages", {
        "infringement": true, "damage": "material", "defence": "employee_disobeyed"
    } => { "verdict": "allow" });
    says!("damages", { "question": "punitive_amount" } => { "verdict": "deny" });
}

#[test]
fn texts_come_in_german_too() {
    let facts = r#"{"request_received": "2026-06-10", "country": "DE"}"#;
    let answer = law::topic::ask("deadline", facts, Lang::De).expect("an answer");
    assert_eq!(
        answer["basis"],
        "Unverzüglich, spätestens einen Monat nach Eingang."
    );
}

#[test]
fn the_first_and_last_days_of_the_calendar_are_answered_without_a_panic() {
    for day in [
        "-009999-01-01",
        "0000-01-01",
        "0001-02-28",
        "9999-11-30",
        "9999-12-31",
    ] {
        let calls = [
            (
                "deadline",
                json!({ "request_received": day, "country": "DE", "land": "SN" }),
            ),
            (
                "deadline",
                json!({ "request_received": day, "country": "GB", "extended": true }),
            ),
            (
                "deadline",
                json!({
                    "request_received": "0001-01-01", "country": "DE",
                    "identity_proof_asked": "0001-01-02", "identity_proven": day
                }),
            ),
            (
                "information",
                json!({ "data_source": "third_party", "data_obtained": day }),
            ),
            (
                "retention",
                json!({ "country": "DE", "document": "book", "created": day }),
            ),
            (
                "retention",
                json!({ "country": "DE", "document": "application", "rejection_received": day }),
            ),
            (
                "retention",
                json!({ "country": "DE", "document": "claim", "claim_arose": day, "claim_known": day }),
            ),
            (
                "retention",
                json!({
                    "country": "DE", "document": "call_consent_proof",
                    "contact_kind": "consumer", "consent_given": day
                }),
            ),
            (
                "transfer",
                json!({ "recipient_country": "US", "date": day }),
            ),
        ];
        for (topic, facts) in calls {
            // Written with more digits, a year is refused; any other day gets an answer.
            let answered = law::topic::ask(topic, &facts.to_string(), Lang::De).is_ok();
            let known = day.len() == 10;
            let earlier = facts["identity_proven"]
                .as_str()
                .is_some_and(|proven| proven < "0001-01-02");
            assert_eq!(answered, known && !earlier, "{topic} {facts}");
        }
    }
}
