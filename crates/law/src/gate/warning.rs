//! What a person should know although it does not change the verdict.

use crate::Text;

/// A warning beside a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Warning {
    /// The consent was not used for more than 24 months.
    ConsentUnused,
    /// The record of the consent has no date.
    ConsentUndated,
    /// The month for the Art. 14 information is over.
    NoticeOverdue,
    /// A person overruled the refusal; the law's own answer is shown beside it.
    Overruled,
}

impl Warning {
    /// Every warning, in declaration order.
    pub const ALL: [Self; 4] = [
        Self::ConsentUnused,
        Self::ConsentUndated,
        Self::NoticeOverdue,
        Self::Overruled,
    ];

    /// The name used in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ConsentUnused => "consent_unused_24_months",
            Self::ConsentUndated => "consent_undated",
            Self::NoticeOverdue => "art_14_notice_overdue",
            Self::Overruled => "overruled_by_person",
        }
    }

    /// The warning, in both languages.
    pub const fn text(self) -> Text {
        match self {
            Self::ConsentUnused => Text::new(
                "Die Einwilligung wurde seit mehr als 24 Monaten nicht genutzt. Sie verfällt \
                 nicht allein durch Zeit (BGH III ZR 196/17), ältere Gerichte sahen es anders.",
                "The consent has not been used for more than 24 months. It does not lapse by \
                 time alone (BGH III ZR 196/17); older courts saw it otherwise.",
            ),
            Self::ConsentUndated => Text::new(
                "Der Nachweis der Einwilligung trägt kein Datum; das schwächt ihn.",
                "The record of the consent has no date, which weakens the proof.",
            ),
            Self::NoticeOverdue => Text::new(
                "Die Monatsfrist der Information nach Art. 14 ist abgelaufen; fehlende \
                 Information zählt in der Abwägung gegen Sie.",
                "The month for the Art. 14 information is over; missing information counts \
                 against you in the weighing.",
            ),
            Self::Overruled => Text::new(
                "Eine Person hat die Ablehnung übersteuert. Die Antwort des Rechts steht \
                 daneben.",
                "A person overruled the refusal. The law's own answer is shown beside it.",
            ),
        }
    }
}

/// A set of warnings, kept as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WarningSet(u8);

impl WarningSet {
    /// No warning.
    pub const EMPTY: Self = Self(0);

    /// This set and `warning` if `holds`.
    #[must_use]
    pub const fn with_if(self, holds: bool, warning: Warning) -> Self {
        Self(self.0 | (holds as u8) << warning as u8)
    }

    /// Whether `warning` is in the set.
    pub const fn contains(self, warning: Warning) -> bool {
        self.0 & 1 << warning as u8 != 0
    }

    /// The warnings, in declaration order.
    pub fn iter(self) -> impl Iterator<Item = Warning> {
        Warning::ALL
            .into_iter()
            .filter(move |&warning| self.contains(warning))
    }
}
