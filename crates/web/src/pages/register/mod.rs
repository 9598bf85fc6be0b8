//! The register: what is done with whose data, for which purpose, on which legal basis, for how
//! long, with whom. Every change is shown with what it moves before it is saved.

pub mod activity;
mod activity_form;
mod change;
mod consequences;
mod field;
pub mod forms;
pub mod goods;
pub mod index;
mod input;
pub mod preview;
pub mod purposes;
pub mod recipient;
pub mod record;
pub mod rest;
pub mod versions;
mod words;

pub use input::Inputs;
pub use words::{basis as basis_name, purpose as purpose_name};
