//! What people of the sample list asked the firm for, so that the board shows how near deadlines look.

use jiff::ToSpan as _;
use law::Lang;

use crate::person::ContactRef;
use crate::request::{Identity, Intake, NewRequest, RequestKind, Whom};
use crate::{Act, Error, Organisation};

/// Days ago, what was asked for, by which way, and in which words.
const ASKED: [(i32, RequestKind, Intake, &str); 4] = [
    (
        27,
        RequestKind::Access,
        Intake::Letter,
        "Bitte teilen Sie mir mit, welche Daten Sie über mich gespeichert haben und woher.",
    ),
    (
        9,
        RequestKind::Erasure,
        Intake::Mail,
        "Löschen Sie bitte alles, was Sie über mich haben.",
    ),
    (
        3,
        RequestKind::Rectification,
        Intake::Phone,
        "Die Postanschrift ist veraltet, ich bin umgezogen.",
    ),
    (
        1,
        RequestKind::Objection,
        Intake::InPerson,
        "Ich möchte keine Werbung mehr.",
    ),
];

/// As many people as ask for something.
const FIRST: u32 = 4;

/// Takes in what people of the sample firm ask for.
///
/// # Errors
/// When the store can't be read or written.
pub fn sample_requests(this: &Organisation, act: &Act) -> Result<(), Error> {
    let org = this.id();
    let people = this
        .store()
        .read(|tx| store::contact::list(tx, org, None, FIRST))?;
    for (person, (days, kind, intake, text)) in people.iter().zip(ASKED) {
        let new = NewRequest {
            whom: Whom::Contact(ContactRef::Id(person.id)),
            kind,
            intake,
            received_on: act.today.saturating_sub(days.days()),
            text: text.to_owned(),
            identity: Identity::NotNeeded,
            lang: Lang::De,
        };
        this.receive_request(&new, act)?;
    }
    this.sequence(act.at)?;
    Ok(())
}
