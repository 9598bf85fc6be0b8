//! Notices a quoted field that never ends. The csv crate takes everything up to the end of the
//! file for one field then, which would fill the memory and lose all following rows silently.

use std::io::{self, Read};

use crate::import::error::OpenQuote;

/// No field of a contact list is longer; a longer one is a forgotten quotation mark.
const LONGEST: usize = 1024 * 1024;

#[derive(Clone, Copy, PartialEq)]
enum State {
    FieldStart,
    Plain,
    Quoted,
    QuoteInQuoted,
}

/// Passes text on and follows its quotation marks exactly as the csv crate does. Line breaks
/// are `\n` already; a missing one at the end is added, so that every record ends with one.
pub(super) struct Watched<R> {
    inner: R,
    delimiter: u8,
    state: State,
    line: u64,
    opened_in: u64,
    length: usize,
    last: u8,
}

impl<R> Watched<R> {
    pub(super) fn new(inner: R, delimiter: u8) -> Self {
        Self {
            inner,
            delimiter,
            state: State::FieldStart,
            line: 1,
            opened_in: 0,
            length: 0,
            last: b'\n',
        }
    }

    fn follow(&mut self, byte: u8) {
        let ends = byte == self.delimiter || byte == b'\n';
        self.state = match self.state {
            State::FieldStart if byte == b'"' => {
                self.opened_in = self.line;
                self.length = 0;
                State::Quoted
            }
            State::Quoted if byte == b'"' => State::QuoteInQuoted,
            State::QuoteInQuoted if byte == b'"' => State::Quoted,
            State::Quoted => State::Quoted,
            _ if ends => State::FieldStart,
            _ => State::Plain,
        };
        if self.state == State::Quoted {
            self.length += 1;
        }
        if byte == b'\n' {
            self.line += 1;
        }
    }

    fn open_quote(&self) -> io::Error {
        io::Error::new(
            io::ErrorKind::InvalidData,
            OpenQuote {
                line: self.opened_in,
            },
        )
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        if count == 0 && !buffer.is_empty() && self.state == State::Quoted {
            return Err(self.open_quote());
        }
        if count == 0 && self.last != b'\n' {
            let Some(first) = buffer.first_mut() else {
                return Ok(0);
            };
            *first = b'\n';
            self.last = b'\n';
            return Ok(1);
        }
        if let Some(&last) = buffer.get(..count).and_then(<[u8]>::last) {
            self.last = last;
        }
        for &byte in buffer.iter().take(count) {
            self.follow(byte);
        }
        if self.state == State::Quoted && self.length > LONGEST {
            return Err(self.open_quote());
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open_line(text: &str) -> Option<u64> {
        let mut out = Vec::new();
        let error = Watched::new(text.as_bytes(), b';')
            .read_to_end(&mut out)
            .err()?;
        error
            .get_ref()?
            .downcast_ref::<OpenQuote>()
            .map(|open| open.line)
    }

    #[test]
    fn a_field_that_never_ends_is_noticed_with_its_line() {
        assert_eq!(open_line("a;b\n\"c;d\ne;f\n"), Some(2));
        assert_eq!(open_line("a;\"b\nb\";c\n\"\"\"d\n"), Some(3));
        assert_eq!(
            open_line(&format!("a\n\"{}", "x\n".repeat(2_000_000))),
            Some(2)
        );
    }

    #[test]
    fn marks_that_are_closed_or_stand_inside_a_field_are_fine() {
        for text in [
            "\"a\";\"b \"\"c\"\" d\"\n",
            "5\" Rohr;b\n",
            "\"a\nb\"",
            "\"a\"b;c",
            "\"a\"",
        ] {
            assert_eq!(open_line(text), None, "{text}");
        }
    }
}
