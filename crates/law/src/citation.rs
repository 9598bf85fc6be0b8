//! Citations of statutes and decisions, which may be renumbered over time.

use jiff::civil::Date;

use crate::Lang;

/// A citation of a provision or a decision, for example `UWG § 7(2) Nr. 2`.
///
/// Provisions move: what is § 7(2) Nr. 2 UWG today was Nr. 3 until 27 May 2022. A citation
/// therefore knows its earlier labels, and [`Citation::label`] gives the one in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Citation {
    label: &'static str,
    earlier: &'static [(Date, &'static str)],
}

impl Citation {
    /// A citation whose label never changed.
    pub const fn new(label: &'static str) -> Self {
        Self {
            label,
            earlier: &[],
        }
    }

    /// A citation with earlier labels. Each pair says up to which day, exclusive, the earlier
    /// label was the right one; pairs are in order of time.
    pub const fn renumbered(label: &'static str, earlier: &'static [(Date, &'static str)]) -> Self {
        Self { label, earlier }
    }

    /// The label that was right on the day `on`.
    pub fn label(&self, on: Date) -> &'static str {
        self.earlier
            .iter()
            .find(|(until, _)| on < *until)
            .map_or(self.label, |(_, label)| *label)
    }

    /// The citation as a reader of `lang` writes it, numbered as on the day `on`: German lawyers
    /// write `§ 7 Abs. 2 Nr. 2 UWG` and `Art. 6 Abs. 1 lit. f DSGVO`.
    pub fn written(&self, on: Date, lang: Lang) -> String {
        written_citation(self.label(on), lang)
    }

    /// The label in force today, that is, the newest one known here.
    pub const fn current(&self) -> &'static str {
        self.label
    }
}

/// A label as a reader of `lang` writes it; see [`Citation::written`].
pub fn written_citation(label: &str, lang: Lang) -> String {
    match lang {
        Lang::En => label.to_owned(),
        Lang::De => in_german(label),
    }
}

/// Several labels parted by commas or semicolons, as people enter them beside a rule
/// (`HGB § 257(4), AO § 147(3)`), each as a reader of `lang` writes it. A part that names no act,
/// as the second of `BGB §§ 195, 199(1)`, belongs to the one before.
pub fn written_citations(labels: &str, lang: Lang) -> String {
    let mut written: Vec<String> = Vec::new();
    for part in labels.split_inclusive([',', ';']) {
        match written.last_mut() {
            Some(before) if !part.trim_start().starts_with(|c: char| c.is_alphabetic()) => {
                before.push_str(part);
            }
            _ => written.push(part.trim_start().to_owned()),
        }
    }
    let written = written.iter().map(|label| {
        let bare = label.trim_end().trim_end_matches([',', ';']);
        let end = label.get(bare.len()..).unwrap_or_default().trim_end();
        format!("{}{end}", written_citation(bare, lang))
    });
    written.collect::<Vec<_>>().join(" ")
}

/// Acts that German texts name after the provision.
const ACTS: [(&str, &str); 22] = [
    ("GDPR", "DSGVO"),
    ("UWG", "UWG"),
    ("UWG-CH", "UWG (Schweiz)"),
    ("revDSG", "DSG (Schweiz)"),
    ("HGB", "HGB"),
    ("AO", "AO"),
    ("EGAO", "EGAO"),
    ("BDSG", "BDSG"),
    ("BGB", "BGB"),
    ("UStG", "UStG"),
    ("AGG", "AGG"),
    ("ArbGG", "ArbGG"),
    ("TDDDG", "TDDDG"),
    ("DDG", "DDG"),
    ("TMG", "TMG"),
    ("TTDSG", "TTDSG"),
    ("ECG", "ECG (Österreich)"),
    ("TKG 2021", "TKG 2021 (Österreich)"),
    ("Directive 2002/58", "Richtlinie 2002/58/EG"),
    ("Directive 2005/29", "Richtlinie 2005/29/EG"),
    ("Regulation 1182/71", "Verordnung (EWG, Euratom) 1182/71"),
    ("Decision (EU) 2021/914", "Beschluss (EU) 2021/914"),
];

/// A label in German order and words; what is no German or European act stays as it is.
fn in_german(label: &str) -> String {
    if let Some(case) = label.strip_prefix("CJEU ") {
        return format!("EuGH {case}");
    }
    if let Some(paper) = label.strip_prefix("EDPB Guidelines ") {
        return format!("EDSA-Leitlinien {paper}");
    }
    if let Some(paper) = label.strip_prefix("EDPB Recommendations ") {
        return format!("EDSA-Empfehlungen {paper}");
    }
    let found = ACTS.iter().find_map(|(act, german)| {
        let place = label.strip_prefix(act)?.strip_prefix(' ')?;
        Some((place, *german))
    });
    match found {
        // The definitions are numbered, not parted into paragraphs.
        Some((place, "DSGVO")) if place.starts_with("Art. 4(") => {
            format!("{} DSGVO", german_place(place).replacen("Abs.", "Nr.", 1))
        }
        Some((place, act)) => format!("{} {act}", german_place(place)),
        None => ACTS
            .iter()
            .find(|(act, _)| *act == label)
            .map_or_else(|| label.to_owned(), |(_, german)| (*german).to_owned()),
    }
}

/// `Art. 6(1)(f)` becomes `Art. 6 Abs. 1 lit. f`.
fn german_place(place: &str) -> String {
    let mut german = String::with_capacity(place.len() + 16);
    let mut rest = place;
    while let Some((before, after)) = rest.split_once('(') {
        let Some((inner, behind)) = after.split_once(')') else {
            break;
        };
        german.push_str(before);
        let numbered = inner.starts_with(|c: char| c.is_ascii_digit());
        let word = if numbered { " Abs. " } else { " lit. " };
        // `(2)-(4)` is one range of paragraphs.
        german.push_str(if german.ends_with('-') { "" } else { word });
        german.push_str(inner);
        rest = behind;
    }
    german.push_str(rest);
    // `Nr. 3 a` names a letter, too.
    if let Some((before, letter)) = german.rsplit_once(' ')
        && let [b'a'..=b'z'] = letter.as_bytes()
        && before.ends_with(|c: char| c.is_ascii_digit())
    {
        german = format!("{before} lit. {letter}");
    }
    german
        .replace(" sentence ", " Satz ")
        .replace("recital ", "Erwägungsgrund ")
        .replace("Annex I", "Anhang I")
}

/// How certain a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Confidence {
    /// The statute's words or settled case law.
    Settled,
    /// Disputed, or not confirmed by a published source here: a person is to check it.
    ToBeChecked,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const ADVERTISING_BY_MAIL: Citation = Citation::renumbered(
        "UWG § 7(2) Nr. 2",
        &[(date(2022, 5, 28), "UWG § 7(2) Nr. 3")],
    );

    #[test]
    fn label_is_the_one_in_force_on_the_day() {
        assert_eq!(
            ADVERTISING_BY_MAIL.label(date(2022, 5, 27)),
            "UWG § 7(2) Nr. 3"
        );
        assert_eq!(
            ADVERTISING_BY_MAIL.label(date(2022, 5, 28)),
            "UWG § 7(2) Nr. 2"
        );
        assert_eq!(ADVERTISING_BY_MAIL.current(), "UWG § 7(2) Nr. 2");
    }

    #[test]
    fn german_readers_get_german_citations() {
        let written = [
            ("UWG § 7(2) Nr. 2", "§ 7 Abs. 2 Nr. 2 UWG"),
            ("GDPR Art. 4(11)", "Art. 4 Nr. 11 DSGVO"),
            ("UWG § 7(2) Nr. 3 a", "§ 7 Abs. 2 Nr. 3 lit. a UWG"),
            ("DDG § 6(1)", "§ 6 Abs. 1 DDG"),
            ("GDPR Art. 6(1)(f)", "Art. 6 Abs. 1 lit. f DSGVO"),
            ("BDSG § 38(1) sentence 2", "§ 38 Abs. 1 Satz 2 BDSG"),
            ("BGB § 199(2)-(4)", "§ 199 Abs. 2-4 BGB"),
            ("GDPR recital 47", "Erwägungsgrund 47 DSGVO"),
            ("UWG-CH Art. 3(1)(o)", "Art. 3 Abs. 1 lit. o UWG (Schweiz)"),
            ("TKG 2021 § 174(3)", "§ 174 Abs. 3 TKG 2021 (Österreich)"),
            (
                "Directive 2002/58 Art. 13(1)",
                "Art. 13 Abs. 1 Richtlinie 2002/58/EG",
            ),
            ("CJEU C-654/23", "EuGH C-654/23"),
            ("BGH I ZR 218/07", "BGH I ZR 218/07"),
            ("CPCE L. 34-5", "CPCE L. 34-5"),
        ];
        for (label, german) in written {
            let citation = Citation::new(label);
            let on = date(2026, 11, 24);
            assert_eq!(citation.written(on, Lang::De), german);
            assert_eq!(citation.written(on, Lang::En), label);
        }
    }

    #[test]
    fn several_citations_in_one_text_are_each_written_as_readers_do() {
        let written = [
            (
                "HGB § 257(4), AO § 147(3)",
                "§ 257 Abs. 4 HGB, § 147 Abs. 3 AO",
            ),
            ("BGB §§ 195, 199(1)", "§§ 195, 199 Abs. 1 BGB"),
            (
                "AGG § 15(4); ArbGG § 61b(1)",
                "§ 15 Abs. 4 AGG; § 61b Abs. 1 ArbGG",
            ),
            ("§ 257 Abs. 4 HGB", "§ 257 Abs. 4 HGB"),
            ("unser Archivplan", "unser Archivplan"),
            ("", ""),
        ];
        for (labels, german) in written {
            assert_eq!(written_citations(labels, Lang::De), german);
            assert_eq!(written_citations(labels, Lang::En), labels);
        }
    }

    #[test]
    fn german_citations_are_renumbered_too() {
        let then = ADVERTISING_BY_MAIL.written(date(2022, 5, 27), Lang::De);
        assert_eq!(then, "§ 7 Abs. 2 Nr. 3 UWG");
    }
}
