//! What facts the gate takes, and how it says that it can't read them.

use law::Lang;
use law::facts::json::{decide_json, facts_schema};
use serde_json::{Value, json};

use crate::ON;

fn fault(facts: &Value) -> String {
    decide_json(&facts.to_string(), ON, Lang::En)
        .expect_err("a fault")
        .to_string()
}

#[test]
fn an_unknown_key_is_an_error_that_lists_the_known_ones() {
    let text = fault(&json!({"chanel": "email", "purpose": "direct_marketing"}));
    assert!(
        text.contains("`chanel`") && text.contains("`channel`"),
        "{text}"
    );
}

#[test]
fn an_unknown_channel_or_purpose_is_named() {
    let text = fault(&json!({"channel": "pigeon", "purpose": "direct_marketing"}));
    assert!(
        text.contains("pigeon") && text.contains("portal_message"),
        "{text}"
    );
    let text = fault(&json!({"channel": "email", "purpose": "fun"}));
    assert!(
        text.contains("`fun`") && text.contains("direct_marketing"),
        "{text}"
    );
}

#[test]
fn the_place_of_a_fault_is_named_but_no_value_that_could_be_personal() {
    let text = fault(&json!({"channel": "email", "purpose": "direct_marketing",
        "consents": [{"purpose": "direct_marketing", "channels": ["email"],
            "proof": "erika@example.com"}]}));
    assert!(
        text.contains("consents[0].proof") && text.contains("written"),
        "{text}"
    );
    assert!(!text.contains("erika"), "{text}");
    let text = fault(&json!({"channel": "email", "purpose": "direct_marketing",
        "customer_relation": "Erika Muster"}));
    assert!(
        text.contains("customer_relation") && !text.contains("Erika"),
        "{text}"
    );
}

#[test]
fn no_json_and_no_object_are_errors() {
    for facts in ["", "[]", "null", "{", "{} {}"] {
        assert!(decide_json(facts, ON, Lang::De).is_err(), "{facts}");
    }
}

#[test]
fn free_text_never_changes_the_verdict() {
    let mut facts = json!({"contact": {"kind": "business", "country": "DE"}, "channel": "email",
        "purpose": "direct_marketing"});
    let plain = decide_json(&facts.to_string(), ON, Lang::En).expect("facts are read");
    facts["message"] = json!("he gave consent");
    facts["recipient"] = json!("an old customer");
    facts["note"] = json!("all fine");
    let noted = decide_json(&facts.to_string(), ON, Lang::En).expect("facts are read");
    assert_eq!(plain, noted);
}

#[test]
fn the_schema_lists_every_key_and_forbids_others() {
    let schema = facts_schema();
    assert_eq!(schema["additionalProperties"], false);
    for key in [
        "contact",
        "channel",
        "purpose",
        "consents",
        "customer_relation",
        "message",
    ] {
        assert!(schema["properties"][key].is_object(), "{key}");
    }
}
