//! The use cases: check with law and register, write state and evidence in one transaction.

pub mod contact;
pub mod overview;
