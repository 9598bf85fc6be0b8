//! Lists of addresses and numbers that must not be advertised to, taken in as a whole: the
//! organisation's own, a Robinson list. What is blocked stays blocked, whoever is taken in later.

use jiff::civil::Date;
use law::{Channel, ChannelSet};
use serde_json::json;

use crate::contact::{Email, Phone};
use crate::log::append::{self, Kind};
use crate::objection::suppress;
use crate::person::Blind;
use crate::words::SuppressedFor;
use crate::{Act, Error, Organisation};

/// Where a list comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockList {
    /// The organisation's own.
    Own,
    /// A Robinson list: people who asked a register that nobody advertises to them.
    Robinson,
    /// The list of the Austrian regulator under § 7 ECG.
    Ecg,
}

impl BlockList {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Own, Self::Robinson, Self::Ecg];

    /// Its name in forms and evidence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Robinson => "robinson",
            Self::Ecg => "ecg",
        }
    }

    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What a list held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Blocked {
    /// E-mail addresses.
    pub addresses: u64,
    /// Telephone numbers.
    pub numbers: u64,
    /// Cells that look like one of them and can't be read; they are not blocked.
    pub unreadable: u64,
}

/// Largest list, in bytes.
pub const MAX_LIST_BYTES: usize = 20 * 1024 * 1024;
/// Addresses blocked in one transaction.
const AT_ONCE: usize = 500;

impl Organisation {
    /// Blocks every e-mail address and telephone number of a list, for advertising by mail and by
    /// telephone. Other cells, such as names and headings, are passed over. A list may be taken in
    /// again; what was blocked before stays as it is.
    ///
    /// # Errors
    /// [`Error::Future`] if the list is of a later day; [`Error::Empty`] if it holds neither address
    /// nor number.
    pub fn block_list(
        &self,
        list: &[u8],
        kind: BlockList,
        on: Date,
        act: &Act,
    ) -> Result<Blocked, Error> {
        if on > act.today {
            return Err(Error::Future(on));
        }
        let (blocked, emails, phones) = self.read_blocked(list);
        if emails.is_empty() && phones.is_empty() {
            return Err(Error::Empty("the list"));
        }
        let calls = [
            Channel::Phone,
            Channel::AutomatedCall,
            Channel::Sms,
            Channel::Messenger,
        ];
        let parts = [
            (emails, ChannelSet::of(Channel::Email)),
            (phones, calls.into_iter().collect()),
        ];
        for (blinds, channels) in parts {
            for some in blinds.chunks(AT_ONCE) {
                let (this, some, by) = (self.clone(), some.to_vec(), act.clone());
                self.store().write(move |tx| -> Result<_, Error> {
                    let reason = SuppressedFor::List;
                    let proofs = suppress(tx, &this, &some, channels, on, reason)?;
                    let what = json!({ "suppressed": proofs, "list": kind.name() });
                    append::clear(tx, &this, &by, Kind::AddressSuppressed, what)?;
                    Ok(())
                })?;
            }
        }
        self.sequence(act.at)?;
        Ok(blocked)
    }

    /// What can be blocked, each once. Addresses and numbers are ASCII in every encoding that lists
    /// come in.
    fn read_blocked(&self, list: &[u8]) -> (Blocked, Vec<Blind>, Vec<Blind>) {
        let text = String::from_utf8_lossy(list);
        let cells = text.split([';', ',', '\t', '\n', '\r']);
        let cells = cells.map(|cell| cell.trim().trim_matches(['"', '\'', '<', '>']).trim());
        let mut blocked = Blocked::default();
        let (mut emails, mut phones) = (Vec::new(), Vec::new());
        for cell in cells {
            if cell.contains('@') {
                match Email::parse(cell) {
                    Ok(email) => emails.push(self.blind_email(&email)),
                    Err(_) => blocked.unreadable += 1,
                }
            } else if is_number(cell) {
                match Phone::parse(cell, self.country()) {
                    Ok(phone) => phones.push(self.blind_phone(&phone)),
                    Err(_) => blocked.unreadable += 1,
                }
            }
        }
        for blinds in [&mut emails, &mut phones] {
            blinds.sort_unstable_by_key(|(kind, hash)| (*kind as i16, *hash));
            blinds.dedup();
        }
        blocked.addresses = emails.len() as u64;
        blocked.numbers = phones.len() as u64;
        (blocked, emails, phones)
    }
}

/// Whether a cell is meant as a telephone number: a postal code has fewer digits.
fn is_number(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let written = |c: char| c.is_ascii_digit() || " +()-/.".contains(c);
    digits >= 7 && cell.chars().all(written)
}

#[cfg(test)]
mod tests {
    use super::is_number;

    #[test]
    fn a_number_is_told_from_a_postal_code_and_a_name() {
        assert!(is_number("+49 (711) 555-0101") && is_number("0711/5550101"));
        assert!(!is_number("70173") && !is_number("Firma 1234567"));
    }
}
