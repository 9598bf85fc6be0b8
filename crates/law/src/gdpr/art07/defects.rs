//! A set of defects, small enough to be kept with every consent.

use super::Defect;

/// A set of defects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Defects(u32);

impl Defects {
    /// No defect.
    pub const EMPTY: Self = Self(0);

    /// The set with `defect` too.
    #[must_use]
    pub const fn with(self, defect: Defect) -> Self {
        Self(self.0 | 1 << defect as u8)
    }

    /// The bits, for storage.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// The set from stored bits; `None` if a bit stands for no known defect.
    pub const fn from_bits(bits: u32) -> Option<Self> {
        if bits >> Defect::ALL.len() == 0 {
            Some(Self(bits))
        } else {
            None
        }
    }

    /// Whether `defect` is in the set.
    pub const fn contains(self, defect: Defect) -> bool {
        self.0 & 1 << defect as u8 != 0
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The defects in the order of [`Defect::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Defect> {
        Defect::ALL
            .into_iter()
            .filter(move |defect| self.contains(*defect))
    }
}
