//! Lists that were taken in after a backup, as a restore takes them in again.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::block_list::{BlockList, Blocked};
use store::{Id, Tx};

use super::{AT_ONCE, PAGE, digest, entry_of};
use crate::log::append::{self, Kind};
use crate::{Act, Error, Organisation, state};

/// A list as the journal of backups knows it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct TakenList {
    id: String,
    name: String,
    kind: i16,
    as_of: Date,
    taken_at: Timestamp,
    taken_by: String,
    addresses: i64,
    numbers: i64,
    unreadable: i64,
}

/// An address or number on it: its kind, its keyed hash in hexadecimal digits, and since when.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct TakenRow(i16, String, Date);

/// The list that the entry with this number took in, if it is still in force, with everything on it.
pub(crate) fn taken(
    tx: &mut Tx<'_>,
    this: &Organisation,
    entry: i64,
) -> Result<Option<(TakenList, Vec<TakenRow>)>, Error> {
    let lists = store::block_list::list(tx, this.id())?;
    let Some(list) = lists.into_iter().find(|list| list.entry_seq == entry) else {
        return Ok(None);
    };
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let rows = store::block_list::rows(tx, this.id(), list.id, after, PAGE)?;
        let Some(end) = rows.last() else {
            break;
        };
        after = Some((end.kind, end.hash));
        let rows = rows.iter();
        all.extend(rows.map(|row| TakenRow(row.kind, state::hex(&row.hash), row.since)));
    }
    let list = TakenList {
        id: list.id.to_string(),
        name: list.name,
        kind: list.kind,
        as_of: list.as_of,
        taken_at: list.taken_at,
        taken_by: list.taken_by,
        addresses: list.addresses,
        numbers: list.numbers,
        unreadable: list.unreadable,
    };
    Ok(Some((list, all)))
}

/// Takes in a list again that is not there; `false` if it is. One of the same name goes, as it did.
pub(crate) fn take_again(
    tx: &mut Tx<'_>,
    this: &Organisation,
    list: &TakenList,
    rows: &[TakenRow],
    act: &Act,
) -> Result<bool, Error> {
    let org = this.id();
    let id: Id = list.id.parse().map_err(|_| Error::Stored("journal"))?;
    if store::block_list::get(tx, org, id)?.is_some() {
        return Ok(false);
    }
    for some in rows.chunks(AT_ONCE) {
        let rows = some.iter().map(|row| row.stored(org, id));
        let rows = rows.collect::<Option<Vec<_>>>();
        store::block_list::add(tx, &rows.ok_or(Error::Stored("journal"))?)?;
    }
    let before = store::block_list::named(tx, org, &list.name)?;
    if let Some(before) = &before {
        store::block_list::remove(tx, org, before.id)?;
    }
    let mut row = BlockList {
        org,
        id,
        name: list.name.clone(),
        kind: list.kind,
        as_of: list.as_of,
        taken_at: list.taken_at,
        taken_by: list.taken_by.clone(),
        addresses: list.addresses,
        numbers: list.numbers,
        unreadable: list.unreadable,
        sha256: digest(tx, org, id)?.to_vec(),
        entry_seq: 0,
    };
    let mut what = entry_of(&row, before.as_ref())?;
    what["reapplied"] = json!(true);
    row.entry_seq = append::clear(tx, this, act, Kind::BlockListTaken, what)?;
    store::block_list::insert(tx, &row)?;
    Ok(true)
}

impl TakenRow {
    fn stored(&self, org: Id, list: Id) -> Option<Blocked> {
        Some(Blocked {
            org,
            list,
            kind: self.0,
            hash: hex::decode(&self.1).ok()?.try_into().ok()?,
            since: self.2,
        })
    }
}
