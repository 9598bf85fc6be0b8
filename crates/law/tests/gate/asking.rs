//! German facts to start from, and what an answer says.

use serde_json::{Value, json};

use super::expectation::strings;
use crate::answer;

pub fn german(kind: &str, channel: &str, more: Value) -> Value {
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

pub fn verdict(answer: &Value) -> &str {
    answer["verdict"].as_str().unwrap_or_default()
}

pub fn cites(answer: &Value, citation: &str) -> bool {
    strings(&answer["citations"]).any(|cited| cited == citation)
}

pub fn next(answer: &Value, code: &str) -> bool {
    answer["next_steps"]
        .as_array()
        .is_some_and(|steps| steps.iter().any(|step| step["code"] == code))
}

pub fn consent(channels: &[&str], proof: &str) -> Value {
    json!({"purpose": "direct_marketing", "channels": channels, "proof": proof,
        "given_on": "2026-02-03", "action": "active"})
}

pub const fn customer_keys() -> [&'static str; 4] {
    [
        "address_obtained_from_customer_in_sale",
        "own_products",
        "similar_products",
        "objection_notice_at_collection",
    ]
}

pub fn customer() -> Value {
    let mut customer = json!({"type": "purchase"});
    for key in customer_keys() {
        customer[key] = json!(true);
    }
    customer
}
