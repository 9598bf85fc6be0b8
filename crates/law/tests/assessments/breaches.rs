//! The examples of EDPB Guidelines 01/2021 v2.0 (18 cases) and 9/2022 v2.0 (Annex B), each with
//! the outcome that the guideline gives it.

use serde_json::{Value, json};

/// What the guideline says on telling authority and persons.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Tell {
    Yes,
    No,
    Depends,
}
use Tell::{Depends, No, Yes};

fn told(value: &Value) -> Tell {
    match value {
        Value::Bool(true) => Yes,
        Value::Bool(false) => No,
        _ => Depends,
    }
}

fn outcomes(cases: &[(&str, Value, Tell, Tell)]) {
    for (name, facts, authority, persons) in cases {
        let answer = law::topic::ask("breach", &facts.to_string(), law::Lang::En)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(answer["document_internally"], true, "{name}");
        assert_eq!(told(&answer["notify_sa"]), *authority, "{name}: {answer}");
        assert_eq!(
            told(&answer["notify_data_subjects"]),
            *persons,
            "{name}: {answer}"
        );
    }
}

#[test]
fn ransomware_and_exfiltration_come_out_as_in_guidelines_01_2021() {
    outcomes(&[
        (
            "01 ransomware, backup, encrypted, no exfiltration",
            json!({"event": "ransomware", "exfiltration": false, "encrypted": true, "backup": true,
                   "restored_after_hours": 6, "data": ["contact"], "persons": 30}),
            No,
            No,
        ),
        (
            "02 ransomware without electronic backup",
            json!({"event": "ransomware", "exfiltration": false, "backup": false,
                   "restored_after_hours": 120, "data": ["contact"], "persons": 40}),
            Yes,
            No,
        ),
        (
            "03 ransomware in a hospital",
            json!({"event": "ransomware", "exfiltration": false, "backup": true, "effect": "vital",
                   "restored_after_hours": 48, "data": ["special_categories"], "persons": 5000}),
            Yes,
            Yes,
        ),
        (
            "04 ransomware without backup and with exfiltration",
            json!({"event": "ransomware", "exfiltration": true, "backup": false,
                   "data": ["contact", "identity_documents", "financial"], "persons": 5000}),
            Yes,
            Yes,
        ),
        (
            "05 job applications taken from a website",
            json!({"event": "cyber_attack", "exfiltration": true, "data": ["job_applications"],
                   "persons": 213, "special_categories": false}),
            Yes,
            Yes,
        ),
        (
            "06 salted hashes of passwords taken",
            json!({"event": "cyber_attack", "exfiltration": true, "persons": 1200,
                   "data": ["pseudonyms", "strong_password_hashes"]}),
            No,
            No,
        ),
        (
            "07 credential stuffing at a bank",
            json!({"event": "cyber_attack", "exfiltration": true, "persons": 100_000,
                   "data": ["contact", "birth_date", "financial", "social_security"]}),
            Yes,
            Yes,
        ),
    ]);
}

#[test]
fn human_error_and_loss_come_out_as_in_guidelines_01_2021() {
    outcomes(&[
        (
            "08 former employee copies business contacts",
            json!({"event": "insider_copy", "data": ["business_contact"]}),
            Yes,
            No,
        ),
        (
            "09 list sent to an insurance agent bound by secrecy",
            json!({"event": "sent_to_wrong_recipient", "recipient_trusted": true, "persons": 24,
                   "recipient_confirmed_deletion": true, "data": ["contract_details"]}),
            No,
            No,
        ),
        (
            "10 encrypted tablets stolen",
            json!({"event": "device_lost_or_stolen", "encrypted": true, "remote_wipe": true,
                   "backup": true, "data": ["birth_date"], "vulnerable_persons": true}),
            No,
            No,
        ),
        (
            "11 unencrypted notebook stolen",
            json!({"event": "device_lost_or_stolen", "encrypted": false, "persons": 100_000,
                   "data": ["contact", "birth_date"]}),
            Yes,
            Yes,
        ),
        (
            "12 paper files of an addiction clinic stolen",
            json!({"event": "paper_lost_or_stolen", "data": ["special_categories"],
                   "backup": false, "vulnerable_persons": true}),
            Yes,
            Yes,
        ),
        (
            "13 two packing bills swapped",
            json!({"event": "sent_to_wrong_recipient", "recipients": 2, "persons": 2,
                   "data": ["contact", "orders"]}),
            No,
            No,
        ),
        (
            "14 jobseekers' social-security numbers e-mailed",
            json!({"event": "sent_to_wrong_recipient", "recipients": 60_000, "persons": 60_000,
                   "data": ["contact", "social_security"]}),
            Yes,
            Yes,
        ),
        (
            "15 list of participants with two food intolerances to 15 participants",
            json!({"event": "sent_to_wrong_recipient", "recipients": 15, "persons": 15,
                   "recipient_confirmed_deletion": true,
                   "data": ["contact", "preferences", "incidental_health"]}),
            No,
            No,
        ),
        (
            "15 the same, with health data called special categories",
            json!({"event": "sent_to_wrong_recipient", "recipients": 15, "persons": 15,
                   "recipient_confirmed_deletion": true, "special_categories": true}),
            No,
            No,
        ),
        (
            "16 two insurance letters in one envelope",
            json!({"event": "sent_to_wrong_recipient", "recipients": 1, "persons": 1,
                   "data": ["contact", "birth_date", "contract_details"]}),
            Yes,
            No,
        ),
        (
            "17 billing address changed by an impostor",
            json!({"event": "cyber_attack", "persons": 1, "data": ["communication_metadata"]}),
            Yes,
            Yes,
        ),
        (
            "18 mailbox forwards wages and master data",
            json!({"event": "cyber_attack", "exfiltration": true, "persons": 99,
                   "data": ["employment", "financial"]}),
            Yes,
            Yes,
        ),
    ]);
}

#[test]
fn the_examples_of_guidelines_9_2022_annex_b_come_out_as_there() {
    outcomes(&[
        (
            "i encrypted USB key stolen",
            json!({"event": "device_lost_or_stolen", "encrypted": true, "backup": true}),
            No,
            No,
        ),
        (
            "ii data taken from an online service",
            json!({"event": "cyber_attack", "exfiltration": true}),
            Yes,
            Depends,
        ),
        (
            "iii power outage of minutes in a call centre",
            json!({"event": "outage", "restored_after_hours": 1}),
            No,
            No,
        ),
        (
            "iv ransomware, no backup, data lost",
            json!({"event": "ransomware", "exfiltration": false, "lost_for_good": true,
                   "backup": false}),
            Yes,
            Depends,
        ),
        (
            "v bank statement to the wrong customer",
            json!({"event": "sent_to_wrong_recipient", "recipients": 1, "data": ["financial"]}),
            Yes,
            Depends,
        ),
        (
            "vi user names, passwords and purchases published",
            json!({"event": "cyber_attack", "exfiltration": true, "persons": 200_000,
                   "data": ["credentials", "purchase_history"]}),
            Yes,
            Yes,
        ),
        (
            "vii fault in the authorisation of a hosting company, seen from its client",
            json!({"event": "exposed_by_error", "data": ["contact"]}),
            Yes,
            No,
        ),
        (
            "vii the hosting company itself",
            json!({"event": "exposed_by_error", "role": "processor"}),
            No,
            No,
        ),
        (
            "viii hospital records unavailable for 30 hours",
            json!({"event": "cyber_attack", "restored_after_hours": 30, "effect": "vital"}),
            Yes,
            Yes,
        ),
        (
            "ix students' data to a wrong mailing list",
            json!({"event": "sent_to_wrong_recipient", "recipients": 1000, "persons": 300}),
            Yes,
            Depends,
        ),
        (
            "x open recipient list, few",
            json!({"event": "open_recipient_list", "recipients": 12}),
            Depends,
            Depends,
        ),
        (
            "x open recipient list, many",
            json!({"event": "open_recipient_list", "recipients": 3000}),
            Yes,
            No,
        ),
        (
            "x open recipient list of a psychotherapist",
            json!({"event": "open_recipient_list", "recipients": 12, "special_categories": true}),
            Yes,
            Yes,
        ),
    ]);
}

#[test]
fn a_weak_key_makes_a_lost_encrypted_device_one_in_the_clear() {
    let lost = json!({"event": "device_lost_or_stolen", "encrypted": true, "backup": true,
                      "key_compromised": true, "data": ["special_categories"]});
    outcomes(&[("key known to others", lost, Yes, Yes)]);
}
