//! Proof of work: a browser spends about a second before it may send a form quickly, and a program
//! that sends many spends as many seconds. No third party is asked and nothing is learned of anybody.

use sha2::{Digest as _, Sha256};

/// Bits at the start of the hash that have to be zero: 2^18 tries on average, one to three seconds
/// while the person reads and writes.
pub const WORK_BITS: u32 = 18;
/// Digits of the longest number that is looked at.
const LONGEST: usize = 20;

/// Whether SHA-256 of the ticket, a colon and the number begins with enough zeros.
pub(super) fn is_done(ticket: &str, number: &str) -> bool {
    if number.is_empty() || number.len() > LONGEST || !number.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let hash = Sha256::new()
        .chain_update(ticket)
        .chain_update(":")
        .chain_update(number)
        .finalize();
    let [a, b, c, d, ..] = hash[..] else {
        return false;
    };
    u32::from_be_bytes([a, b, c, d]).leading_zeros() >= WORK_BITS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_for_one_ticket_is_none_for_another() {
        let found = (0..u64::MAX).find(|n| is_done("ticket", &n.to_string()));
        let number = found.unwrap().to_string();
        assert!(is_done("ticket", &number));
        assert!(!is_done("another ticket", &number));
        assert!(!is_done("ticket", "") && !is_done("ticket", "-1"));
    }
}
