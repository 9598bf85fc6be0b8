//! Pages for people. They work without scripts and load nothing from elsewhere.

pub mod account;
pub mod accuracy;
pub mod actor;
mod bar;
pub mod call;
pub mod campaign;
pub mod company;
pub mod contact;
pub mod customer;
pub mod download;
pub mod error;
pub mod evidence;
pub mod frame;
pub mod gate;
pub mod health;
pub mod import;
pub mod mail;
pub mod number;
pub mod overview;
pub mod quality;
pub mod recipients;
pub mod refusal;
pub mod register;
pub mod request;
pub mod retention;
pub mod toast;
pub mod words;
