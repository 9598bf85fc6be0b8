//! Tiles of the evidence log's Merkle tree (C2SP tlog-tiles).

use crate::record::{Record, record, select};
use crate::value::bind;
use crate::{Id, StoreError, Tx};

record! {
    Main "evidence_tile",
    /// A tile: a row of hashes of the tree.
    pub struct EvidenceTile {
        /// The organisation.
        pub org: Id,
        /// The level, from 0 at the leaves.
        pub level: i64,
        /// Its number on the level, from 0.
        pub idx: i64,
        /// How many hashes it holds, 1 to 256.
        pub width: i64,
        /// The hashes, 32 bytes each.
        pub data: Vec<u8>,
    }
}

/// Saves a tile. A wider one takes the place of a narrower one, and never the other way round.
pub fn put(tx: &mut Tx<'_>, tile: &EvidenceTile) -> Result<(), StoreError> {
    EvidenceTile::insert_all(
        tx,
        std::slice::from_ref(tile),
        "ON CONFLICT (org, level, idx) DO UPDATE SET width = excluded.width, \
         data = excluded.data WHERE excluded.width > evidence_tile.width",
    )?;
    Ok(())
}

/// The widest tile at this place. A narrower one is its beginning.
pub fn get(
    tx: &mut Tx<'_>,
    org: Id,
    level: i64,
    idx: i64,
) -> Result<Option<EvidenceTile>, StoreError> {
    let sql = select::<EvidenceTile>("WHERE org = ?1 AND level = ?2 AND idx = ?3");
    tx.row(&sql, &bind![org, level, idx], EvidenceTile::read)
}
