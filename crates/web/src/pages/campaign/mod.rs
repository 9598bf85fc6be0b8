//! `/campaigns…`: what is written to whom, what it would reach, and what became of it.

pub mod blocked;
pub mod change;
pub mod edit;
pub mod list;
pub mod people;
pub mod preview;
mod sheet_paper;
pub mod show;

use law::Lang;
use operations::OrganisationId;
use operations::campaign::{CampaignFault, CampaignState, Share};

use super::refusal::Refusal;
use crate::auth::Visitor;
use crate::problem::Problem;
use crate::texts::Texts;

fn id_of(visitor: &Visitor, id: &str) -> Result<OrganisationId, Refusal> {
    let wrong = |_| Refusal::new(Problem::nothing_here(), &visitor.visit);
    id.parse().map_err(wrong)
}

/// A word with its sign and class, so that colour never stands alone.
pub struct Mark {
    pub class: &'static str,
    pub sign: &'static str,
    pub word: String,
}

fn state(state: CampaignState, lang: Lang) -> Mark {
    let (class, sign, word) = match state {
        CampaignState::Draft => ("neutral", "…", "campaign-state-draft"),
        CampaignState::Ready => ("neutral", "→", "campaign-state-ready"),
        CampaignState::Sending => ("permitted", "→", "campaign-state-sending"),
        CampaignState::Paused => ("review", "!", "campaign-state-paused"),
        CampaignState::Done => ("permitted", "✓", "campaign-state-done"),
        CampaignState::Cancelled => ("neutral", "–", "campaign-state-cancelled"),
    };
    Mark {
        class,
        sign,
        word: Texts(lang).t(word),
    }
}

fn share(share: Share, lang: Lang) -> Mark {
    let (class, sign, word) = match share {
        Share::Permitted => ("permitted", "✓", "campaign-share-permitted"),
        Share::Unreachable => ("neutral", "–", "campaign-share-unreachable"),
        Share::Undeliverable => ("neutral", "–", "campaign-share-undeliverable"),
        Share::DutyOpen => ("review", "…", "campaign-share-duty-open"),
        Share::Review => ("review", "?", "campaign-share-review"),
        Share::Refused => ("refused", "✕", "campaign-share-refused"),
    };
    Mark {
        class,
        sign,
        word: Texts(lang).t(word),
    }
}

/// What is wrong, in words.
fn fault(fault: &CampaignFault, lang: Lang) -> String {
    let texts = Texts(lang);
    texts.t(match fault {
        CampaignFault::Name => "campaign-fault-name",
        CampaignFault::Activity => "campaign-fault-activity",
        CampaignFault::Channel => "campaign-fault-channel",
        CampaignFault::Goods => "campaign-fault-goods",
        CampaignFault::Country => "campaign-fault-country",
        CampaignFault::Company => "campaign-fault-company",
        CampaignFault::TooMany => "campaign-fault-too-many",
        CampaignFault::Chosen => "campaign-fault-chosen",
        CampaignFault::NoText => "campaign-fault-text",
        CampaignFault::Subject => "campaign-fault-subject",
        CampaignFault::Placeholder { line: 0, column } => {
            return texts.with("campaign-fault-placeholder-subject", "column", column);
        }
        CampaignFault::Placeholder { line, column } => {
            return texts.with_all(
                "campaign-fault-placeholder",
                &[("line", line), ("column", column)],
            );
        }
        CampaignFault::Nobody => "campaign-fault-nobody",
        CampaignFault::State => "campaign-fault-state",
    })
}
