//! A brake on guessing tokens and on sending forms, by the caller's address.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

/// Failed attempts in the current window, by address. An attempt counts only against its own
/// address, and never against a right token.
#[derive(Debug)]
pub struct Attempts {
    most: u32,
    windows: Mutex<HashMap<IpAddr, Window>>,
}

impl Default for Attempts {
    fn default() -> Self {
        Self::of(Self::PER_WINDOW)
    }
}

#[derive(Clone, Copy, Debug)]
struct Window {
    start: i64,
    failed: u32,
}

impl Attempts {
    /// How long failures count.
    pub const WINDOW_SECONDS: u32 = 60;
    /// Failures per window that are answered plainly.
    const PER_WINDOW: u32 = 10;
    /// Addresses remembered at once, so that many addresses can't fill the memory.
    const MOST_ADDRESSES: usize = 10_000;

    /// A brake that lets so many through in a window.
    pub fn of(most: u32) -> Self {
        Self {
            most,
            windows: Mutex::default(),
        }
    }

    /// Counts a failure from `address` and says whether it is still answered plainly.
    pub fn allow(&self, address: IpAddr, now: Timestamp) -> bool {
        let now = now.as_second();
        // The map stays whole even if a thread panicked while holding it.
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.len() >= Self::MOST_ADDRESSES {
            windows.retain(|_, window| window.runs(now));
            if windows.len() >= Self::MOST_ADDRESSES {
                windows.clear();
            }
        }
        let window = windows.entry(network(address)).or_insert(Window {
            start: now,
            failed: 0,
        });
        if !window.runs(now) {
            *window = Window {
                start: now,
                failed: 0,
            };
        }
        window.failed = window.failed.saturating_add(1);
        window.failed <= self.most
    }
}

impl Window {
    fn runs(self, now: i64) -> bool {
        (self.start..self.start + i64::from(Attempts::WINDOW_SECONDS)).contains(&now)
    }
}

/// One IPv6 customer has a whole /64 network.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or_else(
            || IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64))),
            IpAddr::V4,
        ),
    }
}

/// The network of an address in words; a text that is no address stands for itself.
pub fn network_text(address: &str) -> String {
    address.parse().map_or_else(
        |_| address.to_owned(),
        |address| network(address).to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn exhausted(address: &str) -> Attempts {
        let attempts = Attempts::default();
        for _ in 0..Attempts::PER_WINDOW {
            assert!(attempts.allow(address.parse().unwrap(), NOW));
        }
        assert!(!attempts.allow(address.parse().unwrap(), NOW));
        attempts
    }

    #[test]
    fn guessing_is_braked_for_a_minute() {
        let attempts = exhausted("192.0.2.1");
        let later = Timestamp::from_second(i64::from(Attempts::WINDOW_SECONDS)).unwrap();
        assert!(attempts.allow("192.0.2.1".parse().unwrap(), later));
    }

    #[test]
    fn another_address_is_not_braked_but_a_neighbour_in_the_same_ipv6_network_is() {
        assert!(exhausted("192.0.2.1").allow("192.0.2.2".parse().unwrap(), NOW));
        let attempts = exhausted("2001:db8::1");
        assert!(!attempts.allow("2001:db8::2".parse().unwrap(), NOW));
        assert!(attempts.allow("2001:db8:0:1::1".parse().unwrap(), NOW));
    }

    #[test]
    fn the_memory_is_bounded() {
        let attempts = Attempts::default();
        for n in 0..30_000_u32 {
            attempts.allow(IpAddr::V4(n.into()), NOW);
        }
        assert!(attempts.windows.lock().unwrap().len() <= Attempts::MOST_ADDRESSES);
    }
}
