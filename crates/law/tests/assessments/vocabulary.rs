//! The phrases of the case file and the facts that they mean, by topic.

/// A key, a phrase in its text, and the facts that the phrase means.
pub type Phrase = (&'static str, &'static str, &'static str);

/// The facts that are kept as they are, and the phrases, of a topic.
pub fn vocabulary(topic: &str) -> (&'static [&'static str], &'static [Phrase]) {
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
