//! Public holidays, computed for any year: which days are no working days.
//!
//! Regulation 1182/71 Art. 2 counts as public holidays the days that the Member State where the
//! act is due has designated. Only holidays of a whole country, and in Germany of a whole Land,
//! are known here. Local ones (Mariä Himmelfahrt in Catholic municipalities of Bavaria,
//! Augsburg's Friedensfest, Fronleichnam in parts of Saxony and Thuringia, the local days of
//! Spain) are left out, so that a deadline is at worst shown a day early, never late.
//!
//! Reviewed 2026-11-24. Sources: the holiday acts of the Länder and countries.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday, date};

use crate::{Country, Land};

mod europe;
mod germany;

/// The calendar of the place where something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    country: Option<Country>,
    land: Option<Land>,
}

impl Calendar {
    /// No holidays: only Saturdays and Sundays are no working days.
    pub const WEEKENDS_ONLY: Self = Self {
        country: None,
        land: None,
    };

    /// The nationwide holidays of `country`.
    pub const fn of(country: Country) -> Self {
        Self {
            country: Some(country),
            land: None,
        }
    }

    /// The holidays of a German Land, the nationwide ones included.
    pub const fn of_land(land: Land) -> Self {
        Self {
            country: Some(Country::DE),
            land: Some(land),
        }
    }

    /// The holidays of `country` and, in Germany, of `land`; `None` if a Land is given for
    /// another country.
    pub fn at(country: Country, land: Option<Land>) -> Option<Self> {
        match land {
            None => Some(Self::of(country)),
            Some(land) => (country == Country::DE).then_some(Self::of_land(land)),
        }
    }

    /// Whether the country's holidays are known for sure. If not, a day that ought to move may
    /// stay, and a deadline is to be checked.
    pub fn is_sure(self) -> bool {
        self.country
            .is_some_and(|country| country == Country::DE || europe::is_sure(country))
    }

    /// Whether `day` is a public holiday here.
    pub fn is_holiday(self, day: Date) -> bool {
        match self.country {
            Some(Country::DE) => germany::is_holiday(day, self.land),
            Some(country) => europe::is_holiday(day, country),
            None => false,
        }
    }

    /// Whether `day` is neither a Saturday, a Sunday nor a public holiday.
    pub fn is_working_day(self, day: Date) -> bool {
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !self.is_holiday(day)
    }

    /// `day` itself if it is a working day, else the next one.
    pub fn working_day_from(self, day: Date) -> Date {
        let mut day = day;
        while !self.is_working_day(day) {
            match day.tomorrow() {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
        day
    }
}

/// Easter Sunday of the Gregorian calendar (Meeus/Jones/Butcher).
pub fn easter(year: i16) -> Date {
    let year_in_cycle = year.rem_euclid(19);
    let (century, rest) = (year.div_euclid(100), year.rem_euclid(100));
    let moon_shift = (century + 8) / 25;
    let moon_correction = (century - moon_shift + 1) / 3;
    let epact = (19 * year_in_cycle + century - century / 4 - moon_correction + 15).rem_euclid(30);
    let to_sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4).rem_euclid(7);
    let correction = (year_in_cycle + 11 * epact + 22 * to_sunday) / 451;
    // Day number counted from 22 March, between 0 and 34.
    let after_22_march = epact + to_sunday - 7 * correction;
    date(year, 3, 22).saturating_add(i64::from(after_22_march).days())
}

/// How many days after Easter Sunday of its year `day` is; negative before.
fn days_after_easter(day: Date) -> i32 {
    easter(day.year())
        .until(day)
        .map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Easter Sundays from 1990 to 2040 as (month, day), from the published tables of the
    /// Physikalisch-Technische Bundesanstalt and the U.S. Census Bureau.
    const EASTER: [(i8, i8); 51] = [
        (4, 15),
        (3, 31),
        (4, 19),
        (4, 11),
        (4, 3),
        (4, 16),
        (4, 7),
        (3, 30),
        (4, 12),
        (4, 4),
        (4, 23),
        (4, 15),
        (3, 31),
        (4, 20),
        (4, 11),
        (3, 27),
        (4, 16),
        (4, 8),
        (3, 23),
        (4, 12),
        (4, 4),
        (4, 24),
        (4, 8),
        (3, 31),
        (4, 20),
        (4, 5),
        (3, 27),
        (4, 16),
        (4, 1),
        (4, 21),
        (4, 12),
        (4, 4),
        (4, 17),
        (4, 9),
        (3, 31),
        (4, 20),
        (4, 5),
        (3, 28),
        (4, 16),
        (4, 1),
        (4, 21),
        (4, 13),
        (3, 28),
        (4, 17),
        (4, 9),
        (3, 25),
        (4, 13),
        (4, 5),
        (4, 25),
        (4, 10),
        (4, 1),
    ];

    #[test]
    fn easter_is_as_in_the_published_tables() {
        for (year, (month, day)) in (1990..).zip(EASTER) {
            assert_eq!(easter(year), date(year, month, day));
        }
    }

    #[test]
    fn easter_is_a_sunday_between_22_march_and_25_april_in_every_year() {
        for year in 1583..=9999 {
            let easter = easter(year);
            assert_eq!(easter.weekday(), Weekday::Sunday, "{easter}");
            assert!(
                (date(year, 3, 22)..=date(year, 4, 25)).contains(&easter),
                "{easter}"
            );
        }
    }

    #[test]
    fn a_country_without_a_known_calendar_is_not_sure() {
        assert!(!Calendar::of(Country::new(*b"LU")).is_sure());
        assert!(!Calendar::WEEKENDS_ONLY.is_sure());
        assert!(Calendar::of(Country::DE).is_sure());
    }

    #[test]
    fn the_last_day_of_time_does_not_loop() {
        let last = Date::MAX;
        assert_eq!(Calendar::WEEKENDS_ONLY.working_day_from(last), last);
    }
}
