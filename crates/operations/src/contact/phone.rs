//! Telephone and fax numbers.

use std::fmt;

use law::Country;
use phonenumber::metadata::DATABASE;
use serde::{Deserialize, Serialize};

/// What a number reaches. The law treats a call and a fax differently (UWG § 7(2) Nr. 1 and 2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Line {
    /// A telephone, fixed or unknown.
    #[default]
    Phone,
    /// A mobile telephone, so that text messages can be sent to it.
    Mobile,
    /// A fax machine.
    Fax,
}

/// A possible number: in E.164 form and as it was written.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Phone {
    e164: String,
    original: String,
    #[serde(default)]
    line: Line,
}

/// Why a text is no telephone number. The message never repeats the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum PhoneFault {
    /// Nothing there.
    #[error("the telephone number is empty")]
    Empty,
    /// Letters or other signs that no number has.
    #[error("the telephone number has letters or signs in it")]
    Letters,
    /// Neither area code nor country code.
    #[error("the telephone number has no area code; write it with a leading 0 or +")]
    NoAreaCode,
    /// A spreadsheet turned the number into `4,97111E+11`: digits are lost.
    #[error("the telephone number was turned into a figure like 4,97E+11 by a spreadsheet")]
    Rounded,
    /// Too short, too long, or not given out in its country.
    #[error("the telephone number is not possible in its country")]
    Impossible,
}

impl PhoneFault {
    /// The reason in German, for the rejects file.
    pub const fn german(self) -> &'static str {
        match self {
            Self::Empty => "Telefonnummer ist leer",
            Self::Letters => "Telefonnummer enthält Buchstaben oder Zeichen",
            Self::NoAreaCode => {
                "Telefonnummer ohne Vorwahl; bitte mit führender 0 oder + schreiben"
            }
            Self::Rounded => {
                "Telefonnummer wurde von einer Tabellenkalkulation gerundet (z. B. 4,97E+11)"
            }
            Self::Impossible => "Telefonnummer ist in ihrem Land nicht möglich",
        }
    }
}

impl Phone {
    /// Reads one number; `home` is the country in which a number without international prefix
    /// is dialled.
    ///
    /// A number of digits that starts neither with 0 nor with + has lost its first sign in a
    /// spreadsheet. With nine digits or more it is completed, as a number with its country code
    /// if it begins with `home`'s code and has eleven digits, else as one of `home`; if the
    /// result is no number that is given out, it is refused.
    pub fn parse(text: &str, home: Country) -> Result<Self, PhoneFault> {
        let original = text.trim();
        let bare = strip(original);
        if bare.is_empty() {
            return Err(PhoneFault::Empty);
        }
        if is_rounded(bare) {
            return Err(PhoneFault::Rounded);
        }
        let dialled = dialled(bare)?;
        let number = read(&dialled, home)?;
        let mobile = is_mobile(&number);
        Ok(Self {
            e164: format!("+{}{}", number.code().value(), national(&number)),
            original: original.to_owned(),
            line: if mobile { Line::Mobile } else { Line::Phone },
        })
    }

    /// The same number, known from its heading to reach a fax machine or mobile telephone.
    #[must_use]
    pub fn on(mut self, line: Line) -> Self {
        if line != Line::Phone {
            self.line = line;
        }
        self
    }

    /// The number in E.164 form, for example `+4971112345`: what is compared and looked up.
    pub fn e164(&self) -> &str {
        &self.e164
    }

    /// The number as it was written.
    pub fn original(&self) -> &str {
        &self.original
    }

    /// What the number reaches.
    pub fn line(&self) -> Line {
        self.line
    }

    /// The country whose mobile network takes a text message for the number; `None` for a landline, a
    /// service number, a satellite telephone and whatever else is no mobile telephone of a country.
    pub(crate) fn takes_sms_in(&self) -> Option<Country> {
        let number = possible(&self.e164, None).filter(is_mobile)?;
        // An island that shares its code with a country is not that country.
        number.country().id()?.as_ref().parse().ok()
    }

    /// The country of the number's code if only one country has it.
    pub(super) fn country(&self) -> Option<Country> {
        let digits = self.e164.get(1..)?;
        (1..=3).find_map(|length| {
            let code: u16 = digits.get(..length)?.parse().ok()?;
            match DATABASE.region(&code)?.as_slice() {
                [only] => only.parse().ok(),
                _ => shared_code(code),
            }
        })
    }
}

/// Codes that a large country shares with islands or territories of its own.
fn shared_code(code: u16) -> Option<Country> {
    let country = match code {
        33 => *b"FR",
        39 => *b"IT",
        44 => *b"GB",
        47 => *b"NO",
        61 => *b"AU",
        358 => *b"FI",
        _ => return None,
    };
    Some(Country::new(country))
}

/// Without the words that stand before a number: `Tel.:`, `Fon`, `Mobil:`, `tel:`.
fn strip(text: &str) -> &str {
    let start = text.trim_start_matches(|c: char| {
        c.is_alphabetic() || matches!(c, '.' | ':' | '-' | ' ' | '\u{a0}')
    });
    let word = text.len() - start.len();
    // A word such as `Telefon (privat):` is shorter than this; a sentence is no label.
    if word > 24 { text.trim() } else { start.trim() }
}

fn is_rounded(bare: &str) -> bool {
    let Some((digits, power)) = bare.split_once(['E', 'e']) else {
        return false;
    };
    let figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    digits.chars().all(figure)
        && power
            .trim_start_matches(['+', '-'])
            .chars()
            .all(|c| c.is_ascii_digit())
        && !power.is_empty()
}

/// Digits with an optional leading `+`: `+49 (0)711 12-34` becomes `+497111234`.
fn dialled(bare: &str) -> Result<String, PhoneFault> {
    let mut out = String::with_capacity(bare.len());
    let body = bare
        .strip_suffix(".0")
        .filter(|b| b.bytes().all(|c| c.is_ascii_digit()));
    for c in body.unwrap_or(bare).chars() {
        match c {
            '0'..='9' => out.push(c),
            '+' if out.is_empty() => out.push('+'),
            ' '
            | '\u{a0}'
            | '\u{2009}'
            | '\u{202f}'
            | '\t'
            | '/'
            | '\\'
            | '-'
            | '.'
            | '('
            | ')'
            | '['
            | ']'
            | '_'
            | '\''
            | '’'
            | '·'
            | '‐'..='―'
            | '−' => {}
            _ => return Err(PhoneFault::Letters),
        }
    }
    let international = out.strip_prefix("00").map(|rest| format!("+{rest}"));
    let out = international.unwrap_or(out);
    if bare.contains("(0)") && out.starts_with('+') {
        return Ok(without_trunk_zero(bare, &out));
    }
    Ok(out)
}

/// `(0)` after the country code is not dialled from abroad.
fn without_trunk_zero(bare: &str, out: &str) -> String {
    let before = bare.split("(0)").next().unwrap_or_default();
    let digits = before.chars().filter(char::is_ascii_digit).count();
    let code = if before.trim_start().starts_with("00") {
        digits.saturating_sub(2)
    } else {
        digits
    };
    match (
        out.get(..=code),
        out.get(code + 1..).and_then(|rest| rest.strip_prefix('0')),
    ) {
        (Some(start), Some(rest)) if code > 0 => format!("{start}{rest}"),
        _ => out.to_owned(),
    }
}

fn read(dialled: &str, home: Country) -> Result<phonenumber::PhoneNumber, PhoneFault> {
    let region = home.as_str().parse::<phonenumber::country::Id>().ok();
    if dialled.starts_with('+') {
        return possible(dialled, None).ok_or(PhoneFault::Impossible);
    }
    let trunk = DATABASE
        .by_id(home.as_str())
        .and_then(|meta| meta.national_prefix());
    let complete = trunk.is_none_or(|prefix| dialled.starts_with(prefix));
    if complete {
        return possible(dialled, region).ok_or(PhoneFault::Impossible);
    }
    restored(dialled, home, trunk.unwrap_or("0"), region)
}

/// The reading of digits that have lost the `+` or the 0 before them.
fn restored(
    digits: &str,
    home: Country,
    trunk: &str,
    region: Option<phonenumber::country::Id>,
) -> Result<phonenumber::PhoneNumber, PhoneFault> {
    if digits.len() < 9 {
        return Err(PhoneFault::NoAreaCode);
    }
    let code = DATABASE
        .by_id(home.as_str())
        .map(|meta| meta.country_code().to_string());
    let abroad = code
        .filter(|code| digits.starts_with(code.as_str()) && digits.len() >= 11)
        .and_then(|_| possible(&format!("+{digits}"), None));
    let at_home = possible(&format!("{trunk}{digits}"), region);
    // Eleven digits after 49 are a number with its code: the towns whose area code begins with
    // 049 have no numbers of that length.
    abroad.or(at_home).ok_or(PhoneFault::NoAreaCode)
}

fn possible(
    dialled: &str,
    region: Option<phonenumber::country::Id>,
) -> Option<phonenumber::PhoneNumber> {
    if dialled.len() > 20 {
        return None;
    }
    let number = phonenumber::parse(region, dialled).ok()?;
    phonenumber::is_valid(&number).then_some(number)
}

fn national(number: &phonenumber::PhoneNumber) -> String {
    number.national().to_string()
}

fn is_mobile(number: &phonenumber::PhoneNumber) -> bool {
    use phonenumber::Type::{FixedLineOrMobile, Mobile};
    matches!(number.number_type(&DATABASE), Mobile | FixedLineOrMobile)
        && number.code().value() != 1
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({:?}, …)", self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn german(text: &str) -> Result<String, PhoneFault> {
        Phone::parse(text, Country::DE).map(|phone| phone.e164)
    }

    #[test]
    fn german_notations_of_one_number_are_the_same_number() {
        for text in [
            "0711/12 34-56",
            "0711 123456",
            "(0711) 12 34 56",
            "0711-123456",
            "+49 711 123456",
            "+49 (0)711 12 34 56",
            "+49(0)711/123456",
            "0049 711 123456",
            "0049 (0) 711 123456".replace("(0) ", "(0)").as_str(),
            "Tel.: 0711 / 123 456",
            "Telefon: +49 711 123456",
            "tel:+49-711-123456",
            "+49.711.123456",
            "0711\u{a0}123456",
            "0711 – 12 34 56",
        ] {
            assert_eq!(german(text).as_deref(), Ok("+49711123456"), "{text}");
        }
    }

    #[test]
    fn mobile_numbers_are_told_from_fixed_ones() {
        let mobile = Phone::parse("0171 / 123 45 67", Country::DE).unwrap();
        assert_eq!(
            (mobile.e164(), mobile.line()),
            ("+491711234567", Line::Mobile)
        );
        let fixed = Phone::parse("030 12345678", Country::DE).unwrap();
        assert_eq!((fixed.e164(), fixed.line()), ("+493012345678", Line::Phone));
        assert_eq!(fixed.on(Line::Fax).line(), Line::Fax);
    }

    #[test]
    fn a_number_without_prefix_is_read_in_the_home_country() {
        let at = Country::new(*b"AT");
        assert_eq!(
            Phone::parse("01 5120000", at).unwrap().e164(),
            "+4315120000"
        );
        let ch = Country::new(*b"CH");
        assert_eq!(
            Phone::parse("044 668 18 00", ch).unwrap().e164(),
            "+41446681800"
        );
        assert_eq!(
            Phone::parse("+41 44 668 18 00", Country::DE)
                .unwrap()
                .country(),
            Some(ch)
        );
        assert_eq!(
            Phone::parse("+1 650 253 0000", Country::DE)
                .unwrap()
                .country(),
            None
        );
    }

    #[test]
    fn a_zero_or_plus_lost_in_a_spreadsheet_is_put_back() {
        assert_eq!(german("1711234567").as_deref(), Ok("+491711234567"));
        assert_eq!(german("491711234567").as_deref(), Ok("+491711234567"));
        assert_eq!(german("491711234567.0").as_deref(), Ok("+491711234567"));
    }

    #[test]
    fn what_is_no_number_is_refused_with_its_reason() {
        for (text, fault) in [
            ("", PhoneFault::Empty),
            ("4,97111E+11", PhoneFault::Rounded),
            ("4.97111234E+11", PhoneFault::Rounded),
            ("123456", PhoneFault::NoAreaCode),
            ("0711 HANSA", PhoneFault::Letters),
            ("0", PhoneFault::Impossible),
            ("+49", PhoneFault::Impossible),
            ("0711 12345678901234567", PhoneFault::Impossible),
        ] {
            assert_eq!(german(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn a_text_message_goes_to_mobile_telephones_of_countries_alone() {
        let taken = |text: &str| {
            let phone = Phone::parse(text, Country::DE).unwrap().on(Line::Mobile);
            phone.takes_sms_in().map(|country| country.to_string())
        };
        for (text, country) in [
            ("0151 23456789", Some("DE")),
            ("+43 664 1234567", Some("AT")),
            ("+41 79 123 45 67", Some("CH")),
            ("+39 312 345 6789", Some("IT")),
            ("+44 7400 123456", Some("GB")),
            ("+44 7797 712345", Some("JE")),
            ("0711 123456", None),
            ("+49 900 1123456", None),
            ("+49 180 5123456", None),
            ("+881 6 1234 5678", None),
            ("+1 650 253 0000", None),
        ] {
            assert_eq!(taken(text).as_deref(), country, "{text}");
        }
    }

    #[test]
    fn debug_output_does_not_show_the_number() {
        let phone = Phone::parse("0711 123456", Country::DE).unwrap();
        assert!(!format!("{phone:?}").contains("711"));
    }
}
