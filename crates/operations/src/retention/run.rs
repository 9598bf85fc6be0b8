//! Runs: what is due is shown, released by somebody, and erased a few contacts at a time. Each contact
//! goes in one transaction with its evidence, so a run that was cut off goes on where it ended. Whoever
//! is not due any more when the turn comes is left out.

use jiff::civil::Date;
use law::ChannelSet;
use register::{Action, Register};
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};
use store::retention::{Item, Run};
use store::{Id, StoreError, Tx};

use super::RetentionFault;
use super::judge::{self, Cause, Held, Verdict, action_number};
use super::release::Release;
use crate::erase::carry_out;
use crate::installation::new_id;
use crate::log::append::{self, Kind};
use crate::objection::{ADVERTISING, in_force, suppress, to_suppress};
use crate::person::Person;
use crate::state::{self, Proved, RowProof};
use crate::words::{self, SuppressedFor};
use crate::{Act, Error, Organisation};

/// Contacts in one transaction.
const BATCH: u32 = 50;
/// What a run carries out; what is to be looked at is not among it.
const ACTIONS: (i16, i16) = (
    action_number(Action::Erase),
    action_number(Action::Anonymise),
);

/// How far a run has come. The numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i16)]
pub enum RunState {
    /// It is shown and waits for its release.
    Proposed = 1,
    /// It is under way.
    Released = 2,
    /// It is done.
    Done = 3,
    /// It was called off before its release.
    CalledOff = 4,
    /// It was stopped after its release; who went until then is gone.
    Stopped = 5,
}

impl RunState {
    /// Every state.
    pub const ALL: [Self; 5] = [
        Self::Proposed,
        Self::Released,
        Self::Done,
        Self::CalledOff,
        Self::Stopped,
    ];

    /// Its name in evidence and JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Released => "released",
            Self::Done => "done",
            Self::CalledOff => "called_off",
            Self::Stopped => "stopped",
        }
    }

    pub(super) fn stored(number: i16) -> Result<Self, Error> {
        let found = Self::ALL.into_iter().find(|state| *state as i16 == number);
        found.ok_or(Error::Stored("state of a run"))
    }
}

/// Why a contact was left out of a run. The numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i16)]
pub enum LeftOut {
    /// It is not due any more, or by another rule: something was added since the run was shown.
    Changed = 1,
    /// A legal hold stands.
    Held = 2,
    /// It was merged into another contact.
    Merged = 3,
    /// Its data could not be read or erased.
    Fault = 4,
}

impl LeftOut {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::Changed, Self::Held, Self::Merged, Self::Fault];

    /// Its name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Held => "held",
            Self::Merged => "merged",
            Self::Fault => "fault",
        }
    }

    pub(super) fn stored(number: i16) -> Result<Self, Error> {
        let found = Self::ALL.into_iter().find(|why| *why as i16 == number);
        found.ok_or(Error::Stored("reason of a run"))
    }
}

/// How many contacts went by one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Gone {
    pub(super) activity: String,
    pub(super) rule: i64,
    pub(super) cause: i16,
    pub(super) action: i16,
    pub(super) count: u64,
}

pub(super) fn gone(run: &Run) -> Result<Vec<Gone>, Error> {
    serde_json::from_str(&run.counts).map_err(|_| Error::Stored("counts of a run"))
}

impl Organisation {
    /// Proposes a run over everybody who is due today and held by nothing. Returns its identifier.
    ///
    /// # Errors
    /// When another run is not done yet, or nothing is due.
    pub fn propose_retention_run(&self, act: &Act) -> Result<Id, Error> {
        self.bring_retention_up_to_date(act)?;
        let (this, by) = (self.clone(), act.clone());
        let id = self.store().write(move |tx| propose(tx, &this, &by))?;
        self.sequence(act.at)?;
        Ok(id)
    }

    /// Releases a run: from now on it is carried out.
    ///
    /// # Errors
    /// When the run is unknown or not proposed any more, or a second person has to do it.
    pub fn release_retention_run(&self, run: Id, act: &Act) -> Result<i64, Error> {
        let (this, by) = (self.clone(), act.clone());
        self.store().write(move |tx| {
            let mut run = proposed(tx, &this, run)?;
            let way = Release::stored(run.release)?.and(Release::read(tx, &this)?);
            if way == Release::Two && run.proposed_by == by.by {
                return Err(RetentionFault::SecondPerson.into());
            }
            run.released_by = Some(by.by.clone());
            run.released_at = Some(by.at);
            move_to(
                tx,
                &this,
                run,
                RunState::Released,
                Kind::RetentionReleased,
                &by,
            )
        })
    }

    /// Calls off a run that is not released, or stops one that is: who waits is left alone.
    ///
    /// # Errors
    /// When the run is unknown, or over.
    pub fn call_off_retention_run(&self, run: Id, act: &Act) -> Result<i64, Error> {
        let (this, by) = (self.clone(), act.clone());
        self.store().write(move |tx| {
            let run = store::retention::run_to_change(tx, this.id(), run)?;
            let mut run = run.ok_or(RetentionFault::UnknownRun)?;
            let (state, kind) = match RunState::stored(run.state)? {
                RunState::Proposed => (RunState::CalledOff, Kind::RetentionCalledOff),
                RunState::Released => (RunState::Stopped, Kind::RetentionStopped),
                RunState::Done | RunState::CalledOff | RunState::Stopped => {
                    return Err(RetentionFault::RunMoved.into());
                }
            };
            store::retention::empty_run(tx, this.id(), run.id)?;
            run.ended_at = Some(by.at);
            move_to(tx, &this, run, state, kind, &by)
        })
    }

    /// Carries out a part of the run that is released. Who can't be erased is left out, and does not hold
    /// up the others. Returns whether more is to be done.
    ///
    /// # Errors
    /// When the database can't be written. What was done stays done.
    pub fn carry_out_retention(&self, act: &Act) -> Result<bool, Error> {
        let more = match self.part(BATCH, act) {
            Err(error) if is_of_one(&error) => self.one_by_one(act)?,
            done => done?,
        };
        if more {
            self.sequence(act.at)?;
        }
        Ok(more)
    }

    fn part(&self, limit: u32, act: &Act) -> Result<bool, Error> {
        let (this, by) = (self.clone(), act.clone());
        self.store().write(move |tx| batch(tx, &this, limit, &by))
    }

    /// The same part, each contact in its own transaction.
    fn one_by_one(&self, act: &Act) -> Result<bool, Error> {
        for _ in 0..BATCH {
            match self.part(1, act) {
                Err(error) if is_of_one(&error) => {
                    tracing::error!(%error, "a contact of a run could not be erased");
                    let this = self.clone();
                    self.store().write(move |tx| leave_out_first(tx, &this))?;
                }
                done => {
                    if !done? {
                        return Ok(false);
                    }
                }
            }
        }
        Ok(true)
    }

    /// Proposes and releases the run of the day, where nobody has to release it. Returns whether there
    /// is one.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn begin_daily_retention(&self, act: &Act) -> Result<bool, Error> {
        let daily = self.store().read(|tx| Release::read(tx, self))? == Release::Daily;
        if !daily {
            return Ok(false);
        }
        match self.propose_retention_run(act) {
            Err(Error::Retention(RetentionFault::NothingDue | RetentionFault::RunOpen)) => {
                Ok(false)
            }
            Err(error) => Err(error),
            Ok(run) => {
                self.release_retention_run(run, act)?;
                Ok(true)
            }
        }
    }
}

fn propose(tx: &mut Tx<'_>, this: &Organisation, act: &Act) -> Result<Id, Error> {
    // Whoever holds this lock is the only one who proposes.
    let pass = store::retention::pass_to_change(tx, this.id())?.ok_or(Error::NoRegister)?;
    if store::retention::open_run(tx, this.id())?.is_some() {
        return Err(RetentionFault::RunOpen.into());
    }
    let mut run = Run {
        org: this.id(),
        id: new_id(act.at)?,
        state: RunState::Proposed as i16,
        as_of: act.today,
        register: pass.register,
        people: 0,
        proposed_by: act.by.clone(),
        proposed_at: act.at,
        released_by: None,
        released_at: None,
        ended_at: None,
        counts: "[]".to_owned(),
        entry_seq: 0,
        release: Release::read(tx, this)? as i16,
    };
    store::retention::insert_run(tx, &run)?;
    let people = store::retention::fill_run(tx, (run.org, run.id), run.as_of, ACTIONS)?;
    if people == 0 {
        return Err(RetentionFault::NothingDue.into());
    }
    run.people = i64::try_from(people).unwrap_or(i64::MAX);
    let id = run.id;
    move_to(
        tx,
        this,
        run,
        RunState::Proposed,
        Kind::RetentionProposed,
        act,
    )?;
    Ok(id)
}

fn proposed(tx: &mut Tx<'_>, this: &Organisation, run: Id) -> Result<Run, Error> {
    let run = store::retention::run_to_change(tx, this.id(), run)?;
    let run = run.ok_or(RetentionFault::UnknownRun)?;
    if run.state != RunState::Proposed as i16 {
        return Err(RetentionFault::RunMoved.into());
    }
    Ok(run)
}

/// Writes a run in a new state, with the entry that proves it.
fn move_to(
    tx: &mut Tx<'_>,
    this: &Organisation,
    mut run: Run,
    state: RunState,
    kind: Kind,
    act: &Act,
) -> Result<i64, Error> {
    run.state = state as i16;
    let proved = Proved {
        row: state::retention_run(&run),
        what: json!({
            "run": run.id.to_string(),
            "state": state.name(),
            "as_of": run.as_of,
            "register_version": run.register,
            "people": run.people,
            "counts": counts_in_words(&run)?,
        }),
    };
    let what = serde_json::to_value(proved).map_err(|_| Error::Stored("entry"))?;
    run.entry_seq = append::clear(tx, this, act, kind, what)?;
    store::retention::update_run(tx, &run)?;
    Ok(run.entry_seq)
}

/// What went, as evidence says it.
fn counts_in_words(run: &Run) -> Result<Vec<serde_json::Value>, Error> {
    let line = |gone: Gone| {
        Ok(json!({
            "activity": gone.activity,
            "rule": gone.rule,
            "cause": Cause::stored(gone.cause)?.name(),
            "action": judge::action(gone.action)?.name(),
            "count": gone.count,
        }))
    };
    gone(run)?.into_iter().map(line).collect()
}

/// Whether an error may lie in one contact alone. What the database as a whole can't do is none.
fn is_of_one(error: &Error) -> bool {
    use StoreError::{Duplicate, Malformed, Missing};
    match error {
        Error::Store(error) => matches!(error, Duplicate | Malformed(_) | Missing),
        _ => true,
    }
}

/// The run that is released; nobody else goes on with it until the transaction ends.
fn under_way(tx: &mut Tx<'_>, this: &Organisation) -> Result<Option<Run>, Error> {
    let Some(open) = store::retention::open_run(tx, this.id())? else {
        return Ok(None);
    };
    let run = store::retention::run_to_change(tx, this.id(), open.id)?;
    Ok(run.filter(|run| run.state == RunState::Released as i16))
}

/// Leaves the contact out whose turn it is. What all contacts need must be there, or it is not its fault.
fn leave_out_first(tx: &mut Tx<'_>, this: &Organisation) -> Result<(), Error> {
    let Some(run) = under_way(tx, this)? else {
        return Ok(());
    };
    this.register(tx)?;
    gone(&run)?;
    for item in store::retention::waiting_items(tx, this.id(), run.id, 1)? {
        store::retention::leave_out(tx, &item, LeftOut::Fault as i16)?;
    }
    Ok(())
}

fn batch(tx: &mut Tx<'_>, this: &Organisation, limit: u32, act: &Act) -> Result<bool, Error> {
    let org = this.id();
    let Some(mut run) = under_way(tx, this)? else {
        return Ok(false);
    };
    let items = store::retention::waiting_items(tx, org, run.id, limit)?;
    if items.is_empty() {
        run.ended_at = Some(act.at);
        move_to(tx, this, run, RunState::Done, Kind::RetentionDone, act)?;
        return Ok(true);
    }
    let register = this.register(tx)?;
    let mut counts = gone(&run)?;
    for item in &items {
        match one(tx, this, &register.register, item, act)? {
            None => count(&mut counts, item),
            Some(reason) => store::retention::leave_out(tx, item, reason as i16)?,
        }
    }
    run.counts = serde_json::to_string(&counts).map_err(|_| Error::Stored("counts of a run"))?;
    store::retention::update_run(tx, &run)?;
    Ok(true)
}

fn count(counts: &mut Vec<Gone>, item: &Item) {
    let same = |gone: &&mut Gone| {
        gone.activity == item.activity
            && (gone.rule, gone.cause, gone.action) == (item.rule, item.cause, item.action)
    };
    match counts.iter_mut().find(same) {
        Some(gone) => gone.count += 1,
        None => counts.push(Gone {
            activity: item.activity.clone(),
            rule: item.rule,
            cause: item.cause,
            action: item.action,
            count: 1,
        }),
    }
}

/// Erases one contact of a run, or says why not.
fn one(
    tx: &mut Tx<'_>,
    this: &Organisation,
    register: &Register,
    item: &Item,
    act: &Act,
) -> Result<Option<LeftOut>, Error> {
    let person = Person::load_to_change(tx, this, item.contact)?;
    if person.row.id != item.contact {
        return Ok(Some(LeftOut::Merged));
    }
    let Some(held) = Held::load(tx, this, item.contact)? else {
        return Ok(Some(LeftOut::Changed));
    };
    if held.held_until()?.is_some_and(|last| last >= act.today) {
        return Ok(Some(LeftOut::Held));
    }
    let verdict = held.judge(register, act.today)?.verdict();
    if !is_as_shown(&verdict, item) {
        return Ok(Some(LeftOut::Changed));
    }
    let suppressed = suppress_as_the_person_wants(tx, this, &person, &held, act.today)?;
    let more = Map::from_iter([(
        "retention".to_owned(),
        json!({
            "run": item.run.to_string(),
            "activity": item.activity,
            "rule": item.rule,
            "due_on": item.due_on,
            "action": verdict.action.name(),
            "cause": verdict.cause.name(),
            "provision": verdict.cause.provision(),
        }),
    )]);
    if verdict.action == Action::Anonymise {
        store::retention::keep_numbers(tx, this.id(), person.row.id)?;
    }
    carry_out(tx, this, &person, item.due_on, (suppressed, more), act)?;
    Ok(None)
}

fn is_as_shown(verdict: &Verdict, item: &Item) -> bool {
    verdict.due_on == Some(item.due_on)
        && action_number(verdict.action) == item.action
        && verdict.cause as i16 == item.cause
        && verdict.activity == item.activity
        && verdict.rule == item.rule
}

/// A period that is over is no wish of the person: an address is suppressed only as far as the person
/// objected or took a consent back, and a new consent is free (GDPR Art. 21(3), 7(3)). What is
/// suppressed already stays.
fn suppress_as_the_person_wants(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    held: &Held,
    on: Date,
) -> Result<Vec<RowProof>, Error> {
    let facts = &held.facts;
    let objected = facts
        .objections
        .iter()
        .filter(|row| row.scope == ADVERTISING && row.purpose.is_none() && in_force(row, on));
    let objected = objected.map(|row| (row.channels, row.objected_on));
    let withdrawn = facts.consents.iter();
    let withdrawn = withdrawn.filter_map(|row| Some((row.channels, row.withdrawn_on?)));
    let (mut channels, mut since) = (ChannelSet::EMPTY, on);
    for (bits, day) in objected.chain(withdrawn) {
        channels = words::channels(bits)?
            .iter()
            .fold(channels, ChannelSet::with);
        since = since.min(day);
    }
    if channels.is_empty() {
        return Ok(Vec::new());
    }
    let blinds = to_suppress(tx, this, &person.kept(this)?, &[person.row.id])?;
    suppress(tx, this, &blinds, channels, since, SuppressedFor::Objection)
}
