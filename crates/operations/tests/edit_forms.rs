//! Changing lead forms without changing the rest of the register, on both databases.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use operations::{Error, RegisterEdit};
use register::{Form, FormKind};
use store::testing::on_each_engine;
use support::{TODAY, act, organisation};

fn form(id: &str) -> Form {
    Form::new(id, "Vorführung", FormKind::DemoRequest, "customer-care")
}

fn put(form: Form) -> Vec<RegisterEdit> {
    vec![RegisterEdit::Form(Box::new(form))]
}

#[test]
fn a_form_becomes_a_version_of_the_register_with_its_evidence() {
    on_each_engine(|database| {
        let this = organisation(database);
        let before = this.register_view(TODAY).unwrap();
        let applied = this
            .apply_forms_at(before.version, put(form("demo")), &act())
            .unwrap();
        assert_eq!((applied.version, applied.changed), (2, true));
        assert!(
            applied
                .gaps
                .iter()
                .any(|gap| gap.place.path() == "form.demo")
        );
        let text = this.register_text(None).unwrap();
        let edits = this.form_edits(1, &text).unwrap();
        let [RegisterEdit::Form(found)] = &edits[..] else {
            unreachable!("one form comes: {edits:?}");
        };
        assert_eq!(**found, form("demo"));
        let gone = vec![RegisterEdit::RemoveForm("demo".to_owned())];
        this.apply_forms_at(Some(2), gone, &act()).unwrap();
        let after = this.register_view(TODAY).unwrap().register;
        assert_eq!(after, before.register);
        assert_eq!(this.verify().unwrap().faults, []);
    });
}

#[test]
fn nothing_but_forms_can_be_changed_this_way() {
    on_each_engine(|database| {
        let this = organisation(database);
        let measure = vec![RegisterEdit::RemoveMeasure("encryption".to_owned())];
        let refused = this.apply_forms_at(Some(1), measure, &act());
        assert!(matches!(refused, Err(Error::NotOnlyForms)));
        let other = register::SAMPLE.replace("Kundenbetreuung", "Betreuung");
        let refused = this.form_edits(1, &other);
        assert!(matches!(refused, Err(Error::NotOnlyForms)));
        let nowhere = Form::new("demo", "Vorführung", FormKind::DemoRequest, "nothing");
        let refused = this.apply_forms_at(Some(1), put(nowhere), &act());
        assert!(matches!(refused, Err(Error::RegisterFaults(_))));
        assert_eq!(this.register_versions().unwrap().len(), 1);
    });
}

#[test]
fn a_form_is_not_saved_over_a_version_that_somebody_else_saved() {
    on_each_engine(|database| {
        let this = organisation(database);
        this.apply_forms_at(Some(1), put(form("demo")), &act())
            .unwrap();
        let mine = this.apply_forms_at(Some(1), put(form("other")), &act());
        assert!(
            matches!(mine, Err(Error::RegisterConflict { version: 2, .. })),
            "{mine:?}"
        );
        let variant = Form {
            variant_of: Some("demo".to_owned()),
            ..form("short")
        };
        this.apply_forms_at(Some(2), put(variant), &act()).unwrap();
        let gone = vec![RegisterEdit::RemoveForm("demo".to_owned())];
        let refused = this.apply_forms_at(Some(3), gone, &act());
        assert!(matches!(refused, Err(Error::RegisterEntryInUse(_))));
    });
}
