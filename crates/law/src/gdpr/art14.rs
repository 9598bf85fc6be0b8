//! GDPR Art. 14: information when data come from elsewhere.
//!
//! (3) Within a reasonable period, one month at the latest (a); if the data are used to write to
//! the person, at the first communication at the latest (b); if they are to be disclosed to
//! another recipient, at the first disclosure at the latest (c); (b) and (c) never lengthen the
//! month (WP260 rev.01 paras 27-28). (4) Before a change of purpose. (5) Not if the person has
//! it, if impossible or disproportionate, if law provides for the obtaining, or under
//! professional secrecy. It has to reach the person: a website alone does not do for addressed
//! mail (Datatilsynet DK 2019-431-0031).
//!
//! In force since 2018-05-25. Reviewed 2026-11-24. Source: EUR-Lex; GDPRhub.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::holidays::Calendar;
use crate::regulation_1182_71::last_day_of_months;
use crate::{Citation, Text, Verdict};

/// The items.
pub const PARAGRAPH_1: Citation = Citation::new("GDPR Art. 14(1)");
/// Further items.
pub const PARAGRAPH_2: Citation = Citation::new("GDPR Art. 14(2)");
/// One month.
pub const PARAGRAPH_3A: Citation = Citation::new("GDPR Art. 14(3)(a)");
/// First communication.
pub const PARAGRAPH_3B: Citation = Citation::new("GDPR Art. 14(3)(b)");
/// First disclosure.
pub const PARAGRAPH_3C: Citation = Citation::new("GDPR Art. 14(3)(c)");
/// Change of purpose.
pub const PARAGRAPH_4: Citation = Citation::new("GDPR Art. 14(4)");
/// How the periods work together.
pub const WP260: Citation = Citation::new("WP260 rev.01");

/// The latest day for the information, and the provision that sets it.
///
/// `communication` and `disclosure` are the days of the first contact with the person and of the
/// first disclosure to somebody else, planned or done.
pub fn due(
    obtained: Date,
    communication: Option<Date>,
    disclosure: Option<Date>,
    calendar: Calendar,
) -> (Date, Citation) {
    let month = (last_day_of_months(obtained, 1, calendar), PARAGRAPH_3A);
    let communication = communication.map(|day| (day, PARAGRAPH_3B));
    let disclosure = disclosure.map(|day| (day, PARAGRAPH_3C));
    [communication, disclosure]
        .into_iter()
        .flatten()
        .fold(
            month,
            |first, next| if next.0 <= first.0 { next } else { first },
        )
}

/// An exception of Art. 14(5), and of Art. 13(4) for the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Exception {
    /// The person already has the information.
    AlreadyHasIt,
    /// Giving it is impossible.
    Impossible,
    /// The effort would be disproportionate; narrow, for archives, research and the like.
    DisproportionateEffort,
    /// It would defeat the aims of the processing.
    DefeatsAims,
    /// Union or national law expressly provides for obtaining the data.
    LaidDownByLaw,
    /// The data are under professional secrecy.
    ProfessionalSecrecy,
}

impl Exception {
    /// The provision.
    pub const fn citation(self) -> Citation {
        Citation::new(match self {
            Self::AlreadyHasIt => "GDPR Art. 14(5)(a)",
            Self::Impossible | Self::DisproportionateEffort | Self::DefeatsAims => {
                "GDPR Art. 14(5)(b)"
            }
            Self::LaidDownByLaw => "GDPR Art. 14(5)(c)",
            Self::ProfessionalSecrecy => "GDPR Art. 14(5)(d)",
        })
    }

    /// Whether the duty falls away. Having postal or e-mail addresses at hand rules out an
    /// excessive effort, so whoever writes to the person anyway can't plead it.
    pub const fn verdict(self, contacts_person: bool) -> Verdict {
        match self {
            Self::AlreadyHasIt | Self::LaidDownByLaw | Self::ProfessionalSecrecy => Verdict::Allow,
            Self::Impossible | Self::DisproportionateEffort | Self::DefeatsAims
                if contacts_person =>
            {
                Verdict::Deny
            }
            Self::Impossible | Self::DisproportionateEffort | Self::DefeatsAims => {
                Verdict::Conditional
            }
        }
    }

    /// What the exception asks for.
    pub const fn condition(self) -> Text {
        match self {
            Self::AlreadyHasIt => Text::new(
                "belegen, welche Informationen die Person wann erhalten hat",
                "show which information the person got and when",
            ),
            Self::Impossible | Self::DisproportionateEffort | Self::DefeatsAims => Text::new(
                "Abwägung dokumentieren, Informationen öffentlich bereitstellen, Schutzmaßnahmen treffen",
                "document the weighing, make the information publicly available, protect the person",
            ),
            Self::LaidDownByLaw => Text::new(
                "die Rechtsvorschrift und ihre Schutzmaßnahmen benennen",
                "name the legal provision and its safeguards",
            ),
            Self::ProfessionalSecrecy => Text::new(
                "die Geheimhaltungspflicht benennen",
                "name the duty of secrecy",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::Country;

    const DE: Calendar = Calendar::of(Country::DE);
    const OBTAINED: Date = date(2026, 3, 10);

    #[test]
    fn without_contact_or_disclosure_it_is_one_month() {
        assert_eq!(
            due(OBTAINED, None, None, DE),
            (date(2026, 4, 10), PARAGRAPH_3A)
        );
    }

    #[test]
    fn an_earlier_contact_or_disclosure_comes_first() {
        let contact = Some(date(2026, 3, 20));
        let disclosure = Some(date(2026, 3, 25));
        assert_eq!(
            due(OBTAINED, contact, None, DE),
            (date(2026, 3, 20), PARAGRAPH_3B)
        );
        assert_eq!(
            due(OBTAINED, None, disclosure, DE),
            (date(2026, 3, 25), PARAGRAPH_3C)
        );
        assert_eq!(due(OBTAINED, contact, disclosure, DE).0, date(2026, 3, 20));
    }

    #[test]
    fn a_later_contact_does_not_lengthen_the_month() {
        let contact = Some(date(2026, 6, 1));
        assert_eq!(
            due(OBTAINED, contact, None, DE),
            (date(2026, 4, 10), PARAGRAPH_3A)
        );
    }
}
