//! Which activities hold a contact, and when each of their rules is over. Reads facts and nothing that
//! is sealed.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use law::LegalBasis;
use law::facts::{RelationKind, Source};
use register::{Action, Activity, Purpose, Register, Retention, Role, StartEvent};
use store::facts::Facts;
use store::retention::{Touch, TouchKind};
use store::{Id, Tx};

use crate::objection::{ADVERTISING, in_force};
use crate::words;
use crate::{Error, Organisation};

/// Why data are due. The numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i16)]
pub enum Cause {
    /// The period of a rule is over (GDPR Art. 5(1)(e), 17(1)(a)).
    Rule = 1,
    /// A consent that alone carried the data was withdrawn (Art. 17(1)(b)).
    Withdrawn = 2,
    /// No activity of the register holds them (Art. 17(1)(a), (d)).
    NoActivity = 3,
    /// The rule begins with an event of which nothing is on record.
    NoEvent = 4,
    /// The activity has no rule.
    NoRule = 5,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Self; 5] = [
        Self::Rule,
        Self::Withdrawn,
        Self::NoActivity,
        Self::NoEvent,
        Self::NoRule,
    ];

    /// Its name in evidence and JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Withdrawn => "withdrawn",
            Self::NoActivity => "no_activity",
            Self::NoEvent => "no_event",
            Self::NoRule => "no_rule",
        }
    }

    /// The provision that demands erasure then.
    pub const fn provision(self) -> &'static str {
        match self {
            Self::Rule | Self::NoEvent | Self::NoRule => "GDPR Art. 17(1)(a)",
            Self::Withdrawn => "GDPR Art. 17(1)(b)",
            Self::NoActivity => "GDPR Art. 17(1)(d)",
        }
    }

    pub(crate) fn stored(number: i16) -> Result<Self, Error> {
        let found = Self::ALL.into_iter().find(|cause| *cause as i16 == number);
        found.ok_or(Error::Stored("cause of an erasure"))
    }
}

/// The stored number of an action.
pub(crate) const fn action_number(action: Action) -> i16 {
    match action {
        Action::Erase => 1,
        Action::Anonymise => 2,
        Action::Review => 3,
    }
}

pub(crate) fn action(number: i16) -> Result<Action, Error> {
    let found = Action::ALL
        .iter()
        .find(|action| action_number(**action) == number);
    found.copied().ok_or(Error::Stored("action"))
}

/// When a rule is over for a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// From this day on.
    On(Date),
    /// Its event has not come: the data are held.
    NotBegun,
    /// Nothing on record says when its event was; before this day it can hardly be over.
    Unknown(Date),
}

/// A rule that bears on a contact.
#[derive(Clone, Debug)]
pub struct RuleOf<'r> {
    /// The activity that holds the contact.
    pub activity: &'r Activity,
    /// The rule, counted from 1; 0 if there is none.
    pub number: i64,
    /// The rule itself.
    pub rule: Option<&'r Retention>,
    /// When it is over.
    pub over: Over,
    /// Why it is over then.
    pub cause: Cause,
}

/// What the register says of a contact's data.
#[derive(Clone, Debug)]
pub(crate) struct Judged<'r> {
    /// The rules of every activity that holds the contact.
    pub(crate) rules: Vec<RuleOf<'r>>,
    obtained_on: Date,
}

/// When a contact is due and by what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) due_on: Option<Date>,
    pub(crate) first_on: Option<Date>,
    pub(crate) action: Action,
    pub(crate) cause: Cause,
    pub(crate) activity: String,
    pub(crate) rule: i64,
}

/// A contact with what ties it to activities.
pub(crate) struct Held {
    pub(crate) facts: Facts,
    pub(crate) touches: Vec<Touch>,
}

impl Held {
    /// The facts about one contact; `None` if it is not there.
    pub(crate) fn load(
        tx: &mut Tx<'_>,
        this: &Organisation,
        contact: Id,
    ) -> Result<Option<Self>, Error> {
        let Some(facts) = store::facts::get(tx, this.id(), contact)? else {
            return Ok(None);
        };
        let touches = store::retention::touches(tx, this.id(), contact, contact)?;
        Ok(facts
            .contact
            .is_present()
            .then_some(Self { facts, touches }))
    }

    /// The last day on which there was anything between the organisation and the person.
    fn last_contact(&self) -> Date {
        let facts = &self.facts;
        let touched = self.touches.iter().filter_map(|touch| touch.at.map(day));
        let consents = facts.consents.iter().flat_map(|row| {
            let given = [Some(row.given_on), row.confirmed_on, row.last_used_on];
            given.into_iter().flatten()
        });
        let sales = facts.sales.iter().map(|row| row.sold_on);
        let own = [
            Some(facts.contact.obtained_on),
            facts.contact.informed_on,
            facts.contact.first_contact_on,
            facts.contact.told_at.map(day),
        ];
        let all = touched.chain(consents).chain(sales);
        all.chain(own.into_iter().flatten())
            .max()
            .unwrap_or(facts.contact.obtained_on)
    }

    /// What the register says of the data, by the law of the day `on`.
    pub(crate) fn judge<'r>(&self, register: &'r Register, on: Date) -> Result<Judged<'r>, Error> {
        let mut rules = Vec::new();
        for activity in self.activities(register)? {
            self.rules_of(activity, on, &mut rules);
        }
        Ok(Judged {
            rules,
            obtained_on: self.facts.contact.obtained_on,
        })
    }

    /// The activities that hold the contact: those that a consent, a call, a campaign, a form or what
    /// was noted names; those that carry out a contract or advertise the like of it, where something
    /// was bought; and those on legitimate interests that draw on the source that it came from. Who
    /// gave the data in person is only of the last if nothing else ties the contact to anything.
    pub(crate) fn activities<'r>(
        &self,
        register: &'r Register,
    ) -> Result<Vec<&'r Activity>, Error> {
        let facts = &self.facts;
        let own: Vec<_> = register
            .activities
            .iter()
            .filter(|activity| activity.role != Role::Processor)
            .collect();
        let mut held: Vec<&Activity> = own
            .iter()
            .copied()
            .filter(|activity| self.names(activity, register))
            .collect();
        for sale in &facts.sales {
            let bought = words::relation(sale.relation)? == RelationKind::Purchase;
            held.extend(own.iter().copied().filter(|activity| {
                let like = activity.goods_class.as_deref().is_some_and(|goods| {
                    goods == sale.goods || register.is_similar(&sale.goods, goods) == Some(true)
                });
                like || (bought && activity.purpose_kind == Purpose::ContractPerformance)
            }));
        }
        let source = words::source(facts.contact.source_kind)?;
        if held.is_empty() || source != Source::Person {
            held.extend(own.iter().copied().filter(|activity| {
                activity.basis == Some(LegalBasis::LegitimateInterests)
                    && activity.goods_class.is_none()
                    && activity.sources.iter().any(|known| is_same(source, *known))
            }));
        }
        held.sort_by(|a, b| a.id.cmp(&b.id));
        held.dedup_by(|a, b| a.id == b.id);
        Ok(held)
    }

    /// The activities in which the person's data are used: those that hold the contact, and the books of
    /// what was sold, whose vouchers are kept apart from contacts and for longer.
    pub(crate) fn concerning<'r>(
        &self,
        register: &'r Register,
    ) -> Result<Vec<&'r Activity>, Error> {
        let mut all = self.activities(register)?;
        if !self.facts.sales.is_empty() {
            all.extend(register.activities.iter().filter(|activity| {
                activity.role != Role::Processor
                    && activity.purpose_kind == Purpose::LegalObligation
            }));
        }
        all.sort_by(|a, b| a.id.cmp(&b.id));
        all.dedup_by(|a, b| a.id == b.id);
        Ok(all)
    }

    /// What bears on the contact of the rules of one activity.
    pub(crate) fn rules<'r>(&self, activity: &'r Activity, on: Date) -> Vec<RuleOf<'r>> {
        let mut found = Vec::new();
        self.rules_of(activity, on, &mut found);
        found
    }

    fn names(&self, activity: &Activity, register: &Register) -> bool {
        let facts = &self.facts;
        let id = &activity.id;
        let touched = self.touches.iter().any(|touch| match touch.kind {
            TouchKind::Call | TouchKind::Mail => touch.name == *id,
            TouchKind::Form => register
                .form(&touch.name)
                .is_some_and(|form| form.activity == *id),
        });
        touched
            || facts.consents.iter().any(|row| row.purpose == *id)
            || facts.circumstances.iter().any(|row| row.purpose == *id)
            || facts.overrules.iter().any(|row| row.purpose == *id)
    }

    fn rules_of<'r>(&self, activity: &'r Activity, on: Date, found: &mut Vec<RuleOf<'r>>) {
        let withdrawn = self.withdrawn(activity);
        let from_withdrawal = |rule: &Retention| rule.start == StartEvent::ConsentWithdrawal;
        if let Some(day) = withdrawn.filter(|_| activity.basis == Some(LegalBasis::Consent))
            && !activity.retention.iter().any(from_withdrawal)
        {
            found.push(RuleOf {
                activity,
                number: 0,
                rule: None,
                over: Over::On(day),
                cause: Cause::Withdrawn,
            });
            return;
        }
        for (number, rule) in (1..).zip(&activity.retention) {
            let over = match self.event(activity, rule.start, withdrawn, on) {
                Event::On(day) => Over::On(rule.free_on(day, on)),
                Event::NotBegun => Over::NotBegun,
                Event::Unknown => Over::Unknown(rule.free_on(self.last_contact(), on)),
            };
            found.push(RuleOf {
                activity,
                number,
                rule: Some(rule),
                over,
                cause: match over {
                    Over::Unknown(_) => Cause::NoEvent,
                    _ if withdrawn.is_some() && from_withdrawal(rule) => Cause::Withdrawn,
                    _ => Cause::Rule,
                },
            });
        }
        if activity.retention.is_empty() {
            found.push(RuleOf {
                activity,
                number: 0,
                rule: None,
                over: Over::Unknown(self.facts.contact.obtained_on),
                cause: Cause::NoRule,
            });
        }
    }

    /// When the last consent to the activity was withdrawn, if none is left.
    fn withdrawn(&self, activity: &Activity) -> Option<Date> {
        let consents = self.facts.consents.iter();
        let mut last = None;
        for row in consents.filter(|row| row.purpose == activity.id) {
            last = last.max(Some(row.withdrawn_on?));
        }
        last
    }

    fn event(
        &self,
        activity: &Activity,
        start: StartEvent,
        withdrawn: Option<Date>,
        on: Date,
    ) -> Event {
        let facts = &self.facts;
        let begun = |day: Option<Date>| day.map_or(Event::NotBegun, Event::On);
        match start {
            StartEvent::Collection => Event::On(facts.contact.obtained_on),
            StartEvent::LastContact => Event::On(self.last_contact()),
            StartEvent::ConsentWithdrawal => {
                let any = facts.consents.iter().any(|row| row.purpose == activity.id);
                // Where no consent is on record there is none that could be withdrawn.
                if any {
                    begun(withdrawn)
                } else {
                    Event::Unknown
                }
            }
            StartEvent::Objection => {
                let stops = facts.objections.iter().filter(|row| {
                    let of = row.purpose.as_ref().is_none_or(|of| *of == activity.id);
                    of && row.scope == ADVERTISING && in_force(row, on)
                });
                begun(stops.map(|row| row.objected_on).max())
            }
            StartEvent::Document => {
                let last = facts.sales.iter().map(|row| row.sold_on).max();
                last.map_or(Event::Unknown, Event::On)
            }
            StartEvent::ContractEnd
            | StartEvent::PurposeEnd
            | StartEvent::Rejection
            | StartEvent::EmploymentEnd
            | StartEvent::EventOver => Event::Unknown,
        }
    }
}

/// When the event was with which a rule begins.
enum Event {
    On(Date),
    NotBegun,
    Unknown,
}

/// The day of a time, in UTC; a period that is counted in months or years is not longer or shorter by it.
fn day(at: Timestamp) -> Date {
    Offset::UTC.to_datetime(at).date()
}

/// Whether the source of a contact is one that an activity declares.
fn is_same(source: Source, declared: register::Source) -> bool {
    use register::Source as Declared;
    match source {
        Source::Person => declared == Declared::DataSubject,
        Source::Website | Source::Directory => declared == Declared::Website,
        Source::PublicRegister => declared == Declared::PublicRegister,
        Source::AddressDealer => declared == Declared::AddressBroker,
        Source::SocialNetwork => declared == Declared::SocialNetwork,
        Source::Referral => matches!(declared, Declared::BusinessPartner | Declared::Employer),
        Source::Other => matches!(
            declared,
            Declared::EventOrganiser
                | Declared::GroupCompany
                | Declared::CreditAgency
                | Declared::BusinessPartner
        ),
    }
}

impl Judged<'_> {
    /// Data go when every rule of every activity that holds them is over, and not before.
    pub(crate) fn verdict(&self) -> Verdict {
        let first_on = self
            .rules
            .iter()
            .filter_map(|rule| match rule.over {
                Over::On(day) => Some(day),
                Over::NotBegun | Over::Unknown(_) => None,
            })
            .min();
        let day = |over| match over {
            Over::On(day) | Over::Unknown(day) => Some(day),
            Over::NotBegun => None,
        };
        let holding = self.rules.iter().find(|rule| rule.over == Over::NotBegun);
        let last = self.rules.iter().max_by_key(|rule| day(rule.over));
        // What a person has to look at is named by what they have to find out.
        let Some(deciding) = holding.or(self.unknown()).or(last) else {
            return Verdict {
                due_on: Some(self.obtained_on),
                first_on: Some(self.obtained_on),
                action: Action::Review,
                cause: Cause::NoActivity,
                activity: String::new(),
                rule: 0,
            };
        };
        Verdict {
            due_on: last
                .filter(|_| holding.is_none())
                .and_then(|rule| day(rule.over)),
            first_on,
            action: self.action(),
            cause: deciding.cause,
            activity: deciding.activity.id.clone(),
            rule: deciding.number,
        }
    }

    fn unknown(&self) -> Option<&RuleOf<'_>> {
        let mut rules = self.rules.iter();
        rules.find(|rule| matches!(rule.over, Over::Unknown(_)))
    }

    /// What one rule wants a person to look at is looked at; of the others erasure is the stricter.
    fn action(&self) -> Action {
        let wants = |action| {
            let of = |rule: &RuleOf<'_>| rule.rule.map_or(Action::Erase, |rule| rule.action);
            self.rules.iter().any(|rule| of(rule) == action)
        };
        if self.unknown().is_some() || wants(Action::Review) {
            Action::Review
        } else if wants(Action::Erase) {
            Action::Erase
        } else {
            Action::Anonymise
        }
    }
}
