//! What is due, for people to look at before anything goes.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use register::Action;
use serde::Serialize;
use store::retention::{Due, Item, Run, Which};
use store::{Id, Tx};

use super::RetentionFault;
use super::floor::{self, ProofToKeep};
use super::hold;
use super::judge::{self, Cause, Held, Over, action_number};
use super::release::{Release, ReleaseAsked};
use super::run::{self, LeftOut, RunState};
use crate::browse::{ContactLine, line_of};
use crate::person::{ContactRef, Person};
use crate::{Error, Organisation};

/// Runs that are listed.
const RUNS: u32 = 20;

/// The rule that decides when a contact goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleLine {
    /// The activity, by identifier; empty if none decides.
    pub activity: String,
    /// Its rule, counted from 1; 0 if none decides.
    pub rule: usize,
    /// Why.
    pub cause: Cause,
    /// What happens.
    pub action: Action,
}

impl RuleLine {
    pub(super) fn new(
        activity: String,
        (rule, cause, action): (i64, i16, i16),
    ) -> Result<Self, Error> {
        Ok(Self {
            activity,
            rule: usize::try_from(rule).unwrap_or_default(),
            cause: Cause::stored(cause)?,
            action: judge::action(action)?,
        })
    }
}

/// How many contacts a rule lets go, and when.
#[derive(Clone, Debug)]
pub struct DueCount {
    /// The rule.
    pub rule: RuleLine,
    /// Due today, and held by nothing.
    pub now: u64,
    /// Due today, and held by a legal hold.
    pub held: u64,
    /// Due within 30 days.
    pub in_30_days: u64,
    /// Due after these, within 90 days.
    pub in_90_days: u64,
}

/// The state of retention in an organisation.
#[derive(Clone, Debug)]
pub struct RetentionView {
    /// By rule.
    pub counts: Vec<DueCount>,
    /// Contacts of whom one rule is over and another is not.
    pub waiting: u64,
    /// Forms that nobody has confirmed yet; they go by themselves.
    pub unconfirmed: u64,
    /// Whether every contact was looked at since the register changed.
    pub is_complete: bool,
    /// The runs, the newest first.
    pub runs: Vec<RunLine>,
    /// Who releases runs.
    pub release: Release,
    /// What somebody asked for instead and nobody has confirmed yet.
    pub release_asked: Option<ReleaseAsked>,
}

impl RetentionView {
    /// How many can go now without a decision, are to be looked at, and are held.
    pub fn totals(&self) -> (u64, u64, u64) {
        let sum = |review: bool, of: fn(&DueCount) -> u64| {
            let counts = self.counts.iter();
            let counts = counts.filter(|count| (count.rule.action == Action::Review) == review);
            counts.map(of).sum::<u64>()
        };
        let held = |count: &DueCount| count.held;
        let now = |count: &DueCount| count.now;
        (
            sum(false, now),
            sum(true, now),
            sum(false, held) + sum(true, held),
        )
    }
}

/// Which contacts are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueWhich {
    /// Due now, to be erased or anonymised.
    Now,
    /// Due now, to be looked at.
    Review,
    /// Due within 30 days.
    Soon,
    /// Due after these, within 90 days.
    Later,
    /// Due and held.
    Held,
    /// One rule is over and another is not.
    Waiting,
}

impl DueWhich {
    /// Every list.
    pub const ALL: [Self; 6] = [
        Self::Now,
        Self::Review,
        Self::Soon,
        Self::Later,
        Self::Held,
        Self::Waiting,
    ];

    /// Its name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Review => "review",
            Self::Soon => "soon",
            Self::Later => "later",
            Self::Held => "held",
            Self::Waiting => "waiting",
        }
    }

    /// The list with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|which| which.name() == name)
    }

    fn which(self, today: Date) -> Which {
        let review = action_number(Action::Review);
        let due = |after: Option<i64>, until: i64, actions| Which::Due {
            after: after.map(|days| today.saturating_add(days.days())),
            until: today.saturating_add(until.days()),
            actions,
            today,
        };
        match self {
            Self::Now => due(None, 0, (0, action_number(Action::Anonymise))),
            Self::Review => due(None, 0, (review, review)),
            Self::Soon => due(Some(0), SOON, (0, review)),
            Self::Later => due(Some(SOON), LATER, (0, review)),
            Self::Held => Which::Held(today),
            Self::Waiting => Which::Waits(today),
        }
    }
}

const SOON: i64 = 30;
const LATER: i64 = 90;

/// A contact in a list.
#[derive(Clone, Debug)]
pub struct DueLine {
    /// The contact.
    pub contact: ContactLine,
    /// The first day on which it may go; `None` while something holds it whose end is not known.
    pub due_on: Option<Date>,
    /// The first day on which one of its rules was over.
    pub first_on: Option<Date>,
    /// The rule that decides: the last one, or the one that still holds the data.
    pub rule: RuleLine,
    /// The last day of the hold that ends last.
    pub held_until: Option<Date>,
}

/// A part of a list.
#[derive(Clone, Debug)]
pub struct DuePage {
    /// The contacts.
    pub lines: Vec<DueLine>,
    /// Where the next part begins; names nobody.
    pub next: Option<String>,
}

/// A run.
#[derive(Clone, Debug)]
pub struct RunLine {
    /// Its identifier.
    pub id: String,
    /// How far it is.
    pub state: RunState,
    /// What was due on this day.
    pub as_of: Date,
    /// For how many contacts it was proposed.
    pub people: u64,
    /// Who proposed it, and when.
    pub proposed: (String, Timestamp),
    /// Who released it, and when.
    pub released: Option<(String, Timestamp)>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// How many went until now.
    pub gone: u64,
    /// The evidence entry about its state.
    pub entry: i64,
}

/// How many contacts of a run have one rule.
#[derive(Clone, Debug)]
pub struct RuleCount {
    /// The rule.
    pub rule: RuleLine,
    /// How many.
    pub count: u64,
}

/// A contact that was left out of a run.
#[derive(Clone, Debug)]
pub struct LeftOutLine {
    /// The contact, by identifier.
    pub contact: String,
    /// Why.
    pub reason: LeftOut,
}

/// A run with what it does or did.
#[derive(Clone, Debug)]
pub struct RunPage {
    /// The run.
    pub line: RunLine,
    /// Who releases this run: the stricter of what counted when it was proposed and what counts today.
    pub release: Release,
    /// What waits, by rule.
    pub waiting: Vec<RuleCount>,
    /// What went, by rule.
    pub gone: Vec<RuleCount>,
    /// How many were left out, by reason.
    pub left_out: Vec<(LeftOut, u64)>,
    /// The first of those.
    pub exceptions: Vec<LeftOutLine>,
    /// The version of the register by which it was proposed.
    pub register: i64,
}

/// A legal hold.
#[derive(Clone, Debug, Serialize)]
pub struct HoldLine {
    /// Its identifier.
    pub id: String,
    /// The provision.
    pub provision: String,
    /// The reason.
    pub reason: String,
    /// The last day.
    pub ends_on: Date,
}

/// What holds a contact's data, and until when.
#[derive(Clone, Debug)]
pub struct ContactRetention {
    /// The contact.
    pub contact: ContactLine,
    /// Each rule of each activity that holds it, with when it is over.
    pub rules: Vec<(RuleLine, Over)>,
    /// When it may go; `None` while something holds it whose end is not known.
    pub due_on: Option<Date>,
    /// What happens then, and by which rule.
    pub decided: RuleLine,
    /// Legal holds.
    pub holds: Vec<HoldLine>,
    /// A proof that the law asks to keep.
    pub proof: Option<ProofToKeep>,
    /// Since when an erasure waits for the holds to end.
    pub erasure_waits_since: Option<Date>,
}

fn whole(count: i64) -> u64 {
    u64::try_from(count).unwrap_or_default()
}

impl Organisation {
    /// What is due today and in the next 90 days, by rule, and the runs.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn retention_view(&self, today: Date) -> Result<RetentionView, Error> {
        self.store().read(|tx| {
            let org = self.id();
            let days = (
                today,
                today.saturating_add(SOON.days()),
                today.saturating_add(LATER.days()),
            );
            let mut counts: Vec<DueCount> = Vec::new();
            for row in store::retention::counts(tx, org, days)? {
                let rule = RuleLine::new(row.activity, (row.rule, row.cause, row.action))?;
                if counts.last().is_none_or(|last| last.rule != rule) {
                    counts.push(DueCount {
                        rule,
                        now: 0,
                        held: 0,
                        in_30_days: 0,
                        in_90_days: 0,
                    });
                }
                let Some(last) = counts.last_mut() else {
                    continue;
                };
                let number = match (row.span, row.held) {
                    (0, false) => &mut last.now,
                    (0, true) => &mut last.held,
                    (1, _) => &mut last.in_30_days,
                    _ => &mut last.in_90_days,
                };
                *number += whole(row.count);
            }
            let pass = store::retention::pass(tx, org)?;
            let version = store::register_version::latest_mark(tx, org)?;
            let version = version.map(|(version, _)| version);
            Ok(RetentionView {
                counts,
                waiting: whole(store::retention::count_waiting(tx, org, today)?),
                unconfirmed: whole(store::retention::unconfirmed(tx, org)?),
                is_complete: pass.is_some_and(|pass| {
                    pass.finished_at.is_some() && version == Some(pass.register)
                }),
                runs: store::retention::newest_runs(tx, org, RUNS)?
                    .into_iter()
                    .map(RunLine::new)
                    .collect::<Result<_, _>>()?,
                release: Release::read(tx, self)?,
                release_asked: ReleaseAsked::read(tx, self)?,
            })
        })
    }

    /// A part of a list of contacts, at most `limit`, in the order of their days.
    ///
    /// # Errors
    /// When `after` is not where a part began, or the database can't be read.
    pub fn due_contacts(
        &self,
        which: DueWhich,
        after: Option<&str>,
        limit: u32,
        today: Date,
    ) -> Result<DuePage, Error> {
        let after = after.map(read_place).transpose()?;
        self.store().read(|tx| {
            let which_rows = which.which(today);
            let mut rows = store::retention::list(tx, self.id(), which_rows, after, limit + 1)?;
            let more = rows.len() > limit as usize;
            rows.truncate(limit as usize);
            let next = rows.last().filter(|_| more).map(|row| place(which, row));
            let mut lines = Vec::new();
            for row in rows {
                // Who was merged or erased a moment ago is still there until the job comes by.
                match line_of(tx, self, row.contact) {
                    Err(Error::Erased | Error::UnknownContact) => {}
                    found => lines.push(DueLine::new(found?, row)?),
                }
            }
            Ok(DuePage { lines, next })
        })
    }

    /// What holds a contact's data, and until when.
    ///
    /// # Errors
    /// When the contact is unknown or erased.
    pub fn contact_retention(
        &self,
        contact: &ContactRef,
        today: Date,
    ) -> Result<ContactRetention, Error> {
        self.store().read(|tx| {
            let id = Person::find(tx, self, contact)?.row.id;
            let held = Held::load(tx, self, id)?.ok_or(Error::Erased)?;
            let register = self.register_or_empty(tx)?;
            let judged = held.judge(&register.register, today)?;
            let verdict = judged.verdict();
            let rules = judged.rules.iter().map(|rule| {
                let line = RuleLine {
                    activity: rule.activity.id.clone(),
                    rule: usize::try_from(rule.number).unwrap_or_default(),
                    cause: rule.cause,
                    action: rule.rule.map_or(Action::Review, |rule| rule.action),
                };
                (line, rule.over)
            });
            let proof = floor::call_consents(&held.facts)?;
            Ok(ContactRetention {
                contact: line_of(tx, self, id)?,
                rules: rules.collect(),
                due_on: verdict.due_on,
                decided: RuleLine {
                    activity: verdict.activity,
                    rule: usize::try_from(verdict.rule).unwrap_or_default(),
                    cause: verdict.cause,
                    action: verdict.action,
                },
                holds: held
                    .facts
                    .holds
                    .iter()
                    .map(|hold| HoldLine {
                        id: hold.id.to_string(),
                        provision: hold.provision.clone(),
                        reason: hold.reason.clone(),
                        ends_on: hold.ends_on,
                    })
                    .collect(),
                proof: proof.filter(|proof| proof.until >= today),
                erasure_waits_since: hold::waits_since(tx, self, id)?,
            })
        })
    }

    /// A run with what it does or did, and the first `limit` contacts that were left out.
    ///
    /// # Errors
    /// When the run is unknown.
    pub fn retention_run(&self, run: Id, limit: u32) -> Result<RunPage, Error> {
        self.store().read(|tx| {
            let row = store::retention::run(tx, self.id(), run)?;
            page(tx, self, row.ok_or(RetentionFault::UnknownRun)?, limit)
        })
    }
}

fn page(tx: &mut Tx<'_>, this: &Organisation, row: Run, limit: u32) -> Result<RunPage, Error> {
    let key = (row.org, row.id);
    let (mut waiting, mut left_out) = (Vec::new(), Vec::<(LeftOut, u64)>::new());
    for (item, count) in store::retention::item_counts(tx, row.org, row.id)? {
        let count = whole(count);
        match item.reason.map(LeftOut::stored).transpose()? {
            None => waiting.push(RuleCount {
                rule: RuleLine::new(item.activity, (item.rule, item.cause, item.action))?,
                count,
            }),
            Some(why) => match left_out.iter_mut().find(|(known, _)| *known == why) {
                Some((_, known)) => *known += count,
                None => left_out.push((why, count)),
            },
        }
    }
    let exceptions = store::retention::items(tx, key, 2, None, limit)?;
    let exceptions = exceptions.iter().map(left_out_line);
    let gone = run::gone(&row)?.into_iter().map(|gone| {
        Ok(RuleCount {
            rule: RuleLine::new(gone.activity, (gone.rule, gone.cause, gone.action))?,
            count: gone.count,
        })
    });
    Ok(RunPage {
        exceptions: exceptions.collect::<Result<_, Error>>()?,
        gone: gone.collect::<Result<_, Error>>()?,
        release: Release::stored(row.release)?.and(Release::read(tx, this)?),
        waiting,
        left_out,
        register: row.register,
        line: RunLine::new(row)?,
    })
}

fn left_out_line(item: &Item) -> Result<LeftOutLine, Error> {
    Ok(LeftOutLine {
        contact: item.contact.to_string(),
        reason: LeftOut::stored(item.reason.unwrap_or_default())?,
    })
}

impl DueLine {
    fn new(contact: ContactLine, row: Due) -> Result<Self, Error> {
        Ok(Self {
            contact,
            due_on: row.due_on,
            first_on: row.first_on,
            rule: RuleLine::new(row.activity, (row.rule, row.cause, row.action))?,
            held_until: row.held_until,
        })
    }
}

impl RunLine {
    fn new(row: Run) -> Result<Self, Error> {
        Ok(Self {
            id: row.id.to_string(),
            state: RunState::stored(row.state)?,
            as_of: row.as_of,
            people: whole(row.people),
            gone: run::gone(&row)?.iter().map(|gone| gone.count).sum(),
            proposed: (row.proposed_by, row.proposed_at),
            released: row.released_by.zip(row.released_at),
            ended_at: row.ended_at,
            entry: row.entry_seq,
        })
    }
}

/// Where the next part of a list begins: after this day and this identifier.
fn place(which: DueWhich, row: &Due) -> String {
    let day = match which {
        DueWhich::Waiting => row.first_on,
        _ => row.due_on,
    };
    format!("{}.{}", day.unwrap_or_default(), row.contact)
}

fn read_place(text: &str) -> Result<(Date, Id), Error> {
    let (day, contact) = text.split_once('.').ok_or(Error::ContactText)?;
    let day = day.parse().map_err(|_| Error::ContactText)?;
    let contact = contact.parse().map_err(|_| Error::ContactText)?;
    Ok((day, contact))
}
