//! A log in memory, to be read, proven and damaged.

use std::collections::BTreeMap;
use std::io;

use evidence::{
    BundleId, Frontier, LogKey, LogReader, TileId, TileReader, encode_bundle, leaf_hash,
};

pub const ORIGIN: &str = "example.com/log";

#[derive(Clone, Default)]
pub struct Memory {
    pub entries: Vec<Vec<u8>>,
    pub tiles: BTreeMap<TileId, Vec<u8>>,
    pub note: Option<String>,
}

pub fn key() -> LogKey {
    LogKey::from_seed(ORIGIN, &[7; 32]).unwrap()
}

/// A signed log of `size` entries.
pub fn log_of(size: usize) -> (Memory, Frontier) {
    let (mut log, mut frontier) = (Memory::default(), Frontier::empty());
    log.append(&mut frontier, size);
    (log, frontier)
}

impl Memory {
    /// Appends `count` entries and signs.
    pub fn append(&mut self, frontier: &mut Frontier, count: usize) {
        let before = self.entries.len();
        for index in before..before + count {
            self.entries.push(format!("entry {index}").into_bytes());
        }
        let leaves: Vec<_> = self.entries[before..]
            .iter()
            .map(|e| leaf_hash(e))
            .collect();
        for tile in frontier.append(&leaves) {
            self.tiles.insert(tile.id, tile.bytes);
        }
        self.note = Some(key().sign(frontier.size(), frontier.root()));
    }
}

impl TileReader for Memory {
    fn tile(&mut self, id: TileId) -> io::Result<Option<Vec<u8>>> {
        let wider = (id.width..=256).find_map(|width| self.tiles.get(&TileId { width, ..id }));
        Ok(wider.map(|bytes| bytes[..bytes.len().min(32 * usize::from(id.width))].to_vec()))
    }
}

impl LogReader for Memory {
    fn bundle(&mut self, id: BundleId) -> io::Result<Option<Vec<u8>>> {
        let first = usize::try_from(id.first_entry()).unwrap();
        let entries = self.entries.iter().skip(first).take(id.width.into());
        let bytes = encode_bundle(entries.map(Vec::as_slice)).unwrap();
        Ok((!bytes.is_empty()).then_some(bytes))
    }

    fn checkpoint(&mut self) -> io::Result<Option<Vec<u8>>> {
        Ok(self.note.clone().map(String::into_bytes))
    }
}
