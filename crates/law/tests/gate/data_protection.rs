//! Consent, withdrawal, the register and the uses of data, each case with its source.

use serde_json::{Value, json};

use super::asking::{cites, consent, customer, german, next, verdict};

#[test]
fn one_box_for_several_channels_is_valid() {
    // BGH III ZR 196/17.
    let facts = json!({"consents": [consent(&["email", "phone", "sms"], "customer_account")]});
    for channel in ["email", "phone", "sms"] {
        let yes = german("consumer", channel, facts.clone());
        assert_eq!(verdict(&yes), "permitted", "{channel}");
        assert_eq!(yes["legal_basis"], "consent");
        assert_eq!(yes["relied_on"]["consent"], 0);
    }
    assert_eq!(verdict(&german("consumer", "fax", facts)), "refused");
}

#[test]
fn a_new_purpose_waits_until_the_person_was_told_of_it() {
    // GDPR Art. 13(3), 14(4).
    let untold = json!({"contact": {"kind": "business", "country": "DE", "new_purpose_untold": true},
        "activity": {"legal_basis": "legitimate_interests"}});
    let no = german("business", "post", untold.clone());
    assert_eq!(verdict(&no), "refused");
    assert!(cites(&no, "GDPR Art. 13(3)") && cites(&no, "GDPR Art. 14(4)"));
    assert!(next(&no, "tell_new_purpose"));
    let mut told = untold.clone();
    told["contact"]["new_purpose_untold"] = json!(false);
    assert_eq!(verdict(&german("business", "post", told)), "permitted");
    // Who consented to the new purpose knows it.
    let mut asked = untold;
    asked["consents"] = json!([consent(&["email"], "double_opt_in_completed")]);
    asked["activity"]["legal_basis"] = json!("consent");
    assert_eq!(verdict(&german("business", "email", asked)), "permitted");
}

#[test]
fn double_opt_in_for_mail_does_not_prove_consent_to_calls() {
    // BGH I ZR 164/09; OVG Saarland 2 A 355/19.
    let facts = json!({"consents": [consent(&["email", "phone"], "double_opt_in_completed")]});
    assert_eq!(
        verdict(&german("consumer", "email", facts.clone())),
        "permitted"
    );
    let call = german("consumer", "phone", facts);
    assert_eq!(verdict(&call), "refused");
    assert!(cites(&call, "GDPR Art. 7(1)") && cites(&call, "BGH I ZR 164/09"));
    assert!(next(&call, "consent_tied_to_number"));
}

#[test]
fn an_unproven_or_unconfirmed_consent_is_refused() {
    for proof in ["none", "single_opt_in", "double_opt_in_pending"] {
        let no = german(
            "consumer",
            "email",
            json!({"consents": [consent(&["email"], proof)]}),
        );
        assert_eq!(verdict(&no), "refused", "{proof}");
        assert!(cites(&no, "GDPR Art. 7(1)"), "{proof}");
    }
    let written = german(
        "consumer",
        "email",
        json!({"consents": [consent(&["email"], "written")]}),
    );
    assert_eq!(verdict(&written), "permitted");
}

#[test]
fn a_confirmation_mail_is_lawful_without_advertising_only() {
    // OLG Düsseldorf I-15 U 64/15, OLG Celle 13 U 15/14.
    let waiting = json!([consent(&["email"], "double_opt_in_pending")]);
    let mut facts = json!({"purpose": "opt_in_confirmation", "consents": waiting});
    let yes = german("consumer", "email", facts.clone());
    assert_eq!(verdict(&yes), "permitted");
    assert!(cites(&yes, "OLG Celle 13 U 15/14"));
    facts["contains_advertising"] = json!(true);
    assert_eq!(verdict(&german("consumer", "email", facts)), "refused");
    let unasked = german(
        "consumer",
        "email",
        json!({"purpose": "opt_in_confirmation"}),
    );
    assert_eq!(verdict(&unasked), "refused");
}

#[test]
fn withdrawal_refuses_until_a_newer_consent_is_given() {
    // GDPR Art. 7(3).
    let mut old = consent(&["email"], "double_opt_in_completed");
    old["withdrawn_on"] = json!("2026-03-01");
    let no = german(
        "consumer",
        "email",
        json!({"consents": [old], "customer_relation": customer()}),
    );
    assert_eq!(verdict(&no), "refused");
    assert!(cites(&no, "GDPR Art. 7(3)"));
    let mut new = consent(&["email"], "double_opt_in_completed");
    new["given_on"] = json!("2026-03-02");
    let yes = german("consumer", "email", json!({"consents": [old, new]}));
    assert_eq!(verdict(&yes), "permitted");
    assert_eq!(yes["relied_on"]["consent"], 1);
}

#[test]
fn a_consent_unused_for_two_years_warns_but_does_not_refuse() {
    // BGH III ZR 196/17.
    let mut old = consent(&["email"], "double_opt_in_completed");
    old["given_on"] = json!("2024-11-23");
    let yes = german("consumer", "email", json!({"consents": [old]}));
    assert_eq!(verdict(&yes), "permitted");
    assert_eq!(yes["warnings"][0]["code"], "consent_unused_24_months");
    old["last_used_on"] = json!("2026-01-15");
    let yes = german("consumer", "email", json!({"consents": [old]}));
    assert_eq!(yes["warnings"], json!([]));
}

#[test]
fn sharing_needs_a_consent_that_names_the_recipient() {
    // EDPB Guidelines 05/2020.
    let mut shared = consent(&["sharing"], "written");
    shared["recipient"] = json!("Beispiel Versand GmbH");
    let share = |with: &str| {
        german(
            "consumer",
            "sharing",
            json!({"sharing_with": with, "consents": [shared.clone()]}),
        )
    };
    assert_eq!(verdict(&share("Beispiel Versand GmbH")), "permitted");
    assert_eq!(verdict(&share("Muster Handel AG")), "refused");
    assert_eq!(
        verdict(&german(
            "business",
            "sharing",
            json!({"storing_for": "post"})
        )),
        "review"
    );
    assert_eq!(
        verdict(&german(
            "business",
            "sharing",
            json!({"storing_for": "email"})
        )),
        "refused"
    );
}

#[test]
fn profiling_rests_on_legitimate_interests_until_objection() {
    let yes = german("consumer", "profiling", json!({}));
    assert_eq!(verdict(&yes), "permitted");
    assert_eq!(yes["to_be_checked"], true);
    assert_eq!(
        verdict(&german(
            "consumer",
            "profiling",
            json!({"objections": [{}]})
        )),
        "refused"
    );
    assert_eq!(
        verdict(&german("consumer", "enrichment", json!({}))),
        "review"
    );
}

#[test]
fn special_categories_need_explicit_consent_even_for_post() {
    // GDPR Art. 9(2)(a).
    let no = german("consumer", "post", json!({"special_category": true}));
    assert_eq!(verdict(&no), "refused");
    assert!(cites(&no, "GDPR Art. 9(2)(a)"));
    let mut plain = consent(&["email"], "double_opt_in_completed");
    let facts = |consent: &Value| json!({"special_category": true, "consents": [consent]});
    assert_eq!(
        verdict(&german("consumer", "email", facts(&plain))),
        "refused"
    );
    plain["explicit"] = json!(true);
    assert_eq!(
        verdict(&german("consumer", "email", facts(&plain))),
        "permitted"
    );
}

#[test]
fn a_child_below_sixteen_consents_with_a_parent_only() {
    // GDPR Art. 8(1).
    let ask = |age: u8, by_parent: bool| {
        let mut given = consent(&["email"], "double_opt_in_completed");
        given["by_parent"] = json!(by_parent);
        german(
            "consumer",
            "email",
            json!({"contact": {"kind": "consumer", "country": "DE", "age": age}, "consents": [given]}),
        )
    };
    assert_eq!(verdict(&ask(15, false)), "refused");
    assert!(cites(&ask(15, false), "GDPR Art. 8(1)"));
    assert_eq!(verdict(&ask(15, true)), "permitted");
    assert_eq!(verdict(&ask(16, false)), "permitted");
}

#[test]
fn a_purpose_outside_the_register_is_refused_by_name() {
    let no = german("business", "post", json!({"activity": {"declared": false}}));
    assert_eq!(verdict(&no), "refused");
    assert_eq!(no["data_protection"]["code"], "purpose_not_declared");
    let reason = no["data_protection"]["reason"].as_str().unwrap_or_default();
    assert!(reason.contains("direct_marketing"), "{reason}");
    let other = german(
        "business",
        "post",
        json!({"activity": {"legal_basis": "consent"}}),
    );
    assert_eq!(other["data_protection"]["code"], "basis_not_declared");
}

#[test]
fn messages_that_do_not_advertise_rest_on_their_own_basis() {
    let service = |relation: Value| {
        german(
            "consumer",
            "email",
            json!({"purpose": "service_message", "customer_relation": relation}),
        )
    };
    assert_eq!(verdict(&service(json!("purchase"))), "permitted");
    assert_eq!(service(json!("purchase"))["legal_basis"], "contract");
    assert_eq!(verdict(&service(json!("none"))), "refused");
    let advertises = german(
        "consumer",
        "email",
        json!({"purpose": "service_message", "customer_relation": "purchase",
            "contains_advertising": true}),
    );
    assert_eq!(verdict(&advertises), "refused");
    assert_eq!(advertises["purpose"], "direct_marketing");
}

#[test]
fn a_person_may_overrule_a_refusal_but_never_an_objection_or_a_withdrawal() {
    let overruled = json!({"on": "2026-11-01", "reason": "answer to his own call for tenders"});
    let yes = german("business", "email", json!({"overruled": overruled}));
    assert_eq!(
        (verdict(&yes), &yes["lawful"]),
        ("permitted", &json!("refused"))
    );
    assert_eq!(yes["warnings"][0]["code"], "overruled_by_person");
    let no = german(
        "business",
        "email",
        json!({"overruled": overruled, "objections": [{}]}),
    );
    assert_eq!(verdict(&no), "refused");
    let mut gone = consent(&["email"], "written");
    gone["withdrawn_on"] = json!("2026-11-02");
    let no = german(
        "business",
        "email",
        json!({"overruled": overruled, "consents": [gone]}),
    );
    assert_eq!(verdict(&no), "refused");
    let mut revoked = overruled;
    revoked["revoked_on"] = json!("2026-11-20");
    let no = german("business", "email", json!({"overruled": revoked}));
    assert_eq!(verdict(&no), "refused");
}

#[test]
fn storing_follows_the_channel_that_it_is_for() {
    // BVerwG 6 C 3.23.
    let store = |channel: &str| german("business", "storing", json!({"storing_for": channel}));
    assert_eq!(verdict(&store("phone")), "refused");
    assert!(cites(&store("phone"), "BVerwG 6 C 3.23"));
    assert_eq!(verdict(&store("post")), "permitted");
    assert_eq!(
        verdict(&german("business", "storing", json!({}))),
        "refused"
    );
}

#[test]
fn citations_are_numbered_as_on_the_day() {
    // UWG § 7(2) was renumbered on 28 May 2022.
    let old = german("business", "email", json!({"date": "2022-05-27"}));
    assert!(cites(&old, "UWG § 7(2) Nr. 3") && !cites(&old, "UWG § 7(2) Nr. 2"));
    let call = german("consumer", "phone", json!({"date": "2022-05-28"}));
    assert!(cites(&call, "UWG § 7(2) Nr. 1"));
}

#[test]
fn data_from_elsewhere_bring_the_notice_with_its_day() {
    // GDPR Art. 14(3)(b): at the first communication, never after the month.
    let post = german(
        "business",
        "post",
        json!({"data_source": "directory", "obtained_on": "2026-11-20"}),
    );
    let duty = |answer: &Value| {
        answer["duties"]
            .as_array()
            .and_then(|duties| duties.iter().find(|d| d["code"] == "art_14_notice"))
            .map(|duty| duty["by"].clone())
    };
    assert_eq!(duty(&post), Some(json!("2026-11-24")));
    let late = german(
        "business",
        "post",
        json!({"data_source": "directory", "obtained_on": "2026-10-20"}),
    );
    assert_eq!(late["warnings"][0]["code"], "art_14_notice_overdue");
    assert_eq!(
        duty(&german(
            "business",
            "post",
            json!({"data_source": "person"})
        )),
        None
    );
}

#[test]
fn texts_come_in_german_by_default_and_in_english_on_request() {
    let facts = json!({"contact": {"kind": "business", "country": "DE"}, "channel": "email",
        "purpose": "direct_marketing"})
    .to_string();
    let reason = |lang| {
        let answer =
            law::facts::json::decide_json(&facts, crate::ON, lang).expect("facts are read");
        answer["channel_law"]["reason"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    assert!(reason(law::Lang::De).contains("ausdrückliche Einwilligung"));
    assert!(reason(law::Lang::En).contains("express consent"));
}
