//! Reminds whoever works on a request of its last day, a week and two days before.

use jiff::civil::Date;
use law::Lang;
use serde_json::json;

use super::{RequestKind, last_day};
use crate::access::{AccountId, mail_to_member};
use crate::log::append::{self, Kind};
use crate::mail::Letter;
use crate::{Act, Error, Organisation};

/// Days before the last one on which a reminder goes out.
const DAYS: [i32; 2] = [7, 2];
/// Open requests that are looked through.
const MOST: u32 = 1000;

impl Organisation {
    /// Writes the reminders that are due to the accounts that work on requests. Returns how many.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn remind_of_requests(&self, act: &Act) -> Result<usize, Error> {
        let rows = self
            .store()
            .read(|tx| store::request::open(tx, self.id(), MOST))?;
        let mut sent = 0;
        for row in rows {
            if row.assigned_to.is_none() || step(last_day(&row), act.today) <= row.reminded {
                continue;
            }
            let (this, act) = (self.clone(), act.clone());
            let reminded = self.store().write(move |tx| -> Result<_, Error> {
                // Another process may have been quicker, and somebody may just be working on it.
                let found = store::request::get_to_change(tx, this.id(), row.id)?;
                let Some(mut row) = found.filter(|row| row.answered_on.is_none()) else {
                    return Ok(false);
                };
                let due = last_day(&row);
                let step = step(due, act.today);
                let Some(account) = row.assigned_to.filter(|_| step > row.reminded) else {
                    return Ok(false);
                };
                let member = store::membership::get(tx, this.id(), account)?;
                if member.is_none_or(|row| row.ends_on.is_some_and(|last| last < act.today)) {
                    return Ok(false);
                }
                row.reminded = step;
                store::request::update(tx, &row)?;
                let kind = RequestKind::stored(row.kind)?;
                let place = this.installation().address();
                let place = place.map(|address| format!("{address}/requests/{}", row.id));
                let letter = letter(this.name(), kind, due, place.as_deref());
                mail_to_member(tx, &this, AccountId(account), letter, &act)?;
                let what = json!({ "request_id": row.id.to_string(), "due_on": due });
                append::clear(tx, &this, &act, Kind::RequestReminded, what)?;
                Ok(true)
            })?;
            sent += usize::from(reminded);
        }
        Ok(sent)
    }
}

/// How many of the reminders are due.
fn step(due: Date, today: Date) -> i16 {
    let left = today.until(due).map_or(i32::MAX, |span| span.get_days());
    let due = DAYS.iter().filter(|days| left <= **days).count();
    i16::try_from(due).unwrap_or(i16::MAX)
}

/// In both languages: what the member reads is not asked here.
fn letter(organisation: &str, kind: RequestKind, due: Date, place: Option<&str>) -> Letter {
    let (de, en) = (kind.about(Lang::De), kind.about(Lang::En));
    let (day, date) = (due.strftime("%d.%m.%Y"), due.strftime("%-d %B %Y"));
    let place = place.map_or_else(String::new, |place| format!("\n\n{place}"));
    Letter::new(
        "",
        format!("Frist {day}: Betroffenenanfrage / Request of a data subject"),
        format!(
            "{organisation}\n\nEine Anfrage, die Ihnen zugewiesen ist, muss bis zum {day} beantwortet \
             sein: {de}.\n\nA request that is assigned to you has to be answered by {date}: {en}.{place}\n"
        ),
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::step;

    #[test]
    fn reminders_are_due_a_week_and_two_days_before() {
        let due = date(2026, 12, 24);
        let steps = [
            date(2026, 12, 16),
            date(2026, 12, 17),
            date(2026, 12, 22),
            due,
        ];
        assert_eq!(steps.map(|day| step(due, day)), [0, 1, 2, 2]);
    }
}
