//! Lists of addresses and numbers that must not be advertised to, taken in and removed as a whole: the
//! organisation's own, a Robinson list, the ECG list. They are the list's alone: objections and
//! suppressions of people stay apart, and stay when a list goes.

mod again;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use law::facts::BlockList;
use law::{Channel, ChannelSet};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::{Hash, Id, StoreError, Tx};

use crate::contact::{Email, Phone};
use crate::installation::new_id;
use crate::log::append::{self, Kind};
use crate::person::{Blind, LookupKind};
use crate::{Act, Error, Organisation, state, words};

pub(crate) use again::{TakenList, TakenRow, take_again, taken};

/// A list to take in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBlockList {
    /// What people call it; a list of the same name takes its place.
    pub name: String,
    /// Where it comes from.
    pub kind: BlockList,
    /// The day whose state it has.
    pub as_of: Date,
    /// How many addresses and numbers may be blocked no more, since the list of this name has them and
    /// the new one does not: what the person was told and agreed to.
    pub frees: u64,
}

/// What a list held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Blocked {
    /// E-mail addresses.
    pub addresses: u64,
    /// Telephone numbers.
    pub numbers: u64,
    /// Cells that look like one of them and can't be read; they are not blocked.
    pub unreadable: u64,
    /// Whether it took the place of a list of the same name.
    pub replaced: bool,
    /// Addresses and numbers that are blocked no more, since only the list that it replaced had them.
    pub freed: u64,
}

/// A list that is in force.
#[derive(Clone, Debug)]
pub struct BlockListView {
    /// Its id.
    pub id: Id,
    /// What people call it.
    pub name: String,
    /// Where it comes from.
    pub kind: BlockList,
    /// The day whose state it has.
    pub as_of: Date,
    /// When it was taken in.
    pub taken_at: Timestamp,
    /// Which account took it in.
    pub taken_by: String,
    /// E-mail addresses on it.
    pub addresses: u64,
    /// Telephone numbers on it.
    pub numbers: u64,
    /// What could not be read and is not blocked.
    pub unreadable: u64,
}

/// What is stopped by one list alone, and so by nothing once that is removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frees {
    /// Addresses and numbers.
    pub entries: u64,
    /// Contacts on record who have one of them.
    pub contacts: u64,
}

/// Largest list, in bytes.
pub const MAX_LIST_BYTES: usize = 20 * 1024 * 1024;
/// Addresses written in one transaction.
const AT_ONCE: usize = 5_000;
/// Addresses read at once.
const PAGE: u32 = 5_000;
/// No list takes as long to be taken in.
const LEFT_OVER: SignedDuration = SignedDuration::from_hours(24);

/// The channels for which an address or number of this kind is blocked.
pub(crate) fn channels(kind: i16) -> ChannelSet {
    if kind == LookupKind::Email as i16 {
        return ChannelSet::of(Channel::Email);
    }
    let all = Channel::ALL.into_iter();
    all.filter(|channel| channel.reaches_a_telephone())
        .collect()
}

/// SHA-256 over everything on a list.
pub(crate) fn digest(tx: &mut Tx<'_>, org: Id, list: Id) -> Result<Hash, Error> {
    let mut hasher = Sha256::new();
    let mut after = None;
    loop {
        let rows = store::block_list::rows(tx, org, list, after, PAGE)?;
        let Some(end) = rows.last() else {
            return Ok(hasher.finalize().into());
        };
        after = Some((end.kind, end.hash));
        for row in &rows {
            hasher.update(row.kind.to_be_bytes());
            hasher.update(row.hash);
            hasher.update(row.since.to_string());
        }
    }
}

impl BlockListView {
    fn of(row: store::block_list::BlockList) -> Result<Self, Error> {
        let count = |number: i64| u64::try_from(number).unwrap_or_default();
        Ok(Self {
            id: row.id,
            kind: words::block_list(row.kind)?,
            name: row.name,
            as_of: row.as_of,
            taken_at: row.taken_at,
            taken_by: row.taken_by,
            addresses: count(row.addresses),
            numbers: count(row.numbers),
            unreadable: count(row.unreadable),
        })
    }
}

impl Organisation {
    /// Blocks every e-mail address and telephone number of a list, for advertising by mail and by
    /// telephone, as long as the list is there. Other cells, such as names and headings, are passed
    /// over. A list of the same name goes; who stood on it too is blocked since then.
    ///
    /// # Errors
    /// [`Error::BlockListName`]; [`Error::Future`] if the list is of a later day; [`Error::Empty`] if
    /// it holds neither address nor number; [`Error::BlockListConflict`] if somebody else takes in a
    /// list of this name at the same time; [`Error::BlockListKind`] and [`Error::BlockListOlder`] if the
    /// one in force is of another kind or a later day; [`Error::BlockListFrees`] if more is freed than
    /// was agreed to.
    pub fn take_block_list(
        &self,
        list: &[u8],
        new: &NewBlockList,
        act: &Act,
    ) -> Result<Blocked, Error> {
        let name = new.name.trim();
        let length = name.chars().count();
        if length == 0 || length > 100 || name.chars().any(char::is_control) {
            return Err(Error::BlockListName);
        }
        if new.as_of > act.today {
            return Err(Error::Future(new.as_of));
        }
        let (mut blocked, blinds) = self.read_blocked(list);
        if blinds.is_empty() {
            return Err(Error::Empty("the list"));
        }
        let id = new_id(act.at)?;
        // Written in parts, so that nobody waits long; none of it counts before the list itself is
        // there.
        for some in blinds.chunks(AT_ONCE) {
            let org = self.id();
            let row = |(kind, hash): &Blind| store::block_list::Blocked {
                org,
                list: id,
                kind: *kind as i16,
                hash: *hash,
                since: new.as_of,
            };
            let rows: Vec<_> = some.iter().map(row).collect();
            self.store()
                .write(move |tx| store::block_list::add(tx, &rows))?;
        }
        let (this, by, agreed) = (self.clone(), act.clone(), new.frees);
        let row = store::block_list::BlockList {
            org: self.id(),
            id,
            name: name.to_owned(),
            kind: words::block_list_number(new.kind),
            as_of: new.as_of,
            taken_at: act.at,
            taken_by: act.by.clone(),
            addresses: count(blocked.addresses),
            numbers: count(blocked.numbers),
            unreadable: count(blocked.unreadable),
            sha256: Vec::new(),
            entry_seq: 0,
        };
        let put = self
            .store()
            .write(move |tx| put(tx, &this, row.clone(), agreed, &by));
        let freed = match put {
            Ok(freed) => freed,
            Err(error) => {
                let org = self.id();
                self.store()
                    .write(move |tx| store::block_list::remove_rows(tx, org, id))?;
                return Err(match error {
                    Error::Store(StoreError::Duplicate) => Error::BlockListConflict,
                    other => other,
                });
            }
        };
        blocked.replaced = freed.is_some();
        blocked.freed = freed.unwrap_or_default();
        self.sequence(act.at)?;
        Ok(blocked)
    }

    /// Every list in force, by name.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn block_lists(&self) -> Result<Vec<BlockListView>, Error> {
        self.store().read(|tx| {
            let rows = store::block_list::list(tx, self.id())?;
            rows.into_iter().map(BlockListView::of).collect()
        })
    }

    /// A list, and what would be blocked no more without it.
    ///
    /// # Errors
    /// [`Error::UnknownBlockList`].
    pub fn block_list(&self, id: Id) -> Result<(BlockListView, Frees), Error> {
        self.store().read(|tx| {
            let row = store::block_list::get(tx, self.id(), id)?;
            let row = row.ok_or(Error::UnknownBlockList)?;
            Ok((BlockListView::of(row)?, frees(tx, self, id, None)?))
        })
    }

    /// Removes a list as a whole. Objections and suppressions of people stay. Returns what is blocked
    /// no more.
    ///
    /// # Errors
    /// [`Error::UnknownBlockList`].
    pub fn remove_block_list(&self, id: Id, act: &Act) -> Result<Frees, Error> {
        let (this, by) = (self.clone(), act.clone());
        let freed = self.store().write(move |tx| -> Result<_, Error> {
            let row = store::block_list::get_to_change(tx, this.id(), id)?;
            let row = row.ok_or(Error::UnknownBlockList)?;
            let freed = frees(tx, &this, id, None)?;
            store::block_list::remove(tx, this.id(), id)?;
            let what = json!({
                "gone": [state::block_list(&row)],
                "removed": id.to_string(),
                "name": row.name,
                "kind": words::block_list(row.kind)?.name(),
                "as_of": row.as_of,
                "addresses": row.addresses,
                "numbers": row.numbers,
                "freed": freed.entries,
            });
            append::clear(tx, &this, &by, Kind::BlockListRemoved, what)?;
            Ok(freed)
        })?;
        self.sequence(act.at)?;
        Ok(freed)
    }

    /// What can be blocked, each once. Addresses and numbers are ASCII in every encoding that lists
    /// come in.
    fn read_blocked(&self, list: &[u8]) -> (Blocked, Vec<Blind>) {
        let text = String::from_utf8_lossy(list);
        let cells = text.split([';', ',', '\t', '\n', '\r']);
        let cells = cells.map(|cell| cell.trim().trim_matches(['"', '\'', '<', '>']).trim());
        let mut blocked = Blocked::default();
        let (mut emails, mut phones) = (Vec::new(), Vec::new());
        for cell in cells {
            if cell.contains('@') {
                match Email::parse(cell) {
                    Ok(email) => emails.push(self.blind_email(&email)),
                    Err(_) => blocked.unreadable += 1,
                }
            } else if is_number(cell) {
                match Phone::parse(cell, self.country()) {
                    Ok(phone) => phones.push(self.blind_phone(&phone)),
                    Err(_) => blocked.unreadable += 1,
                }
            }
        }
        for blinds in [&mut emails, &mut phones] {
            blinds.sort_unstable_by_key(|(kind, hash)| (*kind as i16, *hash));
            blinds.dedup();
        }
        blocked.addresses = emails.len() as u64;
        blocked.numbers = phones.len() as u64;
        emails.append(&mut phones);
        (blocked, emails)
    }
}

fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// What a list alone blocks, also once `next` takes its place.
fn frees(tx: &mut Tx<'_>, this: &Organisation, id: Id, next: Option<Id>) -> Result<Frees, Error> {
    let (entries, contacts) = store::block_list::blocks_alone(tx, this.id(), id, next)?;
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    Ok(Frees {
        entries: count(entries),
        contacts: count(contacts),
    })
}

/// Puts a list in force whose rows are there. Says what is freed if it took the place of another.
fn put(
    tx: &mut Tx<'_>,
    this: &Organisation,
    mut row: store::block_list::BlockList,
    agreed: u64,
    act: &Act,
) -> Result<Option<u64>, Error> {
    let org = this.id();
    let before = store::block_list::named(tx, org, &row.name)?.map(|old| old.id);
    let before = match before {
        Some(id) => store::block_list::get_to_change(tx, org, id)?,
        None => None,
    };
    let mut freed = None;
    if let Some(before) = &before {
        if before.kind != row.kind {
            return Err(Error::BlockListKind);
        }
        if before.as_of > row.as_of {
            return Err(Error::BlockListOlder(before.as_of));
        }
        let gone = frees(tx, this, before.id, Some(row.id))?;
        if gone.entries > agreed {
            return Err(Error::BlockListFrees(gone));
        }
        freed = Some(gone.entries);
        store::block_list::keep_days(tx, org, row.id, before.id)?;
        store::block_list::remove(tx, org, before.id)?;
    }
    store::block_list::remove_left_over(tx, org, oldest(act.at - LEFT_OVER))?;
    row.sha256 = digest(tx, org, row.id)?.to_vec();
    let mut what = entry_of(&row, before.as_ref())?;
    what["freed"] = json!(freed);
    row.entry_seq = append::clear(tx, this, act, Kind::BlockListTaken, what)?;
    store::block_list::insert(tx, &row)?;
    Ok(freed)
}

/// What evidence says of a list that takes the place of `before`.
fn entry_of(
    row: &store::block_list::BlockList,
    before: Option<&store::block_list::BlockList>,
) -> Result<Value, Error> {
    Ok(json!({
        "row": state::block_list(row),
        "name": row.name,
        "kind": words::block_list(row.kind)?.name(),
        "as_of": row.as_of,
        "addresses": row.addresses,
        "numbers": row.numbers,
        "unreadable": row.unreadable,
        "gone": before.into_iter().map(state::block_list).collect::<Vec<_>>(),
        "removed": before.map(|old| old.id.to_string()),
    }))
}

/// The least identifier that is made at this moment.
fn oldest(at: Timestamp) -> Id {
    let millis = u64::try_from(at.as_millisecond()).unwrap_or_default();
    let mut bytes = [0; 16];
    bytes[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
    Id(bytes)
}

/// Whether a cell is meant as a telephone number: a postal code has fewer digits.
fn is_number(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let written = |c: char| c.is_ascii_digit() || " +()-/.".contains(c);
    digits >= 7 && cell.chars().all(written)
}

#[cfg(test)]
mod tests {
    use super::is_number;

    #[test]
    fn a_number_is_told_from_a_postal_code_and_a_name() {
        assert!(is_number("+49 (711) 555-0101") && is_number("0711/5550101"));
        assert!(!is_number("70173") && !is_number("Firma 1234567"));
    }
}
