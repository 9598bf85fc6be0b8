//! Byte offsets to lines and columns.

/// Where the lines of a text begin.
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let newlines = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            starts: std::iter::once(0).chain(newlines).collect(),
        }
    }

    /// The line of a byte, counted from 1.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// The column of a byte, counted from 1 in characters, as editors show it. A byte inside of
    /// a character counts as that character.
    pub(super) fn column(&self, offset: usize) -> usize {
        let start = self
            .starts
            .get(self.line(offset) - 1)
            .copied()
            .unwrap_or_default();
        let line = self.text.get(start..).unwrap_or_default();
        let before = line
            .char_indices()
            .take_while(|(at, c)| start + at + c.len_utf8() <= offset);
        before.count() + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, offset: usize) -> (usize, usize) {
        let lines = Lines::new(text);
        (lines.line(offset), lines.column(offset))
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = "a = \"ä\" # x\nb";
        assert_eq!(place(text, 0), (1, 1));
        assert_eq!(place(text, text.find('#').unwrap()), (1, 9));
        assert_eq!(place(text, text.len() - 1), (2, 1));
    }

    #[test]
    fn an_offset_beyond_the_text_or_inside_a_character_is_no_panic() {
        assert_eq!(place("ä", 1), (1, 1));
        assert_eq!(place("ab", 99), (1, 3));
        assert_eq!(place("", 0), (1, 1));
    }
}
