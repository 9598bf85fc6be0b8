//! What one layer of the gate says about a case.

use jiff::civil::Date;

use super::{DutySet, Outcome};
use crate::LegalBasis;

/// By which way channel law lets a contact through; the legal basis follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Not let through.
    Closed,
    /// By consent.
    Consent,
    /// By the existing-customer rule of Directive 2002/58 Art. 13(2).
    Customer,
    /// Without prior consent: opt-out rules and presumed consent.
    Open,
    /// Channel law has nothing to say.
    Outside,
}

/// An outcome with what belongs to it in this case.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ruling {
    pub(crate) outcome: &'static Outcome,
    pub(crate) way: Way,
    pub(crate) basis: Option<LegalBasis>,
    pub(crate) duties: DutySet,
    pub(crate) until: Option<Date>,
    /// The fact base does not confirm the rule for just this channel or contact.
    pub(crate) unconfirmed: bool,
}

impl Ruling {
    pub(crate) const fn closed(outcome: &'static Outcome) -> Self {
        Self::through(Way::Closed, outcome, DutySet::EMPTY)
    }

    pub(crate) const fn through(way: Way, outcome: &'static Outcome, duties: DutySet) -> Self {
        Self {
            outcome,
            way,
            basis: None,
            duties,
            until: None,
            unconfirmed: false,
        }
    }

    /// A yes of data-protection law on this basis.
    pub(crate) const fn based(
        basis: LegalBasis,
        outcome: &'static Outcome,
        duties: DutySet,
    ) -> Self {
        Self {
            outcome,
            way: Way::Outside,
            basis: Some(basis),
            duties,
            until: None,
            unconfirmed: false,
        }
    }

    pub(crate) const fn unconfirmed_if(mut self, holds: bool) -> Self {
        self.unconfirmed |= holds;
        self
    }

    pub(crate) const fn until(mut self, until: Option<Date>) -> Self {
        self.until = until;
        self
    }
}
