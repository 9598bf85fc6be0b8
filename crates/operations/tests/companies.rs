//! Companies put together from sealed names, on both databases. All persons and firms are invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use law::Channel;
use operations::company::{CompanyFilter, CompanyLine, CompanyView};
use operations::{Error, Organisation};
use store::testing::on_each_engine;
use support::{TODAY, act, consent_to_newsletter, contact, import, objection, organisation};

const LIST: &[u8] = "Vorname;Nachname;Firma;Position;E-Mail;Ort;Land\n\
    Anna;Abel;Muster Maschinen GmbH & Co. KG;Einkauf;anna@muster.example;Gießen;DE\n\
    Berta;Brand;MUSTER-Maschinen GmbH und Co KG;;berta@muster.example;Gießen;DE\n\
    Carl;Cremer;Muster Maschinen GmbH;;carl@maschinen.example;Kassel;DE\n\
    Dora;Dreher;Muster Maschinen G.m.b.H.;;dora@maschinen.example;Kassel;DE\n\
    Emil;Egger;;;emil@egger.example;Wien;AT\n\
    Frida;Fuchs;Fuchs e. K.;Inhaberin;frida@fuchs.example;Wien;AT\n"
    .as_bytes();

fn found(this: &Organisation, words: &str, several: bool) -> Vec<(String, u64)> {
    let filter = CompanyFilter {
        words: words.to_owned(),
        several,
    };
    let page = this.find_companies(&filter, None, 50).unwrap();
    assert_eq!(page.next, None);
    let mut found: Vec<_> = page
        .lines
        .into_iter()
        .map(|line| (short(&line.name), line.contacts))
        .collect();
    found.sort();
    found
}

/// Letters alone: a company is shown as its first contact spells it, and of those that were taken
/// in at once any may be the first.
fn short(name: &str) -> String {
    let name = name.to_lowercase().replace(" und ", " ");
    name.chars().filter(|c| c.is_alphabetic()).collect()
}

fn line(this: &Organisation, name: &str) -> CompanyLine {
    let page = this.find_companies(&CompanyFilter::default(), None, 50);
    let mut lines = page.unwrap().lines.into_iter();
    lines.find(|line| short(&line.name) == short(name)).unwrap()
}

fn view(this: &Organisation, name: &str, activity: Option<&str>) -> CompanyView {
    let id = line(this, name).id;
    this.company_view(&id, activity, None, 50, TODAY).unwrap()
}

const PARTNERS: &str = "Muster Maschinen GmbH & Co. KG";

fn owned(names: &[(&str, u64)]) -> Vec<(String, u64)> {
    let names = names.iter();
    names.map(|(name, count)| (short(name), *count)).collect()
}

#[test]
fn a_company_is_one_however_it_is_spelled_and_another_legal_form_is_another() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let all = owned(&[
            ("Fuchs e. K.", 1),
            ("Muster Maschinen GmbH", 2),
            (PARTNERS, 2),
        ]);
        assert_eq!(found(&this, "", false), all);
        assert_eq!(found(&this, "", true), all[1..]);
        assert_eq!(line(&this, PARTNERS).town.as_deref(), Some("Gießen"));
        let alike = view(&this, PARTNERS, None).alike;
        assert_eq!(alike.len(), 1);
        assert_eq!(short(&alike[0].name), "mustermaschinengmbh");
        assert!(view(&this, "Fuchs e. K.", None).alike.is_empty());
        // No name stands outside the sealed fields.
        let bytes = database.every_byte();
        for name in [&b"Fuchs"[..], b"fuchs", b"Maschinen GmbH &"] {
            let shown = bytes.windows(name.len()).any(|part| part == name);
            assert!(!shown, "{}", String::from_utf8_lossy(name));
        }
    });
}

#[test]
fn companies_are_found_by_words_of_name_and_town_and_not_by_their_people() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let partners = owned(&[(PARTNERS, 2)]);
        assert_eq!(found(&this, "muster giess", false), partners);
        assert_eq!(
            found(&this, "maschin kassel", true),
            owned(&[("Muster Maschinen GmbH", 2)])
        );
        assert_eq!(found(&this, "fuchs", false), owned(&[("Fuchs e. K.", 1)]));
        assert_eq!(found(&this, "fuchs", true), []);
        assert_eq!(found(&this, "anna", false), []);
        assert_eq!(found(&this, "egger", false), []);
        let filter = CompanyFilter::default();
        let first = this.find_companies(&filter, None, 2).unwrap();
        let rest = this.find_companies(&filter, first.next.as_deref(), 2);
        let rest = rest.unwrap();
        assert_eq!(
            (first.lines.len(), rest.lines.len(), rest.next),
            (2, 1, None)
        );
        let filter = CompanyFilter {
            words: "muster".to_owned(),
            several: false,
        };
        let first = this.find_companies(&filter, None, 1).unwrap();
        let rest = this.find_companies(&filter, first.next.as_deref(), 1);
        assert_ne!(first.lines, rest.unwrap().lines);
        assert!(this.find_companies(&filter, Some("no place"), 1).is_err());
    });
}

#[test]
fn a_company_shows_what_the_gate_says_about_its_people() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        consent_to_newsletter(&this, "anna@muster.example", TODAY);
        let newsletter = view(&this, PARTNERS, Some("newsletter"));
        assert_eq!(newsletter.activity.as_deref(), Some("newsletter"));
        let email = newsletter
            .sums
            .iter()
            .find(|sum| sum.channel == Channel::Email);
        assert_eq!((email.unwrap().permitted, newsletter.summed), (1, 2));
        let mut verdicts: Vec<_> = newsletter
            .people
            .iter()
            .map(|person| {
                let mut answers = person.answers.iter();
                let email = answers.find(|answer| answer.channel == Channel::Email);
                (person.name.clone().unwrap(), email.unwrap().verdict)
            })
            .collect();
        verdicts.sort_unstable();
        let expected = [("Anna Abel", "permitted"), ("Berta Brand", "refused")];
        assert_eq!(
            verdicts,
            expected.map(|(name, verdict)| (name.to_owned(), verdict))
        );
        let positions: Vec<_> = newsletter
            .people
            .iter()
            .filter_map(|p| p.position.as_deref())
            .collect();
        assert_eq!(positions, ["Einkauf"]);
        // No postal address is on record, so no letter counts as permitted.
        let post = view(&this, PARTNERS, Some("post-mailings"));
        let post = post.sums.iter().find(|sum| sum.channel == Channel::Post);
        assert_eq!(post.unwrap().permitted, 0);
        objection(&this, "anna@muster.example");
        let newsletter = view(&this, PARTNERS, Some("newsletter"));
        assert!(newsletter.sums.iter().all(|sum| sum.permitted == 0));
        // An activity that the register does not have gives way to the first that it has.
        let other = view(&this, PARTNERS, Some("fishing"));
        assert_eq!(other.activity.as_ref(), Some(&other.activities[0].0));
        let unknown = this.company_view(&"0".repeat(32), None, None, 50, TODAY);
        assert!(matches!(unknown, Err(Error::UnknownCompany)));
    });
}

#[test]
fn corrections_move_a_contact_and_an_erasure_takes_it_away() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let berta = contact("berta@muster.example");
        let (mut fields, seen) = this.correctable(&berta).unwrap();
        fields.fields.company = Some("Fuchs e.K.".to_owned());
        this.correct_contact(&berta, &fields, seen, &act()).unwrap();
        let moved = owned(&[
            ("Fuchs e.K.", 2),
            ("Muster Maschinen GmbH", 2),
            (PARTNERS, 1),
        ]);
        assert_eq!(found(&this, "", false), moved);
        this.erase(&contact("anna@muster.example"), &act()).unwrap();
        assert_eq!(found(&this, "", false), moved[..2]);
    });
}

#[test]
fn contacts_from_before_get_their_companies() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let before = found(&this, "", false);
        this.erase(&contact("frida@fuchs.example"), &act()).unwrap();
        database.execute("DELETE FROM company");
        assert_eq!(found(&this, "", false), []);
        let mut after = None;
        while this.index_words(&mut after, 2).unwrap() > 0 {}
        assert_eq!(found(&this, "", false), before[1..]);
    });
}
