//! SQLite and PostgreSQL behind one API.
//!
//! [`Store::open`] opens a database, [`Store::read`] and [`Store::write`] run transactions, and one
//! module per noun holds the functions that read and write its rows. The store keeps what it is
//! given and finds it again; it decides nothing about law and encrypts nothing: what is called
//! `sealed` arrives sealed.
//!
//! The organisation is the first part of every key, and every function takes it.

pub mod account;
pub mod accuracy;
pub mod attempt;
pub mod backup;
pub mod block_list;
pub mod call;
pub mod campaign;
pub mod ceremony;
pub mod circumstance;
pub mod company;
pub mod consent;
pub mod contact;
pub mod document;
pub mod erasure;
pub mod evidence_checkpoint;
pub mod evidence_entry;
pub mod evidence_tile;
pub mod facts;
pub mod form_file;
pub mod funnel_count;
pub mod hold;
pub mod import_run;
pub mod key;
pub mod lead;
pub mod link;
pub mod lookup;
pub mod mail_pace;
pub mod membership;
pub mod message;
pub mod objection;
pub mod organisation;
pub mod outbox;
pub mod overrule;
pub mod own_link;
pub mod passkey;
pub mod register_version;
pub mod request;
pub mod request_calendar;
pub mod retention;
pub mod retention_release;
pub mod sale;
pub mod session;
pub mod similarity;
pub mod sms_code;
pub mod submission;
pub mod suppression;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod word;

mod engine;
mod error;
mod id;
mod migration;
mod pool;
pub mod quality;
pub mod recipient_notice;
mod record;
pub mod released_answer;
mod store;
mod target;
mod tx;
mod value;

pub use error::StoreError;
pub use id::{Hash, Id, IdError};
pub use store::Store;
pub use target::Target;
pub use tx::Tx;
