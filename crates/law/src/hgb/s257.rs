//! HGB § 257: keeping commercial documents.
//!
//! (1) Nr. 1 books, inventories, annual statements, reports and instructions: ten years; Nr. 4
//! booking vouchers: eight years; Nr. 2, 3 letters received and copies of letters sent: six years
//! (4). The period starts with the end of the calendar year (5).
//!
//! Eight years since 2025-01-01 (BEG IV). Reviewed 2026-11-24. Sources: as for AO § 147, which
//! has the same periods.

use crate::Citation;

/// The documents.
pub const PARAGRAPH_1: Citation = Citation::new("HGB § 257(1)");
/// The periods.
pub const PARAGRAPH_4: Citation = Citation::new("HGB § 257(4)");
/// The start.
pub const PARAGRAPH_5: Citation = Citation::new("HGB § 257(5)");
