//! Further cases of breaches, assessments, officers, roles and profiling, each with its source.

use serde_json::json;

use super::asking::{ask, cites, verdicts};

#[test]
fn impact_assessments_follow_wp248() {
    for (source, facts, required) in [
        (
            "road cameras",
            json!({"criteria": ["systematic monitoring", "innovative use of technology"]}),
            true,
        ),
        (
            "monitoring of employees",
            json!({"criteria": ["systematic monitoring", "vulnerable data subjects"]}),
            true,
        ),
        (
            "credit database",
            json!({"criteria": ["evaluation or scoring", "automated decision"]}),
            true,
        ),
        (
            "single doctor",
            json!({"criteria": ["sensitive data", "vulnerable data subjects"], "deviation_documented": true}),
            false,
        ),
        ("nothing", json!({"criteria": []}), false),
        (
            "listed only",
            json!({"listed": ["tracking_in_shops"]}),
            true,
        ),
    ] {
        let answer = ask("dpia", &facts);
        assert_eq!(answer["dpia_required"], required, "{source}: {answer}");
    }
}

#[test]
fn officers_follow_wp243_and_the_german_threshold() {
    for (source, facts, required, citation) in [
        (
            "19 heads",
            json!({"country": "DE", "persons_constantly_in_automated_processing": 19}),
            false,
            "GDPR Art. 37(1)",
        ),
        (
            "market research with 3",
            json!({"country": "DE", "commercial_transfer_or_market_research": true}),
            true,
            "BDSG § 38(1) sentence 2",
        ),
        (
            "DPIA with 5",
            json!({"country": "DE", "persons_constantly_in_automated_processing": 5, "dpia_needed": true}),
            true,
            "BDSG § 38(1) sentence 2",
        ),
        (
            "authority",
            json!({"country": "IT", "public_body": true}),
            true,
            "GDPR Art. 37(1)(a)",
        ),
        (
            "tracking firm",
            json!({"country": "FR", "core_monitoring": true}),
            true,
            "GDPR Art. 37(1)(b)",
        ),
        (
            "Austrian firm with a German branch",
            json!({"country": "AT", "establishment_in_de": true, "persons_constantly_in_automated_processing": 25}),
            true,
            "BDSG § 38(1) sentence 1",
        ),
    ] {
        let answer = ask("dpo", &facts);
        assert_eq!(answer["dpo_required"], required, "{source}: {answer}");
        assert!(cites(&answer, citation), "{source}: {answer}");
    }
}

#[test]
fn an_unknown_headcount_is_asked_for() {
    let error = law::topic::ask("dpo", r#"{"country": "DE"}"#, law::Lang::En);
    let text = error.expect_err("no headcount").to_string();
    assert!(
        text.contains("persons_constantly_in_automated_processing"),
        "{text}"
    );
}

#[test]
fn roles_and_contracts_follow_article_28_and_guidelines_07_2020() {
    for (facts, role) in [
        (json!({"party": "payroll"}), "processor"),
        (json!({"party": "law_firm"}), "controller"),
        (
            json!({"party": "embedding_website"}),
            "joint controller with the network",
        ),
        (json!({"on_instructions": true}), "processor"),
        (
            json!({"on_instructions": true, "own_purposes": true}),
            "controller",
        ),
    ] {
        assert_eq!(ask("roles", &facts)["role"], role, "{facts}");
    }
    verdicts(
        "processor-contract",
        &[
            (
                "28(3)(h)",
                json!({"clauses_missing": ["audits"]}),
                "deny",
                "GDPR Art. 28(3)(h)",
            ),
            (
                "complete",
                json!({"clauses_missing": [], "form": "electronic"}),
                "allow",
                "GDPR Art. 28(3)",
            ),
            ("28(9)", json!({"form": "oral"}), "deny", "GDPR Art. 28(9)"),
            (
                "none",
                json!({"contract_exists": false}),
                "deny",
                "GDPR Art. 28(3)",
            ),
            (
                "28(2), no authorisation",
                json!({"new_sub_processor": true, "authorisation": "none"}),
                "deny",
                "GDPR Art. 28(2)",
            ),
            (
                "28(2), informed",
                json!({"new_sub_processor": true, "authorisation": "general",
              "controller_informed_before": true, "same_obligations": true}),
                "allow",
                "GDPR Art. 28(2)",
            ),
        ],
    );
}

#[test]
fn profiling_follows_the_court_of_justice() {
    let score = ask(
        "profiling",
        &json!({"processing": "automated_decision", "score_decides_in_practice": true, "legal_or_similar_effect": true}),
    );
    assert_eq!(score["art22_applies"], true);
    assert!(cites(&score, "CJEU C-634/21"));
    verdicts(
        "profiling",
        &[
            (
                "C-446/21",
                json!({"processing": "unlimited_aggregation"}),
                "deny",
                "GDPR Art. 5(1)(c)",
            ),
            (
                "C-26/22",
                json!({"processing": "credit_register_copy"}),
                "deny",
                "GDPR Art. 6(1)(f)",
            ),
            (
                "C-184/20",
                json!({"processing": "inferred_special_categories"}),
                "deny",
                "GDPR Art. 9(1)",
            ),
            (
                "Art. 21(2)",
                json!({"processing": "lead_scoring", "objection": true}),
                "deny",
                "GDPR Art. 21(3)",
            ),
            (
                "named partner",
                json!({"processing": "sharing", "consent": true, "consent_names_partner": true}),
                "allow",
                "GDPR Art. 6(1)(a)",
            ),
        ],
    );
}

#[test]
fn a_late_notification_says_why_and_the_processor_has_no_72_hours() {
    let late = ask(
        "breach",
        &json!({"event": "insider_copy", "aware": "2026-07-10T16:30", "notified": "2026-07-14T09:00"}),
    );
    assert_eq!(late["in_time"], false);
    assert_eq!(late["verdict"], "conditional");
    let processor = ask(
        "breach",
        &json!({"event": "ransomware", "role": "processor"}),
    );
    assert_eq!(processor["notify_controller"], true);
    assert!(cites(&processor, "GDPR Art. 33(2)"));
}

#[test]
fn disproportionate_effort_turns_the_notice_into_a_public_one() {
    let answer = ask(
        "breach",
        &json!({"event": "published", "data": ["special_categories"], "individual_notice_disproportionate": true}),
    );
    assert_eq!(answer["public_communication"], true);
    assert!(cites(&answer, "GDPR Art. 34(3)(c)"));
}

#[test]
fn a_criminal_court_needs_the_notifiers_consent_too() {
    verdicts(
        "breach",
        &[
            (
                "§ 42(4)",
                json!({"notification_used_in": "criminal", "controller_agrees": false}),
                "deny",
                "BDSG § 42(4)",
            ),
            (
                "§ 43(4)",
                json!({"notification_used_in": "fine", "controller_agrees": true}),
                "allow",
                "BDSG § 43(4)",
            ),
        ],
    );
}
