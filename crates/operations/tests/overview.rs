//! When an overview has to be worked out again, on both databases.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use law::Lang;
use operations::access::{NewMember, Role};
use store::testing::on_each_engine;
use support::{act, import, organisation};

const LIST: &[u8] = b"Nachname;E-Mail\nBeispiel;beispiel@example.com\n";

#[test]
fn an_overview_stays_true_until_something_about_contacts_or_the_register_changes() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        this.sequence(act().at).unwrap();
        let (mark, entries) = (this.state_mark().unwrap(), this.evidence_entries().unwrap());
        let new = NewMember::new("Erika", "erika@example.com", Lang::De, Role::Sales, None);
        this.invite(&new.unwrap(), "http://localhost:8070", &act())
            .unwrap();
        this.sequence(act().at).unwrap();
        assert_eq!(this.state_mark().unwrap(), mark);
        assert!(this.evidence_entries().unwrap() > entries);

        import(&this, b"Nachname;E-Mail\nNeumann;neumann@example.com\n");
        let imported = this.state_mark().unwrap();
        assert_ne!(imported, mark);
        let other = register::SAMPLE.replace("Kundenbetreuung", "Kunden");
        this.apply_register(&other, &act()).unwrap();
        assert_ne!(this.state_mark().unwrap(), imported);
    });
}
