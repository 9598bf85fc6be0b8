//! Companies: a list that is put together from the contacts' sealed names, and one company with
//! what the gate says about its people. A sole trader's firm is a person's name, so no name is
//! kept outside the contacts: of each there is a keyed hash.

use jiff::civil::Date;
use law::Channel;
use store::company::{Company, Group};
use store::{Id, Tx};

use crate::contact::{CompanyName, Fields};
use crate::dossier::{Dossier, Question};
use crate::person::Person;
use crate::search::{LOOKED_AT, MOST_WORDS, folded};
use crate::{Error, Organisation};

/// Contacts of one company that are asked about for its sums.
const SUMMED: u32 = 1000;
/// Contacts read at a time.
const READ: u32 = 250;
/// Companies of the same name with another legal form, at most.
const ALIKE: u32 = 10;

/// Which companies a list shows.
#[derive(Clone, Debug, Default)]
pub struct CompanyFilter {
    /// Words of name and town, all of which have to be there.
    pub words: String,
    /// Companies with at least two contacts only.
    pub several: bool,
}

/// A company in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyLine {
    /// By what its page is found; it names nobody.
    pub id: String,
    /// Its name, as its first contact has it.
    pub name: String,
    /// Its town, as its first contact has it.
    pub town: Option<String>,
    /// How many contacts it has.
    pub contacts: u64,
}

/// A part of the list.
#[derive(Clone, Debug)]
pub struct CompanyPage {
    /// The companies: those with most contacts first, or in the order in which they were taken in
    /// if words are searched for.
    pub lines: Vec<CompanyLine>,
    /// What the next part begins after; `None` at the end.
    pub next: Option<String>,
}

/// One company, asked about one activity of the register.
#[derive(Clone, Debug)]
pub struct CompanyView {
    /// As in the list.
    pub line: CompanyLine,
    /// Companies of the same name with another legal form or none.
    pub alike: Vec<CompanyLine>,
    /// The advertising activities of the register: id and name.
    pub activities: Vec<(String, String)>,
    /// The activity that was asked about; `None` if the register has none.
    pub activity: Option<String>,
    /// For each channel of the activity, how many contacts may be contacted.
    pub sums: Vec<ChannelSum>,
    /// How many contacts the sums are about: all, unless there are very many.
    pub summed: u64,
    /// The contacts of this page.
    pub people: Vec<CompanyPerson>,
    /// The contact after which the next page begins; `None` at the end.
    pub next: Option<String>,
}

/// How many of a company's contacts may be contacted over one channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChannelSum {
    /// The channel.
    pub channel: Channel,
    /// May be contacted, and have an address or number for it.
    pub permitted: u64,
}

/// A contact of a company.
#[derive(Clone, Debug)]
pub struct CompanyPerson {
    /// Its id, which names nobody.
    pub id: String,
    /// Title, given name and family name.
    pub name: Option<String>,
    /// Position in the company.
    pub position: Option<String>,
    /// Town.
    pub town: Option<String>,
    /// Whether the processing is restricted (GDPR Art. 18).
    pub restricted: bool,
    /// What the gate says, for each channel of the activity.
    pub answers: Vec<ShortAnswer>,
}

/// The gate's answer without its reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShortAnswer {
    /// The channel.
    pub channel: Channel,
    /// `permitted`, `review` or `refused`.
    pub verdict: &'static str,
    /// Whether there is an address or number for the channel.
    pub reachable: bool,
}

impl Organisation {
    /// The row by which a contact with these fields is found by its company; `None` if it names
    /// none.
    pub(crate) fn company_row(&self, contact: Id, fields: &Fields) -> Option<Company> {
        let name = CompanyName::of(fields.company.as_deref()?)?;
        let hash = |label, text: &str| {
            let mut id = Id::default();
            let hash = self.index().blind(label, text.as_bytes());
            id.0.copy_from_slice(&hash[..size_of::<Id>()]);
            id
        };
        Some(Company {
            org: self.id(),
            id: hash("company", &format!("{}\n{}", name.stem, name.form)),
            stem: hash("company stem", &name.stem),
            contact,
        })
    }

    /// The id of the company of this name, written with its legal form or without as the contacts have
    /// it; `None` if no contact names it.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn company_named(&self, name: &str) -> Result<Option<String>, Error> {
        let fields = Fields {
            company: Some(name.to_owned()),
            ..Fields::default()
        };
        let Some(row) = self.company_row(Id::default(), &fields) else {
            return Ok(None);
        };
        let found = self
            .store()
            .read(|tx| store::company::get(tx, self.id(), row.id))?;
        Ok(found.map(|group| group.id.to_string()))
    }

    /// The name of the company with this id, as its first contact has it; `None` if no contact names it
    /// any more.
    ///
    /// # Errors
    /// When `company` is no id, or the database can't be read.
    pub fn company_name(&self, company: &str) -> Result<Option<String>, Error> {
        let id: Id = company.parse().map_err(|_| Error::UnknownCompany)?;
        self.store().read(|tx| {
            let Some(group) = store::company::get(tx, self.id(), id)? else {
                return Ok(None);
            };
            Ok(company_line(tx, self, &group)?.map(|line| line.name))
        })
    }

    /// At most `limit` companies that fit, after `after`, which an earlier part named.
    ///
    /// # Errors
    /// When `after` was not named by an earlier part, or the database can't be read.
    pub fn find_companies(
        &self,
        filter: &CompanyFilter,
        after: Option<&str>,
        limit: u32,
    ) -> Result<CompanyPage, Error> {
        let least = if filter.several { 2 } else { 1 };
        let words = folded(&filter.words);
        if words.is_empty() {
            let after = after.map(place).transpose()?;
            return self.store().read(|tx| {
                let groups = store::company::list(tx, self.id(), least, after, limit)?;
                let full = groups.len() == usize::try_from(limit).unwrap_or(usize::MAX);
                let next = groups.last().filter(|_| full);
                Ok(CompanyPage {
                    next: next.map(|group| format!("{}-{}", group.contacts, group.id)),
                    lines: company_lines(tx, self, &groups)?,
                })
            });
        }
        let after = after.map(|text| text.parse().map_err(|_| Error::ContactText));
        self.companies_with(&words, least, after.transpose()?, limit)
    }

    /// Companies whose first contact has all these words in company and town.
    fn companies_with(
        &self,
        words: &[String],
        least: i64,
        after: Option<Id>,
        limit: u32,
    ) -> Result<CompanyPage, Error> {
        let mut words: Vec<_> = words.iter().take(MOST_WORDS).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let hashes: Vec<_> = words.iter().map(|word| self.sought_hash(word)).collect();
        self.store().read(|tx| {
            let ids = store::word::contacts_with(tx, self.id(), &hashes, after, LOOKED_AT)?;
            let more = ids.len() == LOOKED_AT as usize;
            let end = ids.last().filter(|_| more).map(Id::to_string);
            let mut groups = store::company::begun_by(tx, self.id(), &ids)?;
            groups.retain(|group| group.contacts >= least);
            groups.sort_by_key(|group| group.first);
            let mut lines = Vec::new();
            let mut latest = None;
            for group in groups {
                let Some(line) = company_line(tx, self, &group)? else {
                    continue;
                };
                let town = line.town.as_deref().unwrap_or_default();
                let there = folded(&format!("{} {town}", line.name));
                let fits = |word: &&String| there.iter().any(|own| own.starts_with(word.as_str()));
                if !words.iter().all(fits) {
                    continue;
                }
                if lines.len() == limit as usize {
                    return Ok(CompanyPage {
                        lines,
                        next: latest,
                    });
                }
                lines.push(line);
                latest = Some(group.first.to_string());
            }
            Ok(CompanyPage { lines, next: end })
        })
    }

    /// One company, its contacts after the one with the id `after`, and what the gate says about
    /// them for an activity on the day `on`: the one with this id, or else the first that
    /// advertises.
    ///
    /// # Errors
    /// [`Error::UnknownCompany`] when no contact names it, when `company` or `after` is no id, or
    /// the database can't be read.
    pub fn company_view(
        &self,
        company: &str,
        activity: Option<&str>,
        after: Option<&str>,
        limit: u32,
        on: Date,
    ) -> Result<CompanyView, Error> {
        let id: Id = company.parse().map_err(|_| Error::UnknownCompany)?;
        let after = after.map(|text| text.parse().map_err(|_| Error::ContactText));
        let after: Option<Id> = after.transpose()?;
        self.store().read(|tx| {
            let group = store::company::get(tx, self.id(), id)?.ok_or(Error::UnknownCompany)?;
            let line = company_line(tx, self, &group)?.ok_or(Error::UnknownCompany)?;
            let register = self.register_or_empty(tx)?;
            let activities: Vec<_> = register
                .register
                .activities
                .iter()
                .filter(|activity| activity.purpose_kind.is_advertising())
                .collect();
            let named = activities
                .iter()
                .find(|known| activity.is_some_and(|asked| asked == known.id));
            let chosen = named.or(activities.first()).copied();
            let questions: Vec<_> = chosen
                .into_iter()
                .flat_map(|activity| {
                    activity
                        .channels
                        .iter()
                        .map(move |channel| (activity, channel))
                })
                .map(|(activity, channel)| Question {
                    activity,
                    register: &register,
                    channel,
                    goods: activity.goods_class.as_deref(),
                })
                .collect();
            let (sums, summed) = sums(tx, self, id, &questions, on)?;
            let ids = store::company::contacts(tx, self.id(), id, after, limit)?;
            let full = ids.len() == usize::try_from(limit).unwrap_or(usize::MAX);
            let alike = store::company::alike(tx, self.id(), id, ALIKE)?;
            Ok(CompanyView {
                line,
                alike: company_lines(tx, self, &alike)?,
                activities: activities
                    .iter()
                    .map(|activity| (activity.id.clone(), activity.name.clone()))
                    .collect(),
                activity: chosen.map(|activity| activity.id.clone()),
                sums,
                summed,
                next: ids.last().filter(|_| full).map(Id::to_string),
                people: people(tx, self, &ids, &questions, on)?,
            })
        })
    }
}

/// What a page of the list begins after: a number of contacts and a hash.
fn place(text: &str) -> Result<(i64, Id), Error> {
    let (contacts, id) = text.split_once('-').ok_or(Error::ContactText)?;
    match (contacts.parse(), id.parse()) {
        (Ok(contacts), Ok(id)) => Ok((contacts, id)),
        _ => Err(Error::ContactText),
    }
}

fn company_lines(
    tx: &mut Tx<'_>,
    this: &Organisation,
    groups: &[Group],
) -> Result<Vec<CompanyLine>, Error> {
    let mut lines = Vec::with_capacity(groups.len());
    for group in groups {
        lines.extend(company_line(tx, this, group)?);
    }
    Ok(lines)
}

fn company_line(
    tx: &mut Tx<'_>,
    this: &Organisation,
    group: &Group,
) -> Result<Option<CompanyLine>, Error> {
    let fields = Person::load(tx, this, group.first)?.fields(this)?;
    Ok(fields.company.map(|name| CompanyLine {
        id: group.id.to_string(),
        name,
        town: fields.city,
        contacts: u64::try_from(group.contacts).unwrap_or_default(),
    }))
}

fn short(dossier: &Dossier, question: &Question<'_>, on: Date) -> Result<ShortAnswer, Error> {
    let decision = dossier.decide(question, on)?;
    Ok(ShortAnswer {
        channel: question.channel,
        verdict: decision.verdict().name(),
        reachable: dossier.has_address_for(question.channel),
    })
}

/// The sums over a company's contacts, and over how many.
fn sums(
    tx: &mut Tx<'_>,
    this: &Organisation,
    company: Id,
    questions: &[Question<'_>],
    on: Date,
) -> Result<(Vec<ChannelSum>, u64), Error> {
    let mut sums: Vec<_> = questions
        .iter()
        .map(|question| ChannelSum {
            channel: question.channel,
            permitted: 0,
        })
        .collect();
    let (mut summed, mut after) = (0, None);
    while summed < u64::from(SUMMED) {
        let ids = store::company::contacts(tx, this.id(), company, after, READ)?;
        let Some(last) = ids.last() else { break };
        after = Some(*last);
        for facts in store::facts::get_many(tx, this.id(), &ids)? {
            let dossier = Dossier(facts);
            summed += 1;
            for (question, sum) in questions.iter().zip(&mut sums) {
                let answer = short(&dossier, question, on)?;
                let permitted = answer.verdict == "permitted" && answer.reachable;
                sum.permitted += u64::from(permitted);
            }
        }
    }
    Ok((sums, summed))
}

fn people(
    tx: &mut Tx<'_>,
    this: &Organisation,
    ids: &[Id],
    questions: &[Question<'_>],
    on: Date,
) -> Result<Vec<CompanyPerson>, Error> {
    let mut people = Vec::with_capacity(ids.len());
    for facts in store::facts::get_many(tx, this.id(), ids)? {
        let fields = Person::load(tx, this, facts.contact.id)?.fields(this)?;
        let dossier = Dossier(facts);
        let answers = questions
            .iter()
            .map(|question| short(&dossier, question, on));
        people.push(CompanyPerson {
            id: dossier.0.contact.id.to_string(),
            name: fields.full_name(),
            position: fields.position,
            town: fields.city,
            restricted: dossier.0.contact.restricted_at.is_some(),
            answers: answers.collect::<Result<_, Error>>()?,
        });
    }
    Ok(people)
}
