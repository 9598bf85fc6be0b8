//! A campaign as it is drafted, saved and looked at.

use jiff::Timestamp;
use law::facts::ContactKind;
use law::{Channel, Country, Lang};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Id, Tx};

use super::placeholder;
use crate::declare::InForce;
use crate::installation::new_id;
use crate::log::append::{self, Kind};
use crate::{Act, Error, Organisation, state, words};

/// How far a campaign is. The numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(i16)]
pub enum CampaignState {
    /// It can be changed.
    Draft = 1,
    /// Its people are chosen.
    Ready = 2,
    /// Mails go out.
    Sending = 3,
    /// No mail goes out until somebody says so.
    Paused = 4,
    /// Nothing is left to do.
    Done = 5,
    /// It was called off.
    Cancelled = 6,
}

impl CampaignState {
    /// Every state.
    pub const ALL: [Self; 6] = [
        Self::Draft,
        Self::Ready,
        Self::Sending,
        Self::Paused,
        Self::Done,
        Self::Cancelled,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Ready => "ready",
            Self::Sending => "sending",
            Self::Paused => "paused",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }

    pub(super) fn stored(number: i16) -> Result<Self, Error> {
        let found = Self::ALL.into_iter().find(|state| *state as i16 == number);
        found.ok_or(Error::Stored("state of a campaign"))
    }
}

/// Why a campaign can't be saved, made ready or sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CampaignFault {
    /// No name, or one of more than 100 characters.
    #[error("a campaign needs a name of at most 100 characters")]
    Name,
    /// The register has no such activity, or it does not advertise.
    #[error("a campaign belongs to an activity of the register that advertises")]
    Activity,
    /// Neither e-mail, telephone nor post, or the activity does not declare it.
    #[error("the activity does not declare this channel")]
    Channel,
    /// The register has no such goods class.
    #[error("the register has no such goods class")]
    Goods,
    /// The country is no code.
    #[error("the country has to be a code of two letters")]
    Country,
    /// No contact names the company.
    #[error("no contact names this company")]
    Company,
    /// The kind of contact or of source is none.
    #[error("there is no such kind of contact or source")]
    Chosen,
    /// No text in any language.
    #[error("a campaign needs a text")]
    NoText,
    /// A mail without a subject, or one of more than one line.
    #[error("a mail needs a subject on one line")]
    Subject,
    /// Something in braces that is no placeholder, by its line and column from 1 on.
    #[error("line {line}, column {column}: this is no placeholder")]
    Placeholder {
        /// The line; 0 is the subject.
        line: usize,
        /// The column.
        column: usize,
    },
    /// More people than one paper is for.
    #[error("the campaign is for more people than one PDF holds")]
    TooMany,
    /// The gate lets nobody through who can be reached.
    #[error("nobody may be contacted")]
    Nobody,
    /// It is too far for that, or not far enough.
    #[error("the campaign is not in a state for this")]
    State,
}

/// What is written in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignText {
    /// The subject of a mail, or the topic of a call.
    pub subject: String,
    /// The text, with placeholders.
    pub text: String,
}

/// Which contacts a campaign is for, before the gate is asked; what is `None` does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// Of this country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// From this kind of source, by its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Of this kind, by its name: `business` or `consumer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Who names this company, by its id ([`Organisation::company_named`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
}

/// A campaign as people write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignDraft {
    /// What people call it.
    pub name: String,
    /// The activity of the register.
    pub activity: String,
    /// E-mail, telephone or post.
    pub channel: Channel,
    /// The goods class that is advertised, if it is not that of the activity (UWG § 7(3) Nr. 2).
    pub goods: Option<String>,
    /// In German.
    pub german: Option<CampaignText>,
    /// In English.
    pub english: Option<CampaignText>,
    /// For whom.
    pub chosen: Chosen,
}

#[derive(Serialize, Deserialize)]
struct Content {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    de: Option<CampaignText>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    en: Option<CampaignText>,
    #[serde(default)]
    chosen: Chosen,
}

/// A campaign.
#[derive(Clone, Debug)]
pub struct Campaign {
    /// Its id.
    pub id: Id,
    /// As it was written.
    pub draft: CampaignDraft,
    /// How far it is.
    pub state: CampaignState,
    /// Counts the changes; who changes it says which one they saw.
    pub revision: i64,
    /// When it was last changed.
    pub changed_at: Timestamp,
    pub(super) row: store::campaign::Campaign,
}

/// A campaign in the list.
#[derive(Clone, Debug)]
pub struct Counted {
    /// It.
    pub campaign: Campaign,
    /// How many people it is for, once that is known.
    pub people: u64,
}

/// The channels of campaigns.
const CHANNELS: [Channel; 3] = [Channel::Email, Channel::Phone, Channel::Post];

impl CampaignDraft {
    /// What is written in this language, or in the other one if there is nothing in it.
    pub fn text(&self, lang: Lang) -> Option<(&CampaignText, Lang)> {
        let german = self.german.as_ref().map(|text| (text, Lang::De));
        let english = self.english.as_ref().map(|text| (text, Lang::En));
        match lang {
            Lang::De => german.or(english),
            Lang::En => english.or(german),
        }
    }

    fn checked(&self, register: &InForce) -> Result<(), CampaignFault> {
        let length = self.name.trim().chars().count();
        if length == 0 || length > 100 || self.name.chars().any(char::is_control) {
            return Err(CampaignFault::Name);
        }
        let activity = register.register.activity(&self.activity);
        let activity = activity
            .filter(|activity| activity.purpose_kind.is_advertising())
            .ok_or(CampaignFault::Activity)?;
        if !CHANNELS.contains(&self.channel) || !activity.declares(self.channel) {
            return Err(CampaignFault::Channel);
        }
        let known = |id: &String| register.register.goods_classes.iter().any(|g| g.id == *id);
        if self.goods.as_ref().is_some_and(|goods| !known(goods)) {
            return Err(CampaignFault::Goods);
        }
        if let Some(country) = &self.chosen.country
            && country.parse::<Country>().is_err()
        {
            return Err(CampaignFault::Country);
        }
        let company = self.chosen.company.as_ref();
        if company.is_some_and(|id| id.parse::<Id>().is_err()) {
            return Err(CampaignFault::Company);
        }
        let kinds = [ContactKind::Business, ContactKind::Consumer];
        let kind = |name: &str| kinds.iter().any(|kind| words::kind_name(*kind) == name);
        let source = |name: &str| words::source_named(name).is_some();
        let chosen = &self.chosen;
        if !chosen.kind.as_deref().is_none_or(kind) || !chosen.source.as_deref().is_none_or(source)
        {
            return Err(CampaignFault::Chosen);
        }
        let texts = [&self.german, &self.english];
        for text in texts.iter().filter_map(|text| text.as_ref()) {
            let one_line = !text.subject.chars().any(char::is_control);
            if self.channel == Channel::Email && text.subject.trim().is_empty() || !one_line {
                return Err(CampaignFault::Subject);
            }
            // A call needs no more than its topic, which is the subject.
            if self.channel == Channel::Email && text.text.trim().is_empty() {
                return Err(CampaignFault::NoText);
            }
            placeholder::check(&text.subject, &text.text)?;
        }
        // For calls and letters a list is enough.
        if self.channel == Channel::Email && texts.iter().all(|text| text.is_none()) {
            return Err(CampaignFault::NoText);
        }
        Ok(())
    }

    fn content(&self) -> Result<String, Error> {
        let content = Content {
            de: self.german.clone(),
            en: self.english.clone(),
            chosen: self.chosen.clone(),
        };
        serde_json::to_string(&content).map_err(|_| Error::Stored("campaign"))
    }
}

impl Campaign {
    pub(super) fn read(row: store::campaign::Campaign) -> Result<Self, Error> {
        let content: Content =
            serde_json::from_str(&row.content).map_err(|_| Error::Stored("campaign"))?;
        let channel = CHANNELS
            .into_iter()
            .find(|channel| words::channel_number(*channel) == row.channel)
            .ok_or(Error::Stored("channel of a campaign"))?;
        Ok(Self {
            id: row.id,
            draft: CampaignDraft {
                name: row.name.clone(),
                activity: row.activity.clone(),
                channel,
                goods: row.goods.clone(),
                german: content.de,
                english: content.en,
                chosen: content.chosen,
            },
            state: CampaignState::stored(row.state)?,
            revision: row.revision,
            changed_at: row.changed_at,
            row,
        })
    }

    pub(super) fn load(tx: &mut Tx<'_>, this: &Organisation, id: Id) -> Result<Self, Error> {
        let row = store::campaign::get(tx, this.id(), id)?;
        Self::read(row.ok_or(Error::UnknownCampaign)?)
    }

    pub(super) fn load_to_change(
        tx: &mut Tx<'_>,
        this: &Organisation,
        id: Id,
    ) -> Result<Self, Error> {
        let row = store::campaign::get_to_change(tx, this.id(), id)?;
        Self::read(row.ok_or(Error::UnknownCampaign)?)
    }

    /// Saves another state, with its evidence.
    pub(super) fn go_to(
        &mut self,
        tx: &mut Tx<'_>,
        this: &Organisation,
        state: CampaignState,
        mut what: serde_json::Value,
        act: &Act,
    ) -> Result<(), Error> {
        self.row.state = state as i16;
        self.row.revision += 1;
        self.row.changed_at = act.at;
        store::campaign::update(tx, &self.row)?;
        self.state = state;
        self.revision = self.row.revision;
        self.changed_at = act.at;
        what["rows"] = json!([state::campaign(&self.row)]);
        what["campaign"] = json!(self.id.to_string());
        what["state"] = json!(state.name());
        append::clear(tx, this, act, Kind::CampaignMoved, what)?;
        Ok(())
    }

    /// The company that it is for.
    pub(super) fn company(&self) -> Result<Option<Id>, Error> {
        let company = self.draft.chosen.company.as_ref();
        let id = company.map(|id| id.parse::<Id>());
        id.transpose().map_err(|_| Error::Stored("campaign"))
    }

    /// The contacts that it is for, whatever company they name, before the gate is asked.
    pub(super) fn which(&self) -> store::contact::Which {
        let chosen = &self.draft.chosen;
        let kinds = [ContactKind::Business, ContactKind::Consumer];
        let kind = chosen.kind.as_deref().and_then(|name| {
            let found = kinds
                .into_iter()
                .find(|kind| words::kind_name(*kind) == name);
            found.map(words::kind_number)
        });
        store::contact::Which {
            country: chosen.country.clone(),
            source_kind: chosen.source.as_deref().and_then(words::source_named),
            kind,
            informed: None,
            restricted: None,
        }
    }
}

impl Organisation {
    /// Every campaign, the newest first.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn campaigns(&self) -> Result<Vec<Counted>, Error> {
        self.store().read(|tx| {
            let rows = store::campaign::list(tx, self.id())?;
            rows.into_iter()
                .map(|row| {
                    let people = store::campaign::count(tx, self.id(), row.id)?;
                    Ok(Counted {
                        campaign: Campaign::read(row)?,
                        people: u64::try_from(people).unwrap_or_default(),
                    })
                })
                .collect()
        })
    }

    /// One campaign.
    ///
    /// # Errors
    /// [`Error::UnknownCampaign`].
    pub fn campaign(&self, id: Id) -> Result<Campaign, Error> {
        self.store().read(|tx| Campaign::load(tx, self, id))
    }

    /// Saves a new campaign and returns its id.
    ///
    /// # Errors
    /// [`Error::Campaign`] when something in it does not fit.
    pub fn add_campaign(&self, draft: &CampaignDraft, act: &Act) -> Result<Id, Error> {
        let (this, draft, act) = (self.clone(), draft.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let register = this.register(tx)?;
            draft.checked(&register)?;
            let row = store::campaign::Campaign {
                org: this.id(),
                id: new_id(act.at)?,
                name: draft.name.trim().to_owned(),
                activity: draft.activity.clone(),
                channel: words::channel_number(draft.channel),
                goods: draft.goods.clone(),
                content: draft.content()?,
                state: CampaignState::Draft as i16,
                revision: 1,
                made_by: act.by.clone(),
                created_at: act.at,
                changed_at: act.at,
            };
            store::campaign::insert(tx, &row)?;
            note_draft(tx, &this, &row, &act)?;
            Ok(row.id)
        })
    }

    /// Changes a draft. `revision` is the one that was seen.
    ///
    /// # Errors
    /// [`Error::CampaignConflict`] when somebody else changed it meanwhile, [`Error::Campaign`] when
    /// something in it does not fit or it is no draft any more.
    pub fn change_campaign(
        &self,
        id: Id,
        revision: i64,
        draft: &CampaignDraft,
        act: &Act,
    ) -> Result<(), Error> {
        let (this, draft, act) = (self.clone(), draft.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let register = this.register(tx)?;
            draft.checked(&register)?;
            let campaign = Campaign::load_to_change(tx, &this, id)?;
            if campaign.revision != revision {
                return Err(Error::CampaignConflict);
            }
            if campaign.state != CampaignState::Draft {
                return Err(CampaignFault::State.into());
            }
            let row = store::campaign::Campaign {
                name: draft.name.trim().to_owned(),
                activity: draft.activity.clone(),
                channel: words::channel_number(draft.channel),
                goods: draft.goods.clone(),
                content: draft.content()?,
                revision: revision + 1,
                changed_at: act.at,
                ..campaign.row
            };
            store::campaign::update(tx, &row)?;
            note_draft(tx, &this, &row, &act)
        })
    }
}

/// The evidence keeps what was written, word for word.
fn note_draft(
    tx: &mut Tx<'_>,
    this: &Organisation,
    row: &store::campaign::Campaign,
    act: &Act,
) -> Result<(), Error> {
    let content: serde_json::Value =
        serde_json::from_str(&row.content).map_err(|_| Error::Stored("campaign"))?;
    let what = json!({
        "rows": [state::campaign(row)],
        "campaign": row.id.to_string(),
        "name": row.name,
        "activity": row.activity,
        "channel": row.channel,
        "goods": row.goods,
        "content": content,
    });
    append::clear(tx, this, act, Kind::CampaignDrafted, what)?;
    Ok(())
}
