//! `/me/address/{token}`: a new e-mail address is the person's own only when its holder says so.

use axum::extract::{Path, State};
use axum::response::Response;

use super::enter::{PressPage, gone};
use super::{Network, ask, by_the_person};
use crate::auth::form::{Nothing, OpenForm};
use crate::language::Language;
use crate::pages::frame;
use crate::public::frame::{PublicFrame, host};
use crate::state::AppState;

/// A button and nothing else.
pub async fn page(
    State(state): State<AppState>,
    lang: Language,
    Path(token): Path<String>,
) -> Result<Response, Response> {
    shown(&state, lang, token, false).await
}

/// Takes the address.
pub async fn confirm(
    State(state): State<AppState>,
    lang: Language,
    network: Network,
    Path(token): Path<String>,
    OpenForm(Nothing {}): OpenForm<Nothing>,
) -> Result<Response, Response> {
    network.brake(&state, lang).await?;
    shown(&state, lang, token, true).await
}

async fn shown(
    state: &AppState,
    lang: Language,
    token: String,
    confirm: bool,
) -> Result<Response, Response> {
    let (now, held) = (state.now().timestamp(), token.clone());
    let waits = ask(state, lang, move |here| here.new_address(&held, now)).await?;
    let waits = waits.ok_or_else(|| gone(lang))?;
    let host = host(state, Some(waits.organisation), lang.0).await?;
    let action = format!("/me/address/{token}");
    if confirm {
        let act = by_the_person(state);
        let confirmed = ask(state, lang, move |here| here.confirm_address(&token, &act)).await?;
        if !confirmed {
            return Err(gone(lang));
        }
    }
    let (title, about, button) = if confirm {
        ("pref-address-done", "pref-address-done-about", "")
    } else {
        ("pref-address", "pref-address-about", "pref-address-do")
    };
    let page = PressPage {
        frame: PublicFrame::new(&host, lang.0, &action),
        action,
        title,
        about,
        button,
    };
    Ok(frame::render(&page, lang.0))
}
