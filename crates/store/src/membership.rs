//! Memberships: who may act for which organisation, in which role.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::record::{self, Record, record, select};
use crate::tx::Place;
use crate::value::bind;
use crate::{Id, StoreError, Tx};

record! {
    Main "membership",
    /// An account's role in an organisation.
    pub struct Membership {
        /// The organisation.
        pub org: Id,
        /// The account.
        pub account: Id,
        /// The role.
        pub role: i16,
        /// Since when.
        pub since: Timestamp,
        /// The last day on which it holds; `None` without an end.
        pub ends_on: Option<Date>,
        /// What the organisation called somebody who had an account already, sealed; `None` once
        /// the person came.
        pub invited_as: Option<Vec<u8>>,
    }
}

/// Adds a membership. A second one of the same account is [`StoreError::Duplicate`].
pub fn insert(tx: &mut Tx<'_>, new: &Membership) -> Result<(), StoreError> {
    record::insert(tx, std::slice::from_ref(new))
}

/// Writes role and end; `false` if there is no such membership.
pub fn update(tx: &mut Tx<'_>, changed: &Membership) -> Result<bool, StoreError> {
    record::update(tx, changed)
}

/// Notes that the person came: the organisation sees the account's own name from now on.
pub fn came(tx: &mut Tx<'_>, org: Id, account: Id) -> Result<(), StoreError> {
    let sql = "UPDATE membership SET invited_as = NULL \
               WHERE org = ?1 AND account = ?2 AND invited_as IS NOT NULL";
    tx.execute(Place::Main, sql, &bind![org, account])?;
    Ok(())
}

/// The account's membership of an organisation.
pub fn get(tx: &mut Tx<'_>, org: Id, account: Id) -> Result<Option<Membership>, StoreError> {
    let sql = select::<Membership>("WHERE org = ?1 AND account = ?2");
    tx.row(&sql, &bind![org, account], Membership::read)
}

/// Everybody of an organisation, longest first. Nobody else changes them until this transaction
/// ends, if it writes.
pub fn of_organisation_to_change(tx: &mut Tx<'_>, org: Id) -> Result<Vec<Membership>, StoreError> {
    let lock = if tx.is_postgres() { "FOR UPDATE" } else { "" };
    let sql = select::<Membership>(&format!("WHERE org = ?1 ORDER BY since, account {lock}"));
    tx.rows(&sql, &bind![org], Membership::read)
}

/// Everybody of an organisation, longest first.
pub fn of_organisation(tx: &mut Tx<'_>, org: Id) -> Result<Vec<Membership>, StoreError> {
    let sql = select::<Membership>("WHERE org = ?1 ORDER BY since, account");
    tx.rows(&sql, &bind![org], Membership::read)
}

/// The memberships of an account.
pub fn of_account(tx: &mut Tx<'_>, account: Id) -> Result<Vec<Membership>, StoreError> {
    let sql = select::<Membership>("WHERE account = ?1 ORDER BY org");
    tx.rows(&sql, &bind![account], Membership::read)
}

/// Ends a membership; `false` if there is none.
pub fn remove(tx: &mut Tx<'_>, org: Id, account: Id) -> Result<bool, StoreError> {
    let sql = "DELETE FROM membership WHERE org = ?1 AND account = ?2";
    Ok(tx.execute(Place::Main, sql, &bind![org, account])? == 1)
}
