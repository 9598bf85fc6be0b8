//! ZIP files, written always alike and read with suspicion.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::layout::{MAX_FILE_BYTES, MAX_FILES, MAX_PACK_BYTES};

/// The files of a pack, by name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Why an archive is not read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// Not a ZIP file, or damaged.
    #[error("this is not a ZIP file, or it is damaged")]
    Malformed,
    /// Larger than any pack.
    #[error("the pack is larger than {} MiB, which no pack is", MAX_PACK_BYTES >> 20)]
    TooLarge,
    /// More files than any pack has.
    #[error("the pack has more than {MAX_FILES} files, which no pack has")]
    TooMany,
    /// One file is larger than any in a pack.
    #[error("{name} is larger than {} MiB, which no file in a pack is", MAX_FILE_BYTES >> 20)]
    LargeFile {
        /// Which.
        name: String,
    },
    /// A name that no file in a pack has, such as one that leads out of the folder.
    #[error("file number {0} has a name that no file in a pack has")]
    Name(usize),
    /// Two files of one name, or files that share their bytes.
    #[error("the archive names a file twice")]
    Twice,
    /// A file's bytes do not fit their checksum, or are packed in an unknown way.
    #[error("{0} is damaged")]
    File(String),
}

/// Reads the files of an archive into memory; nothing is written anywhere.
///
/// # Errors
/// When it is no archive as packs are, or larger than one can be.
pub fn read_archive(bytes: &[u8]) -> Result<Files, ArchiveError> {
    read_within(bytes, MAX_PACK_BYTES, MAX_FILE_BYTES)
}

fn read_within(bytes: &[u8], most: u64, most_of_one: u64) -> Result<Files, ArchiveError> {
    if bytes.len() as u64 > most {
        return Err(ArchiveError::TooLarge);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ArchiveError::Malformed)?;
    if archive.len() > MAX_FILES {
        return Err(ArchiveError::TooMany);
    }
    let apart = archive.offset() == 0 && archive.comment().is_empty();
    if !apart {
        return Err(ArchiveError::Malformed);
    }
    let overlapping = archive.has_overlapping_files();
    if archive.has_duplicate_names() || overlapping.map_err(|_| ArchiveError::Malformed)? {
        return Err(ArchiveError::Twice);
    }
    let mut files = Files::new();
    let mut total = 0;
    for number in 0..archive.len() {
        let file = archive
            .by_index(number)
            .map_err(|_| ArchiveError::File(format!("file number {number}")))?;
        let name = std::str::from_utf8(file.name_raw())
            .ok()
            .filter(|name| is_plain(name))
            .map(str::to_owned)
            .ok_or(ArchiveError::Name(number))?;
        if file.is_symlink() || file.encrypted() {
            return Err(ArchiveError::File(name));
        }
        let mut content = Vec::new();
        // What the archive says of a size is not believed: one byte more than allowed shows it.
        file.take(most_of_one + 1)
            .read_to_end(&mut content)
            .map_err(|_| ArchiveError::File(name.clone()))?;
        if content.len() as u64 > most_of_one {
            return Err(ArchiveError::LargeFile { name });
        }
        total += content.len() as u64;
        if total > most {
            return Err(ArchiveError::TooLarge);
        }
        if files.insert(name, content).is_some() {
            return Err(ArchiveError::Twice);
        }
    }
    Ok(files)
}

/// At most one folder deep, of letters, digits and single dots.
fn is_plain(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '.';
    let part = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && !part.contains("..")
            && part.chars().all(plain)
    };
    name.len() <= 100 && name.split('/').count() <= 2 && name.split('/').all(part)
}

/// Writes files in the order of their names, dated `at` (UTC).
pub(crate) fn write_archive(files: &Files, at: Timestamp) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(dated(at))
        .unix_permissions(0o600);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        archive.start_file(name, options)?;
        archive.write_all(content)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn dated(at: Timestamp) -> DateTime {
    let at = at.to_zoned_datetime(TimeZone::UTC);
    let small = |number: i8| u8::try_from(number).unwrap_or_default();
    DateTime::from_date_and_time(
        u16::try_from(at.year()).unwrap_or_default(),
        small(at.month()),
        small(at.day()),
        small(at.hour()),
        small(at.minute()),
        small(at.second()),
    )
    .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            archive
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            archive.write_all(content).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        for name in [
            "../x", "/x", "a/../x", "a\\x", "C:x", "a/b/c", ".x", "a//x", "x\u{0}", "ä", "a b",
            "a/",
        ] {
            let read = read_archive(&archive(&[("fine.txt", b"1"), (name, b"2")]));
            assert!(read.is_err(), "{name}: {read:?}");
        }
        assert_eq!(
            read_archive(&archive(&[("entries/000001.json", b"1")]))
                .unwrap()
                .len(),
            1
        );
    }

    #[test]
    fn a_bomb_is_refused_before_it_fills_the_memory() {
        let zeros = vec![0; 1_000_001];
        let bomb = archive(&[("a", &zeros)]);
        assert!(bomb.len() < 10_000);
        let read = read_within(&bomb, 5_000_000, 1_000_000);
        assert!(
            matches!(read, Err(ArchiveError::LargeFile { .. })),
            "{read:?}"
        );
        let files: Vec<_> = (0..6).map(|n| format!("f{n}")).collect();
        let full = &zeros[1..];
        let many: Vec<_> = files.iter().map(|name| (name.as_str(), full)).collect();
        let read = read_within(&archive(&many), 5_000_000, 1_000_000);
        assert!(matches!(read, Err(ArchiveError::TooLarge)), "{read:?}");
    }

    #[test]
    fn the_same_files_give_the_same_archive() {
        let files = Files::from([("a".to_owned(), b"1".to_vec()), ("b".to_owned(), vec![2])]);
        let at = "2026-11-24T12:00:00Z".parse().unwrap();
        let one = write_archive(&files, at).unwrap();
        assert_eq!(one, write_archive(&files, at).unwrap());
        assert_eq!(read_archive(&one).unwrap(), files);
    }

    #[test]
    fn what_is_no_archive_is_refused() {
        for bytes in [b"".as_slice(), b"PK", b"{}", &[0; 100]] {
            assert!(matches!(read_archive(bytes), Err(ArchiveError::Malformed)));
        }
        let with_more = [b"more".as_slice(), &archive(&[("a", b"1")])].concat();
        assert!(read_archive(&with_more).is_err());
    }
}
