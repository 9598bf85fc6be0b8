//! The firms where the sample list's people work, and how their mailboxes and lines are written.

use std::collections::{HashMap, HashSet};

use law::facts::Subscriber;
use unicode_normalization::UnicodeNormalization;

use super::chance::Chance;
use super::names::{LegalForm, Locale, Town};
use crate::contact::{Email, Phone};

/// A made-up firm.
pub(super) struct Firm {
    pub(super) name: String,
    pub(super) domain: String,
    pub(super) town: &'static Town,
    pub(super) street: String,
    pub(super) subscriber: Option<Subscriber>,
    spelling: Spelling,
}

/// How a firm spells its people's mailboxes.
#[derive(Clone, Copy)]
enum Spelling {
    /// `erika.muster@`
    Full,
    /// `e.muster@`
    Initial,
    /// `muster@`
    Family,
}

/// The firms so far, and the mailboxes and numbers that are taken.
#[derive(Default)]
pub(super) struct Firms {
    known: Vec<Firm>,
    of_language: HashMap<[u8; 2], Vec<usize>>,
    by_domain: HashMap<String, usize>,
    mailboxes: HashSet<String>,
    lines: HashMap<&'static str, usize>,
}

impl Firms {
    /// A firm of the country: mostly one that is there already, so that firms have several
    /// people on the list.
    pub(super) fn any(&mut self, chance: &mut Chance, locale: &'static Locale) -> Option<&Firm> {
        let known = self.of_language.get(&locale.country.code());
        let again = known
            .filter(|_| chance.percent(60))
            .and_then(|list| chance.pick(list))
            .copied();
        let index = match again {
            Some(index) => index,
            None => self.found(chance, locale)?,
        };
        self.known.get(index)
    }

    /// Founds a firm, or finds the one of that name.
    fn found(&mut self, chance: &mut Chance, locale: &'static Locale) -> Option<usize> {
        let family = chance.word(locale.family);
        let trade = chance.word(locale.trades);
        let form = chance.pick(locale.legal_forms)?;
        let domain = format!("{}-{}.example", ascii(family), ascii(trade));
        if let Some(index) = self.by_domain.get(&domain) {
            return Some(*index);
        }
        let index = self.known.len();
        self.by_domain.insert(domain.clone(), index);
        self.of_language
            .entry(locale.country.code())
            .or_default()
            .push(index);
        let spellings = [
            Spelling::Full,
            Spelling::Full,
            Spelling::Initial,
            Spelling::Family,
        ];
        self.known.push(Firm {
            name: format!("{} {trade} {}", capital(family), form.name),
            domain,
            town: chance.pick(locale.towns)?,
            street: street(chance, locale),
            subscriber: subscriber(form),
            spelling: chance.pick(&spellings).copied().unwrap_or(Spelling::Full),
        });
        Some(index)
    }

    /// A person's mailbox at the firm with this domain; a second one of the same name gets a 2.
    pub(super) fn mailbox(&mut self, domain: &str, given: &str, family: &str) -> Option<Email> {
        let spelling = self
            .by_domain
            .get(domain)
            .and_then(|index| self.known.get(*index));
        let spelling = spelling.map_or(Spelling::Full, |firm| firm.spelling);
        let (given, family) = (ascii(given), ascii(family));
        let local = match spelling {
            Spelling::Full => format!("{given}.{family}"),
            Spelling::Initial => format!("{}.{family}", given.get(..1).unwrap_or(&given)),
            Spelling::Family => family,
        };
        let numbers = std::iter::once(String::new()).chain((2..=u32::MAX).map(|n| n.to_string()));
        for number in numbers {
            let address = format!("{local}{number}@{domain}");
            if self.mailboxes.insert(address.clone()) {
                return Email::parse(&address).ok();
            }
        }
        None
    }

    /// A mailbox that names nobody; `None` if it is on the list already.
    pub(super) fn shared_mailbox(&mut self, domain: &str, name: &str) -> Option<Email> {
        let address = format!("{name}@{domain}");
        self.mailboxes
            .insert(address.clone())
            .then(|| Email::parse(&address).ok())
            .flatten()
    }

    /// The next free number of these lines; `None` if there is none left.
    pub(super) fn line(&mut self, lines: &'static str, locale: &Locale) -> Option<Phone> {
        let digits = lines.matches('#').count();
        if digits == 0 {
            return None;
        }
        let capacity = 10_usize.checked_pow(u32::try_from(digits).ok()?)?;
        let taken = self.lines.entry(lines).or_default();
        if *taken >= capacity {
            return None;
        }
        // 37 shares no factor with a power of ten: every number comes once, in no plain order.
        let number = format!("{:0digits$}", (*taken * 37 + 11) % capacity);
        *taken += 1;
        let mut next = number.chars();
        let written: String = lines
            .chars()
            .map(|c| {
                if c == '#' {
                    next.next().unwrap_or('0')
                } else {
                    c
                }
            })
            .collect();
        Phone::parse(&written, locale.country).ok()
    }
}

/// Street and house number as the country writes them.
pub(super) fn street(chance: &mut Chance, locale: &'static Locale) -> String {
    let name = chance.word(locale.streets);
    let number = chance.below(98) + 1;
    if locale.language == "fr" {
        format!("{number} {name}")
    } else {
        format!("{name} {number}")
    }
}

fn subscriber(form: &LegalForm) -> Option<Subscriber> {
    form.natural_person.map(|natural| {
        if natural {
            Subscriber::NaturalPerson
        } else {
            Subscriber::LegalPerson
        }
    })
}

/// `van den Elsakker` begins a firm's name as `Van den Elsakker`.
fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Letters and digits as they stand in a mailbox: `Mößmer` becomes `moessmer`, `Łukasz` `lukasz`.
pub(super) fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            'ł' => out.push('l'),
            'ı' => out.push('i'),
            '-' => out.push('-'),
            other => out.extend(other.nfd().filter(char::is_ascii_alphanumeric)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mailboxes_are_written_in_plain_letters() {
        for (name, plain) in [
            ("Mößmer", "moessmer"),
            ("Großkopp", "grosskopp"),
            ("Yıldırımoğlu", "yildirimoglu"),
            ("Łopatecki", "lopatecki"),
            ("Śledzianowski", "sledzianowski"),
            ("Étienne", "etienne"),
            ("van den Elsakker", "vandenelsakker"),
            ("Jörg", "joerg"),
        ] {
            assert_eq!(ascii(name), plain);
        }
    }

    #[test]
    fn lines_give_each_number_once_and_then_none() {
        let locale = &super::super::names::LOCALES[0];
        let mut firms = Firms::default();
        let mut seen = HashSet::new();
        while let Some(phone) = firms.line("+49 171 39200##", locale) {
            assert!(seen.insert(phone.e164().to_owned()));
        }
        assert_eq!(seen.len(), 100);
    }
}
