//! When contacts are due, and the runs that erase them.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::record::{self, Record, record, select};
use crate::tx::Place;
use crate::value::{ToValue, Value, bind};
use crate::{Id, StoreError, Tx};

record! {
    Main "retention_due",
    /// When a contact is due. What the codes mean is known to the caller.
    pub struct Due {
        /// The organisation.
        pub org: Id,
        /// The contact.
        pub contact: Id,
        /// The first day on which nothing holds the data any more; `None` while something does whose
        /// end is not known.
        pub due_on: Option<Date>,
        /// The first day on which one of the rules is over.
        pub first_on: Option<Date>,
        /// What happens then.
        pub action: i16,
        /// Why.
        pub cause: i16,
        /// The activity whose rule decides; empty if none does.
        pub activity: String,
        /// The rule, counted from 1; 0 if none decides.
        pub rule: i64,
        /// The last day of the hold that ends last.
        pub held_until: Option<Date>,
    }
}

record! {
    Main "retention_pass",
    /// How far the contacts' days are worked out.
    pub struct Pass {
        /// The organisation.
        pub org: Id,
        /// The version of the register that counts.
        pub register: i64,
        /// The next place in the log to look at.
        pub leaf: i64,
        /// While all contacts are gone through: the last one.
        pub reached: Option<Id>,
        /// When all were gone through; `None` while they are.
        pub finished_at: Option<Timestamp>,
    }
}

record! {
    Main "retention_run",
    /// A run that erases what is due.
    pub struct Run {
        /// The organisation.
        pub org: Id,
        /// Its identifier.
        pub id: Id,
        /// Proposed, released, done, called off.
        pub state: i16,
        /// What is due on this day.
        pub as_of: Date,
        /// The version of the register.
        pub register: i64,
        /// How many contacts it was proposed for.
        pub people: i64,
        /// The account or job that proposed it.
        pub proposed_by: String,
        /// When.
        pub proposed_at: Timestamp,
        /// The account or job that released it.
        pub released_by: Option<String>,
        /// When.
        pub released_at: Option<Timestamp>,
        /// When it was done or called off.
        pub ended_at: Option<Timestamp>,
        /// How many went by which rule, as the caller writes it.
        pub counts: String,
        /// The evidence entry that proves its present state.
        pub entry_seq: i64,
        /// Who has to release it, as a code: what was laid down when it was proposed.
        pub release: i16,
    }
}

record! {
    Main "retention_item",
    /// A contact of a run, as it was shown when the run was proposed.
    pub struct Item {
        /// The organisation.
        pub org: Id,
        /// The run.
        pub run: Id,
        /// The contact.
        pub contact: Id,
        /// The day from which it is due.
        pub due_on: Date,
        /// What is to happen.
        pub action: i16,
        /// Why.
        pub cause: i16,
        /// The activity whose rule decides.
        pub activity: String,
        /// The rule, counted from 1.
        pub rule: i64,
        /// Waits, or left out.
        pub state: i16,
        /// Why it was left out.
        pub reason: Option<i16>,
    }
}

/// Something by which a contact belongs to an activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touch {
    /// The contact.
    pub contact: Id,
    /// What it was.
    pub kind: TouchKind,
    /// The activity of a call or a campaign, the form of a lead; may be empty for other mail.
    pub name: String,
    /// When it was last.
    pub at: Option<Timestamp>,
}

/// Kinds of [`Touch`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TouchKind {
    /// A call.
    Call,
    /// A mail that was sent.
    Mail,
    /// A form by which the contact came, or that was confirmed.
    Form,
}

const TOUCHES: [(TouchKind, &str); 4] = [
    (
        TouchKind::Call,
        "SELECT contact, activity, MAX(called_at) FROM call \
         WHERE org = ?1 AND contact >= ?2 AND contact <= ?3 GROUP BY contact, activity",
    ),
    (
        TouchKind::Mail,
        "SELECT m.subject, COALESCE(c.activity, ''), MAX(m.sent_at) FROM message m \
         LEFT JOIN campaign c ON c.org = m.org AND c.id = m.campaign \
         WHERE m.org = ?1 AND m.subject >= ?2 AND m.subject <= ?3 AND m.sent_at IS NOT NULL \
         GROUP BY m.subject, COALESCE(c.activity, '')",
    ),
    (
        TouchKind::Form,
        "SELECT contact, form, MAX(confirmed_at) FROM submission \
         WHERE org = ?1 AND contact >= ?2 AND contact <= ?3 AND confirmed_at IS NOT NULL \
         GROUP BY contact, form",
    ),
    (
        TouchKind::Form,
        "SELECT contact, form, NULLIF(MAX(furthest), MAX(furthest)) FROM lead \
         WHERE org = ?1 AND contact >= ?2 AND contact <= ?3 GROUP BY contact, form",
    ),
];

/// What ties the contacts from `first` to `last`, both included, to activities.
pub fn touches(tx: &mut Tx<'_>, org: Id, first: Id, last: Id) -> Result<Vec<Touch>, StoreError> {
    let mut all = Vec::new();
    for (kind, sql) in TOUCHES {
        let rows = tx.rows(sql, &bind![org, first, last], |row| {
            Ok(Touch {
                contact: row.get(0)?,
                kind,
                name: row.get(1)?,
                at: row.get(2)?,
            })
        })?;
        all.extend(rows);
    }
    Ok(all)
}

/// Writes when contacts are due, in the place of what was known of those from `first` to `last`.
pub fn put(
    tx: &mut Tx<'_>,
    org: Id,
    (first, last): (Id, Id),
    rows: &[Due],
) -> Result<(), StoreError> {
    tx.execute(
        Place::Main,
        "DELETE FROM retention_due WHERE org = ?1 AND contact >= ?2 AND contact <= ?3",
        &bind![org, first, last],
    )?;
    record::insert(tx, rows)
}

/// When a contact is due, as far as it is worked out.
pub fn due(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<Option<Due>, StoreError> {
    let sql = select::<Due>("WHERE org = ?1 AND contact = ?2");
    tx.row(&sql, &bind![org, contact], Due::read)
}

/// Which contacts are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Due on a day after the first and not after the second, and not held on `today`.
    Due {
        /// Due after this day, if given.
        after: Option<Date>,
        /// Due on this day at the latest.
        until: Date,
        /// The codes of the actions.
        actions: (i16, i16),
        /// Today.
        today: Date,
    },
    /// Due, and held on this day.
    Held(Date),
    /// One rule is over on this day, but not every one.
    Waits(Date),
}

impl Which {
    /// The day by which the list is ordered, the condition, and its parameters from the second on.
    fn condition(self) -> (&'static str, &'static str, Vec<Date>, Vec<i16>) {
        match self {
            Self::Due {
                after,
                until,
                actions,
                today,
            } => (
                "due_on",
                "due_on > ?2 AND due_on <= ?3 AND (held_until IS NULL OR held_until < ?4) \
                 AND action >= ?5 AND action <= ?6",
                vec![after.unwrap_or(Date::MIN), until, today],
                vec![actions.0, actions.1],
            ),
            Self::Held(today) => (
                "due_on",
                "due_on <= ?2 AND held_until >= ?2",
                vec![today],
                Vec::new(),
            ),
            Self::Waits(today) => (
                "first_on",
                "first_on <= ?2 AND (due_on IS NULL OR due_on > ?2)",
                vec![today],
                Vec::new(),
            ),
        }
    }
}

/// At most `limit` of these contacts, in the order of their days, after the one with that day and
/// identifier.
pub fn list(
    tx: &mut Tx<'_>,
    org: Id,
    which: Which,
    after: Option<(Date, Id)>,
    limit: u32,
) -> Result<Vec<Due>, StoreError> {
    let (order, condition, days, codes) = which.condition();
    let mut values: Vec<Value<'_>> = vec![org.to_value()];
    values.extend(days.iter().map(ToValue::to_value));
    values.extend(codes.iter().map(ToValue::to_value));
    let place = match &after {
        None => String::new(),
        Some((day, contact)) => {
            values.extend([day.to_value(), contact.to_value()]);
            let (day, contact) = (values.len() - 1, values.len());
            format!("AND ({order} > ?{day} OR ({order} = ?{day} AND contact > ?{contact}))")
        }
    };
    values.push(limit.to_value());
    let last = values.len();
    let rest =
        format!("WHERE org = ?1 AND {condition} {place} ORDER BY {order}, contact LIMIT ?{last}");
    tx.rows(&select::<Due>(&rest), &values, Due::read)
}

/// How many contacts have the same rule, action and time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// What happens.
    pub action: i16,
    /// Why.
    pub cause: i16,
    /// The activity.
    pub activity: String,
    /// The rule.
    pub rule: i64,
    /// Whether a hold stands.
    pub held: bool,
    /// In which of the spans it falls due, counted from 0.
    pub span: i64,
    /// How many.
    pub count: i64,
}

/// How many contacts are due until each of three days, by rule.
pub fn counts(
    tx: &mut Tx<'_>,
    org: Id,
    (today, soon, later): (Date, Date, Date),
) -> Result<Vec<Count>, StoreError> {
    tx.rows(
        "SELECT action, cause, activity, rule, held, span, COUNT(*) FROM ( \
           SELECT action, cause, activity, rule, \
             CAST(CASE WHEN held_until >= ?2 THEN 1 ELSE 0 END AS BIGINT) AS held, \
             CAST(CASE WHEN due_on <= ?2 THEN 0 WHEN due_on <= ?3 THEN 1 ELSE 2 END AS BIGINT) AS span \
           FROM retention_due WHERE org = ?1 AND due_on <= ?4) AS days \
         GROUP BY action, cause, activity, rule, held, span \
         ORDER BY activity, rule, cause, action, held, span",
        &bind![org, today, soon, later],
        |row| {
            Ok(Count {
                action: row.get(0)?,
                cause: row.get(1)?,
                activity: row.get(2)?,
                rule: row.get(3)?,
                held: row.get::<i64>(4)? == 1,
                span: row.get(5)?,
                count: row.get(6)?,
            })
        },
    )
}

/// How many contacts have one rule that is over and another that is not.
pub fn count_waiting(tx: &mut Tx<'_>, org: Id, today: Date) -> Result<i64, StoreError> {
    let found = tx.row(
        "SELECT COUNT(*) FROM retention_due WHERE org = ?1 AND first_on <= ?2 \
         AND (due_on IS NULL OR due_on > ?2)",
        &bind![org, today],
        |row| row.get(0),
    )?;
    Ok(found.unwrap_or_default())
}

/// How far the contacts' days are worked out. Nobody else goes on with it until the transaction ends.
pub fn pass_to_change(tx: &mut Tx<'_>, org: Id) -> Result<Option<Pass>, StoreError> {
    let lock = if tx.is_postgres() { "FOR UPDATE" } else { "" };
    let sql = select::<Pass>(&format!("WHERE org = ?1 {lock}"));
    tx.row(&sql, &bind![org], Pass::read)
}

/// How far the contacts' days are worked out.
pub fn pass(tx: &mut Tx<'_>, org: Id) -> Result<Option<Pass>, StoreError> {
    let sql = select::<Pass>("WHERE org = ?1");
    tx.row(&sql, &bind![org], Pass::read)
}

/// Writes how far they are.
pub fn set_pass(tx: &mut Tx<'_>, pass: &Pass) -> Result<(), StoreError> {
    Pass::insert_all(
        tx,
        std::slice::from_ref(pass),
        "ON CONFLICT (org) DO UPDATE SET register = excluded.register, leaf = excluded.leaf, \
         reached = excluded.reached, finished_at = excluded.finished_at",
    )?;
    Ok(())
}

/// Adds a run.
pub fn insert_run(tx: &mut Tx<'_>, run: &Run) -> Result<(), StoreError> {
    record::insert(tx, std::slice::from_ref(run))
}

/// Writes every field of a run.
pub fn update_run(tx: &mut Tx<'_>, run: &Run) -> Result<bool, StoreError> {
    record::update(tx, run)
}

/// The run with this identifier.
pub fn run(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<Option<Run>, StoreError> {
    record::get(tx, org, id)
}

/// Like [`run`], and nobody else changes it until the transaction ends.
pub fn run_to_change(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<Option<Run>, StoreError> {
    record::get_to_change(tx, org, id)
}

/// At most `limit` runs in the order of their identifiers, after `after`.
pub fn runs(
    tx: &mut Tx<'_>,
    org: Id,
    after: Option<Id>,
    limit: u32,
) -> Result<Vec<Run>, StoreError> {
    record::page(tx, org, after, limit)
}

/// The newest runs first.
pub fn newest_runs(tx: &mut Tx<'_>, org: Id, limit: u32) -> Result<Vec<Run>, StoreError> {
    let sql = select::<Run>("WHERE org = ?1 ORDER BY id DESC LIMIT ?2");
    tx.rows(&sql, &bind![org, limit], Run::read)
}

/// The run that is proposed or released and not done, if there is one.
pub fn open_run(tx: &mut Tx<'_>, org: Id) -> Result<Option<Run>, StoreError> {
    let sql = select::<Run>("WHERE org = ?1 AND state <= 2 ORDER BY id LIMIT 1");
    tx.row(&sql, &bind![org], Run::read)
}

/// Puts every contact into a run that is due on `as_of` and not held, for one of the actions from
/// `actions.0` to `actions.1`. The run must be there. Returns how many they are.
pub fn fill_run(
    tx: &mut Tx<'_>,
    (org, run): (Id, Id),
    as_of: Date,
    actions: (i16, i16),
) -> Result<u64, StoreError> {
    tx.execute(
        Place::Main,
        "INSERT INTO retention_item \
         (org, run, contact, due_on, action, cause, activity, rule, state) \
         SELECT d.org, r.id, d.contact, d.due_on, d.action, d.cause, d.activity, d.rule, 1 \
         FROM retention_due d JOIN retention_run r ON r.org = d.org AND r.id = ?2 \
         WHERE d.org = ?1 AND d.due_on <= ?3 AND (d.held_until IS NULL OR d.held_until < ?3) \
         AND d.action >= ?4 AND d.action <= ?5",
        &bind![org, run, as_of, actions.0, actions.1],
    )
}

/// At most `limit` contacts of a run that wait.
pub fn waiting_items(
    tx: &mut Tx<'_>,
    org: Id,
    run: Id,
    limit: u32,
) -> Result<Vec<Item>, StoreError> {
    let sql = select::<Item>("WHERE org = ?1 AND run = ?2 AND state = 1 ORDER BY contact LIMIT ?3");
    tx.rows(&sql, &bind![org, run, limit], Item::read)
}

/// At most `limit` contacts of a run in one state, after `after`.
pub fn items(
    tx: &mut Tx<'_>,
    (org, run): (Id, Id),
    state: i16,
    after: Option<Id>,
    limit: u32,
) -> Result<Vec<Item>, StoreError> {
    let sql = select::<Item>(
        "WHERE org = ?1 AND run = ?2 AND state = ?3 AND contact > ?4 ORDER BY contact LIMIT ?5",
    );
    let after = after.unwrap_or_default();
    tx.rows(&sql, &bind![org, run, state, after, limit], Item::read)
}

/// How many contacts of a run have each state, action, cause, activity, rule and reason.
pub fn item_counts(tx: &mut Tx<'_>, org: Id, run: Id) -> Result<Vec<(Item, i64)>, StoreError> {
    tx.rows(
        "SELECT MIN(due_on), action, cause, activity, rule, state, reason, COUNT(*) \
         FROM retention_item WHERE org = ?1 AND run = ?2 \
         GROUP BY action, cause, activity, rule, state, reason \
         ORDER BY activity, rule, cause, action, state, reason",
        &bind![org, run],
        |row| {
            let item = Item {
                org,
                run,
                contact: Id::default(),
                due_on: row.get(0)?,
                action: row.get(1)?,
                cause: row.get(2)?,
                activity: row.get(3)?,
                rule: row.get(4)?,
                state: row.get(5)?,
                reason: row.get(6)?,
            };
            Ok((item, row.get(7)?))
        },
    )
}

/// Leaves a contact out of a run.
pub fn leave_out(tx: &mut Tx<'_>, item: &Item, reason: i16) -> Result<(), StoreError> {
    tx.execute(
        Place::Main,
        "UPDATE retention_item SET state = 2, reason = ?4 WHERE org = ?1 AND run = ?2 AND contact = ?3",
        &bind![item.org, item.run, item.contact, reason],
    )?;
    Ok(())
}

/// Removes the contacts that wait from a run that is called off.
pub fn empty_run(tx: &mut Tx<'_>, org: Id, run: Id) -> Result<(), StoreError> {
    tx.execute(
        Place::Main,
        "DELETE FROM retention_item WHERE org = ?1 AND run = ?2 AND state = 1",
        &bind![org, run],
    )?;
    Ok(())
}

/// Keeps the numbers of the campaigns that a contact was in, who is about to go.
pub fn keep_numbers(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<(), StoreError> {
    const ADD: &str = "ON CONFLICT (org, campaign, state, failure) \
                       DO UPDATE SET people = campaign_gone.people + 1";
    for from in [
        "SELECT org, campaign, 0, '', 1 FROM campaign_recipient WHERE org = ?1 AND contact = ?2",
        // What waits or is on its way has come to nothing yet.
        "SELECT org, campaign, state, COALESCE(failure, ''), 1 FROM message \
         WHERE org = ?1 AND subject = ?2 AND campaign IS NOT NULL AND state > 3",
    ] {
        let sql = format!(
            "INSERT INTO campaign_gone (org, campaign, state, failure, people) {from} {ADD}"
        );
        tx.execute(Place::Main, &sql, &bind![org, contact])?;
    }
    Ok(())
}

/// How many forms that were sent nobody has confirmed; they go when the days of the form are over.
pub fn unconfirmed(tx: &mut Tx<'_>, org: Id) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM submission WHERE org = ?1 AND confirmed_at IS NULL";
    let found = tx.row(sql, &bind![org], |row| row.get(0))?;
    Ok(found.unwrap_or_default())
}
