//! Rows as structs: what the modules of the nouns have in common.

use crate::tx::{Place, Tx};
use crate::value::{Row, ToValue, Value, bind};
use crate::{Hash, Id, StoreError};

/// A struct whose fields are the columns of a table, in the same order and with the same names.
pub(crate) trait Record: Sized {
    /// The table.
    const NAME: &'static str;
    /// The names of its columns.
    const COLUMNS: &'static [&'static str];

    fn read(row: &Row<'_>) -> Result<Self, StoreError>;
    fn values(&self) -> Vec<Value<'_>>;
    fn insert_all(tx: &mut Tx<'_>, new: &[Self], tail: &'static str) -> Result<u64, StoreError>;
}

/// Declares a [`Record`]: `record! { Main "sale", pub struct Sale { … } }`.
macro_rules! record {
    (
        $place:ident $table:literal,
        $(#[$about:meta])*
        pub struct $name:ident { $( $(#[$meaning:meta])* pub $field:ident: $type:ty, )* }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name { $( $(#[$meaning])* pub $field: $type, )* }

        impl crate::record::Record for $name {
            const NAME: &'static str = $table;
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),*];

            fn read(row: &crate::value::Row<'_>) -> Result<Self, crate::StoreError> {
                let mut column = 0..;
                let mut next = || column.next().unwrap_or_default();
                Ok(Self { $( $field: row.get(next())?, )* })
            }

            fn values(&self) -> Vec<crate::value::Value<'_>> {
                crate::value::bind![$(self.$field),*].to_vec()
            }

            fn insert_all(
                tx: &mut crate::tx::Tx<'_>,
                new: &[Self],
                tail: &'static str,
            ) -> Result<u64, crate::StoreError> {
                let table = crate::tx::Table {
                    place: crate::tx::Place::$place,
                    name: $table,
                    columns: [$((
                        stringify!($field),
                        <$type as crate::value::Column>::TYPE,
                    )),*],
                    tail,
                };
                tx.insert(&table, new.iter().map(|row| crate::value::bind![$(row.$field),*]))
            }
        }
    };
}
pub(crate) use record;

/// `SELECT` of every column of the table, followed by `rest`.
pub(crate) fn select<R: Record>(rest: &str) -> String {
    format!("SELECT {} FROM {} {rest}", R::COLUMNS.join(", "), R::NAME)
}

/// Inserts rows; one whose key exists is [`StoreError::Duplicate`].
pub(crate) fn insert<R: Record>(tx: &mut Tx<'_>, new: &[R]) -> Result<(), StoreError> {
    R::insert_all(tx, new, "")?;
    Ok(())
}

/// Writes every column of a row that is found by its first two; `false` if it isn't there.
pub(crate) fn update<R: Record>(tx: &mut Tx<'_>, row: &R) -> Result<bool, StoreError> {
    let sets: Vec<String> = R::COLUMNS
        .iter()
        .zip(1..)
        .skip(2)
        .map(|(name, number)| format!("{name} = ?{number}"))
        .collect();
    let sql = format!(
        "UPDATE {} SET {} WHERE {} = ?1 AND {} = ?2",
        R::NAME,
        sets.join(", "),
        R::COLUMNS[0],
        R::COLUMNS[1],
    );
    Ok(tx.execute(Place::Main, &sql, &row.values())? == 1)
}

/// The row with this identifier.
pub(crate) fn get<R: Record>(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<Option<R>, StoreError> {
    let sql = select::<R>("WHERE org = ?1 AND id = ?2");
    tx.row(&sql, &bind![org, id], R::read)
}

/// Like [`get`], and nobody else changes the row until the transaction ends.
pub(crate) fn get_to_change<R: Record>(
    tx: &mut Tx<'_>,
    org: Id,
    id: Id,
) -> Result<Option<R>, StoreError> {
    // SQLite has one writer at a time and no such clause.
    let lock = if tx.is_postgres() { "FOR UPDATE" } else { "" };
    let sql = select::<R>(&format!("WHERE org = ?1 AND id = ?2 {lock}"));
    tx.row(&sql, &bind![org, id], R::read)
}

/// At most `limit` rows in the order of their identifiers, after `after`.
pub(crate) fn page<R: Record>(
    tx: &mut Tx<'_>,
    org: Id,
    after: Option<Id>,
    limit: u32,
) -> Result<Vec<R>, StoreError> {
    let sql = select::<R>("WHERE org = ?1 AND id > ?2 ORDER BY id LIMIT ?3");
    tx.rows(&sql, &bind![org, after.unwrap_or_default(), limit], R::read)
}

/// The rows of a contact, in the order of their identifiers.
pub(crate) fn of_contact<R: Record>(
    tx: &mut Tx<'_>,
    org: Id,
    contact: Id,
) -> Result<Vec<R>, StoreError> {
    let sql = select::<R>("WHERE org = ?1 AND contact = ?2 ORDER BY id");
    tx.rows(&sql, &bind![org, contact], R::read)
}

/// The rows of some contacts, in no particular order.
pub(crate) fn of_contacts<R: Record>(
    tx: &mut Tx<'_>,
    org: Id,
    contacts: &[Id],
) -> Result<Vec<R>, StoreError> {
    let sql = select::<R>("WHERE org = ?1 AND contact = ANY(?2)");
    tx.rows_of_many(&sql, &bind![org], &blobs(contacts), R::read)
}

/// The rows of all contacts from `first` to `last`, both included.
pub(crate) fn of_range<R: Record>(
    tx: &mut Tx<'_>,
    org: Id,
    first: Id,
    last: Id,
) -> Result<Vec<R>, StoreError> {
    let sql = select::<R>("WHERE org = ?1 AND contact >= ?2 AND contact <= ?3");
    tx.rows(&sql, &bind![org, first, last], R::read)
}

/// The hashes without repetitions: SQLite is asked for one after the other, and would otherwise
/// give the rows of a hash once for each time that it is named.
pub(crate) fn each_once(hashes: &[Hash]) -> Vec<Hash> {
    let mut hashes = hashes.to_vec();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// Parameters for [`Tx::rows_of_many`].
pub(crate) fn blobs<T: ToValue>(many: &[T]) -> Vec<Value<'_>> {
    many.iter().map(ToValue::to_value).collect()
}

/// Deletes the rows of a contact from a table.
pub(crate) fn delete_of_contact(
    tx: &mut Tx<'_>,
    table: &str,
    org: Id,
    contact: Id,
) -> Result<(), StoreError> {
    let sql = format!("DELETE FROM {table} WHERE org = ?1 AND contact = ?2");
    tx.execute(Place::Main, &sql, &bind![org, contact])?;
    Ok(())
}
