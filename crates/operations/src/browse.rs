//! Looks at contacts: the list page by page, and one contact with its history and everything that
//! the gate says.

use jiff::civil::Date;
use law::{Channel, Lang};
use serde::Serialize;
use store::{Id, Tx};

use crate::contact::Fields;
use crate::dossier::Dossier;
use crate::person::{ContactRef, Person};
use crate::{Decided, Error, Organisation, decide, words};

/// A contact in the list.
#[derive(Clone, Debug, Serialize)]
pub struct ContactLine {
    /// Its id, which names nobody.
    pub id: String,
    /// Title, given name and family name.
    pub name: Option<String>,
    /// Company.
    pub company: Option<String>,
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
    /// Telephone and fax numbers, the preferred one first.
    pub phones: Vec<String>,
    /// Postal address, line by line.
    pub address: Vec<String>,
    /// Position in the company.
    pub position: Option<String>,
    /// Where the data come from, in words (GDPR Art. 14(2)(f)).
    pub source: String,
    /// When the person was informed (GDPR Art. 13 and 14).
    pub informed_on: Option<Date>,
    /// What happened, newest first.
    pub events: Vec<ContactEvent>,
    /// What the gate says, by activity and channel as the register declares them.
    pub answers: Vec<PurposeAnswers>,
}

/// Something that happened with a contact.
#[derive(Clone, Debug, Serialize)]
pub struct ContactEvent {
    /// When.
    pub on: Date,
    /// What: `consent`, `withdrawal`, `objection`, `sale`, `circumstance` or `overrule`.
    pub what: &'static str,
    /// For which activity or goods, where it is about one.
    pub about: Option<String>,
    /// Over which channels, where it names them.
    pub channels: Vec<Channel>,
    /// The evidence entry that proves it, where the row names it.
    pub entry: Option<i64>,
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
    /// When there is no such contact, several, or no register.
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
            Ok(ContactView {
                line: line(&person, fields)?,
                emails: fields.emails.iter().cloned().map(String::from).collect(),
                phones: fields
                    .phones
                    .iter()
                    .map(|phone| phone.e164().to_owned())
                    .collect(),
                address: address(fields),
                position: fields.position.clone(),
                source: kept.source.clone(),
                informed_on: person.row.informed_on,
                events: events(&Dossier::load(tx, self, person.row.id)?)?,
                answers: answers(tx, self, person.row.id, on, lang)?,
            })
        })
    }
}

pub(crate) fn line(person: &Person, fields: &Fields) -> Result<ContactLine, Error> {
    let parts = [&fields.title, &fields.given_name, &fields.family_name];
    let name: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    Ok(ContactLine {
        id: person.row.id.to_string(),
        name: (!name.is_empty()).then(|| name.join(" ")),
        company: fields.company.clone(),
        country: person.row.country.clone(),
        obtained_on: person.row.obtained_on,
        source_kind: words::source_name(words::source(person.row.source_kind)?),
        informed_on: person.row.informed_on,
        restricted: person.row.restricted_at.is_some(),
    })
}

fn address(fields: &Fields) -> Vec<String> {
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

fn events(dossier: &Dossier) -> Result<Vec<ContactEvent>, Error> {
    let mut events = Vec::new();
    let mut add = |on, what, about: Option<&str>, channels, entry| {
        let about = about.map(str::to_owned);
        events.push(ContactEvent {
            on,
            what,
            about,
            channels,
            entry,
        });
    };
    for row in &dossier.0.consents {
        let channels: Vec<_> = words::channels(row.channels)?.iter().collect();
        let about = Some(row.purpose.as_str());
        // The row names the entry that last wrote it.
        let given = row.withdrawn_on.is_none().then_some(row.entry_seq);
        add(row.given_on, "consent", about, channels.clone(), given);
        if let Some(on) = row.withdrawn_on {
            add(on, "withdrawal", about, channels, Some(row.entry_seq));
        }
    }
    for row in &dossier.0.objections {
        let channels = words::channels(row.channels)?;
        let named = if channels == law::ChannelSet::ALL {
            Vec::new()
        } else {
            channels.iter().collect()
        };
        add(
            row.objected_on,
            "objection",
            row.purpose.as_deref(),
            named,
            Some(row.entry_seq),
        );
    }
    for row in &dossier.0.sales {
        add(row.sold_on, "sale", Some(&row.goods), Vec::new(), None);
    }
    for row in &dossier.0.circumstances {
        add(
            row.noted_on,
            "circumstance",
            Some(&row.purpose),
            Vec::new(),
            None,
        );
    }
    for row in &dossier.0.overrules {
        add(
            row.decided_on,
            "overrule",
            Some(&row.purpose),
            Vec::new(),
            None,
        );
    }
    events.sort_by_key(|event| std::cmp::Reverse(event.on));
    Ok(events)
}

fn answers(
    tx: &mut Tx<'_>,
    this: &Organisation,
    id: Id,
    on: Date,
    lang: Lang,
) -> Result<Vec<PurposeAnswers>, Error> {
    let register = this.register(tx)?;
    let activities = register.register.activities.iter();
    let advertising = activities.filter(|activity| activity.purpose_kind.is_advertising());
    advertising
        .map(|activity| {
            let channels = activity.channels.iter();
            let answers = channels
                .map(|channel| decide::answer(tx, this, id, &activity.id, channel, on, lang));
            Ok(PurposeAnswers {
                id: activity.id.clone(),
                name: activity.name.clone(),
                channels: answers.collect::<Result<_, Error>>()?,
            })
        })
        .collect()
}
