//! Reads the log of one organisation from the store, as the evidence crate wants it.

use std::io;

use evidence::{BundleId, LogReader, TileId, TileReader, encode_bundle};
use store::{Id, Tx};

/// The log inside a transaction, so that everything read belongs together.
pub(crate) struct StoredLog<'t, 'c> {
    tx: &'t mut Tx<'c>,
    organisation: Id,
}

impl<'t, 'c> StoredLog<'t, 'c> {
    pub(crate) fn new(tx: &'t mut Tx<'c>, organisation: Id) -> Self {
        Self { tx, organisation }
    }
}

impl TileReader for StoredLog<'_, '_> {
    fn tile(&mut self, id: TileId) -> io::Result<Option<Vec<u8>>> {
        let Ok(index) = i64::try_from(id.index) else {
            return Ok(None);
        };
        let tile = store::evidence_tile::get(self.tx, self.organisation, id.level.into(), index);
        let Some(mut data) = tile.map_err(io::Error::other)?.map(|tile| tile.data) else {
            return Ok(None);
        };
        data.truncate(usize::from(id.width) * evidence::HASH_BYTES);
        Ok(Some(data))
    }
}

impl LogReader for StoredLog<'_, '_> {
    fn bundle(&mut self, id: BundleId) -> io::Result<Option<Vec<u8>>> {
        let first = id.first_entry();
        let Ok(first) = i64::try_from(first) else {
            return Ok(None);
        };
        let width = u32::from(id.width);
        let entries = store::evidence_entry::list(self.tx, self.organisation, first, width)
            .map_err(io::Error::other)?;
        // A gap ends the bundle: what follows it would stand in the wrong place.
        let whole = (first..)
            .zip(&entries)
            .take_while(|(leaf, entry)| entry.leaf == Some(*leaf));
        encode_bundle(whole.map(|(_, entry)| entry.bytes.as_slice()))
            .map(Some)
            .map_err(io::Error::other)
    }

    fn checkpoint(&mut self) -> io::Result<Option<Vec<u8>>> {
        let latest = store::evidence_checkpoint::latest(self.tx, self.organisation);
        Ok(latest
            .map_err(io::Error::other)?
            .map(|checkpoint| checkpoint.note.into_bytes()))
    }
}
