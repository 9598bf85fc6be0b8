//! PostgreSQL through prepared statements, one connection for each writer.

use measure::Result;
use postgres::types::{ToSql, Type};
use postgres::{Client, NoTls};

/// A value of a column, whatever its type.
pub type Cell = Box<dyn ToSql + Sync + Send>;
/// The values of a row.
pub type Row = Vec<Cell>;

/// A connection without TLS, to a server on this machine.
pub fn connect(url: &str) -> Result<Client> {
    Ok(Client::connect(url, NoTls)?)
}

/// The statement that inserts into a table, and its rows that meet a condition, by `order`.
pub fn table(
    client: &mut Client,
    name: &str,
    condition: &str,
    order: &str,
) -> Result<(String, Vec<Row>)> {
    let select = client.prepare(&format!(
        "SELECT * FROM {name} WHERE {condition} ORDER BY {order}"
    ))?;
    let names: Vec<&str> = select
        .columns()
        .iter()
        .map(postgres::Column::name)
        .collect();
    let marks: Vec<String> = (1..=names.len())
        .map(|number| format!("${number}"))
        .collect();
    let (names, marks) = (names.join(", "), marks.join(", "));
    let sql = format!("INSERT INTO {name} ({names}) OVERRIDING SYSTEM VALUE VALUES ({marks})");
    let rows = client.query(&select, &[])?;
    let rows: Result<Vec<Row>> = rows.iter().map(cells).collect();
    Ok((sql, rows?))
}

fn cells(row: &postgres::Row) -> Result<Row> {
    let cell = |(position, column): (usize, &postgres::Column)| -> Result<Cell> {
        Ok(match *column.type_() {
            Type::INT8 => Box::new(row.try_get::<_, Option<i64>>(position)?),
            Type::TEXT => Box::new(row.try_get::<_, Option<String>>(position)?),
            Type::BYTEA => Box::new(row.try_get::<_, Option<Vec<u8>>>(position)?),
            ref other => return Err(format!("a column of type {other} was not expected").into()),
        })
    };
    row.columns().iter().enumerate().map(cell).collect()
}

/// Inserts a consent and its entry in one transaction.
pub fn insert(
    client: &mut Client,
    sql: [&postgres::Statement; 2],
    consent: &Row,
    entry: &Row,
) -> Result<()> {
    let mut transaction = client.transaction()?;
    transaction.execute(sql[0], &borrowed(consent))?;
    transaction.execute(sql[1], &borrowed(entry))?;
    Ok(transaction.commit()?)
}

fn borrowed(row: &Row) -> Vec<&(dyn ToSql + Sync)> {
    row.iter()
        .map(|cell| &**cell as &(dyn ToSql + Sync))
        .collect()
}
