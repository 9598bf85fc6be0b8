//! Days that the register itself knows: when a transfer is due to be looked at again, when an
//! adequacy decision ends, when a balancing is old.

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};
use law::gdpr::art44::is_eea;
use law::gdpr::art45;
use law::{Citation, LegalBasis};

use crate::{Place, Recipient, Register, TransferBasis};

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeadlineKind {
    /// To look whether the basis of a transfer still holds, a year after the last time.
    TransferCheck,
    /// The adequacy decision on the recipient's country ends with this day (GDPR Art. 45).
    AdequacyEnds,
    /// To look at a balancing of interests again, two years after it was decided.
    BalancingReview,
}

impl DeadlineKind {
    /// Whether it is good practice, and no statute names the day.
    pub const fn is_advice(self) -> bool {
        !matches!(self, Self::AdequacyEnds)
    }

    /// What the day rests on.
    pub const fn citation(self) -> Citation {
        match self {
            Self::AdequacyEnds => art45::ARTICLE,
            // To be able to show that the principles are kept needs a look from time to time.
            Self::TransferCheck | Self::BalancingReview => Citation::new("GDPR Art. 5(2)"),
        }
    }
}

/// A day until which something is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The last day.
    pub on: Date,
    /// What is due.
    pub kind: DeadlineKind,
    /// Which entry it is about.
    pub place: Place,
    /// What people call it.
    pub name: String,
}

/// What is overdue on the day `today`, or due within a year of it; first what is due first.
pub fn deadlines(register: &Register, today: Date) -> Vec<Deadline> {
    let mut found = Vec::new();
    for recipient in &register.recipients {
        of_recipient(register, recipient, today, &mut found);
    }
    for activity in &register.activities {
        let weighed = activity.balancing.as_ref();
        let decided = weighed.and_then(|balancing| balancing.decided_on);
        if let (Some(LegalBasis::LegitimateInterests), Some(day)) = (activity.basis, decided) {
            found.push(Deadline {
                on: later(day, 2.years()),
                kind: DeadlineKind::BalancingReview,
                place: Place::Activity(activity.id.clone()),
                name: activity.name.clone(),
            });
        }
    }
    let horizon = later(today, 1.year());
    found.retain(|deadline| deadline.on <= horizon);
    found.sort_by_key(|deadline| deadline.on);
    found
}

fn of_recipient(
    register: &Register,
    recipient: &Recipient,
    today: Date,
    found: &mut Vec<Deadline>,
) {
    let used = register
        .activities
        .iter()
        .any(|activity| activity.recipients.contains(&recipient.id));
    let Some(transfer) = &recipient.transfer else {
        return;
    };
    if !used || is_eea(recipient.country, today) {
        return;
    }
    let mut push = |on, kind| {
        found.push(Deadline {
            on,
            kind,
            place: Place::Recipient(recipient.id.clone()),
            name: recipient.name.clone(),
        });
    };
    if let Some(day) = transfer.assessed_on {
        push(later(day, 1.year()), DeadlineKind::TransferCheck);
    }
    if matches!(transfer.basis, TransferBasis::Adequacy | TransferBasis::Dpf) {
        // One that has ended stays overdue until the transfer has another basis.
        let decision = art45::decision(recipient.country, today)
            .or_else(|| art45::ended_decision(recipient.country, today));
        if let Some(last) = decision.and_then(|decision| decision.until) {
            push(last, DeadlineKind::AdequacyEnds);
        }
    }
}

/// A day so much later; the last day that there is at most.
fn later(day: Date, span: Span) -> Date {
    day.saturating_add(span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn found(text: &str, today: Date) -> Vec<(String, DeadlineKind, Date)> {
        let register = Register::parse(text).unwrap();
        deadlines(&register, today)
            .into_iter()
            .map(|deadline| (deadline.place.path(), deadline.kind, deadline.on))
            .collect()
    }

    #[test]
    fn a_transfer_is_looked_at_again_after_a_year_and_a_balancing_after_two() {
        let check = (
            "recipient.webinar-tool".to_owned(),
            DeadlineKind::TransferCheck,
            date(2027, 9, 14),
        );
        let today = date(2026, 11, 24);
        assert_eq!(found(crate::SAMPLE, today), std::slice::from_ref(&check));
        let later = found(crate::SAMPLE, date(2028, 3, 1));
        assert_eq!(later[0], check);
        let reviews: Vec<_> = later[1..]
            .iter()
            .map(|(path, kind, on)| (&**path, *kind, *on))
            .collect();
        let review = |path| (path, DeadlineKind::BalancingReview, date(2028, 2, 16));
        assert_eq!(
            reviews,
            [
                review("activity.product-information"),
                review("activity.post-mailings")
            ]
        );
        // Nobody passes data to it: nothing is due.
        let unused =
            crate::SAMPLE.replace("[\"webinar-tool\", \"mail-service\"]", "[\"mail-service\"]");
        assert_eq!(found(&unused, today), []);
    }

    #[test]
    fn an_adequacy_decision_that_ends_is_told_a_year_before_and_until_something_is_done() {
        let british = crate::SAMPLE
            .replace("country = \"US\"", "country = \"GB\"")
            .replace(
                "basis = \"dpf\"\nassessed_on = 2026-09-14",
                "basis = \"adequacy\"\nassessed_on = 2030-12-01",
            );
        let ends = |today| {
            let all = found(&british, today).into_iter();
            all.filter(|(_, kind, _)| *kind == DeadlineKind::AdequacyEnds)
                .map(|(_, _, on)| on)
                .collect::<Vec<_>>()
        };
        assert_eq!(ends(date(2030, 12, 26)), []);
        assert_eq!(ends(date(2030, 12, 27)), [date(2031, 12, 27)]);
        assert_eq!(ends(date(2031, 12, 28)), [date(2031, 12, 27)], "overdue");
        assert!(!DeadlineKind::AdequacyEnds.is_advice());
        assert!(DeadlineKind::BalancingReview.is_advice());
    }
}
