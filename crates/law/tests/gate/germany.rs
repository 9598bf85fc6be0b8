//! UWG § 7 beyond the file, each case with its source.

use serde_json::{Value, json};

use super::asking::{cites, consent, customer, customer_keys, german, next, verdict};
use super::expectation::has_duty;

#[test]
fn an_existing_customer_may_get_mail_if_all_four_conditions_are_met_together() {
    // UWG § 7(3).
    let yes = german(
        "consumer",
        "email",
        json!({"customer_relation": customer()}),
    );
    assert_eq!(verdict(&yes), "permitted");
    assert!(cites(&yes, "UWG § 7(3)") && cites(&yes, "Directive 2002/58 Art. 13(2)"));
    assert!(has_duty(&yes, "existing_customer_notice") && has_duty(&yes, "stop_address"));
    for key in customer_keys() {
        for value in [json!(false), Value::Null] {
            let mut relation = customer();
            relation[key] = value;
            let no = german("consumer", "email", json!({"customer_relation": relation}));
            assert_eq!(verdict(&no), "refused", "{key}");
            assert!(
                cites(&no, "UWG § 7(3)") && cites(&no, "UWG § 7(2) Nr. 2"),
                "{key}"
            );
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
        let no = german(
            "consumer",
            channel,
            json!({"customer_relation": customer()}),
        );
        assert_eq!(verdict(&no), "refused", "{channel}");
    }
    let objected = german(
        "consumer",
        "email",
        json!({"customer_relation": customer(), "objections": [{}]}),
    );
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
fn a_call_to_a_business_needs_recorded_concrete_circumstances() {
    // BGH I ZR 27/08 (job change); I ZR 191/03 and BVerwG 6 C 3.23 (published number).
    let call = |ground: &str| {
        german(
            "business",
            "phone",
            json!({"presumed_consent": {"ground": ground}}),
        )
    };
    let moved = call("job_change_notice");
    assert_eq!(verdict(&moved), "permitted");
    assert!(cites(&moved, "UWG § 7(2) Nr. 1") && cites(&moved, "BGH I ZR 27/08"));
    assert!(has_duty(&moved, "caller_name_and_purpose") && has_duty(&moved, "show_number"));
    assert_eq!(moved["to_be_checked"], false);
    assert_eq!(verdict(&call("current_business_relation")), "permitted");
    assert_eq!(call("current_business_relation")["to_be_checked"], true);
    assert_eq!(verdict(&call("other")), "review");
    for ground in [
        "published_number",
        "same_industry",
        "low_price",
        "general_usefulness",
    ] {
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
    let consumer = german(
        "consumer",
        "phone",
        json!({"presumed_consent": {"ground": "job_change_notice"}}),
    );
    assert_eq!(verdict(&consumer), "refused");
}

#[test]
fn a_consumer_call_with_consent_brings_the_duty_to_keep_the_proof_five_years() {
    // UWG § 7a.
    let yes = german(
        "consumer",
        "phone",
        json!({"consents": [consent(&["phone"], "sms_code")]}),
    );
    assert_eq!(verdict(&yes), "permitted");
    assert!(has_duty(&yes, "call_consent_five_years") && cites(&yes, "UWG § 7a(2)"));
}

#[test]
fn a_letter_after_an_objection_is_refused() {
    // OLG Frankfurt 6 U 54/19.
    let no = german(
        "consumer",
        "post",
        json!({"objections": [{"raised_on": "2026-05-04"}]}),
    );
    assert_eq!(verdict(&no), "refused");
    assert!(cites(&no, "UWG § 7(1)") && cites(&no, "GDPR Art. 21(3)"));
    assert_eq!(no["relied_on"]["objection"], 0);
    let before = german(
        "consumer",
        "post",
        json!({"objections": [{"raised_on": "2026-12-04"}]}),
    );
    assert_eq!(verdict(&before), "permitted");
}

#[test]
fn a_limited_objection_leaves_the_other_channels_open() {
    let facts = json!({"objections": [{"channels": ["phone"]}]});
    assert_eq!(
        verdict(&german("business", "post", facts.clone())),
        "permitted"
    );
    let call = german("business", "phone", facts);
    assert!(cites(&call, "GDPR Art. 21(2)"));
}

#[test]
fn a_sticker_refuses_unaddressed_advertising() {
    // BGH VI ZR 182/88.
    let flyer = |sticker: bool| {
        german(
            "consumer",
            "post",
            json!({"unaddressed": true, "no_advertising_sticker": sticker}),
        )
    };
    assert_eq!(verdict(&flyer(false)), "permitted");
    assert_eq!(verdict(&flyer(true)), "refused");
    assert!(cites(&flyer(true), "BGH VI ZR 182/88"));
}

#[test]
fn surveys_and_recommendations_by_mail_are_advertising() {
    // BGH VI ZR 225/17, I ZR 208/12.
    for (purpose, source) in [
        ("satisfaction_survey", "BGH VI ZR 225/17"),
        ("recommendation", "BGH I ZR 208/12"),
    ] {
        let no = german("consumer", "email", json!({"purpose": purpose}));
        assert_eq!(verdict(&no), "refused");
        assert!(cites(&no, source) && cites(&no, "UWG § 7(2) Nr. 2"));
    }
}
