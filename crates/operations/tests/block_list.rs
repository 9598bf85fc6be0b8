//! Lists of addresses that must not be advertised to. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use jiff::ToSpan as _;
use jiff::civil::Date;
use law::facts::BlockList;
use law::{Channel, Lang};
use operations::{Blocked, Error, EvidenceFilter, NewBlockList, Organisation};
use store::testing::on_each_engine;
use support::{TODAY, act, consent_to_newsletter, contact, import, objection, organisation};

const CONTACTS: &[u8] = b"Name;E-Mail;Telefon\n\
    Anna Muster;anna@muster.example;+49 711 5550101\n\
    Bert Muster;bert@muster.example;+49 711 5550102\n";
const LIST: &[u8] =
    b"Name;E-Mail;Telefon\r\nJ\xf6rg;\"ANNA@muster.example\";\r\n;kaputt@;0711 5550102\r\n";

fn verdict(this: &Organisation, who: &str, activity: &str, channel: Channel) -> &'static str {
    let decided = this.decide(&contact(who), activity, channel, TODAY, Lang::De);
    decided.unwrap().decision.verdict
}

fn mail(this: &Organisation, who: &str) -> &'static str {
    verdict(this, who, "newsletter", Channel::Email)
}

fn take(
    this: &Organisation,
    list: &[u8],
    name: &str,
    kind: BlockList,
    as_of: Date,
) -> Result<Blocked, Error> {
    replace(this, list, name, kind, as_of, 0)
}

fn replace(
    this: &Organisation,
    list: &[u8],
    name: &str,
    kind: BlockList,
    as_of: Date,
    frees: u64,
) -> Result<Blocked, Error> {
    let new = NewBlockList {
        name: name.to_owned(),
        kind,
        as_of,
        frees,
    };
    this.take_block_list(list, &new, &act())
}

#[test]
fn who_stands_on_a_list_is_blocked_by_that_way_and_comes_in_blocked_later() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, CONTACTS);
        consent_to_newsletter(&this, "anna@muster.example", TODAY - 9.days());
        consent_to_newsletter(&this, "bert@muster.example", TODAY - 9.days());
        let blocked = take(&this, LIST, "DDV", BlockList::Robinson, TODAY - 1.day()).unwrap();
        assert_eq!(
            (blocked.addresses, blocked.numbers, blocked.unreadable),
            (1, 1, 1)
        );
        assert_eq!(mail(&this, "anna@muster.example"), "refused");
        assert_eq!(mail(&this, "bert@muster.example"), "permitted");
        let bert = contact("bert@muster.example");
        let call = verdict(
            &this,
            "bert@muster.example",
            "telephone-acquisition",
            Channel::Phone,
        );
        assert_eq!(call, "refused");
        let decided = this
            .decide(
                &contact("anna@muster.example"),
                "newsletter",
                Channel::Email,
                TODAY,
                Lang::De,
            )
            .unwrap();
        assert_eq!(decided.evidence.len(), 1, "the answer names the list");
        let reason = decided.decision.data_protection.reason;
        let day = (TODAY - 1.day()).strftime("%d.%m.%Y").to_string();
        for part in ["Robinsonliste", "„DDV“", &day] {
            assert!(reason.contains(part), "{reason}");
        }
        assert!(!reason.contains("widersprochen"), "{reason}");
        import(&this, b"Name;E-Mail\nDora Neu;dora@muster.example\n");
        let list = b"dora@muster.example";
        take(&this, list, "Eigene", BlockList::Own, TODAY).unwrap();
        assert_eq!(mail(&this, "dora@muster.example"), "refused");
        this.erase(&bert, &act()).unwrap();
        assert_eq!(this.verify().unwrap().faults, []);
    });
}

#[test]
fn a_later_consent_goes_before_a_robinson_list_and_before_no_other() {
    for (kind, verdict) in [
        (BlockList::Robinson, "permitted"),
        (BlockList::Own, "refused"),
        (BlockList::Ecg, "refused"),
    ] {
        on_each_engine(|database| {
            let this = organisation(database);
            import(&this, CONTACTS);
            take(&this, LIST, "Liste", kind, TODAY - 9.days()).unwrap();
            consent_to_newsletter(&this, "anna@muster.example", TODAY - 2.days());
            assert_eq!(mail(&this, "anna@muster.example"), verdict, "{kind:?}");
            // Who stood on the list before stands on it since then, however new the list is.
            let renewed = take(&this, LIST, "Liste", kind, TODAY).unwrap();
            assert!(renewed.replaced);
            assert_eq!(mail(&this, "anna@muster.example"), verdict, "{kind:?}");
            assert_eq!(this.verify().unwrap().faults, []);
        });
    }
}

#[test]
fn a_renewed_list_takes_the_place_of_the_one_of_its_name_alone() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, CONTACTS);
        consent_to_newsletter(&this, "anna@muster.example", TODAY - 9.days());
        consent_to_newsletter(&this, "bert@muster.example", TODAY - 9.days());
        let anna = b"anna@muster.example";
        let bert = b"bert@muster.example";
        let (own, day) = (BlockList::Own, TODAY - 1.day());
        assert!(!take(&this, anna, "A", own, day).unwrap().replaced);
        assert!(!take(&this, anna, "B", own, day).unwrap().replaced);
        assert!(take(&this, bert, " A ", own, TODAY).unwrap().replaced);
        let lists = this.block_lists().unwrap();
        let names: Vec<_> = lists.iter().map(|list| list.name.as_str()).collect();
        assert_eq!(names, ["A", "B"]);
        assert_eq!(lists[0].as_of, TODAY);
        assert_eq!(mail(&this, "anna@muster.example"), "refused", "B has her");
        assert_eq!(mail(&this, "bert@muster.example"), "refused");
        this.remove_block_list(lists[1].id, &act()).unwrap();
        assert_eq!(mail(&this, "anna@muster.example"), "permitted");
        assert_eq!(this.verify().unwrap().faults, []);
    });
}

#[test]
fn a_list_that_goes_frees_what_it_alone_blocks_and_leaves_objections() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, CONTACTS);
        for who in ["anna@muster.example", "bert@muster.example"] {
            consent_to_newsletter(&this, who, TODAY - 9.days());
        }
        let list = b"anna@muster.example\nbert@muster.example\nfremd@muster.example";
        take(&this, list, "Liste", BlockList::Own, TODAY).unwrap();
        objection(&this, "anna@muster.example");
        let id = this.block_lists().unwrap()[0].id;
        let (_, frees) = this.block_list(id).unwrap();
        assert_eq!((frees.entries, frees.contacts), (2, 1));
        assert_eq!(this.remove_block_list(id, &act()).unwrap(), frees);
        assert_eq!(mail(&this, "anna@muster.example"), "refused");
        assert_eq!(mail(&this, "bert@muster.example"), "permitted");
        assert!(this.block_lists().unwrap().is_empty());
        let again = this.remove_block_list(id, &act());
        assert!(matches!(again, Err(Error::UnknownBlockList)));
        assert_eq!(this.verify().unwrap().faults, []);
    });
}

#[test]
fn a_list_that_is_changed_behind_the_back_is_found() {
    for change in [
        "DELETE FROM blocked",
        "UPDATE blocked SET since = since + 1",
        "UPDATE block_list SET kind = 2",
        "DELETE FROM block_list",
    ] {
        on_each_engine(|database| {
            let this = organisation(database);
            take(&this, LIST, "Liste", BlockList::Own, TODAY - 3.days()).unwrap();
            assert_eq!(this.verify().unwrap().faults, []);
            assert!(database.execute(change) > 0);
            let faults = this.verify().unwrap().faults;
            assert!(
                faults
                    .iter()
                    .any(|wrong| wrong.what.contains("suppression list")),
                "{change}: {faults:?}"
            );
        });
    }
}

#[test]
fn a_list_without_a_name_or_addresses_or_from_the_future_is_refused() {
    on_each_engine(|database| {
        let this = organisation(database);
        let names = take(&this, b"Name\nAnna\n", "Liste", BlockList::Own, TODAY);
        assert!(matches!(names, Err(Error::Empty(_))));
        let later = take(&this, LIST, "Liste", BlockList::Own, TODAY + 1.day());
        assert!(matches!(later, Err(Error::Future(_))));
        for name in ["  ", &"x".repeat(101)] {
            let unnamed = take(&this, LIST, name, BlockList::Own, TODAY);
            assert!(matches!(unnamed, Err(Error::BlockListName)));
        }
        assert!(this.block_lists().unwrap().is_empty());
    });
}

#[test]
fn a_list_is_not_replaced_by_one_of_another_kind_or_an_older_day() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, CONTACTS);
        consent_to_newsletter(&this, "anna@muster.example", TODAY - 9.days());
        let (own, day) = (BlockList::Own, TODAY - 2.days());
        take(&this, LIST, "Liste", own, day).unwrap();
        let other = take(&this, LIST, "Liste", BlockList::Robinson, TODAY);
        assert!(matches!(other, Err(Error::BlockListKind)));
        let older = take(&this, LIST, "Liste", own, TODAY - 3.days());
        assert!(matches!(older, Err(Error::BlockListOlder(has)) if has == day));
        let lists = this.block_lists().unwrap();
        assert_eq!((lists.len(), lists[0].kind, lists[0].as_of), (1, own, day));
        assert_eq!(mail(&this, "anna@muster.example"), "refused");
        // Nothing is left of what was not taken.
        assert_eq!(database.execute("DELETE FROM blocked"), 2);
    });
}

#[test]
fn a_replacement_that_frees_addresses_is_asked_about_first_and_leaves_the_number() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, CONTACTS);
        for who in ["anna@muster.example", "bert@muster.example"] {
            consent_to_newsletter(&this, who, TODAY - 9.days());
        }
        let (own, first) = (BlockList::Own, TODAY - 1.day());
        let both = b"anna@muster.example\nbert@muster.example\nfremd@muster.example";
        take(&this, both, "Liste", own, first).unwrap();
        let anna = b"anna@muster.example";
        let Err(Error::BlockListFrees(frees)) = take(&this, anna, "Liste", own, TODAY) else {
            panic!("it is asked");
        };
        assert_eq!((frees.entries, frees.contacts), (2, 1));
        assert_eq!(mail(&this, "bert@muster.example"), "refused");
        let fewer = replace(&this, anna, "Liste", own, TODAY, 1);
        assert!(
            matches!(fewer, Err(Error::BlockListFrees(_))),
            "it is more than agreed"
        );
        let taken = replace(&this, anna, "Liste", own, TODAY, 2).unwrap();
        assert!(taken.replaced && taken.freed == 2);
        assert_eq!(mail(&this, "bert@muster.example"), "permitted");
        assert_eq!(mail(&this, "anna@muster.example"), "refused");
        let filter = EvidenceFilter {
            kind: Some("block_list.taken".to_owned()),
            ..EvidenceFilter::default()
        };
        let page = this.evidence_page(&filter, None, 10).unwrap();
        let told = page.lines.iter().map(|line| {
            let view = this.evidence_entry(line.entry).unwrap();
            view.content.unwrap()["freed"].clone()
        });
        let told: Vec<_> = told.collect();
        assert_eq!(told.len(), 2);
        assert!(told.contains(&serde_json::json!(2)), "{told:?}");
        assert_eq!(this.verify().unwrap().faults, []);
    });
}
