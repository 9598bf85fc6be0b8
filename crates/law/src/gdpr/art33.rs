//! GDPR Art. 33: a personal-data breach is notified to the supervisory authority.
//!
//! Without undue delay and, where feasible, within 72 hours of becoming aware, unless the
//! breach is unlikely to result in a risk (33(1)); a processor tells its controller without
//! undue delay (33(2)); the contents (33(3)); in phases if need be (33(4)); every breach is
//! documented (33(5)).
//!
//! In force since 2018-05-25. Reviewed 2026-11-24 against EDPB Guidelines 9/2022 v2.0 and
//! 01/2021 v2.0. The Digital Omnibus (96 hours, high-risk threshold) was a proposal only.

mod risk;

use jiff::civil::{Date, DateTime};

pub use risk::{Access, DataKind, Effect, Incident, Outage, Risk};

use crate::{Citation, Text};

/// Duty to notify.
pub const NOTIFY: Citation = Citation::new("GDPR Art. 33(1)");
/// The processor's duty.
pub const PROCESSOR: Citation = Citation::new("GDPR Art. 33(2)");
/// What the notification contains.
pub const CONTENT: Citation = Citation::new("GDPR Art. 33(3)");
/// Notification in phases.
pub const IN_PHASES: Citation = Citation::new("GDPR Art. 33(4)");
/// Documentation.
pub const DOCUMENT: Citation = Citation::new("GDPR Art. 33(5)");
/// Start and end of periods in hours.
pub const HOURS: Citation = Citation::new("Regulation 1182/71 Art. 3(1)");
/// Weekends and public holidays count.
pub const EVERY_DAY_COUNTS: Citation = Citation::new("Regulation 1182/71 Art. 3(3)");
/// The next-working-day rule, which spares periods in hours.
pub const NOT_IN_HOURS: Citation = Citation::new("Regulation 1182/71 Art. 3(4)");

/// Hours for the notification.
pub const HOURS_TO_NOTIFY: i64 = 72;

/// The four parts of a notification under Art. 33(3).
pub const CONTENTS: [Text; 4] = [
    Text::new(
        "Art der Verletzung, mit Kategorien und ungefährer Zahl der Personen und Datensätze",
        "nature of the breach, with categories and approximate number of persons and records",
    ),
    Text::new(
        "Name und Kontaktdaten des Datenschutzbeauftragten oder einer anderen Anlaufstelle",
        "name and contact details of the data protection officer or another contact point",
    ),
    Text::new("wahrscheinliche Folgen", "likely consequences"),
    Text::new(
        "ergriffene oder vorgeschlagene Maßnahmen, auch zur Abmilderung",
        "measures taken or proposed, those that mitigate included",
    ),
];

/// The local time until which the authority has to be notified: 72 hours after `aware`, to the
/// minute. This is the earlier of the readings; counting from the end of the hour of the event
/// (Reg. 1182/71 Art. 3(1)) would give up to an hour more.
///
/// `aware` is local time in the European Union. If summer time ends within the period, the
/// clock shows an hour less.
pub fn deadline(aware: DateTime) -> DateTime {
    let end = aware.saturating_add(jiff::Span::new().hours(HOURS_TO_NOTIFY));
    match clocks_go_back(aware.year()) {
        Some(change) if aware < change && change <= end => {
            end.saturating_sub(jiff::Span::new().hours(1))
        }
        _ => end,
    }
}

/// The end of summer time: the last Sunday of October, in Central European time at 3 h.
fn clocks_go_back(year: i16) -> Option<DateTime> {
    Some(last_sunday_of_october(year)?.at(3, 0, 0, 0))
}

fn last_sunday_of_october(year: i16) -> Option<Date> {
    let last = Date::new(year, 10, 31).ok()?;
    let days = last.weekday().to_sunday_zero_offset();
    Some(last.saturating_sub(jiff::Span::new().days(days)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::datetime;

    #[test]
    fn weekends_and_holidays_do_not_stop_the_72_hours() {
        // 2026-07-10 is a Friday.
        assert_eq!(
            deadline(datetime(2026, 7, 10, 16, 30, 0, 0)),
            datetime(2026, 7, 13, 16, 30, 0, 0)
        );
        // Good Friday to Easter Monday.
        assert_eq!(
            deadline(datetime(2026, 4, 3, 9, 0, 0, 0)),
            datetime(2026, 4, 6, 9, 0, 0, 0)
        );
    }

    #[test]
    fn the_end_of_summer_time_takes_an_hour_from_the_clock() {
        // Clocks go back on Sunday 2026-10-25.
        assert_eq!(
            deadline(datetime(2026, 10, 23, 16, 30, 0, 0)),
            datetime(2026, 10, 26, 15, 30, 0, 0)
        );
        assert_eq!(
            deadline(datetime(2026, 10, 25, 16, 30, 0, 0)),
            datetime(2026, 10, 28, 16, 30, 0, 0)
        );
        assert_eq!(
            deadline(datetime(2026, 10, 22, 1, 0, 0, 0)),
            datetime(2026, 10, 25, 1, 0, 0, 0)
        );
    }
}
