//! Log verification against raw SHA-256 over the same records.
//!
//! Both read the log from memory and use all cores. Raw means one hash for each record and nothing
//! else: no tiles, no tree, no comparison, no signature.

use std::collections::HashMap;
use std::hint::black_box;
use std::io;
use std::num::NonZero;
use std::thread;

use evidence::{
    Bundle, BundleId, Entry, EntryKey, Frontier, Header, LogKey, LogReader, TileId, TileReader,
    encode_bundle, new_nonce, verify_log,
};
use measure::{Line, Result, compare, rate};
use sha2::{Digest, Sha256};

const ROUNDS: usize = 15;
const ENTRIES: usize = 400_000;
const ORIGIN: &str = "example.com/log";

fn main() -> Result<()> {
    let (log, key) = make_log()?;
    let verifier = key.verifier();
    let figures = compare(
        ROUNDS,
        || {
            rate(|| {
                let report = verify_log(&mut &log, verifier, None, |_, entry| {
                    black_box(entry);
                })?;
                Ok(usize::try_from(report.entries.end)?)
            })
        },
        || rate(|| Ok(hash_all(&log))),
    )?;
    let unit = "/s";
    let record = format!("raw SHA-256, {} B each", log.bytes / ENTRIES);
    let line = Line {
        ours: "verify_log, from memory",
        theirs: &record,
        unit,
        figures,
        goal: Some(0.5),
    };
    println!("{line}");
    Ok(())
}

/// A signed log in memory.
struct Log {
    bundles: Vec<Vec<u8>>,
    tiles: HashMap<TileId, Vec<u8>>,
    checkpoint: Vec<u8>,
    bytes: usize,
}

/// Entries as a recorded consent makes them.
fn make_log() -> Result<(Log, LogKey)> {
    let mut entries = Vec::with_capacity(ENTRIES);
    for number in 0..ENTRIES {
        let header = Header {
            log: ORIGIN.to_owned(),
            kind: "consent.recorded".to_owned(),
            at: "2026-11-24T09:30:00Z".parse()?,
            actor: "account/12".to_owned(),
            subject: Some(u128::try_from(number)?.to_be_bytes()),
            nonce: new_nonce()?,
        };
        let what = br#"{"activity":"newsletter","channels":["email"],"proof":"double_opt_in"}"#;
        entries.push(Entry::sealed(header, &EntryKey::from_bytes([5; 32]), what)?);
    }
    let key = LogKey::from_seed(ORIGIN, &[7; 32])?;
    let mut frontier = Frontier::empty();
    let leaves: Vec<_> = entries.iter().map(Entry::leaf_hash).collect();
    let tiles = frontier
        .append(&leaves)
        .into_iter()
        .map(|tile| (tile.id, tile.bytes))
        .collect();
    let bundles: std::result::Result<Vec<_>, _> = entries
        .chunks(256)
        .map(|some| encode_bundle(some.iter().map(Entry::as_bytes)))
        .collect();
    let log = Log {
        bundles: bundles?,
        tiles,
        checkpoint: key.sign(frontier.size(), frontier.root()).into_bytes(),
        bytes: entries.iter().map(|entry| entry.as_bytes().len()).sum(),
    };
    Ok((log, key))
}

impl TileReader for &Log {
    fn tile(&mut self, id: TileId) -> io::Result<Option<Vec<u8>>> {
        Ok(self.tiles.get(&id).cloned())
    }
}

impl LogReader for &Log {
    fn bundle(&mut self, id: BundleId) -> io::Result<Option<Vec<u8>>> {
        let index = usize::try_from(id.index).map_err(io::Error::other)?;
        Ok(self.bundles.get(index).cloned())
    }

    fn checkpoint(&mut self) -> io::Result<Option<Vec<u8>>> {
        Ok(Some(self.checkpoint.clone()))
    }
}

/// One hash for each record, on all cores.
fn hash_all(log: &Log) -> usize {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let share = log.bundles.len().div_ceil(cores);
    thread::scope(|scope| {
        let shares: Vec<_> = log
            .bundles
            .chunks(share)
            .map(|some| scope.spawn(|| hash(some)))
            .collect();
        shares
            .into_iter()
            .map(|share| share.join().unwrap_or_default())
            .sum()
    })
}

fn hash(bundles: &[Vec<u8>]) -> usize {
    let mut count = 0;
    for entry in bundles.iter().flat_map(|bundle| Bundle::new(bundle)) {
        black_box(Sha256::digest(entry));
        count += 1;
    }
    count
}
