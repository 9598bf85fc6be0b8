//! GDPR Art. 45: transfers to countries with an adequate level of protection.
//!
//! The Commission decides; data may then go there without further authorisation, as far as the
//! decision reaches. Decisions have a first day, some a last one, and two were declared invalid
//! (Safe Harbour, Privacy Shield).
//!
//! Reviewed 2026-11-24. Sources: eucrim.eu (T-553/23), dpocentre.com (UK), stevens-bolton.com;
//! dates of the older decisions from EUR-Lex.

use jiff::civil::{Date, date};

use crate::{Citation, Confidence, Country, Text};

/// The article.
pub const ARTICLE: Citation = Citation::new("GDPR Art. 45");

/// What a decision reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Every recipient, or every recipient with exceptions that hardly matter for customer data.
    Everyone,
    /// Commercial organisations under PIPEDA only (Canada).
    Commercial,
    /// Organisations on the public list of a framework; staff data only if listed for them.
    Certified,
}

/// A decision of the Commission on a country.
#[derive(Clone, Copy, Debug)]
pub struct Adequacy {
    country: [u8; 2],
    /// The decision.
    pub decision: Citation,
    /// The first day.
    pub from: Date,
    /// The last day; `None` if it has no end.
    pub until: Option<Date>,
    /// What it reaches.
    pub reach: Reach,
    /// How sure the entry is.
    pub confidence: Confidence,
}

const fn adequacy(country: [u8; 2], decision: &'static str, from: Date) -> Adequacy {
    Adequacy {
        country,
        decision: Citation::new(decision),
        from,
        until: None,
        reach: Reach::Everyone,
        confidence: Confidence::Settled,
    }
}

const fn certified(decision: &'static str, from: Date, until: Option<Date>) -> Adequacy {
    Adequacy {
        until,
        reach: Reach::Certified,
        ..adequacy(*b"US", decision, from)
    }
}

/// All decisions on countries, by country and day.
static DECISIONS: &[Adequacy] = &[
    adequacy(*b"AD", "Decision 2010/625/EU", date(2010, 10, 19)),
    adequacy(*b"AR", "Decision 2003/490/EC", date(2003, 6, 30)),
    adequacy(*b"BR", "Decision (EU) 2026/179", date(2026, 1, 26)),
    Adequacy {
        reach: Reach::Commercial,
        ..adequacy(*b"CA", "Decision 2002/2/EC", date(2001, 12, 20))
    },
    adequacy(*b"CH", "Decision 2000/518/EC", date(2000, 7, 26)),
    adequacy(*b"FO", "Decision 2010/146/EU", date(2010, 3, 5)),
    // Renewed on 19 December 2025, before the first period ended.
    Adequacy {
        until: Some(date(2031, 12, 27)),
        ..adequacy(*b"GB", "Decision (EU) 2021/1772", date(2021, 6, 28))
    },
    adequacy(*b"GG", "Decision 2003/821/EC", date(2003, 11, 21)),
    adequacy(*b"IL", "Decision 2011/61/EU", date(2011, 1, 31)),
    adequacy(*b"IM", "Decision 2004/411/EC", date(2004, 4, 28)),
    adequacy(*b"JE", "Decision 2008/393/EC", date(2008, 5, 8)),
    adequacy(*b"JP", "Decision (EU) 2019/419", date(2019, 1, 23)),
    adequacy(*b"KR", "Decision (EU) 2022/254", date(2021, 12, 17)),
    adequacy(*b"NZ", "Decision 2013/65/EU", date(2012, 12, 19)),
    // Safe Harbour, invalid by CJEU C-362/14.
    certified(
        "Decision 2000/520/EC",
        date(2000, 7, 26),
        Some(date(2015, 10, 5)),
    ),
    // Privacy Shield, invalid by CJEU C-311/18.
    certified(
        "Decision (EU) 2016/1250",
        date(2016, 7, 12),
        Some(date(2020, 7, 15)),
    ),
    // Data Privacy Framework; action T-553/23 dismissed, appeal C-703/25 P pending when last seen.
    certified("Decision (EU) 2023/1795", date(2023, 7, 10), None),
    adequacy(*b"UY", "Decision 2012/484/EU", date(2012, 8, 21)),
];

/// The European Patent Organisation, the only international organisation with a decision.
pub static EUROPEAN_PATENT_ORGANISATION: Adequacy = Adequacy {
    confidence: Confidence::ToBeChecked,
    ..adequacy(
        *b"EP",
        "Commission adequacy decision on the European Patent Organisation (2025)",
        date(2025, 7, 15),
    )
};

impl Adequacy {
    /// Whether the decision is in force on the day `on`.
    pub fn is_in_force(&self, on: Date) -> bool {
        self.from <= on && self.until.is_none_or(|until| on <= until)
    }

    /// What the reach means, as a sentence for a person.
    pub const fn reach_text(&self) -> Text {
        match self.reach {
            Reach::Everyone => Text::new(
                "Angemessenheitsbeschluss für das Land des Empfängers.",
                "Adequacy decision for the recipient's country.",
            ),
            Reach::Commercial => Text::new(
                "Angemessenheitsbeschluss nur für kommerzielle Organisationen unter PIPEDA.",
                "Adequacy decision for commercial organisations under PIPEDA only.",
            ),
            Reach::Certified => Text::new(
                "Angemessenheitsbeschluss (DPF oder Vorgänger) nur für Empfänger auf der Liste.",
                "Adequacy (DPF or its predecessor) only for recipients on the list.",
            ),
        }
    }
}

/// The decision on `country` in force on the day `on`.
pub fn decision(country: Country, on: Date) -> Option<&'static Adequacy> {
    DECISIONS
        .iter()
        .find(|entry| Country::new(entry.country) == country && entry.is_in_force(on))
}

/// The last decision on `country` that had ended before the day `on`.
pub fn ended_decision(country: Country, on: Date) -> Option<&'static Adequacy> {
    DECISIONS.iter().rev().find(|entry| {
        Country::new(entry.country) == country && entry.until.is_some_and(|until| until < on)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_adequate(code: &str, on: Date) -> bool {
        decision(code.parse().expect("a country code"), on).is_some()
    }

    #[test]
    fn a_decision_counts_from_its_first_to_its_last_day() {
        assert!(!is_adequate("JP", date(2019, 1, 22)) && is_adequate("JP", date(2019, 1, 23)));
        assert!(!is_adequate("KR", date(2021, 12, 16)) && is_adequate("KR", date(2021, 12, 17)));
        assert!(!is_adequate("BR", date(2025, 12, 31)) && is_adequate("BR", date(2026, 2, 1)));
        assert!(is_adequate("GB", date(2031, 12, 27)) && !is_adequate("GB", date(2031, 12, 28)));
        assert!(is_adequate("CH", date(2026, 11, 24)) && !is_adequate("IN", date(2026, 11, 24)));
    }

    #[test]
    fn the_united_states_had_three_frameworks_with_gaps_between() {
        for (on, adequate) in [
            (date(2015, 10, 5), true),
            (date(2015, 10, 6), false),
            (date(2016, 7, 12), true),
            (date(2020, 7, 15), true),
            (date(2020, 7, 16), false),
            (date(2023, 7, 9), false),
            (date(2023, 7, 10), true),
        ] {
            assert_eq!(is_adequate("US", on), adequate, "{on}");
        }
    }
}
