//! Who goes in a run that waits or is under way, for whoever releases it.

use jiff::civil::Date;
use store::Id;

use super::RetentionFault;
use super::view::RuleLine;
use crate::browse::{ContactLine, line_of};
use crate::{Error, Organisation};

/// A contact of a run that waits.
#[derive(Clone, Debug)]
pub struct RunContact {
    /// Its identifier.
    pub id: String,
    /// As in the list; `None` if its data can't be read.
    pub line: Option<ContactLine>,
    /// The rule by which it goes.
    pub rule: RuleLine,
    /// The day from which it is due.
    pub due_on: Date,
}

/// A part of the contacts of a run.
#[derive(Clone, Debug)]
pub struct RunContacts {
    /// What was due on this day.
    pub as_of: Date,
    /// The contacts.
    pub lines: Vec<RunContact>,
    /// Where the next part begins.
    pub next: Option<String>,
}

impl Organisation {
    /// At most `limit` contacts of a run that wait, in the order of their identifiers, after `after`.
    ///
    /// # Errors
    /// When the run is unknown, or `after` is not where a part began.
    pub fn retention_run_contacts(
        &self,
        run: Id,
        after: Option<&str>,
        limit: u32,
    ) -> Result<RunContacts, Error> {
        let after = after.map(str::parse).transpose();
        let after: Option<Id> = after.map_err(|_| Error::ContactText)?;
        self.store().read(|tx| {
            let row = store::retention::run(tx, self.id(), run)?;
            let row = row.ok_or(RetentionFault::UnknownRun)?;
            let key = (row.org, row.id);
            let mut items = store::retention::items(tx, key, WAITS, after, limit + 1)?;
            let more = items.len() > limit as usize;
            items.truncate(limit as usize);
            let next = items.last().filter(|_| more);
            let next = next.map(|item| item.contact.to_string());
            let mut lines = Vec::new();
            for item in items {
                let line = match line_of(tx, self, item.contact) {
                    Err(Error::Store(error)) => return Err(error.into()),
                    found => found.ok(),
                };
                lines.push(RunContact {
                    id: item.contact.to_string(),
                    line,
                    rule: RuleLine::new(item.activity, (item.rule, item.cause, item.action))?,
                    due_on: item.due_on,
                });
            }
            Ok(RunContacts {
                as_of: row.as_of,
                lines,
                next,
            })
        })
    }
}

/// The state of a contact of a run whose turn has not come.
const WAITS: i16 = 1;
