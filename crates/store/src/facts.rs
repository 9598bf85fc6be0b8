//! All that a decision about a contact needs, read together.

use std::collections::HashMap;

use crate::block_list::{IN_FORCE, LISTED, Listed};
use crate::circumstance::Circumstance;
use crate::consent::Consent;
use crate::contact::{self, Contact};
use crate::hold::Hold;
use crate::objection::Objection;
use crate::overrule::Overrule;
use crate::record::{self, Record, blobs};
use crate::sale::Sale;
use crate::suppression::Suppression;
use crate::value::bind;
use crate::{Id, StoreError, Tx};

/// A contact and everything known about it that bears on a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The contact itself.
    pub contact: Contact,
    /// Its consents, in whatever state.
    pub consents: Vec<Consent>,
    /// Its objections.
    pub objections: Vec<Objection>,
    /// Blocks on one of its hashes, whoever had the address then.
    pub suppressions: Vec<Suppression>,
    /// Lists that one of its addresses or numbers stands on.
    pub listed: Vec<Listed>,
    /// What it bought.
    pub sales: Vec<Sale>,
    /// Circumstances from which consent to a call may be presumed.
    pub circumstances: Vec<Circumstance>,
    /// Decisions of people against a refusal.
    pub overrules: Vec<Overrule>,
    /// Duties to keep its data.
    pub holds: Vec<Hold>,
}

/// Which contacts are read.
#[derive(Clone, Copy)]
enum Which<'a> {
    Ids(&'a [Id]),
    Range(Id, Id),
}

/// The facts about one contact.
pub fn get(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<Option<Facts>, StoreError> {
    Ok(get_many(tx, org, &[contact])?.into_iter().next())
}

/// The facts about some contacts, in the order of their identifiers and each once; missing ones
/// are left out.
pub fn get_many(tx: &mut Tx<'_>, org: Id, contacts: &[Id]) -> Result<Vec<Facts>, StoreError> {
    let mut ids = contacts.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let mut found = contact::get_many(tx, org, &ids)?;
    found.sort_unstable_by_key(|contact| contact.id);
    gather(tx, org, found, Which::Ids(&ids))
}

/// The facts about at most `limit` contacts, in the order of their identifiers, after `after`.
/// Fewer than `limit` means that these are the last.
pub fn page(
    tx: &mut Tx<'_>,
    org: Id,
    after: Option<Id>,
    limit: u32,
) -> Result<Vec<Facts>, StoreError> {
    let found = contact::list(tx, org, after, limit)?;
    let (Some(first), Some(last)) = (found.first(), found.last()) else {
        return Ok(Vec::new());
    };
    let range = Which::Range(first.id, last.id);
    gather(tx, org, found, range)
}

/// Calls `each` with the facts about every contact, in the order of their identifiers, reading
/// `limit` contacts at a time.
pub fn for_each<E: From<StoreError>>(
    tx: &mut Tx<'_>,
    org: Id,
    limit: u32,
    mut each: impl FnMut(Facts) -> Result<(), E>,
) -> Result<(), E> {
    let mut after = None;
    loop {
        let page = page(tx, org, after, limit)?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = Some(last.contact.id);
        page.into_iter().try_for_each(&mut each)?;
    }
}

fn gather(
    tx: &mut Tx<'_>,
    org: Id,
    contacts: Vec<Contact>,
    which: Which<'_>,
) -> Result<Vec<Facts>, StoreError> {
    let mut consents = by_contact(read::<Consent>(tx, org, which)?, |row| row.contact);
    let mut objections = by_contact(read::<Objection>(tx, org, which)?, |row| row.contact);
    let mut sales = by_contact(read::<Sale>(tx, org, which)?, |row| row.contact);
    let mut circumstances = by_contact(read::<Circumstance>(tx, org, which)?, |row| row.contact);
    let mut overrules = by_contact(read::<Overrule>(tx, org, which)?, |row| row.contact);
    let mut holds = by_contact(read::<Hold>(tx, org, which)?, |row| row.contact);
    let mut blocks = by_contact(suppressions(tx, org, which)?, |(contact, _)| *contact);
    let mut listed = by_contact(on_lists(tx, org, which)?, |(contact, _)| *contact);
    Ok(contacts
        .into_iter()
        .map(|contact| {
            let id = contact.id;
            let blocks = blocks.remove(&id).unwrap_or_default();
            let listed = listed.remove(&id).unwrap_or_default();
            Facts {
                contact,
                consents: consents.remove(&id).unwrap_or_default(),
                objections: objections.remove(&id).unwrap_or_default(),
                suppressions: blocks.into_iter().map(|(_, block)| block).collect(),
                listed: listed.into_iter().map(|(_, listed)| listed).collect(),
                sales: sales.remove(&id).unwrap_or_default(),
                circumstances: circumstances.remove(&id).unwrap_or_default(),
                overrules: overrules.remove(&id).unwrap_or_default(),
                holds: holds.remove(&id).unwrap_or_default(),
            }
        })
        .collect())
}

fn read<R: Record>(tx: &mut Tx<'_>, org: Id, which: Which<'_>) -> Result<Vec<R>, StoreError> {
    match which {
        Which::Ids(ids) => record::of_contacts(tx, org, ids),
        Which::Range(first, last) => record::of_range(tx, org, first, last),
    }
}

fn by_contact<R>(rows: Vec<R>, contact: impl Fn(&R) -> Id) -> HashMap<Id, Vec<R>> {
    let mut map: HashMap<Id, Vec<R>> = HashMap::new();
    for row in rows {
        map.entry(contact(&row)).or_default().push(row);
    }
    map
}

const BLOCKS: &str = "SELECT s.org, s.hash, s.kind, s.channels, s.since, s.reason, l.contact \
     FROM lookup l JOIN suppression s ON s.org = l.org AND s.hash = l.hash AND s.kind = l.kind \
     WHERE l.org = ?1 AND ";

fn suppressions(
    tx: &mut Tx<'_>,
    org: Id,
    which: Which<'_>,
) -> Result<Vec<(Id, Suppression)>, StoreError> {
    let read = |row: &crate::value::Row<'_>| Ok((row.get(6)?, Suppression::read(row)?));
    match which {
        Which::Ids(ids) => {
            let sql = format!("{BLOCKS} l.contact = ANY(?2)");
            tx.rows_of_many(&sql, &bind![org], &blobs(ids), read)
        }
        Which::Range(first, last) => {
            let sql = format!("{BLOCKS} l.contact >= ?2 AND l.contact <= ?3");
            tx.rows(&sql, &bind![org, first, last], read)
        }
    }
}

fn on_lists(tx: &mut Tx<'_>, org: Id, which: Which<'_>) -> Result<Vec<(Id, Listed)>, StoreError> {
    let sql = format!(
        "SELECT {LISTED}, l.contact FROM lookup l JOIN blocked b \
         ON b.org = l.org AND b.hash = l.hash AND b.kind = l.kind {IN_FORCE} WHERE l.org = ?1 AND "
    );
    let read = |row: &crate::value::Row<'_>| Ok((row.get(7)?, Listed::read(row)?));
    match which {
        Which::Ids(ids) => {
            let sql = format!("{sql} l.contact = ANY(?2)");
            tx.rows_of_many(&sql, &bind![org], &blobs(ids), read)
        }
        Which::Range(first, last) => {
            let sql = format!("{sql} l.contact >= ?2 AND l.contact <= ?3");
            tx.rows(&sql, &bind![org, first, last], read)
        }
    }
}
