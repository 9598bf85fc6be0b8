//! Two contacts that are one person become one, on both databases. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use law::facts::{InterestGround, RelationKind};
use law::{Channel, Lang};
use operations::duplicates::SharedBy;
use operations::merge::{MergeChoices, MergeField, MergeSide};
use operations::{ContactFilter, ContactRef, Error, Organisation, OrganisationId, Sale};
use store::testing::{Database, on_each_engine};
use support::{
    TODAY, act, act_on, consent_to_newsletter, contact, import, installation, objection,
    organisation,
};

/// Anna stands twice on the list, under two names and addresses, with one number; a colleague has a
/// number of her own.
const LIST: &[u8] = "Vorname;Nachname;Firma;E-Mail;Telefon;Straße;PLZ;Ort\n\
    Anna;Abel;Muster GmbH;anna@muster.example;0641 123456;Weg 1;35390;Gießen\n\
    Anna;Abel-Neu;Muster GmbH;a.neu@muster.example;0641 123456;Allee 7;34117;Kassel\n\
    Berta;Brand;Muster GmbH;berta@muster.example;0641 999999;Weg 1;35390;Gießen\n"
    .as_bytes();

const FIRST: &str = "anna@muster.example";
const SECOND: &str = "a.neu@muster.example";

fn id(this: &Organisation, who: &str) -> OrganisationId {
    let view = this.contact_view(&contact(who), TODAY, Lang::De).unwrap();
    view.line.id.parse().unwrap()
}

fn with_the_list(database: &Database) -> (Organisation, OrganisationId, OrganisationId) {
    let this = organisation(database);
    assert_eq!(import(&this, LIST).added, 3);
    let ids = (id(&this, FIRST), id(&this, SECOND));
    (this, ids.0, ids.1)
}

fn merge(this: &Organisation, kept: OrganisationId, other: OrganisationId) -> i64 {
    let seen = this.merge_view(kept, other).unwrap().seen;
    let chosen = MergeChoices::new();
    this.merge_contacts(kept, other, &chosen, seen, &act())
        .unwrap()
}

fn faultless(this: &Organisation) {
    this.sequence(act().at).unwrap();
    assert_eq!(this.verify().unwrap().faults, []);
}

fn listed(this: &Organisation) -> usize {
    let none = ContactFilter::default();
    this.find_contacts(&none, None, 50).unwrap().lines.len()
}

fn code(this: &Organisation, who: &ContactRef, activity: &str, channel: Channel) -> String {
    let decided = this
        .decide(who, activity, channel, TODAY, Lang::De)
        .unwrap();
    decided.decision.verdict.to_owned()
}

#[test]
fn what_is_known_of_both_stands_with_the_one_that_is_kept() {
    on_each_engine(|database| {
        let (this, kept, other) = with_the_list(database);
        this.note_informed(&contact(SECOND), TODAY.yesterday().unwrap(), &act())
            .unwrap();
        this.note_screening(&contact(SECOND), true, &act()).unwrap();
        let view = this.merge_view(kept, other).unwrap();
        let differing: Vec<_> = view.fields.iter().filter(|row| row.differs()).collect();
        let differing: Vec<_> = differing.iter().map(|row| row.field).collect();
        assert_eq!(differing, [MergeField::FamilyName, MergeField::Address]);
        assert_eq!((view.emails.len(), view.phones.len()), (2, 1));
        assert!(view.listed && !view.restricted && !view.objected);
        let chosen = MergeChoices::from([(MergeField::Address, MergeSide::Other)]);
        this.merge_contacts(kept, other, &chosen, view.seen, &act())
            .unwrap();
        let now = this
            .contact_view(&contact(SECOND), TODAY, Lang::De)
            .unwrap();
        assert_eq!(now.line.id, kept.to_string());
        assert_eq!(now.line.name.as_deref(), Some("Anna Abel"));
        assert_eq!(now.emails, [FIRST, SECOND]);
        assert_eq!(now.address, ["Allee 7", "34117 Kassel"]);
        assert_eq!(now.informed_on, TODAY.yesterday().ok());
        assert_eq!(now.known_as.len(), 2);
        let answer = this.decide(
            &contact(FIRST),
            "telephone-acquisition",
            Channel::Phone,
            TODAY,
            Lang::De,
        );
        assert_eq!(answer.unwrap().decision.verdict, "refused");
        faultless(&this);
    });
}

#[test]
fn the_merged_contact_is_counted_nowhere_and_leads_to_the_kept_one() {
    on_each_engine(|database| {
        let (this, kept, other) = with_the_list(database);
        merge(&this, kept, other);
        assert_eq!(listed(&this), 2);
        let overview = this.overview(TODAY, Lang::De).unwrap();
        assert_eq!(overview.contacts, 2);
        let page = this.find_contacts(
            &ContactFilter {
                words: "abel".to_owned(),
                ..ContactFilter::default()
            },
            None,
            50,
        );
        assert_eq!(page.unwrap().lines.len(), 1);
        let company = this.find_companies(&operations::company::CompanyFilter::default(), None, 50);
        assert_eq!(company.unwrap().lines[0].contacts, 2);
        let old = this.contact_view(&ContactRef::Id(other), TODAY, Lang::De);
        assert_eq!(old.unwrap().line.id, kept.to_string());
        assert!(this.duplicates(None, None, 50).unwrap().groups.is_empty());
        assert!(
            this.duplicates_of(&ContactRef::Id(kept))
                .unwrap()
                .is_empty()
        );
        // What is noted under the old id stands with the person.
        this.restrict_contact(&ContactRef::Id(other), "wird geprüft", &act())
            .unwrap();
        let now = this.contact_view(&ContactRef::Id(kept), TODAY, Lang::De);
        assert!(now.unwrap().line.restricted);
        faultless(&this);
    });
}

#[test]
fn consents_and_all_else_move_with_their_proofs() {
    on_each_engine(|database| {
        let (this, kept, other) = with_the_list(database);
        consent_to_newsletter(&this, SECOND, TODAY);
        let before = this
            .contact_view(&contact(SECOND), TODAY, Lang::De)
            .unwrap();
        let consent = before.events[0].entry;
        let sale = Sale {
            goods: "spare-parts".to_owned(),
            sold_on: TODAY,
            address_from_sale: true,
            notice_at_collection: true,
            relation: RelationKind::Purchase,
        };
        this.note_sale(&contact(SECOND), sale, &act()).unwrap();
        let ground = InterestGround::ContactAsked;
        let calls = "telephone-acquisition";
        this.note_circumstance(&contact(SECOND), calls, ground, "bat um Rückruf", &act())
            .unwrap();
        let reason = "mit dem Beauftragten besprochen";
        this.overrule(
            &contact(SECOND),
            "newsletter",
            Channel::Email,
            reason,
            &act(),
        )
        .unwrap();
        assert_eq!(
            code(&this, &contact(FIRST), "newsletter", Channel::Email),
            "refused"
        );
        let moves = this.merge_view(kept, other).unwrap().moves;
        assert_eq!(
            (moves.consents, moves.sales, moves.circumstances),
            (1, 1, 1)
        );
        assert_eq!((moves.overrules, moves.objections), (1, 0));
        merge(&this, kept, other);
        let anna = ContactRef::Id(kept);
        for (activity, channel) in [
            ("newsletter", Channel::Email),
            ("product-information", Channel::Email),
            (calls, Channel::Phone),
        ] {
            assert_eq!(
                code(&this, &anna, activity, channel),
                "permitted",
                "{activity}"
            );
        }
        // The page names the entry that proves how the consent was given; it can still be read,
        // and its receipt disclosed.
        let now = this.contact_view(&anna, TODAY, Lang::De).unwrap();
        let told: Vec<_> = now.events.iter().map(|event| event.kind.as_str()).collect();
        let expected = [
            "contact.merged",
            "overrule.recorded",
            "circumstance.noted",
            "sale.noted",
            "consent.recorded",
            "contact.imported",
            "contact.imported",
        ];
        assert_eq!(told, expected);
        assert_eq!(now.events[4].entry, consent);
        let said = this.evidence_entry(consent).unwrap().content.unwrap();
        assert!(said["text"].as_str().unwrap().contains("Newsletter"));
        this.receipt(consent, true, act().at).unwrap();
        // The texts are sealed under the kept contact's key now, as is a later withdrawal.
        this.withdraw_consent(&anna, None, law::ChannelSet::ALL, TODAY, &act())
            .unwrap();
        this.revoke_overrule(&anna, "newsletter", Channel::Email, &act())
            .unwrap();
        assert_eq!(code(&this, &anna, "newsletter", Channel::Email), "refused");
        faultless(&this);
    });
}

#[test]
fn an_objection_or_restriction_of_either_holds_for_both() {
    for (objecting, kept_first) in [(FIRST, true), (SECOND, true), (FIRST, false)] {
        on_each_engine(|database| {
            let (this, first, second) = with_the_list(database);
            consent_to_newsletter(&this, FIRST, TODAY.yesterday().unwrap());
            consent_to_newsletter(&this, SECOND, TODAY.yesterday().unwrap());
            let objecting = ContactRef::Id(id(&this, objecting));
            let all = law::ChannelSet::ALL;
            this.record_objection(&objecting, all, TODAY, &act())
                .unwrap();
            this.restrict_contact(&objecting, "wird geprüft", &act())
                .unwrap();
            let (kept, other) = if kept_first {
                (first, second)
            } else {
                (second, first)
            };
            assert!(this.merge_view(kept, other).unwrap().objected);
            merge(&this, kept, other);
            let anna = ContactRef::Id(kept);
            assert_eq!(code(&this, &anna, "newsletter", Channel::Email), "refused");
            let view = this.contact_view(&anna, TODAY, Lang::De).unwrap();
            assert!(view.line.restricted);
            // Both addresses are stopped for later lists.
            for email in [FIRST, SECOND] {
                let list = format!("Nachname;E-Mail\nFremd;{email}\n");
                assert_eq!(import(&this, list.as_bytes()).suppressed, 1, "{email}");
            }
            faultless(&this);
        });
    }
}

#[test]
fn a_later_list_finds_the_kept_contact_under_both_names_and_addresses() {
    on_each_engine(|database| {
        let (this, kept, other) = with_the_list(database);
        merge(&this, kept, other);
        let again = import(&this, &[LIST, b"\n"].concat());
        assert_eq!((again.added, again.known), (0, 3));
        // By name and postal address alone, too.
        let post = "Vorname;Nachname;Firma;Straße;PLZ;Ort\n\
            Anna;Abel;Muster GmbH;Weg 1;35390;Gießen\n\
            Anna;Abel-Neu;Muster GmbH;Allee 7;34117;Kassel\n";
        let again = import(&this, post.as_bytes());
        assert_eq!((again.added, again.known), (0, 2));
        // A correction does not make them strangers.
        let anna = ContactRef::Id(kept);
        let (mut fields, seen) = this.correctable(&anna).unwrap();
        fields.fields.position = Some("Einkauf".to_owned());
        this.correct_contact(&anna, &fields, seen, &act()).unwrap();
        let again = import(&this, &[LIST, b"\n\n"].concat());
        assert_eq!((again.added, again.known), (0, 3));
        assert_eq!(listed(&this), 2);
    });
}

#[test]
fn an_erasure_of_the_kept_contact_makes_both_unreadable_for_good() {
    on_each_engine(|database| {
        let (this, kept, other) = with_the_list(database);
        consent_to_newsletter(&this, FIRST, TODAY);
        consent_to_newsletter(&this, SECOND, TODAY);
        let entry = |who: &str| {
            let view = this.contact_view(&contact(who), TODAY, Lang::De).unwrap();
            view.events[0].entry
        };
        let entries = [entry(FIRST), entry(SECOND)];
        let merged = merge(&this, kept, other);
        this.sequence(act().at).unwrap();
        // By the old id, since it leads to the person.
        let erased = this.erase(&ContactRef::Id(other), &act()).unwrap();
        assert_eq!(erased.contact, kept);
        for number in [entries[0], entries[1], merged] {
            let view = this.evidence_entry(number).unwrap();
            assert_eq!((view.content, view.line.contact), (None, None));
            let receipt = this.receipt(number, true, act().at);
            assert!(matches!(receipt, Err(Error::NotDisclosable(_))));
        }
        for id in [kept, other] {
            let gone = this.contact_view(&ContactRef::Id(id), TODAY, Lang::De);
            assert!(matches!(gone, Err(Error::Erased)));
            let key = database
                .open()
                .read(|tx| store::key::get(tx, this.id(), id));
            assert_eq!(key.unwrap(), None);
        }
        faultless(&this);
        let again = import(&this, &[LIST, b"\n"].concat());
        assert_eq!((again.added, again.known, again.suppressed), (0, 1, 2));
        // Opening the database applies the journal again.
        let there = Organisation::all(&installation(database)).unwrap();
        assert_eq!(there[0].verify().unwrap().faults, []);
    });
}

#[test]
fn who_was_merged_earlier_goes_along() {
    on_each_engine(|database| {
        let (this, first, second) = with_the_list(database);
        let berta = id(&this, "berta@muster.example");
        consent_to_newsletter(&this, SECOND, TODAY);
        merge(&this, first, second);
        // Berta turns out to be Anna as well.
        merge(&this, berta, first);
        for old in [first, second] {
            let view = this.contact_view(&ContactRef::Id(old), TODAY, Lang::De);
            assert_eq!(view.unwrap().line.id, berta.to_string());
        }
        assert_eq!(
            code(&this, &contact(SECOND), "newsletter", Channel::Email),
            "permitted"
        );
        faultless(&this);
        this.erase(&ContactRef::Id(berta), &act()).unwrap();
        faultless(&this);
        let again = import(&this, &[LIST, b"\n"].concat());
        assert_eq!((again.added, again.suppressed), (0, 3));
    });
}

#[test]
fn two_people_who_merge_or_correct_at_once_are_told() {
    on_each_engine(|database| {
        let (this, kept, other) = with_the_list(database);
        let seen = this.merge_view(kept, other).unwrap().seen;
        let (mut fields, corrected) = this.correctable(&contact(SECOND)).unwrap();
        fields.fields.position = Some("Einkauf".to_owned());
        let later = act_on(TODAY.tomorrow().unwrap());
        this.correct_contact(&contact(SECOND), &fields, corrected, &later)
            .unwrap();
        let chosen = MergeChoices::new();
        let stale = this.merge_contacts(kept, other, &chosen, seen, &later);
        assert!(matches!(stale, Err(Error::ContactConflict)));
        let seen = this.merge_view(kept, other).unwrap().seen;
        this.merge_contacts(kept, other, &chosen, seen, &later)
            .unwrap();
        let twice = this.merge_contacts(kept, other, &chosen, seen, &later);
        assert!(matches!(twice, Err(Error::ContactConflict)));
        let back = this.merge_contacts(other, kept, &chosen, (seen.1, seen.0), &later);
        assert!(matches!(back, Err(Error::ContactConflict)));
        let itself = this.merge_view(kept, kept);
        assert!(matches!(itself, Err(Error::SameContact)));
        let unknown = this.merge_view(kept, OrganisationId([9; 16]));
        assert!(matches!(unknown, Err(Error::UnknownContact)));
        // A correction that began before the merging overwrites nothing.
        let stale = this.correct_contact(&contact(FIRST), &fields, corrected, &later);
        assert!(matches!(stale, Err(Error::ContactConflict)));
        faultless(&this);
    });
}

#[test]
fn merging_at_the_same_moment_merges_once() {
    on_each_engine(|database| {
        let (this, kept, other) = with_the_list(database);
        let seen = this.merge_view(kept, other).unwrap().seen;
        let results: Vec<_> = std::thread::scope(|scope| {
            let tries: Vec<_> = (0..4)
                .map(|number| {
                    let this = &this;
                    scope.spawn(move || {
                        let chosen = MergeChoices::new();
                        if number % 2 == 0 {
                            this.merge_contacts(kept, other, &chosen, seen, &act())
                        } else {
                            let seen = (seen.1, seen.0);
                            this.merge_contacts(other, kept, &chosen, seen, &act())
                        }
                    })
                })
                .collect();
            tries.into_iter().map(|t| t.join().unwrap()).collect()
        });
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
        let refused = results.iter().filter_map(|result| result.as_ref().err());
        assert!(
            refused
                .into_iter()
                .all(|e| matches!(e, Error::ContactConflict))
        );
        faultless(&this);
    });
}

#[test]
fn an_objection_at_the_same_moment_is_never_left_behind() {
    on_each_engine(|database| {
        let (this, kept, other) = with_the_list(database);
        consent_to_newsletter(&this, FIRST, TODAY.yesterday().unwrap());
        let seen = this.merge_view(kept, other).unwrap().seen;
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let chosen = MergeChoices::new();
                this.merge_contacts(kept, other, &chosen, seen, &act())
                    .unwrap();
            });
            scope.spawn(|| {
                let all = law::ChannelSet::ALL;
                this.record_objection(&ContactRef::Id(other), all, TODAY, &act())
                    .unwrap();
            });
        });
        let anna = ContactRef::Id(kept);
        assert_eq!(code(&this, &anna, "newsletter", Channel::Email), "refused");
        let view = this.contact_view(&anna, TODAY, Lang::De).unwrap();
        assert!(
            view.events
                .iter()
                .any(|event| event.kind == "objection.recorded")
        );
        faultless(&this);
    });
}

#[test]
fn which_rules_protect_the_person_is_never_decided_by_default() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(
            &this,
            b"Nachname;E-Mail;Telefon;Land\nAbel;a@abel.example;+49 641 123456;DE\nAbel-Neu;b@abel.example;+49 641 123456;AT\n",
        );
        let (kept, other) = (id(&this, "a@abel.example"), id(&this, "b@abel.example"));
        let seen = this.merge_view(kept, other).unwrap().seen;
        let mut chosen = MergeChoices::new();
        let undecided = this.merge_contacts(kept, other, &chosen, seen, &act());
        assert!(matches!(
            undecided,
            Err(Error::MergeChoice(MergeField::Country))
        ));
        chosen.insert(MergeField::Country, MergeSide::Other);
        this.merge_contacts(kept, other, &chosen, seen, &act())
            .unwrap();
        let view = this.contact_view(&ContactRef::Id(kept), TODAY, Lang::De);
        assert_eq!(view.unwrap().line.country, "AT");
    });
}

#[test]
fn groups_that_share_something_are_found_page_by_page() {
    on_each_engine(|database| {
        let (this, kept, other) = with_the_list(database);
        import(
            &this,
            b"Vorname;Nachname;E-Mail;Telefon\n\
              Carl;Cremer;team@cremer.example;0641 777777\n\
              Dora;Dreher;team@cremer.example;0641 777777\n",
        );
        let all = this.duplicates(None, None, 50).unwrap();
        assert_eq!((all.groups.len(), all.next), (2, None));
        let numbers = this.duplicates(Some(SharedBy::Phone), None, 1).unwrap();
        let rest = this.duplicates(Some(SharedBy::Phone), numbers.next.as_deref(), 50);
        let mut groups = numbers.groups;
        groups.extend(rest.unwrap().groups);
        assert_eq!(groups.len(), 2);
        let mut pair: Vec<_> = [kept, other].iter().map(ToString::to_string).collect();
        pair.sort();
        let ids = |group: &operations::duplicates::DuplicateGroup| {
            let lines = group.lines.iter();
            lines.map(|line| line.id.clone()).collect::<Vec<_>>()
        };
        assert!(groups.iter().any(|group| ids(group) == pair));
        let mails = this.duplicates(Some(SharedBy::Email), None, 50).unwrap();
        assert_eq!(mails.groups.len(), 1);
        objection(&this, "team@cremer.example");
        assert!(this.duplicates(None, Some("3-zz"), 50).is_err());
    });
}
