//! Channel law by the country of the recipient (market-place rule): one file per country, and
//! the reviewed table of them. Germany's is UWG § 7.
//!
//! What the fact base does not give for a country follows Directive 2002/58 Art. 13 and is
//! marked as to be checked; a country outside the table is refused by name.

mod at;
mod be;
mod ch;
mod directive;
mod dk;
mod es;
mod fr;
mod gb;
mod ie;
mod it;
mod nl;
mod pl;
mod se;
mod texts;

use jiff::SignedDuration;
use jiff::civil::{Date, date};

use crate::gate::{Case, Duty, DutySet, Outcome, Ruling, Standing, Way};
use crate::uwg::s7;
use crate::{Channel, Country, Text};

/// One country's entry in the reviewed table.
#[derive(Clone, Copy, Debug)]
pub struct CountryLaw {
    /// The country.
    pub country: Country,
    /// Its name.
    pub name: Text,
    /// When its rules were last reviewed.
    pub reviewed: Date,
    judge: fn(&Case<'_>) -> Ruling,
}

/// The reviewed table.
pub static TABLE: [CountryLaw; 13] = [
    entry(*b"DE", "Deutschland", "Germany", s7::judge),
    entry(*b"AT", "Österreich", "Austria", at::judge),
    entry(*b"CH", "Schweiz", "Switzerland", ch::judge),
    entry(*b"FR", "Frankreich", "France", fr::judge),
    entry(*b"NL", "Niederlande", "Netherlands", nl::judge),
    entry(*b"BE", "Belgien", "Belgium", be::judge),
    entry(*b"IT", "Italien", "Italy", it::judge),
    entry(*b"ES", "Spanien", "Spain", es::judge),
    entry(*b"PL", "Polen", "Poland", pl::judge),
    entry(
        *b"GB",
        "Vereinigtes Königreich",
        "United Kingdom",
        gb::judge,
    ),
    entry(*b"IE", "Irland", "Ireland", ie::judge),
    entry(*b"SE", "Schweden", "Sweden", se::judge),
    entry(*b"DK", "Dänemark", "Denmark", dk::judge),
];

const fn entry(
    code: [u8; 2],
    de: &'static str,
    en: &'static str,
    judge: fn(&Case<'_>) -> Ruling,
) -> CountryLaw {
    CountryLaw {
        country: Country::new(code),
        name: Text::new(de, en),
        reviewed: date(2026, 11, 24),
        judge,
    }
}

/// The entry of a country; `None` if its law was not reviewed here.
pub fn find(country: Country) -> Option<&'static CountryLaw> {
    TABLE.iter().find(|law| law.country == country)
}

const MAIL_DUTIES: DutySet = DutySet::of(&[
    Duty::SenderAndOptOut,
    Duty::ObjectionNotice,
    Duty::StopOnObjection,
]);
const CALL_DUTIES: DutySet = DutySet::of(&[Duty::IdentifyCaller, Duty::StopOnObjection]);

/// The answer of channel law.
pub(crate) fn channel_law(case: &Case<'_>) -> Ruling {
    if !case.purpose.is_advertising() {
        return Ruling::through(Way::Outside, &directive::NO_ADVERTISING, DutySet::EMPTY);
    }
    let Some(country) = case.country() else {
        return Ruling::closed(&directive::COUNTRY_MISSING);
    };
    let Some(law) = find(country) else {
        return Ruling::closed(&directive::COUNTRY_NOT_REVIEWED);
    };
    match case.channel {
        Channel::Storing => Ruling::closed(&directive::STORING_FOR_MISSING),
        Channel::AdAudience | Channel::Profiling | Channel::Enrichment | Channel::Sharing => {
            Ruling::through(Way::Outside, &directive::REACHES_NOBODY, DutySet::EMPTY)
        }
        _ if case.kind().is_none() => Ruling::closed(&directive::KIND_MISSING),
        _ => {
            // The fact base speaks of e-mail; other electronic messages follow by Art. 2(h) of
            // the directive, confirmed by courts for Germany only.
            let message = case.channel.is_electronic_mail() && case.channel != Channel::Email;
            (law.judge)(case).unconfirmed_if(message && country != Country::DE)
        }
    }
}

/// Prior consent is needed.
pub(crate) fn opt_in(
    case: &Case<'_>,
    yes: &'static Outcome,
    no: &'static Outcome,
    duties: DutySet,
) -> Ruling {
    match case.consent {
        Standing::Good(_) => Ruling::through(Way::Consent, yes, duties),
        Standing::Weak(_) if case.bar.is_none() => {
            Ruling::through(Way::Consent, &directive::THIN_CONSENT, DutySet::EMPTY)
        }
        _ => Ruling::closed(no),
    }
}

/// Electronic mail: prior consent, or the national existing-customer rule.
fn opt_in_or_customer(
    case: &Case<'_>,
    yes: &'static Outcome,
    customer: &'static Outcome,
    no: &'static Outcome,
) -> Ruling {
    if !case.has_consent() && is_existing_customer(case) {
        Ruling::through(Way::Customer, customer, MAIL_DUTIES)
    } else {
        opt_in(case, yes, no, MAIL_DUTIES)
    }
}

fn is_existing_customer(case: &Case<'_>) -> bool {
    case.bar.is_none()
        && case
            .facts
            .relation
            .is_some_and(|relation| relation.shortfall().is_none())
}

/// Allowed until the contact says no.
fn opt_out(case: &Case<'_>, yes: &'static Outcome, duties: DutySet) -> Ruling {
    if case.bar.is_some() {
        Ruling::closed(&directive::OBJECTED)
    } else {
        Ruling::through(Way::Open, yes, duties)
    }
}

/// So many days.
const fn days(count: i64) -> SignedDuration {
    SignedDuration::from_secs(count * 24 * 60 * 60)
}

/// An exclusion list that has to be looked up before a call.
struct ExclusionList {
    /// How long a look-up holds, where that is known.
    days: Option<SignedDuration>,
    listed: &'static Outcome,
    not_screened: &'static Outcome,
}

/// Allowed if the number is not on the list, looked up not too long ago: where a look-up holds
/// for some days only, it needs a date. A consent of the
/// contact goes before the list.
fn screened(
    case: &Case<'_>,
    list: &ExclusionList,
    by_consent: &'static Outcome,
    yes: &'static Outcome,
) -> Ruling {
    if case.has_consent() {
        return Ruling::through(Way::Consent, by_consent, CALL_DUTIES);
    }
    let screening = &case.facts.screening;
    let until = match (screening.looked_up_on, list.days) {
        (Some(day), Some(days)) => Some(day.saturating_add(days)),
        _ => None,
    };
    let fresh = match screening.looked_up_on {
        Some(day) => day <= case.on && until.is_none_or(|until| case.on <= until),
        None => list.days.is_none(),
    };
    match screening.listed {
        Some(true) => Ruling::closed(list.listed),
        Some(false) if fresh => {
            let duties = CALL_DUTIES.and(DutySet::of(&[Duty::ScreenDoNotCall]));
            opt_out(case, yes, duties).until(until)
        }
        _ => Ruling::closed(list.not_screened),
    }
}

/// Letters: allowed until objection in every country of the table.
fn post(case: &Case<'_>, yes: &'static Outcome) -> Ruling {
    if case.facts.message.unaddressed && case.facts.message.no_advertising_sticker {
        return Ruling::closed(&directive::STICKER);
    }
    opt_out(
        case,
        yes,
        DutySet::of(&[Duty::RobinsonList, Duty::StopOnObjection]),
    )
}
