//! Pages for people. They work without scripts and load nothing from elsewhere.

pub mod account;
mod actor;
mod bar;
pub mod companies;
pub mod company;
pub mod contact;
pub mod contact_actions;
pub mod contact_consents;
pub mod contact_form;
pub mod contact_notes;
pub mod contacts;
pub mod duplicates;
pub mod error;
pub mod evidence;
pub mod frame;
pub mod gate;
pub mod health;
pub mod import;
pub mod merge;
pub mod number;
pub mod overview;
pub mod refusal;
pub mod register;
pub mod toast;
mod words;
