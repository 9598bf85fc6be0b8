//! A reader that answers differently when asked again.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failing test may panic"
)]

#[allow(dead_code, reason = "not every test file damages the log")]
mod memory;

use std::io;

use evidence::{BundleId, LogReader, TileId, TileReader, leaf_hash, verify_range};
use memory::{Memory, key, log_of};

/// Shows a forged tile the first time and the true one afterwards.
struct TwoFaced {
    truth: Memory,
    forged: Memory,
    asked: bool,
}

impl TileReader for TwoFaced {
    fn tile(&mut self, id: TileId) -> io::Result<Option<Vec<u8>>> {
        if id.level == 0 && !self.asked {
            self.asked = true;
            return self.forged.tile(id);
        }
        self.truth.tile(id)
    }
}

impl LogReader for TwoFaced {
    fn bundle(&mut self, id: BundleId) -> io::Result<Option<Vec<u8>>> {
        self.forged.bundle(id)
    }

    fn checkpoint(&mut self) -> io::Result<Option<Vec<u8>>> {
        self.truth.checkpoint()
    }
}

#[test]
fn a_reader_that_changes_its_answer_can_not_slip_in_an_entry() {
    let (truth, _) = log_of(300);
    let mut forged = truth.clone();
    forged.entries[7] = b"another entry".to_vec();
    let id = TileId::holding(0, 7, 300).unwrap();
    let tile = forged.tiles.get_mut(&id).unwrap();
    tile[7 * 32..8 * 32].copy_from_slice(&leaf_hash(b"another entry"));
    let mut log = TwoFaced {
        truth,
        forged,
        asked: false,
    };
    verify_range(&mut log, key().verifier(), None, 0..10, |_, _| {}).unwrap_err();
}
