//! What kind of file it is, by its first bytes.

use serde::Serialize;

use super::ImportError;

/// What kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Delimited text: CSV, TSV, TXT.
    Text,
    /// XLSX, XLS or ODS.
    Spreadsheet,
    /// vCards.
    Vcard,
}

/// Bytes that are looked at.
pub(crate) const SAMPLE: usize = 64 * 1024;

/// Tells the format by content: the ending of a file name is often wrong.
pub(crate) fn detect(start: &[u8]) -> Result<Format, ImportError> {
    let plain = without_mark(start);
    if start.is_empty() {
        return Err(ImportError::Empty);
    }
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Ok(Format::Spreadsheet);
    }
    if plain.starts_with(b"%PDF") {
        return Err(ImportError::Format(
            "the file is a PDF; export the list as CSV or XLSX",
        ));
    }
    let letters: Vec<u8> = plain
        .iter()
        .filter(|byte| !matches!(byte, 0 | b' ' | b'\t' | b'\r' | b'\n'))
        .take(11)
        .map(u8::to_ascii_uppercase)
        .collect();
    if letters.starts_with(b"BEGIN:VCARD") {
        return Ok(Format::Vcard);
    }
    if letters.starts_with(b"<") {
        return Err(ImportError::Format(
            "the file is a web page or XML; open it in a spreadsheet and save it as CSV or XLSX",
        ));
    }
    if plain.contains(&0) && super::text::utf16(start).is_none() {
        return Err(ImportError::Format(
            "the file is no list; CSV, XLSX, XLS, ODS and vCard can be read",
        ));
    }
    Ok(Format::Text)
}

fn without_mark(start: &[u8]) -> &[u8] {
    [&b"\xef\xbb\xbf"[..], b"\xff\xfe", b"\xfe\xff"]
        .iter()
        .find_map(|mark| start.strip_prefix(*mark))
        .unwrap_or(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_tells_what_a_file_is() {
        assert_eq!(detect(b"Name;E-Mail\n").unwrap(), Format::Text);
        assert_eq!(detect(b"PK\x03\x04...").unwrap(), Format::Spreadsheet);
        assert_eq!(
            detect(b"\xef\xbb\xbf\r\nbegin:vcard\r\n").unwrap(),
            Format::Vcard
        );
        assert_eq!(detect(b"\xff\xfeN\0a\0m\0e\0").unwrap(), Format::Text);
        assert!(matches!(detect(b""), Err(ImportError::Empty)));
        for start in [&b"%PDF-1.7"[..], b"<html><table>", b"\x7fELF\0\0\x01"] {
            assert!(matches!(detect(start), Err(ImportError::Format(_))));
        }
    }
}
