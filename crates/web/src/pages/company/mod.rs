//! Companies: the list, and one company with what may be done about its people.

pub mod list;
pub mod show;
