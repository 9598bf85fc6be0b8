//! What is due, and where it is done.

use jiff::ToSpan as _;
use jiff::civil::Date;
use operations::access::Permission;
use operations::overview::Overview;
use register::{DeadlineKind, Place};

use crate::auth::Visitor;
use crate::pages::frame::Frame;
use crate::pages::number;

/// A day until which something has to be done.
pub struct Line {
    pub class: &'static str,
    pub day: String,
    pub what: String,
    pub provision: String,
    pub overdue: bool,
    /// No statute names the day.
    pub advice: bool,
    /// Where it is done.
    pub place: Option<String>,
}

/// The page of an entry of the register.
pub fn place_path(place: &Place) -> String {
    match place {
        Place::Organisation => "/register/organisation".to_owned(),
        Place::Activity(id) => format!("/register/activities/{id}"),
        Place::Recipient(id) => format!("/register/recipients/{id}"),
        Place::Form(id) => format!("/forms/{id}"),
        Place::ConsentText(_) => "/register".to_owned(),
    }
}

/// Every deadline, what is due first first.
pub fn lines(
    overview: &Overview,
    roles: Vec<(Date, String)>,
    visitor: &Visitor,
    frame: &Frame,
) -> Vec<Line> {
    let (lang, today) = (frame.lang, visitor.today);
    let line = |day: Date, what, provision: &str, advice, place| {
        let overdue = day < today;
        let class = match (overdue, advice) {
            (true, false) => "refused",
            (true, true) => "review",
            (false, _) if day <= today.saturating_add(7.days()) => "review",
            (false, _) => "recoverable",
        };
        let line = Line {
            class,
            day: number::day(day, lang),
            what,
            provision: law::written_citation(provision, lang),
            overdue,
            advice,
            place,
        };
        (day, line)
    };
    let inform = overview.to_inform.iter().map(|waiting| {
        let text = if waiting.until < today {
            "deadline-inform-overdue"
        } else {
            "deadline-inform"
        };
        let what = frame.n(text, waiting.contacts);
        let place = visitor.may(Permission::SeeContacts);
        let place = place.then(|| "/contacts?informed=no".to_owned());
        line(waiting.until, what, "GDPR Art. 14(3)(a)", false, place)
    });
    let roles = roles.into_iter().map(|(last, name)| {
        let what = frame.with("deadline-role", "name", name);
        line(last, what, "", false, None)
    });
    let register = overview.due.iter().map(|due| {
        let text = match due.kind {
            DeadlineKind::TransferCheck => "deadline-transfer",
            DeadlineKind::AdequacyEnds => "deadline-adequacy",
            DeadlineKind::BalancingReview => "deadline-balancing",
        };
        let (what, provision) = (
            frame.with(text, "name", &due.name),
            due.kind.citation().label(today),
        );
        let place = Some(place_path(&due.place));
        line(due.on, what, provision, due.kind.is_advice(), place)
    });
    let mut all: Vec<_> = inform.chain(roles).chain(register).collect();
    all.sort_by_key(|(day, _)| *day);
    all.into_iter().map(|(_, line)| line).collect()
}
