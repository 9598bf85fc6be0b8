//! Which recipients were told that data were corrected, restricted or objected to, and what they answered
//! (GDPR Art. 19 sentence 2).

use jiff::Timestamp;
use law::Text;
use store::Tx;

use super::Record;
use super::words::Say;
use crate::person::Person;
use crate::recipients::{self, About, NoticeState};
use crate::{Error, Organisation};

pub(super) fn of(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    say: &Say<'_>,
    now: Timestamp,
) -> Result<Vec<Record>, Error> {
    let mut records = Vec::new();
    for line in recipients::told(tx, this, person.row.id, now)? {
        let mut fields = vec![
            say.field("told_of", about(line.about).get(say.lang)),
            say.field("told_at", line.created_at.to_string()),
            say.field("told_state", state(line.state).get(say.lang)),
        ];
        let answered = line.answered_at;
        fields.extend(answered.map(|at| say.field("told_answered", at.to_string())));
        fields.extend(line.reason.map(|reason| say.free("reason", reason)));
        let title = say.t("Unterrichteter Empfänger", "Recipient that was told");
        let name = line.name.unwrap_or(line.recipient);
        records.push(say.record("recipient_told", format!("{title}: {name}"), fields));
    }
    Ok(records)
}

const fn about(about: About) -> Text {
    match about {
        About::Erased => Text::new("Löschung (Art. 17 DSGVO)", "erasure (GDPR Art. 17)"),
        About::Rectified => Text::new(
            "Berichtigung (Art. 16 DSGVO)",
            "rectification (GDPR Art. 16)",
        ),
        About::Restricted => Text::new(
            "Einschränkung der Verarbeitung (Art. 18 DSGVO)",
            "restriction of processing (GDPR Art. 18)",
        ),
        About::Lifted => Text::new("Ende der Einschränkung", "end of the restriction"),
        About::Objected => Text::new(
            "Widerspruch gegen Werbung (Art. 21 Abs. 2 DSGVO)",
            "objection to advertising (GDPR Art. 21(2))",
        ),
    }
}

const fn state(state: NoticeState) -> Text {
    match state {
        NoticeState::Queued => Text::new("Mitteilung steht noch aus", "still to be told"),
        NoticeState::Sent => Text::new("mitgeteilt", "told"),
        NoticeState::Acknowledged => Text::new("hat es umgesetzt", "has done it"),
        NoticeState::Refused => Text::new("kann es nicht umsetzen", "can't do it"),
        NoticeState::Failed => Text::new("noch nicht erreicht", "not reached yet"),
        NoticeState::Superseded => Text::new("überholt", "superseded"),
    }
}
