//! The sample list of the invented Musterbau Maschinen GmbH: contacts of every kind that a
//! machine builder's list holds, so that the gate can show what it says about them.

mod asked;
mod chance;
#[cfg(test)]
mod clear_text;
mod firm;
mod names;
mod origin;
mod past;
mod people;
mod set_up;
mod wording;

pub use asked::sample_requests;
pub use set_up::set_up;

pub(crate) use people::{Event, SamplePerson, people};
