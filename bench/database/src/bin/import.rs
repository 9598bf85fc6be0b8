//! Import of a list against bare prepared inserts of the very rows that the import leaves behind:
//! same tables, same bytes, as many transactions, SQLite with the same settings.

use std::path::Path;
use std::time::Instant;

use bench_database::bare::sqlite::{self, Table};
use bench_database::{contact_list, copy_folder, import, open, set_up};
use measure::{Line, Result, compare};
use store::Target;
use tempfile::TempDir;

const ROUNDS: usize = 3;
const ROWS: usize = 100_000;
/// Rows in one transaction of the product's import.
const BATCH: usize = 500;

fn main() -> Result<()> {
    let place = TempDir::new_in(".")?;
    let start = place.path().join("start");
    drop(set_up(&Target::Sqlite(start.clone()), &start)?);
    let list = contact_list(ROWS);
    let (ours, theirs) = (place.path().join("ours"), place.path().join("theirs"));

    import_list(&start, &ours, &list)?;
    let main = new_rows(&start, &ours, "leitplanke.db")?;
    let keys = new_rows(&start, &ours, "keys.db")?;
    let figures = compare(
        ROUNDS,
        || import_list(&start, &ours, &list),
        || insert_bare(&start, &theirs, &main, &keys),
    )?;
    let line = Line {
        ours: "import of a CP1252 list, SQLite",
        theirs: "bare inserts of the same rows",
        unit: "contacts/s",
        figures,
        goal: Some(0.5),
    };
    println!("{line}");
    Ok(())
}

fn import_list(start: &Path, folder: &Path, list: &[u8]) -> Result<f64> {
    renew(start, folder)?;
    let organisation = open(&Target::Sqlite(folder.to_owned()), folder)?;
    let list = list.to_vec();
    let begun = Instant::now();
    import(&organisation, list, ROWS)?;
    Ok(per_second(begun))
}

fn insert_bare(start: &Path, folder: &Path, main: &[Table], keys: &[Table]) -> Result<f64> {
    renew(start, folder)?;
    let main_file = sqlite::open(&folder.join("leitplanke.db"))?;
    let keys_file = sqlite::open(&folder.join("keys.db"))?;
    let transactions = ROWS.div_ceil(BATCH);
    let begun = Instant::now();
    for number in 0..transactions {
        for (connection, tables) in [(&keys_file, keys), (&main_file, main)] {
            connection.execute_batch("BEGIN IMMEDIATE")?;
            for table in tables {
                let end = |part: usize| table.rows.len() * part / transactions;
                sqlite::insert(
                    connection,
                    &table.insert,
                    &table.rows[end(number)..end(number + 1)],
                )?;
            }
            connection.execute_batch("COMMIT")?;
        }
    }
    Ok(per_second(begun))
}

/// What an import added.
fn new_rows(before: &Path, after: &Path, file: &str) -> Result<Vec<Table>> {
    let before = sqlite::tables(&sqlite::open(&before.join(file))?)?;
    let mut tables = sqlite::tables(&sqlite::open(&after.join(file))?)?;
    for (table, before) in tables.iter_mut().zip(before) {
        table.rows.retain(|row| !before.rows.contains(row));
        // The import fills up the log's last tiles, which are there already.
        table.insert = table.insert.replacen("INSERT", "INSERT OR REPLACE", 1);
    }
    Ok(tables)
}

fn renew(start: &Path, folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    copy_folder(start, folder)
}

fn per_second(begun: Instant) -> f64 {
    #[allow(clippy::cast_precision_loss)]
    let rows = ROWS as f64;
    rows / begun.elapsed().as_secs_f64()
}
