//! Contact, presumed interest, activity and overruling as JSON.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::facts::{
    Activity, AddressKind, Bases, ContactKind, InterestGround, NumberKind, Overrule,
    PresumedInterest, Subscriber,
};
use crate::topic::Day;
use crate::{Country, LegalBasis};

/// Who the contact is. No name or address is needed, and none is taken.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ContactFacts {
    /// Consumer or business contact.
    #[serde(default)]
    pub(super) kind: Option<ContactKind>,
    /// The country of the contact, ISO 3166-1; its law decides.
    #[serde(default)]
    pub(super) country: Option<Country>,
    /// Who holds the line or the mailbox; sole traders count as natural persons.
    #[serde(default)]
    pub(super) subscriber: Option<Subscriber>,
    /// Whether the electronic address names a person.
    #[serde(default)]
    pub(super) address: Option<AddressKind>,
    /// The holder published or gave out the address for receiving such advertising (NL, PL).
    #[serde(default)]
    pub(super) address_made_available_for_advertising: bool,
    /// Mobile number or fixed line (IE).
    #[serde(default)]
    pub(super) number: Option<NumberKind>,
    /// Age in years when the consent was given.
    #[serde(default)]
    pub(super) age: Option<u8>,
    /// The processing is restricted (GDPR Art. 18).
    #[serde(default)]
    pub(super) restricted: bool,
    /// The purpose changed after the data were obtained, and the person was not told of it yet
    /// (GDPR Art. 13(3), 14(4)).
    #[serde(default)]
    pub(super) new_purpose_untold: bool,
}

/// The concrete circumstances for presumed consent to a call to a business.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InterestFacts {
    /// What they are.
    ground: InterestGround,
    /// When they were recorded; they must be known before the call.
    #[serde(default)]
    recorded_on: Option<Day>,
}

impl InterestFacts {
    pub(super) fn read(self) -> PresumedInterest {
        PresumedInterest {
            ground: self.ground,
            recorded_on: self.recorded_on.map(|day| day.0),
        }
    }
}

/// What the register declares for the purpose. Left out as a whole, the purpose counts as
/// declared with the basis that fits, so that made-up cases can be asked.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ActivityFacts {
    /// The purpose is in the register.
    #[serde(default = "declared")]
    declared: bool,
    /// The declared legal basis; left out, the one that fits.
    #[serde(default)]
    legal_basis: Option<LegalBasis>,
    /// Further declared legal bases.
    #[serde(default)]
    legal_bases: Vec<LegalBasis>,
    /// A balancing of interests is documented and comes out in favour.
    #[serde(default)]
    balancing_documented: bool,
}

const fn declared() -> bool {
    true
}

impl ActivityFacts {
    pub(super) fn read(&self) -> Option<Activity> {
        let named = self.legal_basis.iter().chain(&self.legal_bases);
        let bases = named.fold(Bases::NONE, |bases, &basis| bases.with(basis));
        self.declared.then_some(Activity {
            bases: if bases == Bases::NONE {
                Bases::ANY
            } else {
                bases
            },
            balancing_documented: self.balancing_documented,
        })
    }
}

/// A person's decision to go against a refusal. Never over an objection or a withdrawal.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OverruleFacts {
    /// From when.
    on: Day,
    /// When it was revoked.
    #[serde(default)]
    revoked_on: Option<Day>,
    /// Why; an overruling without a reason does not count.
    reason: String,
}

impl OverruleFacts {
    pub(super) fn read(&self) -> Option<Overrule> {
        (!self.reason.trim().is_empty()).then(|| Overrule {
            on: self.on.0,
            revoked_on: self.revoked_on.map(|day| day.0),
        })
    }
}
