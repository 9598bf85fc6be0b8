//! `/p/{token}`: the page behind the link in every mail. It shows nothing of anybody, and what is
//! pressed on it takes permission away.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use law::Channel;
use operations::preferences::{PAUSES, PreferenceLink, Taken, Topic, Wish};
use operations::{Error, Organisation, OrganisationId};

use super::{Network, by_the_person};
use crate::auth::form::{Nothing, OpenForm};
use crate::language::Language;
use crate::pages::refusal::Refusal;
use crate::pages::register::Inputs;
use crate::pages::{frame, words};
use crate::problem::Problem;
use crate::public::frame::{Host, PublicFrame, host};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "public/preferences/leave.html")]
struct LeavePage {
    frame: PublicFrame,
    token: String,
    topics: Vec<TopicRow>,
    pauses: [u16; 3],
}

struct TopicRow {
    activity: String,
    name: String,
    /// Name and label.
    channels: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "public/preferences/done.html")]
struct DonePage {
    frame: PublicFrame,
    token: String,
    /// The names of the texts.
    title: &'static str,
    about: &'static str,
}

/// Whose link it is.
async fn place(
    state: &AppState,
    token: &str,
    lang: Language,
) -> Result<(Host, OrganisationId), Response> {
    let nothing = || Refusal::in_language(Problem::nothing_here(), lang.0).into_response();
    let link = PreferenceLink::read(token).ok_or_else(nothing)?;
    let host = host(state, Some(link.organisation()), lang.0).await?;
    let contact = host.organisation.preference_contact(&link);
    let contact = contact.ok_or_else(nothing)?;
    Ok((host, contact))
}

/// Asks off the event loop.
async fn ask<T: Send + 'static>(
    state: &AppState,
    host: &Host,
    lang: Language,
    operation: impl FnOnce(&Organisation) -> Result<T, Error> + Send + 'static,
) -> Result<T, Response> {
    let refuse = |problem: Problem| Refusal::in_language(problem, lang.0).into_response();
    let organisation = host.organisation.clone();
    let asked = state.run(move || operation(&organisation)).await;
    asked.map_err(refuse)?.map_err(|error| refuse(error.into()))
}

/// What can be stopped. Mail filters open it: it changes nothing.
pub async fn page(
    State(state): State<AppState>,
    lang: Language,
    Path(token): Path<String>,
) -> Result<Response, Response> {
    let (host, _) = place(&state, &token, lang).await?;
    let topics = ask(&state, &host, lang, Organisation::topics).await?;
    let row = |topic: Topic| TopicRow {
        activity: topic.activity,
        name: topic.name,
        channels: topic
            .channels
            .into_iter()
            .map(|channel| (channel.name(), words::channel(channel, lang.0)))
            .collect(),
    };
    let page = LeavePage {
        frame: PublicFrame::new(&host, lang.0, &format!("/p/{token}")),
        topics: topics.into_iter().map(row).collect(),
        pauses: PAUSES,
        token,
    };
    Ok(frame::render(&page, lang.0))
}

/// What a form wants to be stopped.
pub(super) fn wish(inputs: &Inputs) -> Option<Wish> {
    match inputs.get("what") {
        "all" => Some(Wish::Advertising),
        "profiling" => Some(Wish::Profiling),
        "pause" => inputs.get("days").parse().ok().map(Wish::Pause),
        "topic" => {
            let channel = match inputs.get("channel") {
                "" => None,
                name => Some(Channel::ALL.into_iter().find(|c| c.name() == name)?),
            };
            Some(Wish::Topic {
                activity: inputs.some("activity")?,
                channel,
            })
        }
        _ => None,
    }
}

/// Takes permission away, at once.
pub async fn leave(
    State(state): State<AppState>,
    lang: Language,
    network: Network,
    Path(token): Path<String>,
    OpenForm(inputs): OpenForm<Inputs>,
) -> Result<Response, Response> {
    let (host, contact) = match place(&state, &token, lang).await {
        Ok(place) => place,
        // Whoever has a right link is never held up: many leave from one network.
        Err(nothing) => {
            network.brake(&state, lang).await?;
            return Err(nothing);
        }
    };
    let wish = wish(&inputs)
        .ok_or_else(|| Refusal::in_language(Problem::unreadable_form(), lang.0).into_response())?;
    let (title, about) = match wish {
        Wish::Pause(_) => ("pref-done-pause", "pref-done-pause-about"),
        Wish::Profiling => ("pref-done-profiling", "pref-done-about"),
        Wish::Topic { .. } => ("pref-done-topic", "pref-done-about"),
        Wish::Advertising | Wish::Channel(_) => ("pref-done-all", "pref-done-about"),
    };
    let act = by_the_person(&state);
    let outcome = ask(&state, &host, lang, move |organisation| {
        organisation.take_away(contact, &wish, &act)
    })
    .await?;
    let (title, about) = match outcome {
        Taken::Done | Taken::Already => (title, about),
        Taken::NothingStored => ("pref-nothing", "pref-nothing-about"),
    };
    Ok(done(&host, lang, token, title, about))
}

fn done(
    host: &Host,
    lang: Language,
    token: String,
    title: &'static str,
    about: &'static str,
) -> Response {
    let page = DonePage {
        frame: PublicFrame::new(host, lang.0, &format!("/p/{token}")),
        token,
        title,
        about,
    };
    frame::render(&page, lang.0)
}

/// What a mail program sends when its user presses its button to leave (RFC 8058): no cookie, no page
/// before, no redirect.
pub async fn one_click(
    State(state): State<AppState>,
    lang: Language,
    Path(token): Path<String>,
    body: Bytes,
) -> Result<Response, Response> {
    let (host, contact) = place(&state, &token, lang).await?;
    if !says_one_click(&body) {
        let problem = Problem::unreadable_form();
        return Err(Refusal::in_language(problem, lang.0).into_response());
    }
    let act = by_the_person(&state);
    ask(&state, &host, lang, move |organisation| {
        organisation.take_away(contact, &Wish::Channel(Channel::Email), &act)
    })
    .await?;
    let plain = [(CONTENT_TYPE, "text/plain; charset=utf-8")];
    Ok((StatusCode::OK, plain, "Unsubscribed.\n").into_response())
}

/// The body is a form of either kind that browsers send (RFC 8058 section 3.1).
fn says_one_click(body: &[u8]) -> bool {
    let text = String::from_utf8_lossy(body);
    let pair = |pair: &str| pair.trim() == "List-Unsubscribe=One-Click";
    let part = "name=\"List-Unsubscribe\"";
    text.split('&').any(pair)
        || text
            .split_once(part)
            .is_some_and(|(_, rest)| rest.trim_start().starts_with("One-Click"))
}

/// Mails the link to one's own data. The answer is always the same.
pub async fn send_link(
    State(state): State<AppState>,
    lang: Language,
    network: Network,
    Path(token): Path<String>,
    OpenForm(Nothing {}): OpenForm<Nothing>,
) -> Result<Response, Response> {
    network.brake(&state, lang).await?;
    let (host, contact) = place(&state, &token, lang).await?;
    let act = by_the_person(&state);
    ask(&state, &host, lang, move |organisation| {
        organisation.send_own_link(contact, lang.0, &act)
    })
    .await?;
    let (title, about) = ("pref-link-sent", "pref-link-sent-about");
    Ok(done(&host, lang, token, title, about))
}

#[cfg(test)]
mod tests {
    use super::says_one_click;

    #[test]
    fn both_kinds_of_form_say_one_click() {
        assert!(says_one_click(b"List-Unsubscribe=One-Click"));
        let parts = b"--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\n\
                      One-Click\r\n--b--\r\n";
        assert!(says_one_click(parts));
        for other in [&b""[..], b"List-Unsubscribe=", b"List-Unsubscribe=No"] {
            assert!(!says_one_click(other));
        }
    }
}
