//! Data that may be wrong or out of date are found. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use jiff::ToSpan as _;
use operations::quality::Doubt;
use store::testing::on_each_engine;
use support::{TODAY, act, contact, import, organisation};

const LIST: &[u8] = b"Vorname;Nachname;Firma;E-Mail;Telefon\n\
    Anna;Bernsteiner;Kunde Eins GmbH;anna@kunde-eins.example;+49 6151 1234501\n\
    Bert;Muster;Kunde Zwei GmbH;bert@kunde-zwei.example;+49 6151 1234501\n\
    Cara;Probe;Kunde Drei GmbH;cara@kunde-drei.example;+49 6151 1234503\n";

#[test]
fn contacts_that_nobody_has_changed_for_long_are_counted_and_listed_page_by_page() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let of = |doubt, on| {
            let quality = this.quality(on).unwrap();
            let (_, count) = quality.doubts.iter().find(|(d, _)| *d == doubt).unwrap();
            *count
        };
        let later = TODAY.checked_add(13.months()).unwrap();
        assert_eq!(of(Doubt::UnchangedForAYear, TODAY), 0);
        assert_eq!(of(Doubt::UnchangedForAYear, later), 3);
        assert_eq!(of(Doubt::UnchangedForTwoYears, later), 0);
        let much_later = TODAY.checked_add(25.months()).unwrap();
        assert_eq!(of(Doubt::UnchangedForTwoYears, much_later), 3);

        let page = |after| this.doubtful(Doubt::UnchangedForAYear, after, 2, later);
        let first = page(None).unwrap();
        let second = page(first.next).unwrap();
        assert_eq!((first.lines.len(), second.lines.len()), (2, 1));
        assert!(second.next.is_none());

        // Who is erased is in no number and on no list.
        this.erase(&contact("cara@kunde-drei.example"), &act())
            .unwrap();
        assert_eq!(of(Doubt::UnchangedForAYear, later), 2);
        let quality = this.quality(TODAY).unwrap();
        assert_eq!((quality.contacts, quality.shared), (2, 1));
    });
}
