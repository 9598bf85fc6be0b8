//! Whom a campaign may reach: the gate is asked about every contact.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use jiff::civil::Date;
use law::gate::{Answer, Decision, DecisionView, Duty, Outcome, Verdict};
use law::{Channel, Lang};
use serde_json::json;
use store::evidence_entry::NewEntry;
use store::facts::Facts;
use store::{Id, Tx};

use super::draft::{Campaign, CampaignFault, CampaignState};
use super::parts;
use crate::browse::{ContactPage, line};
use crate::dossier::{Dossier, Question};
use crate::log::append::{self, Kind};
use crate::person::Person;
use crate::state::{self, Proved};
use crate::words::flag;
use crate::{Act, Error, Organisation};

/// Contacts read at once.
const AT_ONCE: u32 = 1000;
/// Recipients written at once.
const WRITTEN: usize = 500;

/// What becomes of a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Share {
    /// It is written to.
    Permitted,
    /// The gate lets it through, and there is no address for the channel.
    Unreachable,
    /// The gate lets it through, and mail to it came back.
    Undeliverable,
    /// The gate lets it through if a duty is met first, and it is not.
    DutyOpen,
    /// Somebody has to weigh.
    Review,
    /// The gate refuses.
    Refused,
}

impl Share {
    /// Every share, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::Permitted,
        Self::Unreachable,
        Self::Undeliverable,
        Self::DutyOpen,
        Self::Review,
        Self::Refused,
    ];

    /// Its name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Permitted => "permitted",
            Self::Unreachable => "unreachable",
            Self::Undeliverable => "undeliverable",
            Self::DutyOpen => "duty-open",
            Self::Review => "review",
            Self::Refused => "refused",
        }
    }
}

/// Contacts with the same answer for the same reason.
#[derive(Clone, Debug)]
pub struct Group {
    /// Names it, for [`Organisation::campaign_people`].
    pub key: String,
    /// What becomes of them.
    pub share: Share,
    /// How many.
    pub count: u64,
    /// The answer about one of them.
    pub decision: DecisionView,
    /// Which layer speaks: that of the channel, or of data protection.
    pub by_data_protection: bool,
    /// The duty that is not met, with [`Share::DutyOpen`].
    pub open: Option<Duty>,
}

/// What a campaign would reach.
#[derive(Clone, Debug)]
pub struct Forecast {
    /// Contacts that fit the choice.
    pub contacts: u64,
    /// The groups, by share, the largest first. Their counts add up to `contacts`.
    pub groups: Vec<Group>,
}

impl Forecast {
    /// How many contacts a share has.
    pub fn count(&self, share: Share) -> u64 {
        let of = self.groups.iter().filter(|group| group.share == share);
        of.map(|group| group.count).sum()
    }
}

/// People of a group.
#[derive(Clone, Debug)]
pub struct People {
    /// A part of the list.
    pub page: ContactPage,
    /// The group; `None` if nobody is in it any more.
    pub group: Option<Group>,
}

impl Campaign {
    pub(super) fn question<'r>(
        &'r self,
        register: &'r crate::declare::InForce,
    ) -> Result<Question<'r>, Error> {
        let question = Question::new(register, &self.draft.activity, self.draft.channel)?;
        // As anything else it would not be stopped by an objection to advertising.
        if !question.activity.purpose_kind.is_advertising() {
            return Err(CampaignFault::Activity.into());
        }
        Ok(question.about(self.draft.goods.as_deref()))
    }
}

/// The facts of the contacts among whom a campaign chooses, part after part, as long as `part` wants more.
fn parts(
    tx: &mut Tx<'_>,
    this: &Organisation,
    campaign: &Campaign,
    mut part: impl FnMut(Vec<Facts>) -> Result<ControlFlow<()>, Error>,
) -> Result<(), Error> {
    let company = campaign.company()?;
    let mut after = None;
    loop {
        let (found, last) = match company {
            None => {
                let found = store::facts::page(tx, this.id(), after, AT_ONCE)?;
                let last = found.last().map(|facts| facts.contact.id);
                (found, last)
            }
            Some(company) => {
                let ids = store::company::contacts(tx, this.id(), company, after, AT_ONCE)?;
                let found = store::facts::get_many(tx, this.id(), &ids)?;
                (found, ids.last().copied())
            }
        };
        let Some(last) = last else {
            return Ok(());
        };
        after = Some(last);
        if part(found)?.is_break() {
            return Ok(());
        }
    }
}

fn share(dossier: &Dossier, decision: &Decision, channel: Channel, open: Option<Duty>) -> Share {
    match decision.verdict() {
        Verdict::Refused => Share::Refused,
        Verdict::Review => Share::Review,
        Verdict::Permitted if dossier.has_address_for(channel) => {
            open.map_or(Share::Permitted, |_| Share::DutyOpen)
        }
        Verdict::Permitted => {
            let came_back = dossier.0.contact.flags & flag::EMAIL_UNDELIVERABLE != 0;
            if channel == Channel::Email && came_back {
                Share::Undeliverable
            } else {
                Share::Unreachable
            }
        }
    }
}

/// Whether data protection is what stops, the law of the channel being content.
fn by_data_protection(decision: &Decision) -> bool {
    decision.channel_law().answer() == Answer::Yes
        && decision.data_protection().answer() != Answer::Yes
}

/// The answer that decides.
pub(super) fn deciding(decision: &Decision) -> &'static Outcome {
    if by_data_protection(decision) {
        decision.data_protection()
    } else {
        decision.channel_law()
    }
}

/// What the gate says of a contact, and what becomes of it.
struct Found {
    id: Id,
    share: Share,
    decision: Decision,
    open: Option<Duty>,
}

impl Found {
    fn key(&self) -> String {
        let outcome = deciding(&self.decision).code();
        let basis = self.decision.legal_basis().map_or("", |basis| basis.name());
        let open = self.open.filter(|_| self.share == Share::DutyOpen);
        let open = open.map_or("", Duty::code);
        format!("{}.{outcome}.{basis}{open}", self.share.name())
    }

    fn group(&self, count: u64, on: Date, lang: Lang) -> Group {
        Group {
            key: self.key(),
            share: self.share,
            count,
            decision: self.decision.view(on, lang),
            by_data_protection: by_data_protection(&self.decision),
            open: self.open.filter(|_| self.share == Share::DutyOpen),
        }
    }
}

/// The first contact whom the gate lets through and who can be reached, however many come before it.
pub(super) fn first_permitted(
    tx: &mut Tx<'_>,
    this: &Organisation,
    campaign: &Campaign,
    on: Date,
) -> Result<Option<Id>, Error> {
    let register = this.register(tx)?;
    let question = campaign.question(&register)?;
    let which = campaign.which();
    let mut first = None;
    parts(tx, this, campaign, |part| {
        for facts in part {
            if which.has(&facts.contact) {
                let found = judged(facts, &question, on)?;
                if found.share == Share::Permitted {
                    first = Some(found.id);
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(first)
}

fn judged(facts: Facts, question: &Question<'_>, on: Date) -> Result<Found, Error> {
    let dossier = Dossier(facts);
    let decision = dossier.decide(question, on)?;
    let contact = &dossier.0.contact;
    // What is written carries its notices; some duties have to be met before.
    let written = matches!(question.channel, Channel::Email | Channel::Post);
    let open = decision
        .duties()
        .filter(|_| written)
        .find(|duty| parts::is_open(*duty, question.activity, contact));
    Ok(Found {
        id: contact.id,
        share: share(&dossier, &decision, question.channel, open),
        decision,
        open,
    })
}

fn each(
    tx: &mut Tx<'_>,
    this: &Organisation,
    campaign: &Campaign,
    on: Date,
    mut each: impl FnMut(Found) -> Result<(), Error>,
) -> Result<(), Error> {
    let register = this.register(tx)?;
    let question = campaign.question(&register)?;
    let which = campaign.which();
    parts(tx, this, campaign, |part| {
        for facts in part {
            if which.has(&facts.contact) {
                each(judged(facts, &question, on)?)?;
            }
        }
        Ok(ControlFlow::Continue(()))
    })
}

impl Organisation {
    /// What a campaign would reach today. Nothing is kept.
    ///
    /// # Errors
    /// When the campaign is unknown or the register no longer declares what it needs.
    pub fn forecast(&self, campaign: Id, on: Date, lang: Lang) -> Result<Forecast, Error> {
        self.store().read(|tx| {
            let campaign = Campaign::load(tx, self, campaign)?;
            let mut all: BTreeMap<String, (u64, Found)> = BTreeMap::new();
            let mut contacts = 0;
            each(tx, self, &campaign, on, |found| {
                contacts += 1;
                all.entry(found.key()).or_insert((0, found)).0 += 1;
                Ok(())
            })?;
            let groups = all.into_values();
            let mut groups: Vec<_> = groups
                .map(|(count, found)| found.group(count, on, lang))
                .collect();
            groups.sort_by_key(|group| (group.share, std::cmp::Reverse(group.count)));
            Ok(Forecast { contacts, groups })
        })
    }

    /// At most `limit` people of a group of the forecast, after the contact `after`.
    ///
    /// # Errors
    /// As [`Organisation::forecast`], or when `after` is no id.
    pub fn campaign_people(
        &self,
        campaign: Id,
        group: &str,
        after: Option<&str>,
        limit: usize,
        on: Date,
        lang: Lang,
    ) -> Result<People, Error> {
        let after = match after {
            Some(text) => text.parse::<Id>().map_err(|_| Error::ContactText)?,
            None => Id::default(),
        };
        self.store().read(|tx| {
            let campaign = Campaign::load(tx, self, campaign)?;
            let mut ids = Vec::new();
            let mut found = None;
            let mut count = 0;
            each(tx, self, &campaign, on, |one| {
                if one.key() == group {
                    count += 1;
                    if one.id > after && ids.len() <= limit {
                        ids.push(one.id);
                    }
                    found = Some(one);
                }
                Ok(())
            })?;
            let more = ids.len() > limit;
            ids.truncate(limit);
            let next = ids.last().filter(|_| more).map(Id::to_string);
            let lines = ids.into_iter().map(|id| {
                let person = Person::load(tx, self, id)?;
                line(self, &person, &person.fields(self)?)
            });
            let lines = lines.collect::<Result<_, Error>>()?;
            Ok(People {
                page: ContactPage { lines, next },
                group: found.map(|found| found.group(count, on, lang)),
            })
        })
    }

    /// Makes a draft ready: whom the gate lets through today and who can be reached are its people
    /// from now on. Returns how many.
    ///
    /// # Errors
    /// [`CampaignFault::Nobody`], [`CampaignFault::State`], or [`Error::CampaignConflict`] when
    /// somebody else changed it meanwhile.
    pub fn make_campaign_ready(&self, id: Id, revision: i64, act: &Act) -> Result<u64, Error> {
        // The gate is asked before the database is written to, which others wait for; it is asked
        // again before each mail goes out.
        let people = self.store().read(|tx| -> Result<_, Error> {
            let campaign = Campaign::load(tx, self, id)?;
            if campaign.revision != revision {
                return Err(Error::CampaignConflict);
            }
            let mut people = Vec::new();
            each(tx, self, &campaign, act.today, |found| {
                if found.share == Share::Permitted {
                    people.push(found.id);
                }
                Ok(())
            })?;
            Ok(people)
        })?;
        if people.is_empty() {
            return Err(CampaignFault::Nobody.into());
        }
        let (this, act) = (self.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let mut campaign = Campaign::load_to_change(tx, &this, id)?;
            if campaign.revision != revision {
                return Err(Error::CampaignConflict);
            }
            if campaign.state != CampaignState::Draft {
                return Err(CampaignFault::State.into());
            }
            // Whoever was erased or merged meanwhile is not taken in.
            let mut count = 0_u64;
            for ids in people.chunks(WRITTEN) {
                let rows = store::contact::get_many(tx, this.id(), ids)?;
                let rows: Vec<_> = rows
                    .iter()
                    .filter(|row| row.is_present())
                    .map(|row| store::campaign::Recipient::waiting(this.id(), id, row.id))
                    .collect();
                count += rows.len() as u64;
                store::campaign::add_recipients(tx, &rows)?;
                let chosen = rows.iter().map(|row| chosen(tx, &this, row, &act));
                let chosen = chosen.collect::<Result<Vec<_>, _>>()?;
                store::evidence_entry::append_many(tx, &chosen)?;
            }
            let what = json!({ "people": count });
            campaign.go_to(tx, &this, CampaignState::Ready, what, &act)?;
            Ok(count)
        })
    }
}

/// That somebody is one of a campaign's people, sealed under the person's key.
fn chosen(
    tx: &mut Tx<'_>,
    this: &Organisation,
    row: &store::campaign::Recipient,
    act: &Act,
) -> Result<NewEntry, Error> {
    let key = Person::key(tx, this, row.contact)?.ok_or(Error::Erased)?;
    let proved = Proved {
        row: state::recipient(row.campaign, row.contact),
        what: json!({ "campaign": row.campaign.to_string() }),
    };
    append::sealed_row(this, act, Kind::CampaignPersonChosen, &key, &proved)
}
