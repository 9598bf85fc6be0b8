//! A transaction: the one way to the rows.

use crate::engine::postgres::Session;
use crate::value::{Row, Type, Value};
use crate::{Id, StoreError};

/// How many rows go to PostgreSQL in one statement.
const ROWS_PER_STATEMENT: usize = 1000;

/// A transaction of [`Store::read`](crate::Store::read) or [`Store::write`](crate::Store::write).
///
/// After a statement has failed nothing of a transaction can be saved, on either engine: the write
/// ends with that error even if the closure passes over it.
pub struct Tx<'a> {
    connection: Connection<'a>,
    /// Contacts whose keys go after the commit; `None` where the transaction only reads.
    shredded: Option<&'a mut Vec<(Id, Id)>>,
    failure: Option<StoreError>,
}

pub(crate) enum Connection<'a> {
    Sqlite {
        main: &'a rusqlite::Connection,
        keys: &'a rusqlite::Connection,
    },
    Postgres(&'a mut Session),
}

/// Which of the two databases a statement is for. On PostgreSQL they are schemas of one database.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Main,
    Keys,
}

/// A table to insert into: its columns in order, with their types.
pub(crate) struct Table<const N: usize> {
    pub(crate) place: Place,
    pub(crate) name: &'static str,
    pub(crate) columns: [(&'static str, Type); N],
    /// What follows the values, such as `ON CONFLICT DO NOTHING`; may be empty.
    pub(crate) tail: &'static str,
}

impl<const N: usize> Table<N> {
    fn head(&self) -> String {
        let names = self.columns.map(|(name, _)| name).join(", ");
        format!("INSERT INTO {} ({names})", self.name)
    }

    fn sqlite(&self) -> String {
        let values: Vec<String> = (1..=N).map(|number| format!("?{number}")).collect();
        let values = values.join(", ");
        format!("{} VALUES ({values}) {}", self.head(), self.tail)
    }

    fn postgres(&self) -> String {
        let arrays: Vec<String> = (1..)
            .zip(self.columns)
            .map(|(number, (_, ty))| format!("${number}::{}[]", ty.postgres()))
            .collect();
        let arrays = arrays.join(", ");
        let head = self.head();
        // `WHERE true` keeps a following ON CONFLICT from being read as part of a join.
        format!(
            "{head} SELECT * FROM unnest({arrays}) WHERE true {}",
            self.tail
        )
    }
}

impl<'a> Tx<'a> {
    pub(crate) fn new(connection: Connection<'a>, shredded: Option<&'a mut Vec<(Id, Id)>>) -> Self {
        Self {
            connection,
            shredded,
            failure: None,
        }
    }

    /// The first error of a statement.
    pub(crate) fn failure(&self) -> Option<StoreError> {
        self.failure.clone()
    }

    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self.connection, Connection::Postgres(_))
    }

    /// Notes that a contact's key goes once this transaction is saved.
    pub(crate) fn shred_after_commit(&mut self, org: Id, contact: Id) -> Result<(), StoreError> {
        let shredded = self.shredded.as_mut().ok_or(StoreError::ReadOnly)?;
        shredded.push((org, contact));
        Ok(())
    }

    pub(crate) fn is_shredded(&self, org: Id, contact: Id) -> bool {
        self.shredded
            .as_ref()
            .is_some_and(|shredded| shredded.contains(&(org, contact)))
    }

    /// Runs a statement; returns how many rows it changed.
    pub(crate) fn execute(
        &mut self,
        place: Place,
        sql: &str,
        values: &[Value<'_>],
    ) -> Result<u64, StoreError> {
        let result = self.connection.execute(place, sql, values);
        self.noted(result)
    }

    /// Runs a query and reads every row.
    pub(crate) fn query<T>(
        &mut self,
        place: Place,
        sql: &str,
        values: &[Value<'_>],
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let result = self.connection.query(place, sql, values, read);
        self.noted(result)
    }

    /// Runs a query and hands on each row as it comes, so that a whole table needs no memory.
    pub(crate) fn for_each_row(
        &mut self,
        place: Place,
        sql: &str,
        mut take: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let result = match &mut self.connection {
            // An empty type takes no room, so this keeps nothing.
            Connection::Sqlite { .. } => self.connection.query(place, sql, &[], take).map(drop),
            Connection::Postgres(session) => {
                session.for_each_row(sql, |row| take(&Row::Postgres(row)))
            }
        };
        self.noted(result)
    }

    /// Runs a query of the main database and reads every row.
    pub(crate) fn rows<T>(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.query(Place::Main, sql, values, read)
    }

    /// Runs a query of the main database and reads its first row.
    pub(crate) fn row<T>(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.rows(sql, values, read)?.into_iter().next())
    }

    /// Runs a query once for many values: where `sql` says `= ANY(?n)`, n being the number after
    /// those of `values`, PostgreSQL gets all of `many` at once and SQLite one after the other.
    /// The rows come in no particular order.
    pub(crate) fn rows_of_many<T>(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
        many: &[Value<'_>],
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let result = self.connection.query_many(sql, values, many, read);
        self.noted(result)
    }

    /// Inserts rows as fast as the engine takes them; returns how many were inserted or changed.
    pub(crate) fn insert<'v, const N: usize>(
        &mut self,
        table: &Table<N>,
        rows: impl IntoIterator<Item = [Value<'v>; N]>,
    ) -> Result<u64, StoreError> {
        let (one, many) = (table.sqlite(), table.postgres());
        self.execute_many(table.place, &one, &many, rows)
    }

    /// Runs a statement for many rows: on SQLite `one` for each, on PostgreSQL `many` with an array
    /// per column. Returns how many rows it changed.
    pub(crate) fn execute_many<'v, const N: usize>(
        &mut self,
        place: Place,
        one: &str,
        many: &str,
        rows: impl IntoIterator<Item = [Value<'v>; N]>,
    ) -> Result<u64, StoreError> {
        let result = self.connection.execute_many(place, one, many, rows);
        self.noted(result)
    }

    fn noted<T>(&mut self, result: Result<T, StoreError>) -> Result<T, StoreError> {
        if let Err(error) = &result {
            self.failure.get_or_insert_with(|| error.clone());
        }
        result
    }
}

impl Connection<'_> {
    fn execute(
        &mut self,
        place: Place,
        sql: &str,
        values: &[Value<'_>],
    ) -> Result<u64, StoreError> {
        values.iter().try_for_each(Value::check)?;
        match self {
            Self::Sqlite { main, keys } => {
                let connection = if place == Place::Main { main } else { keys };
                let changed = connection
                    .prepare_cached(sql)?
                    .execute(rusqlite::params_from_iter(values))?;
                Ok(changed as u64)
            }
            Self::Postgres(session) => session.execute(sql, values),
        }
    }

    fn query<T>(
        &mut self,
        place: Place,
        sql: &str,
        values: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        values.iter().try_for_each(Value::check)?;
        match self {
            Self::Sqlite { main, keys } => {
                let connection = if place == Place::Main { main } else { keys };
                let mut statement = connection.prepare_cached(sql)?;
                let mut rows = statement.query(rusqlite::params_from_iter(values))?;
                let mut all = Vec::new();
                while let Some(row) = rows.next()? {
                    all.push(read(&Row::Sqlite(row))?);
                }
                Ok(all)
            }
            Self::Postgres(session) => {
                let rows = session.query(sql, values)?;
                rows.iter().map(|row| read(&Row::Postgres(row))).collect()
            }
        }
    }

    fn query_many<T>(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
        many: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        if let Self::Postgres(session) = self {
            let rows = session.query_many(sql, values, many)?;
            return rows.iter().map(|row| read(&Row::Postgres(row))).collect();
        }
        let number = values.len() + 1;
        let one = sql.replace(&format!("= ANY(?{number})"), &format!("= ?{number}"));
        let mut values = values.to_vec();
        let mut all = Vec::new();
        for value in many {
            values.push(*value);
            all.extend(self.query(Place::Main, &one, &values, &mut read)?);
            values.pop();
        }
        Ok(all)
    }

    fn execute_many<'v, const N: usize>(
        &mut self,
        place: Place,
        one: &str,
        many: &str,
        rows: impl IntoIterator<Item = [Value<'v>; N]>,
    ) -> Result<u64, StoreError> {
        let mut rows = rows.into_iter();
        match self {
            Self::Sqlite { main, keys } => {
                let connection = if place == Place::Main { main } else { keys };
                let mut statement = connection.prepare_cached(one)?;
                rows.try_fold(0, |count, row| {
                    row.iter().try_for_each(Value::check)?;
                    Ok(count + statement.execute(rusqlite::params_from_iter(row))? as u64)
                })
            }
            Self::Postgres(session) => {
                let mut count = 0;
                loop {
                    let mut columns: [Vec<Value<'v>>; N] = std::array::from_fn(|_| Vec::new());
                    for row in rows.by_ref().take(ROWS_PER_STATEMENT) {
                        row.iter().try_for_each(Value::check)?;
                        for (column, value) in columns.iter_mut().zip(row) {
                            column.push(value);
                        }
                    }
                    if columns[0].is_empty() {
                        return Ok(count);
                    }
                    count += session.execute_columns(many, &columns)?;
                }
            }
        }
    }
}
