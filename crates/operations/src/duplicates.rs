//! Contacts that may be the same person: they share an e-mail address, a number, or name and postal
//! address.

use store::lookup::Shared;
use store::{Hash, Id, Tx};

use crate::browse::{ContactLine, line};
use crate::person::{ContactRef, LookupKind, Person};
use crate::state::hex;
use crate::{Error, Organisation};

/// Contacts of one group that are shown.
const SHOWN: usize = 10;

/// What contacts have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SharedBy {
    /// An e-mail address.
    Email,
    /// A telephone or fax number. Colleagues often share one.
    Phone,
    /// A name with its postal address.
    Postal,
}

impl SharedBy {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Email, Self::Phone, Self::Postal];

    const fn kind(self) -> LookupKind {
        match self {
            Self::Email => LookupKind::Email,
            Self::Phone => LookupKind::Phone,
            Self::Postal => LookupKind::Postal,
        }
    }

    fn of(kind: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.kind() as i16 == kind)
    }
}

/// Contacts that may be the same person.
#[derive(Clone, Debug)]
pub struct DuplicateGroup {
    /// What they have in common.
    pub by: Vec<SharedBy>,
    /// The contacts, in the order in which they were taken in.
    pub lines: Vec<ContactLine>,
    /// How many there are besides.
    pub more: u64,
}

/// A part of the list.
#[derive(Clone, Debug)]
pub struct DuplicatePage {
    /// The groups. A pair that shares two things may stand on two pages.
    pub groups: Vec<DuplicateGroup>,
    /// What the next part begins after; `None` at the end.
    pub next: Option<String>,
}

impl Organisation {
    /// Other contacts that may be the same person: they share an address or number. By id.
    ///
    /// # Errors
    /// When there is no such contact.
    pub fn duplicates_of(&self, contact: &ContactRef) -> Result<Vec<ContactLine>, Error> {
        self.store().read(|tx| {
            let person = Person::find(tx, self, contact)?;
            let own = store::lookup::of_contact(tx, self.id(), person.row.id)?;
            let hashes: Vec<_> = own.iter().map(|row| row.hash).collect();
            let mut ids = holders(tx, self, &hashes, None)?;
            ids.retain(|id| *id != person.row.id);
            lines(tx, self, &ids)
        })
    }

    /// Groups of contacts that share one thing, or any, after `after`, which an earlier part named.
    /// At most `limit` shared things are looked at.
    ///
    /// # Errors
    /// When `after` was not named by an earlier part, or the database can't be read.
    pub fn duplicates(
        &self,
        by: Option<SharedBy>,
        after: Option<&str>,
        limit: u32,
    ) -> Result<DuplicatePage, Error> {
        let after = after.map(place).transpose()?;
        let kind = by.map(|by| by.kind() as i16);
        self.store().read(|tx| {
            let shared = store::lookup::shared(tx, self.id(), kind, after, limit)?;
            let full = shared.len() == usize::try_from(limit).unwrap_or(usize::MAX);
            let next = shared.last().filter(|_| full);
            let mut groups: Vec<(Vec<Id>, Vec<SharedBy>)> = Vec::new();
            for one in &shared {
                let Some(by) = SharedBy::of(one.kind) else {
                    continue;
                };
                let ids = holders(tx, self, &[one.hash], Some(one.kind))?;
                match groups.iter_mut().find(|(known, _)| *known == ids) {
                    Some((_, reasons)) if reasons.contains(&by) => {}
                    Some((_, reasons)) => reasons.push(by),
                    None => groups.push((ids, vec![by])),
                }
            }
            let mut page = Vec::with_capacity(groups.len());
            for (ids, by) in groups {
                let shown = &ids[..ids.len().min(SHOWN)];
                page.push(DuplicateGroup {
                    by,
                    lines: lines(tx, self, shown)?,
                    more: (ids.len() - shown.len()) as u64,
                });
            }
            Ok(DuplicatePage {
                groups: page,
                next: next.map(|last| format!("{}-{}", last.kind, hex(&last.hash))),
            })
        })
    }
}

/// Who has one of these hashes, each once.
fn holders(
    tx: &mut Tx<'_>,
    this: &Organisation,
    hashes: &[Hash],
    kind: Option<i16>,
) -> Result<Vec<Id>, Error> {
    let rows = store::lookup::find(tx, this.id(), hashes)?;
    let of_kind = rows
        .into_iter()
        .filter(|row| kind.is_none_or(|kind| kind == row.kind));
    let mut ids: Vec<_> = of_kind.map(|row| row.contact).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

fn lines(tx: &mut Tx<'_>, this: &Organisation, ids: &[Id]) -> Result<Vec<ContactLine>, Error> {
    ids.iter()
        .map(|id| {
            let person = Person::load(tx, this, *id)?;
            line(this, &person, &person.fields(this)?)
        })
        .collect()
}

/// What a part begins after: a kind and the two halves of a hash.
fn place(text: &str) -> Result<Shared, Error> {
    let (kind, hash) = text.split_once('-').ok_or(Error::ContactText)?;
    let (front, back) = hash.split_at_checked(32).ok_or(Error::ContactText)?;
    let half = |text: &str| text.parse::<Id>().map_err(|_| Error::ContactText);
    let mut bytes = [0; 32];
    bytes[..16].copy_from_slice(&half(front)?.0);
    bytes[16..].copy_from_slice(&half(back)?.0);
    Ok(Shared {
        hash: bytes,
        kind: kind.parse().map_err(|_| Error::ContactText)?,
    })
}
