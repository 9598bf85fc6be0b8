//! Consents as ISO/IEC TS 27560:2023 has them, in terms of the W3C Data Privacy Vocabulary, after
//! the DPV's guide for that standard (<https://w3id.org/dpv/guides/consent-27560>).
//!
//! The whole is a receipt; in it stands one record for each consent. What the standard asks for and
//! nobody has stated is said to be not stated, never made up.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::consent::{ConsentEvent, ConsentRecord, ConsentState};
use crate::context::{ActivityContext, Context, Controller};
use crate::layout::{entry_file, text_file};

const NOT_STATED: &str = "not stated";

/// The receipt with all records.
#[must_use]
pub fn consents_jsonld(
    context: &Context,
    subject: &str,
    made_at: Timestamp,
    records: &[ConsentRecord],
) -> Value {
    let records: Vec<Value> = records
        .iter()
        .map(|consent| record(context, subject, consent))
        .collect();
    json!({
        "@context": {
            "dpv": "https://w3id.org/dpv#",
            "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
            "loc": "https://w3id.org/dpv/loc#",
            "dct": "http://purl.org/dc/terms/",
            "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
            "skos": "http://www.w3.org/2004/02/skos/core#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": "#receipt",
        "@type": "dpv:ConsentReceipt",
        "dct:identifier": format!("{subject}-{}", made_at.as_millisecond()),
        "dct:conformsTo": id("https://w3id.org/dpv/schema/dpv-27560#receipt-record"),
        "dct:created": time(made_at),
        "dct:publisher": id("#controller"),
        "dpv:hasDataController": controller(&context.controller),
        "dpv:hasRecordOfActivity": records,
    })
}

fn record(context: &Context, subject: &str, consent: &ConsentRecord) -> Value {
    let mut activities = context.activities.iter();
    let activity = activities.find(|activity| activity.id == consent.activity);
    let created = consent.events.first().map(|event| time(event.at));
    json!({
        "@id": format!("#consent-{}", consent.id),
        "@type": "dpv:ConsentRecord",
        "dct:identifier": consent.id,
        "dct:conformsTo": id("https://w3id.org/dpv/schema/dpv-27560#record"),
        "dct:created": created,
        "dpv:hasDataSubject": {
            "@id": format!("#subject-{subject}"),
            "@type": "dpv:DataSubject",
            "dct:identifier": subject,
        },
        "dpv:hasDataController": id("#controller"),
        "dpv:hasJurisdiction": id(&format!("loc:{}", context.controller.country)),
        "dpv:hasApplicableLaw": id("eu-gdpr:GDPR"),
        "dpv:hasLegalBasis": id("eu-gdpr:A6-1-a"),
        "dpv:hasNotice": notice(context, consent),
        "dpv:hasProcess": process(consent, activity),
        "dpv:hasConsentControl": {
            "@type": "dpv:WithdrawConsent",
            "dpv:isExercisedAt": exercised_at(&context.controller),
        },
        "dpv:hasRight": {
            "@type": ["dpv:DataSubjectRight", "eu-gdpr:A7-3"],
            "dpv:isExercisedAt": exercised_at(&context.controller),
        },
        "dpv:hasConsentStatus": consent
            .events
            .iter()
            .map(|event| status(consent, event))
            .collect::<Vec<_>>(),
    })
}

fn controller(controller: &Controller) -> Value {
    let address = if controller.address.is_empty() {
        NOT_STATED.to_owned()
    } else {
        controller.address.join(", ")
    };
    let contact: Vec<_> = [&controller.email, &controller.phone]
        .into_iter()
        .flatten()
        .collect();
    json!({
        "@id": "#controller",
        "@type": ["dpv:LegalEntity", "dpv:DataController"],
        "dct:identifier": controller.name,
        "dpv:hasName": controller.name,
        "dpv:hasAddress": address,
        "dpv:hasContact": if contact.is_empty() { json!(NOT_STATED) } else { json!(contact) },
        "dpv:hasLocation": id(&format!("loc:{}", controller.country)),
        "dpv:hasAuthority": controller.authority.as_ref().map(|name| json!({
            "@type": "dpv:DataProtectionAuthority",
            "dpv:hasName": name,
        })),
    })
}

fn notice(context: &Context, consent: &ConsentRecord) -> Value {
    let hash = consent.text_sha256.as_deref();
    // "und" is how BCP 47 says that a language is not determined.
    let language = hash.and_then(|hash| context.languages.get(hash));
    let language = language.map_or("und", String::as_str);
    let mut notices = vec![match (hash, &consent.text) {
        (Some(hash), Some(text)) => json!({
            "@id": text_file(hash),
            "@type": "dpv:ConsentNotice",
            "dct:identifier": format!("sha256:{hash}"),
            "dct:language": language,
            "rdf:value": text,
        }),
        _ => json!({
            "@type": "dpv:ConsentNotice",
            "dct:language": language,
            "dct:description": NOT_STATED,
        }),
    }];
    if let Some(published) = &context.controller.privacy_notice {
        notices.push(json!({ "@type": "dpv:PrivacyNotice", "dct:source": published }));
    }
    notices.extend(consent.documents.iter().map(|document| {
        json!({
            "@id": document.file(),
            "@type": "dpv:ConsentNotice",
            "dct:identifier": format!("sha256:{}", document.sha256),
            "dct:format": document.media_type.name(),
        })
    }));
    json!(notices)
}

fn process(consent: &ConsentRecord, activity: Option<&ActivityContext>) -> Value {
    let titled = |kind: &str, names: &[String]| {
        let one = |name: &String| json!({ "@type": kind, "dct:title": name });
        if names.is_empty() {
            vec![json!({ "@type": kind, "dct:title": NOT_STATED })]
        } else {
            names.iter().map(one).collect()
        }
    };
    let uses: Vec<_> = consent
        .channels
        .iter()
        .map(|channel| {
            let kind = match channel.as_str() {
                "profiling" => "dpv:Profiling",
                "sharing" => "dpv:Share",
                "storing" => "dpv:Store",
                "enrichment" => "dpv:Combine",
                _ => "dpv:Use",
            };
            json!({ "@type": kind, "dct:identifier": channel })
        })
        .collect();
    let kept = activity.map(|activity| activity.retention.join("; "));
    let kept = kept.filter(|kept| !kept.is_empty());
    let broader = activity.is_some_and(|activity| activity.direct_marketing);
    let purpose = activity.and_then(|activity| activity.purpose.clone());
    json!({
        "@type": "dpv:Process",
        "dct:identifier": consent.activity,
        "dpv:hasPurpose": {
            "@type": "dpv:Purpose",
            "dct:title": activity.map_or(consent.activity.as_str(), |activity| &activity.name),
            "dct:description": purpose,
            "skos:broader": id(if broader { "dpv:DirectMarketing" } else { "dpv:Purpose" }),
        },
        "dpv:hasProcessing": uses,
        "dpv:hasPersonalData": titled("dpv:PersonalData", activity.map_or(&[], |a| &a.data)),
        "dpv:hasRecipient": titled("dpv:Recipient", activity.map_or(&[], |a| &a.recipients)),
        "dpv:hasStorageCondition": [
            {
                "@type": "dpv:StorageDuration",
                "dct:description": kept.as_deref().unwrap_or(NOT_STATED),
            },
            { "@type": "dpv:StorageLocation", "dct:description": NOT_STATED },
        ],
    })
}

fn status(consent: &ConsentRecord, event: &ConsentEvent) -> Value {
    let state = match event.state {
        ConsentState::Given => json!(["dpv:ConsentGiven", "dpv:ExpressedConsent"]),
        ConsentState::Withdrawn => json!("dpv:ConsentWithdrawn"),
        ConsentState::ProofLost => json!("dpv:ConsentUnknown"),
    };
    let by = match event.state {
        ConsentState::Given | ConsentState::Withdrawn => "dpv:DataSubject",
        ConsentState::ProofLost => "dpv:DataController",
    };
    let day = event
        .on
        .as_ref()
        .map(|day| json!({ "@type": "xsd:date", "@value": day }));
    let method = (event.state == ConsentState::Given).then_some(&consent.proof);
    json!({
        "@type": state,
        "dpv:isIndicatedBy": id(by),
        "dpv:hasIndicationMethod": method,
        "dpv:isIndicatedAtTime": day.unwrap_or_else(|| time(event.at)),
        "dpv:hasDuration": (event.state == ConsentState::Given).then(|| json!({
            "@type": "dpv:UntilEventDuration",
            "dct:description": "withdrawal",
        })),
        "dct:created": time(event.at),
        "dct:source": id(&entry_file(event.index)),
    })
}

fn exercised_at(controller: &Controller) -> String {
    let known = controller.email.as_ref().or(controller.phone.as_ref());
    known.cloned().unwrap_or_else(|| NOT_STATED.to_owned())
}

fn id(iri: &str) -> Value {
    json!({ "@id": iri })
}

fn time(at: Timestamp) -> Value {
    json!({ "@type": "xsd:dateTime", "@value": format!("{at:.3}") })
}
