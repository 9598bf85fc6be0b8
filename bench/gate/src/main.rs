//! The gate in process: against Cedar and Rego on the same rule, and against a look-up of the facts
//! in a `HashMap`.

mod cedar;
mod contact;
mod product;
mod rego;

use std::cell::RefCell;
use std::collections::HashMap;
use std::hint::black_box;

use cedar::Cedar;
use contact::{CHANNELS, Channel, Contact};
use law::facts::Facts;
use law::gate::Ask;
use measure::{Line, Result, compare, rate};
use product::Record;
use rego::Rego;

const ROUNDS: usize = 15;
const CONTACTS_IN_MAP: usize = 1_000_000;

type Key = [u8; 16];

fn main() -> Result<()> {
    let contacts = contact::all();
    let mut questions: Vec<(usize, Channel)> = (0..contacts.len())
        .flat_map(|number| CHANNELS.map(|channel| (number, channel)))
        .collect();
    contact::shuffle(&mut questions);
    let records: Vec<Record> = questions
        .iter()
        .map(|(n, _)| Record::new(&contacts[*n]))
        .collect();
    let typed: Vec<(Facts<'_>, Ask)> = records
        .iter()
        .zip(&questions)
        .map(|(record, (_, channel))| (record.facts(), product::ask(*channel)))
        .collect();
    let gate = || rate(|| Ok(ask_gate(&typed, 10)));

    cedar_line(&contacts, &questions, gate)?;
    rego_line(&contacts, &questions, gate)?;
    map_lines(&contacts, gate)
}

/// Asks everything `times` over and returns how many questions that were.
fn ask_gate(typed: &[(Facts<'_>, Ask)], times: usize) -> usize {
    for _ in 0..times {
        for (facts, ask) in typed {
            black_box(product::permits(black_box(facts), ask));
        }
    }
    typed.len() * times
}

fn cedar_line(
    contacts: &[Contact],
    questions: &[(usize, Channel)],
    gate: impl FnMut() -> Result<f64>,
) -> Result<()> {
    let cedar = Cedar::new(contacts)?;
    let asked: Result<Vec<_>> = questions
        .iter()
        .map(|(number, channel)| Cedar::question(*number, *channel))
        .collect();
    let asked = asked?;
    let figures = compare(ROUNDS, gate, || {
        rate(|| {
            for question in &asked {
                black_box(cedar.permits(question));
            }
            Ok(asked.len())
        })
    })?;
    print(
        "gate, facts in hand",
        "cedar-policy, same rule",
        figures,
        Some(50.0),
    );
    Ok(())
}

fn rego_line(
    contacts: &[Contact],
    questions: &[(usize, Channel)],
    gate: impl FnMut() -> Result<f64>,
) -> Result<()> {
    let rego = RefCell::new(Rego::new()?);
    let asked: Result<Vec<_>> = questions
        .iter()
        .map(|(number, channel)| Rego::question(&contacts[*number], *channel))
        .collect();
    let asked = asked?;
    let figures = compare(ROUNDS, gate, || {
        rate(|| {
            let mut rego = rego.borrow_mut();
            for question in &asked {
                black_box(rego.permits(question)?);
            }
            Ok(asked.len())
        })
    })?;
    print(
        "gate, facts in hand",
        "regorus RVM, same rule",
        figures,
        None,
    );
    Ok(())
}

/// Against a map that holds each contact once and stays in the caches, and one as large as a big
/// list, where a look-up waits for memory.
fn map_lines(contacts: &[Contact], gate: impl Fn() -> Result<f64>) -> Result<()> {
    for (size, theirs) in [
        (contacts.len(), "HashMap look-up in 13 k contacts"),
        (CONTACTS_IN_MAP, "HashMap look-up in 1 M contacts"),
    ] {
        let all = contacts.iter().cycle().take(size);
        let map: HashMap<Key, Record> = (0..)
            .zip(all)
            .map(|(number, contact)| (key(number), Record::new(contact)))
            .collect();
        let mut keys: Vec<Key> = map.keys().copied().collect();
        contact::shuffle(&mut keys);
        let look_up = || {
            over_and_over(&keys, |key, _| {
                black_box(map.get(key));
            })
        };
        let figures = compare(ROUNDS, &gate, look_up)?;
        print("gate, facts in hand", theirs, figures, Some(0.7));

        let asks = CHANNELS.map(product::ask);
        let both = || {
            over_and_over(&keys, |key, number| {
                let ask = &asks[number % asks.len()];
                black_box(
                    map.get(key)
                        .is_some_and(|record| product::permits(&record.facts(), ask)),
                );
            })
        };
        let figures = compare(ROUNDS, both, look_up)?;
        print("gate with the look-up", theirs, figures, None);
    }
    Ok(())
}

/// The rate of `work` on all keys, a million times at least.
fn over_and_over(keys: &[Key], work: impl Fn(&Key, usize)) -> Result<f64> {
    let times = CONTACTS_IN_MAP.div_ceil(keys.len());
    rate(|| {
        for _ in 0..times {
            for (number, key) in keys.iter().enumerate() {
                work(key, number);
            }
        }
        Ok(keys.len() * times)
    })
}

/// A key as ids are: sixteen bytes without order.
fn key(number: u64) -> Key {
    let mixed = u128::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
    mixed.to_le_bytes()
}

fn print(ours: &str, theirs: &str, figures: measure::Comparison, goal: Option<f64>) {
    println!(
        "{}",
        Line {
            ours,
            theirs,
            unit: "/s",
            figures,
            goal
        }
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Otherwise the figures would compare different work.
    #[test]
    fn gate_cedar_and_rego_answer_every_question_alike() {
        let contacts = contact::all();
        let cedar = Cedar::new(&contacts).unwrap();
        let mut rego = Rego::new().unwrap();
        let mut permitted = 0;
        for (number, contact) in contacts.iter().enumerate() {
            let record = Record::new(contact);
            for channel in CHANNELS {
                let ours = product::permits(&record.facts(), &product::ask(channel));
                let in_cedar = cedar.permits(&Cedar::question(number, channel).unwrap());
                let in_rego = rego
                    .permits(&Rego::question(contact, channel).unwrap())
                    .unwrap();
                assert_eq!(
                    (in_cedar, in_rego),
                    (ours, ours),
                    "{contact:?} over {channel:?}"
                );
                permitted += usize::from(ours);
            }
        }
        // Both answers occur often, so that agreement means something.
        let asked = contacts.len() * CHANNELS.len();
        assert!(permitted > asked / 10 && permitted < asked - asked / 10);
    }
}
