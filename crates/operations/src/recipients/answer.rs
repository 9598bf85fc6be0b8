//! What a recipient answers: on its page, by its system, or noted here by hand.

use jiff::SignedDuration;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use store::recipient_notice::RecipientNotice;
use store::{Id, Tx};

use super::notice::{About, Content, NoticeState, Person, note, open, seal};
use super::tidy::forget;
use crate::log::append::Kind;
use crate::{Act, Error, Installation, Organisation};

/// How long the reason of a recipient that can't is kept.
const REASON_KEPT: SignedDuration = SignedDuration::from_hours(24 * 365);
/// Characters of a reason.
const LONGEST: usize = 2000;

/// What a recipient answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is done.
    Done,
    /// It is impossible or involves disproportionate effort (GDPR Art. 19 sentence 1), and why.
    Refused(String),
}

/// What the recipient sees on its page.
#[derive(Clone, Debug)]
pub struct AnswerPage {
    /// Whose notice it is.
    pub organisation: Id,
    /// What happened.
    pub about: About,
    /// The recipient's name in the register, if it is still there.
    pub recipient: Option<String>,
    /// What became of it.
    pub state: NoticeState,
    /// Whom it is about; `None` once it is answered.
    pub person: Option<Person>,
    /// The corrected fields with their values.
    pub now: Vec<(String, String)>,
    /// The others whom the same notice is about.
    pub others: Vec<(Person, Vec<(String, String)>)>,
}

impl Installation {
    /// The page that a token opens; `None` if there is none.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn recipient_page(&self, token: &str) -> Result<Option<AnswerPage>, Error> {
        let hash = Sha256::digest(token).into();
        self.store().read(|tx| {
            let Some(row) = store::recipient_notice::with_token(tx, &hash)? else {
                return Ok(None);
            };
            let this = Organisation::in_transaction(tx, self, row.org)?;
            let state = NoticeState::stored(row.state)?;
            let content = open(tx, &this, &row)?.map(|(_, content)| content);
            let content = content.filter(|_| state.is_open()).unwrap_or_default();
            let mut others = Vec::new();
            if state.is_open() {
                for other in store::recipient_notice::bundled(tx, &row)? {
                    let content = open(tx, &this, &other)?.map(|(_, content)| content);
                    let open = NoticeState::stored(other.state)?.is_open();
                    if let Some(content) = content.filter(|_| open)
                        && let Some(person) = content.person
                    {
                        others.push((person, corrected(&content.now)));
                    }
                }
            }
            Ok(Some(AnswerPage {
                organisation: row.org,
                about: About::stored(row.about)?,
                recipient: super::view::name_of(tx, &this, &row.recipient)?,
                state,
                now: corrected(&content.now),
                person: content.person,
                others,
            }))
        })
    }

    /// Takes the answer of a recipient by its page's token; `false` if it has none to give any more.
    ///
    /// # Errors
    /// [`Error::Empty`] for a refusal without a reason.
    pub fn recipient_answers(
        &self,
        token: &str,
        answer: &Answer,
        act: &Act,
    ) -> Result<bool, Error> {
        let hash = Sha256::digest(token).into();
        let answer = checked(answer)?;
        let (here, act) = (self.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let Some(found) = store::recipient_notice::with_token(tx, &hash)? else {
                return Ok(false);
            };
            let this = Organisation::in_transaction(tx, &here, found.org)?;
            for other in store::recipient_notice::bundled(tx, &found)? {
                settle(tx, &this, other.id, &answer, &act)?;
            }
            settle(tx, &this, found.id, &answer, &act)
        })
    }
}

/// The corrected fields, each with its value in words.
fn corrected(now: &Map<String, Value>) -> Vec<(String, String)> {
    let all = now.iter();
    all.map(|(name, value)| (name.clone(), in_words(value)))
        .collect()
}

impl Organisation {
    /// Notes an answer that came another way, or why the recipient is not told. `false` if the notice is
    /// settled already.
    ///
    /// # Errors
    /// [`Error::Empty`] for a refusal without a reason; when there is no such notice.
    pub fn note_recipients_answer(
        &self,
        notice: Id,
        answer: &Answer,
        act: &Act,
    ) -> Result<bool, Error> {
        let answer = checked(answer)?;
        let (this, act) = (self.clone(), act.clone());
        self.store()
            .write(move |tx| settle(tx, &this, notice, &answer, &act))
    }

    /// Has a notice sent again that was not answered. `false` if it is settled.
    ///
    /// # Errors
    /// When there is no such notice.
    pub fn tell_recipient_again(&self, notice: Id, act: &Act) -> Result<bool, Error> {
        let (this, act) = (self.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let mut row = to_change(tx, &this, notice)?;
            let Some((key, _)) = open(tx, &this, &row)? else {
                return Ok(false);
            };
            if !NoticeState::stored(row.state)?.is_open() {
                return Ok(false);
            }
            (row.state, row.tries, row.due_at) = (NoticeState::Queued as i16, 0, act.at);
            row.failure = None;
            note(tx, &this, (Kind::RecipientToBeTold, &key), &row, &act)?;
            store::recipient_notice::update(tx, &row)?;
            Ok(true)
        })
    }
}

fn checked(answer: &Answer) -> Result<Answer, Error> {
    Ok(match answer {
        Answer::Done => Answer::Done,
        Answer::Refused(why) => {
            let why: String = why.trim().chars().take(LONGEST).collect();
            if why.is_empty() {
                return Err(Error::Empty("the reason"));
            }
            Answer::Refused(why)
        }
    })
}

fn to_change(tx: &mut Tx<'_>, this: &Organisation, id: Id) -> Result<RecipientNotice, Error> {
    store::recipient_notice::get_to_change(tx, this.id(), id)?.ok_or(Error::UnknownNotice)
}

/// Settles a notice, and deletes by what the person was to be found.
pub(super) fn settle(
    tx: &mut Tx<'_>,
    this: &Organisation,
    id: Id,
    answer: &Answer,
    act: &Act,
) -> Result<bool, Error> {
    let mut row = to_change(tx, this, id)?;
    if !NoticeState::stored(row.state)?.is_open() {
        return Ok(false);
    }
    let key = crate::person::Person::key(tx, this, id)?;
    row.answered_at = Some(act.at);
    row.failure = None;
    match (answer, &key) {
        (Answer::Refused(why), Some(key)) => {
            let content = Content {
                reason: Some(why.clone()),
                ..Content::default()
            };
            row.state = NoticeState::Refused as i16;
            row.sealed = Some(seal(this, id, key, &content)?);
            row.forget_at = act.at.checked_add(REASON_KEPT).ok();
        }
        (Answer::Refused(_), None) => row.state = NoticeState::Refused as i16,
        (Answer::Done, _) => row.state = NoticeState::Acknowledged as i16,
    }
    if let Some(key) = &key {
        note(tx, this, (Kind::RecipientAnswered, key), &row, act)?;
    } else {
        let what = serde_json::json!({
            "recipient": row.recipient,
            "state": NoticeState::stored(row.state)?.name(),
            "row": super::notice::proof(&row),
        });
        crate::log::append::clear(tx, this, act, Kind::RecipientAnswered, what)?;
    }
    if key.is_some() && *answer == Answer::Done {
        forget(tx, this, &mut row, "answered", act)?;
    } else {
        store::recipient_notice::update(tx, &row)?;
    }
    Ok(true)
}

fn in_words(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(in_words).collect();
            items.join(", ")
        }
        Value::Object(map) => {
            let parts: Vec<_> = map.values().map(in_words).collect();
            parts.join(", ")
        }
        other => other.to_string(),
    }
}
