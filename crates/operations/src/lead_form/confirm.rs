//! A form is confirmed by whoever reads the mailbox. Looking at the page changes nothing, since mail
//! filters open every link; the button does, once.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use evidence::Entry;
use jiff::Timestamp;
use jiff::civil::Date;
use law::facts::Proof;
use law::gdpr::art07::{Action, Circumstances};
use law::{ChannelSet, Lang};
use register::{Delivery, FormField, FormKind, Register};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use store::submission::Submission;
use store::{Hash, Id, Tx};
use vault::SubjectKey;

use super::funnel::{self, Counted, Stage};
use super::letter::{self, Receipt};
use super::shown::ShownConsent;
use super::{CONTENT, Content, FormError, lang_of, tidy, who};
use crate::consent::{self, NewConsent};
use crate::contact::Fields;
use crate::log::append::{self, Kind};
use crate::mail::{MailPurpose, SubjectRef, move_all, queue};
use crate::objection::{erased_before, suppressed};
use crate::person::{ContactRef, Person, context};
use crate::sms::{self, NumberStep};
use crate::{Act, Error, Organisation, state};

/// What is to be confirmed, for the page with the button.
#[derive(Clone, Debug)]
pub struct ToConfirm {
    /// The form's heading.
    pub form_name: String,
    /// The language in which it was shown.
    pub lang: Lang,
    /// The consents that were ticked.
    pub consents: Vec<ShownConsent>,
    /// What was entered, to be looked at by whoever confirms it.
    pub entered: Vec<(FormField, String)>,
    /// Until when it can be confirmed.
    pub expires_at: Timestamp,
}

/// What was confirmed.
#[derive(Clone, Debug)]
pub struct Confirmed {
    /// The contact; `None` if somebody was erased under the address, and then nothing was kept. The
    /// page says the same in both cases.
    pub contact: Option<Id>,
    /// The form's heading.
    pub form_name: String,
    /// The language in which it was shown.
    pub lang: Lang,
    /// The consents that are on record now.
    pub consents: Vec<ShownConsent>,
    /// The address of the file that the person gets now.
    pub file: Option<String>,
    /// The address of the page where the person sets what is allowed.
    pub preferences: Option<String>,
    /// What is still to be done for consents that name calls or messages.
    pub number: NumberStep,
    /// What opens the page that sends a code to the number.
    pub number_token: Option<String>,
}

/// An address that a letter or a page leads to.
#[derive(Clone, Copy, Debug)]
pub enum Link<'a> {
    /// The file of a form.
    File {
        /// The form.
        form: &'a str,
        /// What opens it.
        token: &'a str,
    },
    /// The person's preferences.
    Preferences {
        /// What opens them.
        token: &'a str,
    },
}

impl Organisation {
    /// What a link in a mail confirms. Nothing is written.
    ///
    /// # Errors
    /// [`FormError::Link`] if it is unknown, used or has run out.
    pub fn form_to_confirm(&self, token: &str, now: Timestamp) -> Result<ToConfirm, FormError> {
        let token = hash(token);
        self.store().read(|tx| {
            let row = store::submission::with_token(tx, &token)?;
            let (row, _, content) = open(tx, self, row, now)?;
            Ok(ToConfirm {
                lang: lang_of(&content.lang),
                form_name: content.form_name,
                consents: content.consents,
                entered: FormField::ALL
                    .iter()
                    .filter_map(|field| Some((*field, content.fields.get(field.name())?.clone())))
                    .collect(),
                expires_at: row.expires_at,
            })
        })
    }

    /// Confirms what was sent by a form: the person comes on record, or is found again, with each
    /// consent that was ticked. `link` makes addresses.
    ///
    /// # Errors
    /// As [`Organisation::form_to_confirm`].
    pub fn confirm_form(
        &self,
        token: &str,
        act: &Act,
        link: impl Fn(Link<'_>) -> String + Send + 'static,
    ) -> Result<Confirmed, FormError> {
        let token = hash(token);
        let (this, by) = (self.clone(), act.clone());
        self.store()
            .write(move |tx| confirm(tx, &this, &token, &by, &link))
    }
}

fn hash(token: &str) -> Hash {
    Sha256::digest(token).into()
}

/// A submission that can be confirmed now, with its key and what was sent.
fn open(
    tx: &mut Tx<'_>,
    this: &Organisation,
    row: Option<Submission>,
    now: Timestamp,
) -> Result<(Submission, SubjectKey, Content), FormError> {
    let row = row
        .filter(|row| row.org == this.id() && row.confirmed_at.is_none() && row.expires_at > now);
    let row = row.ok_or(FormError::Link)?;
    let key = Person::key(tx, this, row.id)?.ok_or(FormError::Link)?;
    // A token that was put to somebody else's form behind the product's back confirms nothing.
    let written = (row.entry_seq, &[Kind::SubmissionReceived][..]);
    if !state::is_as_written(tx, this, written, &key, &state::submission(&row))? {
        tracing::error!(submission = %row.id, "a form that was sent is not as its entry says");
        return Err(FormError::Link);
    }
    let sealed = row.sealed.as_deref().ok_or(FormError::Link)?;
    let text = key.open(CONTENT, &context(this, row.id), sealed);
    let text = text.map_err(Error::from)?;
    let content = serde_json::from_slice(&text).map_err(|_| Error::Stored("submission"))?;
    Ok((row, key, content))
}

fn confirm(
    tx: &mut Tx<'_>,
    this: &Organisation,
    token: &Hash,
    act: &Act,
    link: &dyn Fn(Link<'_>) -> String,
) -> Result<Confirmed, FormError> {
    // The same person may press in two tabs, or confirm two forms at once.
    store::organisation::lock(tx, this.id())?;
    let row = store::submission::with_token_to_confirm(tx, token)?;
    let (mut row, key, content) = open(tx, this, row, act.at)?;
    let fields = who::fields(this, &content)?;
    let in_force = this.register(tx)?;
    let register = &in_force.register;
    let file = register.form(&row.form).and_then(|form| {
        let token = this.file_token(form, act.at)?;
        Some((
            form.delivery,
            link(Link::File {
                form: &form.id,
                token: &token,
            }),
        ))
    });
    let file = file.map(|(delivery, file)| (delivery == Some(Delivery::ByMail), file));
    let mut confirmed = Confirmed {
        contact: None,
        form_name: content.form_name.clone(),
        lang: lang_of(&content.lang),
        consents: Vec::new(),
        file: file.as_ref().map(|(_, file)| file.clone()),
        preferences: None,
        number: NumberStep::None,
        number_token: None,
    };
    let mut fields = fields;
    let entered = fields.phones.first().cloned();
    let mailbox = Fields {
        emails: fields.emails.clone(),
        ..Fields::default()
    };
    if erased_before(&suppressed(tx, this, &mailbox)?) {
        tidy::remove(tx, this, &row, "erased_before", act)?;
        return Ok(confirmed);
    }
    // Whoever confirms has shown the mailbox and no number: somebody else's, who was erased, is left
    // out, and the page does not tell.
    if erased_before(&suppressed(tx, this, &fields)?) {
        fields.phones.clear();
    }
    let person = who::person(tx, this, &fields, &content, act)?;
    let id = person.row.id;
    let mut entries = Vec::new();
    for consent in &content.consents {
        // A purpose that is declared no more can't be used, so there is nothing to consent to.
        if register.activity(&consent.activity).is_some() {
            let mut new = new_consent(id, consent, act.today, &content, &row, register);
            // The person was told the purpose that it had when the form was shown.
            let activity = register.activity(&consent.activity);
            new.circumstances.new_purpose =
                activity.is_some_and(|one| in_force.had_other_purpose(one, row.version));
            entries.push(consent::record(tx, this, &new, act)?.entry);
            confirmed.consents.push(consent.clone());
        }
    }
    let sent = SubjectRef {
        id: row.id,
        key: &key,
    };
    let mut proofs = move_all(tx, this, &person, &sent, act)?;
    row.sealed = None;
    row.confirmed_at = Some(act.at);
    row.contact = Some(id);
    proofs.push(state::submission(&row));
    let activity = register.form(&row.form).map(|form| &form.activity);
    let basis = activity.and_then(|id| register.activity(id)?.basis);
    let counted = Counted {
        form: &row.form,
        source: &content.source,
        stage: Stage::Confirmed,
        basis: funnel::basis(&content.consents, basis),
    };
    let kind = register.form(&row.form).map(|form| form.kind);
    let asks = matches!(kind, Some(FormKind::Contact | FormKind::DemoRequest));
    let further = asks.then_some(Stage::Enquiry);
    proofs.extend(funnel::begin(tx, this, row.id, id, &counted, further, act)?);
    let what = json!({
        "rows": proofs,
        "form": row.form,
        "submitted_on": content.submitted_on,
        "clicked": "confirm",
        "confirmed": content.consents.iter().map(|consent| &consent.key).collect::<Vec<_>>(),
        "earlier": earlier(tx, this, &key)?,
    });
    row.entry_seq = append::sealed(tx, this, act, Kind::SubmissionConfirmed, &person.key, &what)?;
    store::submission::update(tx, &row)?;
    if asks {
        tell_the_organisation(tx, this, register, &content.form_name, &person, act)?;
    }
    let preferences = link(Link::Preferences {
        token: &this.preference_token(id),
    });
    let receipt = Receipt {
        organisation: &register.organisation.name,
        form: &content.form_name,
        consents: &confirmed.consents,
        entries: &entries,
        submitted_on: content.submitted_on,
        file: file
            .as_ref()
            .filter(|(by_mail, _)| *by_mail)
            .map(|(_, file)| &**file),
        preferences: &preferences,
    };
    if let Some(to) = fields.emails.first() {
        let letter = letter::receipt(to, &receipt, confirmed.lang);
        let subject = SubjectRef {
            id,
            key: &person.key,
        };
        queue(tx, this, &subject, &letter, MailPurpose::Receipt, act)?;
    }
    tidy::end_key(tx, this, row.id, "confirmed", act)?;
    let named = confirmed
        .consents
        .iter()
        .flat_map(|one| one.channel_set().iter().collect::<Vec<_>>());
    let next = sms::after_form(tx, this, &person, entered.as_ref(), named.collect(), act)?;
    confirmed.number = next.step;
    confirmed.number_token = next.token;
    confirmed.contact = Some(id);
    confirmed.preferences = Some(preferences);
    Ok(confirmed)
}

/// Writes to the organisation's own mailbox that somebody asked for something. Who and what stands with
/// the contact alone.
fn tell_the_organisation(
    tx: &mut Tx<'_>,
    this: &Organisation,
    register: &Register,
    form: &str,
    person: &Person,
    act: &Act,
) -> Result<(), Error> {
    let (Some(to), Some(address)) = (&register.organisation.email, this.installation().address())
    else {
        return Ok(());
    };
    let subject = SubjectRef {
        id: person.row.id,
        key: &person.key,
    };
    let contact = format!("{address}/contacts/{}", person.row.id);
    let letter = letter::enquiry(to, form, &contact);
    queue(tx, this, &subject, &letter, MailPurpose::EnquiryNotice, act)?;
    Ok(())
}

/// What the law judges. The form shows all of it: the boxes are empty, none is needed to send the
/// form, and the information of Art. 13 stands beside them.
fn new_consent(
    contact: Id,
    consent: &ShownConsent,
    confirmed_on: Date,
    sent: &Content,
    row: &Submission,
    register: &Register,
) -> NewConsent {
    let channels: ChannelSet = consent.channel_set();
    let named = consent.text.contains(&register.organisation.name);
    NewConsent {
        contact: ContactRef::Id(contact),
        activity: consent.activity.clone(),
        channels,
        // Before it was confirmed it proves nothing, so it counts from then on.
        given_on: confirmed_on,
        proof: Proof::DoubleOptInCompleted,
        text: Some(consent.text.clone()),
        circumstances: Circumstances {
            action: Some(Action::Active),
            necessary_for_service: Some(false),
            usable_without_consent: Some(true),
            separate_choices: Some(true),
            companies_named: named.then_some(true),
            controller_told: Some(true),
            purpose_told: Some(true),
            data_told: Some(true),
            withdrawal_told: Some(true),
            set_apart: Some(true),
            recorded: Some(true),
            withdrawal_as_easy: Some(true),
            detriment_after_withdrawal: Some(false),
            written_or_electronic: Some(true),
            ..Circumstances::default()
        },
        told: Some(json!({
            "form": row.form,
            "wording": consent.key,
            "shown_sha256": sent.shown_sha256,
            "ticked_on": sent.submitted_on,
            "submission": row.entry_seq,
        })),
    }
}

/// The entries about what was sent, each with the key of its content alone, for the contact's history
/// and evidence pack.
fn earlier(tx: &mut Tx<'_>, this: &Organisation, key: &SubjectKey) -> Result<Vec<Value>, Error> {
    let rows = store::evidence_entry::of_subject(tx, this.id(), Id(key.pseudonym()))?;
    let named = rows.into_iter().map(|row| {
        let entry = Entry::from_bytes(&row.bytes)?;
        let key = key.entry_key(&entry.header().nonce);
        Ok(json!({ "entry": row.seq, "key": BASE64_STANDARD.encode(key.expose()) }))
    });
    named.collect()
}
