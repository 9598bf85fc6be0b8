//! Lists of addresses that must not be advertised to. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use jiff::ToSpan as _;
use law::{Channel, Lang};
use operations::{BlockList, Error, Organisation};
use store::testing::on_each_engine;
use support::{TODAY, act, consent_to_newsletter, contact, import, organisation};

const CONTACTS: &[u8] = b"Name;E-Mail;Telefon\n\
    Anna Muster;anna@muster.example;+49 711 5550101\n\
    Bert Muster;bert@muster.example;+49 711 5550102\n";
const LIST: &[u8] =
    b"Name;E-Mail;Telefon\r\nJ\xf6rg;\"ANNA@muster.example\";\r\n;kaputt@;0711 5550102\r\n";

fn verdict(this: &Organisation, who: &str, activity: &str, channel: Channel) -> &'static str {
    let decided = this.decide(&contact(who), activity, channel, TODAY, Lang::De);
    decided.unwrap().decision.verdict
}

#[test]
fn who_stands_on_a_list_is_blocked_by_that_way_and_comes_in_blocked_later() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, CONTACTS);
        consent_to_newsletter(&this, "anna@muster.example", TODAY - 9.days());
        consent_to_newsletter(&this, "bert@muster.example", TODAY - 9.days());
        let blocked = this
            .block_list(LIST, BlockList::Robinson, TODAY - 1.day(), &act())
            .unwrap();
        assert_eq!(
            (blocked.addresses, blocked.numbers, blocked.unreadable),
            (1, 1, 1)
        );
        let mail = |who: &str| verdict(&this, who, "newsletter", Channel::Email);
        assert_eq!(mail("anna@muster.example"), "refused");
        assert_eq!(mail("bert@muster.example"), "permitted");
        let call = |who: &str| verdict(&this, who, "telephone-acquisition", Channel::Phone);
        assert_eq!(call("bert@muster.example"), "refused");
        import(&this, b"Name;E-Mail\nAnna Neu;anna@muster.example\n");
        // Once more changes nothing.
        this.block_list(LIST, BlockList::Robinson, TODAY, &act())
            .unwrap();
        assert_eq!(this.verify().unwrap().faults, []);
    });
}

#[test]
fn a_list_without_addresses_or_from_the_future_is_refused() {
    on_each_engine(|database| {
        let this = organisation(database);
        let names = this.block_list(b"Name\nAnna\n", BlockList::Own, TODAY, &act());
        assert!(matches!(names, Err(Error::Empty(_))));
        let later = this.block_list(LIST, BlockList::Own, TODAY + 1.day(), &act());
        assert!(matches!(later, Err(Error::Future(_))));
    });
}
