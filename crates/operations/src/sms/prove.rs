//! What a code that was entered changes: the number comes first, and the consents carry over it.

use law::Lang;
use law::facts::Proof;
use serde_json::json;
use store::Tx;
use store::sms_code::SmsCode;

use super::step::{Held, WaitingConsent};
use crate::change_contact::{Correctable, correct};
use crate::log::append::{self, Kind};
use crate::mail::{MailPurpose, SubjectRef, queue};
use crate::person::Person;
use crate::preferences::receipt;
use crate::state::Proved;
use crate::{Act, Error, Organisation, address_proof, consent, state, words};

/// The message whose code was entered.
pub(super) struct Sent<'a> {
    pub(super) row: &'a SmsCode,
    pub(super) to: &'a str,
    /// Word for word.
    pub(super) text: String,
    /// In which it was asked for.
    pub(super) lang: Lang,
}

/// Records that these consents are proven for the number. Each leaves an entry with the number, the
/// message word for word, when it was sent and when its code was entered (UWG § 7a(1)).
pub(super) fn number(
    tx: &mut Tx<'_>,
    held: &Held,
    sent: &Sent<'_>,
    consents: Vec<WaitingConsent>,
    act: &Act,
) -> Result<(), Error> {
    let this = &held.this;
    put_first(tx, held, act)?;
    let person = Person::load_to_change(tx, this, held.person.row.id)?;
    // The link is used up by the first of the entries.
    let mut used = held.link.clone();
    used.used_at = Some(act.at);
    let mut link = Some(state::own_link(&used));
    let (mut texts, mut entries) = (Vec::new(), Vec::new());
    for WaitingConsent {
        text,
        channels,
        row,
    } in consents
    {
        let named: Vec<_> = channels.iter().map(law::Channel::name).collect();
        let mut what = json!({
            "sms": sent.row.id.to_string(),
            "activity": row.purpose,
            "proven": named,
            "number": sent.to,
            "text": sent.text,
            "asked_at": sent.row.created_at,
            "sent_at": sent.row.sent_at,
            "confirmed_at": sent.row.confirmed_at,
            "declared_by": row.entry_seq,
        });
        let (entry, cut) =
            consent::proven_by_code(tx, this, &person, (row, &text), channels, &what, act)?;
        texts.push(text);
        entries.push(entry);
        let kind = Kind::SmsConfirmed;
        if let Some(link) = link.take() {
            what["rows"] = json!([link]);
        }
        match cut {
            Some(cut) => {
                let rest = words::channels(cut.channels)?;
                let rest: Vec<_> = rest.iter().map(law::Channel::name).collect();
                what["keeps"] = json!(rest);
                let row = state::consent(&cut);
                let proved = Proved { row, what };
                append::sealed(tx, this, act, kind, &person.key, &proved)?;
            }
            None => {
                append::sealed(tx, this, act, kind, &person.key, &what)?;
            }
        }
    }
    mail_receipt(tx, this, &person, (texts, entries), sent.lang, act)
}

/// Mails the receipt of what the code proved, as every other consent has one.
fn mail_receipt(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    (texts, entries): (Vec<String>, Vec<i64>),
    lang: Lang,
    act: &Act,
) -> Result<(), Error> {
    let fields = person.fields(this)?;
    let Some(to) = fields.emails.first() else {
        return Ok(());
    };
    let id = person.row.id;
    let letter = receipt(this, id, to, &texts, entries, lang);
    let about = SubjectRef {
        id,
        key: &person.key,
    };
    queue(tx, this, &about, &letter, MailPurpose::Receipt, act)?;
    Ok(())
}

/// The number that was proven is the one that is used; what another number proved speaks for that one.
fn put_first(tx: &mut Tx<'_>, held: &Held, act: &Act) -> Result<(), Error> {
    let (this, row) = (&held.this, &held.person.row);
    let person = Person::load_to_change(tx, this, row.id)?;
    let mut fields = person.fields(this)?;
    let own = held.number.e164();
    if fields
        .phones
        .first()
        .is_some_and(|first| first.e164() == own)
    {
        return Ok(());
    }
    address_proof::take(tx, this, &person, &[Proof::SmsCode], act)?;
    fields.phones.sort_by_key(|phone| phone.e164() != own);
    let new = Correctable {
        fields,
        kind: words::kind(row.kind)?,
        country: row.country.parse().map_err(|_| Error::Stored("country"))?,
        subscriber: words::subscriber(row.subscriber)?,
    };
    match correct(tx, this, person, &new, act) {
        Ok(_) | Err(Error::Unchanged) => Ok(()),
        Err(error) => Err(error),
    }
}
