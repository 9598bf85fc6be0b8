//! Sealed files: whole, or refused.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

use std::io::{Read as _, Write as _};

use vault::{MasterKey, OpeningReader, SealingWriter, StreamKey};

const CHUNK: usize = 64 * 1024;
const HEAD: usize = 8 + 32;
const TAG: usize = 16;

fn key() -> StreamKey {
    let master = MasterKey::from_text(&"0123456789abcdef".repeat(4)).unwrap();
    master.stream_key("test")
}

fn sealed(text: &[u8]) -> Vec<u8> {
    let mut writer = SealingWriter::new(Vec::new(), &key(), "a file").unwrap();
    writer.write_all(text).unwrap();
    writer.finish().unwrap()
}

fn opened(sealed: &[u8], key: &StreamKey, context: &str) -> std::io::Result<Vec<u8>> {
    let mut text = Vec::new();
    OpeningReader::new(sealed, key, context)?.read_to_end(&mut text)?;
    Ok(text)
}

fn text(length: usize) -> Vec<u8> {
    (0..=250).cycle().take(length).collect()
}

#[test]
fn what_was_sealed_is_read_back_at_every_length_around_a_chunk() {
    for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7] {
        let text = text(length);
        assert_eq!(opened(&sealed(&text), &key(), "a file").unwrap(), text);
    }
}

#[test]
fn a_file_that_was_cut_anywhere_is_refused() {
    let whole = sealed(&text(2 * CHUNK + 5));
    let ends_of_chunks = [HEAD, HEAD + CHUNK + TAG, HEAD + 2 * (CHUNK + TAG)];
    for end in [0, 7, 20, whole.len() - 1]
        .into_iter()
        .chain(ends_of_chunks)
    {
        assert!(opened(&whole[..end], &key(), "a file").is_err(), "{end}");
    }
}

#[test]
fn exchanged_repeated_or_added_chunks_are_refused() {
    let whole = sealed(&text(3 * CHUNK));
    let chunk = |n: usize| &whole[HEAD + n * (CHUNK + TAG)..HEAD + (n + 1) * (CHUNK + TAG)];
    let put_together = |order: &[usize]| {
        let mut file = whole[..HEAD].to_vec();
        file.extend(order.iter().flat_map(|n| chunk(*n)));
        file
    };
    assert!(opened(&put_together(&[0, 1, 2]), &key(), "a file").is_ok());
    for order in [&[1, 0, 2][..], &[0, 2], &[0, 0, 1, 2], &[0, 1, 2, 2]] {
        assert!(
            opened(&put_together(order), &key(), "a file").is_err(),
            "{order:?}"
        );
    }
    let added = [&whole[..], b"x"].concat();
    assert!(opened(&added, &key(), "a file").is_err());
}

#[test]
fn a_changed_bit_another_key_or_another_name_is_refused() {
    let whole = sealed(b"something");
    for at in [0, 10, HEAD, whole.len() - 1] {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        assert!(opened(&changed, &key(), "a file").is_err(), "{at}");
    }
    assert!(opened(&whole, &key(), "another file").is_err());
    let other = MasterKey::generate().unwrap().stream_key("test");
    assert!(opened(&whole, &other, "a file").is_err());
    assert_ne!(other.id(), key().id());
}

#[test]
fn a_code_fits_its_text_and_key_only() {
    let code = key().code(b"text");
    assert!(key().fits(b"text", &code));
    assert!(!key().fits(b"other", &code) && !key().fits(b"text", &code[..31]));
    assert!(
        !MasterKey::generate()
            .unwrap()
            .stream_key("test")
            .fits(b"text", &code)
    );
}
