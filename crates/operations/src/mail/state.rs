//! What becomes of a mail, and why it was not sent.

use std::fmt;
use std::str::FromStr;

use store::message;

/// What became of a mail. The numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(i16)]
pub enum MailState {
    /// It waits for its time, the mail server, or a mail server at all.
    Waiting = message::WAITING,
    /// It is being handed over; nothing of its content has gone out yet.
    Claimed = message::CLAIMED,
    /// Its content is on its way.
    Transmitting = message::TRANSMITTING,
    /// The mail server took it.
    Sent = 4,
    /// It was refused for good, at once or later.
    Bounced = 5,
    /// It was tried often enough.
    GivenUp = 6,
    /// The connection broke before the mail server confirmed that it took it: nobody knows whether
    /// it arrived, so it is not sent again by itself.
    Unknown = 7,
    /// It was not to be sent any more when its time came: the gate said no, or the address is known
    /// to be wrong.
    Refused = 8,
    /// It was called off, or its time is over.
    Cancelled = 9,
}

impl MailState {
    /// Every state.
    pub const ALL: [Self; 9] = [
        Self::Waiting,
        Self::Claimed,
        Self::Transmitting,
        Self::Sent,
        Self::Bounced,
        Self::GivenUp,
        Self::Unknown,
        Self::Refused,
        Self::Cancelled,
    ];

    /// Its name in evidence entries and addresses of pages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Claimed => "claimed",
            Self::Transmitting => "transmitting",
            Self::Sent => "sent",
            Self::Bounced => "bounced",
            Self::GivenUp => "given_up",
            Self::Unknown => "unknown",
            Self::Refused => "refused",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether a person may have it tried again: at once if it waits, once more if nobody knows
    /// whether it arrived.
    pub const fn can_be_tried(self) -> bool {
        matches!(self, Self::Waiting | Self::GivenUp | Self::Unknown)
    }

    pub(crate) fn stored(number: i16) -> Result<Self, crate::Error> {
        let found = Self::ALL.into_iter().find(|state| *state as i16 == number);
        found.ok_or(crate::Error::Stored("state of a mail"))
    }
}

/// Why a mail was not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TroubleKind {
    /// The mail server can't be reached.
    Unreachable,
    /// The mail server did not answer in time.
    Timeout,
    /// The connection to the mail server is not secure, or it does not know us.
    Insecure,
    /// The mail server refused it for now.
    Later,
    /// The mail server refused it for good.
    ForGood,
    /// It came back.
    CameBack,
    /// The address was found not to work.
    Undeliverable,
    /// The connection broke before the mail server confirmed.
    Unclear,
    /// Its time is over.
    Expired,
    /// The gate said no when it was to be sent.
    Gate,
    /// The campaign was called off.
    CalledOff,
    /// It can't be read or written as a message.
    Unwritable,
    /// The campaign has written to this mailbox already, to somebody who shares it.
    SameMailbox,
}

impl TroubleKind {
    const ALL: [Self; 13] = [
        Self::Unreachable,
        Self::Timeout,
        Self::Insecure,
        Self::Later,
        Self::ForGood,
        Self::CameBack,
        Self::Undeliverable,
        Self::Unclear,
        Self::Expired,
        Self::Gate,
        Self::CalledOff,
        Self::Unwritable,
        Self::SameMailbox,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Timeout => "timeout",
            Self::Insecure => "insecure",
            Self::Later => "later",
            Self::ForGood => "for_good",
            Self::CameBack => "came_back",
            Self::Undeliverable => "undeliverable",
            Self::Unclear => "unclear",
            Self::Expired => "expired",
            Self::Gate => "gate",
            Self::CalledOff => "called_off",
            Self::Unwritable => "unwritable",
            Self::SameMailbox => "same_mailbox",
        }
    }

    /// Whether the mail server itself is at fault, not the mail.
    pub(crate) const fn is_the_server(self) -> bool {
        matches!(self, Self::Unreachable | Self::Timeout | Self::Insecure)
    }
}

/// Why a mail was not sent, with the mail server's code. As text: the name, and the code after a
/// blank; never an address, since servers repeat those in what they say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Why.
    pub kind: TroubleKind,
    /// The server's code: of RFC 3463 such as `5.1.1`, or of RFC 5321 such as `550`; digits and
    /// dots only. From the gate: the code of its reason.
    pub code: Option<String>,
}

impl Trouble {
    /// Without a code.
    pub const fn new(kind: TroubleKind) -> Self {
        Self { kind, code: None }
    }

    /// With a code, if it is one.
    pub fn with_code(kind: TroubleKind, code: &str) -> Self {
        let fits = if kind == TroubleKind::Gate {
            // What the gate says comes from here, not from a server.
            code.len() <= 80
                && !code.is_empty()
                && code
                    .bytes()
                    .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
        } else {
            (3..=11).contains(&code.len())
                && code
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b'.')
        };
        Self {
            kind,
            code: fits.then(|| code.to_owned()),
        }
    }

    /// The gate said no; `reason` is the code of its answer, or of the duty that could not be met.
    pub(crate) fn of_gate(reason: &'static str) -> Self {
        Self::with_code(TroubleKind::Gate, reason)
    }

    /// Whether the code says that nobody is at this address (RFC 3463: X.1.X, mailbox disabled,
    /// domain unknown; without a detail: undefined). A full mailbox, a filter or a policy says
    /// nothing about the address.
    pub(crate) fn says_nobody_is_there(&self) -> bool {
        match self.code.as_deref() {
            Some("5.0.0" | "5.2.0" | "5.2.1" | "5.4.4" | "550" | "551" | "553") => true,
            Some(code) => code.starts_with("5.1."),
            None => false,
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.name())?;
        match &self.code {
            Some(code) => write!(f, " {code}"),
            None => Ok(()),
        }
    }
}

impl FromStr for Trouble {
    type Err = crate::Error;

    fn from_str(text: &str) -> Result<Self, crate::Error> {
        let (name, code) = text.split_once(' ').unwrap_or((text, ""));
        let kind = TroubleKind::ALL
            .into_iter()
            .find(|kind| kind.name() == name);
        let kind = kind.ok_or(crate::Error::Stored("failure of a mail"))?;
        Ok(Self::with_code(kind, code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_and_reasons_read_back() {
        for state in MailState::ALL {
            assert_eq!(MailState::stored(state as i16).unwrap(), state);
            assert_eq!(MailState::named(state.name()), Some(state));
        }
        for kind in TroubleKind::ALL {
            for trouble in [Trouble::new(kind), Trouble::with_code(kind, "5.7.1")] {
                assert_eq!(trouble.to_string().parse::<Trouble>().unwrap(), trouble);
            }
        }
    }

    #[test]
    fn what_a_server_says_with_an_address_in_it_is_no_code() {
        let trouble = Trouble::with_code(TroubleKind::ForGood, "<anna@muster.example> unknown");
        assert_eq!(trouble.to_string(), "for_good");
    }

    #[test]
    fn a_full_mailbox_or_a_filter_says_nothing_about_the_address() {
        let says = |code| Trouble::with_code(TroubleKind::CameBack, code).says_nobody_is_there();
        assert!(
            ["5.1.1", "5.1.10", "5.2.1", "5.4.4", "550"]
                .iter()
                .all(|code| says(code))
        );
        assert!(
            !["5.2.2", "5.7.1", "4.1.1", "554", "421"]
                .iter()
                .any(|code| says(code))
        );
    }
}
