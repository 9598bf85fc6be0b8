//! A code that is entered: the right one proves the number, and every other leaves a trace.

use jiff::Timestamp;
use serde_json::{Value, json};
use store::Tx;
use store::sms_code::SmsCode;
use subtle::ConstantTimeEq as _;

use super::step::{Held, WORKS, end, opened, waiting, works};
use super::{State, hash_of_code, hash_of_number, note_sent, open, prove};
use crate::log::append::{self, Kind};
use crate::person::Person;
use crate::preferences::{Purpose, hash, was_used};
use crate::{Act, Error, Installation, history, state};

/// Wrong entries after which a code is dead.
const ATTEMPTS: i64 = 5;
/// Entries for one code that each leave a trace.
const TRACES: i64 = 20;
const DIGITS: usize = 6;

/// What became of a code that was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entered {
    /// The number is proven, and the consents carry.
    Confirmed,
    /// It is not six digits; nothing was counted.
    Unreadable,
    /// It is not the code that was sent to this number for this person, or it works no more. Which of
    /// these is not told.
    Wrong,
    /// The page works no more.
    Gone,
}

/// Why a code was refused, as evidence names it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Refused {
    Wrong,
    TooManyAttempts,
    RunOut,
    Replaced,
    Replayed,
    OtherNumber,
    NoConsent,
}

impl Refused {
    const fn name(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::TooManyAttempts => "too_many_attempts",
            Self::RunOut => "run_out",
            Self::Replaced => "replaced_or_not_sent",
            Self::Replayed => "replayed",
            Self::OtherNumber => "other_number",
            Self::NoConsent => "no_consent_waits",
        }
    }
}

impl Installation {
    /// Takes the code that was sent to the number that the page with this token is about.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn enter_code(&self, token: &str, code: &str, act: &Act) -> Result<Entered, Error> {
        let code: String = code.split_whitespace().collect();
        if code.len() != DIGITS || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(Entered::Unreadable);
        }
        let (here, hash, act) = (self.clone(), hash(token), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let link = store::own_link::get(tx, &hash)?;
            let link = link.filter(|link| link.purpose == Purpose::Number as i16);
            let Some(link) = link else {
                return Ok(Entered::Gone);
            };
            match opened(tx, &here, link, Person::load_to_change)? {
                Some(held) => enter(tx, &held, &code, &act),
                None => Ok(Entered::Gone),
            }
        })
    }
}

fn enter(tx: &mut Tx<'_>, held: &Held, code: &str, act: &Act) -> Result<Entered, Error> {
    let (this, person) = (&held.this, &held.person);
    let past = history::opened(tx, this, person)?;
    let is_used = held.link.used_at.is_some() || was_used(&past, &state::own_link(&held.link));
    let over = is_used || held.link.expires_at <= act.at;
    let rows = store::sms_code::of_contact(tx, this.id(), person.row.id)?;
    let Some(newest) = rows.last() else {
        return Ok(if over { Entered::Gone } else { Entered::Wrong });
    };
    // The sender may have changed it since.
    let row = store::sms_code::get_to_change(tx, newest.org, newest.id)?;
    let mut row = row.ok_or(Error::Stored("code"))?;
    row.entered += 1;
    let past = Past::of(&past, &row);
    match check(held, &mut row, &past, over, (code, act))? {
        None => {}
        Some(why) => {
            refuse(tx, held, &row, why, act)?;
            return Ok(if over { Entered::Gone } else { Entered::Wrong });
        }
    }
    let meant = row.consents.clone();
    let mut consents = waiting(tx, this, person)?;
    consents.retain(|one| meant.chunks_exact(16).any(|id| id == one.row.id.0));
    if consents.is_empty() {
        refuse(tx, held, &row, Refused::NoConsent, act)?;
        return Ok(Entered::Wrong);
    }
    // It arrived, though the gateway's answer did not yet.
    if row.sent_at.is_none() {
        note_sent(tx, this, &mut row, person, act)?;
    }
    let said = open(this, &row, person)?.ok_or(Error::Stored("text message"))?;
    row.state = State::Confirmed as i16;
    row.confirmed_at = Some(act.at);
    row.sealed = None;
    store::sms_code::update(tx, &row)?;
    store::own_link::take(tx, &held.link.token_hash, act.at)?;
    let sent = prove::Sent {
        row: &row,
        to: &said.to,
        text: super::text::with_code(&said.text, code),
        lang: said.lang,
    };
    prove::number(tx, held, &sent, consents, act)?;
    Ok(Entered::Confirmed)
}

/// What the evidence says of a code, whatever its row says.
struct Past {
    /// How often a wrong code was entered.
    wrong: i64,
    is_confirmed: bool,
    /// Until when it works.
    until: Timestamp,
}

impl Past {
    fn of(past: &[history::Opened], row: &SmsCode) -> Self {
        let id = row.id.to_string();
        let says = |one: &history::Opened, name, value: &str| {
            one.content.get(name).and_then(Value::as_str) == Some(value)
        };
        let mut found = Self {
            wrong: 0,
            is_confirmed: false,
            until: row.created_at + WORKS,
        };
        for one in past.iter().filter(|one| says(one, "sms", &id)) {
            let kind = Kind::named(&one.entry.header().kind);
            match kind {
                Some(Kind::SmsSent) => found.until = one.at + WORKS,
                Some(Kind::SmsConfirmed) => found.is_confirmed = true,
                Some(Kind::SmsCodeRefused) if says(one, "reason", Refused::Wrong.name()) => {
                    found.wrong += 1;
                }
                _ => {}
            }
        }
        found
    }
}

/// Why the code is not taken; `None` if it is right.
fn check(
    held: &Held,
    row: &mut SmsCode,
    past: &Past,
    over: bool,
    (code, act): (&str, &Act),
) -> Result<Option<Refused>, Error> {
    let this = &held.this;
    let number = hash_of_number(this, &held.number);
    let on_record = held.person.fields(this)?.has_phone(&held.number);
    row.wrong = row.wrong.max(past.wrong);
    Ok(Some(
        if row.state == State::Confirmed as i16 || past.is_confirmed {
            Refused::Replayed
        } else if row.number != number || !on_record {
            Refused::OtherNumber
        } else if row.wrong >= ATTEMPTS {
            Refused::TooManyAttempts
        } else if row.state > State::Sent as i16 {
            Refused::Replaced
        } else if over || !works(row, act.at) || past.until <= act.at {
            Refused::RunOut
        } else {
            let hash = hash_of_code(this, row, code);
            if bool::from(hash.ct_eq(&row.code)) {
                return Ok(None);
            }
            row.wrong += 1;
            if row.wrong >= ATTEMPTS {
                end(row);
            }
            Refused::Wrong
        },
    ))
}

/// Counts what was entered, and keeps a trace of it without the code.
fn refuse(
    tx: &mut Tx<'_>,
    held: &Held,
    row: &SmsCode,
    why: Refused,
    act: &Act,
) -> Result<(), Error> {
    store::sms_code::update(tx, row)?;
    // How often something was entered stands in the database alone; wrong codes are few anyway.
    if row.entered > TRACES && why != Refused::Wrong {
        return Ok(());
    }
    let what = json!({
        "sms": row.id.to_string(),
        "reason": why.name(),
        "wrong": row.wrong,
        "further_leave_no_trace": row.entered == TRACES,
    });
    let key = &held.person.key;
    append::sealed(tx, &held.this, act, Kind::SmsCodeRefused, key, &what)?;
    Ok(())
}
