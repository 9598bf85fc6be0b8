//! Keys that are in the backup's log and not in the file of keys: whoever they stood for was erased, or a
//! form or a request has ended. The file of keys is the newer one, so it is right, and an entry says so.

use law::ChannelSet;
use serde_json::{Map, json};
use store::suppression::Suppression;
use store::{Id, Tx};

use super::reapply::erase;
use crate::log::append::{self, Kind};
use crate::person::{LookupKind, Person};
use crate::verify::ended_without_entry;
use crate::words::SuppressedFor;
use crate::{Act, Error, Organisation, lead_form, request};

/// Submissions that are looked through in one transaction.
const PAGE: u32 = 500;

/// Ends what has no key; returns how many contacts were erased by that.
pub(super) fn end(this: &Organisation, act: &Act) -> Result<u64, Error> {
    end_forms(this, act)?;
    request::remove_without_key(this, act)?;
    let mut erased = 0;
    for whose in this.store().read(|tx| ended_without_entry(tx, this))? {
        let (here, by) = (this.clone(), act.clone());
        erased += this
            .store()
            .write(move |tx| end_one(tx, &here, whose, &by))?;
    }
    Ok(erased)
}

/// Forms that were sent and confirmed, or have run out, after the backup: what they said is unreadable.
fn end_forms(this: &Organisation, act: &Act) -> Result<(), Error> {
    let mut after = None;
    loop {
        let (here, by) = (this.clone(), act.clone());
        let last = this.store().write(move |tx| -> Result<_, Error> {
            let page = store::submission::list(tx, here.id(), after, PAGE)?;
            for row in &page {
                let is_open = row.confirmed_at.is_none();
                if is_open && store::key::get(tx, here.id(), row.id)?.is_none() {
                    lead_form::remove(tx, &here, row, "key_is_gone", &by)?;
                } else if let Some(kept) = row.kept
                    && store::key::get(tx, here.id(), kept)?.is_none()
                {
                    let mut row = row.clone();
                    (row.kept, row.kept_until) = (None, None);
                    store::submission::update(tx, &row)?;
                }
            }
            Ok(page.last().map(|row| row.id))
        })?;
        match last {
            Some(last) => after = Some(last),
            None => return Ok(()),
        }
    }
}

/// Says of one key that it ended. A contact is found by what stands for it in the log.
fn end_one(tx: &mut Tx<'_>, this: &Organisation, whose: [u8; 16], act: &Act) -> Result<u64, Error> {
    let blind = this.blind(LookupKind::Pseudonym, &whose);
    let Some(contact) = Person::ids_with(tx, this, blind)?.first().copied() else {
        let what = Map::from_iter([("reason".to_owned(), json!("key_is_gone"))]);
        append::clear_under(tx, this, act, Kind::KeyEnded, Some(whose), what)?;
        return Ok(0);
    };
    let blocks = blocks_of(tx, this, contact, act)?;
    erase(tx, this, contact, Some(Id(whose)), &blocks, act)?;
    Ok(1)
}

/// Blocks on the addresses and numbers by which a contact is found and nobody else is.
fn blocks_of(
    tx: &mut Tx<'_>,
    this: &Organisation,
    contact: Id,
    act: &Act,
) -> Result<Vec<Suppression>, Error> {
    let mut blocks = Vec::new();
    for row in store::lookup::of_contact(tx, this.id(), contact)? {
        let kinds = [LookupKind::Email as i16, LookupKind::Phone as i16];
        let holders = store::lookup::find(tx, this.id(), &[row.hash])?;
        let shared = holders.iter().any(|other| other.contact != contact);
        if kinds.contains(&row.kind) && !shared {
            blocks.push(Suppression {
                org: this.id(),
                hash: row.hash,
                kind: row.kind,
                channels: ChannelSet::ALL.bits().into(),
                since: act.today,
                reason: SuppressedFor::Erasure as i16,
            });
        }
    }
    Ok(blocks)
}
