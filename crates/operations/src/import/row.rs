//! A row as it is in the file.

/// A row as it is in the file.
#[derive(Clone, Default)]
pub(crate) struct RawRow {
    /// Line of the file, or row of the sheet, in which it begins, from 1.
    pub(crate) line: u64,
    pub(crate) cells: Vec<String>,
}

impl RawRow {
    pub(crate) fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}
