//! A brake on guessing that can't be turned against others.
//!
//! Failures count per account *and* place: the network that a request comes from, or the device,
//! once somebody has signed in there. Whoever guesses from elsewhere brakes only himself; the
//! account's owner signs in from a known device, from another network or with a passkey as
//! before. What a network tries on all accounts together counts too, so that nobody goes through
//! the accounts one after the other; known devices are left out of that.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use jiff::{SignedDuration, Timestamp};
use store::{Hash, Id, Tx};
use subtle::ConstantTimeEq as _;

use super::account::INSTALLATION;
use super::error::AccessError;
use crate::{Error, Installation};

/// How long failures count.
const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// Failures in that time that are answered plainly.
const FAILURES: i64 = 8;
/// Failures of one network on all accounts in that time that are answered plainly. Many colleagues
/// may share a network.
const NETWORK_FAILURES: i64 = 60;

/// Where a request comes from.
#[derive(Clone, Debug, Default)]
pub struct Client {
    /// The network address; never stored in clear.
    pub network: String,
    /// What a device was given when somebody signed in there.
    pub device: Option<String>,
    /// Browser and system in words.
    pub name: String,
}

/// What is tried.
#[derive(Clone, Copy)]
pub(super) enum Tried {
    Password,
    Code,
}

/// What failures are counted under.
#[derive(Clone)]
pub(super) struct Buckets {
    account: Hash,
    /// `None` on a known device.
    network: Option<Hash>,
}

impl Installation {
    /// What a device is given when `account` signs in there. It opens nothing: it only keeps the
    /// attempts of others from braking this device.
    pub(super) fn device_mark(&self, account: Id) -> Result<String, Error> {
        let mut nonce = [0; 16];
        getrandom::fill(&mut nonce).map_err(|_| Error::Random)?;
        let mut mark = nonce.to_vec();
        mark.extend_from_slice(&self.device_seal(account, &nonce));
        Ok(BASE64_URL_SAFE_NO_PAD.encode(mark))
    }

    fn device_seal(&self, account: Id, nonce: &[u8]) -> Hash {
        let value = [&account.0[..], nonce].concat();
        let index = self.index().for_organisation(&INSTALLATION.0);
        index.blind("device", &value)
    }

    /// The device, if it was marked for this account.
    fn known_device(&self, account: Id, mark: &str) -> Option<Vec<u8>> {
        let mark = BASE64_URL_SAFE_NO_PAD.decode(mark).ok()?;
        let (nonce, seal) = mark.split_at_checked(16)?;
        let same = self.device_seal(account, nonce).ct_eq(seal);
        bool::from(same).then(|| nonce.to_vec())
    }

    /// What failures of this client's network on all accounts are counted under.
    pub(super) fn network_bucket(&self, client: &Client) -> Hash {
        let index = self.index().for_organisation(&INSTALLATION.0);
        index.blind("network attempt", client.network.as_bytes())
    }

    /// What failures of this client on this account are counted under.
    pub(super) fn buckets(&self, tried: Tried, account: Id, client: &Client) -> Buckets {
        let device = client
            .device
            .as_deref()
            .and_then(|mark| self.known_device(account, mark));
        let place = match &device {
            Some(nonce) => [b"device/", &nonce[..]].concat(),
            None => [b"network/", client.network.as_bytes()].concat(),
        };
        let kind = match tried {
            Tried::Password => "password attempt",
            Tried::Code => "code attempt",
        };
        let index = self.index().for_organisation(&INSTALLATION.0);
        Buckets {
            account: index.blind(kind, &[&account.0[..], &place].concat()),
            network: device.is_none().then(|| self.network_bucket(client)),
        }
    }
}

/// Counts an attempt before it is checked, so that many at once can't slip through.
pub(super) fn begin(tx: &mut Tx<'_>, buckets: &Buckets, now: Timestamp) -> Result<(), AccessError> {
    count(tx, &buckets.account, FAILURES, now)?;
    match &buckets.network {
        Some(network) => begin_in_network(tx, network, now),
        None => Ok(()),
    }
}

/// Counts an attempt of a network while it is not known on which account.
pub(super) fn begin_in_network(
    tx: &mut Tx<'_>,
    network: &Hash,
    now: Timestamp,
) -> Result<(), AccessError> {
    count(tx, network, NETWORK_FAILURES, now)
}

/// The attempt was none of guessing. A network has its one attempt back and no more: an account of
/// one's own must not buy a new count on those of others.
pub(super) fn succeeded(tx: &mut Tx<'_>, buckets: &Buckets) -> Result<(), AccessError> {
    store::attempt::forget(tx, &buckets.account)?;
    if let Some(network) = &buckets.network {
        store::attempt::take_back(tx, network)?;
    }
    Ok(())
}

fn count(tx: &mut Tx<'_>, bucket: &Hash, most: i64, now: Timestamp) -> Result<(), AccessError> {
    let start = now.checked_sub(WINDOW).unwrap_or(Timestamp::MIN);
    store::attempt::count(tx, bucket, start, now)?;
    match store::attempt::get(tx, bucket)? {
        Some(row) if row.failed > most => {
            let until = row.since.checked_add(WINDOW).unwrap_or(Timestamp::MAX);
            Err(AccessError::TooMany { until })
        }
        _ => Ok(()),
    }
}
