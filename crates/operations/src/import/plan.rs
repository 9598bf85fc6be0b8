//! What each column means: shown before anything is written.

use serde::Serialize;

use crate::contact::Salutation;

use super::heading;
use super::{ColumnMap, ImportError, Meaning, Pattern};

/// How sure a column's meaning is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Nothing speaks for a meaning.
    None,
    /// Concluded from the cells.
    Guessed,
    /// The heading resembles a known one.
    Likely,
    /// The heading is a known one.
    Certain,
    /// The person said so.
    Told,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// The heading, or `Spalte 3` in a file without headings.
    pub heading: String,
    /// What it is taken for.
    pub meaning: Meaning,
    /// How sure that is.
    pub confidence: Confidence,
    /// Filled cells in the sample.
    pub filled: usize,
    /// Rows in the sample.
    pub sampled: usize,
    /// What most cells look like. The cells themselves are not kept: a plan gets shown, logged
    /// and sent to colleagues.
    pub pattern: Pattern,
}

/// What each column means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// The columns in the order of the file.
    pub columns: Vec<Column>,
    /// Whether the file has headings.
    pub has_headings: bool,
    /// Lines before the headings that were passed over, such as a title.
    pub skipped_lines: u64,
}

impl Plan {
    /// Columns without a meaning, kept under their heading.
    pub fn unmapped(&self) -> impl Iterator<Item = &Column> {
        self.columns
            .iter()
            .filter(|column| column.meaning == Meaning::Custom)
    }

    /// Columns that claim a consent. A column is no proof.
    pub fn claimed_consents(&self) -> impl Iterator<Item = &Column> {
        self.columns
            .iter()
            .filter(|column| column.meaning == Meaning::ClaimedConsent)
    }

    /// Whether there is a column through which people can be reached. Without one every row
    /// would be rejected; the person has to name it with `--map`.
    pub fn reaches_people(&self) -> bool {
        self.columns.iter().any(|column| column.meaning.reaches())
    }

    pub(super) fn headings(&self) -> Vec<String> {
        self.columns
            .iter()
            .map(|column| column.heading.clone())
            .collect()
    }
}

/// Concludes what the columns mean from `headings` (`None`: the file has none), then from
/// sample rows, then lets `map` overrule.
pub fn plan(
    headings: Option<&[String]>,
    samples: &[Vec<String>],
    map: &[ColumnMap],
) -> Result<Plan, ImportError> {
    let widest = samples.iter().map(Vec::len).max().unwrap_or(0);
    let width = headings.map_or(widest, <[String]>::len);
    let mut columns: Vec<Column> = (0..width)
        .map(|index| column(index, headings.and_then(|h| h.get(index)), samples))
        .collect();
    if headings.is_none() {
        guess_by_neighbours(&mut columns, samples);
    }
    settle_name(&mut columns);
    settle_titles(&mut columns, samples);
    settle_second_addresses(&mut columns);
    overrule(&mut columns, map)?;
    Ok(Plan {
        columns,
        has_headings: headings.is_some(),
        skipped_lines: 0,
    })
}

fn column(index: usize, heading: Option<&String>, samples: &[Vec<String>]) -> Column {
    let cells = || {
        samples
            .iter()
            .filter_map(|row| row.get(index))
            .map(String::as_str)
    };
    let pattern = Pattern::of(cells());
    let named = heading.and_then(|text| heading::meaning(text));
    let (meaning, confidence) = match (named, pattern) {
        // `Newsletter-Adresse` is an address whatever its heading resembles.
        (None | Some((_, Confidence::Likely)), Pattern::Email) => {
            (Meaning::Email, Confidence::Guessed)
        }
        (Some(found), _) => found,
        (None, pattern) if heading.is_none() => by_pattern(pattern),
        (None, _) => (Meaning::Custom, Confidence::None),
    };
    let label = heading.map(|text| crate::contact::normalise::text(text).replace('\n', " "));
    Column {
        heading: label
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| format!("Spalte {}", index + 1)),
        meaning,
        confidence,
        filled: cells().filter(|cell| !cell.trim().is_empty()).count(),
        sampled: samples.len(),
        pattern,
    }
}

fn by_pattern(pattern: Pattern) -> (Meaning, Confidence) {
    let meaning = match pattern {
        Pattern::Email => Meaning::Email,
        Pattern::Phone => Meaning::Phone,
        Pattern::Postcode => Meaning::Postcode,
        Pattern::Salutation => Meaning::Salutation,
        Pattern::Web => Meaning::Website,
        Pattern::Company => Meaning::Company,
        _ => return (Meaning::Custom, Confidence::None),
    };
    (meaning, Confidence::Guessed)
}

/// Without headings, text columns are told by what stands beside them: the town follows the
/// postal code, the street precedes it, and the first other text columns are names.
fn guess_by_neighbours(columns: &mut [Column], samples: &[Vec<String>]) {
    if let Some(at) = columns.iter().position(|c| c.meaning == Meaning::Postcode) {
        guess(columns.get_mut(at + 1), Meaning::City);
        guess(
            at.checked_sub(1).and_then(|before| columns.get_mut(before)),
            Meaning::Street,
        );
    }
    let Some(first) = columns.iter().position(is_open_text) else {
        return;
    };
    let words = samples
        .iter()
        .filter_map(|row| row.get(first))
        .filter(|cell| !cell.trim().is_empty());
    let (one, more): (Vec<_>, Vec<_>) = words.partition(|cell| !cell.trim().contains(' '));
    if one.len() < more.len() {
        guess(columns.get_mut(first), Meaning::FullName);
    } else if columns.get(first + 1).is_some_and(is_open_text) {
        guess(columns.get_mut(first), Meaning::GivenName);
        guess(columns.get_mut(first + 1), Meaning::FamilyName);
    } else {
        guess(columns.get_mut(first), Meaning::FullName);
    }
}

fn is_open_text(column: &Column) -> bool {
    column.meaning == Meaning::Custom && column.pattern == Pattern::Text
}

fn guess(column: Option<&mut Column>, meaning: Meaning) {
    if let Some(column) = column.filter(|column| is_open_text(column)) {
        column.meaning = meaning;
        column.confidence = Confidence::Guessed;
    }
}

/// `Name` beside `Vorname` is the family name.
fn settle_name(columns: &mut [Column]) {
    let has = |meaning| {
        columns
            .iter()
            .any(|column: &Column| column.meaning == meaning)
    };
    if !has(Meaning::GivenName) || has(Meaning::FamilyName) {
        return;
    }
    for column in columns {
        if column.meaning == Meaning::FullName && heading::fold(&column.heading) == "name" {
            column.meaning = Meaning::FamilyName;
        }
    }
}

/// An English `Title` is a salutation with Outlook, a position with Salesforce, and sometimes
/// an academic title: the cells tell.
fn settle_titles(columns: &mut [Column], samples: &[Vec<String>]) {
    for (index, column) in columns.iter_mut().enumerate() {
        if heading::fold(&column.heading) != "title" {
            continue;
        }
        let filled = || {
            samples
                .iter()
                .filter_map(|row| row.get(index))
                .map(|c| c.trim())
                .filter(|c| !c.is_empty())
        };
        let academic = |cell: &&str| {
            let lower = cell.to_lowercase();
            lower.starts_with("dr") || lower.starts_with("prof") || lower.starts_with("dipl")
        };
        let total = filled().count();
        column.confidence = Confidence::Guessed;
        column.meaning = if filled().filter(|c| Salutation::parse(c).is_some()).count() * 2 > total
        {
            Meaning::Salutation
        } else if filled().filter(academic).count() * 2 > total {
            Meaning::Title
        } else {
            Meaning::Position
        };
    }
}

/// A private or delivery address beside a business one must not be mixed with it.
fn settle_second_addresses(columns: &mut [Column]) {
    let first = columns
        .iter()
        .any(|c| c.meaning.is_postal() && !heading::is_secondary(&c.heading));
    if !first {
        return;
    }
    for column in columns {
        if column.meaning.is_postal() && heading::is_secondary(&column.heading) {
            column.meaning = Meaning::Custom;
        }
    }
}

fn overrule(columns: &mut [Column], map: &[ColumnMap]) -> Result<(), ImportError> {
    for told in map {
        let wanted = loose(&told.column);
        let mut found = false;
        for column in columns
            .iter_mut()
            .filter(|column| loose(&column.heading) == wanted)
        {
            column.meaning = told.meaning;
            column.confidence = Confidence::Told;
            found = true;
        }
        if !found {
            return Err(ImportError::UnknownColumn {
                wanted: told.column.clone(),
                known: columns
                    .iter()
                    .map(|column| column.heading.clone())
                    .collect(),
            });
        }
    }
    Ok(())
}

/// A heading for comparison: letters and digits alone.
fn loose(heading: &str) -> String {
    heading
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(headings: &[&str], rows: &[&[&str]]) -> Plan {
        let headings: Vec<String> = headings.iter().map(|&h| h.to_owned()).collect();
        plan(Some(&headings), &owned(rows), &[]).unwrap()
    }

    fn owned(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter()
            .map(|row| row.iter().map(|&c| c.to_owned()).collect())
            .collect()
    }

    fn meanings(plan: &Plan) -> Vec<Meaning> {
        plan.columns.iter().map(|column| column.meaning).collect()
    }

    #[test]
    fn name_is_the_family_name_beside_a_given_name_and_the_whole_name_alone() {
        let both = table(&["Vorname", "Name"], &[]);
        assert_eq!(meanings(&both), [Meaning::GivenName, Meaning::FamilyName]);
        assert_eq!(meanings(&table(&["Name"], &[])), [Meaning::FullName]);
    }

    #[test]
    fn an_english_title_is_told_by_its_cells() {
        assert_eq!(
            meanings(&table(&["Title"], &[&["Mr."], &["Ms."]])),
            [Meaning::Salutation]
        );
        assert_eq!(
            meanings(&table(&["Title"], &[&["Dr."], &["Prof. Dr."]])),
            [Meaning::Title]
        );
        assert_eq!(
            meanings(&table(&["Title"], &[&["Head of Sales"]])),
            [Meaning::Position]
        );
    }

    #[test]
    fn a_private_address_is_not_mixed_with_the_business_one() {
        let plan = table(&["Straße geschäftlich", "Straße privat", "Ort privat"], &[]);
        assert_eq!(
            meanings(&plan),
            [Meaning::Street, Meaning::Custom, Meaning::Custom]
        );
        assert_eq!(meanings(&table(&["Straße privat"], &[])), [Meaning::Street]);
    }

    #[test]
    fn without_headings_columns_are_told_by_their_cells() {
        let rows = owned(&[
            &[
                "Frau",
                "Erika",
                "Muster",
                "erika@example.de",
                "Hauptstr. 1",
                "70173",
                "Stuttgart",
            ],
            &[
                "Herr",
                "Max",
                "Beispiel",
                "max@example.de",
                "Am Markt 2",
                "10115",
                "Berlin",
            ],
        ]);
        let plan = plan(None, &rows, &[]).unwrap();
        assert_eq!(
            meanings(&plan),
            [
                Meaning::Salutation,
                Meaning::GivenName,
                Meaning::FamilyName,
                Meaning::Email,
                Meaning::Street,
                Meaning::Postcode,
                Meaning::City,
            ]
        );
        assert_eq!(plan.columns[1].heading, "Spalte 2");
    }

    #[test]
    fn an_unknown_heading_over_addresses_is_taken_by_its_cells() {
        let plan = table(
            &["Kundennummer", "Erreichbar"],
            &[&["4711", "a@example.de"]],
        );
        assert_eq!(meanings(&plan), [Meaning::Custom, Meaning::Email]);
        assert!(plan.reaches_people());
        assert_eq!(plan.unmapped().count(), 1);
    }

    #[test]
    fn the_person_overrules_and_a_wrong_column_is_answered_with_the_right_ones() {
        let headings = ["Firmierung X".to_owned(), "Mail".to_owned()];
        let map = ["firmierung x=company".parse().unwrap()];
        let told = plan(Some(&headings), &[], &map).unwrap();
        assert_eq!(told.columns[0].meaning, Meaning::Company);
        assert_eq!(told.columns[0].confidence, Confidence::Told);
        let wrong = ["Frima=company".parse().unwrap()];
        let error = plan(Some(&headings), &[], &wrong).unwrap_err().to_string();
        assert!(
            error.contains("Frima") && error.contains("Firmierung X"),
            "{error}"
        );
    }

    #[test]
    fn a_plan_holds_no_cell() {
        let plan = table(
            &["Name", "E-Mail"],
            &[&["Erika Muster", "erika@example.de"]],
        );
        let json = serde_json::to_string(&plan).unwrap();
        assert!(!json.contains("Erika") && !json.contains("erika"), "{json}");
    }
}
