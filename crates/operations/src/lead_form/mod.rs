//! Lead forms as people use them: shown, sent, confirmed by the mailbox's holder, or forgotten.
//!
//! Each showing of a form carries a ticket that says which text was shown and when, so that nothing
//! can be sent that was not shown: no consent from a foreign page, none from another day, and none
//! twice. What is sent stays apart from the contacts until whoever reads the mailbox confirms it
//! (double opt-in, BGH I ZR 164/09); until then it may have been anybody.

mod confirm;
mod enquiry;
mod file;
mod funnel;
mod letter;
mod rates;
mod shown;
mod submit;
mod ticket;
mod tidy;
mod who;
mod work;

use std::collections::BTreeMap;

use law::Lang;
use register::FormField;
use serde::{Deserialize, Serialize};

pub use confirm::{Confirmed, Link, ToConfirm};
pub use file::{FormFile, MAX_FORM_FILE_BYTES};
pub(crate) use funnel::advance;
pub use funnel::{FormCount, Stage};
pub use rates::{Number, Rates, RatesBy, RatesLine, Share};
pub use shown::{ShownConsent, ShownForm};
pub use submit::{Received, Sent};
pub(crate) use tidy::{
    end_kept, end_key, mailbox, remove, remove_unconfirmed, remove_unconfirmed_with,
};
pub use work::WORK_BITS;

use crate::Error;

/// What came back from a form.
#[derive(Clone, Default)]
pub struct Answers {
    /// The ticket of the showing.
    pub ticket: String,
    /// What was filled in.
    pub fields: BTreeMap<FormField, String>,
    /// The boxes that were ticked, each as `id@version`.
    pub consents: Vec<String>,
    /// Whether a field was filled in that no person sees.
    pub trapped: bool,
    /// Whether the browser says that it was sent from a website that may not show the form.
    pub foreign: bool,
    /// The number that the browser found as its proof of work.
    pub work: Option<String>,
    /// Where the person came from, as the form's address says; a name of a campaign, not a person.
    pub source: Option<String>,
    /// The network address, kept only if the form says so.
    pub network_address: Option<String>,
    /// What the browser calls itself, kept only if the form says so.
    pub browser: Option<String>,
}

/// Why a form was not taken.
#[derive(Debug, thiserror::Error)]
pub enum FormError {
    /// There is no such form, or it takes nothing any more.
    #[error("there is no such form, or it takes nothing any more")]
    NotOpen,
    /// What was sent is not what was shown. A trace of it is kept.
    #[error("the form was refused: {}", .0.name())]
    Refused(Refused),
    /// It was filled in faster than a person can; sending it again helps.
    #[error("the form was sent faster than a person fills it in; send it again")]
    TooFast,
    /// Fields that are missing or can't be read.
    #[error("some fields are missing or can't be read")]
    Fields(Vec<(FormField, FieldFault)>),
    /// The link is unknown, used or has run out.
    #[error("this link is not known, or it has run out")]
    Link,
    /// Anything else.
    #[error(transparent)]
    Other(#[from] Error),
}

impl From<store::StoreError> for FormError {
    fn from(error: store::StoreError) -> Self {
        Self::Other(error.into())
    }
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldFault {
    /// It has to be filled in.
    Missing,
    /// It is no address or number.
    Unreadable,
    /// It is longer than anything that is asked for.
    TooLong,
}

/// Why what was sent can't be what was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Without a ticket of this form, or with one that was not made here.
    Forged,
    /// The showing is longer ago than a form stays open, or lies in the future.
    OtherTime,
    /// This showing was sent already.
    Replayed,
    /// From a website that may not show the form.
    Foreign,
    /// A consent that was not offered, or several in one.
    NotOffered,
    /// A field was filled in that no person sees.
    Trapped,
}

impl Refused {
    /// Its name in the evidence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Forged => "forged",
            Self::OtherTime => "other_time",
            Self::Replayed => "replayed",
            Self::Foreign => "foreign",
            Self::NotOffered => "consent_not_offered",
            Self::Trapped => "trapped",
        }
    }
}

/// The label under which a submission is sealed.
const CONTENT: &str = "submission";

/// What is sealed of a submission.
#[derive(Serialize, Deserialize)]
struct Content {
    form_name: String,
    lang: String,
    fields: BTreeMap<String, String>,
    /// The consents that were ticked, as shown.
    consents: Vec<ShownConsent>,
    /// SHA-256 of all that was shown.
    shown_sha256: String,
    submitted_on: jiff::civil::Date,
    /// The name of the campaign, cleaned.
    source: String,
}

fn lang_name(lang: Lang) -> &'static str {
    match lang {
        Lang::De => "de",
        Lang::En => "en",
    }
}

fn lang_of(name: &str) -> Lang {
    if name == lang_name(Lang::En) {
        Lang::En
    } else {
        Lang::De
    }
}
