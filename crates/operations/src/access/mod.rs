//! Who may do what: accounts, how they sign in, sessions, roles, invitations.
//!
//! An account belongs to the installation, since one person may act for many organisations; a
//! membership gives it a role in one of them. Every sign-in and every change of a role is an
//! entry in the log of the organisation that it concerns. Entries name accounts by their ids.

mod account;
mod credential;
mod demo;
mod enrol;
mod error;
mod link;
mod mail;
mod member;
mod passkey;
mod password;
mod role;
mod session;
mod sign_in;
mod tenant;
mod throttle;
mod token;
mod totp;

pub(crate) use account::INSTALLATION;
pub use account::{AccountId, Profile};
pub use credential::{Credentials, PasskeyLine};
pub use error::{AccessError, WeakPassword};
pub use link::{LinkFor, NewOwner, Opened};
pub(crate) use mail::mail_to_member;
pub use mail::{Unsent, Waiting};
pub use member::{Invited, Member, MemberState, NewMember};
pub use passkey::RelyingParty;
pub use role::{Permission, Role};
pub use session::{NewSession, Session, SessionLine, Stage};
pub use sign_in::SignIn;
pub use tenant::Tenant;
pub use throttle::Client;
pub use token::new as random_name;
pub use totp::Authenticator;
