//! Characters that a paper can't show. A paper that is readable by screen readers must not have a
//! box in the place of a character, and one that names people must not fail because of a name; so
//! such a character is written as `[U+4E2D]`. The evidence itself keeps every character.

use serde_json::Value;

use crate::desk::is_shown;

/// Rewrites every text so that the built-in fonts can show it. Says whether a character had to be
/// spelt out.
pub(crate) fn make_showable(value: &mut Value) -> bool {
    match value {
        Value::String(text) => {
            let (shown, spelt) = showable(text);
            *text = shown;
            spelt
        }
        Value::Array(values) => values
            .iter_mut()
            .fold(false, |spelt, value| make_showable(value) | spelt),
        Value::Object(map) => map
            .values_mut()
            .fold(false, |spelt, value| make_showable(value) | spelt),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn showable(text: &str) -> (String, bool) {
    use std::fmt::Write as _;

    let mut shown = String::with_capacity(text.len());
    let mut spelt = false;
    for character in text.chars() {
        match character {
            '\n' => shown.push('\n'),
            '\r' => {}
            '\t' => shown.push(' '),
            // What can't be seen could turn round or hide what is.
            _ if character.is_control() || is_invisible(character) || !is_shown(character) => {
                spelt = true;
                let _ = write!(shown, "[U+{:04X}]", u32::from(character));
            }
            _ => shown.push(character),
        }
    }
    (shown, spelt)
}

/// Marks of direction, joiners and private characters, for which fonts may have a glyph.
const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{00AD}'
            | '\u{061C}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{E000}'..='\u{F8FF}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_europe_stay_and_what_no_font_has_is_spelt_out() {
        for text in ["Größe, Łódź, Ελλάδα, Софія", "a\nb", "Ja ✓"] {
            assert_eq!(showable(text), (text.to_owned(), false));
        }
        assert_eq!(showable("王"), ("[U+738B]".to_owned(), true));
        assert_eq!(showable("a\u{202E}b\u{0}").0, "a[U+202E]b[U+0000]");
    }
}
