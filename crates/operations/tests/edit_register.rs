//! Changing the register entry by entry, on both databases.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use law::{Channel, Country, Lang};
use operations::{Error, NewOrganisation, Organisation, RegisterEdit};
use register::{ConsentText, proposals};
use store::testing::{Database, on_each_engine};
use support::{TODAY, act, installation, organisation};

fn fresh(database: &Database) -> Organisation {
    let new = NewOrganisation {
        name: "Musterbau GmbH".to_owned(),
        country: Country::DE,
        land: None,
    };
    Organisation::create(&installation(database), &new, &act()).unwrap()
}

fn newsletter(this: &Organisation) -> Vec<RegisterEdit> {
    let proposal = proposals(this.name(), Lang::De)
        .into_iter()
        .find(|proposal| proposal.activity.id == "newsletter")
        .unwrap();
    vec![
        RegisterEdit::Activity(Box::new(proposal.activity)),
        RegisterEdit::ConsentText(proposal.consent_text.unwrap()),
    ]
}

#[test]
fn the_first_entry_makes_the_first_version() {
    on_each_engine(|database| {
        let this = fresh(database);
        let empty = this.register_view(TODAY).unwrap();
        assert_eq!((empty.version, empty.register.activities.len()), (None, 0));
        let text = this.edited_register(&newsletter(&this), TODAY).unwrap();
        let radius = this.blast_radius(&text, TODAY).unwrap();
        assert!(
            radius
                .gaps_closed
                .iter()
                .any(|gap| gap.code == "no_activity")
        );
        assert_eq!(
            this.apply_register_at(None, &text, &act()).unwrap().version,
            1
        );
        let view = this.register_view(TODAY).unwrap();
        assert_eq!(view.version, Some(1));
        assert!(view.register.activities[0].declares(Channel::Email));
        assert_eq!(view.saved.unwrap().1, "test");
    });
}

#[test]
fn two_who_change_at_once_do_not_overwrite_each_other() {
    on_each_engine(|database| {
        let this = organisation(database);
        let base = this.register_view(TODAY).unwrap().version;
        let change = |name: &str| {
            let mut activity = this.register_view(TODAY).unwrap().register.activities[0].clone();
            activity.name = name.to_owned();
            let edit = RegisterEdit::Activity(Box::new(activity));
            this.edited_register(&[edit], TODAY).unwrap()
        };
        let (mine, theirs) = (change("Kunden"), change("Kundschaft"));
        this.apply_register_at(base, &theirs, &act()).unwrap();
        let refused = this.apply_register_at(base, &mine, &act());
        assert!(matches!(
            refused,
            Err(Error::RegisterConflict { version: 2, .. })
        ));
        assert_eq!(this.register_versions().unwrap().len(), 2);
        assert_eq!(this.register_diff(1, 2).unwrap().len(), 1);
        assert_eq!(this.verify().unwrap().faults, []);
    });
}

#[test]
fn what_others_refer_to_is_not_removed() {
    on_each_engine(|database| {
        let this = organisation(database);
        let remove = RegisterEdit::RemoveRecipient("mail-service".to_owned());
        let refused = this.edited_register(&[remove], TODAY);
        assert!(
            matches!(&refused, Err(Error::RegisterEntryInUse(by)) if by.contains("Newsletter")),
            "{refused:?}"
        );
        let unknown = RegisterEdit::RemoveMeasure("nothing".to_owned());
        let refused = this.edited_register(&[unknown], TODAY);
        assert!(matches!(refused, Err(Error::UnknownRegisterEntry(_))));
        let remove = RegisterEdit::RemoveActivity("newsletter".to_owned());
        let text = this.edited_register(&[remove], TODAY).unwrap();
        assert!(!text.contains("id = \"newsletter\""));
    });
}

#[test]
fn a_wording_that_people_agreed_to_gets_a_next_version() {
    on_each_engine(|database| {
        let this = fresh(database);
        let mut edits = newsletter(&this);
        edits.extend(newsletter(&this));
        let RegisterEdit::ConsentText(wording) = edits[1].clone() else {
            unreachable!("the second edit is a wording");
        };
        edits.push(RegisterEdit::ConsentText(ConsentText {
            de: Some("Ja, ich will.".to_owned()),
            ..wording
        }));
        let text = this.edited_register(&edits, TODAY).unwrap();
        let register = register::Register::parse(&text).unwrap();
        let versions: Vec<_> = register
            .consent_texts
            .iter()
            .map(ConsentText::key)
            .collect();
        assert_eq!(versions, ["newsletter@1", "newsletter@2"]);
    });
}
