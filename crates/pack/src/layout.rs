//! The files' names, and how large a pack may be.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The format that this version writes and reads.
pub(crate) const FORMAT: &str = "leitplanke-evidence-pack/1";

/// The kind of the entry that proves that a pack was made.
pub const ISSUED: &str = "proof.issued";

pub(crate) const README: &str = "README.txt";
pub(crate) const SUMMARY: &str = "summary.pdf";
pub(crate) const CONSENTS: &str = "consents.jsonld";
pub(crate) const CONTEXT: &str = "context.json";
pub(crate) const CHECKPOINT: &str = "checkpoint";
pub(crate) const KEY: &str = "log.pub";
pub(crate) const MANIFEST: &str = "manifest.json";
pub(crate) const ISSUED_FILE: &str = "issued.json";
pub(crate) const ENTRIES: &str = "entries/";
pub(crate) const TEXTS: &str = "texts/";
pub(crate) const DOCUMENTS: &str = "documents/";

/// Most bytes of a whole pack, compressed or not.
pub const MAX_PACK_BYTES: u64 = 256 * 1024 * 1024;
/// Most bytes of one file.
pub(crate) const MAX_FILE_BYTES: u64 = 16 * 1024 * 1024;
/// Most files.
pub(crate) const MAX_FILES: usize = 20_000;

/// What kind of file a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MediaType {
    /// PDF.
    #[serde(rename = "application/pdf")]
    Pdf,
    /// PNG.
    #[serde(rename = "image/png")]
    Png,
    /// JPEG.
    #[serde(rename = "image/jpeg")]
    Jpeg,
}

impl MediaType {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Png, Self::Jpeg];

    /// Its name, as HTTP has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }

    /// The end of a file's name.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
        }
    }

    /// The kind of these bytes by how they begin; what the sender says of them does not count.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let begins = |with: &[u8]| bytes.starts_with(with);
        match () {
            () if begins(b"%PDF-") => Some(Self::Pdf),
            () if begins(b"\x89PNG\r\n\x1a\n") => Some(Self::Png),
            () if begins(b"\xff\xd8\xff") => Some(Self::Jpeg),
            () => None,
        }
    }
}

/// What an entry says of a document that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its id with the controller.
    pub id: String,
    /// SHA-256 of its bytes in hexadecimal digits.
    pub sha256: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// What kind of file it is.
    pub media_type: MediaType,
}

impl Document {
    pub(crate) fn file(&self) -> String {
        format!("{DOCUMENTS}{}.{}", self.sha256, self.media_type.extension())
    }
}

pub(crate) fn entry_file(index: u64) -> String {
    format!("{ENTRIES}{index:06}.json")
}

pub(crate) fn text_file(sha256: &str) -> String {
    format!("{TEXTS}{sha256}.txt")
}

/// SHA-256 in hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    hex::encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_of_file_is_known_by_its_beginning() {
        assert_eq!(MediaType::of(b"%PDF-1.7"), Some(MediaType::Pdf));
        assert_eq!(MediaType::of(b"\x89PNG\r\n\x1a\nx"), Some(MediaType::Png));
        assert_eq!(MediaType::of(b"\xff\xd8\xff\xe0"), Some(MediaType::Jpeg));
        for bytes in [b"".as_slice(), b"<svg>", b"MZ", b"PK\x03\x04", b" %PDF-"] {
            assert_eq!(MediaType::of(bytes), None);
        }
    }
}
