//! Which country a contact is in. The country decides which law governs a message.

use law::Country;

use super::Fields;

/// From what a country was concluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CountryOrigin {
    /// A country column or address.
    Named,
    /// The sign before a postal code: `D-70173`.
    Postcode,
    /// The code of a telephone number.
    Phone,
    /// The country domain of an e-mail address.
    Domain,
    /// Nothing in the row says it: the list's default country.
    Default,
}

/// A country and from what it was concluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountryGuess {
    /// The country.
    pub country: Country,
    /// From what it was concluded.
    pub origin: CountryOrigin,
}

impl CountryGuess {
    /// Concludes the country: what the address names, then the sign before the postal code,
    /// then a telephone number's code (not of numbers without one, which were read with the
    /// default), then an e-mail address's country domain, then `default`.
    pub fn of(fields: &Fields, postcode_sign: Option<Country>, default: Country) -> Self {
        let phone = || {
            fields
                .phones
                .iter()
                .filter(|p| {
                    p.original().contains('+') || p.original().trim_start().starts_with("00")
                })
                .find_map(super::Phone::country)
        };
        let domain = || {
            fields
                .emails
                .iter()
                .find_map(|email| of_domain(email.domain()))
        };
        let named = |country, origin| Self { country, origin };
        fields
            .country
            .map(|c| named(c, CountryOrigin::Named))
            .or_else(|| postcode_sign.map(|c| named(c, CountryOrigin::Postcode)))
            .or_else(|| phone().map(|c| named(c, CountryOrigin::Phone)))
            .or_else(|| domain().map(|c| named(c, CountryOrigin::Domain)))
            .unwrap_or(named(default, CountryOrigin::Default))
    }
}

/// A postal code with its sign taken off: `D-70173`, `AT 1010`, `CH8000`.
pub(crate) fn split_postcode(text: &str) -> (Option<Country>, String) {
    let letters: String = text.chars().take_while(char::is_ascii_alphabetic).collect();
    let rest = text.get(letters.len()..).unwrap_or_default();
    let code = rest.trim_start_matches(['-', ' ', '–']);
    let mut digits = code.chars();
    // A British code begins with letters itself, a Dutch one ends with them.
    let plain =
        digits.clone().count() >= 4 && digits.all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-'));
    match by_code(&letters.to_ascii_uppercase()) {
        Some(country) if plain && !letters.is_empty() => (Some(country), code.to_owned()),
        _ => (None, text.to_owned()),
    }
}

fn of_domain(domain: &str) -> Option<Country> {
    let top = domain.rsplit('.').next()?.to_ascii_uppercase();
    let code = if top == "UK" { "GB" } else { top.as_str() };
    // Only countries of the table: .io, .co, .ai or .tv say nothing of a country.
    let listed = COUNTRIES.iter().any(|row| row.iso == code) && !matches!(code, "ME" | "IN" | "CO");
    listed.then(|| code.parse().ok()).flatten()
}

pub(super) fn by_name(text: &str) -> Option<Country> {
    let trimmed = text.trim();
    if let Some(country) = by_code(&trimmed.to_ascii_uppercase()) {
        return Some(country);
    }
    let wanted = fold(trimmed);
    COUNTRIES
        .iter()
        .find(|row| row.names.iter().any(|name| *name == wanted))
        .and_then(|row| row.iso.parse().ok())
}

/// By two- or three-letter code or vehicle sign.
fn by_code(code: &str) -> Option<Country> {
    if code.is_empty() || code.len() > 3 {
        return None;
    }
    let row = COUNTRIES
        .iter()
        .find(|row| row.iso == code || row.signs.contains(&code));
    if let Some(row) = row {
        return row.iso.parse().ok();
    }
    // Every further ISO code that has a telephone code.
    let known = code.len() == 2 && code.parse::<phonenumber::country::Id>().is_ok();
    known.then(|| code.parse().ok()).flatten()
}

fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            'é' | 'è' => out.push('e'),
            c if c.is_alphanumeric() => out.push(c),
            _ => {}
        }
    }
    out
}

struct Row {
    iso: &'static str,
    /// Three-letter ISO code and vehicle sign where it is not the two-letter code.
    signs: &'static [&'static str],
    /// Names in folded letters.
    names: &'static [&'static str],
}

const fn row(
    iso: &'static str,
    signs: &'static [&'static str],
    names: &'static [&'static str],
) -> Row {
    Row { iso, signs, names }
}

const COUNTRIES: &[Row] = &[
    row(
        "DE",
        &["D", "DEU", "BRD", "GER"],
        &[
            "deutschland",
            "germany",
            "bundesrepublikdeutschland",
            "allemagne",
        ],
    ),
    row("AT", &["A", "AUT"], &["oesterreich", "austria", "autriche"]),
    row(
        "CH",
        &["CHE"],
        &[
            "schweiz",
            "switzerland",
            "suisse",
            "svizzera",
            "schweizerischeeidgenossenschaft",
        ],
    ),
    row(
        "LI",
        &["FL", "LIE"],
        &["liechtenstein", "fuerstentumliechtenstein"],
    ),
    row("FR", &["F", "FRA"], &["frankreich", "france"]),
    row(
        "NL",
        &["NLD"],
        &[
            "niederlande",
            "holland",
            "netherlands",
            "thenetherlands",
            "nederland",
        ],
    ),
    row(
        "BE",
        &["B", "BEL"],
        &["belgien", "belgium", "belgique", "belgie"],
    ),
    row("LU", &["L", "LUX"], &["luxemburg", "luxembourg"]),
    row("IT", &["I", "ITA"], &["italien", "italy", "italia"]),
    row("ES", &["E", "ESP"], &["spanien", "spain", "espana"]),
    row("PT", &["P", "PRT"], &["portugal"]),
    row("PL", &["POL"], &["polen", "poland", "polska"]),
    row(
        "CZ",
        &["CZE"],
        &[
            "tschechien",
            "tschechischerepublik",
            "czechrepublic",
            "czechia",
        ],
    ),
    row("SK", &["SVK"], &["slowakei", "slovakia"]),
    row("SI", &["SLO", "SVN"], &["slowenien", "slovenia"]),
    row("HU", &["H", "HUN"], &["ungarn", "hungary"]),
    row("RO", &["ROU"], &["rumaenien", "romania"]),
    row("BG", &["BGR"], &["bulgarien", "bulgaria"]),
    row("HR", &["HRV"], &["kroatien", "croatia", "hrvatska"]),
    row("GR", &["GRC"], &["griechenland", "greece"]),
    row("CY", &["CYP"], &["zypern", "cyprus"]),
    row("MT", &["M", "MLT"], &["malta"]),
    row("DK", &["DNK"], &["daenemark", "denmark", "danmark"]),
    row("SE", &["S", "SWE"], &["schweden", "sweden", "sverige"]),
    row("FI", &["FIN"], &["finnland", "finland", "suomi"]),
    row("NO", &["N", "NOR"], &["norwegen", "norway", "norge"]),
    row("IS", &["ISL"], &["island", "iceland"]),
    row("EE", &["EST"], &["estland", "estonia"]),
    row("LV", &["LVA"], &["lettland", "latvia"]),
    row("LT", &["LTU"], &["litauen", "lithuania"]),
    row("IE", &["IRL"], &["irland", "ireland"]),
    row(
        "GB",
        &["UK", "GBR"],
        &[
            "grossbritannien",
            "vereinigteskoenigreich",
            "unitedkingdom",
            "greatbritain",
            "england",
            "schottland",
            "scotland",
            "wales",
            "nordirland",
        ],
    ),
    row("TR", &["TUR"], &["tuerkei", "turkey", "tuerkiye"]),
    row("UA", &["UKR"], &["ukraine"]),
    row("RS", &["SRB"], &["serbien", "serbia"]),
    row(
        "BA",
        &["BIH"],
        &["bosnienundherzegowina", "bosnien", "bosniaandherzegovina"],
    ),
    row(
        "MK",
        &["MKD"],
        &["nordmazedonien", "mazedonien", "northmacedonia"],
    ),
    row("AL", &["ALB"], &["albanien", "albania"]),
    row("ME", &["MNE"], &["montenegro"]),
    row("MD", &["MDA"], &["moldau", "moldawien", "moldova"]),
    row(
        "RU",
        &["RUS"],
        &[
            "russland",
            "russischefoederation",
            "russia",
            "russianfederation",
        ],
    ),
    row("BY", &["BLR"], &["belarus", "weissrussland"]),
    row("MC", &["MCO"], &["monaco"]),
    row(
        "US",
        &["USA"],
        &[
            "vereinigtestaaten",
            "vereinigtestaatenvonamerika",
            "unitedstates",
            "unitedstatesofamerica",
        ],
    ),
    row("CA", &["CAN", "CDN"], &["kanada", "canada"]),
    row("MX", &["MEX"], &["mexiko", "mexico"]),
    row("BR", &["BRA"], &["brasilien", "brazil"]),
    row("CN", &["CHN"], &["china", "volksrepublikchina"]),
    row("JP", &["J", "JPN"], &["japan"]),
    row("KR", &["KOR"], &["suedkorea", "korea", "southkorea"]),
    row("IN", &["IND"], &["indien", "india"]),
    row("SG", &["SGP"], &["singapur", "singapore"]),
    row(
        "AE",
        &["ARE", "UAE", "VAE"],
        &["vereinigtearabischeemirate", "unitedarabemirates"],
    ),
    row("IL", &["ISR"], &["israel"]),
    row("ZA", &["ZAF"], &["suedafrika", "southafrica"]),
    row("AU", &["AUS"], &["australien", "australia"]),
    row("NZ", &["NZL"], &["neuseeland", "newzealand"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::{Email, Phone};

    #[test]
    fn countries_are_known_by_name_code_and_vehicle_sign() {
        for (text, code) in [
            ("Deutschland", "DE"),
            ("D", "DE"),
            ("de", "DE"),
            ("Österreich", "AT"),
            ("A", "AT"),
            ("AUT", "AT"),
            ("Schweiz", "CH"),
            ("United Kingdom", "GB"),
            ("UK", "GB"),
            ("Großbritannien", "GB"),
            ("USA", "US"),
            ("Dänemark", "DK"),
            ("KE", "KE"),
        ] {
            assert_eq!(
                by_name(text).map(|c| c.to_string()).as_deref(),
                Some(code),
                "{text}"
            );
        }
        for text in ["", "Bayern", "XX", "Deutschlnd"] {
            assert_eq!(by_name(text), None, "{text}");
        }
    }

    #[test]
    fn a_sign_before_the_postal_code_names_the_country() {
        let at = Country::new(*b"AT");
        assert_eq!(
            split_postcode("D-70173"),
            (Some(Country::DE), "70173".into())
        );
        assert_eq!(split_postcode("A-1010"), (Some(at), "1010".into()));
        assert_eq!(split_postcode("AT 1010"), (Some(at), "1010".into()));
        assert_eq!(split_postcode("70173"), (None, "70173".into()));
        assert_eq!(split_postcode("SW1A 1AA"), (None, "SW1A 1AA".into()));
        assert_eq!(split_postcode("1012 AB"), (None, "1012 AB".into()));
    }

    #[test]
    fn the_address_outweighs_the_phone_and_the_phone_outweighs_the_domain() {
        let default = Country::DE;
        let at = Country::new(*b"AT");
        let ch = Country::new(*b"CH");
        let mut fields = Fields::default();
        assert_eq!(
            CountryGuess::of(&fields, None, default).origin,
            CountryOrigin::Default
        );
        fields.add_email(Email::parse("erika@example.fr").unwrap());
        let guess = CountryGuess::of(&fields, None, default);
        assert_eq!(
            (guess.country.as_str(), guess.origin),
            ("FR", CountryOrigin::Domain)
        );
        fields.add_phone(Phone::parse("0711 123456", default).unwrap());
        assert_eq!(
            CountryGuess::of(&fields, None, default).origin,
            CountryOrigin::Domain
        );
        fields.add_phone(Phone::parse("+41 44 668 18 00", default).unwrap());
        let guess = CountryGuess::of(&fields, None, default);
        assert_eq!((guess.country, guess.origin), (ch, CountryOrigin::Phone));
        assert_eq!(CountryGuess::of(&fields, Some(at), default).country, at);
        fields.country = Some(default);
        assert_eq!(
            CountryGuess::of(&fields, Some(at), default).origin,
            CountryOrigin::Named
        );
    }
}
