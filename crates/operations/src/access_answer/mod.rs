//! The answer to who asks for access to their data (GDPR Art. 15): everything on record about one
//! person and those that were merged into it, from the data, the register and the evidence. The same
//! answer is a paper for people and a file for machines (Art. 20).

mod declared;
mod done;
mod end;
mod fetch;
mod files;
mod happened;
mod letter;
mod release;
mod stored;
mod third;
mod told;
mod words;

use jiff::Timestamp;
use law::Lang;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::Tx;

pub(crate) use declared::controller;
pub use fetch::{AnswerOffer, Fetched};
pub use files::{AnswerFile, AnswerFiles};
pub use letter::closing;
pub use release::{AnswerInForce, LASTS_DAYS, MOST_DOWNLOADS, Release, ReleaseFault};
pub use third::Cuts;

pub(crate) use done::is_released;
pub(crate) use end::move_to;

use crate::dossier::Dossier;
use crate::history;
use crate::log::append::{self, Kind};
use crate::person::{ContactRef, Person};
use crate::retention::Held;
use crate::state::hex;
use crate::{Act, Error, Organisation};
use third::Black;

/// Version of the file for machines.
const FORMAT: u32 = 1;

/// The tables of what belongs to a contact, each with the part of the answer that tells it, or with
/// the reason why it is left out. A test compares this with the tables that an erasure empties.
pub const COVERED: [(&str, Told); 21] = [
    ("consent", Told::In("consents")),
    ("objection", Told::In("objections")),
    ("sale", Told::In("data")),
    ("circumstance", Told::In("data")),
    ("overrule", Told::In("decisions")),
    ("hold", Told::In("data")),
    (
        "word",
        Told::Not("keyed hashes of words of the name, which the answer gives"),
    ),
    (
        "company",
        Told::Not("a keyed hash of the company, which the answer gives"),
    ),
    ("document", Told::In("consents")),
    ("call", Told::In("sends")),
    ("lead", Told::In("data")),
    ("submission", Told::In("data")),
    (
        "own_link",
        Told::Not("secrets of a visit that last half an hour; each use is in the evidence"),
    ),
    ("request", Told::In("data")),
    ("campaign_recipient", Told::In("data")),
    ("sms_code", Told::In("sends")),
    ("message", Told::In("sends")),
    (
        "retention_due",
        Told::Not("worked out from the rules on how long data are kept, which the answer gives"),
    ),
    (
        "retention_item",
        Told::Not("an erasure that waits for its release; the rule is in the answer"),
    ),
    ("accuracy", Told::In("data")),
    (
        "released_answer",
        Told::Not("an answer as it was given before; that it was is told in `log`"),
    ),
];

/// Whether the answer tells what a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// In the part with this id.
    In(&'static str),
    /// Not, and why.
    Not(&'static str),
}

/// Everything that GDPR Art. 15 asks for about one person.
#[derive(Clone, Debug, Serialize)]
pub struct AccessAnswer {
    /// Version of the format.
    pub format: u32,
    /// Language of labels and texts: `de` or `en`.
    pub language: &'static str,
    /// When it was made.
    pub made_at: Timestamp,
    /// Who answers.
    pub controller: Answering,
    /// What is answered.
    pub parts: Vec<Part>,
    /// Places that were blacked out for the rights of others (Art. 15(4)).
    pub blacked_out: usize,
    /// Answers that the register or the data owe.
    pub gaps: usize,
}

/// The controller.
#[derive(Clone, Debug, Serialize)]
pub struct Answering {
    /// Its name.
    pub name: String,
    /// Postal address, line by line.
    pub address: Vec<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
}

/// One part of the answer.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    /// Its id, the same in every language.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// The provision that asks for it.
    pub provision: &'static str,
    /// What has to be said of it at large.
    pub about: Option<String>,
    /// What is told.
    pub records: Vec<Record>,
}

/// One thing that is told.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Record {
    /// What it is, the same in every language. The kind of an entry where `entry` is given.
    pub kind: String,
    /// What it is, in words; `None` for an entry, whose kind has its word elsewhere.
    pub title: Option<String>,
    /// When it was written down.
    pub at: Option<Timestamp>,
    /// Number of the evidence entry.
    pub entry: Option<i64>,
    /// Whether the person provided it and consent or contract carries it (GDPR Art. 20(1)).
    pub portable: bool,
    /// What is told of it.
    pub fields: Vec<Field>,
}

/// A word and what it says.
#[derive(Clone, Debug, Serialize)]
pub struct Field {
    /// Its id, the same in every language.
    pub id: String,
    /// Its name.
    pub label: String,
    /// What it says; days and times in ISO 8601. `None` marks a gap.
    pub value: Option<String>,
    /// Free text, in which others may be named.
    #[serde(skip)]
    free: bool,
}

/// A file that was made of an answer.
#[derive(Clone, Debug)]
pub struct AccessFile {
    /// Number of the entry that it was made.
    pub entry: i64,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Organisation {
    /// The answer as it would be given now. Nothing is written about it.
    ///
    /// # Errors
    /// When there is no such contact, or an entry about it can't be read: an answer with holes
    /// would be wrong.
    pub fn access_answer(
        &self,
        contact: &ContactRef,
        cuts: &Cuts,
        lang: Lang,
        act: &Act,
    ) -> Result<AccessAnswer, Error> {
        let colleagues = self.colleagues(act)?;
        self.store().read(|tx| {
            let person = Person::find(tx, self, contact)?;
            let black = Black::new(self, &person, &colleagues, cuts)?;
            gather(tx, self, &person, black, lang, act)
        })
    }

    /// Makes a file of the answer; that it was made, with its SHA-256, is evidence. `set` writes it.
    ///
    /// # Errors
    /// As [`Organisation::access_answer`], and when `set` fails: then nothing is written.
    /// [`Error::ContactConflict`] when the contact was merged meanwhile.
    pub fn access_file<E: From<Error>>(
        &self,
        contact: &ContactRef,
        (cuts, lang): (&Cuts, Lang),
        file: &'static str,
        set: impl FnOnce(&AccessAnswer) -> Result<Vec<u8>, E>,
        act: &Act,
    ) -> Result<AccessFile, E> {
        let answer = self.access_answer(contact, cuts, lang, act)?;
        let told = self.store().read(|tx| Person::id(tx, self, contact))?;
        let bytes = set(&answer)?;
        let what = json!({
            "file": file,
            "language": answer.language,
            "sha256": hex(&Sha256::digest(&bytes)),
            "blacked_out": answer.blacked_out,
            "withheld": cuts.withheld,
        });
        let (this, contact, by) = (self.clone(), contact.clone(), act.clone());
        let entry = self.store().write(move |tx| -> Result<_, Error> {
            let now = Person::find_to_change(tx, &this, &contact)?;
            if now.row.id != told {
                return Err(Error::ContactConflict);
            }
            append::sealed(tx, &this, &by, Kind::AccessAnswerMade, &now.key, &what)
        })?;
        self.sequence(act.at)?;
        Ok(AccessFile { entry, bytes })
    }

    /// The names of who works here, which no answer tells.
    fn colleagues(&self, act: &Act) -> Result<Vec<String>, Error> {
        let members = self.members(act.at, act.today);
        let members = members.map_err(|_| Error::Stored("account"))?;
        Ok(members.into_iter().map(|member| member.name).collect())
    }
}

fn gather(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    mut black: Black,
    lang: Lang,
    act: &Act,
) -> Result<AccessAnswer, Error> {
    let register = this.register_or_empty(tx)?;
    let dossier = Dossier::load(tx, this, person.row.id)?;
    let opened = history::opened(tx, this, person)?;
    let say = words::Say {
        lang,
        register: &register.register,
    };
    let mut happened = happened::of(&opened, &say);
    let held = Held::load(tx, this, person.row.id)?.ok_or(Error::UnknownContact)?;
    let concerned = declared::concerned(&register, &held, &opened)?;
    let mut parts = vec![stored::person(this, person, &say)?];
    parts.push(stored::data(tx, this, person, &dossier, &say)?);
    parts.push(stored::source(this, person, &say)?);
    parts.push(declared::purposes(&concerned, act.today, &say));
    let mut recipients = declared::recipients(&concerned, act.today, &say);
    recipients
        .records
        .extend(told::of(tx, this, person, &say, act.at)?);
    parts.push(recipients);
    parts.push(declared::retention(&concerned, &held, act.today, &say));
    parts.push(stored::consents(person, &dossier, &happened, &say)?);
    parts.push(stored::objections(&dossier, &happened, &say)?);
    parts.push(stored::sends(tx, this, person, &happened, &say)?);
    parts.push(stored::decisions(person, &dossier, &happened, &say)?);
    parts.push(declared::scoring(&concerned, &say));
    parts.push(declared::rights(&say));
    parts.push(say.part(words::PartName::Log, happened.take_rest()));
    for part in &mut parts {
        for field in part.records.iter_mut().flat_map(|one| &mut one.fields) {
            if let Some(value) = field.value.as_mut().filter(|_| field.free) {
                *value = black.out(tx, this, value)?;
            }
        }
    }
    parts.push(declared::how(&black, &say));
    let fields = parts.iter().flat_map(|part| &part.records);
    let fields = fields.flat_map(|one| &one.fields);
    Ok(AccessAnswer {
        format: FORMAT,
        language: match lang {
            Lang::De => "de",
            Lang::En => "en",
        },
        made_at: act.at,
        controller: controller(this, &register.register),
        gaps: fields.filter(|field| field.value.is_none()).count(),
        blacked_out: black.count,
        parts,
    })
}
