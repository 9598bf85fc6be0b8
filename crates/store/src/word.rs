//! Finding contacts by the keyed hashes of words.

use crate::record::{Record, delete_of_contact, record};
use crate::value::{ToValue as _, bind};
use crate::{Id, StoreError, Tx};

record! {
    Main "word",
    /// A word, or its beginning, that stands with a contact.
    pub struct Word {
        /// The organisation.
        pub org: Id,
        /// The keyed hash, shortened: what it finds is looked at again.
        pub hash: Vec<u8>,
        /// The contact.
        pub contact: Id,
    }
}

/// Adds words; those that are there already stay.
pub fn insert(tx: &mut Tx<'_>, new: &[Word]) -> Result<(), StoreError> {
    Word::insert_all(tx, new, "ON CONFLICT DO NOTHING")?;
    Ok(())
}

/// Removes every word of a contact.
pub fn remove_all(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<(), StoreError> {
    delete_of_contact(tx, Word::NAME, org, contact)
}

/// Whether the contact has words.
pub fn any_of(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<bool, StoreError> {
    let sql = "SELECT contact FROM word WHERE org = ?1 AND contact = ?2 LIMIT 1";
    let one = tx.row(sql, &bind![org, contact], |row| row.get::<Id>(0))?;
    Ok(one.is_some())
}

/// Contacts counted of a word at most: enough to tell a rare one from a common one.
const COUNTED: i64 = 2000;

/// The words, those first that few contacts have: a search begins with the first.
fn rarest_first(tx: &mut Tx<'_>, org: Id, hashes: &[Vec<u8>]) -> Result<Vec<Vec<u8>>, StoreError> {
    let mut counted = Vec::with_capacity(hashes.len());
    for hash in hashes {
        let sql = "SELECT COUNT(*) FROM \
                   (SELECT 1 FROM word WHERE org = ?1 AND hash = ?2 LIMIT ?3) AS counted";
        let count: Option<i64> = tx.row(sql, &bind![org, hash, COUNTED], |row| row.get(0))?;
        counted.push((count.unwrap_or_default(), hash.clone()));
    }
    counted.sort_by_key(|(count, _)| *count);
    Ok(counted.into_iter().map(|(_, hash)| hash).collect())
}

/// At most `limit` contacts that have all of these words, in the order of their identifiers,
/// after `after`. None without a word.
pub fn contacts_with(
    tx: &mut Tx<'_>,
    org: Id,
    hashes: &[Vec<u8>],
    after: Option<Id>,
    limit: u32,
) -> Result<Vec<Id>, StoreError> {
    let ordered = rarest_first(tx, org, hashes)?;
    let Some((first, others)) = ordered.split_first() else {
        return Ok(Vec::new());
    };
    let after = after.unwrap_or_default();
    let mut values = bind![org, first, after].to_vec();
    let mut conditions = vec!["w.org = ?1 AND w.hash = ?2 AND w.contact > ?3".to_owned()];
    for other in others {
        values.push(other.to_value());
        conditions.push(format!(
            "EXISTS (SELECT 1 FROM word o WHERE o.org = ?1 AND o.hash = ?{} \
             AND o.contact = w.contact)",
            values.len()
        ));
    }
    values.push(limit.to_value());
    let sql = format!(
        "SELECT w.contact FROM word w WHERE {} ORDER BY w.contact LIMIT ?{}",
        conditions.join(" AND "),
        values.len()
    );
    tx.rows(&sql, &values, |row| row.get(0))
}
