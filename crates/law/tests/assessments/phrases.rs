//! From the free text of a case to the words of the schema: what a person would do by hand.
//! Structured facts are handed on as they are.

use serde_json::{Map, Value};

/// A key, a phrase in its text, and the facts that the phrase means.
type Phrase = (&'static str, &'static str, &'static str);

/// The topic to ask and the facts for it.
pub fn call(facts: &Value, question: &str) -> (&'static str, Value) {
    let facts = facts.as_object().expect("facts are an object");
    let topic = topic(facts, question);
    let (kept, phrases) = vocabulary(topic);
    let mut call = Map::new();
    for (key, value) in facts {
        if kept.contains(&key.as_str()) && !value.is_object() {
            call.insert(key.clone(), value.clone());
        }
    }
    for (key, phrase, meaning) in phrases {
        if facts
            .get(*key)
            .is_some_and(|value| text(value).contains(phrase))
        {
            merge(&mut call, meaning);
        }
    }
    if topic == "opt-in-proof" {
        if let Some(log) = facts.get("log") {
            call.insert("log".to_owned(), proof_log(log));
        }
    }
    (topic, Value::Object(call))
}

fn topic(facts: &Map<String, Value>, question: &str) -> &'static str {
    let has = |keys: &[&str]| keys.iter().any(|key| facts.contains_key(*key));
    let processing = facts.get("processing").map(text).unwrap_or_default();
    if question.contains("DPIA") || has(&["dpia_result"]) {
        "dpia"
    } else if question.contains("data protection officer") || has(&["candidate"]) {
        "dpo"
    } else if has(&["event", "aware", "situation"]) {
        "breach"
    } else if has(&["new_sub_processor"]) {
        "processor-contract"
    } else if has(&["party", "processor", "joint_controllers"]) {
        "roles"
    } else if has(&["log", "consent_proof"]) || question.contains("confirmation mail") {
        "opt-in-proof"
    } else if has(&["cookie", "banner_first_layer", "tool", "website"]) {
        "cookie"
    } else if has(&["mandatory_field"]) || !processing.is_empty() {
        "profiling"
    } else {
        "consent"
    }
}

/// The facts that are kept as they are, and the phrases, of a topic.
fn vocabulary(topic: &str) -> (&'static [&'static str], &'static [Phrase]) {
    match topic {
        "breach" => (BREACH_KEPT, BREACH),
        "consent" => (CONSENT_KEPT, CONSENT),
        "cookie" => (&["consent", "country"], COOKIE),
        "dpia" => (
            &["country", "authority_extends", "request_to_authority"],
            DPIA,
        ),
        "dpo" => (DPO_KEPT, DPO),
        "opt-in-proof" => (&["channel", "country", "consent_proof"], PROOF),
        "processor-contract" => (
            &[
                "authorisation",
                "new_sub_processor",
                "controller_informed_before",
            ],
            &[],
        ),
        "roles" => (&["essence_available_to_persons"], ROLES),
        "profiling" => (PROFILING_KEPT, PROFILING),
        _ => (&[], &[]),
    }
}

const BREACH_KEPT: &[&str] = &[
    "exfiltration",
    "encrypted",
    "remote_wipe",
    "recipient_confirmed_deletion",
    "special_categories",
    "passwords",
    "persons",
    "records",
    "recipients",
    "aware",
    "country",
    "controller_agrees",
];

const BREACH: &[Phrase] = &[
    ("event", "ransomware", r#"{"event": "ransomware"}"#),
    ("event", "SQL injection", r#"{"event": "cyber_attack"}"#),
    ("event", "cyber attack", r#"{"event": "cyber_attack"}"#),
    ("event", "impersonates", r#"{"event": "cyber_attack"}"#),
    ("event", "stolen", r#"{"event": "device_lost_or_stolen"}"#),
    (
        "event",
        "Excel file with data of two dozen",
        r#"{"event": "sent_to_wrong_recipient", "recipients": 1, "persons": 24}"#,
    ),
    (
        "event",
        "bound by secrecy",
        r#"{"recipient_trusted": true}"#,
    ),
    (
        "event",
        "e-mail to jobseekers with attachment",
        r#"{"event": "sent_to_wrong_recipient", "recipients": 60000}"#,
    ),
    (
        "event",
        "all recipients in 'to'/'cc'",
        r#"{"event": "open_recipient_list"}"#,
    ),
    (
        "event",
        "power outage of several minutes",
        r#"{"event": "outage", "restored_after_hours": 1}"#,
    ),
    (
        "event",
        "hospital records unavailable for 30 hours",
        r#"{"restored_after_hours": 30, "effect": "vital"}"#,
    ),
    ("event", "child day-care", r#"{"vulnerable_persons": true}"#),
    ("backup", "true", r#"{"backup": true}"#),
    (
        "backup",
        "electronic backup available",
        r#"{"backup": true}"#,
    ),
    (
        "backup",
        "no electronic backup",
        r#"{"backup": false, "restored_after_hours": 120}"#,
    ),
    (
        "effect",
        "two working days, operations postponed",
        r#"{"restored_after_hours": 48, "effect": "vital"}"#,
    ),
    ("data", "employees and clients", r#"{"data": ["contact"]}"#),
    (
        "data",
        "user names",
        r#"{"data": ["pseudonyms", "strong_password_hashes"]}"#,
    ),
    (
        "data",
        "birth date",
        r#"{"data": ["contact", "birth_date"]}"#,
    ),
    ("data", "100,000", r#"{"persons": 100000}"#),
    (
        "data",
        "social security number",
        r#"{"data": ["contact", "social_security"]}"#,
    ),
    (
        "data",
        "call metadata",
        r#"{"data": ["communication_metadata"]}"#,
    ),
    (
        "situation",
        "base a fine on",
        r#"{"notification_used_in": "fine"}"#,
    ),
];

const CONSENT_KEPT: &[&str] = &[
    "service_usable_without_consent",
    "necessary_for_service",
    "separate_choices",
    "new_consent",
    "channel",
    "country",
    "child_age",
    "parent_consent",
];

const CONSENT: &[Phrase] = &[
    (
        "controller",
        "employer",
        r#"{"employee": true, "country": "DE"}"#,
    ),
    (
        "refusal_consequence",
        "equivalent desks elsewhere",
        r#"{"adverse_consequence": false}"#,
    ),
    (
        "single_request_covers",
        "sharing with other",
        r#"{"several_purposes": true}"#,
    ),
    (
        "after_withdrawal",
        "general, non-personalised discounts again",
        r#"{"incentive_ends_on_withdrawal": true, "detriment_after_withdrawal": false}"#,
    ),
    ("new_purpose", "third parties", r#"{"new_purpose": true}"#),
    (
        "notice",
        "complete on controller, purposes, data, withdrawal",
        r#"{"controller_told": true, "purpose_told": true, "data_told": true, "withdrawal_told": true}"#,
    ),
    (
        "missing_in_first_layer",
        "DPO",
        r#"{"dpo_contact_told": false}"#,
    ),
    (
        "withdrawal",
        "only by phoning",
        r#"{"withdrawal_as_easy": false}"#,
    ),
    ("checkbox", "pre-ticked", r#"{"action": "pre_ticked"}"#),
    ("checkbox", "cookies", r#"{"terminal_equipment": true}"#),
    (
        "consents",
        r#""companies_named":false"#,
        r#"{"companies_named": false}"#,
    ),
    (
        "consents",
        r#""products_clear":false"#,
        r#"{"products_clear": false}"#,
    ),
];

const COOKIE: &[Phrase] = &[
    ("cookie", "advertising ID", r#"{"tool": "advertising"}"#),
    (
        "tool",
        "cross-site analytics",
        r#"{"tool": "cross_site_analytics"}"#,
    ),
    (
        "website",
        "social 'Like' button",
        r#"{"tool": "social_embed"}"#,
    ),
    (
        "reject_all_on_first_layer",
        "false",
        r#"{"banner": {"reject_all_on_first_layer": false}}"#,
    ),
    (
        "tag_manager_loaded_before_choice",
        "true",
        r#"{"banner": {"tag_manager_loaded_before_choice": true}}"#,
    ),
];

const DPIA: &[Phrase] = &[
    (
        "controller",
        "hospital",
        r#"{"criteria": ["large scale", "vulnerable data subjects"]}"#,
    ),
    (
        "processing",
        "genetic and health data",
        r#"{"criteria": ["sensitive data"]}"#,
    ),
    (
        "processing",
        "public social-media data for generating profiles",
        r#"{"criteria": ["evaluation or scoring", "large scale", "matching or combining datasets", "sensitive data"]}"#,
    ),
    (
        "processing",
        "daily digest to its mailing list",
        r#"{"criteria": ["large scale"]}"#,
    ),
    (
        "processing",
        "limited profiling",
        r#"{"criteria": ["evaluation or scoring"], "scoring_is_limited": true}"#,
    ),
    (
        "processing",
        "lead scoring",
        r#"{"criteria": ["evaluation or scoring"]}"#,
    ),
    (
        "processing",
        "enriched with third-party data",
        r#"{"criteria": ["matching or combining datasets"]}"#,
    ),
    (
        "processing",
        "300,000 consumers",
        r#"{"criteria": ["large scale"]}"#,
    ),
    (
        "processing",
        "opaque machine-learning",
        r#"{"listed": ["combined_opaque_sources"]}"#,
    ),
    (
        "processing",
        "mood automatically from voice",
        r#"{"criteria": ["evaluation or scoring", "innovative use of technology"], "listed": ["audio_video_evaluation"]}"#,
    ),
    (
        "dpia_result",
        "cannot be mitigated",
        r#"{"high_residual_risk": true}"#,
    ),
];

const DPO_KEPT: &[&str] = &[
    "country",
    "establishment_in_de",
    "persons_constantly_in_automated_processing",
    "of_which_part_time",
    "core_monitoring",
    "special_categories_core_large_scale",
    "dpia_needed",
];

const DPO: &[Phrase] = &[
    (
        "candidate",
        "head of marketing",
        r#"{"candidate": "head_of_marketing"}"#,
    ),
    (
        "candidate",
        "decides which",
        r#"{"candidate_decides_purposes": true}"#,
    ),
];

const PROOF: &[Phrase] = &[
    (
        "fallback_claimed",
        "legitimate interest",
        r#"{"legitimate_interest_claimed": true}"#,
    ),
    (
        "message",
        "voucher and product pictures",
        r#"{"confirmation_mail_has_advertising": true}"#,
    ),
];

const ROLES: &[Phrase] = &[
    (
        "party",
        "fan page using visitor statistics",
        r#"{"party": "fan_page_operator", "decides_jointly": true}"#,
    ),
    (
        "processor",
        "e-mail service provider",
        r#"{"party": "email_service_provider"}"#,
    ),
    (
        "processor",
        "for its own advertising",
        r#"{"own_purposes": true}"#,
    ),
    (
        "arrangement_exists",
        "true",
        r#"{"arrangement_exists": true}"#,
    ),
];

const PROFILING_KEPT: &[&str] = &[
    "consent",
    "consent_names_partner",
    "legal_or_similar_effect",
];

const PROFILING: &[Phrase] = &[
    (
        "processing",
        "discloses members'",
        r#"{"processing": "sharing"}"#,
    ),
    (
        "processing",
        "gambling firm",
        r#"{"recipient_may_harm": true}"#,
    ),
    (
        "members_asked_before",
        "false",
        r#"{"asked_before": false}"#,
    ),
    (
        "processing",
        "orders the call list",
        r#"{"processing": "lead_scoring"}"#,
    ),
    (
        "processing",
        "people decide",
        r#"{"solely_automated": false}"#,
    ),
    (
        "mandatory_field",
        "Mr/Ms",
        r#"{"processing": "mandatory_field"}"#,
    ),
    (
        "purpose",
        "personalised commercial communication",
        r#"{"necessary_for_contract": false, "less_intrusive_way": true}"#,
    ),
    (
        "processing",
        "sale of e-mail leads to a partner for his newsletter",
        r#"{"processing": "sharing", "channel": "email"}"#,
    ),
    (
        "processing",
        "off-platform data for personalised ads",
        r#"{"processing": "platform_advertising"}"#,
    ),
    ("controller", "dominant", r#"{"dominant_controller": true}"#),
    (
        "legal_basis_claimed",
        "contract / legitimate interest",
        r#"{"legal_basis_claimed": ["contract", "legitimate_interests"]}"#,
    ),
];

fn proof_log(log: &Value) -> Value {
    let keys = ["email_double_opt_in_completed", "phone_number_verified"];
    let log = log.as_object().expect("the log is an object");
    keys.iter()
        .filter_map(|key| {
            log.get(*key)
                .map(|value| ((*key).to_owned(), value.clone()))
        })
        .collect::<Map<_, _>>()
        .into()
}

/// Text as it is, anything else as JSON.
fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Adds the facts; lists grow, objects are merged.
fn merge(call: &mut Map<String, Value>, meaning: &str) {
    let facts: Map<String, Value> = serde_json::from_str(meaning).expect("a phrase means facts");
    for (key, value) in facts {
        match (call.get_mut(&key), value) {
            (Some(Value::Array(known)), Value::Array(more)) => known.extend(more),
            (Some(Value::Object(known)), Value::Object(more)) => known.extend(more),
            (_, value) => {
                call.insert(key, value);
            }
        }
    }
}
