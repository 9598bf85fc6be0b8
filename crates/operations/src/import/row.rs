//! A row as it is in the file.

/// A row as it is in the file.
#[derive(Clone, Default)]
pub(super) struct RawRow {
    /// Line of the file, or row of the sheet, in which it begins, from 1.
    pub(super) line: u64,
    pub(super) cells: Vec<String>,
}

impl RawRow {
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}
