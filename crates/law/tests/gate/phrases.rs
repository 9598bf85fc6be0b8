//! The free text of the cases in the words of the gate's schema, phrase by phrase.

use serde_json::{Map, Value, json};

/// Keys that the schema takes as they are.
const TAKEN: [&str; 8] = [
    "contact",
    "channel",
    "date",
    "screened",
    "number_on_do_not_call_list",
    "number_on_ctps",
    "directory_entry_with_asterisk",
    "opt_out_offered",
];

/// Keys that change nothing: hashing does not help, one message is enough, an unrecorded interest
/// is none, and the answer is the same for every sector.
const WITHOUT_EFFECT: [&str; 6] = [
    "messages_sent",
    "hashed",
    "sector",
    "presumed_interest",
    "concrete_signs_of_interest",
    "controller_argument",
];

/// Phrases that set nothing.
const SAYS_NOTHING: [&str; 18] = [
    "direct_marketing",
    "law firm, general mailbox",
    "one unsolicited 15-page investor newsletter",
    "commercial agent, business address",
    "football club that publishes its e-mail address on its website",
    "customers the sender knows from his former job",
    "tells them that he has moved to another company and offers services",
    "small building-trade company",
    "unspecified brokering service against a considerable up-front fee",
    "2-3 minute satisfaction survey commissioned by the company",
    "acquisition message through the contact form of a real-estate portal to private sellers",
    "named buyer at a company",
    "named IT manager, work address",
    "addressed letter for life insurance",
    "upload of hashed customer e-mail list to a social network for ad targeting",
    "business address of a company officer, sent in that capacity",
    "objection to direct marketing plus 'delete everything about me'",
    "none",
];

/// The facts of a case as a question to the gate.
pub fn call(facts: &Value) -> Value {
    let mut call = json!({"purpose": "direct_marketing", "contact": {}});
    for (key, value) in facts.as_object().expect("facts are an object") {
        match key.as_str() {
            key if TAKEN.contains(&key) => call[key] = value.clone(),
            key if WITHOUT_EFFECT.contains(&key) => {}
            "informed_at_collection" => call["informed_at_collection"] = value.clone(),
            "consents" | "objections" | "customer_relation" => {}
            _ => say(
                &mut call,
                value.as_str().unwrap_or_else(|| panic!("no text at {key}")),
            ),
        }
    }
    consents(&mut call, &facts["consents"]);
    objections(&mut call, &facts["objections"]);
    relation(&mut call, &facts["customer_relation"]);
    call
}

fn say(call: &mut Value, phrase: &str) {
    match phrase {
        "address published on recipient website" | "website" | "imprint pages" => {
            call["data_source"] = json!("website");
        }
        "address dealer, lettershop procedure (advertiser never receives the data)" => {
            call["data_source"] = json!("address_dealer");
        }
        "newsletter for own similar goods" => {
            call["customer_relation"] = json!({"own_products": true, "similar_products": true});
        }
        "offer of a sister company (insurance) sent by the seller of shoes" => {
            call["customer_relation"] = json!({"own_products": false, "similar_products": false});
        }
        "ad banner shown inside the list of received private e-mails of a free mail account, looking like an e-mail" =>
        {
            call["purpose"] = json!("inbox_advertising");
        }
        "automatic acknowledgement of receipt that also advertises a weather-warning app" => {
            call["purpose"] = json!("auto_reply_advertising");
        }
        "request to place a paid/commission banner of the sender on the club site" => {
            call["purpose"] = json!("purchase_request");
        }
        "customer satisfaction survey" => call["purpose"] = json!("satisfaction_survey"),
        "build a call list of tax advisers from imprint pages for cold calls about office furniture" =>
        {
            call["storing_for"] = json!("phone");
        }
        "mass newsletter to 2,000 companies" => call["mass_mailing"] = json!(true),
        "IT security offer related to his function" => {
            call["offer_relates_to_function"] = json!(true);
        }
        "employee's mobile" => call["contact"]["number"] = json!("mobile"),
        "address the company itself gave out for receiving commercial information" => {
            call["contact"]["address_made_available_for_advertising"] = json!(true);
        }
        "jan.peeters@company.be" => call["contact"]["address"] = json!("named"),
        "BV (legal person), general number" => {
            call["contact"]["subscriber"] = json!("legal_person");
        }
        "sole trader" => call["contact"]["subscriber"] = json!("sole_trader"),
        "delete marketing profile, keep hashed e-mail on a suppression list used only to block" => {
            call["purpose"] = json!("suppression_list");
            call["channel"] = json!("storing");
            call["objections"] = json!([{}]);
        }
        "to profiling used for direct marketing" => {
            call["channel"] = json!("profiling");
            call["objections"] = json!([{"channels": ["profiling"]}]);
        }
        _ => assert!(SAYS_NOTHING.contains(&phrase), "no phrase for {phrase:?}"),
    }
}

fn consents(call: &mut Value, consents: &Value) {
    let mut known = Vec::new();
    for consent in consents.as_array().into_iter().flatten() {
        let text = |key: &str| consent[key].as_str().unwrap_or_default();
        match (text("given_for"), text("mechanism"), text("form")) {
            ("", "", "address made available for that purpose") => {}
            ("advertising by site operator 'and sponsors'", ..) => known.push(json!({
                "purpose": "direct_marketing",
                "channels": ["email"],
                "double_opt_in": consent["double_opt_in"],
                "companies_named": false,
                "products_named": consent["products_named"],
                "in_terms": true,
            })),
            ("advertising in general in exchange for the free mailbox", ..) => known.push(json!({
                "purpose": "direct_marketing",
                "channels": ["email"],
                "proof": "customer_account",
            })),
            (
                "",
                "pre-formulated clause 'tick here if you do NOT want e-mail/SMS advertising' (opt-out box)",
                "",
            ) => known.push(json!({
                "purpose": "direct_marketing",
                "channels": ["email", "sms"],
                "proof": "written",
                "action": "opt_out_box",
            })),
            other => panic!("no phrase for the consent {other:?}"),
        }
    }
    call["consents"] = Value::Array(known);
}

fn objections(call: &mut Value, objections: &Value) {
    for objection in objections.as_array().into_iter().flatten() {
        match objection["scope"].as_str() {
            Some("advertising in auto-replies") => {
                call["objections"] = json!([{"purpose": "auto_reply_advertising"}]);
            }
            other => panic!("no phrase for the objection {other:?}"),
        }
    }
}

fn relation(call: &mut Value, relation: &Value) {
    let mut known = match call["customer_relation"].take() {
        Value::Object(known) => known,
        _ => Map::new(),
    };
    let mut set = |key: &str, value: Value| known.insert(key.to_owned(), value);
    let kind = match relation {
        Value::Object(relation) => {
            for (key, value) in relation.iter().filter(|(key, _)| *key != "type") {
                set(key, value.clone());
            }
            relation["type"].as_str().unwrap_or_default()
        }
        other => other.as_str().unwrap_or("none"),
    };
    match kind {
        "none" => {
            call["customer_relation"] = json!("none");
            return;
        }
        "with former employer only" => {
            set("type", json!("other_company"));
        }
        "purchase" | "purchase of shoes" | "customers" => {
            set("type", json!("purchase"));
        }
        "existing customer"
        | "current customer"
        | "current electricity customer"
        | "insured customer who had written in" => {
            set("type", json!("purchase"));
            set("current", json!(true));
        }
        "current customer, similar product" => {
            set("type", json!("purchase"));
            set("current", json!(true));
            set("own_products", json!(true));
            set("similar_products", json!(true));
        }
        other => panic!("no phrase for the relation {other:?}"),
    }
    call["customer_relation"] = Value::Object(known);
}
