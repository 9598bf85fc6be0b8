//! Entry bundles of c2sp.org/tlog-tiles: entries behind their lengths.

/// Most bytes that an entry may have, since its length is written in two bytes.
pub const MAX_ENTRY_BYTES: usize = 65_535;

/// Why a bundle could not be written.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// An entry is too long for its length field.
    #[error("an entry has {0} bytes; at most {MAX_ENTRY_BYTES} fit, so shorten its payload")]
    TooLong(usize),
}

/// Writes entries as a bundle, or as what follows in a bundle that has fewer.
///
/// # Errors
/// When an entry has more than [`MAX_ENTRY_BYTES`].
pub fn encode_bundle<'a>(
    entries: impl IntoIterator<Item = &'a [u8]>,
) -> Result<Vec<u8>, BundleError> {
    let mut bytes = Vec::new();
    for entry in entries {
        let length = u16::try_from(entry.len()).map_err(|_| BundleError::TooLong(entry.len()))?;
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(entry);
    }
    Ok(bytes)
}

/// Reads the entries of a bundle one after the other. Ends early at an entry
/// that is cut off; [`Bundle::is_finished`] tells whether it came to the end.
#[derive(Clone, Debug)]
pub struct Bundle<'a> {
    rest: &'a [u8],
}

impl<'a> Bundle<'a> {
    /// Reads a bundle from its bytes.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Whether every byte was read as an entry.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.rest.is_empty()
    }
}

impl<'a> Iterator for Bundle<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let (length, rest) = self.rest.split_first_chunk()?;
        let (entry, rest) = rest.split_at_checked(u16::from_be_bytes(*length).into())?;
        self.rest = rest;
        Some(entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_entry_longer_than_its_length_field_is_refused() {
        let longest = vec![7; MAX_ENTRY_BYTES];
        assert!(encode_bundle([longest.as_slice()]).is_ok());
        let longer = vec![7; MAX_ENTRY_BYTES + 1];
        assert_eq!(
            encode_bundle([longer.as_slice()]),
            Err(BundleError::TooLong(65_536))
        );
    }

    #[test]
    fn a_cut_off_bundle_yields_the_whole_entries_and_says_it_is_unfinished() {
        let bytes = encode_bundle([b"one".as_slice(), b"two"]).unwrap();
        let mut bundle = Bundle::new(&bytes[..bytes.len() - 1]);
        assert_eq!(bundle.by_ref().collect::<Vec<_>>(), [b"one"]);
        assert!(!bundle.is_finished());
    }

    proptest! {
        #[test]
        fn every_bundle_reads_back(entries: Vec<Vec<u8>>) {
            let bytes = encode_bundle(entries.iter().map(Vec::as_slice)).unwrap();
            let mut bundle = Bundle::new(&bytes);
            let read: Vec<Vec<u8>> = bundle.by_ref().map(<[u8]>::to_vec).collect();
            prop_assert!(bundle.is_finished());
            prop_assert_eq!(read, entries);
        }

        #[test]
        fn any_bytes_read_as_entries_write_back_the_same(bytes: Vec<u8>) {
            let mut bundle = Bundle::new(&bytes);
            let entries: Vec<&[u8]> = bundle.by_ref().collect();
            let written = encode_bundle(entries).unwrap();
            prop_assert_eq!(bundle.is_finished(), written.len() == bytes.len());
            prop_assert!(bytes.starts_with(&written));
        }
    }
}
