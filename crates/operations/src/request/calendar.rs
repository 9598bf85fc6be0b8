//! The deadlines as a calendar (iCalendar, RFC 5545) behind a link that its account can end. It holds
//! nothing of anybody: what is asked for, the last day, and where the request stands.

use std::fmt::Write as _;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use law::Lang;
use serde_json::json;
use store::Id;
use store::request_calendar::RequestCalendar;

use super::{RequestKind, last_day};
use crate::access::{self, AccountId, Permission, Role};
use crate::log::append::{self, Kind};
use crate::preferences::hash;
use crate::{Act, Error, Installation, Organisation};

/// Deadlines in a calendar.
const MOST: u32 = 500;

impl Organisation {
    /// Makes the link of an account's calendar; the one that it had works no more. Returns the token.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn make_request_calendar(&self, account: AccountId, act: &Act) -> Result<String, Error> {
        let token = access::random_name()?;
        let row = RequestCalendar {
            token_hash: hash(&token),
            org: self.id(),
            account: account.0,
            created_at: act.at,
        };
        let (this, act) = (self.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            store::request_calendar::replace(tx, &row)?;
            let what = json!({ "account": account.to_string(), "calendar": "made" });
            append::clear(tx, &this, &act, Kind::RequestCalendar, what)?;
            Ok(())
        })?;
        Ok(token)
    }

    /// Ends the link of an account's calendar; `false` if there was none.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn end_request_calendar(&self, account: AccountId, act: &Act) -> Result<bool, Error> {
        let (this, act) = (self.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let ended = store::request_calendar::remove(tx, this.id(), account.0)?;
            if ended {
                let what = json!({ "account": account.to_string(), "calendar": "ended" });
                append::clear(tx, &this, &act, Kind::RequestCalendar, what)?;
            }
            Ok(ended)
        })
    }

    /// Since when the account has a link to a calendar.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn request_calendar_since(&self, account: AccountId) -> Result<Option<Timestamp>, Error> {
        let row = self
            .store()
            .read(|tx| store::request_calendar::of_account(tx, self.id(), account.0))?;
        Ok(row.map(|row| row.created_at))
    }
}

impl Installation {
    /// The calendar with this token; `None` if the link was ended, or its account may not see requests
    /// any more.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn request_calendar(
        &self,
        token: &str,
        lang: Lang,
        now: Timestamp,
    ) -> Result<Option<String>, Error> {
        self.store().read(|tx| {
            let Some(link) = store::request_calendar::get(tx, &hash(token))? else {
                return Ok(None);
            };
            let today = now.to_zoned_datetime(TimeZone::UTC).date();
            let member = store::membership::get(tx, link.org, link.account)?;
            let member = member.filter(|row| row.ends_on.is_none_or(|last| last >= today));
            let role = member.map(|row| Role::stored(row.role)).transpose()?;
            if !role.is_some_and(|role| role.may(Permission::SeeContacts)) {
                return Ok(None);
            }
            let rows = store::request::open(tx, link.org, MOST)?;
            let this = Organisation::in_transaction(tx, self, link.org)?;
            let deadlines = rows.iter().map(|row| {
                let kind = RequestKind::stored(row.kind)?;
                Ok((row.id, kind, last_day(row)))
            });
            let deadlines = deadlines.collect::<Result<Vec<_>, Error>>()?;
            Ok(Some(written(&this, &deadlines, lang, now)))
        })
    }
}

fn written(
    this: &Organisation,
    deadlines: &[(Id, RequestKind, jiff::civil::Date)],
    lang: Lang,
    now: Timestamp,
) -> String {
    let stamp = now
        .to_zoned_datetime(TimeZone::UTC)
        .strftime("%Y%m%dT%H%M%SZ")
        .to_string();
    let (title, due) = match lang {
        Lang::De => ("Betroffenenanfragen", "Frist"),
        Lang::En => ("Requests of data subjects", "Due"),
    };
    let mut text = String::new();
    let mut line = |content: &str| {
        // A line has at most 75 octets; the rest goes on after a space (section 3.1).
        let mut octets = 0;
        for c in content.chars() {
            if octets + c.len_utf8() > 74 {
                text.push_str("\r\n ");
                octets = 1;
            }
            text.push(c);
            octets += c.len_utf8();
        }
        text.push_str("\r\n");
    };
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Leitplanke//Requests//EN");
    line("CALSCALE:GREGORIAN");
    line(&format!(
        "X-WR-CALNAME:{}",
        escaped(&format!("{title}: {}", this.name()))
    ));
    for (id, kind, day) in deadlines {
        line("BEGIN:VEVENT");
        line(&format!("UID:{id}@leitplanke"));
        line(&format!("DTSTAMP:{stamp}"));
        line(&format!("DTSTART;VALUE=DATE:{}", day.strftime("%Y%m%d")));
        let next = day.saturating_add(1.day());
        line(&format!("DTEND;VALUE=DATE:{}", next.strftime("%Y%m%d")));
        line(&format!(
            "SUMMARY:{}",
            escaped(&format!("{due}: {}", kind.about(lang)))
        ));
        if let Some(address) = this.installation().address() {
            line(&format!("URL:{address}/requests/{id}"));
        }
        line("TRANSP:TRANSPARENT");
        for days in [7, 2] {
            line("BEGIN:VALARM");
            line("ACTION:DISPLAY");
            line(&format!("DESCRIPTION:{}", escaped(due)));
            line(&format!("TRIGGER:-P{days}D"));
            line("END:VALARM");
        }
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    text
}

/// A text value (RFC 5545, section 3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                // Writing to a string does not fail.
                let _ = write!(out, "\\{c}");
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn a_name_can_add_no_line_to_the_calendar() {
        assert_eq!(
            escaped("Muster, Bau;\r\nBEGIN:VEVENT"),
            "Muster\\, Bau\\;\\nBEGIN:VEVENT"
        );
    }
}
