//! Properties of the text form: it never panics, and it loses nothing.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper of tests may fail the test"
)]

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use law::{Channel, ChannelSet, Country, Land, LegalBasis};
use proptest::collection::{btree_set, vec};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use register::{
    Action, Activity, Authority, Balancing, ConsentText, Contact, Contract, ContractItem, Delivery,
    Documents, Form, FormKind, GoodsClass, Measure, Organisation, Period, Purpose, Recipient,
    RecipientRole, Register, Retention, Role, SAMPLE, Similarity, Source, SpecialCategory,
    SpecialGround, StartEvent, Transfer, TransferBasis, Unit, diff, gaps,
};

fn text() -> impl Strategy<Value = String> {
    let hard = select(vec![
        "\"", "\\", "\n", "\r\n", "\t", "\"\"\"", "'", "\u{0}", "ß", "#", "]",
    ]);
    (vec(hard, 0..3), "(?s).{1,12}", "\\PC")
        .prop_map(|(hard, any, plain)| format!("{}{any}{plain}", hard.concat()))
        .prop_filter("a text is not blank", |text| !text.trim().is_empty())
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    btree_set(text(), 0..3).prop_map(|set| set.into_iter().collect())
}

fn day() -> impl Strategy<Value = Date> {
    (1900_i16..2200, 1_i8..13, 1_i8..29).prop_map(|(year, month, day)| date(year, month, day))
}

fn some<T: Clone + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = Vec<T>> {
    subsequence(all, 0..=all.len())
}

fn country() -> impl Strategy<Value = Country> {
    "[A-Z]{2}".prop_map(|code| code.parse().unwrap())
}

fn channels() -> impl Strategy<Value = ChannelSet> {
    some(&Channel::ALL).prop_map(|channels| channels.into_iter().collect())
}

fn ids(prefix: &'static str) -> impl Strategy<Value = Vec<String>> {
    btree_set("[a-z0-9-]{0,5}", 1..4)
        .prop_map(move |ids| ids.into_iter().map(|id| format!("{prefix}{id}")).collect())
}

fn contact() -> impl Strategy<Value = Contact> {
    (of(text()), of(text()), of(text()), of(text()), of(day())).prop_map(
        |(name, email, phone, address, reported_on)| Contact {
            name,
            email,
            phone,
            address,
            reported_on,
        },
    )
}

fn organisation() -> impl Strategy<Value = Organisation> {
    let place = (
        of(text()),
        of(text()),
        of(text()),
        of(text()),
        of(text()),
        of(text()),
        of(text()),
        of(text()),
    );
    let people = (
        of(contact()),
        of(contact()),
        of(contact()),
        of((of(text()), of(text()))),
    );
    let seat = (
        text(),
        country(),
        of(select(&Land::ALL)),
        any::<[Option<u32>; 2]>(),
    );
    (place, people, seat).prop_map(|(place, people, (name, country, land, heads))| {
        let (legal_form, street, postal_code, city, email, phone, privacy_notice, imprint) = place;
        let (representative, union_representative, data_protection_officer, authority) = people;
        Organisation {
            name,
            legal_form,
            street,
            postal_code,
            city,
            country,
            land,
            email,
            phone,
            privacy_notice,
            imprint,
            staff: heads[0],
            staff_processing_data: heads[1],
            representative,
            union_representative,
            data_protection_officer,
            supervisory_authority: authority.map(|(name, website)| Authority { name, website }),
        }
    })
}

fn balancing() -> impl Strategy<Value = Balancing> {
    (of(text()), of(text()), of(text()), of(day()), of(text())).prop_map(
        |(interest, necessity, weighing, decided_on, decided_by)| Balancing {
            interest,
            necessity,
            weighing,
            decided_on,
            decided_by,
        },
    )
}

fn retention() -> impl Strategy<Value = Retention> {
    let period = (1_u16..=1200, select(Unit::ALL)).prop_map(|(n, unit)| Period::new(n, unit));
    let words = (select(StartEvent::ALL), select(Action::ALL));
    let covers = (of(text()), of(select(Documents::ALL)));
    (covers, words, period, any::<bool>(), of(text())).prop_map(
        |((covers, documents), (start, action), period, from_year_end, provision)| Retention {
            covers,
            documents,
            start,
            period: period.unwrap(),
            from_year_end,
            provision,
            action,
        },
    )
}

fn activity() -> impl Strategy<Value = Activity> {
    let head = (
        text(),
        of(text()),
        select(&Purpose::ALL),
        select(Role::ALL),
        of(text()),
    );
    let data = (
        texts(),
        texts(),
        some(SpecialCategory::ALL),
        of(select(SpecialGround::ALL)),
    );
    let rules = (
        of(balancing()),
        vec(retention(), 0..3),
        of(select(&LegalBasis::ALL)),
    );
    let rest = (some(Source::ALL), channels(), of(text()), of(text()));
    let rest = (rest, any::<bool>(), any::<bool>());
    (head, data, rules, rest).prop_map(|(head, data, rules, rest)| Activity {
        id: String::new(),
        name: head.0,
        purpose: head.1,
        purpose_kind: head.2,
        role: head.3,
        principal: head.4,
        basis: rules.2,
        subjects: data.0,
        data: data.1,
        special_data: data.2,
        special_ground: data.3,
        sources: rest.0.0,
        recipients: Vec::new(),
        channels: rest.0.1,
        goods_class: None,
        individual_messages: rest.1,
        relates_to_function: rest.2,
        same_purpose: None,
        call_circumstances: rest.0.2,
        privacy_notice: rest.0.3,
        measures: Vec::new(),
        balancing: rules.0,
        retention: rules.1,
    })
}

fn recipient() -> impl Strategy<Value = Recipient> {
    let contract = (of(day()), some(ContractItem::ALL), any::<bool>()).prop_map(
        |(signed_on, covers, essence_available)| Contract {
            signed_on,
            covers,
            essence_available,
        },
    );
    let transfer = (select(TransferBasis::ALL), of(day()), of(text())).prop_map(
        |(basis, assessed_on, reference)| Transfer {
            basis,
            assessed_on,
            reference,
        },
    );
    (
        text(),
        of(text()),
        select(RecipientRole::ALL),
        country(),
        of(contract),
        of(transfer),
    )
        .prop_map(
            |(name, service, role, country, contract, transfer)| Recipient {
                id: String::new(),
                name,
                service,
                role,
                country,
                contract,
                transfer,
                mail: None,
                webhook: None,
            },
        )
}

fn pick(ids: &[String], picks: &[Index]) -> Vec<String> {
    let chosen: BTreeSet<_> = picks.iter().map(|pick| pick.get(ids).clone()).collect();
    chosen.into_iter().collect()
}

fn register() -> impl Strategy<Value = Register> {
    let activities = (ids("a"), vec(activity(), 3));
    let recipients = (ids("r"), vec(recipient(), 3));
    let wording = (of(text()), of(text()), channels());
    let small = (
        ids("m"),
        ids("g"),
        text(),
        of(text()),
        any::<bool>(),
        of(day()),
    );
    let links = vec(vec(any::<Index>(), 0..3), 4);
    (
        organisation(),
        activities,
        recipients,
        wording,
        small,
        links,
    )
        .prop_map(
            |(organisation, activities, recipients, (de, en, channels), small, links)| {
                let (measure_ids, class_ids, name, reason, similar, decided_on) = small;
                let recipients: Vec<_> = std::iter::zip(recipients.0, recipients.1)
                    .map(|(id, recipient)| Recipient { id, ..recipient })
                    .collect();
                let recipient_ids: Vec<_> = recipients.iter().map(|r| r.id.clone()).collect();
                let activities: Vec<_> = std::iter::zip(activities.0, activities.1)
                    .map(|(id, activity)| Activity {
                        id,
                        recipients: pick(&recipient_ids, &links[0]),
                        measures: pick(&measure_ids, &links[1]),
                        goods_class: pick(&class_ids, &links[2]).pop(),
                        ..activity
                    })
                    .collect();
                let activity_ids: Vec<_> = activities.iter().map(|a| a.id.clone()).collect();
                let purposes = pick(&activity_ids, &links[3]);
                let similarity = Similarity {
                    sold: class_ids[0].clone(),
                    advertised: class_ids[class_ids.len() - 1].clone(),
                    similar,
                    reason: reason.clone(),
                    decided_on,
                    decided_by: reason.clone(),
                };
                let measure = |id| Measure {
                    id,
                    name: name.clone(),
                    description: reason.clone(),
                };
                let forms = [Delivery::AtOnce, Delivery::ByMail].map(|delivery| Form {
                    title_de: de.clone(),
                    intro_en: en.clone(),
                    consents: vec!["c".to_owned()],
                    file: Some("0a".repeat(32)),
                    delivery: Some(delivery),
                    keep_ip_reason: reason.clone(),
                    closed: similar,
                    ..Form::new(
                        delivery.name().replace('_', "-").as_str(),
                        &name,
                        FormKind::Webinar,
                        &activity_ids[0],
                    )
                });
                Register {
                    organisation,
                    forms: forms.into(),
                    activities,
                    recipients,
                    consent_texts: [1, 7]
                        .map(|version| ConsentText {
                            id: "c".to_owned(),
                            version,
                            purposes: purposes.clone(),
                            channels,
                            de: de.clone(),
                            en: en.clone(),
                        })
                        .into(),
                    measures: measure_ids.into_iter().map(measure).collect(),
                    goods_classes: class_ids
                        .into_iter()
                        .map(|id| GoodsClass {
                            id,
                            name: name.clone(),
                        })
                        .collect(),
                    similarities: vec![similarity],
                }
            },
        )
}

proptest! {
    #[test]
    fn what_is_written_is_read_back_unchanged(register in register()) {
        let text = register.to_toml();
        match Register::parse(&text) {
            Ok(again) => {
                prop_assert_eq!(&again, &register);
                prop_assert_eq!(again.to_toml(), text);
            }
            Err(faults) => prop_assert!(false, "{faults:#?}\n{text}"),
        }
    }

    #[test]
    fn a_version_does_not_differ_from_itself_and_differs_from_another(
        old in register(),
        new in register(),
    ) {
        prop_assert_eq!(diff(&old, &old), vec![]);
        prop_assert_eq!(diff(&old, &new).is_empty(), old == new);
    }

    #[test]
    fn gaps_point_at_entries_that_exist(register in register(), on in day()) {
        let document = register.to_toml();
        for gap in gaps(&register, on) {
            prop_assert!(!gap.citation.label(on).is_empty());
            let path = gap.place.path();
            let id = path.split('.').nth(1).unwrap_or("").split('@').next().unwrap_or("");
            let heading = format!("id = \"{id}\"");
            prop_assert!(path == "organisation" || document.contains(&heading));
        }
    }

    #[test]
    fn arbitrary_text_is_never_a_panic(text in "(?s).{0,200}") {
        check_any(&text)?;
    }

    #[test]
    fn toml_like_text_is_never_a_panic(
        pieces in vec(select(vec![
            "[", "]", "[[", "]]", "activity", "recipient", "organisation", ".", "=", " ", "\n",
            "\"", "\"\"\"", "{", "}", ",", "id", "name", "2026-01-31", "-", "1", "true", "'", "#",
            "retention", "balancing", "ä", "\r\n", "\\", "consent_text", "version",
        ]), 0..60),
    ) {
        check_any(&pieces.concat())?;
    }

    #[test]
    fn a_damaged_sample_is_never_a_panic(
        at in any::<Index>(), length in 0_usize..40, put in "(?s).{0,6}",
    ) {
        let chars: Vec<char> = SAMPLE.chars().collect();
        let start = at.index(chars.len());
        let end = (start + length).min(chars.len());
        let damaged: String = chars[..start].iter().copied()
            .chain(put.chars())
            .chain(chars[end..].iter().copied())
            .collect();
        check_any(&damaged)?;
    }
}

/// Whatever the text, either it is a register that survives writing, or there are faults, and
/// each lies within the text.
fn check_any(text: &str) -> Result<(), TestCaseError> {
    match Register::parse(text) {
        Ok(register) => prop_assert_eq!(Register::parse(&register.to_toml()), Ok(register)),
        Err(faults) => {
            prop_assert!(!faults.is_empty());
            for fault in faults {
                prop_assert!(fault.line >= 1 && fault.line <= text.matches('\n').count() + 1);
                prop_assert!(fault.column >= 1);
                prop_assert!(!fault.message(law::Lang::De).is_empty());
            }
        }
    }
    Ok(())
}
