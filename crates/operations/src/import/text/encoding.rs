//! Which encoding a text has, and reading it as UTF-8.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

const CHUNK: usize = 64 * 1024;

/// UTF-16 by its byte-order mark, or by Latin letters with every other byte zero.
pub(crate) fn utf16(start: &[u8]) -> Option<&'static Encoding> {
    match start {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let pairs = start.get(..start.len().min(256))?.chunks_exact(2);
    let total = pairs.len();
    let little = pairs
        .clone()
        .filter(|pair| pair[0] != 0 && pair[1] == 0)
        .count();
    let big = pairs.filter(|pair| pair[0] == 0 && pair[1] != 0).count();
    match total {
        0 => None,
        _ if little * 10 >= total * 8 => Some(UTF_16LE),
        _ if big * 10 >= total * 8 => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding of the whole file: UTF-16 by its mark, UTF-8 if it is valid to the end, CP1252
/// otherwise. The whole file is read, because the first umlaut may stand in its last line. A
/// file that is UTF-8 but for a few damaged places stays UTF-8; their rows get rejected.
pub(in crate::import) fn detect<R: Read + Seek>(file: &mut R) -> io::Result<&'static Encoding> {
    file.seek(SeekFrom::Start(0))?;
    let mut chunk = vec![0; CHUNK];
    let mut kept = 0;
    let mut seen = Utf8Count::default();
    let mut first = true;
    loop {
        let count = read_some(file, chunk.get_mut(kept..).unwrap_or_default())?;
        let filled = kept + count;
        let bytes = chunk.get(..filled).unwrap_or_default();
        if first {
            if let Some(encoding) = utf16(bytes) {
                return Ok(encoding);
            }
            first = false;
        }
        let rest = seen.count(bytes, count == 0);
        chunk.copy_within(filled - rest..filled, 0);
        kept = rest;
        if count == 0 {
            return Ok(seen.encoding());
        }
    }
}

#[derive(Default)]
struct Utf8Count {
    valid: u64,
    invalid: u64,
}

impl Utf8Count {
    /// Counts valid and invalid sequences beyond ASCII; gives the number of bytes at the end
    /// that begin a sequence whose rest is still to come.
    fn count(&mut self, mut bytes: &[u8], last: bool) -> usize {
        loop {
            let (valid, fault) = match std::str::from_utf8(bytes) {
                Ok(text) => (text, None),
                Err(error) => {
                    let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
                    (std::str::from_utf8(valid).unwrap_or_default(), Some(error))
                }
            };
            if !valid.is_ascii() {
                self.valid += valid.chars().filter(|c| !c.is_ascii()).count() as u64;
            }
            let Some(fault) = fault else { return 0 };
            let rest = bytes.get(fault.valid_up_to()..).unwrap_or_default();
            match fault.error_len() {
                None if !last => return rest.len(),
                None => {
                    self.invalid += 1;
                    return 0;
                }
                Some(length) => {
                    self.invalid += 1;
                    bytes = rest.get(length..).unwrap_or_default();
                }
            }
        }
    }

    fn encoding(&self) -> &'static Encoding {
        if self.invalid == 0 || self.valid > self.invalid.saturating_mul(50) {
            UTF_8
        } else {
            WINDOWS_1252
        }
    }
}

fn read_some(file: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match file.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

/// Gives a text in any encoding as UTF-8 without byte-order mark and with `\n` for every kind
/// of line break.
pub(in crate::import) struct Decoded<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    text: Vec<u8>,
    at: usize,
    after_return: bool,
    ended: bool,
    read: Arc<AtomicU64>,
}

impl<R: Read> Decoded<R> {
    /// `read` counts the bytes taken from `inner`.
    pub(in crate::import) fn new(
        inner: R,
        encoding: &'static Encoding,
        read: Arc<AtomicU64>,
    ) -> Self {
        Self {
            inner,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: vec![0; CHUNK],
            text: Vec::new(),
            at: 0,
            after_return: false,
            ended: false,
            read,
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        let count = read_some(&mut self.inner, &mut self.raw)?;
        self.ended = count == 0;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        let room = self
            .decoder
            .max_utf8_buffer_length(count)
            .unwrap_or(CHUNK * 4);
        self.text.resize(room, 0);
        let mut taken = 0;
        let mut written = 0;
        loop {
            let source = self.raw.get(taken..count).unwrap_or_default();
            let target = self.text.get_mut(written..).unwrap_or_default();
            let (result, read, wrote, _) = self.decoder.decode_to_utf8(source, target, self.ended);
            taken += read;
            written += wrote;
            match result {
                CoderResult::InputEmpty => break,
                CoderResult::OutputFull => self.text.resize(self.text.len() * 2 + 16, 0),
            }
        }
        self.text.truncate(written);
        self.at = 0;
        self.unify_line_breaks();
        Ok(())
    }

    fn unify_line_breaks(&mut self) {
        if !self.after_return && !self.text.contains(&b'\r') {
            return;
        }
        let mut after_return = self.after_return;
        self.text.retain_mut(|byte| {
            let keep = !(after_return && *byte == b'\n');
            after_return = *byte == b'\r';
            if after_return {
                *byte = b'\n';
            }
            keep
        });
        self.after_return = after_return;
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at >= self.text.len() {
            if self.ended {
                return Ok(0);
            }
            self.fill()?;
        }
        let rest = self.text.get(self.at..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        let (Some(target), Some(source)) = (buffer.get_mut(..count), rest.get(..count)) else {
            return Ok(0);
        };
        target.copy_from_slice(source);
        self.at += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Cursor;

    fn decode(bytes: &[u8]) -> String {
        let mut file = Cursor::new(bytes.to_vec());
        let encoding = detect(&mut file).unwrap();
        file.seek(SeekFrom::Start(0)).unwrap();
        let mut text = String::new();
        Decoded::new(file, encoding, Arc::default())
            .read_to_string(&mut text)
            .unwrap();
        text
    }

    fn utf16_bytes(text: &str, big: bool, mark: bool) -> Vec<u8> {
        let start = mark.then_some(0xfeff);
        start
            .into_iter()
            .chain(text.encode_utf16())
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn umlauts_arrive_from_every_encoding_that_offices_use() {
        let text = "Größe;Müller\nÄpfel;€ 5\n";
        let (cp1252, _, _) = WINDOWS_1252.encode(text);
        for bytes in [
            text.as_bytes().to_vec(),
            format!("\u{feff}{text}").into_bytes(),
            cp1252.into_owned(),
            utf16_bytes(text, false, true),
            utf16_bytes(text, true, true),
            utf16_bytes(text, false, false),
        ] {
            assert_eq!(decode(&bytes), text);
        }
    }

    #[test]
    fn an_umlaut_across_the_edge_of_a_chunk_or_in_the_last_line_is_read_rightly() {
        for before in CHUNK - 3..CHUNK + 2 {
            let text = format!("{}ü€ß", "x".repeat(before));
            assert_eq!(decode(text.as_bytes()), text);
            let (cp1252, _, _) = WINDOWS_1252.encode(&text);
            assert_eq!(decode(&cp1252), text);
        }
    }

    #[test]
    fn a_damaged_place_does_not_turn_a_whole_utf8_file_into_cp1252() {
        let mut bytes = "Müller\n".repeat(200).into_bytes();
        bytes.extend_from_slice(b"M\xfcller\n");
        let text = decode(&bytes);
        assert!(text.starts_with("Müller\n") && text.ends_with("M\u{fffd}ller\n"));
    }

    #[test]
    fn every_kind_of_line_break_is_one_line_break() {
        assert_eq!(decode(b"a\r\nb\rc\nd\r\r\ne"), "a\nb\nc\nd\n\ne");
    }

    proptest! {
        #[test]
        fn any_utf8_text_is_read_as_it_is(text in "[^\r\0\u{feff}]{0,300}") {
            prop_assume!(utf16(text.as_bytes()).is_none());
            prop_assert_eq!(decode(text.as_bytes()), text);
        }
    }
}
