//! The answer to a request, or its refusal, with what the law asks it to say.

use jiff::civil::Date;
use law::{Country, Land, Lang};
use serde_json::{Value, json};
use store::Id;

use super::done::is_done;
use super::work::tell;
use super::{Outcome, RequestFault, RequestKind, fitting, letter};
use crate::log::append::Kind;
use crate::{Act, Error, Organisation};

pub use super::letter::answer_template;

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Manifestly unfounded (GDPR Art. 12(5)(b)).
    ManifestlyUnfounded,
    /// Excessive, in particular repetitive (Art. 12(5)(b)).
    Excessive,
    /// The person can't be identified (Art. 12(2), 11(2)).
    NotIdentifiable,
    /// A duty to keep the data (Art. 17(3)(b)).
    StatutoryRetention,
    /// Needed for legal claims (Art. 17(3)(e)).
    LegalClaims,
    /// Another reason, which somebody has weighed.
    Other,
}

impl Ground {
    /// Every ground.
    pub const ALL: [Self; 6] = [
        Self::ManifestlyUnfounded,
        Self::Excessive,
        Self::NotIdentifiable,
        Self::StatutoryRetention,
        Self::LegalClaims,
        Self::Other,
    ];

    /// Its name, as in the questions to `law`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ManifestlyUnfounded => "manifestly_unfounded",
            Self::Excessive => "excessive",
            Self::NotIdentifiable => "not_identifiable",
            Self::StatutoryRetention => "statutory_retention",
            Self::LegalClaims => "legal_claims",
            Self::Other => "other",
        }
    }

    /// The one with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.name() == name)
    }
}

/// How a request ends.
#[derive(Clone, Debug)]
pub struct Closing {
    /// What came of it; not [`Outcome::Joined`] and not [`Outcome::Discarded`].
    pub outcome: Outcome,
    /// The answer, or the reasons of a refusal. The remedies of Art. 12(4) are added to a refusal.
    pub text: String,
    /// Why it is refused; needed for a refusal alone.
    pub ground: Option<Ground>,
    /// The person was told by another way than mail.
    pub told_otherwise: bool,
    /// Why it is answered although what is asked for was not done; needed if so.
    pub not_done: String,
}

impl Organisation {
    /// Answers a request by mail and closes it. What the person took back needs no letter. Returns the
    /// number of the evidence entry.
    ///
    /// # Errors
    /// [`RequestFault::NotDone`] if the records say that what is asked for was not done, and no reason
    /// is given; [`RequestFault::NotCarried`] if the law does not carry the refusal; when the text is empty; or no
    /// address is known and the person was not told otherwise.
    pub fn close_request(
        &self,
        request: Id,
        seen: i64,
        closing: &Closing,
        act: &Act,
    ) -> Result<i64, Error> {
        let needs_text = closing.outcome != Outcome::Withdrawn;
        let text = fitting(&closing.text)?;
        if text.is_none() && needs_text {
            return Err(Error::Empty("the answer"));
        }
        if matches!(closing.outcome, Outcome::Joined | Outcome::Discarded) {
            return Err(RequestFault::Closed.into());
        }
        let not_done = fitting(&closing.not_done)?;
        let closing = closing.clone();
        self.work(request, seen, act, move |tx, this, open, act| {
            let kind = RequestKind::stored(open.row.kind)?;
            let lang = open.content.lang();
            let answered = closing.outcome == Outcome::Answered;
            let done = is_done(tx, this, open, act.today)?;
            if answered && done == Some(false) && not_done.is_none() {
                return Err(RequestFault::NotDone.into());
            }
            let mut judged = None;
            let mut remedies = String::new();
            if closing.outcome == Outcome::Refused {
                let ground = closing.ground.ok_or(Error::Empty("the ground"))?;
                let seat = (this.country(), this.land());
                judged = Some(judge(kind, ground, open.row.asked_on, seat)?);
                remedies = letter::remedies(tx, this, lang)?;
            }
            if let Some(text) = &text
                && needs_text
            {
                let letter = letter::answer(this, kind, open.row.asked_on, text, &remedies, lang);
                tell(tx, this, open, letter, closing.told_otherwise, act)?;
            }
            open.row.answered_on = Some(act.today);
            open.row.outcome = Some(closing.outcome as i16);
            open.row.token = None;
            let what = json!({
                "request": kind.name(),
                "asked_on": open.row.asked_on,
                "outcome": closing.outcome.name(),
                "text": text,
                "ground": closing.ground.map(Ground::name),
                "law": judged,
                "not_done": not_done.filter(|_| answered && done == Some(false)),
                "in_time": act.today <= super::last_day(&open.row),
                "told_by_mail": needs_text && !closing.told_otherwise,
            });
            open.save(tx, this, Kind::RequestAnswered, what, act)
        })
    }
}

/// What the law says of a refusal; an error if it does not carry it.
fn judge(
    kind: RequestKind,
    ground: Ground,
    received: Date,
    (country, land): (Country, Option<Land>),
) -> Result<Value, Error> {
    let request = match kind {
        RequestKind::Access => "access",
        RequestKind::Erasure => "erasure",
        RequestKind::Rectification => "rectification",
        RequestKind::Restriction => "restriction",
        RequestKind::Portability => "portability",
        RequestKind::Objection => "objection",
        RequestKind::NoAutomatedDecision => "automated_decision",
        RequestKind::Withdrawal => "withdrawal_of_consent",
        RequestKind::Unsorted => return Err(RequestFault::Unsorted.into()),
    };
    let facts = json!({
        "request": request,
        "decision": "refuse",
        "ground": ground.name(),
        "request_received": received,
        "country": country,
        "land": land,
    });
    let answer = law::topic::ask("deadline", &facts.to_string(), Lang::De)
        .map_err(|error| RequestFault::NotCarried(error.to_string()))?;
    if answer["verdict"] == "deny" {
        let basis = answer["basis"].as_str().unwrap_or_default();
        return Err(RequestFault::NotCarried(basis.to_owned()).into());
    }
    Ok(json!({ "verdict": answer["verdict"], "citations": answer["citations"] }))
}
