//! German cases beyond the file, each with its source.

use serde_json::{Value, json};

use super::expectation::{has_duty, strings};
use crate::answer;

fn german(kind: &str, channel: &str, more: Value) -> Value {
    let mut facts = json!({
        "contact": {"kind": kind, "country": "DE"},
        "channel": channel,
        "purpose": "direct_marketing",
    });
    if let Value::Object(more) = more {
        for (key, value) in more {
            facts[key] = value;
        }
    }
    answer(&facts)
}

fn verdict(answer: &Value) -> &str {
    answer["verdict"].as_str().unwrap_or_default()
}

fn cites(answer: &Value, citation: &str) -> bool {
    strings(&answer["citations"]).any(|cited| cited == citation)
}

fn next(answer: &Value, code: &str) -> bool {
    answer["next_steps"]
        .as_array()
        .is_some_and(|steps| steps.iter().any(|step| step["code"] == code))
}

fn consent(channels: &[&str], proof: &str) -> Value {
    json!({"purpose": "direct_marketing", "channels": channels, "proof": proof,
        "given_on": "2026-02-03", "action": "active"})
}

const fn customer_keys() -> [&'static str; 4] {
    [
        "address_obtained_from_customer_in_sale",
        "own_products",
        "similar_products",
        "objection_notice_at_collection",
    ]
}

fn customer() -> Value {
    let mut customer = json!({"type": "purchase"});
    for key in customer_keys() {
        customer[key] = json!(true);
    }
    customer
}

#[test]
fn an_existing_customer_may_get_mail_if_all_four_conditions_are_met_together() {
    // UWG § 7(3).
    let yes = german("consumer", "email", json!({"customer_relation": customer()}));
    assert_eq!(verdict(&yes), "permitted");
    assert!(cites(&yes, "UWG § 7(3)") && cites(&yes, "Directive 2002/58 Art. 13(2)"));
    assert!(has_duty(&yes, "existing_customer_notice") && has_duty(&yes, "stop_address"));
    for key in customer_keys() {
        for value in [json!(false), Value::Null] {
            let mut relation = customer();
            relation[key] = value;
            let no = german("consumer", "email", json!({"customer_relation": relation}));
            assert_eq!(verdict(&no), "refused", "{key}");
            assert!(cites(&no, "UWG § 7(3)") && cites(&no, "UWG § 7(2) Nr. 2"), "{key}");
        }
    }
    let mut relation = customer();
    relation["objection_notice_in_message"] = json!(false);
    let no = german("consumer", "email", json!({"customer_relation": relation}));
    assert_eq!(verdict(&no), "refused");
}

#[test]
fn the_existing_customer_rule_is_for_electronic_mail_only_and_ends_with_an_objection() {
    for channel in ["phone", "automated_call", "fax"] {
        let no = german("consumer", channel, json!({"customer_relation": customer()}));
        assert_eq!(verdict(&no), "refused", "{channel}");
    }
    let objected =
        german("consumer", "email", json!({"customer_relation": customer(), "objections": [{}]}));
    assert_eq!(verdict(&objected), "refused");
    assert!(cites(&objected, "GDPR Art. 21(3)"));
}

#[test]
fn a_free_account_that_leads_to_a_paid_offer_counts_as_a_sale() {
    // CJEU C-654/23 Inteligo: and GDPR Art. 6 need not be examined.
    let mut relation = customer();
    relation["type"] = json!("free_account");
    let yes = german("consumer", "email", json!({"customer_relation": relation}));
    assert_eq!(verdict(&yes), "permitted");
    assert!(cites(&yes, "CJEU C-654/23") && cites(&yes, "GDPR Art. 95"));
    assert_eq!(yes["legal_basis"], Value::Null);
}

#[test]
fn an_enquiry_or_a_free_service_is_no_sale_and_to_be_checked() {
    for kind in ["inquiry", "free_service"] {
        let mut relation = customer();
        relation["type"] = json!(kind);
        let no = german("business", "email", json!({"customer_relation": relation}));
        assert_eq!(verdict(&no), "refused", "{kind}");
        assert_eq!(no["to_be_checked"], true, "{kind}");
    }
}

#[test]
fn messages_over_networks_and_portals_are_electronic_mail() {
    // OLG Nürnberg 3 U 724/18, OLG Hamm 18 U 154/22.
    for channel in ["messenger", "sms", "portal_message"] {
        let no = german("business", channel, json!({}));
        assert_eq!(verdict(&no), "refused", "{channel}");
        assert!(cites(&no, "UWG § 7(2) Nr. 2"), "{channel}");
    }
}

#[test]
fn a_refused_mail_names_double_opt_in_and_post_as_next_steps() {
    let no = german("business", "email", json!({}));
    assert!(next(&no, "double_opt_in_email") && next(&no, "post_instead"));
    let post = german("business", "post", json!({}));
    assert_eq!(verdict(&post), "permitted");
    assert_eq!(post["legal_basis"], "legitimate_interests");
    assert!(has_duty(&post, "objection_notice"));
}

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
fn double_opt_in_for_mail_does_not_prove_consent_to_calls() {
    // BGH I ZR 164/09; OVG Saarland 2 A 355/19.
    let facts = json!({"consents": [consent(&["email", "phone"], "double_opt_in_completed")]});
    assert_eq!(verdict(&german("consumer", "email", facts.clone())), "permitted");
    let call = german("consumer", "phone", facts);
    assert_eq!(verdict(&call), "refused");
    assert!(cites(&call, "GDPR Art. 7(1)") && cites(&call, "BGH I ZR 164/09"));
    assert!(next(&call, "consent_tied_to_number"));
}

#[test]
fn an_unproven_or_unconfirmed_consent_is_refused() {
    for proof in ["none", "single_opt_in", "double_opt_in_pending"] {
        let no = german("consumer", "email", json!({"consents": [consent(&["email"], proof)]}));
        assert_eq!(verdict(&no), "refused", "{proof}");
        assert!(cites(&no, "GDPR Art. 7(1)"), "{proof}");
    }
    let written = german("consumer", "email", json!({"consents": [consent(&["email"], "written")]}));
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
    let unasked = german("consumer", "email", json!({"purpose": "opt_in_confirmation"}));
    assert_eq!(verdict(&unasked), "refused");
}

#[test]
fn a_call_to_a_business_needs_recorded_concrete_circumstances() {
    // BGH I ZR 27/08 (job change); I ZR 191/03 and BVerwG 6 C 3.23 (published number).
    let call = |ground: &str| german("business", "phone", json!({"presumed_consent": {"ground": ground}}));
    let moved = call("job_change_notice");
    assert_eq!(verdict(&moved), "permitted");
    assert!(cites(&moved, "UWG § 7(2) Nr. 1") && cites(&moved, "BGH I ZR 27/08"));
    assert!(has_duty(&moved, "caller_name_and_purpose") && has_duty(&moved, "show_number"));
    assert_eq!(moved["to_be_checked"], false);
    assert_eq!(verdict(&call("current_business_relation")), "permitted");
    assert_eq!(call("current_business_relation")["to_be_checked"], true);
    assert_eq!(verdict(&call("other")), "review");
    for ground in ["published_number", "same_industry", "low_price", "general_usefulness"] {
        assert_eq!(verdict(&call(ground)), "refused", "{ground}");
    }
    let none = german("business", "phone", json!({}));
    assert!(next(&none, "document_presumed_consent"));
}

#[test]
fn circumstances_recorded_after_the_call_or_for_a_consumer_do_not_help() {
    let ground = json!({"ground": "contact_asked", "recorded_on": "2026-11-25"});
    let late = german("business", "phone", json!({"presumed_consent": ground}));
    assert_eq!(verdict(&late), "refused");
    let consumer =
        german("consumer", "phone", json!({"presumed_consent": {"ground": "job_change_notice"}}));
    assert_eq!(verdict(&consumer), "refused");
}

#[test]
fn a_consumer_call_with_consent_brings_the_duty_to_keep_the_proof_five_years() {
    // UWG § 7a.
    let yes = german("consumer", "phone", json!({"consents": [consent(&["phone"], "sms_code")]}));
    assert_eq!(verdict(&yes), "permitted");
    assert!(has_duty(&yes, "call_consent_five_years") && cites(&yes, "UWG § 7a(2)"));
}

#[test]
fn a_letter_after_an_objection_is_refused() {
    // OLG Frankfurt 6 U 54/19.
    let no = german("consumer", "post", json!({"objections": [{"raised_on": "2026-05-04"}]}));
    assert_eq!(verdict(&no), "refused");
    assert!(cites(&no, "UWG § 7(1)") && cites(&no, "GDPR Art. 21(3)"));
    assert_eq!(no["relied_on"]["objection"], 0);
    let before =
        german("consumer", "post", json!({"objections": [{"raised_on": "2026-12-04"}]}));
    assert_eq!(verdict(&before), "permitted");
}

#[test]
fn a_limited_objection_leaves_the_other_channels_open() {
    let facts = json!({"objections": [{"channels": ["phone"]}]});
    assert_eq!(verdict(&german("business", "post", facts.clone())), "permitted");
    let call = german("business", "phone", facts);
    assert!(cites(&call, "GDPR Art. 21(2)"));
}

#[test]
fn a_sticker_refuses_unaddressed_advertising() {
    // BGH VI ZR 182/88.
    let flyer = |sticker: bool| {
        german("consumer", "post", json!({"unaddressed": true, "no_advertising_sticker": sticker}))
    };
    assert_eq!(verdict(&flyer(false)), "permitted");
    assert_eq!(verdict(&flyer(true)), "refused");
    assert!(cites(&flyer(true), "BGH VI ZR 182/88"));
}

#[test]
fn surveys_and_recommendations_by_mail_are_advertising() {
    // BGH VI ZR 225/17, I ZR 208/12.
    for (purpose, source) in
        [("satisfaction_survey", "BGH VI ZR 225/17"), ("recommendation", "BGH I ZR 208/12")]
    {
        let no = german("consumer", "email", json!({"purpose": purpose}));
        assert_eq!(verdict(&no), "refused");
        assert!(cites(&no, source) && cites(&no, "UWG § 7(2) Nr. 2"));
    }
}

#[test]
fn withdrawal_refuses_until_a_newer_consent_is_given() {
    // GDPR Art. 7(3).
    let mut old = consent(&["email"], "double_opt_in_completed");
    old["withdrawn_on"] = json!("2026-03-01");
    let no = german("consumer", "email", json!({"consents": [old], "customer_relation": customer()}));
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
        german("consumer", "sharing", json!({"sharing_with": with, "consents": [shared.clone()]}))
    };
    assert_eq!(verdict(&share("Beispiel Versand GmbH")), "permitted");
    assert_eq!(verdict(&share("Muster Handel AG")), "refused");
    assert_eq!(verdict(&german("business", "sharing", json!({"storing_for": "post"}))), "review");
    assert_eq!(verdict(&german("business", "sharing", json!({"storing_for": "email"}))), "refused");
}

#[test]
fn profiling_rests_on_legitimate_interests_until_objection() {
    let yes = german("consumer", "profiling", json!({}));
    assert_eq!(verdict(&yes), "permitted");
    assert_eq!(yes["to_be_checked"], true);
    assert_eq!(verdict(&german("consumer", "profiling", json!({"objections": [{}]}))), "refused");
    assert_eq!(verdict(&german("consumer", "enrichment", json!({}))), "review");
}

#[test]
fn special_categories_need_explicit_consent_even_for_post() {
    // GDPR Art. 9(2)(a).
    let no = german("consumer", "post", json!({"special_category": true}));
    assert_eq!(verdict(&no), "refused");
    assert!(cites(&no, "GDPR Art. 9(2)(a)"));
    let mut plain = consent(&["email"], "double_opt_in_completed");
    let facts = |consent: &Value| json!({"special_category": true, "consents": [consent]});
    assert_eq!(verdict(&german("consumer", "email", facts(&plain))), "refused");
    plain["explicit"] = json!(true);
    assert_eq!(verdict(&german("consumer", "email", facts(&plain))), "permitted");
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
    let other = german("business", "post", json!({"activity": {"legal_basis": "consent"}}));
    assert_eq!(other["data_protection"]["code"], "basis_not_declared");
}

#[test]
fn messages_that_do_not_advertise_rest_on_their_own_basis() {
    let service = |relation: Value| {
        german("consumer", "email", json!({"purpose": "service_message", "customer_relation": relation}))
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
    assert_eq!((verdict(&yes), &yes["lawful"]), ("permitted", &json!("refused")));
    assert_eq!(yes["warnings"][0]["code"], "overruled_by_person");
    let no = german("business", "email", json!({"overruled": overruled, "objections": [{}]}));
    assert_eq!(verdict(&no), "refused");
    let mut gone = consent(&["email"], "written");
    gone["withdrawn_on"] = json!("2026-11-02");
    let no = german("business", "email", json!({"overruled": overruled, "consents": [gone]}));
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
    assert_eq!(verdict(&german("business", "storing", json!({}))), "refused");
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
    let post = german("business", "post", json!({"data_source": "directory", "obtained_on": "2026-11-20"}));
    let duty = |answer: &Value| {
        answer["duties"]
            .as_array()
            .and_then(|duties| duties.iter().find(|d| d["code"] == "art_14_notice"))
            .map(|duty| duty["by"].clone())
    };
    assert_eq!(duty(&post), Some(json!("2026-11-24")));
    let late = german("business", "post", json!({"data_source": "directory", "obtained_on": "2026-10-20"}));
    assert_eq!(late["warnings"][0]["code"], "art_14_notice_overdue");
    assert_eq!(duty(&german("business", "post", json!({"data_source": "person"}))), None);
}

#[test]
fn texts_come_in_german_by_default_and_in_english_on_request() {
    let facts = json!({"contact": {"kind": "business", "country": "DE"}, "channel": "email",
        "purpose": "direct_marketing"})
    .to_string();
    let reason = |lang| {
        let answer = law::facts::json::decide_json(&facts, crate::ON, lang).expect("facts are read");
        answer["channel_law"]["reason"].as_str().unwrap_or_default().to_owned()
    };
    assert!(reason(law::Lang::De).contains("ausdrückliche Einwilligung"));
    assert!(reason(law::Lang::En).contains("express consent"));
}
