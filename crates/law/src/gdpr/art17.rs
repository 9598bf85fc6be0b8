//! GDPR Art. 17: erasure.
//!
//! (1) Data are erased when no longer needed (a), when consent is withdrawn and nothing else
//! carries them (b), on objection (c), when unlawful (d) or by law (e). (3) Not as far as they
//! are needed for a legal obligation (b), which leaves them restricted to it, or for legal claims
//! (e), which leaves just the proof.
//!
//! In force since 2018-05-25. Reviewed 2026-11-24. Source: EUR-Lex; DSK OH Direktwerbung 2022
//! for the suppression entry (exact basis disputed).

use schemars::JsonSchema;
use serde::Deserialize;

use crate::Citation;

/// The duty to erase.
pub const PARAGRAPH_1: Citation = Citation::new("GDPR Art. 17(1)");
/// Legal obligations to keep.
pub const PARAGRAPH_3B: Citation = Citation::new("GDPR Art. 17(3)(b)");
/// Legal claims.
pub const PARAGRAPH_3E: Citation = Citation::new("GDPR Art. 17(3)(e)");
/// Restriction of what has to stay.
pub const ARTICLE_18: Citation = Citation::new("GDPR Art. 18");
/// Telling recipients.
pub const ARTICLE_19: Citation = Citation::new("GDPR Art. 19");
/// The end of direct marketing.
pub const ARTICLE_21_3: Citation = Citation::new("GDPR Art. 21(3)");

/// Why data are to be erased.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// The person asks for it.
    #[default]
    Request,
    /// The person withdraws consent.
    Withdrawal,
    /// The person objects to direct marketing.
    ObjectionToMarketing,
    /// The person objects on grounds of the particular situation (Art. 21(1)).
    Objection,
    /// The purpose is reached or given up.
    PurposeEnded,
    /// The processing is unlawful.
    Unlawful,
}

/// A set of data of one person.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools)]
pub struct Holding {
    /// A legal obligation to keep it is running.
    pub kept_by_law: bool,
    /// It proves a consent, an objection or a contract and is needed for legal claims.
    pub needed_for_claims: bool,
    /// The hashed entry that keeps the person out of further advertising.
    pub suppression: bool,
    /// It serves direct marketing.
    pub marketing: bool,
    /// Consent is the only ground that carries it.
    pub rests_on_consent_only: bool,
    /// A purpose with its own ground still needs it, for example a running contract.
    pub still_needed: bool,
}

/// What happens to a set of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is erased.
    Erase,
    /// It stays for the legal obligation alone, restricted.
    KeepRestricted,
    /// It stays for legal claims alone.
    KeepForClaims,
    /// It stays for blocking alone.
    KeepSuppression,
    /// No ground for erasure reaches it.
    Keep,
}

/// What happens to `holding` when `trigger` comes.
pub const fn fate(trigger: Trigger, holding: Holding) -> Fate {
    if holding.suppression {
        return Fate::KeepSuppression;
    }
    if holding.kept_by_law {
        return Fate::KeepRestricted;
    }
    if holding.needed_for_claims {
        return Fate::KeepForClaims;
    }
    let reached = match trigger {
        Trigger::Request => !holding.still_needed || holding.marketing,
        Trigger::Withdrawal => holding.rests_on_consent_only,
        Trigger::ObjectionToMarketing => holding.marketing,
        Trigger::Objection | Trigger::PurposeEnded => !holding.still_needed,
        Trigger::Unlawful => true,
    };
    if reached { Fate::Erase } else { Fate::Keep }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Holding = Holding {
        kept_by_law: false,
        needed_for_claims: false,
        suppression: false,
        marketing: false,
        rests_on_consent_only: false,
        still_needed: false,
    };

    #[test]
    fn a_withdrawn_consent_takes_with_it_what_nothing_else_carries() {
        let only = Holding {
            rests_on_consent_only: true,
            ..PLAIN
        };
        assert_eq!(fate(Trigger::Withdrawal, only), Fate::Erase);
        assert_eq!(fate(Trigger::Withdrawal, PLAIN), Fate::Keep);
    }

    #[test]
    fn a_request_does_not_reach_what_a_running_contract_needs() {
        let needed = Holding {
            still_needed: true,
            ..PLAIN
        };
        assert_eq!(fate(Trigger::Request, needed), Fate::Keep);
        assert_eq!(fate(Trigger::Request, PLAIN), Fate::Erase);
    }

    #[test]
    fn the_suppression_entry_survives_every_trigger() {
        let entry = Holding {
            suppression: true,
            marketing: true,
            ..PLAIN
        };
        for trigger in [
            Trigger::Request,
            Trigger::Unlawful,
            Trigger::ObjectionToMarketing,
        ] {
            assert_eq!(fate(trigger, entry), Fate::KeepSuppression);
        }
    }
}
