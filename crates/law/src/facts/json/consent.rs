//! Consents and objections as JSON.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::facts::{Consent, Objection, ObjectionGround, Proof, Purpose, RecipientId};
use crate::gdpr::art07::{self, Action, Circumstances};
use crate::topic::Day;
use crate::{Channel, ChannelSet};

/// What the person did to consent.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Act {
    /// A box ticked, a button pressed, a signature, a spoken yes.
    Active,
    /// A box that was ticked beforehand.
    PreTicked,
    /// A box to tick in order not to consent.
    OptOutBox,
    /// Silence or inactivity.
    Silence,
    /// Scrolling or going on to use the site.
    ContinuedUse,
}

/// A consent on record. What is known of its text and circumstances shows its defects; leave
/// out only what was checked and found sound.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ConsentFacts {
    /// What it was given for.
    purpose: Purpose,
    /// For which channels; one box for several channels is valid.
    channels: Vec<Channel>,
    /// The recipient that it names, for sharing.
    #[serde(default)]
    pub(super) recipient: Option<String>,
    /// When it was given.
    #[serde(default)]
    given_on: Option<Day>,
    /// When it was withdrawn.
    #[serde(default)]
    withdrawn_on: Option<Day>,
    /// When it was last used.
    #[serde(default)]
    last_used_on: Option<Day>,
    /// How it can be proved; left out, it can't.
    #[serde(default)]
    proof: Option<Proof>,
    /// Short for the proof `double_opt_in_completed` (true) or `double_opt_in_pending` (false);
    /// `proof` goes before it.
    #[serde(default)]
    double_opt_in: Option<bool>,
    /// It names special categories expressly.
    #[serde(default)]
    explicit: bool,
    /// The holder of parental responsibility gave or authorised it.
    #[serde(default)]
    by_parent: bool,
    /// What the person did.
    #[serde(default)]
    action: Option<Act>,
    /// The companies that may advertise are named.
    #[serde(default)]
    companies_named: Option<bool>,
    /// The kind of products is named.
    #[serde(default)]
    products_named: Option<bool>,
    /// One request for several purposes or several controllers.
    #[serde(default)]
    several_purposes: bool,
    /// Each purpose and controller has a choice of its own.
    #[serde(default)]
    separate_choices: Option<bool>,
    /// Given inside terms and conditions or another declaration.
    #[serde(default)]
    in_terms: bool,
    /// Clearly set apart there.
    #[serde(default)]
    set_apart: Option<bool>,
    /// The service needs the data.
    #[serde(default)]
    necessary_for_service: Option<bool>,
    /// The service can be had without the consent.
    #[serde(default)]
    usable_without_consent: Option<bool>,
    /// The controller is clearly stronger, for example employer or authority.
    #[serde(default)]
    imbalance: bool,
    /// Whoever refuses has a disadvantage.
    #[serde(default)]
    adverse_consequence: Option<bool>,
    /// The design misleads or presses.
    #[serde(default)]
    misleading: bool,
    /// The request named the controller.
    #[serde(default)]
    controller_told: Option<bool>,
    /// The request named the purpose.
    #[serde(default)]
    purpose_told: Option<bool>,
    /// The request named the kind of data.
    #[serde(default)]
    data_told: Option<bool>,
    /// The request named the right to withdraw.
    #[serde(default)]
    withdrawal_told: Option<bool>,
    /// Withdrawing is as easy as giving.
    #[serde(default)]
    withdrawal_as_easy: Option<bool>,
    /// Whoever withdraws has a disadvantage.
    #[serde(default)]
    detriment_after_withdrawal: Option<bool>,
}

impl ConsentFacts {
    pub(super) fn read(&self, recipient: Option<RecipientId>) -> Consent {
        let proof = self.proof.unwrap_or(match self.double_opt_in {
            Some(true) => Proof::DoubleOptInCompleted,
            Some(false) => Proof::DoubleOptInPending,
            None => Proof::None,
        });
        Consent {
            purpose: self.purpose,
            channels: self.channels.iter().copied().collect(),
            recipient,
            given_on: self.given_on.map(|day| day.0),
            withdrawn_on: self.withdrawn_on.map(|day| day.0),
            last_used_on: self.last_used_on.map(|day| day.0),
            proof,
            defects: art07::defects(&self.circumstances()),
            explicit: self.explicit,
            by_parent: self.by_parent,
        }
    }

    fn circumstances(&self) -> Circumstances {
        Circumstances {
            action: self.action.map(|act| match act {
                Act::Active => Action::Active,
                Act::PreTicked => Action::PreTicked,
                Act::OptOutBox => Action::OptOutBox,
                Act::Silence => Action::Silence,
                Act::ContinuedUse => Action::ContinuedUse,
            }),
            companies_named: self.companies_named,
            products_named: self.products_named,
            several_purposes: self.several_purposes,
            separate_choices: self.separate_choices,
            in_terms: self.in_terms,
            set_apart: self.set_apart,
            necessary_for_service: self.necessary_for_service,
            usable_without_consent: self.usable_without_consent,
            imbalance: self.imbalance,
            adverse_consequence: self.adverse_consequence,
            misleading: self.misleading,
            controller_told: self.controller_told,
            purpose_told: self.purpose_told,
            data_told: self.data_told,
            withdrawal_told: self.withdrawal_told,
            withdrawal_as_easy: self.withdrawal_as_easy,
            detriment_after_withdrawal: self.detriment_after_withdrawal,
            ..Circumstances::default()
        }
    }
}

/// An objection on record. `{}` is a general objection to advertising, in force.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ObjectionFacts {
    /// What it is directed against.
    #[serde(default)]
    ground: ObjectionGround,
    /// The channels it is limited to; left out or empty, all.
    #[serde(default)]
    channels: Vec<Channel>,
    /// The kind of advertising it is limited to; left out, all.
    #[serde(default)]
    purpose: Option<Purpose>,
    /// When it arrived; left out, it is in force and newer than every consent.
    #[serde(default)]
    raised_on: Option<Day>,
    /// When the contact took it back.
    #[serde(default)]
    lifted_on: Option<Day>,
}

impl ObjectionFacts {
    pub(super) fn read(&self) -> Objection {
        let channels: ChannelSet = self.channels.iter().copied().collect();
        Objection {
            ground: self.ground,
            channels: if channels.is_empty() {
                ChannelSet::ALL
            } else {
                channels
            },
            purpose: self.purpose,
            raised_on: self.raised_on.map(|day| day.0),
            lifted_on: self.lifted_on.map(|day| day.0),
        }
    }
}
