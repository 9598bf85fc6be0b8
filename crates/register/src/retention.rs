//! How long data are kept, and what happens then (GDPR Art. 5(1)(e), Art. 30(1)(f)).

use std::fmt;

use jiff::civil::Date;
use law::ao::s147::Class;
use law::gdpr::art05;
use law::{Lang, written_citations};

use crate::text::{FaultKind, Section, Table};
use crate::word::{Word, words};

words! {
    /// The event from which a retention period runs.
    pub enum StartEvent {
        /// The data were collected.
        Collection = "collection", "Erhebung", "collection";
        /// The last contact with the person.
        LastContact = "last_contact", "letzter Kontakt", "last contact";
        /// The contract ended.
        ContractEnd = "contract_end", "Vertragsende", "end of the contract";
        /// The purpose is fulfilled.
        PurposeEnd = "purpose_end", "Zweck erfüllt", "purpose fulfilled";
        /// The consent was withdrawn.
        ConsentWithdrawal = "consent_withdrawal", "Widerruf der Einwilligung", "withdrawal of consent";
        /// The person objected.
        Objection = "objection", "Widerspruch", "objection";
        /// The document was made, received or sent, or its last entry was made (HGB § 257(5)).
        Document = "document", "Entstehung des Belegs", "making of the document";
        /// The applicant received the rejection (AGG § 15(4)).
        Rejection = "rejection", "Zugang der Absage", "receipt of the rejection";
        /// The employment ended.
        EmploymentEnd = "employment_end", "Ende der Beschäftigung", "end of employment";
        /// The event for which people registered is over.
        EventOver = "event_over", "Ende der Veranstaltung", "end of the event";
    }
}

words! {
    /// What happens when a retention period ends.
    pub enum Action {
        /// The data are erased.
        Erase = "erase", "löschen", "erase";
        /// What points to a person is removed.
        Anonymise = "anonymise", "anonymisieren", "anonymise";
        /// A person looks at them and decides.
        Review = "review", "prüfen", "review";
    }
}

words! {
    /// What commercial and tax law ask to keep (HGB § 257, AO § 147): no rule for such data ends
    /// before their period.
    pub enum Documents {
        /// Commercial and business letters: 6 years.
        Letters = "letters", "Handels- und Geschäftsbriefe", "commercial and business letters";
        /// Booking vouchers, invoices among them: 8 years.
        Vouchers = "vouchers", "Buchungsbelege", "booking vouchers";
        /// Books, inventories, annual statements: 10 years.
        Books = "books", "Bücher und Abschlüsse", "books and annual statements";
    }
}

words! {
    /// The unit of a period.
    pub enum Unit {
        /// Days.
        Days = "days", "Tage", "days";
        /// Weeks.
        Weeks = "weeks", "Wochen", "weeks";
        /// Calendar months.
        Months = "months", "Monate", "months";
        /// Calendar years.
        Years = "years", "Jahre", "years";
    }
}

/// A period such as `3 years`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    count: u16,
    unit: Unit,
}

/// One rule of retention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Which part of the data; all of them if not given.
    pub covers: Option<String>,
    /// What commercial and tax law ask to keep, if the data are such.
    pub documents: Option<Documents>,
    /// From when the period runs.
    pub start: StartEvent,
    /// How long.
    pub period: Period,
    /// Whether the period only begins at the end of the calendar year of the start event
    /// (HGB § 257(5), AO § 147(4), BGB § 199(1)).
    pub from_year_end: bool,
    /// The statutory provision that demands keeping, if one does.
    pub provision: Option<String>,
    /// What happens then.
    pub action: Action,
}

impl Period {
    /// A period of `count` units; `None` unless `count` is from 1 to 1200.
    pub fn new(count: u16, unit: Unit) -> Option<Self> {
        (1..=1200).contains(&count).then_some(Self { count, unit })
    }

    /// How many units.
    pub const fn count(self) -> u16 {
        self.count
    }

    /// The unit.
    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// The length in days as a calendar has them at most, to compare periods of different units.
    pub fn longest_days(self) -> u32 {
        let count = u32::from(self.count);
        match self.unit {
            Unit::Days => count,
            Unit::Weeks => count * 7,
            Unit::Months => count * 366 / 12 + 1,
            Unit::Years => count * 366,
        }
    }

    /// The period in `lang`, such as `1 Jahr`.
    pub fn text(self, lang: Lang) -> String {
        let one = self.count == 1;
        let unit = match (lang, self.unit, one) {
            (Lang::De, Unit::Days, true) => "Tag",
            (Lang::De, Unit::Weeks, true) => "Woche",
            (Lang::De, Unit::Months, true) => "Monat",
            (Lang::De, Unit::Years, true) => "Jahr",
            (Lang::De, unit, false) => unit.label().get(lang),
            (Lang::En, unit, true) => unit.name().trim_end_matches('s'),
            (Lang::En, unit, false) => unit.name(),
        };
        format!("{} {unit}", self.count)
    }

    fn parse(text: &str) -> Option<Self> {
        let (count, unit) = text.split_once(' ')?;
        let unit = match unit {
            "day" => Unit::Days,
            "week" => Unit::Weeks,
            "month" => Unit::Months,
            "year" => Unit::Years,
            _ => Unit::from_word(unit)?,
        };
        Self::new(count.parse().ok()?, unit)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = self.unit.name();
        let unit = if self.count == 1 {
            unit.trim_end_matches('s')
        } else {
            unit
        };
        write!(f, "{} {unit}", self.count)
    }
}

impl Retention {
    /// The rule in `lang`, without the data that it covers: `6 Jahre ab: Entstehung des Belegs,
    /// gerechnet ab Jahresende (§ 257 Abs. 4 HGB); löschen`.
    pub fn text(&self, lang: Lang) -> String {
        let period = self.period.text(lang);
        let (from, start) = (
            law::Text::new("ab", "from").get(lang),
            self.start.label().get(lang),
        );
        let mut text = format!("{period} {from}: {start}");
        if self.from_year_end {
            text.push_str(
                law::Text::new(
                    ", gerechnet ab Jahresende",
                    ", counted from the end of the year",
                )
                .get(lang),
            );
        }
        if let Some(provision) = &self.provision {
            text.push_str(" (");
            text.push_str(&written_citations(provision, lang));
            text.push(')');
        }
        text.push_str("; ");
        text.push_str(self.action.label().get(lang));
        text
    }

    /// What commercial and tax law ask to keep of the data: as declared, or, where the rule only names
    /// their provision, what they keep for the shortest time.
    pub fn kept_by_statute(&self) -> Option<Documents> {
        let named = || self.provision.as_deref().is_some_and(is_commercial_or_tax);
        self.documents
            .or_else(|| named().then_some(Documents::Letters))
    }

    /// The first day on which the data may go if the rule's event was on `event`, by the law of the
    /// day `on`.
    pub fn free_on(&self, event: Date, on: Date) -> Date {
        let period = art05::Period {
            count: self.period.count,
            unit: match self.period.unit {
                Unit::Days => art05::Unit::Days,
                Unit::Weeks => art05::Unit::Weeks,
                Unit::Months => art05::Unit::Months,
                Unit::Years => art05::Unit::Years,
            },
            from_year_end: self.from_year_end,
            class: self.kept_by_statute().map(|documents| match documents {
                Documents::Letters => Class::Letters,
                Documents::Vouchers => Class::Vouchers,
                Documents::Books => Class::Books,
            }),
        };
        art05::free_on(event, period, on)
    }

    pub(crate) fn read(mut section: Section<'_, '_>) -> Option<Self> {
        let covers = section.text("covers");
        let documents = section.word("documents");
        let start = section.required_word("start", "start = \"contract_end\"");
        let period = section.required_parsed(
            "period",
            "period = \"3 years\"",
            Period::parse,
            FaultKind::BadPeriod,
        );
        let from_year_end = section.flag("from_year_end");
        let provision = section.text("provision");
        let action = section.required_word("action", "action = \"erase\"");
        section.finish();
        Some(Self {
            covers,
            documents,
            start: start?,
            period: period?,
            from_year_end,
            provision,
            action: action?,
        })
    }

    pub(crate) fn tree(&self) -> Table {
        Table::default()
            .maybe("covers", self.covers.as_ref())
            .maybe("documents", self.documents.map(Documents::name))
            .with("start", self.start.name())
            .with("period", &self.period.to_string())
            .flag("from_year_end", self.from_year_end)
            .maybe("provision", self.provision.as_ref())
            .with("action", self.action.name())
    }
}

/// Whether a provision asks to keep documents under commercial or tax law.
pub(crate) fn is_commercial_or_tax(provision: &str) -> bool {
    let named = |law: &str, section: &str| provision.contains(law) && provision.contains(section);
    named("HGB", "257") || named("AO", "147")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_read_as_it_is_shown() {
        for text in ["1 day", "2 weeks", "6 months", "10 years", "1200 days"] {
            assert_eq!(
                Period::parse(text).map(|p| p.to_string()).as_deref(),
                Some(text)
            );
        }
    }

    #[test]
    fn a_rule_reads_in_both_languages() {
        let rule = Retention {
            covers: None,
            documents: None,
            start: StartEvent::Document,
            period: Period::new(1, Unit::Years).unwrap(),
            from_year_end: true,
            provision: Some("HGB § 257(4), AO § 147(3)".to_owned()),
            action: Action::Erase,
        };
        assert_eq!(
            rule.text(Lang::De),
            "1 Jahr ab: Entstehung des Belegs, gerechnet ab Jahresende \
             (§ 257 Abs. 4 HGB, § 147 Abs. 3 AO); löschen"
        );
        assert_eq!(
            rule.text(Lang::En),
            "1 year from: making of the document, counted from the end of the year \
             (HGB § 257(4), AO § 147(3)); erase"
        );
        assert_eq!(
            Period::new(2, Unit::Weeks).unwrap().text(Lang::De),
            "2 Wochen"
        );
    }

    #[test]
    fn what_is_no_period_is_none() {
        for text in [
            "",
            "3",
            "years",
            "0 years",
            "1201 days",
            "-1 days",
            "3 jahre",
            "3  years",
        ] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }
}
