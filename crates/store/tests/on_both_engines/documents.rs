//! Documents that back a consent.

use store::document::{self, Document};
use store::testing::on_each_engine;
use store::{StoreError, erasure};

use crate::sample::{ORG, TODAY, fill, id, now};

fn document(number: u32, of: u32) -> Document {
    Document {
        org: ORG,
        id: id(number),
        contact: id(of),
        consent: id(9),
        media: 1,
        sealed: vec![7; 3_000_000],
    }
}

#[test]
fn a_document_is_kept_moved_and_gone_with_its_contact() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 2);
        store
            .write(|tx| {
                document::insert(tx, &document(2, 0))?;
                document::insert(tx, &document(1, 0))?;
                document::insert(tx, &document(3, 1))
            })
            .unwrap();
        let (of_first, all, found) = store
            .read(|tx| {
                Ok::<_, StoreError>((
                    document::of_contact(tx, ORG, id(0))?,
                    document::all(tx, ORG)?,
                    document::get(tx, ORG, id(2))?,
                ))
            })
            .unwrap();
        assert_eq!(of_first, [id(1), id(2)]);
        assert_eq!(all, [id(1), id(2), id(3)]);
        assert_eq!(found, Some(document(2, 0)));
        let left = store
            .write(|tx| {
                assert!(document::update(tx, &document(2, 1))?);
                erasure::erase(tx, ORG, id(0), TODAY, now(), 4)?;
                document::all(tx, ORG)
            })
            .unwrap();
        assert_eq!(left, [id(2), id(3)]);
    });
}
