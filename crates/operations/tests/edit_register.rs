//! Changing the register entry by entry, on both databases.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use std::sync::Barrier;

use law::{Channel, Country, Lang};
use operations::{Error, NewOrganisation, Organisation, RegisterEdit};
use register::{
    ConsentText, ContractStep, NoticeFact, RecipientRole, RiskTrigger, SpecialCategory, proposals,
};
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
fn of_two_who_save_in_the_same_moment_one_is_told_of_the_other() {
    on_each_engine(|database| {
        let this = organisation(database);
        for round in 1..=8 {
            let start = Barrier::new(2);
            let save = |name: &str| {
                let text = register::SAMPLE.replace("Kundenbetreuung", &format!("{name} {round}"));
                start.wait();
                this.apply_register_at(Some(round), &text, &act())
            };
            let (one, other) = std::thread::scope(|scope| {
                let one = scope.spawn(|| save("Kunden"));
                let other = save("Kundschaft");
                (one.join().unwrap(), other)
            });
            let told = [&one, &other].map(|saved| match saved {
                Ok(applied) => applied.version == round + 1,
                Err(Error::RegisterConflict { version, .. }) => *version == round + 1,
                Err(_) => false,
            });
            assert_eq!(told, [true; 2], "{one:?} {other:?}");
            assert_ne!(one.is_ok(), other.is_ok());
        }
        assert_eq!(this.register_versions().unwrap().len(), 9);
        assert_eq!(this.verify().unwrap().faults, []);
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
        let (first, second) = (this.register_at(1).unwrap(), this.register_at(2).unwrap());
        assert_eq!(register::diff(&first, &second).len(), 1);
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
fn goods_are_removed_with_the_decisions_about_them_unless_they_are_advertised() {
    on_each_engine(|database| {
        let this = organisation(database);
        let edited = |edit: RegisterEdit| {
            let text = this.edited_register(&[edit], TODAY)?;
            Ok::<_, Error>(register::Register::parse(&text).unwrap())
        };
        let advertised = RegisterEdit::RemoveGoodsClass("spare-parts".to_owned());
        let refused = edited(advertised);
        assert!(
            matches!(&refused, Err(Error::RegisterEntryInUse(by)) if by.contains("Bestandskunden")),
            "{refused:?}"
        );
        let left = edited(RegisterEdit::RemoveGoodsClass("training".to_owned())).unwrap();
        assert_eq!(left.goods_classes.len(), 2);
        assert_eq!(left.similarities.len(), 1);
        let undecided = edited(RegisterEdit::RemoveSimilarity {
            sold: "machines".to_owned(),
            advertised: "spare-parts".to_owned(),
        });
        assert_eq!(
            undecided.unwrap().is_similar("machines", "spare-parts"),
            None
        );
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

#[test]
fn before_a_change_is_saved_it_shows_what_has_to_be_done_because_of_it() {
    on_each_engine(|database| {
        let this = organisation(database);
        let register = this.register_view(TODAY).unwrap().register;
        let mut fairs = register.activity("trade-fairs").unwrap().clone();
        fairs.purpose = Some("Gespräche nachbereiten und werben".to_owned());
        fairs.special_data = vec![SpecialCategory::Health];
        fairs.recipients.push("lettershop".to_owned());
        fairs.retention.clear();
        let mut sister = register.recipient("sister-company").unwrap().clone();
        sister.role = RecipientRole::Processor;
        sister.contract = None;
        let edits = [
            RegisterEdit::Activity(Box::new(fairs)),
            RegisterEdit::Recipient(Box::new(sister)),
        ];
        let text = this.edited_register(&edits, TODAY).unwrap();
        let radius = this.blast_radius(&text, TODAY).unwrap();
        let then = &radius.consequences;

        assert_eq!(then.notices.len(), 1);
        let notice = &then.notices[0];
        assert_eq!(
            (&*notice.activity, &*notice.name),
            ("trade-fairs", "Messekontakte")
        );
        let facts = [
            NoticeFact::Purpose,
            NoticeFact::Data,
            NoticeFact::Recipients,
            NoticeFact::Retention,
        ];
        assert_eq!(notice.facts, facts);
        assert!(notice.is_further_purpose());
        assert_eq!(then.wordings, []);
        assert_eq!(then.retention.len(), 1);
        assert!(then.retention[0].new.is_none());
        let contracts: Vec<_> = then
            .contracts
            .iter()
            .map(|c| (&*c.recipient, c.step))
            .collect();
        assert_eq!(
            contracts,
            [
                ("crm-host", ContractStep::Extend),
                ("lettershop", ContractStep::Conclude),
                ("sister-company", ContractStep::Conclude),
            ]
        );
        assert_eq!(then.assessments[0].triggers, [RiskTrigger::SpecialData]);

        // Looking wrote nothing; once it is saved, nothing is left to follow.
        assert_eq!(this.register_versions().unwrap().len(), 1);
        this.apply_register_at(Some(1), &text, &act()).unwrap();
        assert!(
            this.blast_radius(&text, TODAY)
                .unwrap()
                .consequences
                .is_empty()
        );
    });
}
