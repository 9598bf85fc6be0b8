//! Who calls: people by their session, programs by a bearer token.

mod attempts;
pub mod cookie;
pub mod file_form;
pub mod form;
mod token;
mod visitor;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::response::Response;

pub use attempts::Attempts;
pub use token::{ShortToken, Token, Tokens};
pub use visitor::{Network, RequestFacts, Visit, Visitor, require};

use crate::language;
use crate::problem::{Problem, Reader};
use crate::state::AppState;

/// Who calls with a valid token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The account behind the token, as evidence names it; never a person's name.
    pub account: String,
    /// The organisation for which the token is valid; `None` for the only one there is.
    pub organisation: Option<String>,
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let given = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        let given = given.and_then(bearer);
        if let Some(caller) = given.and_then(|token| state.tokens().caller(token)) {
            // A right token is never braked: many callers may share one address behind a proxy.
            return Ok(caller.clone());
        }
        let braked =
            given.is_some() && !state.attempts().allow(peer(parts), state.now().timestamp());
        let problem = if braked {
            Problem::too_many_attempts(Attempts::WINDOW_SECONDS)
        } else {
            Problem::signed_out()
        };
        let lang = language::of(&parts.uri, &parts.headers);
        Err(problem.for_reader(Reader::program(lang)))
    }
}

fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The connection's other end; all callers of a listener that does not say share one brake.
fn peer(parts: &Parts) -> IpAddr {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(address)| {
        address.ip()
    })
}
