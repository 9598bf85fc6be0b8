//! What a thief, a mix-up of rows and a bit flip meet.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use proptest::prelude::*;
use vault::{IndexKey, MasterKey, Secret, SubjectKey, VaultError, WRAPPED_BYTES, master_id_of};

const ROW: &[u8] = b"organisation 1, subject 7";
const OTHER_ROW: &[u8] = b"organisation 1, subject 8";

fn master() -> MasterKey {
    MasterKey::generate().unwrap()
}

fn subject() -> SubjectKey {
    SubjectKey::generate().unwrap()
}

fn every_flip_of(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    (0..bytes.len() * 8).map(|bit| {
        let mut flipped = bytes.to_vec();
        flipped[bit / 8] ^= 1 << (bit % 8);
        flipped
    })
}

#[test]
fn a_wrapped_key_opens_the_fields_it_sealed() {
    let (master, key) = (master(), subject());
    let sealed = key.seal("contact", ROW, b"erika@example.com").unwrap();
    let wrapped = key.wrap(&master, ROW).unwrap();
    assert_eq!(wrapped.len(), WRAPPED_BYTES);
    let key = SubjectKey::unwrap_from(&master, ROW, &wrapped).unwrap();
    assert_eq!(
        *key.open("contact", ROW, &sealed).unwrap(),
        b"erika@example.com"
    );
}

#[test]
fn any_flipped_bit_of_a_wrapped_key_is_noticed() {
    let master = master();
    let wrapped = subject().wrap(&master, ROW).unwrap();
    for flipped in every_flip_of(&wrapped) {
        SubjectKey::unwrap_from(&master, ROW, &flipped).unwrap_err();
    }
}

#[test]
fn any_flipped_bit_of_a_sealed_field_is_noticed() {
    let key = subject();
    let sealed = key.seal("contact", ROW, b"erika@example.com").unwrap();
    for flipped in every_flip_of(&sealed) {
        key.open("contact", ROW, &flipped).unwrap_err();
    }
}

#[test]
fn a_wrapped_key_moved_to_another_row_does_not_open() {
    let master = master();
    let wrapped = subject().wrap(&master, ROW).unwrap();
    let moved = SubjectKey::unwrap_from(&master, OTHER_ROW, &wrapped);
    assert_eq!(moved.unwrap_err(), VaultError::Open);
}

#[test]
fn a_field_moved_to_another_row_or_use_or_subject_does_not_open() {
    let key = subject();
    let sealed = key.seal("contact", ROW, b"text").unwrap();
    assert_eq!(
        key.open("contact", OTHER_ROW, &sealed),
        Err(VaultError::Open)
    );
    assert_eq!(key.open("note", ROW, &sealed), Err(VaultError::Open));
    assert_eq!(
        subject().open("contact", ROW, &sealed),
        Err(VaultError::Open)
    );
}

#[test]
fn a_wrong_master_key_is_named_beside_the_right_one() {
    let (right, wrong) = (master(), master());
    let wrapped = subject().wrap(&right, ROW).unwrap();
    let error = SubjectKey::unwrap_from(&wrong, ROW, &wrapped).unwrap_err();
    assert_eq!(
        error,
        VaultError::OtherMaster {
            wrapped_by: right.id(),
            given: wrong.id()
        }
    );
    assert!(error.to_string().contains(&right.id()));
}

#[test]
fn a_secret_opens_only_under_its_name_and_never_as_a_subject_key() {
    let master = master();
    let secret = Secret::generate().unwrap();
    let wrapped = secret.wrap(&master, "index").unwrap();
    let opened = Secret::unwrap_from(&master, "index", &wrapped).unwrap();
    assert_eq!(opened.expose(), secret.expose());
    Secret::unwrap_from(&master, "log", &wrapped).unwrap_err();
    SubjectKey::unwrap_from(&master, b"index", &wrapped).unwrap_err();
}

#[test]
fn after_shredding_neither_field_nor_entry_nor_pseudonym_can_be_reached() {
    let (master, key) = (master(), subject());
    let sealed = key.seal("contact", ROW, b"erika@example.com").unwrap();
    let pseudonym = key.pseudonym();
    drop(key);
    // All that is left is the master key, the field, and whatever keys can be made anew.
    let anew = subject();
    anew.open("contact", ROW, &sealed).unwrap_err();
    SubjectKey::unwrap_from(&master, ROW, &sealed).unwrap_err();
    assert_ne!(anew.pseudonym(), pseudonym);
    assert!(!sealed.windows(5).any(|part| part == b"erika"));
}

#[test]
fn rotation_keeps_the_key_can_be_repeated_and_locks_the_old_master_out() {
    let (old, new, key) = (master(), master(), subject());
    let wrapped = key.wrap(&old, ROW).unwrap();
    let rotated = SubjectKey::rewrap(&old, &new, ROW, &wrapped).unwrap();
    assert_eq!(master_id_of(&rotated), Some(new.id()));
    let opened = SubjectKey::unwrap_from(&new, ROW, &rotated).unwrap();
    assert_eq!(opened.pseudonym(), key.pseudonym());
    SubjectKey::unwrap_from(&old, ROW, &rotated).unwrap_err();
    let again = SubjectKey::rewrap(&old, &new, ROW, &rotated).unwrap();
    assert_eq!(again, rotated);

    let secret = Secret::generate().unwrap();
    let wrapped = secret.wrap(&old, "log").unwrap();
    let rotated = Secret::rewrap(&old, &new, "log", &wrapped).unwrap();
    let opened = Secret::unwrap_from(&new, "log", &rotated).unwrap();
    assert_eq!(opened.expose(), secret.expose());
}

#[test]
fn rotation_refuses_a_damaged_or_foreign_key_instead_of_losing_it() {
    let (old, new) = (master(), master());
    let mut wrapped = subject().wrap(&old, ROW).unwrap();
    assert!(matches!(
        SubjectKey::rewrap(&master(), &new, ROW, &wrapped),
        Err(VaultError::OtherMaster { .. })
    ));
    *wrapped.last_mut().unwrap() ^= 1;
    let damaged = SubjectKey::rewrap(&old, &new, ROW, &wrapped);
    assert_eq!(damaged, Err(VaultError::Open));
}

#[test]
fn two_entries_of_a_subject_have_keys_that_do_not_open_each_other() {
    let key = subject();
    assert_ne!(key.entry_key(&[1; 16]), key.entry_key(&[2; 16]));
    assert_eq!(key.entry_key(&[1; 16]), key.entry_key(&[1; 16]));
    assert_ne!(key.entry_key(&[1; 16]), subject().entry_key(&[1; 16]));
}

#[test]
fn equal_values_have_equal_indexes_within_one_organisation_only() {
    let secret = Secret::generate().unwrap();
    let key = IndexKey::new(secret.clone());
    let (first, second) = (key.for_organisation(b"1"), key.for_organisation(b"2"));
    let index = first.blind("email", b"erika@example.com");
    let after_restart = IndexKey::new(secret).for_organisation(b"1");
    assert_eq!(after_restart.blind("email", b"erika@example.com"), index);
    assert_ne!(second.blind("email", b"erika@example.com"), index);
    assert_ne!(first.blind("phone", b"erika@example.com"), index);
    assert_ne!(first.blind("emaile", b"rika@example.com"), index);
    let other_key = IndexKey::new(Secret::generate().unwrap()).for_organisation(b"1");
    assert_ne!(other_key.blind("email", b"erika@example.com"), index);
}

#[test]
fn debug_output_of_keys_shows_no_key() {
    let secret = Secret::generate().unwrap();
    let index = IndexKey::new(secret.clone());
    let blind = index.for_organisation(b"1");
    let shown = format!("{secret:?} {index:?} {blind:?} {:?}", subject());
    assert_eq!(
        shown,
        "Secret(..) IndexKey(Secret(..)) BlindIndex(..) SubjectKey(..)"
    );
}

proptest! {
    #[test]
    fn every_text_reads_back(label in ".{0,20}", context: Vec<u8>, text: Vec<u8>) {
        let key = subject();
        let sealed = key.seal(&label, &context, &text).unwrap();
        prop_assert_eq!(&*key.open(&label, &context, &sealed).unwrap(), &text);
    }

    #[test]
    fn sealing_the_same_text_twice_shows_nobody_that_it_is_the_same(text: Vec<u8>) {
        let key = subject();
        let (a, b) = (key.seal("x", ROW, &text).unwrap(), key.seal("x", ROW, &text).unwrap());
        prop_assert_ne!(a, b);
    }

    #[test]
    fn no_bytes_open_or_unwrap_by_chance(bytes: Vec<u8>) {
        subject().open("x", ROW, &bytes).unwrap_err();
        SubjectKey::unwrap_from(&master(), ROW, &bytes).unwrap_err();
        prop_assert!(master_id_of(&bytes).is_none_or(|id| id.len() == 16));
    }

    #[test]
    fn no_text_makes_the_master_key_parser_panic(text in ".{0,80}") {
        let _ = MasterKey::from_text(&text);
    }
}
