//! Passkeys (WebAuthn): added in a session, used to sign in without a name.

use jiff::SignedDuration;
use store::Id;
use store::ceremony::Ceremony;
use webauthn_rp::bin::{Decode, Encode};
use webauthn_rp::request::auth::AuthenticationVerificationOptions;
use webauthn_rp::request::register::{
    CredProtect, Nickname, PublicKeyCredentialUserEntity, RegistrationVerificationOptions,
    UserHandle, Username,
};
use webauthn_rp::request::{AsciiDomain, PublicKeyCredentialDescriptor, RpId};
use webauthn_rp::response::auth::DiscoverableAuthentication;
use webauthn_rp::response::register::{CompressedPubKey, DynamicState, Registration, StaticState};
use webauthn_rp::response::{AuthTransports, CredentialId};
use webauthn_rp::{
    AuthenticatedCredential, DiscoverableAuthenticationServerState,
    DiscoverableCredentialRequestOptions, PublicKeyCredentialCreationOptions,
    RegistrationServerState,
};

use super::account::Account;
use super::enrol::{enrolled, enrolling, still};
use super::error::AccessError;
use super::session::{self, NewSession};
use super::throttle::{self, Client};
use super::token;
use crate::installation::new_id;
use crate::{Act, Error, Installation};

/// Length of what stands for the account in a passkey: its id.
const HANDLE: usize = 16;
/// How long the browser may take.
const LASTS: SignedDuration = SignedDuration::from_mins(5);
/// Longest name of a passkey.
const NAME: usize = 60;
pub(super) const LABEL: &str = "passkey";

/// Where this installation is reached, as browsers name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelyingParty {
    host: String,
    origin: String,
}

#[derive(Clone, Copy)]
#[repr(i16)]
enum Purpose {
    Add = 1,
    SignIn = 2,
}

impl RelyingParty {
    /// From an address such as `https://leitplanke.example.com` or `http://localhost:8070`.
    ///
    /// # Errors
    /// When it has no host name, or not the form of an address.
    pub fn new(address: &str) -> Result<Self, AccessError> {
        let origin = address.trim_end_matches('/');
        let (_, rest) = origin.split_once("://").ok_or(AccessError::NoHostName)?;
        let host = match rest.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
            _ => rest,
        };
        let is_address = host.starts_with('[') || host.parse::<std::net::IpAddr>().is_ok();
        if is_address || AsciiDomain::try_from(host.to_owned()).is_err() {
            return Err(AccessError::NoHostName);
        }
        Ok(Self {
            host: host.to_ascii_lowercase(),
            origin: origin.to_owned(),
        })
    }

    fn id(&self) -> Result<RpId, AccessError> {
        let domain = AsciiDomain::try_from(self.host.clone());
        Ok(RpId::Domain(domain.map_err(|_| AccessError::NoHostName)?))
    }
}

impl Installation {
    /// Begins adding a passkey to the account of a session. Returns what the browser is asked,
    /// as JSON, and the ceremony's id.
    ///
    /// # Errors
    /// When the session has ended, or waits for a code.
    pub fn begin_passkey(
        &self,
        session: &str,
        party: &RelyingParty,
        act: &Act,
    ) -> Result<(String, String), AccessError> {
        let (here, hash, party) = (self.clone(), token::hash(session), party.clone());
        let (id, at) = (new_id(act.at)?, act.at);
        let asked = self.store().write(move |tx| -> Result<_, AccessError> {
            let account = enrolling(tx, &hash)?.account;
            let person = Account::load(tx, &here, account)?;
            let profile = person.profile()?;
            let known = store::passkey::of_account(tx, account)?;
            let known = known.into_iter().filter_map(|row| {
                Some(PublicKeyCredentialDescriptor {
                    id: CredentialId::<Vec<u8>>::decode(row.id).ok()?,
                    transports: AuthTransports::decode(u8::try_from(row.transports).ok()?).ok()?,
                })
            });
            let handle = UserHandle::<HANDLE>::decode(account.0);
            let handle = handle.map_err(|_| Error::Stored("account"))?;
            let name = Username::try_from(profile.email.as_str())
                .map_err(|_| AccessError::Passkey("the address can't be shown"))?;
            let user = PublicKeyCredentialUserEntity {
                name,
                id: &handle,
                display_name: Nickname::try_from(profile.name.as_str()).ok(),
            };
            let party = party.id()?;
            let mut options =
                PublicKeyCredentialCreationOptions::passkey(&party, user, known.collect());
            // Most fingerprint readers do not know this extension and would refuse; every use is
            // confirmed by the person anyhow.
            options.extensions.cred_protect = CredProtect::None;
            let (server, client) = options
                .start_ceremony()
                .map_err(|_| AccessError::Passkey("it could not be begun"))?;
            let asked = serde_json::to_string(&client).map_err(|_| Error::Stored("ceremony"))?;
            let row = Ceremony {
                id,
                purpose: Purpose::Add as i16,
                account: Some(account),
                state: server.encode().map_err(|_| Error::Stored("ceremony"))?,
                expires_at: at + LASTS,
            };
            store::ceremony::insert(tx, &row)?;
            Ok(asked)
        })?;
        Ok((asked, id.to_string()))
    }

    /// Checks the browser's answer and adds the passkey. A session that came by a link becomes a
    /// full one.
    ///
    /// # Errors
    /// When the answer does not fit.
    #[expect(clippy::too_many_arguments, reason = "a ceremony has this many sides")]
    pub fn finish_passkey(
        &self,
        session: &str,
        ceremony: &str,
        answer: &[u8],
        name: &str,
        party: &RelyingParty,
        client: &Client,
        act: &Act,
    ) -> Result<Option<NewSession>, AccessError> {
        let begun = take(self, ceremony, act)?;
        let registration = Registration::from_json_relaxed(answer)
            .map_err(|_| AccessError::Passkey("the answer can't be read"))?;
        let name = name.trim().chars().filter(|c| !c.is_control());
        let name: String = name.take(NAME).collect();
        let (here, session, party) = (self.clone(), session.to_owned(), party.clone());
        let (client, act) = (client.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, AccessError> {
            let row = enrolling(tx, &token::hash(&session))?;
            if begun.account != Some(row.account) {
                return Err(AccessError::Passkey("it was begun by somebody else"));
            }
            let person = Account::load_to_change(tx, &here, row.account)?;
            still(tx, &row)?;
            let server = RegistrationServerState::<HANDLE>::decode(&begun.state)
                .map_err(|_| Error::Stored("ceremony"))?;
            let origins = [party.origin.as_str()];
            let options = RegistrationVerificationOptions::<&str, &str> {
                allowed_origins: &origins,
                error_on_unsolicited_extensions: false,
                ..RegistrationVerificationOptions::default()
            };
            let made = server
                .verify(&party.id()?, &registration, &options)
                .map_err(|_| AccessError::Passkey("the answer does not fit the question"))?;
            let transports = made.transports().encode();
            let new = store::passkey::Passkey {
                id: made.id().as_ref().to_vec(),
                account: row.account,
                public_key: made
                    .static_state()
                    .encode()
                    .map_err(|_| Error::Stored("passkey"))?,
                counter: encoded(made.dynamic_state())?,
                transports: i16::from(transports.unwrap_or_default()),
                sealed: person.seal(LABEL, name.as_bytes())?,
                created_at: act.at,
                used_at: None,
            };
            store::passkey::insert(tx, &new)?;
            let stage = session::stage(row.stage)?;
            enrolled(
                tx,
                &here,
                row.account,
                stage,
                &session,
                "passkey",
                &client,
                &act,
            )
        })
    }

    /// Begins signing in with a passkey. Returns what the browser is asked, as JSON, and the
    /// ceremony's id.
    ///
    /// # Errors
    /// [`AccessError::TooMany`] after many attempts from one network that came to nothing.
    pub fn begin_passkey_sign_in(
        &self,
        party: &RelyingParty,
        client: &Client,
        act: &Act,
    ) -> Result<(String, String), AccessError> {
        let (id, at) = (new_id(act.at)?, act.at);
        let rp = party.id()?;
        let network = self.network_bucket(client);
        self.store()
            .write(move |tx| throttle::begin_in_network(tx, &network, at))?;
        let (server, client) = DiscoverableCredentialRequestOptions::passkey(&rp)
            .start_ceremony()
            .map_err(|_| AccessError::Passkey("it could not be begun"))?;
        let asked = serde_json::to_string(&client).map_err(|_| Error::Stored("ceremony"))?;
        let row = Ceremony {
            id,
            purpose: Purpose::SignIn as i16,
            account: None,
            state: server.encode().map_err(|_| Error::Stored("ceremony"))?,
            expires_at: act.at + LASTS,
        };
        self.store()
            .write(move |tx| store::ceremony::insert(tx, &row))?;
        Ok((asked, id.to_string()))
    }

    /// Checks the browser's answer and signs in whose passkey it is.
    ///
    /// # Errors
    /// [`AccessError::Refused`] when the answer does not fit.
    pub fn finish_passkey_sign_in(
        &self,
        ceremony: &str,
        answer: &[u8],
        party: &RelyingParty,
        client: &Client,
        act: &Act,
    ) -> Result<NewSession, AccessError> {
        let begun = take(self, ceremony, act)?;
        if begun.account.is_some() {
            return Err(AccessError::Passkey("it was not begun"));
        }
        let answer = DiscoverableAuthentication::<HANDLE>::from_json_relaxed(answer)
            .map_err(|_| AccessError::Passkey("the answer can't be read"))?;
        let (here, party) = (self.clone(), party.clone());
        let (client, act) = (client.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, AccessError> {
            let server = DiscoverableAuthenticationServerState::decode(begun.state.as_slice())
                .map_err(|_| Error::Stored("ceremony"))?;
            let row = store::passkey::get(tx, answer.raw_id().into_inner())?;
            let row = row.ok_or(AccessError::Refused)?;
            let handle = UserHandle::<HANDLE>::decode(row.account.0);
            let handle = handle.map_err(|_| Error::Stored("account"))?;
            if *answer.response().user_handle() != handle {
                return Err(AccessError::Refused);
            }
            let mut known = AuthenticatedCredential::new(
                answer.raw_id(),
                &handle,
                StaticState::<PublicKey>::decode(&row.public_key)
                    .map_err(|_| Error::Stored("passkey"))?,
                decoded(&row.counter)?,
            )
            .map_err(|_| Error::Stored("passkey"))?;
            let origins = [party.origin.as_str()];
            let options = AuthenticationVerificationOptions::<&str, &str> {
                allowed_origins: &origins,
                error_on_unsolicited_extensions: false,
                ..AuthenticationVerificationOptions::default()
            };
            server
                .verify(&party.id()?, &answer, &mut known, &options)
                .map_err(|_| AccessError::Refused)?;
            let counter = encoded(known.dynamic_state())?;
            store::passkey::used(tx, &row.id, &counter, act.at)?;
            store::attempt::take_back(tx, &here.network_bucket(&client))?;
            session::complete(tx, &here, row.account, None, &client, "passkey", &act)
        })
    }
}

/// A public key as it is kept.
type PublicKey = CompressedPubKey<[u8; 32], [u8; 32], [u8; 48], Vec<u8>>;

/// Takes a ceremony out for its one answer, whether that fits or not.
fn take(here: &Installation, ceremony: &str, act: &Act) -> Result<Ceremony, AccessError> {
    let id: Id = ceremony
        .parse()
        .map_err(|_| AccessError::Passkey("it was not begun"))?;
    let begun = here
        .store()
        .write(move |tx| store::ceremony::take(tx, id))?
        .filter(|begun| begun.expires_at > act.at);
    begun.ok_or(AccessError::Passkey("it took too long; try again"))
}

fn encoded(state: DynamicState) -> Result<Vec<u8>, Error> {
    let bytes = state.encode().map_err(|_| Error::Stored("passkey"))?;
    Ok(bytes.to_vec())
}

fn decoded(bytes: &[u8]) -> Result<DynamicState, Error> {
    let bytes = bytes.try_into().map_err(|_| Error::Stored("passkey"))?;
    DynamicState::decode(bytes).map_err(|_| Error::Stored("passkey"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relying_party_needs_a_host_name() {
        let party = RelyingParty::new("http://localhost:8070/").unwrap();
        assert_eq!(
            (&*party.host, &*party.origin),
            ("localhost", "http://localhost:8070")
        );
        assert!(RelyingParty::new("https://Leitplanke.example.com").is_ok());
        for bad in ["http://127.0.0.1:8070", "http://[::1]:80", "localhost", ""] {
            assert!(RelyingParty::new(bad).is_err(), "{bad}");
        }
    }
}
