//! The gate's answer.

use jiff::civil::Date;

use super::{Answer, Bar, Case, Duty, DutySet, NextStep, Outcome, Ruling, Standing};
use super::{Warning, WarningSet, Way};
use crate::facts::{Consent, Purpose, Source};
use crate::gdpr::art07::{Defect, Defects};
use crate::{Channel, Citation, Confidence, Country, LegalBasis};

/// What the gate says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Both layers say yes.
    Permitted,
    /// At least one layer says no.
    Refused,
    /// A person has to weigh; whoever sends treats it as a no.
    Review,
}

impl Verdict {
    /// The name used in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Permitted => "permitted",
            Self::Refused => "refused",
            Self::Review => "review",
        }
    }
}

/// The records that a decision relies on, as positions in the slices of the facts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Relied {
    /// The consent that carries a permission, or that fell short or was withdrawn.
    pub consent: Option<usize>,
    /// The objection that refuses.
    pub objection: Option<usize>,
}

/// A decision. Small and without allocation; [`Decision::view`] makes it readable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    verdict: Verdict,
    lawful: Verdict,
    channel: &'static Outcome,
    data: &'static Outcome,
    basis: Option<LegalBasis>,
    duties: DutySet,
    defects: Defects,
    relied: Relied,
    warnings: WarningSet,
    true_until: Option<Date>,
    notice_due: Option<Date>,
    unconfirmed: bool,
    pub(super) purpose: Purpose,
    pub(super) asked: Channel,
    pub(super) country: Option<Country>,
}

impl Decision {
    pub(super) fn compose(case: &Case<'_>, channel: &Ruling, data: &Ruling) -> Self {
        let lawful = match (channel.outcome.answer(), data.outcome.answer()) {
            (Answer::No, _) | (_, Answer::No) => Verdict::Refused,
            (Answer::Yes, Answer::Yes) => Verdict::Permitted,
            _ => Verdict::Review,
        };
        let overruled = lawful != Verdict::Permitted
            && case.bar.is_none()
            && case.facts.activity.is_some()
            && case
                .facts
                .overrule
                .is_some_and(|overrule| overrule.in_force(case.on));
        let relied = relied(case, channel, data);
        let consent = relied.consent.and_then(|i| case.facts.consents.get(i));
        let notice = Notice::of(case);
        let permitted = overruled || lawful == Verdict::Permitted;
        let duties = if permitted {
            channel.duties.and(data.duties).and(notice.duty())
        } else {
            DutySet::EMPTY
        };
        Self {
            verdict: if overruled {
                Verdict::Permitted
            } else {
                lawful
            },
            lawful,
            channel: channel.outcome,
            data: data.outcome,
            basis: data.basis,
            duties,
            defects: consent.map_or(Defects::EMPTY, |consent| consent.defects),
            relied,
            warnings: WarningSet::EMPTY
                .with_if(
                    permitted && unused(consent, case.on),
                    Warning::ConsentUnused,
                )
                .with_if(
                    permitted && consent.is_some_and(|consent| consent.given_on.is_none()),
                    Warning::ConsentUndated,
                )
                .with_if(permitted && notice.overdue, Warning::NoticeOverdue)
                .with_if(overruled, Warning::Overruled),
            true_until: channel.until,
            notice_due: if permitted { notice.due } else { None },
            unconfirmed: channel.unconfirmed || data.unconfirmed,
            purpose: case.purpose,
            asked: case.asked,
            country: case.country(),
        }
    }

    /// What to do: permitted, refused or review.
    pub const fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// What the law says, before a person overruled it.
    pub const fn lawful(&self) -> Verdict {
        self.lawful
    }

    /// The answer of the recipient country's channel law.
    pub const fn channel_law(&self) -> &'static Outcome {
        self.channel
    }

    /// The answer of data-protection law.
    pub const fn data_protection(&self) -> &'static Outcome {
        self.data
    }

    /// The legal basis of Art. 6(1). `None` for refusals, and where Art. 6 need not be examined
    /// (CJEU C-654/23).
    pub const fn legal_basis(&self) -> Option<LegalBasis> {
        self.basis
    }

    /// The duties that come with a permission.
    pub fn duties(&self) -> impl Iterator<Item = Duty> + use<> {
        self.duties.iter()
    }

    /// The defects of the consent that fell short.
    pub const fn defects(&self) -> Defects {
        self.defects
    }

    /// The records relied on.
    pub const fn relied_on(&self) -> Relied {
        self.relied
    }

    /// The warnings.
    pub fn warnings(&self) -> impl Iterator<Item = Warning> + use<> {
        self.warnings.iter()
    }

    /// The last day on which the answer holds if the facts do not change; `None` without end.
    pub const fn true_until(&self) -> Option<Date> {
        self.true_until
    }

    /// The day by which the Art. 14 information is due, where its duty applies and the day is
    /// known.
    pub const fn notice_due(&self) -> Option<Date> {
        self.notice_due
    }

    /// Whether a rule used here is disputed or unconfirmed.
    pub fn to_be_checked(&self) -> bool {
        self.unconfirmed
            || self.channel.confidence() == Confidence::ToBeChecked
            || self.data.confidence() == Confidence::ToBeChecked
    }

    /// The lawful steps that remain after a refusal or a review, each once. After an objection
    /// there is one alone: to respect it. To ask for consent, or to take another way, would be
    /// the advertising that was objected to.
    pub fn next_steps(&self) -> impl Iterator<Item = NextStep> + use<> {
        let (first, second) = (self.channel.next(), self.data.next());
        let (first, second) = if first.contains(&NextStep::Respect) {
            (RESPECT, NONE)
        } else if second.contains(&NextStep::Respect) {
            (NONE, RESPECT)
        } else {
            (first, second)
        };
        first
            .iter()
            .chain(second.iter().filter(|step| !first.contains(step)))
            .copied()
    }

    /// Every provision and decision cited, those of the duties last; one may come twice.
    pub fn citations(&self) -> impl Iterator<Item = Citation> + use<> {
        let consent = self.defects.iter().flat_map(Defect::citations);
        let duties = self.duties.iter().flat_map(Duty::citations);
        self.channel
            .citations()
            .iter()
            .chain(self.data.citations())
            .chain(consent)
            .chain(duties)
            .copied()
    }
}

const RESPECT: &[NextStep] = &[NextStep::Respect];
const NONE: &[NextStep] = &[];

fn relied(case: &Case<'_>, channel: &Ruling, data: &Ruling) -> Relied {
    match case.bar {
        Some(Bar::Objection(i, _)) => {
            return Relied {
                consent: None,
                objection: Some(i),
            };
        }
        Some(Bar::Withdrawal(i)) => {
            return Relied {
                consent: Some(i),
                objection: None,
            };
        }
        None => {}
    }
    let by_consent = channel.way == Way::Consent || data.basis == Some(LegalBasis::Consent);
    let consent = match case.consent {
        Standing::Good(i) if by_consent => Some(i),
        Standing::Weak(i) | Standing::Flawed(i, _)
            if channel.way == Way::Closed || data.outcome.answer() != Answer::Yes =>
        {
            Some(i)
        }
        _ => None,
    };
    Relied {
        consent,
        objection: None,
    }
}

/// Whether the consent was last used, or else given, more than 24 months before `on`.
fn unused(consent: Option<&Consent>, on: Date) -> bool {
    consent
        .and_then(|consent| consent.last_used_on.max(consent.given_on))
        .is_some_and(|day| {
            (day.year() + 2, day.month(), day.day()) < (on.year(), on.month(), on.day())
        })
}

/// The same day of the next month, or its last day. By hand, as a general span of time costs as
/// much as the rest of the decision.
fn one_month_after(day: Date) -> Date {
    let (year, month) = match day.month() {
        12 => (day.year().saturating_add(1), 1),
        month => (day.year(), month + 1),
    };
    Date::new(year, month, 1)
        .and_then(|first| Date::new(year, month, day.day().min(first.days_in_month())))
        .unwrap_or(Date::MAX)
}

/// The Art. 14 information: owed for data that the person did not give.
struct Notice {
    owed: bool,
    due: Option<Date>,
    overdue: bool,
}

impl Notice {
    /// At the first communication, and never later than a month after the data were obtained
    /// (Art. 14(3)(a),(b)). The month is counted without shifting to a working day: the earlier
    /// day is the safe one.
    fn of(case: &Case<'_>) -> Self {
        let contact = &case.facts.contact;
        let from_person = contact.source == Some(Source::Person)
            || (contact.source.is_none()
                && case
                    .facts
                    .relation
                    .is_some_and(|r| r.address_from_sale == Some(true)));
        let anonymous = case.facts.message.unaddressed && case.channel == Channel::Post;
        if contact.informed || from_person || anonymous || !case.purpose.is_advertising() {
            return Self {
                owed: false,
                due: None,
                overdue: false,
            };
        }
        let month_end = contact.obtained_on.map(one_month_after);
        let reaches = !matches!(
            case.asked,
            Channel::Storing | Channel::Profiling | Channel::Enrichment | Channel::AdAudience
        );
        let due = match month_end {
            Some(end) if reaches => Some(end.min(case.on)),
            None if reaches => Some(case.on),
            end => end,
        };
        Self {
            owed: true,
            due,
            overdue: month_end.is_some_and(|end| end < case.on),
        }
    }

    fn duty(&self) -> DutySet {
        if self.owed {
            DutySet::of(&[Duty::SourceNotice])
        } else {
            DutySet::EMPTY
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_month_after_is_what_the_calendar_says(days in 0_i32..20_000) {
            let day = date(1990, 1, 1).saturating_add(days.days());
            prop_assert_eq!(one_month_after(day), day.saturating_add(1.month()));
        }
    }

    #[test]
    fn a_month_after_the_last_day_of_the_calendar_is_no_panic() {
        assert_eq!(one_month_after(Date::MAX), Date::MAX);
    }
}
