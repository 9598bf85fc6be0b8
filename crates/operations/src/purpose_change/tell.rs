//! Tells people of a new purpose by mail: free of advertising, once to each.

use jiff::Timestamp;
use law::Lang;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{Id, Tx};

use super::view::{ChangedPurpose, PAGE, Standing, reached_by_mail, standing, unchanged};
use crate::dossier::Dossier;
use crate::mail::{Letter, MailPurpose, SubjectRef, queue_one_of};
use crate::note::write_contact;
use crate::person::Person;
use crate::{Act, Error, Organisation};

/// What is told, in both languages. Each gets the one in their language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TellLetter {
    /// The subject in German.
    pub subject_de: String,
    /// The text in German.
    pub text_de: String,
    /// The subject in English.
    pub subject_en: String,
    /// The text in English.
    pub text_en: String,
}

/// How many were written to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Mails that go out now.
    pub written: u64,
    /// Contacts whom no mail reaches.
    pub without_mail: u64,
}

/// Mails written down in one transaction.
const AT_ONCE: usize = 100;

impl Organisation {
    /// Writes to everybody who has to be told of a new purpose, or asked about it, and has no such
    /// mail yet: one mail about all of them. Who is written to counts as told of all when the mail is
    /// sent.
    ///
    /// # Errors
    /// [`Error::Empty`] if a text is missing; [`Error::NoAddress`] while it is not known where people
    /// reach this installation; when the database can't be read or written.
    pub fn tell_of_purposes(&self, letter: &TellLetter, act: &Act) -> Result<Told, Error> {
        let texts = [
            &letter.subject_de,
            &letter.text_de,
            &letter.subject_en,
            &letter.text_en,
        ];
        if texts.iter().any(|text| text.trim().is_empty()) {
            return Err(Error::Empty("the letter"));
        }
        let changed = self.changed_purposes(act.today)?;
        let campaign = campaign(self, &changed);
        let mut told = Told::default();
        let (ids, without_mail) = self.to_tell(&changed, act)?;
        told.without_mail = without_mail;
        for ids in ids.chunks(AT_ONCE) {
            let (this, ids, act) = (self.clone(), ids.to_vec(), act.clone());
            let letter = letter.clone();
            told.written += self.store().write(move |tx| -> Result<u64, Error> {
                let mut written = 0;
                for id in &ids {
                    written += u64::from(write(tx, &this, *id, campaign, &letter, &act)?);
                }
                Ok(written)
            })?;
        }
        Ok(told)
    }

    /// Whom to write to, and how many more no mail reaches.
    fn to_tell(&self, changed: &[ChangedPurpose], act: &Act) -> Result<(Vec<Id>, u64), Error> {
        self.store().read(|tx| {
            let register = self.register_or_empty(tx)?;
            let unchanged = unchanged(&register);
            let (mut ids, mut without_mail) = (Vec::new(), 0);
            store::facts::for_each(tx, self.id(), PAGE, |facts| -> Result<(), Error> {
                if !facts.contact.is_present() {
                    return Ok(());
                }
                let (id, flags) = (facts.contact.id, facts.contact.flags);
                let dossier = Dossier(facts);
                for line in changed {
                    let both = (&*register, &unchanged);
                    if standing(&dossier, both, &line.activity, act.today)? != Standing::Open {
                        continue;
                    }
                    if reached_by_mail(flags) {
                        ids.push(id);
                    } else {
                        without_mail += 1;
                    }
                    break;
                }
                Ok(())
            })?;
            Ok((ids, without_mail))
        })
    }
}

/// Writes to one contact; `false` if that was done already or the contact is gone.
fn write(
    tx: &mut Tx<'_>,
    this: &Organisation,
    id: Id,
    campaign: Id,
    letter: &TellLetter,
    act: &Act,
) -> Result<bool, Error> {
    let there = store::contact::get(tx, this.id(), id)?;
    if !there.is_some_and(|contact| contact.is_present()) {
        return Ok(false);
    }
    let person = Person::load_to_change(tx, this, id)?;
    let mails = store::message::of_subject(tx, this.id(), id)?;
    if mails.iter().any(|mail| mail.campaign == Some(campaign)) {
        return Ok(false);
    }
    let fields = person.fields(this)?;
    let Some(email) = fields.emails.first() else {
        return Ok(false);
    };
    let (subject, text) = match fields.written_to_in(&person.row.country) {
        Lang::De => (&letter.subject_de, &letter.text_de),
        Lang::En => (&letter.subject_en, &letter.text_en),
    };
    let address = this.installation().address().ok_or(Error::NoAddress)?;
    let token = this.preference_token(id);
    let text = format!("{}\n\n{address}/p/{token}\n", text.trim_end());
    let letter = Letter::new(email.address(), subject.trim(), text);
    let about = SubjectRef {
        id,
        key: &person.key,
    };
    let which = (MailPurpose::Notice, campaign);
    queue_one_of(tx, this, &about, &letter, which, act)?;
    Ok(true)
}

/// By what the mails about these changes are known, so that nobody gets two.
pub(super) fn campaign(this: &Organisation, changed: &[ChangedPurpose]) -> Id {
    let mut hash = Sha256::new_with_prefix(b"purpose change");
    hash.update(this.id().0);
    for line in changed {
        hash.update(line.version.to_be_bytes());
        hash.update(line.activity.as_bytes());
    }
    let mut id = [0; 16];
    id.copy_from_slice(&hash.finalize()[..16]);
    Id(id)
}

/// Notes that the person was told by a mail that the mail server took.
pub(crate) fn told_by_mail(
    tx: &mut Tx<'_>,
    this: &Organisation,
    contact: Id,
    written_at: Timestamp,
    act: &Act,
) -> Result<(), Error> {
    let there = store::contact::get_to_change(tx, this.id(), contact)?;
    if !there.is_some_and(|contact| contact.is_present()) {
        return Ok(());
    }
    let mut person = Person::load_to_change(tx, this, contact)?;
    // The mail says nothing of what changed after it was written.
    person.row.told_at = person.row.told_at.max(Some(written_at));
    write_contact(
        tx,
        this,
        person,
        json!({ "told_of_new_purpose": true }),
        act,
    )?;
    Ok(())
}
