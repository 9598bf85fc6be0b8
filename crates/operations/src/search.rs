//! Finding contacts by words, though every name is sealed: of each word of a name, company and
//! town the keyed hashes of its first three and first six letters are kept. A word that is
//! searched for leads by the longer of them to few contacts, which are then looked at.

use store::contact::Which;
use store::word::Word;
use store::{Id, Tx};

use crate::browse::{ContactPage, line};
use crate::contact::{Fields, normalise};
use crate::person::{ContactRef, Person};
use crate::{Error, Organisation, words};

/// Fewest letters that are searched for.
const SHORTEST: usize = 3;
/// Letters of the longer beginning.
const LONGER: usize = 6;
/// Words that are searched for at once.
pub(crate) const MOST_WORDS: usize = 6;
/// Bytes of a hash that are kept.
const KEPT: usize = 8;
/// Contacts looked at for one page, so that a rare one can't make it slow; the next page goes on.
pub(crate) const LOOKED_AT: u32 = 2000;

/// Which contacts a list shows.
#[derive(Clone, Debug, Default)]
pub struct ContactFilter {
    /// Words of name, company and town, all of which have to be there; or a whole e-mail address,
    /// a number or an id.
    pub words: String,
    /// Country code.
    pub country: Option<String>,
    /// Kind of source, by its name.
    pub source: Option<String>,
    /// Whether the person was informed (GDPR Art. 13, 14).
    pub informed: Option<bool>,
    /// Whether the processing is restricted (GDPR Art. 18).
    pub restricted: Option<bool>,
}

/// What is searched for, in the form in which words are kept.
pub(crate) fn folded(text: &str) -> Vec<String> {
    let plain = normalise::letters(text);
    let mut words: Vec<String> = plain.split_whitespace().map(str::to_owned).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The words by which a contact is found.
fn words_of(fields: &Fields) -> Vec<String> {
    let texts = [
        &fields.given_name,
        &fields.family_name,
        &fields.company,
        &fields.city,
    ];
    let all: Vec<&str> = texts.into_iter().flatten().map(String::as_str).collect();
    folded(&all.join(" "))
}

fn beginning(word: &str, letters: usize) -> Option<&str> {
    let mut ends = word.char_indices().map(|(at, _)| at).chain([word.len()]);
    ends.nth(letters).map(|end| &word[..end])
}

impl Organisation {
    fn word_hash(&self, beginning: &str) -> Vec<u8> {
        self.index().blind("word", beginning.as_bytes())[..KEPT].to_vec()
    }

    /// The rows by which a contact with these fields is found.
    pub(crate) fn word_rows(&self, contact: Id, fields: &Fields) -> Vec<Word> {
        let mut hashes = Vec::new();
        for word in words_of(fields) {
            let short = beginning(&word, SHORTEST).unwrap_or(&word);
            hashes.push(self.word_hash(short));
            if word.len() > short.len() {
                hashes.push(self.word_hash(beginning(&word, LONGER).unwrap_or(&word)));
            }
        }
        hashes.sort_unstable();
        hashes.dedup();
        let row = |hash| Word {
            org: self.id(),
            hash,
            contact,
        };
        hashes.into_iter().map(row).collect()
    }

    /// The hash by which a searched word is looked up. A word of six letters or more is looked up
    /// by six; a shorter one by three, as it may be the beginning of a longer one.
    pub(crate) fn sought_hash(&self, word: &str) -> Vec<u8> {
        let longer = beginning(word, LONGER);
        self.word_hash(longer.or_else(|| beginning(word, SHORTEST)).unwrap_or(word))
    }

    /// At most `limit` contacts that fit, after the one with the id `after`.
    ///
    /// # Errors
    /// When `after` is no id, or the database can't be read.
    pub fn find_contacts(
        &self,
        filter: &ContactFilter,
        after: Option<&str>,
        limit: u32,
    ) -> Result<ContactPage, Error> {
        let after = match after {
            Some(text) => Some(text.parse::<Id>().map_err(|_| Error::ContactText)?),
            None => None,
        };
        let which = Which {
            country: filter.country.clone(),
            source_kind: filter.source.as_deref().and_then(words::source_named),
            kind: None,
            informed: filter.informed,
            restricted: filter.restricted,
        };
        let sought = filter.words.trim();
        if sought.is_empty() {
            return self.listed(&which, after, limit);
        }
        if let Some(named) = address(sought) {
            return self.named(&named, &which);
        }
        self.with_words(&folded(sought), &which, after, limit)
    }

    fn listed(&self, which: &Which, after: Option<Id>, limit: u32) -> Result<ContactPage, Error> {
        self.store().read(|tx| {
            let rows = store::contact::list_of(tx, self.id(), which, after, limit)?;
            let full = rows.len() == usize::try_from(limit).unwrap_or(usize::MAX);
            let next = rows.last().filter(|_| full).map(|row| row.id.to_string());
            let lines = rows.iter().map(|row| {
                let person = Person::load(tx, self, row.id)?;
                line(self, &person, &person.fields(self)?)
            });
            Ok(ContactPage {
                lines: lines.collect::<Result<_, Error>>()?,
                next,
            })
        })
    }

    /// Everybody who has the address or number.
    fn named(&self, named: &ContactRef, which: &Which) -> Result<ContactPage, Error> {
        self.store().read(|tx| {
            let ids = match named {
                ContactRef::Id(id) => vec![*id],
                ContactRef::Email(email) => Person::ids_with(tx, self, self.blind_email(email))?,
                ContactRef::Phone(phone) => Person::ids_with(tx, self, self.blind_phone(phone))?,
            };
            let mut lines = Vec::new();
            for id in ids {
                match Person::load(tx, self, id) {
                    Ok(person) if which.has(&person.row) => {
                        lines.push(line(self, &person, &person.fields(self)?)?);
                    }
                    Ok(_) | Err(Error::UnknownContact | Error::Erased) => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(ContactPage { lines, next: None })
        })
    }

    fn with_words(
        &self,
        words: &[String],
        which: &Which,
        after: Option<Id>,
        limit: u32,
    ) -> Result<ContactPage, Error> {
        let mut words: Vec<_> = words.iter().take(MOST_WORDS).collect();
        // The longest first: it leads to the fewest.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let hashes: Vec<_> = words.iter().map(|word| self.sought_hash(word)).collect();
        self.store().read(|tx| {
            let ids = store::word::contacts_with(tx, self.id(), &hashes, after, LOOKED_AT)?;
            let more = ids.len() == LOOKED_AT as usize;
            let last = ids.last().copied().filter(|_| more);
            let mut lines = Vec::new();
            for id in ids {
                let person = Person::load(tx, self, id)?;
                if !which.has(&person.row) {
                    continue;
                }
                let fields = person.fields(self)?;
                let there = words_of(&fields);
                let fits = |word: &&String| there.iter().any(|own| own.starts_with(word.as_str()));
                if !words.iter().all(fits) {
                    continue;
                }
                if lines.len() == limit as usize {
                    let next = lines
                        .last()
                        .map(|line: &crate::browse::ContactLine| line.id.clone());
                    return Ok(ContactPage { lines, next });
                }
                lines.push(line(self, &person, &fields)?);
            }
            Ok(ContactPage {
                lines,
                next: last.map(|id| id.to_string()),
            })
        })
    }

    /// Adds the words and companies of contacts from an installation that kept none. Returns how
    /// many contacts were looked at; call it until it is none.
    ///
    /// # Errors
    /// When the database can't be read or written.
    pub fn index_words(&self, after: &mut Option<String>, limit: u32) -> Result<u64, Error> {
        let start = match after.as_deref() {
            Some(text) => Some(text.parse::<Id>().map_err(|_| Error::ContactText)?),
            None => None,
        };
        let (lacking, last, looked) = self.store().read(|tx| {
            let contacts = store::contact::list(tx, self.id(), start, limit)?;
            let last = contacts.last().map(|row| row.id);
            let mut lacking = Vec::new();
            for row in contacts.iter().filter(|row| row.is_present()) {
                if !store::word::any_of(tx, self.id(), row.id)?
                    || !store::company::any_of(tx, self.id(), row.id)?
                {
                    lacking.push(row.id);
                }
            }
            Ok::<_, Error>((lacking, last, contacts.len() as u64))
        })?;
        *after = last.map(|id| id.to_string()).or(after.take());
        if !lacking.is_empty() {
            let this = self.clone();
            self.store()
                .write(move |tx| this.index_contacts(tx, &lacking))?;
        }
        Ok(looked)
    }

    /// Adds words and companies. Whoever was erased meanwhile gets none: the row is read anew,
    /// and nobody else changes it until this is saved.
    fn index_contacts(&self, tx: &mut Tx<'_>, contacts: &[Id]) -> Result<(), Error> {
        let (mut words, mut companies) = (Vec::new(), Vec::new());
        for id in contacts {
            let row = store::contact::get_to_change(tx, self.id(), *id)?;
            if row.is_some_and(|row| row.is_present()) {
                let fields = Person::load(tx, self, *id)?.fields(self)?;
                words.extend(self.word_rows(*id, &fields));
                companies.extend(self.company_row(*id, &fields));
            }
        }
        store::word::insert(tx, &words)?;
        store::company::insert(tx, &companies)?;
        Ok(())
    }
}

/// What is sought, if it is an id, a whole address or a number.
fn address(sought: &str) -> Option<ContactRef> {
    let digits = sought.chars().filter(char::is_ascii_digit).count();
    let is_number = digits >= 5 && !sought.chars().any(char::is_alphabetic);
    let is_id = sought.len() == 32 && sought.chars().all(|c| c.is_ascii_hexdigit());
    if sought.contains('@') || is_number || is_id {
        sought.parse().ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_as_germans_write_and_search_them() {
        assert_eq!(
            folded("Müller-Lüdenscheidt GmbH & Co. KG"),
            ["co", "gmbh", "kg", "luedenscheidt", "mueller"]
        );
        assert_eq!(folded("Mueller"), folded("MÜLLER"));
        assert_eq!(folded("Café Été"), ["cafe", "ete"]);
        assert_eq!(folded("Groß"), folded("Gross"));
        assert!(folded(" - & ").is_empty());
    }

    #[test]
    fn beginnings_count_letters_not_bytes() {
        assert_eq!(beginning("łódź", 3), Some("łód"));
        assert_eq!(beginning("ab", 3), None);
        assert_eq!(beginning("abc", 3), Some("abc"));
    }

    #[test]
    fn an_address_is_told_from_words() {
        assert!(address("anna@muster.example").is_some());
        assert!(address("0641 123456").is_some());
        assert!(address("Müller 2026").is_none());
        assert!(address("35037").is_none_or(|found| matches!(found, ContactRef::Phone(_))));
    }
}
