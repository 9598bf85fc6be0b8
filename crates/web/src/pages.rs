//! Pages for people. They work without scripts and load nothing from elsewhere.

mod bar;
pub mod contact;
pub mod contacts;
pub mod error;
mod frame;
pub mod health;
mod number;
pub mod overview;
mod words;
