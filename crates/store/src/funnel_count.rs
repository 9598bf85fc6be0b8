//! How many people came how far with a form, by day. The rows say nothing of anybody.

use jiff::civil::Date;

use crate::record::{Record, record, select};
use crate::value::bind;
use crate::{Id, StoreError, Tx};

record! {
    Main "funnel_count",
    /// How many on one day.
    pub struct FunnelCount {
        /// The organisation.
        pub org: Id,
        /// The day.
        pub day: Date,
        /// The form.
        pub form: String,
        /// Where they came from.
        pub source: String,
        /// How far they came.
        pub stage: String,
        /// The legal basis.
        pub basis: String,
        /// How many.
        pub count: i64,
    }
}

/// Adds to what was counted.
pub fn add(tx: &mut Tx<'_>, more: &FunnelCount) -> Result<(), StoreError> {
    FunnelCount::insert_all(
        tx,
        std::slice::from_ref(more),
        "ON CONFLICT (org, day, form, source, stage, basis) \
         DO UPDATE SET count = funnel_count.count + excluded.count",
    )?;
    Ok(())
}

/// What was counted from `first` to `last`, both included.
pub fn of_days(
    tx: &mut Tx<'_>,
    org: Id,
    first: Date,
    last: Date,
) -> Result<Vec<FunnelCount>, StoreError> {
    let sql = select::<FunnelCount>(
        "WHERE org = ?1 AND day >= ?2 AND day <= ?3 ORDER BY day, form, source, stage, basis",
    );
    tx.rows(&sql, &bind![org, first, last], FunnelCount::read)
}

/// Which places people came from to a form since that day.
pub fn sources(
    tx: &mut Tx<'_>,
    org: Id,
    form: &str,
    since: Date,
) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT DISTINCT source FROM funnel_count WHERE org = ?1 AND day >= ?2 AND form = ?3";
    tx.rows(sql, &bind![org, since, form], |row| row.get(0))
}
