//! GDPR Art. 7 with Art. 4(11): when a consent is valid.
//!
//! Consent is a freely given, specific, informed and unambiguous indication of wishes by a
//! statement or a clear affirmative action (Art. 4(11)). The controller has to be able to
//! prove it (7(1)); in a written declaration it stands apart from other matters (7(2)); it can
//! be withdrawn at any time, as easily as it was given (7(3)); whether a contract was made
//! dependent on it decides whether it is free (7(4)).
//!
//! In force since 2018-05-25. Reviewed 2026-11-24 against EDPB Guidelines 05/2020, CJEU
//! C-673/17 (Planet49) and C-252/21 (Meta Platforms), BGH VI ZR 721/15, I ZR 169/10 and
//! III ZR 196/17. One box for several *channels* is valid (III ZR 196/17); one box for several
//! *purposes* or *controllers* is not (EDPB example 7).

mod defect;
mod defects;

use jiff::civil::Date;

pub use defect::Defect;
pub use defects::Defects;

use crate::{Citation, Text};

/// Burden of proof.
pub const PROOF: Citation = Citation::new("GDPR Art. 7(1)");
/// Withdrawal.
pub const WITHDRAWAL: Citation = Citation::new("GDPR Art. 7(3)");
/// What consent is.
pub const DEFINITION: Citation = Citation::new("GDPR Art. 4(11)");

/// Months without use after which a consent should be looked at again. No statute lets consent
/// lapse by time (BGH III ZR 196/17), but older lower courts saw a lapse after 17 months to
/// four years without use (LG München I 17 HK O 138/10).
pub const MONTHS_UNUSED_BEFORE_WARNING: i32 = 24;

/// What the person did to consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// A box ticked, a button pressed, a signature, a spoken yes, a clear gesture.
    Active,
    /// A box that was ticked beforehand.
    PreTicked,
    /// A box to tick in order *not* to consent.
    OptOutBox,
    /// Nothing: silence or inactivity.
    Silence,
    /// Scrolling or going on to use the site.
    ContinuedUse,
}

/// How a consent came about and how it is handled. `None` means that it is not known; it then
/// yields no defect, but shows in [`unproven`]. Plain booleans say whether a rule applies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Circumstances {
    /// What the person did.
    pub action: Option<Action>,
    /// The data are needed for the contract or the service that was asked for.
    pub necessary_for_service: Option<bool>,
    /// The service can also be had without the consent, from the same controller.
    pub usable_without_consent: Option<bool>,
    /// The controller is the employer, an authority or otherwise clearly stronger.
    pub imbalance: bool,
    /// Whoever refuses has a disadvantage.
    pub adverse_consequence: Option<bool>,
    /// The controller dominates its market (C-252/21).
    pub dominant: bool,
    /// Who refuses gets an equivalent alternative, if need be for an appropriate fee.
    pub equivalent_alternative: Option<bool>,
    /// The request covers several purposes or several controllers. Several channels for one
    /// purpose do not count.
    pub several_purposes: bool,
    /// Each purpose and each controller has a choice of its own.
    pub separate_choices: Option<bool>,
    /// The companies that will use the consent are named.
    pub companies_named: Option<bool>,
    /// The kind of products or services advertised is named.
    pub products_named: Option<bool>,
    /// The data are to be used for a purpose that the consent does not cover.
    pub new_purpose: bool,
    /// The request named the controller.
    pub controller_told: Option<bool>,
    /// The request named the purpose.
    pub purpose_told: Option<bool>,
    /// The request named the kind of data.
    pub data_told: Option<bool>,
    /// The request told of the right to withdraw.
    pub withdrawal_told: Option<bool>,
    /// The consent covers automated decisions or profiling of Art. 22(2)(c).
    pub automated_decisions: bool,
    /// The request told of the automated decisions.
    pub automated_decisions_told: Option<bool>,
    /// The consent covers transfers under Art. 49(1)(a).
    pub unsafe_transfer: bool,
    /// The request told of the risks of those transfers.
    pub transfer_risk_told: Option<bool>,
    /// The design misleads or presses the person.
    pub misleading: bool,
    /// The declaration also concerns other matters, for example terms and conditions.
    pub in_terms: bool,
    /// The request is clearly set apart from the other matters.
    pub set_apart: Option<bool>,
    /// There is a record of the consent.
    pub recorded: Option<bool>,
    /// Withdrawing is as easy as giving.
    pub withdrawal_as_easy: Option<bool>,
    /// Whoever withdraws has a disadvantage. The end of a personal advantage that rested on
    /// the data alone is none (EDPB example 9).
    pub detriment_after_withdrawal: Option<bool>,
    /// Special categories of data are concerned (Art. 9).
    pub special_category: bool,
    /// The consent names them expressly.
    pub explicit: Option<bool>,
    /// The person is an employee and German law applies (BDSG § 26(2)).
    pub german_employee: bool,
    /// Given in writing or electronically.
    pub written_or_electronic: Option<bool>,
    /// An online service offered directly to a child below the age of Art. 8(1): 16 in Germany.
    pub child_below_age: bool,
    /// The holder of parental responsibility consented or authorised.
    pub parent_consented: Option<bool>,
}

/// The defects that the facts show. Empty does not mean valid: see [`unproven`].
pub fn defects(circumstances: &Circumstances) -> Defects {
    collect(circumstances, Some(true))
}

/// The defects that the facts neither show nor rule out. As the controller bears the burden of
/// proof (Art. 7(1)), each is to be cleared up before the consent is relied on in court.
pub fn unproven(circumstances: &Circumstances) -> Defects {
    collect(circumstances, None)
}

fn collect(circumstances: &Circumstances, wanted: Option<bool>) -> Defects {
    let mut found = Defects::EMPTY;
    for defect in Defect::ALL {
        if defect.shown_by(circumstances) == wanted {
            found = found.with(defect);
        }
    }
    found
}

impl Defect {
    /// Whether the facts show the defect (`Some(true)`), rule it out or leave it open (`None`).
    fn shown_by(self, c: &Circumstances) -> Option<bool> {
        match self {
            Self::NotActive => c.action.map(|action| action != Action::Active),
            Self::Bundled => bundled(c),
            Self::AdverseConsequence => match c.adverse_consequence {
                None if c.imbalance => None,
                known => Some(known == Some(true)),
            },
            Self::NoAlternative => when(c.dominant, c.equivalent_alternative),
            Self::NotGranular => when(c.several_purposes, c.separate_choices),
            Self::CompaniesUnclear => absent(c.companies_named),
            Self::ProductsUnclear => absent(c.products_named),
            Self::NewPurpose => Some(c.new_purpose),
            Self::ControllerNotTold => absent(c.controller_told),
            Self::PurposeNotTold => absent(c.purpose_told),
            Self::DataNotTold => absent(c.data_told),
            Self::WithdrawalNotTold => absent(c.withdrawal_told),
            Self::AutomatedDecisionsNotTold => {
                when(c.automated_decisions, c.automated_decisions_told)
            }
            Self::TransferRiskNotTold => when(c.unsafe_transfer, c.transfer_risk_told),
            Self::Misleading => Some(c.misleading),
            Self::HiddenInTerms => when(c.in_terms, c.set_apart),
            Self::NoRecord => absent(c.recorded),
            Self::WithdrawalHarder => absent(c.withdrawal_as_easy),
            Self::DetrimentAfterWithdrawal => c.detriment_after_withdrawal,
            Self::NotExplicit => when(c.special_category, c.explicit),
            Self::EmployeeForm => when(c.german_employee, c.written_or_electronic),
            Self::NoParentalConsent => when(c.child_below_age, c.parent_consented),
        }
    }
}

/// Conditionality, Art. 7(4): data that the service does not need, and no service without them.
fn bundled(c: &Circumstances) -> Option<bool> {
    match (c.necessary_for_service, c.usable_without_consent) {
        (Some(true), _) | (_, Some(true)) => Some(false),
        (Some(false), Some(false)) => Some(true),
        _ => None,
    }
}

/// A defect if the rule applies and the quality is missing.
fn when(applies: bool, quality: Option<bool>) -> Option<bool> {
    if applies {
        absent(quality)
    } else {
        Some(false)
    }
}

fn absent(quality: Option<bool>) -> Option<bool> {
    quality.map(|there| !there)
}

/// Whether a consent that was given and last used on these days should be looked at again on
/// the day `on`: after 24 months without use. It does not lapse by that; medium certainty.
pub fn stale(given: Date, last_used: Option<Date>, on: Date) -> bool {
    let since = last_used.map_or(given, |used| used.max(given));
    let months = jiff::Span::new().months(MONTHS_UNUSED_BEFORE_WARNING);
    since.saturating_add(months) <= on
}

/// What to say about a stale consent.
pub const STALE: Text = Text::new(
    "Die Einwilligung wurde seit 24 Monaten nicht genutzt; sie erlischt nicht durch Zeitablauf, \
     sollte aber aufgefrischt werden.",
    "The consent has not been used for 24 months; it does not lapse by time, but should be \
     refreshed.",
);

/// What follows from a withdrawal, Art. 7(3) sentences 1 and 2.
pub const WITHDRAWN: Text = Text::new(
    "Die Einwilligung ist widerrufen: Ab dem Widerruf trägt sie keine Verarbeitung mehr; was \
     vorher geschah, bleibt rechtmäßig.",
    "The consent has been withdrawn: from then on it carries no processing; what was done \
     before stays lawful.",
);

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn sound() -> Circumstances {
        let yes = Some(true);
        Circumstances {
            action: Some(Action::Active),
            usable_without_consent: yes,
            companies_named: yes,
            products_named: yes,
            controller_told: yes,
            purpose_told: yes,
            data_told: yes,
            withdrawal_told: yes,
            recorded: yes,
            withdrawal_as_easy: yes,
            detriment_after_withdrawal: Some(false),
            ..Circumstances::default()
        }
    }

    #[test]
    fn a_sound_consent_has_no_defect_and_nothing_open() {
        assert!(defects(&sound()).is_empty());
        assert!(unproven(&sound()).is_empty());
    }

    #[test]
    fn unknown_facts_are_open_but_no_defect() {
        let nothing = Circumstances::default();
        assert!(defects(&nothing).is_empty());
        assert!(unproven(&nothing).contains(Defect::NotActive));
        assert!(unproven(&nothing).contains(Defect::NoRecord));
        assert!(!unproven(&nothing).contains(Defect::NotExplicit));
    }

    #[test]
    fn anything_but_an_action_is_no_consent() {
        for action in [
            Action::PreTicked,
            Action::OptOutBox,
            Action::Silence,
            Action::ContinuedUse,
        ] {
            let c = Circumstances {
                action: Some(action),
                ..sound()
            };
            assert_eq!(defects(&c).iter().collect::<Vec<_>>(), [Defect::NotActive]);
        }
    }

    #[test]
    fn a_consent_that_the_service_needs_is_not_bundled() {
        let c = Circumstances {
            necessary_for_service: Some(true),
            usable_without_consent: Some(false),
            ..sound()
        };
        assert!(defects(&c).is_empty());
        let c = Circumstances {
            necessary_for_service: Some(false),
            ..c
        };
        assert!(defects(&c).contains(Defect::Bundled));
    }

    #[test]
    fn an_employee_may_consent_if_refusing_costs_nothing() {
        let c = Circumstances {
            imbalance: true,
            adverse_consequence: Some(false),
            german_employee: true,
            written_or_electronic: Some(true),
            ..sound()
        };
        assert!(defects(&c).is_empty());
        let open = Circumstances {
            adverse_consequence: None,
            ..c
        };
        assert!(unproven(&open).contains(Defect::AdverseConsequence));
    }

    #[test]
    fn a_consent_is_stale_after_24_months_without_use() {
        let given = date(2024, 1, 31);
        assert!(!stale(given, None, date(2026, 1, 30)));
        assert!(stale(given, None, date(2026, 1, 31)));
        assert!(!stale(given, Some(date(2025, 6, 1)), date(2026, 6, 1)));
    }

    fn known() -> impl Strategy<Value = Option<bool>> {
        any::<Option<bool>>()
    }

    proptest! {
        #[test]
        fn no_defect_is_both_shown_and_open(
            bits in any::<u32>(),
            q in proptest::collection::vec(known(), 21),
        ) {
            let bit = |n: u32| bits & (1 << n) != 0;
            let c = Circumstances {
                action: q[0].map(|yes| if yes { Action::Active } else { Action::Silence }),
                necessary_for_service: q[1],
                usable_without_consent: q[2],
                imbalance: bit(0),
                adverse_consequence: q[3],
                dominant: bit(1),
                equivalent_alternative: q[4],
                several_purposes: bit(2),
                separate_choices: q[5],
                companies_named: q[6],
                products_named: q[7],
                new_purpose: bit(3),
                controller_told: q[8],
                purpose_told: q[9],
                data_told: q[10],
                withdrawal_told: q[11],
                automated_decisions: bit(4),
                automated_decisions_told: q[12],
                unsafe_transfer: bit(5),
                transfer_risk_told: q[13],
                misleading: bit(6),
                in_terms: bit(7),
                set_apart: q[14],
                recorded: q[15],
                withdrawal_as_easy: q[16],
                detriment_after_withdrawal: q[17],
                special_category: bit(8),
                explicit: q[18],
                german_employee: bit(9),
                written_or_electronic: q[19],
                child_below_age: bit(10),
                parent_consented: q[20],
            };
            let open = unproven(&c);
            prop_assert!(defects(&c).iter().all(|defect| !open.contains(defect)));
        }
    }
}
