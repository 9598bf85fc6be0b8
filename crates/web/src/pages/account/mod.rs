//! Signing in, setting up ways to sign in, one's own account, the organisation's people.

pub mod entrance;
pub mod organisations;
pub mod own;
pub mod people;
mod told;
pub mod welcome;

pub use told::told;
