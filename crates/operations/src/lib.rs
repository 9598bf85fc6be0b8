//! The use cases: check with law and register, write state and evidence in one transaction.
//!
//! An [`Installation`] is a database with its keys; an [`Organisation`] in it is what one acts
//! for. Every change is a method of the organisation, takes an [`Act`] that says who and when, and
//! writes an evidence entry in the transaction that makes the change.

pub mod access;
pub mod access_answer;
pub mod accuracy;
mod act;
mod address_proof;
pub mod backup;
mod blast_radius;
mod block_list;
pub mod browse;
pub mod call;
pub mod campaign;
mod change_contact;
pub mod company;
mod consent;
mod consent_use;
pub mod contact;
pub mod customer;
mod decide;
mod declare;
mod demo;
mod doctor;
mod document;
mod dossier;
pub mod duplicates;
mod edit_forms;
mod edit_register;
mod erase;
mod erasure_certificate;
mod error;
mod evidence_pack;
mod filter;
mod history;
pub mod import;
mod installation;
pub mod lead_form;
mod log;
pub mod mail;
pub mod merge;
mod new_contact;
mod note;
mod objection;
mod organisation;
pub mod overview;
mod person;
pub mod preferences;
mod published;
mod purpose_change;
pub mod quality;
pub mod recipients;
pub mod request;
pub mod retention;
mod rotate;
mod search;
pub mod sms;
mod spreadsheet;
mod state;
mod steps;
pub mod try_out;
mod verify;
mod words;

pub use act::Act;
pub use blast_radius::{BlastRadius, Move};
pub use block_list::{BlockListView, Blocked, Frees, MAX_LIST_BYTES, NewBlockList};
pub use change_contact::{ByHand, Correctable};
pub use consent::{NewConsent, RecordedConsent, Withdrawn};
pub use decide::Decided;
pub use declare::{Applied, VersionLine, check as check_register};
pub use demo::{sample_requests, set_up as set_up_demo};
pub use doctor::{Condition, Diagnosis};
pub use document::{Attested, DocumentFile, DocumentLine, MAX_DOCUMENT_BYTES};
pub use edit_register::{RegisterEdit, RegisterView};
pub use erase::Erased;
pub use erasure_certificate::{
    CertifiedBy, ErasedBy, ErasureCertificate, ErasureReason, ErasureState,
};
pub use error::Error;
pub use evidence_pack::{EvidencePack, PackFacts, PersonFacts};
pub use filter::{FilterAsk, FilterCounts};
pub use history::{ContactEvent, Told};
pub use installation::{Installation, master_key_in};
pub use log::{
    EvidenceFilter, EvidenceLine, EvidencePage, EvidenceView, Issued, SignedCheckpoint,
    evidence_kinds,
};
pub use note::Sale;
pub use objection::RecordedObjection;
pub use organisation::{NewOrganisation, Organisation};
pub use person::ContactRef;
pub use published::Published;
pub use purpose_change::{ChangedPurpose, TellLetter, Told as ToldOfPurpose};
pub use rotate::rotate_master_key;
pub use search::ContactFilter;
pub use spreadsheet::spreadsheet_cell;
pub use steps::{NextAction, Step, StepState};
pub use store::Id as OrganisationId;
pub use verify::{Checked, Wrong};
