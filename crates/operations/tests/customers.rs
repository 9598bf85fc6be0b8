//! The existing-customer file: who bought, and which of the four conditions of UWG § 7(3) is missing.
//! All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use law::facts::RelationKind;
use law::{ChannelSet, Lang};
use operations::customer::{CustomerLine, CustomersWho};
use operations::{Organisation, Sale};
use store::testing::on_each_engine;
use support::{TODAY, act, contact, import, organisation};

const LIST: &[u8] = b"Vorname;Nachname;Firma;E-Mail\n\
    Anna;Muster;Muster GmbH;anna@muster.example\n\
    Bert;Beispiel;Beispiel AG;bert@firma.example\n\
    Cora;Dorn;Dorn KG;cora@dorn.example\n\
    Dora;Nichtkunde;Dorn KG;dora@dorn.example\n";
/// Advertises spare parts to existing customers.
const ACTIVITY: &str = "product-information";

fn file(this: &Organisation, who: CustomersWho) -> Vec<CustomerLine> {
    let file = this.customer_file(ACTIVITY, who, None, 50, (TODAY, Lang::De));
    let file = file.unwrap();
    assert_eq!(file.next, None);
    file.lines
}

fn names(this: &Organisation, who: CustomersWho) -> Vec<String> {
    let lines = file(this, who).into_iter();
    let mut names: Vec<_> = lines.filter_map(|line| line.contact.name).collect();
    names.sort();
    names
}

fn sold(this: &Organisation, to: &str, goods: &str, notice_at_collection: bool) {
    let sale = Sale {
        goods: goods.to_owned(),
        sold_on: TODAY,
        address_from_sale: true,
        notice_at_collection,
        relation: RelationKind::Purchase,
    };
    this.note_sale(&contact(to), sale, &act()).unwrap();
}

#[test]
fn the_file_has_who_bought_and_says_which_condition_is_missing() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        for who in [CustomersWho::MayBeWrittenTo, CustomersWho::MayNot] {
            assert_eq!(names(&this, who), [] as [&str; 0]);
        }
        sold(&this, "anna@muster.example", "spare-parts", true);
        sold(&this, "bert@firma.example", "spare-parts", false);
        sold(&this, "cora@dorn.example", "unheard-of", true);
        assert_eq!(names(&this, CustomersWho::MayBeWrittenTo), ["Anna Muster"]);
        let refused = file(&this, CustomersWho::MayNot);
        let mut lacks: Vec<_> = refused
            .iter()
            .map(|line| (line.sales[0].similar, line.sales[0].notice_at_collection))
            .collect();
        lacks.sort_unstable();
        assert_eq!(lacks, [(None, true), (Some(true), false)]);
        // A later sale with everything carries, and an objection ends it (Nr. 3).
        sold(&this, "bert@firma.example", "spare-parts", true);
        let may = names(&this, CustomersWho::MayBeWrittenTo);
        assert_eq!(may, ["Anna Muster", "Bert Beispiel"]);
        let bert = contact("bert@firma.example");
        this.record_objection(&bert, ChannelSet::ALL, TODAY, &act())
            .unwrap();
        assert_eq!(names(&this, CustomersWho::MayBeWrittenTo), ["Anna Muster"]);
        // Who is erased is no customer of the file any more.
        this.erase(&contact("anna@muster.example"), &act()).unwrap();
        assert_eq!(names(&this, CustomersWho::MayBeWrittenTo), [] as [&str; 0]);
    });
}

#[test]
fn the_file_comes_in_parts_and_misses_nobody() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        for to in [
            "anna@muster.example",
            "bert@firma.example",
            "cora@dorn.example",
        ] {
            sold(&this, to, "spare-parts", true);
        }
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let who = CustomersWho::MayBeWrittenTo;
            let part = this.customer_file(ACTIVITY, who, after.as_deref(), 1, (TODAY, Lang::De));
            let part = part.unwrap();
            seen.extend(part.lines.into_iter().filter_map(|line| line.contact.name));
            after = part.next;
            if after.is_none() {
                break;
            }
        }
        seen.sort();
        assert_eq!(seen, ["Anna Muster", "Bert Beispiel", "Cora Dorn"]);
    });
}
