//! A form that comes back: refused with a trace if it is not what was shown, else kept apart from the
//! contacts and confirmed by mail.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use law::LegalBasis;
use register::{Delivery, Form, FormField};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::submission::{SentForm, Submission};
use store::{Hash, Id, Tx};
use vault::SubjectKey;
use zeroize::Zeroizing;

use super::funnel::{self, Counted, Stage};
use super::letter::{self, Asked};
use super::shown::{ShownConsent, as_shown, offered};
use super::ticket::{OPEN, Ticket};
use super::tidy::mailbox;
use super::{Answers, Content, FieldFault, FormError, Refused, lang_name, work};
use crate::access::random_name;
use crate::contact::{Email, Phone};
use crate::installation::new_id;
use crate::log::append::{self, Kind};
use crate::mail::{MailPurpose, SubjectRef, queue};
use crate::objection::erased_before;
use crate::person::context;
use crate::state::{self, Proved};
use crate::{Act, Error, Organisation};

/// Nobody reads and fills in a form in less.
const QUICKEST: SignedDuration = SignedDuration::from_secs(2);
/// The same where the browser brought no proof of work, since it runs no scripts: nobody is shut out,
/// and a program gains nothing by leaving the work out.
const QUICKEST_IDLE: SignedDuration = SignedDuration::from_secs(10);
/// Refusals of a form for one reason in an hour that each leave an entry; more are only counted.
const TRACES: i64 = 20;
/// Mails that one address gets within [`SPELL`], whoever fills in its forms.
const MOST_MAILS: i64 = 3;
/// Mails that one address gets while nobody confirms any.
const MOST_WAITING: usize = 5;
const SPELL: SignedDuration = SignedDuration::from_hours(24);
/// Longest answer, in characters; a message may be ten times as long.
const LONGEST: usize = 200;

/// What became of a form that was taken. The page says the same in each case, so that nobody learns
/// from it who is known here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Whether a mail goes out.
    pub sent: Sent,
    /// Until when it can be confirmed.
    pub expires_at: Timestamp,
    /// The form, and what opens the file that the person gets at once.
    pub file: Option<(String, String)>,
}

/// Whether a mail that asks to confirm goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It does.
    Mail,
    /// The address got enough of them today; nothing was kept.
    Enough,
    /// Somebody was erased under the address; nothing was kept.
    Suppressed,
}

struct Read {
    email: Email,
    fields: BTreeMap<String, String>,
}

impl Organisation {
    /// Takes a form that was sent. `link` makes the address of the page that confirms out of a token.
    ///
    /// # Errors
    /// [`FormError::Refused`] if it is not what was shown, which leaves an evidence entry;
    /// [`FormError::Fields`] and [`FormError::TooFast`] if the person can mend it, with nothing kept.
    pub fn submit_form(
        &self,
        id: &str,
        answers: &Answers,
        act: &Act,
        link: impl FnOnce(&str) -> String,
    ) -> Result<Received, FormError> {
        match self.taken(id, answers, act, link) {
            Err(FormError::Refused(why)) => {
                self.trace(id, why, act)?;
                Err(FormError::Refused(why))
            }
            other => other,
        }
    }

    fn taken(
        &self,
        id: &str,
        answers: &Answers,
        act: &Act,
        link: impl FnOnce(&str) -> String,
    ) -> Result<Received, FormError> {
        if answers.foreign {
            return Err(FormError::Refused(Refused::Foreign));
        }
        let ticket = Ticket::open(self, id, &answers.ticket, act.at).map_err(FormError::Refused)?;
        // What counts is what was shown, even if the register changed since.
        let register = self.register_at(ticket.version)?;
        let now = self.store().read(|tx| self.register(tx))?;
        let form = register.form(&ticket.form).ok_or(FormError::NotOpen)?;
        let closed = |id: &str| now.register.form(id).is_none_or(|form| form.closed);
        if closed(id) || closed(&ticket.form) {
            return Err(FormError::NotOpen);
        }
        if answers.trapped {
            return Err(FormError::Refused(Refused::Trapped));
        }
        let shown = offered(&register, form, ticket.lang);
        let consents = ticked(&shown, &answers.consents)?;
        let worked = answers.work.as_deref();
        let worked = worked.is_some_and(|number| work::is_done(&answers.ticket, number));
        let quickest = if worked { QUICKEST } else { QUICKEST_IDLE };
        if act.at.duration_since(ticket.shown_at) < quickest {
            return Err(FormError::TooFast);
        }
        let read = read(form, &answers.fields, self)?;
        let (as_shown, shown_sha256) = as_shown(form, &shown, ticket.lang);
        let content = Content {
            form_name: form.title(ticket.lang).to_owned(),
            lang: lang_name(ticket.lang).to_owned(),
            fields: read.fields,
            consents,
            shown_sha256,
            submitted_on: act.today,
            source: funnel::source(answers.source.as_deref()),
        };
        let token = random_name()?;
        let kept = form.keep_ip_reason.as_ref().map(|reason| Kept {
            until: act.at + SignedDuration::from_hours(24 * i64::from(form.keep_ip_days)),
            what: json!({
                "form": form.id,
                "reason": reason,
                "days": form.keep_ip_days,
                "network_address": answers.network_address,
                "browser": answers.browser,
            }),
        });
        let activity = register.activity(&form.activity);
        let new = New {
            version: ticket.version,
            nonce: ticket.nonce,
            lang: ticket.lang,
            form: form.clone(),
            organisation: register.organisation.name.clone(),
            basis: activity.and_then(|activity| activity.basis),
            what: json!({
                "form": form.id,
                "activity": form.activity,
                "register_version": ticket.version,
                "shown": as_shown,
                "shown_at": ticket.shown_at,
                "content": content,
                "text": content.fields.get(FormField::Message.name()),
            }),
            kept,
            email: read.email,
            content,
            link: link(&token),
            token: Sha256::digest(&token).into(),
        };
        let (this, by) = (self.clone(), act.clone());
        self.store().write(move |tx| keep(tx, &this, &new, &by))
    }

    /// Keeps a trace of what was refused, with nothing of the person in it.
    fn trace(&self, form: &str, why: Refused, act: &Act) -> Result<(), FormError> {
        let in_force = match self.store().read(|tx| self.register(tx)) {
            Err(Error::NoRegister) => return Err(FormError::NotOpen),
            other => other?,
        };
        // What stands in an address may be anything: only a form that is there is named.
        let known = in_force.register.form(form).map(|form| form.id.clone());
        let (this, by) = (self.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let (name, hour) = (known.as_deref().unwrap_or_default(), hour(&by));
            let count = store::submission::count_refusal(tx, this.id(), name, why.name(), hour)?;
            if count > TRACES {
                return Ok(());
            }
            let what = json!({
                "form": known,
                "reason": why.name(),
                "further_are_only_counted": count == TRACES,
            });
            append::clear(tx, &this, &by, Kind::SubmissionRefused, what)?;
            Ok(())
        })?;
        Ok(())
    }
}

/// The hour of an act, counted from 1970.
pub(super) fn hour(act: &Act) -> i64 {
    act.at.as_second() / 3600
}

/// Network address and browser, where the form keeps them.
struct Kept {
    until: Timestamp,
    what: serde_json::Value,
}

/// All that is written of a form that is taken.
struct New {
    version: i64,
    nonce: Id,
    lang: law::Lang,
    form: Form,
    organisation: String,
    email: Email,
    what: serde_json::Value,
    kept: Option<Kept>,
    basis: Option<LegalBasis>,
    content: Content,
    token: Hash,
    link: String,
}

fn keep(tx: &mut Tx<'_>, this: &Organisation, new: &New, act: &Act) -> Result<Received, FormError> {
    // Two tabs, or two who press at once, take turns.
    store::organisation::lock(tx, this.id())?;
    let sent = SentForm {
        org: this.id(),
        nonce: new.nonce,
        expires_at: act.at + OPEN,
    };
    if !store::submission::note_sent(tx, &sent)? {
        return Err(FormError::Refused(Refused::Replayed));
    }
    let days = i64::from(new.form.unconfirmed_days);
    let expires_at = act.at + SignedDuration::from_hours(24 * days);
    let address = mailbox(this, &new.email);
    let at_once = new.form.delivery == Some(Delivery::AtOnce);
    let file = this.file_token(&new.form, act.at).filter(|_| at_once);
    let file = file.map(|token| (new.form.id.clone(), token));
    let received = |sent| Received {
        sent,
        expires_at,
        file: file.clone(),
    };
    let (_, own) = this.blind_email(&new.email);
    if erased_before(&store::suppression::find(tx, this.id(), &[own, address])?) {
        return Ok(received(Sent::Suppressed));
    }
    let since = act.at - SPELL;
    let waiting = store::submission::unconfirmed_of(tx, this.id(), &address)?;
    if store::submission::count_since(tx, this.id(), &address, since)? >= MOST_MAILS
        || waiting.len() >= MOST_WAITING
    {
        return Ok(received(Sent::Enough));
    }
    let (id, key) = new_key(tx, this, act)?;
    let text = serde_json::to_vec(&new.content).map_err(|_| Error::Stored("submission"))?;
    let sealed = key.seal(super::CONTENT, &context(this, id), &Zeroizing::new(text));
    // Under a key of its own, which goes before the rest does.
    let kept = match &new.kept {
        Some(Kept { what, .. }) => {
            let (id, key) = new_key(tx, this, act)?;
            append::sealed(tx, this, act, Kind::SubmissionReceived, &key, what)?;
            Some(id)
        }
        None => None,
    };
    let mut row = Submission {
        org: this.id(),
        id,
        form: new.form.id.clone(),
        version: new.version,
        address,
        token: new.token,
        sealed: Some(sealed.map_err(Error::from)?),
        submitted_at: act.at,
        expires_at,
        confirmed_at: None,
        contact: None,
        kept,
        kept_until: new.kept.as_ref().map(|kept| kept.until),
        entry_seq: 0,
    };
    let proved = Proved {
        row: state::submission(&row),
        what: &new.what,
    };
    row.entry_seq = append::sealed(tx, this, act, Kind::SubmissionReceived, &key, &proved)?;
    store::submission::insert(tx, &row)?;
    let asked = Asked {
        organisation: &new.organisation,
        form: &new.content.form_name,
        consents: &new.content.consents,
        link: &new.link,
        expires_at,
    };
    let mail = letter::to_confirm(&new.email, &asked, new.lang);
    let subject = SubjectRef { id, key: &key };
    queue(tx, this, &subject, &mail, MailPurpose::Confirmation, act)?;
    let basis = funnel::basis(&new.content.consents, new.basis);
    let counted = Counted {
        form: &new.form.id,
        source: &new.content.source,
        stage: Stage::Submitted,
        basis,
    };
    funnel::count(tx, this, &counted, act)?;
    Ok(received(Sent::Mail))
}

/// A key that is kept as contacts' keys are.
fn new_key(tx: &mut Tx<'_>, this: &Organisation, act: &Act) -> Result<(Id, SubjectKey), Error> {
    let (id, key) = (new_id(act.at)?, SubjectKey::generate()?);
    let row = store::key::ContactKey {
        org: this.id(),
        contact: id,
        wrapped: key.wrap(this.master(), &context(this, id))?,
        master_id: this.master().id().into_bytes(),
    };
    store::key::insert(tx, &[row])?;
    Ok((id, key))
}

/// The consents that were ticked. Each has to be one that was offered, in the version that was shown.
fn ticked(shown: &[ShownConsent], keys: &[String]) -> Result<Vec<ShownConsent>, FormError> {
    let mut ticked: Vec<ShownConsent> = Vec::new();
    for key in keys {
        let consent = shown.iter().find(|consent| consent.key == *key);
        let consent = consent.ok_or(FormError::Refused(Refused::NotOffered))?;
        if !ticked.contains(consent) {
            ticked.push(consent.clone());
        }
    }
    Ok(ticked)
}

fn read(
    form: &Form,
    given: &BTreeMap<FormField, String>,
    this: &Organisation,
) -> Result<Read, FormError> {
    let (mut fields, mut faults, mut address) = (BTreeMap::new(), Vec::new(), None);
    // What was not asked is not taken.
    for question in &form.questions {
        let field = question.field;
        let text = given.get(&field).map_or("", |text| text.trim());
        let longest = if field == FormField::Message {
            LONGEST * 10
        } else {
            LONGEST
        };
        if text.is_empty() {
            if question.required {
                faults.push((field, FieldFault::Missing));
            }
            continue;
        }
        if text.chars().count() > longest {
            faults.push((field, FieldFault::TooLong));
            continue;
        }
        let readable = match field {
            FormField::Email => {
                address = Email::parse(text).ok();
                address.is_some()
            }
            FormField::Phone => Phone::parse(text, this.country()).is_ok(),
            _ => true,
        };
        if readable {
            fields.insert(field.name().to_owned(), text.to_owned());
        } else {
            faults.push((field, FieldFault::Unreadable));
        }
    }
    match address {
        Some(email) if faults.is_empty() => Ok(Read { email, fields }),
        _ => Err(FormError::Fields(faults)),
    }
}
