//! From the free text of a case to the words of the schema: what a person would do by hand.
//! Structured facts are handed on as they are.

use serde_json::{Map, Value, json};

/// The topic to ask and the facts for it.
pub fn call(facts: &Value, question: &str) -> (&'static str, Value) {
    let facts = facts.as_object().expect("facts are an object");
    let has = |key: &str| facts.contains_key(key);
    if has("claim") || has("damage") {
        ("damages", damages(facts, question))
    } else if has("recipient_country") || has("data_flow") {
        ("transfer", transfer(facts))
    } else if has("request_received") || has("stated_purpose") {
        ("deadline", deadline(facts))
    } else if has("infringed") || has("infringer") || has("infringement") {
        ("fine", fine(facts))
    } else if facts.get("request") == Some(&json!("erasure")) {
        ("erasure", erasure(facts))
    } else if has("document") || has("event") || has("calls_made") {
        ("retention", retention(facts))
    } else {
        ("information", information(facts))
    }
}

/// The facts whose value is kept as it is.
fn kept(facts: &Map<String, Value>, keys: &[&str]) -> Map<String, Value> {
    facts
        .iter()
        .filter(|(key, _)| keys.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

fn text<'a>(facts: &'a Map<String, Value>, key: &str) -> &'a str {
    facts.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The word of the first phrase that the text contains.
fn word(text: &str, phrases: &[(&str, &'static str)]) -> Option<&'static str> {
    phrases
        .iter()
        .find(|(phrase, _)| text.contains(phrase))
        .map(|(_, word)| *word)
}

fn set(call: &mut Map<String, Value>, key: &str, word: Option<&str>) {
    if let Some(word) = word {
        call.insert(key.to_owned(), json!(word));
    }
}

fn deadline(facts: &Map<String, Value>) -> Value {
    let mut call = kept(facts, &["request_received", "country", "land"]);
    let decision = text(facts, "decision");
    let rule = text(facts, "national_rule");
    set(
        &mut call,
        "request",
        word(text(facts, "request"), &[("first copy", "first_copy")])
            .or_else(|| word(decision, &[("erasure", "erasure")])),
    );
    set(
        &mut call,
        "decision",
        word(decision, &[("refuse", "refuse")])
            .or_else(|| word(rule, &[("pays", "refuse_or_charge")])),
    );
    set(
        &mut call,
        "ground",
        word(decision, &[("statutory retention", "statutory_retention")])
            .or_else(|| word(rule, &[("pays for copies", "national_cost_rule")])),
    );
    Value::Object(call)
}

fn information(facts: &Map<String, Value>) -> Value {
    let mut call = kept(
        facts,
        &[
            "data_obtained",
            "first_communication_to_person",
            "disclosure_to_another_recipient",
            "notice_items_present",
            "letter_contains_art14_information",
            "information_on_website_only",
        ],
    );
    let collection = text(facts, "collection");
    let source = format!(
        "{}{}{collection}",
        text(facts, "source"),
        text(facts, "data_source")
    );
    set(
        &mut call,
        "data_source",
        word(
            &source,
            &[
                ("entered by the person", "from_person"),
                ("web research", "public_source"),
                ("publicly available", "public_source"),
                ("address dealer", "address_dealer"),
            ],
        ),
    );
    let day = collection
        .rsplit(" on ")
        .next()
        .filter(|day| day.len() == 10);
    set(&mut call, "data_obtained", day);
    set(
        &mut call,
        "legal_basis",
        word(
            text(facts, "legal_basis"),
            &[("6(1)(f)", "legitimate_interests")],
        ),
    );
    Value::Object(call)
}

fn retention(facts: &Map<String, Value>) -> Value {
    let mut call = kept(
        facts,
        &[
            "country",
            "created",
            "tax_assessment_open",
            "asked_on",
            "consent_given",
            "calls_made",
            "contact_kind",
        ],
    );
    let subject = format!("{}{}", text(facts, "document"), text(facts, "event"));
    let document = word(
        &subject,
        &[
            ("invoice", "invoice"),
            ("booking voucher", "booking_voucher"),
            ("rejection received", "application_documents"),
        ],
    );
    let calls = facts.get("calls_made").map(|_| "call_consent_proof");
    set(&mut call, "document", document.or(calls));
    set(
        &mut call,
        "sector",
        word(
            text(facts, "sector"),
            &[
                ("credit institution", "credit_institution"),
                ("software", "other"),
                ("trade", "other"),
            ],
        ),
    );
    if document == Some("application_documents") {
        set(&mut call, "rejection_received", Some(text(facts, "date")));
    }
    Value::Object(call)
}

fn erasure(facts: &Map<String, Value>) -> Value {
    let items: Vec<Value> = facts["data"]
        .as_array()
        .expect("a list of data")
        .iter()
        .filter_map(Value::as_str)
        .map(|name| {
            let kind = word(
                name,
                &[
                    ("consent proof", "consent_proof"),
                    ("invoice", "invoice"),
                    ("marketing profile", "marketing_profile"),
                ],
            );
            json!({ "name": name, "kind": kind })
        })
        .collect();
    let mut call = kept(facts, &["retention_running_for"]);
    call.insert("data".to_owned(), items.into());
    set(&mut call, "trigger", Some("request"));
    Value::Object(call)
}

fn fine(facts: &Map<String, Value>) -> Value {
    let mut call = facts.clone();
    let done = text(facts, "infringement");
    set(
        &mut call,
        "infringement",
        word(
            done,
            &[(
                "call to a consumer without prior express consent",
                "consumer_call_without_consent",
            )],
        ),
    );
    set(
        &mut call,
        "infringer",
        word(
            text(facts, "infringer"),
            &[("legal person", "legal_person")],
        ),
    );
    Value::Object(call)
}

fn transfer(facts: &Map<String, Value>) -> Value {
    let mut call = kept(
        facts,
        &[
            "recipient_country",
            "recipient_dpf_certified",
            "scc_signed",
            "tia_done",
            "explicit_consent",
            "date",
        ],
    );
    set(
        &mut call,
        "data",
        word(text(facts, "data"), &[("non-HR", "non_hr"), ("HR", "hr")]),
    );
    let flow = format!("{}{}", text(facts, "data_flow"), text(facts, "recipient"));
    set(
        &mut call,
        "data_flow",
        word(
            &flow,
            &[
                ("remote access", "remote_access"),
                ("employee of", "own_employee_travelling"),
            ],
        ),
    );
    Value::Object(call)
}

fn damages(facts: &Map<String, Value>, question: &str) -> Value {
    let mut call = kept(facts, &["infringement", "loss_of_control"]);
    let damage = format!(
        "{}{}",
        text(facts, "damage"),
        text(facts, "evidence_of_damage")
    );
    set(
        &mut call,
        "damage",
        word(
            &damage,
            &[
                ("none beyond annoyance", "annoyance"),
                ("loss of control", "loss_of_control"),
                ("proven non-material", "non_material"),
            ],
        ),
    );
    if text(facts, "trigger").contains("unsolicited advertising") {
        call.insert("infringement".to_owned(), json!(true));
        call.insert("unsolicited_advertising".to_owned(), json!(true));
    }
    set(
        &mut call,
        "question",
        word(
            question,
            &[(
                "refused for lack of seriousness",
                "refusal_for_lack_of_seriousness",
            )],
        ),
    );
    Value::Object(call)
}
