//! Further cases of consent, its proof and cookies, each with its source.

use serde_json::json;

use super::asking::{ask, verdicts};

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
fn nothing_said_is_no_yes() {
    let error = law::topic::ask("consent", "{}", law::Lang::En);
    assert!(error.is_err());
    let banner = ask("cookie", &json!({"banner": {}}));
    assert_eq!(banner["verdict"], "conditional");
    let open = ask("consent", &json!({"action": "active"}));
    assert_eq!(open["confidence"], "to_be_checked");
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
