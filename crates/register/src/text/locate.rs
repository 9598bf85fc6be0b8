//! Byte offsets to lines and columns.

/// The place of a byte in a text: line and column count from 1, columns in characters, as
/// editors show them.
pub(super) fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = before(text, offset);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = before.get(start..).map_or(0, |rest| rest.chars().count()) + 1;
    (line, column)
}

/// The text up to `offset`, or up to the character that `offset` falls into.
fn before(text: &str, offset: usize) -> &str {
    (0..=offset.min(text.len()))
        .rev()
        .find_map(|end| text.get(..end))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = "a = \"ä\" # x\nb";
        assert_eq!(line_and_column(text, 0), (1, 1));
        assert_eq!(line_and_column(text, text.find('#').unwrap()), (1, 9));
        assert_eq!(line_and_column(text, text.len() - 1), (2, 1));
    }

    #[test]
    fn an_offset_beyond_the_text_or_inside_a_character_is_no_panic() {
        assert_eq!(line_and_column("ä", 1), (1, 1));
        assert_eq!(line_and_column("ab", 99), (1, 3));
    }
}
