//! Cases abroad, from section 16 of the fact base, and the table as a whole.

use law::Channel;
use law::countries::TABLE;
use law::facts::{Activity, Contact, ContactKind, Facts, Purpose};
use law::gate::{Answer, Ask, Verdict, decide};
use serde_json::{Value, json};

use super::expectation::strings;
use crate::{ON, answer};

fn ask(kind: &str, country: &str, channel: &str, contact: Value, more: Value) -> Value {
    let mut facts = json!({
        "contact": {"kind": kind, "country": country},
        "channel": channel,
        "purpose": "direct_marketing",
    });
    for (place, values) in [(None, more), (Some("contact"), contact)] {
        for (key, value) in values.as_object().into_iter().flatten() {
            match place {
                Some(place) => facts[place][key] = value.clone(),
                None => facts[key] = value.clone(),
            }
        }
    }
    answer(&facts)
}

fn business(country: &str, channel: &str, contact: Value, more: Value) -> Value {
    ask("business", country, channel, contact, more)
}

fn says(answer: &Value, verdict: &str, citation: &str) {
    assert_eq!(answer["verdict"], verdict, "{answer}");
    assert!(
        strings(&answer["citations"]).any(|cited| cited == citation),
        "{citation}: {answer}"
    );
}

fn customer() -> Value {
    json!({"type": "purchase", "current": true, "own_products": true, "similar_products": true,
        "address_obtained_from_customer_in_sale": true, "objection_notice_at_collection": true})
}

#[test]
fn mail_to_a_business_without_consent_is_refused_where_businesses_are_protected() {
    for (country, statute) in [
        ("AT", "TKG 2021 § 174(3)"),
        ("NL", "Telecommunicatiewet Art. 11.7"),
        ("IT", "Codice Privacy Art. 130"),
        ("ES", "LSSI Art. 21"),
        ("PL", "PKE Art. 398(1)"),
        ("DK", "Markedsfoeringsloven § 10(1)"),
    ] {
        says(
            &business(country, "email", json!({}), json!({})),
            "refused",
            statute,
        );
    }
}

#[test]
fn corporate_subscribers_may_get_mail_in_britain_and_sweden() {
    let company = json!({"subscriber": "legal_person"});
    says(
        &business("GB", "email", company.clone(), json!({})),
        "permitted",
        "PECR reg. 22",
    );
    says(
        &business("SE", "email", company, json!({})),
        "permitted",
        "Marknadsfoeringslagen § 19",
    );
    for country in ["GB", "SE"] {
        for contact in [json!({"subscriber": "sole_trader"}), json!({})] {
            let no = business(country, "email", contact, json!({}));
            assert_eq!(no["verdict"], "refused", "{country}");
        }
    }
}

#[test]
fn an_impersonal_address_of_a_legal_person_is_free_in_belgium() {
    let info = json!({"address": "impersonal", "subscriber": "legal_person"});
    says(
        &business("BE", "email", info, json!({})),
        "permitted",
        "WER Art. XII.13",
    );
    let unknown = business("BE", "email", json!({"address": "impersonal"}), json!({}));
    says(&unknown, "refused", "WER Art. XII.13");
}

#[test]
fn an_address_published_for_it_is_free_in_the_netherlands() {
    let contact = json!({"address_made_available_for_advertising": true});
    says(
        &business("NL", "email", contact, json!({})),
        "permitted",
        "Telecommunicatiewet Art. 11.7(3)",
    );
}

#[test]
fn the_customer_rule_holds_in_each_country_that_has_one() {
    for country in [
        "AT", "CH", "FR", "NL", "BE", "IT", "ES", "GB", "IE", "SE", "DK",
    ] {
        let facts = json!({"customer_relation": customer(), "mass_mailing": true,
            "on_exclusion_list": false});
        let yes = ask("consumer", country, "email", json!({}), facts.clone());
        assert_eq!(yes["verdict"], "permitted", "{country}: {yes}");
        let mut objected = facts;
        objected["objections"] = json!([{}]);
        let no = ask("consumer", country, "email", json!({}), objected);
        assert_eq!(no["verdict"], "refused", "{country}");
    }
    let poland = ask(
        "consumer",
        "PL",
        "email",
        json!({}),
        json!({"customer_relation": customer()}),
    );
    says(&poland, "refused", "PKE Art. 398(1)");
}

#[test]
fn austrian_customers_are_screened_against_the_ecg_list() {
    let facts = json!({"customer_relation": customer()});
    says(
        &ask("consumer", "AT", "email", json!({}), facts),
        "refused",
        "ECG § 7(2)",
    );
}

#[test]
fn austria_and_poland_need_consent_for_calls_to_businesses_too() {
    says(
        &business("AT", "phone", json!({}), json!({})),
        "refused",
        "TKG 2021 § 174(1)",
    );
    let facts = json!({"consents": [{"purpose": "direct_marketing", "channels": ["phone"],
        "proof": "recorded", "given_on": "2026-01-15"}]});
    says(
        &business("AT", "phone", json!({}), facts.clone()),
        "permitted",
        "TKG 2021 § 174(1)",
    );
    says(
        &business("PL", "phone", json!({}), facts),
        "permitted",
        "PKE Art. 398(1)",
    );
}

#[test]
fn where_an_exclusion_list_exists_nobody_is_called_unscreened() {
    for country in ["BE", "GB", "IT", "ES"] {
        let call = |facts: Value| business(country, "phone", json!({}), facts);
        let free = json!({"screened": true, "screened_on": "2026-11-20",
            "number_on_do_not_call_list": false});
        assert_eq!(call(free)["verdict"], "permitted", "{country}");
        assert_eq!(call(json!({}))["verdict"], "refused", "{country}");
        assert_eq!(
            call(json!({"screened": true}))["verdict"],
            "refused",
            "{country}"
        );
        let listed = call(json!({"number_on_do_not_call_list": true}));
        assert_eq!(listed["verdict"], "refused", "{country}");
    }
}

#[test]
fn a_look_up_in_the_british_register_holds_28_days() {
    let call = |day: &str| {
        let facts = json!({"screened_on": day, "number_on_do_not_call_list": false});
        business("GB", "phone", json!({}), facts)
    };
    assert_eq!(call("2026-10-27")["true_until"], "2026-11-24");
    assert_eq!(call("2026-10-27")["verdict"], "permitted");
    assert_eq!(call("2026-10-26")["verdict"], "refused");
}

#[test]
fn dutch_calls_depend_on_the_subscriber_and_on_the_day() {
    let company = json!({"subscriber": "legal_person"});
    says(
        &business("NL", "phone", company, json!({})),
        "permitted",
        "Telecommunicatiewet Art. 11.7(2)",
    );
    assert_eq!(
        business("NL", "phone", json!({}), json!({}))["verdict"],
        "refused"
    );
    let customer_call = |day: &str| {
        ask(
            "consumer",
            "NL",
            "phone",
            json!({}),
            json!({"date": day, "customer_relation": customer()}),
        )
    };
    let before = customer_call("2026-06-30");
    assert_eq!(
        (&before["verdict"], &before["true_until"]),
        (&json!("permitted"), &json!("2026-06-30"))
    );
    assert_eq!(customer_call("2026-07-01")["verdict"], "refused");
}

#[test]
fn french_consumer_calls_changed_on_11_august_2026() {
    let call = |day: &str| {
        let facts = json!({"date": day, "screened_on": "2026-08-01",
            "number_on_do_not_call_list": false});
        ask("consumer", "FR", "phone", json!({}), facts)
    };
    let before = call("2026-08-10");
    assert_eq!(
        (&before["verdict"], &before["true_until"]),
        (&json!("permitted"), &json!("2026-08-10"))
    );
    says(
        &call("2026-08-11"),
        "refused",
        "Code de la consommation L. 223-1",
    );
    assert_eq!(
        business("FR", "phone", json!({}), json!({}))["verdict"],
        "permitted"
    );
}

#[test]
fn french_business_mail_needs_function_information_and_opt_out() {
    let facts = json!({"offer_relates_to_function": true, "informed_at_collection": true,
        "opt_out_offered": true});
    says(
        &business("FR", "email", json!({}), facts.clone()),
        "permitted",
        "CPCE L. 34-5",
    );
    for key in [
        "offer_relates_to_function",
        "informed_at_collection",
        "opt_out_offered",
    ] {
        let mut less = facts.clone();
        less[key] = Value::Null;
        assert_eq!(
            business("FR", "email", json!({}), less)["verdict"],
            "refused",
            "{key}"
        );
    }
    let info = business("FR", "email", json!({"address": "impersonal"}), json!({}));
    assert_eq!(info["verdict"], "permitted");
}

#[test]
fn a_single_individual_mail_is_free_in_switzerland() {
    let single = business("CH", "email", json!({}), json!({"mass_mailing": false}));
    says(&single, "permitted", "UWG-CH Art. 3(1)(o)");
    assert_eq!(
        business("CH", "email", json!({}), json!({}))["verdict"],
        "refused"
    );
    let unlisted = json!({"in_directory": false});
    says(
        &ask("consumer", "CH", "phone", json!({}), unlisted),
        "refused",
        "UWG-CH Art. 3(1)(u)",
    );
    let free = json!({"in_directory": true, "directory_entry_with_asterisk": false});
    assert_eq!(
        business("CH", "phone", json!({}), free)["verdict"],
        "permitted"
    );
}

#[test]
fn irish_mobiles_need_consent_and_landlines_screening() {
    let call = |number: &str| {
        business(
            "IE",
            "phone",
            json!({"number": number}),
            json!({"number_on_do_not_call_list": false}),
        )
    };
    assert_eq!(call("mobile")["verdict"], "refused");
    assert_eq!(call("landline")["verdict"], "permitted");
    says(
        &business("IE", "email", json!({}), json!({})),
        "refused",
        "S.I. 336/2011 reg. 13",
    );
}

#[test]
fn danish_businesses_may_be_called_and_consumers_not() {
    assert_eq!(
        business("DK", "phone", json!({}), json!({}))["verdict"],
        "permitted"
    );
    says(
        &ask("consumer", "DK", "phone", json!({}), json!({})),
        "refused",
        "Forbrugeraftaleloven § 4",
    );
}

#[test]
fn letters_are_opt_out_everywhere_in_the_table() {
    for law in &TABLE {
        let country = law.country.to_string();
        let yes = business(&country, "post", json!({}), json!({}));
        assert_eq!(yes["verdict"], "permitted", "{country}");
        let no = business(&country, "post", json!({}), json!({"objections": [{}]}));
        assert_eq!(no["verdict"], "refused", "{country}");
    }
}

#[test]
fn a_country_outside_the_table_is_refused_by_name() {
    for channel in ["email", "post", "profiling"] {
        let no = business("NO", channel, json!({}), json!({}));
        assert_eq!(no["verdict"], "refused", "{channel}");
        let reason = no["channel_law"]["reason"].as_str().unwrap_or_default();
        assert!(reason.contains("NO"), "{reason}");
        assert_eq!(no["next_steps"][0]["code"], "check_country_law");
    }
}

#[test]
fn every_cell_of_the_table_has_an_answer_with_a_citation_and_a_way_on() {
    let mut cells = 0;
    for law in &TABLE {
        for channel in Channel::ALL {
            for kind in [ContactKind::Consumer, ContactKind::Business] {
                let facts = Facts {
                    contact: Contact {
                        country: Some(law.country),
                        kind: Some(kind),
                        ..Contact::default()
                    },
                    activity: Some(Activity::FITTING),
                    ..Facts::default()
                };
                let decision = decide(&facts, &Ask::new(Purpose::DirectMarketing, channel), ON);
                let outcome = decision.channel_law();
                let cell = format!("{} {channel} {kind:?}", law.country);
                assert!(!outcome.citations().is_empty(), "{cell}");
                assert!(!outcome.reason().de.is_empty() && !outcome.reason().en.is_empty());
                if outcome.answer() == Answer::No {
                    assert!(!outcome.next().is_empty(), "{cell}");
                    assert_ne!(decision.verdict(), Verdict::Permitted, "{cell}");
                }
                cells += 1;
            }
        }
    }
    assert_eq!(cells, 13 * 14 * 2);
}
