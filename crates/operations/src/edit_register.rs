//! Changing the register entry by entry: an edit gives a new text, which is shown with all that it
//! moves before it is applied; and nobody overwrites what somebody else saved meanwhile.

use jiff::Timestamp;
use jiff::civil::Date;
use register::{
    Activity, ConsentText, Form, Gap, GoodsClass, Measure, Recipient, Register, Similarity, gaps,
};
use store::register_version::RegisterVersion;

use crate::declare::check;
use crate::{Act, Applied, Error, Organisation};

/// The register as it is in force, or an empty one.
#[derive(Clone, Debug)]
pub struct RegisterView {
    /// The version in force; `None` before the first.
    pub version: Option<i64>,
    /// What it declares.
    pub register: Register,
    /// What the law asks for and it lacks.
    pub gaps: Vec<Gap>,
    /// When it was saved, and by whom.
    pub saved: Option<(Timestamp, String)>,
}

/// A change of one entry. An entry is found by its identifier, which never changes.
#[derive(Clone, Debug)]
pub enum RegisterEdit {
    /// Adds or replaces an activity.
    Activity(Box<Activity>),
    /// Removes an activity, and the wordings that ask for consent to it alone.
    RemoveActivity(String),
    /// Adds or replaces a recipient.
    Recipient(Box<Recipient>),
    /// Removes a recipient.
    RemoveRecipient(String),
    /// Adds a wording; if there is an equal one nothing changes, if there is another one this is
    /// its next version, since people agreed to the one before.
    ConsentText(ConsentText),
    /// Replaces what is said of the organisation.
    Organisation(Box<register::Organisation>),
    /// Adds or replaces a measure.
    Measure(Measure),
    /// Removes a measure.
    RemoveMeasure(String),
    /// Adds or replaces a form.
    Form(Box<Form>),
    /// Removes a form that no other one is a variant of.
    RemoveForm(String),
    /// Adds or replaces a goods class.
    GoodsClass(GoodsClass),
    /// Removes a goods class, and the decisions about it.
    RemoveGoodsClass(String),
    /// Adds or replaces the decision whether goods are similar.
    Similarity(Similarity),
    /// Takes back the decision whether goods are similar.
    RemoveSimilarity {
        /// The class that the customer bought.
        sold: String,
        /// The class that is advertised.
        advertised: String,
    },
}

impl Organisation {
    /// The register in force, or an empty one with what is known of the organisation.
    ///
    /// # Errors
    /// When the database can't be read or the register in force is damaged.
    pub fn register_view(&self, on: Date) -> Result<RegisterView, Error> {
        self.store().read(|tx| {
            let Some(row) = store::register_version::latest(tx, self.id())? else {
                let register = Register::new(self.name(), self.country(), self.land());
                return Ok(RegisterView {
                    version: None,
                    gaps: gaps(&register, on),
                    register,
                    saved: None,
                });
            };
            let register = read(&row.text)?;
            Ok(RegisterView {
                version: Some(row.version),
                gaps: gaps(&register, on),
                register,
                saved: Some((row.saved_at, row.saved_by)),
            })
        })
    }

    /// What a version says.
    ///
    /// # Errors
    /// When there is no such version, or it can't be read any more.
    pub fn register_at(&self, version: i64) -> Result<Register, Error> {
        read(&self.register_text(Some(version))?)
    }

    /// The text that the register would have after these edits. Nothing is written.
    ///
    /// # Errors
    /// When an entry to remove is still referred to, or is not there.
    pub fn edited_register(&self, edits: &[RegisterEdit], on: Date) -> Result<String, Error> {
        let mut register = self.register_view(on)?.register;
        for edit in edits {
            apply(&mut register, edit)?;
        }
        Ok(register.to_toml())
    }

    /// As [`Organisation::apply_register`], but only if the version in force is still the one on
    /// which the text is based.
    ///
    /// # Errors
    /// [`Error::RegisterConflict`] if somebody saved another version meanwhile; when the text has
    /// faults. Nothing is written then.
    pub fn apply_register_at(
        &self,
        base: Option<i64>,
        text: &str,
        act: &Act,
    ) -> Result<Applied, Error> {
        let gaps = check(text, act.today)?;
        let (this, text, by) = (self.clone(), text.to_owned(), act.clone());
        let (version, changed) = self.store().write(move |tx| -> Result<_, Error> {
            let newest = store::register_version::latest_to_change(tx, this.id())?;
            based_on(newest.as_ref(), base)?;
            this.save_register(tx, newest, text, &by)
        })?;
        self.sequence(act.at)?;
        Ok(Applied {
            version,
            changed,
            gaps,
        })
    }
}

/// Refuses a change that is based on another version than the newest.
pub(crate) fn based_on(newest: Option<&RegisterVersion>, base: Option<i64>) -> Result<(), Error> {
    match newest {
        newest if newest.map(|row| row.version) == base => Ok(()),
        Some(row) => Err(Error::RegisterConflict {
            version: row.version,
            by: row.saved_by.clone(),
            at: row.saved_at,
        }),
        None => Err(Error::NoRegister),
    }
}

pub(crate) fn read(text: &str) -> Result<Register, Error> {
    Register::parse(text).map_err(|faults| {
        Error::Register(faults.first().map(ToString::to_string).unwrap_or_default())
    })
}

pub(crate) fn apply(register: &mut Register, edit: &RegisterEdit) -> Result<(), Error> {
    match edit {
        RegisterEdit::Activity(new) => {
            put(&mut register.activities, (**new).clone(), |entry| &entry.id);
        }
        RegisterEdit::RemoveActivity(id) => {
            let forms = register.forms.iter();
            in_use(
                forms
                    .filter(|form| form.activity == *id)
                    .map(|form| form.name.clone()),
            )?;
            // A wording for this activity alone asks for nothing any more; earlier versions of
            // the register keep it as proof.
            register
                .consent_texts
                .retain(|text| text.purposes.iter().any(|purpose| purpose != id));
            let users = register
                .consent_texts
                .iter()
                .filter(|text| text.purposes.contains(id));
            in_use(users.map(ConsentText::key))?;
            take(&mut register.activities, id, |entry| &entry.id)?;
        }
        RegisterEdit::Recipient(new) => {
            put(&mut register.recipients, (**new).clone(), |entry| &entry.id);
        }
        RegisterEdit::RemoveRecipient(id) => {
            let users = register.activities.iter();
            in_use(
                users
                    .filter(|activity| activity.recipients.contains(id))
                    .map(|activity| activity.name.clone()),
            )?;
            take(&mut register.recipients, id, |entry| &entry.id)?;
        }
        RegisterEdit::ConsentText(new) => add_wording(register, new),
        RegisterEdit::Organisation(new) => register.organisation = (**new).clone(),
        RegisterEdit::Measure(new) => put(&mut register.measures, new.clone(), |entry| &entry.id),
        RegisterEdit::RemoveMeasure(id) => {
            let users = register.activities.iter();
            in_use(
                users
                    .filter(|activity| activity.measures.contains(id))
                    .map(|activity| activity.name.clone()),
            )?;
            take(&mut register.measures, id, |entry| &entry.id)?;
        }
        RegisterEdit::Form(new) => put(&mut register.forms, (**new).clone(), |entry| &entry.id),
        RegisterEdit::RemoveForm(id) => {
            let variants = register.forms.iter();
            in_use(
                variants
                    .filter(|form| form.variant_of.as_ref() == Some(id))
                    .map(|form| form.name.clone()),
            )?;
            take(&mut register.forms, id, |entry| &entry.id)?;
        }
        RegisterEdit::GoodsClass(new) => {
            put(&mut register.goods_classes, new.clone(), |entry| &entry.id);
        }
        RegisterEdit::RemoveGoodsClass(id) => {
            let users = register.activities.iter();
            in_use(
                users
                    .filter(|activity| activity.goods_class.as_ref() == Some(id))
                    .map(|activity| activity.name.clone()),
            )?;
            take(&mut register.goods_classes, id, |entry| &entry.id)?;
            register
                .similarities
                .retain(|pair| pair.sold != *id && pair.advertised != *id);
        }
        RegisterEdit::RemoveSimilarity { sold, advertised } => {
            register
                .similarities
                .retain(|pair| pair.sold != *sold || pair.advertised != *advertised);
        }
        RegisterEdit::Similarity(new) => {
            let same = |old: &Similarity| old.sold == new.sold && old.advertised == new.advertised;
            match register.similarities.iter_mut().find(|old| same(old)) {
                Some(old) => *old = new.clone(),
                None => register.similarities.push(new.clone()),
            }
        }
    }
    Ok(())
}

fn add_wording(register: &mut Register, new: &ConsentText) {
    let same = |old: &ConsentText| {
        (&old.purposes, old.channels, &old.de, &old.en)
            == (&new.purposes, new.channels, &new.de, &new.en)
    };
    let version = match register.current_consent_text(&new.id) {
        Some(old) if same(old) => return,
        Some(old) => old.version + 1,
        None => 1,
    };
    register.consent_texts.push(ConsentText {
        version,
        ..new.clone()
    });
}

fn put<T>(entries: &mut Vec<T>, new: T, id: impl Fn(&T) -> &String) {
    match entries.iter_mut().find(|old| id(old) == id(&new)) {
        Some(old) => *old = new,
        None => entries.push(new),
    }
}

fn take<T>(entries: &mut Vec<T>, gone: &str, id: impl Fn(&T) -> &String) -> Result<(), Error> {
    let position = entries.iter().position(|entry| id(entry) == gone);
    let position = position.ok_or_else(|| Error::UnknownRegisterEntry(gone.to_owned()))?;
    entries.remove(position);
    Ok(())
}

fn in_use(users: impl Iterator<Item = String>) -> Result<(), Error> {
    let users: Vec<_> = users.collect();
    if users.is_empty() {
        Ok(())
    } else {
        Err(Error::RegisterEntryInUse(users.join(", ")))
    }
}
