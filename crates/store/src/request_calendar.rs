//! Links by which an account's calendar reads the deadlines of requests.

use jiff::Timestamp;

use crate::record::{Record, record, select};
use crate::tx::Place;
use crate::value::bind;
use crate::{Hash, Id, StoreError, Tx};

record! {
    Main "request_calendar",
    /// A link of an account; only the hash of its token is kept.
    pub struct RequestCalendar {
        /// Hash of the token.
        pub token_hash: Hash,
        /// The organisation.
        pub org: Id,
        /// The account.
        pub account: Id,
        /// When it was made.
        pub created_at: Timestamp,
    }
}

/// Puts a link in the place of the one that the account had.
pub fn replace(tx: &mut Tx<'_>, new: &RequestCalendar) -> Result<(), StoreError> {
    remove(tx, new.org, new.account)?;
    RequestCalendar::insert_all(tx, std::slice::from_ref(new), "")?;
    Ok(())
}

/// Ends the account's link; `false` if it had none.
pub fn remove(tx: &mut Tx<'_>, org: Id, account: Id) -> Result<bool, StoreError> {
    let sql = "DELETE FROM request_calendar WHERE org = ?1 AND account = ?2";
    Ok(tx.execute(Place::Main, sql, &bind![org, account])? == 1)
}

/// The link with this token.
pub fn get(tx: &mut Tx<'_>, token: &Hash) -> Result<Option<RequestCalendar>, StoreError> {
    let sql = select::<RequestCalendar>("WHERE token_hash = ?1");
    tx.row(&sql, &bind![*token], RequestCalendar::read)
}

/// Since when the account has a link.
pub fn of_account(
    tx: &mut Tx<'_>,
    org: Id,
    account: Id,
) -> Result<Option<RequestCalendar>, StoreError> {
    let sql = select::<RequestCalendar>("WHERE org = ?1 AND account = ?2");
    tx.row(&sql, &bind![org, account], RequestCalendar::read)
}
