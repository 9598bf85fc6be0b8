use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::civil::date;
use law::gdpr::art07;

use super::*;
use crate::contact::Phone;

const TODAY: Date = date(2026, 11, 24);

/// The list of the demo, made once for all tests.
static LIST: LazyLock<Vec<SamplePerson>> = LazyLock::new(|| people(3_000, TODAY));

fn list() -> &'static [SamplePerson] {
    &LIST
}

fn consents(person: &SamplePerson) -> impl Iterator<Item = (&'static str, Proof, Circumstances)> {
    person.events.iter().filter_map(|event| match event {
        Event::Consent {
            activity,
            proof,
            circumstances,
            ..
        } => Some((*activity, *proof, *circumstances)),
        _ => None,
    })
}

fn days(person: &SamplePerson) -> Vec<Date> {
    let of_events = person.events.iter().filter_map(|event| match event {
        Event::Consent { given_on: day, .. }
        | Event::Withdrawal { on: day, .. }
        | Event::Objection { on: day, .. }
        | Event::Sale { sold_on: day, .. } => Some(*day),
        Event::Circumstance { .. } | Event::Screening { .. } => None,
    });
    of_events.chain(person.informed_on).collect()
}

#[test]
fn the_list_is_the_same_at_every_call_and_a_shorter_one_is_its_beginning() {
    let (all, again, few) = (list(), people(700, TODAY), people(70, TODAY));
    let same = |a: &SamplePerson, b: &SamplePerson| {
        a.fields == b.fields && a.events == b.events && a.source_text == b.source_text
    };
    assert!(all.iter().zip(&again).all(|(a, b)| same(a, b)));
    assert!(all.iter().zip(&few).all(|(a, b)| same(a, b)));
}

#[test]
fn there_are_as_many_people_as_asked_for() {
    assert_eq!(list().len(), 3_000);
    for count in [0, 1, 99, 700] {
        assert_eq!(people(count, TODAY).len(), count as usize);
    }
}

#[test]
fn all_six_countries_and_every_source_are_there() {
    let mut countries = BTreeMap::new();
    let mut sources = BTreeSet::new();
    for person in list() {
        *countries.entry(person.country.to_string()).or_insert(0) += 1;
        sources.insert(format!("{:?}", person.source));
    }
    let codes: Vec<_> = countries.keys().map(String::as_str).collect();
    assert_eq!(codes, ["AT", "CH", "DE", "FR", "NL", "PL"]);
    assert!(
        countries["DE"] > 1_500 && countries["PL"] > 60,
        "{countries:?}"
    );
    assert_eq!(sources.len(), 6, "{sources:?}");
}

#[test]
fn every_mailbox_is_valid_and_in_a_domain_that_no_network_resolves() {
    let list = list();
    let mut known = BTreeSet::new();
    let mut all = 0;
    for email in list.iter().flat_map(|person| &person.fields.emails) {
        let read = Email::parse(email.address()).unwrap();
        assert!(read == *email && email.address().is_ascii());
        let (top, domain) = (".example", email.domain());
        assert!(
            domain.ends_with(top) && domain.len() > top.len(),
            "{domain}"
        );
        known.insert(email.key());
        all += 1;
    }
    let twice = all - known.len();
    assert!(
        all > 2_500 && (1..30).contains(&twice),
        "{all} mailboxes, {twice} twice"
    );
}

#[test]
fn every_number_is_possible_in_its_country_and_on_the_list_once() {
    let list = list();
    let mut known = BTreeSet::new();
    for person in list {
        for phone in &person.fields.phones {
            let read = Phone::parse(phone.original(), person.country).unwrap();
            assert!(read == *phone);
            assert!(known.insert(phone.e164().to_owned()), "twice");
        }
    }
    assert!(known.len() > 1_000, "{}", known.len());
    // Every pattern gives numbers; one with a fault would leave a country without.
    for locale in &LOCALES {
        let lines = locale
            .towns
            .iter()
            .map(|town| town.lines)
            .chain(locale.mobile.iter().copied());
        for line in lines.filter(|line| !line.is_empty()) {
            assert!(Firms::default().line(line, locale).is_some(), "{line}");
        }
    }
}

#[test]
fn german_numbers_are_those_kept_for_films() {
    let kept = [
        "+493023125",
        "+496990009",
        "+494066969",
        "+492214710",
        "+498999998",
        "+4917139200",
        "+49176040690",
    ];
    for person in list().iter().filter(|person| person.country == Country::DE) {
        for phone in &person.fields.phones {
            assert!(kept.iter().any(|start| phone.e164().starts_with(start)));
        }
    }
}

#[test]
fn nothing_happens_after_today_nor_before_the_data_were_there() {
    for today in [TODAY, date(2026, 9, 16), date(2028, 2, 29)] {
        for person in people(400, today) {
            assert!(person.obtained_on <= today);
            for day in days(&person) {
                assert!(person.obtained_on <= day && day <= today);
            }
        }
    }
}

#[test]
fn activities_channels_and_goods_are_declared_in_the_register() {
    let register = register::Register::parse(register::SAMPLE).unwrap();
    let mut activities = BTreeSet::new();
    for event in list().iter().flat_map(|person| &person.events) {
        match event {
            Event::Consent {
                activity, channels, ..
            } => {
                let declared = register.activity(activity).unwrap();
                assert!(
                    channels
                        .iter()
                        .all(|channel| declared.channels.contains(channel))
                );
                activities.insert(*activity);
            }
            Event::Withdrawal { activity, .. } | Event::Circumstance { activity, .. } => {
                assert!(register.activity(activity).is_some());
                activities.insert(*activity);
            }
            Event::Sale { goods, .. } => {
                assert!(
                    register
                        .goods_classes
                        .iter()
                        .any(|class| class.id == *goods)
                );
            }
            Event::Objection { .. } | Event::Screening { .. } => {}
        }
    }
    assert_eq!(
        activities.into_iter().collect::<Vec<_>>(),
        ["lead-forms", "newsletter", "telephone-acquisition"]
    );
}

#[test]
fn a_third_gave_a_sound_newsletter_consent_and_others_an_unsound_one() {
    let list = list();
    let count = |wanted: fn(Proof, bool) -> bool| {
        let hit = |person: &&SamplePerson| {
            consents(person).any(|(activity, proof, how)| {
                activity == "newsletter" && wanted(proof, art07::defects(&how).is_empty())
            })
        };
        list.iter().filter(hit).count()
    };
    let proven = count(|proof, sound| {
        sound && !matches!(proof, Proof::SingleOptIn | Proof::DoubleOptInPending)
    });
    assert!((850..1_150).contains(&proven), "{proven}");
    for (name, several) in [
        (
            "pending",
            count(|proof, _| proof == Proof::DoubleOptInPending),
        ),
        (
            "single opt-in",
            count(|proof, _| proof == Proof::SingleOptIn),
        ),
        ("written", count(|proof, _| proof == Proof::Written)),
        ("defective", count(|_, sound| !sound)),
    ] {
        assert!(several >= 50, "{name}: {several}");
    }
}

#[test]
fn a_few_object_some_withdraw_and_some_consents_are_stale() {
    let list = list();
    let count = |wanted: fn(&Event) -> bool| {
        list.iter()
            .filter(|person| person.events.iter().any(wanted))
            .count()
    };
    let objected = count(|event| matches!(event, Event::Objection { .. }));
    assert!((60..150).contains(&objected), "{objected}");
    let withdrawn = count(|event| matches!(event, Event::Withdrawal { .. }));
    assert!((40..150).contains(&withdrawn), "{withdrawn}");
    let stale = count(
        |event| matches!(event, Event::Consent { given_on, .. } if art07::stale(*given_on, None, TODAY)),
    );
    assert!(stale > 100, "{stale}");
}

#[test]
fn customers_have_the_four_conditions_or_lack_one() {
    let mut kinds = BTreeMap::new();
    for event in list().iter().flat_map(|person| &person.events) {
        if let Event::Sale {
            address_from_sale,
            notice_at_collection,
            ..
        } = event
        {
            *kinds
                .entry((*address_from_sale, *notice_at_collection))
                .or_insert(0) += 1;
        }
    }
    assert!(
        kinds[&(true, true)] > 200 && kinds[&(true, false)] > 80,
        "{kinds:?}"
    );
}

#[test]
fn men_are_herr_women_are_frau_and_polish_names_follow() {
    for person in list() {
        let Some(given) = person.fields.given_name.as_deref() else {
            continue;
        };
        let woman = LOCALES
            .iter()
            .any(|l| l.women.split(", ").any(|name| name == given));
        let man = LOCALES
            .iter()
            .any(|l| l.men.split(", ").any(|name| name == given));
        assert!(woman != man, "{given} stands in both lists");
        if let Some(salutation) = person.fields.salutation {
            assert_eq!(salutation == Salutation::Frau, woman, "{given}");
        }
        let family = person.fields.family_name.as_deref().unwrap_or_default();
        let other_form = if woman { "ki" } else { "ka" };
        assert!(!family.ends_with(other_form), "{given}");
    }
    assert_eq!(for_a_woman("Łopatecki"), "Łopatecka");
    assert_eq!(for_a_woman("Gąsiewicz"), "Gąsiewicz");
}

#[test]
fn nobody_is_called_like_somebody_known() {
    // Families of politicians, artists, athletes and entrepreneurs that a list of this kind
    // easily takes up by chance.
    let known = [
        "Merkel",
        "Scholz",
        "Merz",
        "Schröder",
        "Kohl",
        "Rößler",
        "Rösler",
        "Zöllner",
        "Fürst",
        "Grünewald",
        "Brückner",
        "Carstens",
        "Weißhaupt",
        "Kurz",
        "Wöginger",
        "Achleitner",
        "Caduff",
        "Federer",
        "Blocher",
        "Aebischer",
        "Macron",
        "Delacroix",
        "Charpentier",
        "de Groot",
        "van den Berg",
        "Hoekstra",
        "Kuipers",
        "Rutte",
        "Tusk",
        "Kaczyński",
        "Nowicki",
        "Jabłoński",
        "Dąbrowski",
        "Śliwiński",
    ];
    for locale in &LOCALES {
        for family in locale.family.split(", ") {
            assert!(!known.contains(&family), "{family}");
        }
    }
}

#[test]
fn firms_have_several_people_and_some_mailboxes_name_nobody() {
    let list = list();
    let mut at_firm = BTreeMap::new();
    for company in list
        .iter()
        .filter_map(|person| person.fields.company.as_ref())
    {
        *at_firm.entry(company).or_insert(0) += 1;
    }
    let several = at_firm.values().filter(|people| **people > 1).count();
    assert!(
        several > 200 && at_firm.len() > 400,
        "{several} of {}",
        at_firm.len()
    );
    let nobody = |person: &&SamplePerson| person.fields.family_name.is_none();
    let impersonal = list.iter().filter(nobody).count();
    assert!((100..400).contains(&impersonal), "{impersonal}");
    let consumers = list
        .iter()
        .filter(|person| person.kind == ContactKind::Consumer)
        .count();
    assert!((120..240).contains(&consumers), "{consumers}");
}

#[test]
fn everybody_can_be_reached_somehow_but_not_everybody_in_every_way() {
    let list = list();
    let share = |has: fn(&Fields) -> bool| {
        list.iter().filter(|person| has(&person.fields)).count() * 100 / list.len()
    };
    let reached =
        |f: &Fields| !f.emails.is_empty() || !f.phones.is_empty() || f.has_postal_address();
    assert_eq!(share(reached), 100);
    assert!((80..98).contains(&share(|f| !f.emails.is_empty())));
    assert!((35..80).contains(&share(|f| !f.phones.is_empty())));
    assert!((50..90).contains(&share(Fields::has_postal_address)));
}
