//! What the statutes say, as pure functions from facts to findings with citations.
//!
//! One module per provision, named after it, so that a lawyer can read a module beside the
//! statute. The gate composes them into one answer; topics answer the questions beside the
//! gate. Nothing here reads a clock, a file or a network: dates and facts are passed in.
//!
//! This crate is not legal advice. A finding that rests on a disputed or unconfirmed rule says
//! so with [`Confidence::ToBeChecked`].

pub mod agg;
pub mod ao;
mod basis;
pub mod bdsg;
pub mod bgb;
mod channel;
mod citation;
pub mod countries;
mod country;
pub mod facts;
mod finding;
pub mod gate;
pub mod gdpr;
pub mod hgb;
pub mod holidays;
pub mod pecr;
pub mod regulation_1182_71;
pub mod tdddg;
mod text;
pub mod topic;
pub mod ustg;
pub mod uwg;

pub use basis::LegalBasis;
pub use channel::{Channel, ChannelSet, ParseChannelError};
pub use citation::{Citation, Confidence, written_citation, written_citations};
pub use country::{Country, Land, ParseCountryError, ParseLandError};
pub use finding::{Finding, Verdict};
pub use text::{Lang, Text};
