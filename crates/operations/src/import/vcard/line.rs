//! Content lines: `item1.EMAIL;TYPE=WORK:erika@example.de`.

use encoding_rs::{Encoding, UTF_8};

/// One unfolded content line.
pub(super) struct Property {
    /// The name in capitals, without group.
    pub(super) name: String,
    /// Types and further parameters in capitals, for example `WORK`, `CELL`, `PREF`.
    pub(super) types: Vec<String>,
    value: String,
}

impl Property {
    /// The value with escapes resolved.
    pub(super) fn text(&self) -> String {
        unescape(&self.value)
    }

    /// The components of a structured value, for example of `N` and `ADR`.
    pub(super) fn components(&self) -> Vec<String> {
        split(&self.value, ';')
            .iter()
            .map(|part| unescape(part))
            .collect()
    }

    pub(super) fn is(&self, kind: &str) -> bool {
        self.types.iter().any(|known| known == kind)
    }
}

/// The properties of a card, or `None` if a line has no colon.
pub(super) fn properties(card: &str) -> Option<Vec<Property>> {
    unfold(card).iter().map(|line| parse(line)).collect()
}

/// Joins folded lines: those that begin with a blank, and quoted-printable ones that end with
/// an equals sign.
fn unfold(card: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut soft_break = false;
    for line in card.lines() {
        match lines.last_mut() {
            Some(last) if soft_break => {
                last.pop();
                last.push_str(line);
            }
            Some(last) if line.starts_with([' ', '\t']) => {
                last.push_str(line.get(1..).unwrap_or_default());
            }
            _ if line.trim().is_empty() => continue,
            _ => lines.push(line.to_owned()),
        }
        soft_break = lines
            .last()
            .is_some_and(|last| last.ends_with('=') && is_quoted_printable(last));
    }
    lines
}

fn is_quoted_printable(line: &str) -> bool {
    let head = line.split(':').next().unwrap_or_default();
    head.to_ascii_uppercase().contains("QUOTED-PRINTABLE")
}

fn parse(line: &str) -> Option<Property> {
    let colon = colon(line)?;
    let (head, value) = (line.get(..colon)?, line.get(colon + 1..)?);
    let mut parts = head.split(';');
    let name = parts
        .next()?
        .rsplit('.')
        .next()?
        .trim()
        .to_ascii_uppercase();
    let mut types = Vec::new();
    let mut charset = UTF_8;
    for part in parts {
        let (key, values) = part.split_once('=').unwrap_or(("TYPE", part));
        if key.eq_ignore_ascii_case("CHARSET") {
            charset = Encoding::for_label(values.trim_matches('"').as_bytes()).unwrap_or(UTF_8);
        }
        types.extend(
            values
                .split(',')
                .map(|v| v.trim_matches(['"', ' ']).to_ascii_uppercase()),
        );
    }
    let quoted = types.iter().any(|kind| kind == "QUOTED-PRINTABLE");
    let value = if quoted {
        unquote(value, charset)
    } else {
        value.to_owned()
    };
    Some(Property { name, types, value })
}

/// The first colon outside quotation marks.
fn colon(line: &str) -> Option<usize> {
    let mut quoted = false;
    line.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b':' && !quoted
    })
}

/// Quoted-printable (RFC 2045 section 6.7): `M=C3=BCller`.
fn unquote(value: &str, charset: &'static Encoding) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let [first, tail @ ..] = rest {
        let decoded = match (first, tail) {
            (b'=', [high, low, ..]) => hex(*high).zip(hex(*low)),
            _ => None,
        };
        if let Some((high, low)) = decoded {
            bytes.push(high << 4 | low);
            rest = tail.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    charset.decode_without_bom_handling(&bytes).0.into_owned()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

/// Splits at a separator that no backslash precedes.
fn split(value: &str, separator: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut escaped = false;
    for c in value.chars() {
        match parts.last_mut() {
            Some(part) if escaped || c != separator => part.push(c),
            _ => parts.push(String::new()),
        }
        escaped = c == '\\' && !escaped;
    }
    parts
}

/// `\n`, `\,`, `\;` and `\\`.
fn unescape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(other) => out.push(other),
                None => {}
            },
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Property {
        properties(text).unwrap().remove(0)
    }

    #[test]
    fn folded_lines_are_joined() {
        assert_eq!(one("NOTE:eins\n  zwei\n\tdrei").text(), "eins zweidrei");
    }

    #[test]
    fn quoted_printable_is_decoded_in_its_character_set_over_several_lines() {
        let utf8 = one("N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCl=\nler;J=C3=B6rg;;;");
        assert_eq!(utf8.components()[..2], ["Müller", "Jörg"]);
        let latin = one("FN;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:J=F6rg");
        assert_eq!(latin.text(), "Jörg");
        assert_eq!(one("FN;QUOTED-PRINTABLE:a=zz=").text(), "a=zz=");
    }

    #[test]
    fn groups_types_and_escapes_are_understood() {
        let mail = one("item1.email;type=INTERNET;type=\"work,pref\":a@example.de");
        assert_eq!(mail.name, "EMAIL");
        assert!(mail.is("WORK") && mail.is("PREF"));
        assert_eq!(
            one("ORG:Muster\\; Söhne\\, Bau;Vertrieb").components(),
            ["Muster; Söhne, Bau", "Vertrieb"]
        );
        assert!(properties("FN Erika").is_none());
    }
}
