//! `/forms`: the lead forms of the register, built here. Saving one saves the register, but nothing
//! of it besides the forms.

pub mod builder;
mod inputs;
pub mod list;
mod page;
pub mod rates;
pub mod save;
