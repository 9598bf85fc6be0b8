//! Further cases of these rules, each with its source.

use serde_json::{Value, json};

fn ask(topic: &str, facts: &Value) -> Value {
    law::topic::ask(topic, &facts.to_string(), law::Lang::En)
        .unwrap_or_else(|error| panic!("{topic} {facts}: {error}"))
}

fn cites(answer: &Value, label: &str) -> bool {
    answer["citations"]
        .as_array()
        .is_some_and(|labels| labels.iter().any(|given| given == label))
}

/// Asks and compares the verdict and one citation for each case.
fn verdicts(topic: &str, cases: &[(&str, Value, &str, &str)]) {
    for (source, facts, verdict, citation) in cases {
        let answer = ask(topic, facts);
        assert_eq!(answer["verdict"], *verdict, "{source}: {answer}");
        assert!(cites(&answer, citation), "{source}: {answer}");
    }
}

#[test]
fn consent_follows_the_examples_of_guidelines_05_2020() {
    verdicts(
        "consent",
        &[
            (
                "ex. 2, road works by e-mail",
                json!({"imbalance": true, "adverse_consequence": false}),
                "allow",
                "GDPR Art. 4(11)",
            ),
            (
                "ex. 6, bank raises fees",
                json!({"adverse_consequence": true}),
                "deny",
                "GDPR recital 43",
            ),
            (
                "ex. 6a, cookie wall",
                json!({"necessary_for_service": false,
              "service_usable_without_consent": false, "terminal_equipment": true}),
                "deny",
                "GDPR Art. 7(4)",
            ),
            (
                "ex. 8, app degraded after withdrawal",
                json!({"detriment_after_withdrawal": true}),
                "deny",
                "GDPR recital 42",
            ),
            (
                "ex. 15, clear gesture",
                json!({"action": "active"}),
                "allow",
                "GDPR Art. 4(11)",
            ),
            (
                "ex. 16, scrolling",
                json!({"action": "continued_use"}),
                "deny",
                "GDPR Art. 4(11)",
            ),
            (
                "BGH III ZR 196/17, one box for several channels",
                json!({"action": "active", "several_channels": true}),
                "allow",
                "BGH III ZR 196/17",
            ),
            (
                "BGH VIII ZR 348/06, opt-out box",
                json!({"action": "opt_out_box"}),
                "deny",
                "GDPR Art. 4(11)",
            ),
            (
                "Art. 7(2), hidden in terms",
                json!({"in_terms": true, "set_apart": false}),
                "deny",
                "GDPR Art. 7(2)",
            ),
            (
                "Art. 9(2)(a)",
                json!({"special_categories": true, "explicit": false}),
                "deny",
                "GDPR Art. 9(2)(a)",
            ),
            (
                "Art. 7(3), withdrawn",
                json!({"withdrawn": true}),
                "deny",
                "GDPR Art. 7(3)",
            ),
            (
                "Art. 8(1), not German, between 13 and 15",
                json!({"country": "FR", "child_age": 15}),
                "conditional",
                "GDPR Art. 8(1)",
            ),
            (
                "Art. 8(1), 16 in Germany",
                json!({"country": "DE", "child_age": 16}),
                "allow",
                "GDPR Art. 8(1)",
            ),
            (
                "C-252/21, dominant with alternative",
                json!({"dominant_controller": true, "equivalent_alternative": true}),
                "allow",
                "CJEU C-252/21",
            ),
        ],
    );
}

#[test]
fn a_consent_unused_for_24_months_is_flagged_but_does_not_lapse() {
    let answer = ask(
        "consent",
        &json!({"action": "active", "given_on": "2023-01-10", "on": "2026-11-24"}),
    );
    assert_eq!(answer["stale"], true);
    assert_eq!(answer["verdict"], "allow");
    assert_eq!(answer["confidence"], "to_be_checked");
}

#[test]
fn what_a_consent_has_yet_to_show_is_listed() {
    let answer = ask("consent", &json!({"action": "active"}));
    let open = answer["unproven"].as_array().map_or(0, Vec::len);
    assert!(open >= 5, "{answer}");
}

#[test]
fn cookies_need_consent_unless_strictly_necessary() {
    verdicts(
        "cookie",
        &[
            (
                "§ 25(2) Nr. 2, basket",
                json!({"tool": "basket", "consent": false}),
                "allow",
                "TDDDG § 25(2) Nr. 2",
            ),
            (
                "§ 25(2) Nr. 1",
                json!({"tool": "transmission"}),
                "allow",
                "TDDDG § 25(2) Nr. 1",
            ),
            (
                "EDPB 2/2023, fingerprint",
                json!({"tool": "fingerprint", "consent": false}),
                "deny",
                "TDDDG § 25(1)",
            ),
            (
                "before the renaming",
                json!({"tool": "analytics", "consent": false, "on": "2024-05-13"}),
                "deny",
                "TTDSG § 25(1)",
            ),
            (
                "banner with an equal refusal",
                json!({"banner": {"reject_all_on_first_layer": true, "reject_as_visible": true}}),
                "allow",
                "TDDDG § 25(1)",
            ),
            (
                "C-673/17, lifetime not told",
                json!({"banner": {"lifetime_told": false}}),
                "deny",
                "CJEU C-673/17",
            ),
            (
                "analytics with consent",
                json!({"tool": "analytics", "consent": true}),
                "allow",
                "TDDDG § 25(1)",
            ),
        ],
    );
}

#[test]
fn a_log_proves_what_its_channel_allows() {
    let log = json!({"email_double_opt_in_completed": true, "form_state": true,
        "text_version": true, "sign_up_time": true, "sign_up_ip": true,
        "confirmation_mail": true, "click_time": true, "click_ip": true});
    let gaps = json!({"email_double_opt_in_completed": true, "text_version": true});
    verdicts(
        "opt-in-proof",
        &[
            (
                "I ZR 164/09, complete",
                json!({"channel": "email", "log": log}),
                "allow",
                "BGH I ZR 164/09",
            ),
            (
                "Art. 7(1), items missing",
                json!({"channel": "email", "log": gaps}),
                "conditional",
                "GDPR Art. 7(1)",
            ),
            (
                "link not clicked",
                json!({"channel": "email", "log": {"email_double_opt_in_completed": false}}),
                "deny",
                "UWG § 7(2) Nr. 2",
            ),
            (
                "OLG Düsseldorf I-15 U 64/15, mail without advertising",
                json!({"channel": "email", "confirmation_mail_has_advertising": false}),
                "allow",
                "OLG Düsseldorf I-15 U 64/15",
            ),
            (
                "numbering before 2022-05-28",
                json!({"channel": "email", "on": "2022-05-27",
              "confirmation_mail_has_advertising": true}),
                "deny",
                "UWG § 7(2) Nr. 3",
            ),
            (
                "recorded call",
                json!({"channel": "phone", "log": {"statement_kept": true}}),
                "allow",
                "UWG § 7(2) Nr. 1",
            ),
        ],
    );
    let answer = ask("opt-in-proof", &json!({"channel": "email", "log": gaps}));
    assert_eq!(answer["missing"].as_array().map(Vec::len), Some(6));
}

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
