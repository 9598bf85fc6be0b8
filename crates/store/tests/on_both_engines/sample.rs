//! Invented rows.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use store::consent::Consent;
use store::contact::Contact;
use store::key::ContactKey;
use store::lookup::Lookup;
use store::organisation::Organisation;
use store::{Hash, Id, Store, StoreError};

pub const ORG: Id = Id([1; 16]);
pub const TODAY: Date = date(2026, 11, 24);

pub fn now() -> Timestamp {
    Timestamp::from_millisecond(1_795_500_000_123).unwrap()
}

pub fn id(number: u32) -> Id {
    let mut bytes = [0; 16];
    bytes[12..].copy_from_slice(&number.to_be_bytes());
    Id(bytes)
}

pub fn hash(number: u32) -> Hash {
    let mut bytes = [7; 32];
    bytes[..4].copy_from_slice(&number.to_le_bytes());
    bytes
}

pub fn organisation(id: Id) -> Organisation {
    Organisation {
        id,
        name: "Müßig & Söhne GmbH 🏗".to_owned(),
        country: "DE".to_owned(),
        land: None,
        created_at: now(),
    }
}

pub fn contact(number: u32) -> Contact {
    Contact {
        org: ORG,
        id: id(number),
        kind: 2,
        country: "AT".to_owned(),
        subscriber: 1,
        sealed: Some(vec![number.to_le_bytes()[0]; 300]),
        source_kind: 3,
        obtained_on: date(2025, 3, 31),
        informed_on: None,
        first_contact_on: Some(TODAY),
        screened_on: None,
        flags: u64::MAX,
        created_at: now(),
        changed_at: now(),
        erased_at: None,
        restricted_at: None,
        merged_into: None,
        told_at: None,
    }
}

pub fn consent(number: u32, of: u32) -> Consent {
    Consent {
        org: ORG,
        id: id(number),
        contact: id(of),
        purpose: "newsletter".to_owned(),
        channels: 0b101,
        status: 1,
        proof: 2,
        circumstances: 1 << 63,
        given_on: date(2024, 2, 29),
        confirmed_on: None,
        last_used_on: None,
        withdrawn_on: None,
        sealed: None,
        entry_seq: 5,
    }
}

pub fn lookup(hash: Hash, of: u32) -> Lookup {
    Lookup {
        org: ORG,
        hash,
        kind: 1,
        contact: id(of),
    }
}

/// 60 bytes that are found nowhere else.
pub fn wrapped(number: u32) -> Vec<u8> {
    let mut state = u64::from(number) + 1;
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        state.to_be_bytes()[0]
    };
    (0..60).map(|_| next()).collect()
}

pub fn key(number: u32) -> ContactKey {
    ContactKey {
        org: ORG,
        contact: id(number),
        wrapped: wrapped(number),
        master_id: vec![9; 8],
    }
}

/// Adds the organisation and contacts with the numbers 0 to `count` - 1, each with a key.
pub fn fill(store: &Store, count: u32) {
    store
        .write(move |tx| {
            store::organisation::insert(tx, &organisation(ORG))?;
            let contacts: Vec<_> = (0..count).map(contact).collect();
            let keys: Vec<_> = (0..count).map(key).collect();
            store::key::insert(tx, &keys)?;
            store::contact::insert(tx, &contacts)
        })
        .unwrap();
}

pub fn keys_of(store: &Store, numbers: impl Iterator<Item = u32>) -> Vec<u32> {
    let result: Result<_, StoreError> = store.read(|tx| {
        let mut found = Vec::new();
        for number in numbers {
            if store::key::get(tx, ORG, id(number))?.is_some() {
                found.push(number);
            }
        }
        Ok(found)
    });
    result.unwrap()
}
