//! `/recipients/notices`: what recipients of data were told after an erasure, a rectification or a
//! restriction (GDPR Art. 19), what they answered, and what is overdue.

pub mod list;
pub mod one;
pub mod words;
