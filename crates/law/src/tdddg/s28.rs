//! TDDDG § 28: administrative fines, here for terminal equipment.
//!
//! (1) Nr. 13 with (2): storing or reading information on terminal equipment against § 25(1),
//! up to EUR 300,000. On a second track the GDPR applies to what is done with the data.
//!
//! In force since 2021-12-01 as TTDSG, since 2024-05-14 as TDDDG. Reviewed 2026-11-24. The
//! amount is not confirmed by a source here: to be checked.

use jiff::civil::date;

use crate::Citation;

/// The amounts.
pub const PARAGRAPH_2: Citation =
    Citation::renumbered("TDDDG § 28(2)", &[(date(2024, 5, 14), "TTDSG § 28(2)")]);
/// The offence.
pub const PARAGRAPH_1_NR_13: Citation = Citation::renumbered(
    "TDDDG § 28(1) Nr. 13",
    &[(date(2024, 5, 14), "TTDSG § 28(1) Nr. 13")],
);
/// The maximum in euros.
pub const MAXIMUM: u64 = 300_000;
