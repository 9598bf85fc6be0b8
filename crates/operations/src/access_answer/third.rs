//! Blacks out in free texts what tells of others (GDPR Art. 15(4)): addresses and numbers that are not
//! the person's, names of other contacts and of who works here, and what staff name besides.

use std::collections::{BTreeMap, BTreeSet};

use law::Country;
use store::Tx;

use crate::contact::{Email, Fields, Phone, normalise};
use crate::person::{Blind, Person};
use crate::search::folded;
use crate::{Error, Organisation};

/// What stands in the place of what is blacked out.
pub(super) const BAR: &str = "▇▇▇";
/// Contacts that are opened to see whether one of them has a word as its name.
const LOOKED_AT: u32 = 200;
/// Digits of the shortest number that is looked at.
const DIGITS: usize = 6;

/// What staff decide about an answer after they have seen it.
#[derive(Clone, Debug, Default)]
pub struct Cuts {
    /// Passages to be blacked out too, word for word.
    pub further: Vec<String>,
    /// Words that stay readable, because they tell of the person alone.
    pub keep: Vec<String>,
    /// Why passages of `further` are withheld, where that is not for the rights of other people.
    pub withheld: Option<String>,
}

/// What is blacked out.
pub(super) struct Black {
    own: Vec<Blind>,
    country: Country,
    /// Words that are known, and whether they name somebody else.
    words: BTreeMap<String, bool>,
    /// Passages that go wherever they stand.
    passages: BTreeSet<String>,
    me: store::Id,
    pub(super) withheld: Option<String>,
    pub(super) count: usize,
}

impl Black {
    pub(super) fn new(
        this: &Organisation,
        person: &Person,
        colleagues: &[String],
        cuts: &Cuts,
    ) -> Result<Self, Error> {
        let kept = person.kept(this)?;
        let mut words = BTreeMap::new();
        for name in colleagues {
            words.extend(folded(name).into_iter().map(|word| (word, true)));
        }
        for fields in kept.identities() {
            words.extend(names(&fields).into_iter().map(|word| (word, false)));
        }
        for word in cuts.keep.iter().flat_map(|text| folded(text)) {
            words.insert(word, false);
        }
        let told = |texts: &[String]| -> BTreeSet<String> {
            let texts = texts.iter().map(|text| text.trim());
            texts
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
                .collect()
        };
        Ok(Self {
            own: this.blinds_of_kept(&kept),
            country: person.row.country.parse().unwrap_or(this.country()),
            words,
            passages: told(&cuts.further),
            me: person.row.id,
            withheld: cuts.withheld.clone(),
            count: 0,
        })
    }

    /// The text without what tells of others.
    pub(super) fn out(
        &mut self,
        tx: &mut Tx<'_>,
        this: &Organisation,
        text: &str,
    ) -> Result<String, Error> {
        // Names first: a contact that is found brings its street, which goes too.
        for word in text.split(|c: char| !c.is_alphanumeric()) {
            self.learn(tx, this, word)?;
        }
        let mut text = text.to_owned();
        for passage in &self.passages {
            self.count += text.matches(passage.as_str()).count();
            text = text.replace(passage.as_str(), BAR);
        }
        let text = self.addresses(this, &text);
        let text = self.numbers(this, &text);
        Ok(self.names(&text))
    }

    /// Finds out whether a word is the name of another contact.
    fn learn(&mut self, tx: &mut Tx<'_>, this: &Organisation, word: &str) -> Result<(), Error> {
        if !word.chars().next().is_some_and(char::is_uppercase) || word.chars().count() < 3 {
            return Ok(());
        }
        for plain in folded(word) {
            if self.words.contains_key(&plain) {
                continue;
            }
            let hash = [this.sought_hash(&plain)];
            let found = store::word::contacts_with(tx, this.id(), &hash, None, LOOKED_AT)?;
            let mut named = false;
            for id in found {
                let other = match Person::load(tx, this, id) {
                    Ok(other) if other.row.id != self.me => other,
                    Ok(_) | Err(Error::Erased | Error::UnknownContact) => continue,
                    Err(error) => return Err(error),
                };
                let fields = other.fields(this)?;
                if names(&fields).contains(&plain) {
                    named = true;
                    self.passages
                        .extend(fields.street.filter(|street| street.len() > 5));
                    break;
                }
            }
            self.words.insert(plain, named);
        }
        Ok(())
    }

    fn is_own(&self, (kind, hash): Blind) -> bool {
        self.own
            .iter()
            .any(|(own, known)| *own == kind && *known == hash)
    }

    fn addresses(&mut self, this: &Organisation, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let stops = |c: char| c.is_whitespace() || "<>()[],;:\"„“".contains(c);
        for piece in text.split_inclusive(stops) {
            let end = piece.chars().next_back().filter(|c| stops(*c));
            let word = end.map_or(piece, |c| &piece[..piece.len() - c.len_utf8()]);
            let bare = word.trim_end_matches(['.', '!', '?']);
            let other =
                Email::parse(bare).is_ok_and(|email| !self.is_own(this.blind_email(&email)));
            if bare.contains('@') && other && self.words.get(bare) != Some(&false) {
                self.count += 1;
                out.push_str(BAR);
                out.push_str(&word[bare.len()..]);
            } else {
                out.push_str(word);
            }
            out.extend(end);
        }
        out
    }

    fn numbers(&mut self, this: &Organisation, text: &str) -> String {
        let belongs = |c: char| c.is_ascii_digit() || " /()-".contains(c);
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(['0', '+']) {
            let (before, from) = rest.split_at(at);
            out.push_str(before);
            let inside = before
                .chars()
                .next_back()
                .is_some_and(|c| c.is_alphanumeric() || c == '.');
            let end = from[1..]
                .find(|c| !belongs(c))
                .map_or(from.len(), |end| end + 1);
            let run = from[..end].trim_end_matches([' ', '(', '-', '/']);
            let digits = run.chars().filter(char::is_ascii_digit).count();
            let parsed = Phone::parse(run, self.country);
            let other = parsed.is_ok_and(|phone| !self.is_own(this.blind_phone(&phone)));
            let taken = if !inside && digits >= DIGITS && other {
                self.count += 1;
                out.push_str(BAR);
                run.len()
            } else {
                let digits = from[1..].find(|c: char| !c.is_ascii_digit());
                let taken = digits.map_or(from.len(), |end| end + 1);
                out.push_str(&from[..taken]);
                taken
            };
            rest = &from[taken..];
        }
        out.push_str(rest);
        out
    }

    fn names(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut word = String::new();
        for c in text.chars().chain(['\0']) {
            if c.is_alphanumeric() {
                word.push(c);
                continue;
            }
            let upper = word.chars().next().is_some_and(char::is_uppercase);
            let plain = normalise::letters(&word);
            if upper && self.words.get(plain.trim()) == Some(&true) {
                self.count += 1;
                out.push_str(BAR);
            } else {
                out.push_str(&word);
            }
            word.clear();
            if c != '\0' {
                out.push(c);
            }
        }
        out
    }
}

/// The words of a person's name.
fn names(fields: &Fields) -> Vec<String> {
    let names = [&fields.given_name, &fields.family_name];
    let words = names.into_iter().flatten().flat_map(|name| folded(name));
    // Particles such as "von" name nobody.
    words.filter(|word| word.chars().count() >= 3).collect()
}
