//! What became of a campaign.

use law::gate::Duty;
use law::{Lang, Text};
use store::{Id, Tx};

use super::draft::Campaign;
use super::letter;
use crate::mail::{MailState, Trouble, TroubleKind};
use crate::{Act, Error, Organisation};

/// Mails of a campaign that have the same state for the same reason.
#[derive(Clone, Debug)]
pub struct Ended {
    /// The state.
    pub state: MailState,
    /// Why, where they were not sent.
    pub trouble: Option<Trouble>,
    /// Why in words, where the gate or a duty stopped them.
    pub reason: Option<String>,
    /// How many.
    pub count: u64,
}

/// What became of a campaign.
#[derive(Clone, Debug)]
pub struct CampaignResult {
    /// How many people it is for.
    pub people: u64,
    /// Its mails.
    pub mails: Vec<Ended>,
}

impl CampaignResult {
    /// How many mails are in one of these states.
    pub fn count(&self, states: &[MailState]) -> u64 {
        let of = self
            .mails
            .iter()
            .filter(|ended| states.contains(&ended.state));
        of.map(|ended| ended.count).sum()
    }

    /// How many people have no mail: none is written down yet, or there was no address.
    pub fn without_mail(&self) -> u64 {
        let all: u64 = self.mails.iter().map(|ended| ended.count).sum();
        self.people.saturating_sub(all)
    }
}

impl Organisation {
    /// What became of a campaign until now.
    ///
    /// # Errors
    /// When the campaign is unknown or the database can't be read.
    pub fn campaign_result(&self, id: Id, act: &Act, lang: Lang) -> Result<CampaignResult, Error> {
        self.store().read(|tx| {
            let campaign = Campaign::load(tx, self, id)?;
            let people = store::campaign::count(tx, self.id(), id)?;
            let mut mails = Vec::new();
            for (state, failure, count) in store::message::of_campaign(tx, self.id(), id)? {
                let trouble: Option<Trouble> = failure.map(|text| text.parse()).transpose()?;
                let reason = match &trouble {
                    Some(Trouble {
                        kind: TroubleKind::Gate,
                        code: Some(code),
                    }) => reason(tx, self, &campaign, state, code, act, lang)?,
                    _ => None,
                };
                mails.push(Ended {
                    state: MailState::stored(state)?,
                    trouble,
                    reason,
                    count: u64::try_from(count).unwrap_or_default(),
                });
            }
            Ok(CampaignResult {
                people: u64::try_from(people).unwrap_or_default(),
                mails,
            })
        })
    }
}

/// The words for a code that the gate gave: those of a duty, or those with which it answers about
/// one of the people today, if the answer is still the same.
fn reason(
    tx: &mut Tx<'_>,
    this: &Organisation,
    campaign: &Campaign,
    state: i16,
    code: &str,
    act: &Act,
    lang: Lang,
) -> Result<Option<String>, Error> {
    if let Some(duty) = Duty::ALL.into_iter().find(|duty| duty.code() == code) {
        return Ok(Some(Text::get(duty.text(), lang).to_owned()));
    }
    let register = this.register(tx)?;
    let Ok(question) = campaign.question(&register) else {
        return Ok(None);
    };
    let wanted = format!("{} {code}", TroubleKind::Gate.name());
    let rows = store::message::of_campaign_in(tx, this.id(), campaign.id, state, None, 500)?;
    let Some(row) = rows
        .into_iter()
        .find(|row| row.failure.as_ref() == Some(&wanted))
    else {
        return Ok(None);
    };
    let judged = letter::judge(tx, this, &question, row.subject, act.today)?;
    let outcome = super::audience::deciding(&judged.decision);
    if outcome.code() != code {
        return Ok(None);
    }
    let view = judged.decision.view(act.today, lang);
    let answers = [view.channel_law, view.data_protection];
    let answer = answers.into_iter().find(|answer| answer.code == code);
    Ok(answer.map(|answer| answer.reason))
}
