//! How a letter will look, and sending it to oneself.

use jiff::civil::Date;
use law::Lang;
use law::gate::DecisionView;
use store::{Id, Tx};

use super::audience;
use super::draft::Campaign;
use super::letter::{self, Unwritten, Written};
use super::parts::Part;
use crate::access::AccountId;
use crate::access::mail_to_member;
use crate::mail::Letter;
use crate::{Act, Error, Organisation};

/// Stands for the address of the installation as long as nobody has said where that is.
const NO_ADDRESS: &str = "https://…";

/// The letter to one contact, exactly as it would go out now.
#[derive(Clone, Debug)]
pub struct Preview {
    /// For whom.
    pub contact: Id,
    /// What is sent; `None` if a duty can't be met.
    pub letter: Option<Letter>,
    /// What it is made of, and which duty each part meets.
    pub parts: Vec<Part>,
    /// The duty that can't be met.
    pub unmet: Option<law::gate::Duty>,
    /// What the gate says.
    pub decision: DecisionView,
}

impl Organisation {
    /// The letter to the first contact who may be written to; `None` if there is none.
    ///
    /// # Errors
    /// When the campaign is unknown or is none by mail, or the register lacks what it needs.
    pub fn campaign_preview(
        &self,
        campaign: Id,
        on: Date,
        lang: Lang,
    ) -> Result<Option<Preview>, Error> {
        self.store().read(|tx| {
            let campaign = Campaign::load(tx, self, campaign)?;
            preview(tx, self, &campaign, on, lang)
        })
    }

    /// Sends the letter to a member of the organisation, marked as a test. `false` if there is
    /// nobody to whom it could be written.
    ///
    /// # Errors
    /// As [`Organisation::campaign_preview`].
    pub fn test_campaign(&self, campaign: Id, to: AccountId, act: &Act) -> Result<bool, Error> {
        // Whom it could go to may take a while to find; nobody who writes waits for that.
        let found = self.campaign_preview(campaign, act.today, Lang::De)?;
        let Some(mut letter) = found.and_then(|found| found.letter) else {
            return Ok(false);
        };
        let (this, act) = (self.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            letter.subject = format!("[Test] {}", letter.subject);
            // The link is another person's; in a test it must not take anything away.
            let link = letter.list_unsubscribe.take();
            if let Some(link) = link {
                let own = link.url.trim_end_matches("/one-click");
                letter.text = letter
                    .text
                    .replace(own, "[Link zum Abmelden / unsubscribe link]");
            }
            mail_to_member(tx, &this, to, letter, &act)?;
            Ok(true)
        })
    }
}

fn preview(
    tx: &mut Tx<'_>,
    this: &Organisation,
    campaign: &Campaign,
    on: Date,
    lang: Lang,
) -> Result<Option<Preview>, Error> {
    let register = this.register(tx)?;
    let question = campaign.question(&register)?;
    let address = this.installation().address().unwrap_or(NO_ADDRESS);
    let Some(contact) = audience::first_permitted(tx, this, campaign, on)? else {
        return Ok(None);
    };
    let judged = letter::judge(tx, this, &question, contact, on)?;
    let written = letter::write(this, campaign, &question, &judged, address, on)?;
    let (letter, parts, unmet) = match written {
        Ok(Written { letter, parts }) => (Some(letter), parts, None),
        Err(Unwritten::Duty(duty)) => (None, Vec::new(), Some(duty)),
        Err(Unwritten::Gate(_) | Unwritten::Address) => return Ok(None),
    };
    Ok(Some(Preview {
        contact,
        letter,
        parts,
        unmet,
        decision: judged.decision.view(on, lang),
    }))
}
