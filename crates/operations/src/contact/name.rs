//! Names of persons and companies in one cell.

use super::Salutation;

/// What one name cell says.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PersonName {
    /// `Herr` or `Frau` before the name.
    pub salutation: Option<Salutation>,
    /// Academic titles before or after the name.
    pub title: Option<String>,
    /// Given names.
    pub given: Option<String>,
    /// Family name with particles.
    pub family: Option<String>,
    /// The cell names a company, not a person.
    pub company: Option<String>,
}

const TITLES: [&str; 18] = [
    "dr",
    "prof",
    "dr-ing",
    "drs",
    "ddr",
    "dipl-ing",
    "dipl-kfm",
    "dipl-kffr",
    "dipl-inf",
    "dipl-phys",
    "dipl-chem",
    "dipl-oec",
    "mag",
    "ing",
    "hon-prof",
    "pd",
    "dipl-wirt-ing",
    "priv-doz",
];

/// Parts of a doctor's title that only stand behind `Dr.`.
const TITLE_PARTS: [&str; 19] = [
    "med", "jur", "phil", "rer", "nat", "pol", "oec", "h", "c", "hc", "dent", "vet", "theol",
    "ing", "habil", "mult", "iur", "univ", "dr",
];

const DEGREES: [&str; 20] = [
    "ba", "bsc", "beng", "ma", "msc", "meng", "mba", "llm", "llb", "phd", "md", "bba", "emba",
    "cpa", "mps", "mpa", "dipling", "fh", "dba", "bed",
];

/// Words that begin a family name.
const PARTICLES: [&str; 22] = [
    "von", "van", "vom", "zu", "zum", "zur", "de", "der", "den", "del", "della", "di", "da", "dos",
    "ten", "ter", "la", "le", "af", "al", "el", "freiherr",
];

const LEGAL_FORMS: [&str; 33] = [
    "gmbh", "mbh", "ggmbh", "ag", "kg", "kgaa", "ohg", "gbr", "ug", "ek", "ekfr", "ekfm", "eg",
    "ev", "se", "partg", "partgmbb", "gesmbh", "ltd", "limited", "inc", "llc", "plc", "bv", "nv",
    "sarl", "sàrl", "spa", "srl", "spzoo", "aps", "ab", "oy",
];

/// Whether a name carries a legal form (`GmbH`, `AG`, `e.K.`) or calls itself a firm.
pub fn has_legal_form(text: &str) -> bool {
    let mut words = text
        .split([' ', ',', '(', ')', '\n'])
        .filter(|word| !word.is_empty());
    let first = words.clone().next().map(str::to_lowercase);
    if matches!(first.as_deref(), Some("firma" | "fa." | "fa")) {
        return true;
    }
    // The first word is the name itself: a person may be called Ev or Inc.
    words.next();
    let spaced = words.clone().count() > 1
        && ["e. K.", "e. V.", "e.Kfr.", "Sp. z o.o."]
            .iter()
            .any(|form| text.ends_with(form));
    spaced
        || words.any(|word| {
            let bare: String = word
                .chars()
                .filter(|c| !matches!(c, '.' | '-'))
                .flat_map(char::to_lowercase)
                .collect();
            // `AB`, `SE` and the like are capitals in a firm; `Al` and `Da` are names.
            let short_form = bare.len() > 2
                || word
                    .chars()
                    .filter(|c| c.is_alphabetic())
                    .all(char::is_uppercase)
                || matches!(word, "e.K." | "e.V." | "eG" | "e.G.");
            short_form && LEGAL_FORMS.contains(&bare.as_str())
        })
}

/// Reads `Herr Dr. Max von der Heide`, `Muster, Max`, `Dr. Muster, Erika, M.Sc.`, `Muster`.
/// One word alone is a family name.
pub(super) fn parse(text: &str) -> PersonName {
    let mut name = PersonName::default();
    let text = text.trim();
    if text.is_empty() {
        return name;
    }
    if has_legal_form(text) {
        let bare = ["Firma ", "firma ", "Fa. "]
            .iter()
            .find_map(|start| text.strip_prefix(start));
        name.company = Some(bare.unwrap_or(text).trim().to_owned());
        return name;
    }
    let mut titles = Vec::new();
    let parts: Vec<Vec<&str>> = text
        .split(',')
        .map(|part| take_prefixes(part, &mut name, &mut titles))
        .filter(|words| !words.is_empty())
        .collect();
    name.title = (!titles.is_empty()).then(|| titles.join(" "));
    match parts.as_slice() {
        [] => {}
        [words] => split_words(words, &mut name),
        [family, given, ..] => {
            name.family = Some(family.join(" "));
            let cut = given
                .iter()
                .position(|word| is_particle(word))
                .filter(|&at| at > 0);
            let (given, particle) = given.split_at(cut.unwrap_or(given.len()));
            name.given = join(given);
            // `Heide, Max von der` is the order of an alphabetical list.
            if let (Some(particle), Some(family)) = (join(particle), &mut name.family) {
                *family = format!("{particle} {family}");
            }
        }
    }
    name
}

/// The words of one part without salutation and titles, which are noted.
fn take_prefixes<'a>(
    part: &'a str,
    name: &mut PersonName,
    titles: &mut Vec<String>,
) -> Vec<&'a str> {
    let mut words = Vec::new();
    let mut after_doctor = false;
    for word in part.split_whitespace() {
        let bare = word.trim_end_matches('.').replace('.', "").to_lowercase();
        if words.is_empty() && is_salutation(&bare, word) {
            name.salutation = name.salutation.or_else(|| Salutation::parse(word));
        } else if words.is_empty() && TITLES.contains(&bare.trim_end_matches('-'))
            || after_doctor && word.ends_with('.') && TITLE_PARTS.contains(&bare.as_str())
            || is_title_chain(word)
        {
            titles.push(word.to_owned());
            after_doctor = true;
        } else if is_degree(word, &bare) {
            titles.push(word.to_owned());
        } else {
            after_doctor = false;
            words.push(word);
        }
    }
    words
}

fn is_salutation(bare: &str, word: &str) -> bool {
    matches!(
        bare,
        "herr" | "herrn" | "frau" | "hr" | "fr" | "mr" | "mrs" | "ms" | "miss"
    ) && (bare.len() > 2 || word.ends_with('.') || word.starts_with('M'))
        || matches!(bare, "familie" | "eheleute")
}

/// `Dr.med.`, `Prof.Dr.`, `Dr.-Ing.`, `Dipl.-Ing.`: a chain of abbreviations in one word.
fn is_title_chain(word: &str) -> bool {
    let mut pieces = word.split(['.', '-']).filter(|piece| !piece.is_empty());
    let first = pieces.next().map(str::to_lowercase);
    matches!(
        first.as_deref(),
        Some("dr" | "prof" | "dipl" | "mag" | "priv" | "hon")
    ) && (word.contains('.') && pieces.next().is_some())
}

/// `M.Sc.`, `LL.M.`, `MBA`, `(FH)`.
fn is_degree(word: &str, bare: &str) -> bool {
    let bare = bare.trim_matches(['(', ')']);
    let capitals = word.chars().filter(|c| c.is_uppercase()).count() >= 2;
    capitals && DEGREES.contains(&bare)
}

fn split_words(words: &[&str], name: &mut PersonName) {
    let Some((last, before)) = words.split_last() else {
        return;
    };
    let cut = before
        .iter()
        .position(|word| is_particle(word))
        .unwrap_or(before.len());
    let (given, particles) = before.split_at(cut);
    let mut family = particles.to_vec();
    family.push(last);
    name.given = join(given);
    name.family = join(&family);
}

fn is_particle(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_lowercase) && PARTICLES.contains(&word)
        || matches!(
            word,
            "Freiherr" | "Freifrau" | "Graf" | "Gräfin" | "Van" | "De"
        )
}

fn join(words: &[&str]) -> Option<String> {
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<Salutation>, String, String, String) {
        let name = parse(text);
        let or_empty = Option::unwrap_or_default;
        (
            name.salutation,
            or_empty(name.title),
            or_empty(name.given),
            or_empty(name.family),
        )
    }

    fn read_as(text: &str, title: &str, given: &str, family: &str) {
        let (_, t, g, f) = read(text);
        assert_eq!(
            (t.as_str(), g.as_str(), f.as_str()),
            (title, given, family),
            "{text}"
        );
    }

    #[test]
    fn names_are_split_as_german_offices_write_them() {
        read_as("Erika Muster", "", "Erika", "Muster");
        read_as("Muster, Erika", "", "Erika", "Muster");
        read_as("Herr Dr. Max Muster", "Dr.", "Max", "Muster");
        read_as(
            "Frau Prof. Dr.-Ing. Anna-Lena Groß",
            "Prof. Dr.-Ing.",
            "Anna-Lena",
            "Groß",
        );
        read_as("Dr. med. Erika Muster", "Dr. med.", "Erika", "Muster");
        read_as("Dr.med. Erika Muster", "Dr.med.", "Erika", "Muster");
        read_as("Muster, Dr. Erika", "Dr.", "Erika", "Muster");
        read_as(
            "Dipl.-Ing. (FH) Max Muster",
            "Dipl.-Ing. (FH)",
            "Max",
            "Muster",
        );
        read_as("Max Muster, M.Sc.", "M.Sc.", "Max", "Muster");
        read_as("Max von der Heide", "", "Max", "von der Heide");
        read_as("Heide, Max von der", "", "Max", "von der Heide");
        read_as("Max Graf von Beispiel", "", "Max", "Graf von Beispiel");
        read_as(
            "Anna Lena Muster-Beispiel",
            "",
            "Anna Lena",
            "Muster-Beispiel",
        );
        read_as("Muster", "", "", "Muster");
        read_as("Familie Muster", "", "", "Muster");
        read_as("Frau Muster", "", "", "Muster");
    }

    #[test]
    fn the_salutation_before_a_name_is_kept() {
        assert_eq!(read("Herrn Max Muster").0, Some(Salutation::Herr));
        assert_eq!(read("Fr. Erika Muster").0, Some(Salutation::Frau));
        assert_eq!(read("Erika Muster").0, None);
    }

    #[test]
    fn a_company_in_a_name_column_is_no_person() {
        for text in [
            "Musterbau GmbH",
            "Muster GmbH & Co. KG",
            "Muster e.K.",
            "Muster AG",
            "Muster e. K.",
            "Firma Muster",
            "Muster Sp. z o.o.",
            "Muster mbH",
            "Turnverein Muster e.V.",
        ] {
            let name = parse(text);
            assert!(name.company.is_some() && name.family.is_none(), "{text}");
        }
        assert_eq!(parse("Firma Muster").company.as_deref(), Some("Muster"));
        for text in ["Ada Beispiel", "Al Muster", "Max Ag"] {
            assert!(parse(text).company.is_none(), "{text}");
        }
    }
}
