//! Contacts whose data may be wrong or out of date, told by columns alone.

use jiff::Timestamp;

use crate::value::{ToValue as _, Value, bind};
use crate::{Id, StoreError, Tx};

/// What tells that data of a contact may be wrong. What the codes mean is known to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Of these bits the contact has exactly those.
    Flags {
        /// The bits that matter.
        of: u64,
        /// Those of them that are set.
        set: u64,
    },
    /// Nothing was changed since then.
    UnchangedSince(Timestamp),
    /// The data came from this kind of source.
    Source(i16),
    /// The person never confirmed the data.
    NeverConfirmed,
    /// The person last confirmed the data then or before.
    ConfirmedBefore(Timestamp),
    /// A call ended in this way, and nothing was changed after it.
    Called(i16),
}

impl Doubt {
    /// The condition on a contact `c` of the organisation `?1`, with its values from place `?2` on.
    const fn condition(&self) -> &'static str {
        match self {
            Self::Flags { .. } => "(c.flags & ?2) = ?3",
            Self::UnchangedSince(_) => "c.changed_at <= ?2",
            Self::Source(_) => "c.source_kind = ?2",
            Self::NeverConfirmed => {
                "NOT EXISTS (SELECT 1 FROM accuracy a WHERE a.org = c.org \
                 AND a.contact = c.id AND a.confirmed_at IS NOT NULL)"
            }
            Self::ConfirmedBefore(_) => {
                "EXISTS (SELECT 1 FROM accuracy a WHERE a.org = c.org \
                 AND a.contact = c.id AND a.confirmed_at <= ?2)"
            }
            Self::Called(_) => {
                "EXISTS (SELECT 1 FROM call l WHERE l.org = c.org AND l.contact = c.id \
                 AND l.outcome = ?2 AND l.called_at >= c.changed_at)"
            }
        }
    }

    fn values(&self) -> Vec<Value<'_>> {
        match self {
            Self::Flags { of, set } => vec![of.to_value(), set.to_value()],
            Self::UnchangedSince(time) | Self::ConfirmedBefore(time) => vec![time.to_value()],
            Self::Called(code) | Self::Source(code) => vec![code.to_value()],
            Self::NeverConfirmed => Vec::new(),
        }
    }
}

/// At most `limit` contacts of whom that is so, in the order of their identifiers, after `after`; erased
/// and merged ones are not among them.
pub fn list(
    tx: &mut Tx<'_>,
    org: Id,
    doubt: &Doubt,
    after: Option<Id>,
    limit: u32,
) -> Result<Vec<Id>, StoreError> {
    let after = after.unwrap_or_default();
    let mut values = bind![org].to_vec();
    values.extend(doubt.values());
    values.extend([after.to_value(), limit.to_value()]);
    let sql = format!(
        "SELECT c.id FROM contact c WHERE c.org = ?1 AND c.erased_at IS NULL \
         AND c.merged_into IS NULL AND {} AND c.id > ?{} ORDER BY c.id LIMIT ?{}",
        doubt.condition(),
        values.len() - 1,
        values.len()
    );
    tx.rows(&sql, &values, |row| row.get(0))
}

/// How many contacts there are of whom that is so.
pub fn count(tx: &mut Tx<'_>, org: Id, doubt: &Doubt) -> Result<i64, StoreError> {
    let mut values = bind![org].to_vec();
    values.extend(doubt.values());
    let sql = format!(
        "SELECT COUNT(*) FROM contact c WHERE c.org = ?1 AND c.erased_at IS NULL \
         AND c.merged_into IS NULL AND {}",
        doubt.condition()
    );
    let count = tx.row(&sql, &values, |row| row.get(0))?;
    Ok(count.unwrap_or_default())
}

/// How many addresses, numbers or names with their postal address several contacts have.
pub fn shared(tx: &mut Tx<'_>, org: Id, kinds: [i16; 3]) -> Result<i64, StoreError> {
    let [a, b, c] = kinds;
    let sql = "SELECT COUNT(*) FROM (SELECT 1 FROM lookup WHERE org = ?1 \
               AND kind IN (?2, ?3, ?4) GROUP BY hash, kind HAVING COUNT(*) > 1) AS several";
    let count = tx.row(sql, &bind![org, a, b, c], |row| row.get(0))?;
    Ok(count.unwrap_or_default())
}
