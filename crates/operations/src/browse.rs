//! Looks at contacts: the list page by page, and one contact with its history and everything that
//! the gate says.

use jiff::civil::Date;
use law::facts::ContactKind;
use law::{Channel, Lang};
use serde::Serialize;
use store::{Id, Tx};

use crate::contact::Fields;
use crate::declare::InForce;
use crate::dossier::{Dossier, Question};
use crate::history::{self, ContactEvent};
use crate::person::{ContactRef, Person};
use crate::retention::hold;
use crate::words::{self, flag};
use crate::{Decided, Error, Organisation, decide};

/// A contact in the list.
#[derive(Clone, Debug, Serialize)]
pub struct ContactLine {
    /// Its id, which names nobody.
    pub id: String,
    /// Title, given name and family name.
    pub name: Option<String>,
    /// Company.
    pub company: Option<String>,
    /// By what the company's page is found; it names nobody.
    pub company_id: Option<String>,
    /// Country code.
    pub country: String,
    /// When the data were obtained.
    pub obtained_on: Date,
    /// What kind of source they come from.
    pub source_kind: &'static str,
    /// When the person was informed (GDPR Art. 13 and 14).
    pub informed_on: Option<Date>,
    /// Whether the processing is restricted (GDPR Art. 18).
    pub restricted: bool,
}

/// A part of the list, in the order in which contacts were taken in.
#[derive(Clone, Debug, Serialize)]
pub struct ContactPage {
    /// The contacts; erased ones are not there.
    pub lines: Vec<ContactLine>,
    /// The id after which the next part begins; `None` at the end.
    pub next: Option<String>,
}

/// One contact.
#[derive(Clone, Debug, Serialize)]
pub struct ContactView {
    /// As in the list.
    pub line: ContactLine,
    /// E-mail addresses, the preferred one first.
    pub emails: Vec<String>,
    /// Whether mail to the first of them came back, so that it is not written to.
    pub email_comes_back: bool,
    /// Telephone and fax numbers, the preferred one first.
    pub phones: Vec<String>,
    /// Postal address, line by line.
    pub address: Vec<String>,
    /// Position in the company.
    pub position: Option<String>,
    /// Names with their towns under which the person was on record before contacts were merged.
    pub known_as: Vec<String>,
    /// Free text.
    pub note: Option<String>,
    /// Columns of a list that have no meaning here, by their heading.
    pub custom: Vec<(String, String)>,
    /// Where the data come from, in words (GDPR Art. 14(2)(f)).
    pub source: String,
    /// When the person was informed (GDPR Art. 13 and 14).
    pub informed_on: Option<Date>,
    /// What happened, newest first.
    pub events: Vec<ContactEvent>,
    /// Activities and channels for which somebody decided against a refusal, in force.
    pub overruled: Vec<(String, Channel)>,
    /// When it was looked into an exclusion list.
    pub screened_on: Option<Date>,
    /// Since when an erasure waits for what keeps the data.
    pub erasure_waits_since: Option<Date>,
    /// Whether a consent is in force that could be withdrawn.
    pub consents_in_force: bool,
    /// Whether the person is spoken to as a consumer or in business.
    pub kind: ContactKind,
    /// What the gate says, by activity and channel as the register declares them.
    pub answers: Vec<PurposeAnswers>,
}

/// The gate's answers for one activity.
#[derive(Clone, Debug, Serialize)]
pub struct PurposeAnswers {
    /// The activity's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// One answer for each channel.
    pub channels: Vec<Decided>,
}

impl Organisation {
    /// One contact with everything that the gate says on the day `on`.
    ///
    /// # Errors
    /// When there is no such contact, or several.
    pub fn contact_view(
        &self,
        contact: &ContactRef,
        on: Date,
        lang: Lang,
    ) -> Result<ContactView, Error> {
        self.store().read(|tx| {
            let person = Person::find(tx, self, contact)?;
            let kept = person.kept(self)?;
            let fields = &kept.fields;
            let register = self.register_or_empty(tx)?;
            let dossier = Dossier::load(tx, self, person.row.id)?;
            Ok(ContactView {
                line: line(self, &person, fields)?,
                emails: fields.emails.iter().cloned().map(String::from).collect(),
                email_comes_back: person.row.flags & flag::EMAIL_UNDELIVERABLE != 0,
                phones: fields
                    .phones
                    .iter()
                    .map(|phone| phone.e164().to_owned())
                    .collect(),
                address: address(fields),
                position: fields.position.clone(),
                known_as: kept.known_as.iter().filter_map(named).collect(),
                note: fields.note.clone(),
                custom: fields.custom.clone().into_iter().collect(),
                source: kept.source.clone(),
                informed_on: person.row.informed_on,
                events: history::of(tx, self, &person)?,
                overruled: dossier.overruled(on),
                screened_on: person.row.screened_on,
                erasure_waits_since: hold::waits_since(tx, self, person.row.id)?,
                consents_in_force: dossier.0.consents.iter().any(|c| c.withdrawn_on.is_none()),
                kind: words::kind(person.row.kind)?,
                answers: answers(&register, &dossier, on, lang)?,
            })
        })
    }

    /// One contact as the list shows it.
    ///
    /// # Errors
    /// When there is no such contact, or several.
    pub fn contact_line(&self, contact: &ContactRef) -> Result<ContactLine, Error> {
        self.store().read(|tx| {
            let id = Person::id(tx, self, contact)?;
            line_of(tx, self, id)
        })
    }
}

/// A contact in a list, in the midst of a transaction.
pub(crate) fn line_of(tx: &mut Tx<'_>, this: &Organisation, id: Id) -> Result<ContactLine, Error> {
    let person = Person::load(tx, this, id)?;
    line(this, &person, &person.fields(this)?)
}

pub(crate) fn line(
    this: &Organisation,
    person: &Person,
    fields: &Fields,
) -> Result<ContactLine, Error> {
    Ok(ContactLine {
        id: person.row.id.to_string(),
        name: fields.full_name(),
        company: fields.company.clone(),
        company_id: this
            .company_row(person.row.id, fields)
            .map(|row| row.id.to_string()),
        country: person.row.country.clone(),
        obtained_on: person.row.obtained_on,
        source_kind: words::source_name(words::source(person.row.source_kind)?),
        informed_on: person.row.informed_on,
        restricted: person.row.restricted_at.is_some(),
    })
}

/// Name or company, and address, in one line.
fn named(fields: &Fields) -> Option<String> {
    let name = fields.full_name().or_else(|| fields.company.clone())?;
    let parts = std::iter::once(name).chain(address(fields));
    Some(parts.collect::<Vec<_>>().join(", "))
}

pub(crate) fn address(fields: &Fields) -> Vec<String> {
    let street = fields
        .street
        .iter()
        .flat_map(|street| street.lines().map(str::to_owned));
    let town: Vec<&str> = [&fields.postcode, &fields.city]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let town = (!town.is_empty()).then(|| town.join(" "));
    street.chain(town).collect()
}

/// The gate's answers for the advertising purposes. Without a register there are none.
fn answers(
    register: &InForce,
    dossier: &Dossier,
    on: Date,
    lang: Lang,
) -> Result<Vec<PurposeAnswers>, Error> {
    let activities = register.register.activities.iter();
    let advertising = activities.filter(|activity| activity.purpose_kind.is_advertising());
    advertising
        .map(|activity| {
            let answers = activity.channels.iter().map(|channel| {
                let question = Question {
                    activity,
                    register,
                    channel,
                    goods: activity.goods_class.as_deref(),
                };
                decide::decided(dossier, &question, on, lang)
            });
            Ok(PurposeAnswers {
                id: activity.id.clone(),
                name: activity.name.clone(),
                channels: answers.collect::<Result<_, Error>>()?,
            })
        })
        .collect()
}
