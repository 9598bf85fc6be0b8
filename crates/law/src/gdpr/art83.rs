//! GDPR Art. 83: maximum fines.
//!
//! (4) Up to EUR 10 million or 2 % of the worldwide turnover of the preceding year, whichever is
//! higher: Art. 8, 11, 25 to 39, 42, 43 and 41(4). (5) Up to EUR 20 million or 4 %: Art. 5, 6, 7,
//! 9, 12 to 22, 44 to 49, duties under Chapter IX and orders; (6) likewise for orders under
//! Art. 58(2). The turnover is that of the undertaking, the whole economic unit (recital 150;
//! CJEU C-383/23). A fine needs intent or negligence, but no identified person (CJEU C-807/21).
//!
//! In force since 2018-05-25. Reviewed 2026-11-24. Sources: EUR-Lex; EDPB Guidelines 04/2022
//! v2.1 for the starting amounts, of which the shares by turnover are not confirmed here.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::Citation;

/// The article.
pub const ARTICLE: Citation = Citation::new("GDPR Art. 83");
/// The turnover is that of the undertaking.
pub const RECITAL_150: Citation = Citation::new("GDPR recital 150");
/// How authorities calculate.
pub const GUIDELINES: Citation = Citation::new("EDPB Guidelines 04/2022");

/// The two tiers of maximum fines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Art. 83(4): EUR 10 million or 2 %.
    Lower,
    /// Art. 83(5) and (6): EUR 20 million or 4 %.
    Higher,
}

/// The provision of Art. 83 that an infringed article falls under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Class {
    /// The tier.
    pub tier: Tier,
    /// Paragraph and letter.
    pub provision: Citation,
}

/// Where Art. 83 places an article of the GDPR; `None` if no fine is attached to it.
pub const fn class(article: u8) -> Option<Class> {
    let (tier, provision) = match article {
        8 | 11 | 25..=39 | 42 | 43 => (Tier::Lower, "GDPR Art. 83(4)(a)"),
        41 => (Tier::Lower, "GDPR Art. 83(4)(c)"),
        5 | 6 | 7 | 9 => (Tier::Higher, "GDPR Art. 83(5)(a)"),
        12..=22 => (Tier::Higher, "GDPR Art. 83(5)(b)"),
        44..=49 => (Tier::Higher, "GDPR Art. 83(5)(c)"),
        85..=91 => (Tier::Higher, "GDPR Art. 83(5)(d)"),
        58 => (Tier::Higher, "GDPR Art. 83(5)(e)"),
        _ => return None,
    };
    Some(Class {
        tier,
        provision: Citation::new(provision),
    })
}

/// The article numbers named in a text such as `Art. 12(3) (late answers)`, `Art. 5 and 6`,
/// `Art. 44-49` or `Artikel 6 Abs. 1 lit. f`. Paragraphs, letters and whatever stands in
/// brackets are not articles.
pub fn articles(text: &str) -> Vec<u8> {
    let mut articles: Vec<u8> = Vec::new();
    let mut depth = 0_usize;
    let outside: String = text
        .chars()
        .map(|c| match c {
            '(' => {
                depth += 1;
                ' '
            }
            ')' => {
                depth = depth.saturating_sub(1);
                ' '
            }
            _ if depth > 0 => ' ',
            '-' | '–' => '-',
            c if c.is_alphanumeric() => c,
            _ => ' ',
        })
        .collect();
    let spaced = outside.replace('-', " - ");
    let mut range_from = None;
    let mut below_article = false;
    for word in spaced.split_whitespace() {
        let lower = word.to_lowercase();
        if let Ok(number) = word.parse::<u8>() {
            if below_article {
                below_article = false;
                continue;
            }
            let first = range_from.take().unwrap_or(number);
            articles.extend(first..=number);
            continue;
        }
        range_from = match (lower.as_str(), articles.last()) {
            ("-" | "to" | "bis", Some(last)) => Some(last.saturating_add(1)),
            _ => None,
        };
        below_article = matches!(
            lower.as_str(),
            "abs" | "absatz" | "para" | "paragraph" | "nr" | "no" | "satz" | "sentence" | "s"
        );
    }
    articles
}

/// The maximum in euros for a tier; `turnover` is that of the undertaking in the preceding year
/// in euros, `None` if the infringer is no undertaking.
pub fn maximum(tier: Tier, turnover: Option<u64>) -> u64 {
    let (amount, percent) = match tier {
        Tier::Lower => (10_000_000, 2),
        Tier::Higher => (20_000_000, 4),
    };
    // Divided first, so that no turnover overflows; the euros below 100 are added apart.
    let share = turnover.map_or(0, |euro| euro / 100 * percent + euro % 100 * percent / 100);
    share.max(amount)
}

/// How serious the infringement is, in the words of EDPB Guidelines 04/2022.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Seriousness {
    /// Starting amount 0 to 10 % of the legal maximum.
    Low,
    /// 10 to 20 %.
    Medium,
    /// 20 to 100 %.
    High,
}

impl Seriousness {
    /// The starting amount as a share of the legal maximum, in per cent.
    pub const fn percent(self) -> [u64; 2] {
        match self {
            Self::Low => [0, 10],
            Self::Medium => [10, 20],
            Self::High => [20, 100],
        }
    }

    /// The range of the starting amount in euros, before the adjustment for turnover.
    pub fn starting_amount(self, maximum: u64) -> [u64; 2] {
        self.percent().map(|percent| share(maximum, percent * 100))
    }
}

/// The share of the starting amount that is left for an undertaking of this turnover, in
/// hundredths of a per cent. Not confirmed by a source here: to be checked.
pub const fn share_for_turnover(turnover: u64) -> [u64; 2] {
    match turnover {
        0..=2_000_000 => [20, 40],
        2_000_001..=10_000_000 => [30, 200],
        10_000_001..=50_000_000 => [150, 1_000],
        50_000_001..=100_000_000 => [800, 2_000],
        100_000_001..=250_000_000 => [1_500, 5_000],
        _ => [4_000, 10_000],
    }
}

/// The starting amount after the adjustment for turnover, in euros.
pub fn adjusted_for_turnover(starting_amount: [u64; 2], turnover: u64) -> [u64; 2] {
    let [low, high] = share_for_turnover(turnover);
    let [from, to] = starting_amount;
    [share(from, low), share(to, high)]
}

/// `hundredths` of a per cent of `amount`, rounded down.
fn share(amount: u64, hundredths: u64) -> u64 {
    let share = u128::from(amount) * u128::from(hundredths) / 10_000;
    u64::try_from(share).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tier(article: u8) -> Option<Tier> {
        class(article).map(|class| class.tier)
    }

    #[test]
    fn child_consent_is_in_the_lower_tier_and_its_neighbours_in_the_higher() {
        assert_eq!(tier(8), Some(Tier::Lower));
        assert_eq!(tier(7), Some(Tier::Higher));
        assert_eq!(tier(9), Some(Tier::Higher));
        assert_eq!(tier(11), Some(Tier::Lower));
    }

    #[test]
    fn articles_without_a_fine_have_no_class() {
        for article in [1, 4, 10, 24, 40, 83, 99] {
            assert_eq!(tier(article), None, "{article}");
        }
    }

    #[test]
    fn articles_are_read_from_common_ways_to_write_them() {
        assert_eq!(
            articles("Art. 12 (late answers, all within 6 months)"),
            [12]
        );
        assert_eq!(articles("Art. 28(3)"), [28]);
        assert_eq!(articles("Art. 5 and 6"), [5, 6]);
        assert_eq!(articles("Artikel 6 Abs. 1 lit. f DSGVO"), [6]);
        assert_eq!(articles("Art. 5(1)(c), Art. 13 und 14"), [5, 13, 14]);
        assert_eq!(articles("Art. 44-46"), [44, 45, 46]);
        assert_eq!(articles("Art. 12 to 14"), [12, 13, 14]);
        assert_eq!(articles("GDPR Art. 32"), [32]);
        assert!(articles("late answers").is_empty());
    }

    #[test]
    fn the_percentage_takes_over_above_500_million() {
        assert_eq!(maximum(Tier::Higher, Some(500_000_000)), 20_000_000);
        assert_eq!(maximum(Tier::Higher, Some(500_000_100)), 20_000_004);
        assert_eq!(maximum(Tier::Lower, Some(500_000_000)), 10_000_000);
        assert_eq!(maximum(Tier::Lower, None), 10_000_000);
        assert!(maximum(Tier::Higher, Some(u64::MAX)) > 20_000_000);
    }

    #[test]
    fn a_small_undertaking_starts_with_a_fraction() {
        let start = Seriousness::High.starting_amount(10_000_000);
        assert_eq!(start, [2_000_000, 10_000_000]);
        assert_eq!(adjusted_for_turnover(start, 1_500_000), [4_000, 40_000]);
        assert_eq!(
            adjusted_for_turnover(start, 300_000_000),
            [800_000, 10_000_000]
        );
    }
}
