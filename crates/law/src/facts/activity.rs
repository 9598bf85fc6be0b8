//! What the register declares, and what a person decided.

use jiff::civil::Date;

use crate::LegalBasis;

/// The legal bases that the register declares for a purpose, kept as bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bases(u8);

impl Bases {
    /// No basis declared.
    pub const NONE: Self = Self(0);
    /// Every basis: the one that fits is taken.
    pub const ANY: Self = Self(0b11_1111);

    /// These bases and `basis`.
    #[must_use]
    pub const fn with(self, basis: LegalBasis) -> Self {
        Self(self.0 | 1 << basis as u8)
    }

    /// Whether `basis` is declared.
    pub const fn contains(self, basis: LegalBasis) -> bool {
        self.0 & 1 << basis as u8 != 0
    }
}

/// What the register declares for the purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Activity {
    /// The declared legal bases.
    pub bases: Bases,
    /// A balancing of interests is documented and comes out in favour.
    pub balancing_documented: bool,
}

impl Activity {
    /// A declared activity with whatever basis fits, as for made-up cases.
    pub const FITTING: Self = Self {
        bases: Bases::ANY,
        balancing_documented: false,
    };
}

/// A person's reasoned decision to go against a refusal. Never over an objection or a
/// withdrawal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overrule {
    /// From when.
    pub on: Date,
    /// When it was revoked.
    pub revoked_on: Option<Date>,
}

impl Overrule {
    /// Whether it holds on the day `on`.
    pub(crate) fn in_force(&self, on: Date) -> bool {
        self.on <= on && self.revoked_on.is_none_or(|day| day > on)
    }
}
