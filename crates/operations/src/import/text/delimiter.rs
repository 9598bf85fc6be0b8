//! Which character separates the fields.

use crate::import::heading;

/// In the order of preference: German offices use the semicolon.
const CANDIDATES: [u8; 4] = [b';', b'\t', b',', b'|'];

/// Records that are looked at.
const RECORDS: usize = 100;

/// The delimiter that the first line states for Excel: `sep=;`.
pub(crate) fn stated(sample: &str) -> Option<u8> {
    let line = sample.lines().next()?.trim_matches(['"', ' ']);
    let start = line.get(..4)?;
    let rest = line.get(4..)?;
    // `sep=` followed by a tab keeps it; only the line's own blanks were trimmed.
    match rest.as_bytes() {
        [delimiter] if start.eq_ignore_ascii_case("sep=") => Some(*delimiter),
        _ => None,
    }
}

/// The delimiter under which the records have the most even and largest number of fields and
/// the most known headings. A text of one column has none; the semicolon is as good as any.
pub(crate) fn sniff(sample: &str) -> u8 {
    let mut best = (b';', 0.0);
    for delimiter in CANDIDATES {
        let score = score(sample, delimiter);
        if score > best.1 {
            best = (delimiter, score);
        }
    }
    best.0
}

fn score(sample: &str, delimiter: u8) -> f64 {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(sample.as_bytes());
    let mut widths: Vec<u32> = Vec::new();
    let mut headings = 0;
    for record in reader.records().take(RECORDS) {
        let Ok(record) = record else { return 0.0 };
        if widths.len() < 10 {
            let known = record
                .iter()
                .filter(|cell| heading::meaning(cell).is_some())
                .count();
            headings = headings.max(known);
        }
        widths.push(u32::try_from(record.len()).unwrap_or(u32::MAX));
    }
    let usual = |width: u32| widths.iter().filter(|w| **w == width).count();
    let Some((width, count)) = widths
        .iter()
        .filter(|width| **width > 1)
        .map(|width| (*width, usual(*width)))
        .max_by_key(|(_, count)| *count)
    else {
        return 0.0;
    };
    let share = as_float(count) / as_float(widths.len());
    share * (1.0 + f64::from(width).ln())
        + if headings > 1 {
            as_float(headings)
        } else {
            0.0
        }
}

fn as_float(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_found_though_other_candidates_stand_in_the_fields() {
        assert_eq!(
            sniff("Name;Umsatz;E-Mail\n\"Muster, Erika\";1.234,50;a@example.de\n"),
            b';'
        );
        assert_eq!(sniff("Name,Mail\n\"Muster; Erika\",a@example.de\n"), b',');
        assert_eq!(
            sniff("Muster, Erika;a@example.de\nBeispiel, Max;b@example.de\n"),
            b';'
        );
        assert_eq!(sniff("Name\tMail\nMuster, Erika\ta@example.de\n"), b'\t');
        assert_eq!(sniff("Name|Mail\nErika|a@example.de\n"), b'|');
        assert_eq!(sniff("a@example.de\nb@example.de\n"), b';');
        assert_eq!(sniff("x;\"1,2,3\n4,5,6\n7,8,9\"\ny;\"1\"\n"), b';');
    }

    #[test]
    fn excels_own_statement_is_obeyed() {
        assert_eq!(stated("sep=;\nName;Mail\n"), Some(b';'));
        assert_eq!(stated("SEP=,\nName,Mail\n"), Some(b','));
        assert_eq!(stated("sep=\t\nName\tMail\n"), Some(b'\t'));
        assert_eq!(stated("Name;Mail\n"), None);
        assert_eq!(stated("sep=;;\n"), None);
    }
}
