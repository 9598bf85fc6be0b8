//! The page on personal data names every column, and an erasure reaches every table of a contact.

use std::collections::{BTreeMap, BTreeSet};

use store::erasure::BELONGINGS;
use store::testing::on_each_engine;

const PAGE: &str = include_str!("../../../../docs/personal-data.md");

/// Tables of contacts that an erasure does not empty as it does the others: it empties the contact's own
/// row, shreds the key, takes look-ups out by their hashes, and keeps its own journal.
const OTHERWISE: [&str; 3] = ["contact_key", "erasure", "lookup"];

/// The columns that the page names, by table.
fn named() -> BTreeMap<String, BTreeSet<String>> {
    let rows = PAGE.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let mut names = row.split('`').skip(1).step_by(2).map(str::to_owned);
        // What an erasure does may name other tables; its column is the fourth.
        let table = names.next().unwrap();
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        let columns = cells
            .iter()
            .enumerate()
            .filter(|(place, _)| ![1, 3, 4].contains(place))
            .flat_map(|(_, cell)| cell.split('`').skip(1).step_by(2));
        (table, columns.map(str::to_owned).collect())
    })
    .collect()
}

#[test]
fn the_page_on_personal_data_names_every_column_and_no_other() {
    on_each_engine(|database| {
        drop(database.open());
        let (there, named) = (database.columns(), named());
        let tables = |of: &BTreeMap<String, _>| of.keys().cloned().collect::<Vec<_>>();
        assert_eq!(tables(&there), tables(&named));
        for (table, columns) in there {
            assert_eq!(named[&table], columns, "{table}");
        }
    });
}

#[test]
fn an_erasure_reaches_every_table_that_names_a_contact() {
    on_each_engine(|database| {
        drop(database.open());
        let mut reached: BTreeSet<_> = BELONGINGS.into_iter().chain(OTHERWISE).collect();
        for (table, columns) in database.columns() {
            if columns.contains("contact") {
                assert!(reached.remove(&*table), "{table} is not reached");
            }
        }
        assert!(reached.is_empty(), "{reached:?} are not there");
    });
}
