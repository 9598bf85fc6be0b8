//! UStG § 14b: a business keeps the invoices it sends and receives for eight years (ten before
//! 2025-01-01), from the end of the calendar year of the invoice.
//!
//! In force as changed by BEG IV since 2025-01-01. Reviewed 2026-11-24. Source:
//! steuer-berater.de.

use crate::Citation;

/// The duty and the period.
pub const PARAGRAPH_1: Citation = Citation::new("UStG § 14b(1)");
