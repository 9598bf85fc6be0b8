//! The page behind the link in the mail, and the file that a form brings. Opening the page changes
//! nothing, since mail filters open every link; the button does.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use law::Lang;
use operations::lead_form::{FormError, Link, ShownConsent, ToConfirm};
use operations::sms::NumberStep;

use super::fill::address;
use super::page::ways;
use super::{Place, act};
use crate::language::Language;
use crate::pages::frame;
use crate::public::frame::PublicFrame;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "public/form/confirm.html")]
struct ConfirmPage {
    frame: PublicFrame,
    action: String,
    /// `None` if the link is unknown, used or has run out.
    form: Option<String>,
    /// Each wording with its channels.
    consents: Vec<(String, String)>,
    /// What was entered, by name.
    entered: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "public/form/confirmed.html")]
struct ConfirmedPage {
    frame: PublicFrame,
    form: String,
    /// Each wording with its channels.
    consents: Vec<(String, String)>,
    file: Option<String>,
    preferences: Option<String>,
    number: NumberStep,
    /// Where a code is sent from.
    send_code: String,
}

/// The page with the button.
pub async fn page(
    State(state): State<AppState>,
    Language(lang): Language,
    Path((organisation, form, token)): Path<(String, String, String)>,
) -> Result<Response, Response> {
    let place = Place::of(&state, &organisation, form, lang).await?;
    let (asked, now) = (token.clone(), state.now().timestamp());
    let found = place
        .ask(&state, move |organisation, _| {
            organisation.form_to_confirm(&asked, now)
        })
        .await?;
    match found {
        Ok(found) => Ok(confirm_page(&place, &token, Some(found))),
        Err(FormError::Link) => Ok(confirm_page(&place, &token, None)),
        Err(error) => Err(place.failed(error)),
    }
}

fn confirm_page(place: &Place, token: &str, found: Option<ToConfirm>) -> Response {
    let action = format!("{}/confirm/{token}", place.path());
    let status = match found {
        Some(_) => StatusCode::OK,
        None => StatusCode::GONE,
    };
    let lang = place.lang;
    let (form, consents, entered) = found.map_or((None, Vec::new(), Vec::new()), |found| {
        let named = |(field, value): (register::FormField, String)| {
            (field.label().get(lang).to_owned(), value)
        };
        let entered = found.entered.into_iter().map(named).collect();
        (
            Some(found.form_name),
            with_ways(&found.consents, lang),
            entered,
        )
    });
    let page = ConfirmPage {
        frame: PublicFrame::new(&place.host, place.lang, &action),
        action,
        form,
        consents,
        entered,
    };
    let mut response = frame::render(&page, place.lang);
    *response.status_mut() = status;
    response
}

fn with_ways(consents: &[ShownConsent], lang: Lang) -> Vec<(String, String)> {
    let consents = consents.iter();
    consents
        .map(|consent| (consent.text.clone(), ways(consent, lang)))
        .collect()
}

/// Confirms.
pub async fn confirm(
    State(state): State<AppState>,
    Language(lang): Language,
    Path((organisation, form, token)): Path<(String, String, String)>,
) -> Result<Response, Response> {
    let place = Place::of(&state, &organisation, form, lang).await?;
    let (asked, act, address) = (token.clone(), act(&state), address(&state));
    let id = place.host.organisation.id();
    let done = place
        .ask(&state, move |organisation, _| {
            organisation.confirm_form(&asked, &act, move |link| match link {
                Link::File { form, token } => format!("{address}/f/{id}/{form}/file/{token}"),
                Link::Preferences { token } => format!("{address}/p/{token}"),
            })
        })
        .await?;
    let done = match done {
        Ok(done) => done,
        Err(FormError::Link) => return Ok(confirm_page(&place, &token, None)),
        Err(error) => return Err(place.failed(error)),
    };
    let page = ConfirmedPage {
        frame: PublicFrame::new(&place.host, lang, &place.path()),
        form: done.form_name,
        consents: with_ways(&done.consents, lang),
        file: done.file,
        preferences: done.preferences,
        number: done.number,
        send_code: format!("/me/number/{}/send", done.number_token.unwrap_or_default()),
    };
    Ok(frame::render(&page, lang))
}

/// The file of a form. Always as a download: what an organisation uploads is not shown as a page.
pub async fn file(
    State(state): State<AppState>,
    Language(lang): Language,
    Path((organisation, form, token)): Path<(String, String, String)>,
) -> Result<Response, Response> {
    let place = Place::of(&state, &organisation, form, lang).await?;
    let now = state.now().timestamp();
    let file = place
        .ask(&state, move |organisation, form| {
            organisation.form_file(form, &token, now)
        })
        .await?
        .map_err(|error| place.failed(error))?;
    let named = HeaderValue::try_from(disposition(&file.name));
    let named = named.unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (
            CONTENT_TYPE,
            HeaderValue::from_static("application/octet-stream"),
        ),
        (CONTENT_DISPOSITION, named),
    ];
    Ok((headers, file.bytes).into_response())
}

/// The name of a download, with umlauts for browsers that read them (RFC 6266, RFC 8187).
fn disposition(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ');
    let ascii: String = name
        .chars()
        .map(|c| if plain(c) { c } else { '_' })
        .collect();
    let mut coded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            coded.push(char::from(byte));
        } else {
            use std::fmt::Write as _;
            // Writing to a string does not fail.
            let _ = write!(coded, "%{byte:02X}");
        }
    }
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{coded}")
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn a_name_with_umlauts_is_a_name_and_no_second_header() {
        assert_eq!(
            disposition("Kühlung\r\nX: y.pdf"),
            "attachment; filename=\"K_hlung__X_ y.pdf\"; \
             filename*=UTF-8''K%C3%BChlung%0D%0AX%3A%20y.pdf"
        );
    }
}
