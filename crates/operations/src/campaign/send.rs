//! Sending: the people of a campaign become mails that wait, a batch at a time, and each is written
//! when its turn comes.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use law::Lang;
use serde_json::{Value, json};
use store::contact::Contact;
use store::{Id, Tx};

use super::draft::{Campaign, CampaignFault, CampaignState};
use super::letter::{self, Unwritten, Written};
use crate::consent_use::{self, By};
use crate::log::append::{self, Kind};
use crate::mail::{Content, MailState, queue_campaign};
use crate::person::{ContactRef, Person};
use crate::state::{self, Proved};
use crate::{Act, Error, Installation, Organisation};

/// People for whom a mail is written down in one transaction.
const BATCH: u32 = 200;
/// A mail that is held waits for this long if nobody resumes the campaign.
const HELD: SignedDuration = SignedDuration::from_hours(24 * 365);
/// Only what is held waits longer than this.
const RELEASED: SignedDuration = SignedDuration::from_hours(24 * 30);
/// As long as nobody has said where people reach the installation, no link can be written.
const NO_ADDRESS: SignedDuration = SignedDuration::from_mins(5);

/// What becomes of a mail whose turn has come.
pub(crate) enum Turn {
    /// It goes out.
    Goes(Box<Content>),
    /// It waits for this long.
    Held(SignedDuration),
    /// The campaign is over.
    CalledOff,
    /// There is no address that works.
    Undeliverable,
    /// The gate says no, or a duty can't be met: the code of the reason.
    Refused(&'static str),
}

/// Writes the letter of a campaign to somebody, if the gate permits it at this moment.
pub(crate) fn turn(
    tx: &mut Tx<'_>,
    this: &Organisation,
    campaign: Id,
    contact: Id,
    act: &Act,
) -> Result<Turn, Error> {
    let campaign = match Campaign::load(tx, this, campaign) {
        Err(Error::UnknownCampaign) => return Ok(Turn::CalledOff),
        found => found?,
    };
    match campaign.state {
        CampaignState::Cancelled => return Ok(Turn::CalledOff),
        CampaignState::Paused => return Ok(Turn::Held(HELD)),
        _ => {}
    }
    let Some(address) = this.installation().address() else {
        return Ok(Turn::Held(NO_ADDRESS));
    };
    let register = this.register(tx)?;
    let question = match campaign.question(&register) {
        // The register no longer has the activity, or it advertises no more: what is not declared is
        // not done.
        Err(Error::Purpose(_) | Error::Campaign(_)) => return Ok(Turn::Refused("no_activity")),
        found => found?,
    };
    let judged = letter::judge(tx, this, &question, contact, act.today)?;
    let written = letter::write(this, &campaign, &question, &judged, address, act.today)?;
    let Written { letter, parts } = match written {
        Ok(written) => written,
        Err(Unwritten::Gate(decision)) => {
            let outcome = super::audience::deciding(&decision);
            return Ok(Turn::Refused(outcome.code()));
        }
        Err(Unwritten::Duty(duty)) => return Ok(Turn::Refused(duty.code())),
        Err(Unwritten::Address) => return Ok(Turn::Undeliverable),
    };
    let decided = crate::decide::decided(&judged.dossier, &question, act.today, Lang::De)?;
    let decision = &decided.decision;
    let duties: Vec<&str> = decision.duties.iter().map(|duty| duty.code).collect();
    let parts: Vec<&str> = parts.iter().map(|part| part.name).collect();
    let basis = json!({
        "campaign": campaign.id.to_string(),
        "activity": decided.activity,
        "channel": question.channel,
        "on": act.today,
        "verdict": decision.verdict,
        "channel_law": decision.channel_law.code,
        "data_protection": decision.data_protection.code,
        "legal_basis": letter::basis_name(judged.decision.legal_basis()),
        "citations": decision.citations,
        "duties": duties,
        "parts": parts,
        "register_version": decided.register_version,
        "relied_on": decided.evidence,
        "consent": consent_use::relied_on(&judged.dossier, &judged.decision, &decided.activity)
            .map(|id| id.to_string()),
    });
    Ok(Turn::Goes(Box::new(Content {
        letter,
        basis: Some(basis),
    })))
}

/// Notes what a mail of a campaign that was sent means for the person: informed, if the mail did so
/// (GDPR Art. 14(3)(b)), and the consent used that allowed it.
pub(crate) fn sent(
    tx: &mut Tx<'_>,
    this: &Organisation,
    (contact, campaign): (Id, Option<Id>),
    basis: Option<&Value>,
    act: &Act,
) -> Result<(), Error> {
    let parts = basis.and_then(|basis| basis["parts"].as_array());
    let told = parts.is_some_and(|parts| parts.iter().any(|part| part == "source"));
    let mut person = match Person::load_to_change(tx, this, contact) {
        Err(Error::Erased | Error::UnknownContact) => return Ok(()),
        found => found?,
    };
    let consent = basis.and_then(|basis| basis["consent"].as_str()?.parse().ok());
    if let (Some(consent), Some(campaign)) = (consent, campaign) {
        consent_use::note(tx, this, &person, consent, By::Campaign(campaign), act)?;
    }
    informed(tx, this, &mut person, told, act)
}

/// Notes that a person was written to, and informed by it if `told` says so.
pub(super) fn informed(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &mut Person,
    told: bool,
    act: &Act,
) -> Result<(), Error> {
    let mut what = json!({});
    if told && person.row.informed_on.is_none() {
        person.row.informed_on = Some(act.today);
        what["informed_on"] = json!(act.today);
    }
    if person.row.first_contact_on.is_none() {
        person.row.first_contact_on = Some(act.today);
        what["first_contact_on"] = json!(act.today);
    }
    if what.as_object().is_none_or(serde_json::Map::is_empty) {
        return Ok(());
    }
    person.row.changed_at = act.at;
    store::contact::update(tx, &person.row)?;
    let proved = Proved {
        row: state::contact(&person.row),
        what,
    };
    append::sealed(tx, this, act, Kind::ContactChanged, &person.key, &proved)?;
    Ok(())
}

/// Takes back what [`sent`] noted by a mail that was sent then and came back; `true` if the person
/// counted as informed by it.
pub(crate) fn not_informed(contact: &mut Contact, sent_at: Option<Timestamp>) -> bool {
    let Some(sent_on) = sent_at.map(|at| at.to_zoned_datetime(TimeZone::UTC).date()) else {
        return false;
    };
    // The day that was noted is that of the place where the organisation is.
    let then = |day: Option<Date>| day.is_some_and(|day| (day - sent_on).get_days().abs() <= 1);
    if !then(contact.first_contact_on) {
        return false;
    }
    let by_it = contact.informed_on == contact.first_contact_on;
    contact.first_contact_on = None;
    if by_it {
        contact.informed_on = None;
    }
    by_it
}

impl Organisation {
    /// Begins to send a campaign that is ready. Calls and letters are not sent: their lists are
    /// taken.
    ///
    /// # Errors
    /// [`CampaignFault::State`] when it is not ready, or no mail.
    pub fn send_campaign(&self, id: Id, act: &Act) -> Result<(), Error> {
        self.move_campaign(id, act, |_, _, campaign, _| {
            let fits = campaign.state == CampaignState::Ready
                && campaign.draft.channel == law::Channel::Email;
            Ok(fits.then_some(CampaignState::Sending))
        })
    }

    /// No mail of a campaign goes out until it is resumed, those apart that are on their way.
    ///
    /// # Errors
    /// [`CampaignFault::State`] when it is not being sent.
    pub fn pause_campaign(&self, id: Id, act: &Act) -> Result<(), Error> {
        self.move_campaign(id, act, |tx, this, campaign, act| {
            if campaign.state != CampaignState::Sending {
                return Ok(None);
            }
            store::message::hold_campaign(tx, this.id(), campaign.id, act.at + HELD)?;
            Ok(Some(CampaignState::Paused))
        })
    }

    /// Goes on with a paused campaign.
    ///
    /// # Errors
    /// [`CampaignFault::State`] when it is not paused.
    pub fn resume_campaign(&self, id: Id, act: &Act) -> Result<(), Error> {
        self.move_campaign(id, act, |tx, this, campaign, act| {
            if campaign.state != CampaignState::Paused {
                return Ok(None);
            }
            store::message::hold_campaign(tx, this.id(), campaign.id, act.at)?;
            Ok(Some(CampaignState::Sending))
        })
    }

    /// Calls a campaign off. What has gone out has gone out.
    ///
    /// # Errors
    /// [`CampaignFault::State`] when it has ended.
    pub fn cancel_campaign(&self, id: Id, act: &Act) -> Result<(), Error> {
        self.move_campaign(id, act, |tx, this, campaign, act| {
            if matches!(
                campaign.state,
                CampaignState::Done | CampaignState::Cancelled
            ) {
                return Ok(None);
            }
            let cancelled = MailState::Cancelled as i16;
            store::message::cancel_campaign(tx, this.id(), campaign.id, cancelled, act.at)?;
            Ok(Some(CampaignState::Cancelled))
        })
    }

    /// Makes a ready campaign a draft again; its people are chosen anew later.
    ///
    /// # Errors
    /// [`CampaignFault::State`] when something may have gone out.
    pub fn redraft_campaign(&self, id: Id, act: &Act) -> Result<(), Error> {
        self.move_campaign(id, act, |tx, this, campaign, _| {
            // Who was informed by a letter must be able to get the same one again.
            let begun = !store::campaign::done_with(tx, this.id(), campaign.id)?.is_empty();
            if campaign.state != CampaignState::Ready || begun {
                return Ok(None);
            }
            store::campaign::clear_recipients(tx, this.id(), campaign.id)?;
            Ok(Some(CampaignState::Draft))
        })
    }

    fn move_campaign(
        &self,
        id: Id,
        act: &Act,
        go: impl FnOnce(&mut Tx<'_>, &Self, &Campaign, &Act) -> Result<Option<CampaignState>, Error>
        + Send
        + 'static,
    ) -> Result<(), Error> {
        let (this, act) = (self.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let mut campaign = Campaign::load_to_change(tx, &this, id)?;
            let state = go(tx, &this, &campaign, &act)?.ok_or(CampaignFault::State)?;
            campaign.go_to(tx, &this, state, json!({}), &act)
        })
    }
}

impl Installation {
    /// Writes mails down for the people of the campaigns that are under way, a batch of each, and
    /// ends those of which nothing is left to send. `true` if there is more to write down. It may be
    /// called again at any time, by several processes: nobody gets two mails of a campaign.
    ///
    /// # Errors
    /// When the database can't be read or written.
    pub fn queue_campaigns(&self, act: &Act) -> Result<bool, Error> {
        let under_way = self.store().read(|tx| -> Result<_, Error> {
            let rows = store::campaign::under_way(tx)?;
            Ok(rows
                .into_iter()
                .map(|row| (row.org, row.id))
                .collect::<Vec<_>>())
        })?;
        let mut more = false;
        for (org, id) in under_way {
            let (here, act) = (self.clone(), act.clone());
            let written = self.store().write(move |tx| -> Result<_, Error> {
                let this = Organisation::in_transaction(tx, &here, org)?;
                batch(tx, &this, id, &act)
            });
            match written {
                Ok(rest) => more |= rest,
                Err(Error::Store(error)) => return Err(error.into()),
                // One that can't be read must not hold up the others.
                Err(error) => tracing::error!(%error, campaign = %id, "a campaign can't go on"),
            }
        }
        Ok(more)
    }
}

fn batch(tx: &mut Tx<'_>, this: &Organisation, id: Id, act: &Act) -> Result<bool, Error> {
    // Whoever else writes mails of this campaign down waits here.
    let mut campaign = Campaign::load_to_change(tx, this, id)?;
    if campaign.state != CampaignState::Sending {
        return Ok(false);
    }
    let waiting = store::campaign::waiting(tx, this.id(), id, BATCH)?;
    if waiting.is_empty() {
        // A mail that was just being claimed when the campaign was resumed is held no more.
        store::message::release_held(tx, this.id(), id, act.at, act.at + RELEASED)?;
        if !store::message::is_under_way(tx, this.id(), id)? {
            campaign.go_to(tx, this, CampaignState::Done, json!({}), act)?;
        }
        return Ok(false);
    }
    for contact in waiting {
        // Two contacts may become one meanwhile: it gets one mail.
        if let Some((kept, email)) = address(tx, this, contact)?
            && !store::message::is_in_campaign(tx, this.id(), id, kept)?
        {
            queue_campaign(tx, this, id, kept, &email, act)?;
        }
        store::campaign::done(tx, this.id(), id, contact)?;
    }
    Ok(true)
}

fn address(
    tx: &mut Tx<'_>,
    this: &Organisation,
    contact: Id,
) -> Result<Option<(Id, crate::contact::Email)>, Error> {
    match Person::find_to_change(tx, this, &ContactRef::Id(contact)) {
        Ok(person) => {
            let email = person.fields(this)?.emails.first().cloned();
            Ok(email.map(|email| (person.row.id, email)))
        }
        Err(Error::Erased | Error::UnknownContact) => Ok(None),
        Err(error) => Err(error),
    }
}
