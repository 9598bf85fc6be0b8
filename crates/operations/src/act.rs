//! Who does something, and when.

use jiff::Timestamp;
use jiff::civil::Date;

/// An act: the time, the day it is where the organisation is, and who acts. Operations never read
/// a clock; they are told.
#[derive(Clone, Debug)]
pub struct Act {
    /// The time.
    pub at: Timestamp,
    /// The day.
    pub today: Date,
    /// The account or job that acts, never a person's name.
    pub by: String,
}
