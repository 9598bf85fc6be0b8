//! What ties a form that is sent to the showing of it: which form in which version of the register,
//! in which language, when, and a number that works once, under a keyed hash.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use jiff::{SignedDuration, Timestamp};
use law::Lang;
use store::Id;
use subtle::ConstantTimeEq as _;

use super::Refused;
use crate::{Error, Organisation};

/// How long a form can be sent after it was shown.
pub(super) const OPEN: SignedDuration = SignedDuration::from_hours(12);

/// A showing of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ticket {
    pub(super) version: i64,
    pub(super) shown_at: Timestamp,
    pub(super) lang: Lang,
    pub(super) nonce: Id,
    /// The form that was shown: the one that the address names, or a variant of it.
    pub(super) form: String,
}

/// What comes before the form's identifier.
const HEAD: usize = 8 + 8 + 1 + 16;
const MAC: usize = 32;

impl Ticket {
    pub(super) fn new(version: i64, shown_at: Timestamp, lang: Lang) -> Result<Self, Error> {
        let mut nonce = [0; 16];
        getrandom::fill(&mut nonce).map_err(|_| Error::Random)?;
        Ok(Self {
            version,
            shown_at,
            lang,
            nonce: Id(nonce),
            form: String::new(),
        })
    }

    pub(super) fn seal(&self, this: &Organisation, form: &str) -> String {
        let mut bytes = self.content();
        let mac = mac(this, form, &bytes);
        bytes.extend_from_slice(&mac);
        BASE64_URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads what [`Ticket::seal`] made for the same form.
    pub(super) fn open(
        this: &Organisation,
        form: &str,
        text: &str,
        now: Timestamp,
    ) -> Result<Self, Refused> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text);
        let bytes = bytes.map_err(|_| Refused::Forged)?;
        let before = bytes.len().checked_sub(MAC).ok_or(Refused::Forged)?;
        let (content, given) = bytes.split_at_checked(before).ok_or(Refused::Forged)?;
        if !bool::from(mac(this, form, content).as_slice().ct_eq(given)) {
            return Err(Refused::Forged);
        }
        let ticket = Self::read(content).ok_or(Refused::Forged)?;
        let age = now.duration_since(ticket.shown_at);
        if age < SignedDuration::ZERO || age > OPEN {
            return Err(Refused::OtherTime);
        }
        Ok(ticket)
    }

    fn content(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEAD + self.form.len() + MAC);
        bytes.extend_from_slice(&self.version.to_be_bytes());
        bytes.extend_from_slice(&self.shown_at.as_millisecond().to_be_bytes());
        bytes.push(u8::from(self.lang == Lang::En));
        bytes.extend_from_slice(&self.nonce.0);
        bytes.extend_from_slice(self.form.as_bytes());
        bytes
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let number = |at: usize| Some(i64::from_be_bytes(bytes.get(at..at + 8)?.try_into().ok()?));
        Some(Self {
            version: number(0)?,
            shown_at: Timestamp::from_millisecond(number(8)?).ok()?,
            lang: if *bytes.get(16)? == 0 {
                Lang::De
            } else {
                Lang::En
            },
            nonce: Id(bytes.get(17..HEAD)?.try_into().ok()?),
            form: String::from_utf8(bytes.get(HEAD..)?.to_vec()).ok()?,
        })
    }
}

/// `address` is the form that the address names, so that a ticket works nowhere else.
fn mac(this: &Organisation, address: &str, content: &[u8]) -> [u8; MAC] {
    let mut bytes = content.to_vec();
    bytes.push(0);
    bytes.extend_from_slice(address.as_bytes());
    this.index().blind("form ticket", &bytes)
}
