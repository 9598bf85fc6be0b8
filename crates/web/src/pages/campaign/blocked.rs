//! `/campaigns/blocked`: lists of addresses and numbers that nobody may advertise to.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use operations::{BlockList, Blocked, Error};

use crate::auth::Visitor;
use crate::auth::file_form::FileForm;
use crate::pages::frame::{self, Frame};
use crate::pages::number;
use crate::pages::refusal::Answer;
use crate::pages::register::Inputs;
use crate::state::AppState;

/// Largest form.
pub const LARGEST: usize = operations::MAX_LIST_BYTES + 64 * 1024;

#[derive(Template)]
#[template(path = "campaign/blocked.html")]
struct BlockedPage {
    frame: Frame,
    kinds: Vec<(&'static str, String)>,
    kind: String,
    on: String,
    problem: Option<String>,
    done: Option<Done>,
}

struct Done {
    text: String,
    unreadable: Option<String>,
}

/// The form.
pub async fn page(visitor: Visitor) -> Answer {
    let mut inputs = Inputs::default();
    inputs.add("on", visitor.today.to_string());
    Ok(show(&visitor, &inputs, None, None))
}

fn show(
    visitor: &Visitor,
    inputs: &Inputs,
    problem: Option<&str>,
    done: Option<Blocked>,
) -> axum::response::Response {
    let lang = visitor.lang();
    let frame = Frame::of(visitor, "/campaigns/blocked");
    let status = problem.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    let page = BlockedPage {
        kinds: BlockList::ALL
            .map(|kind| {
                let text = match kind {
                    BlockList::Own => "blocked-own",
                    BlockList::Robinson => "blocked-robinson",
                    BlockList::Ecg => "blocked-ecg",
                };
                (kind.name(), frame.t(text))
            })
            .to_vec(),
        kind: inputs.get("kind").to_owned(),
        on: inputs.get("on").to_owned(),
        problem: problem.map(|name| frame.t(name)),
        done: done.map(|done| Done {
            text: frame.with_all(
                "blocked-done",
                &[
                    ("addresses", &number::count(done.addresses, lang)),
                    ("numbers", &number::count(done.numbers, lang)),
                ],
            ),
            unreadable: (done.unreadable > 0).then(|| number::count(done.unreadable, lang)),
        }),
        frame,
    };
    let mut response = frame::render(&page, lang);
    *response.status_mut() = status;
    response
}

/// Takes a list in.
pub async fn take(State(state): State<AppState>, visitor: Visitor, given: FileForm) -> Answer {
    let FileForm { inputs, file, .. } = given;
    let act = visitor.act(&state);
    let Some(kind) = BlockList::named(inputs.get("kind")) else {
        return Ok(show(&visitor, &inputs, Some("blocked-kind-missing"), None));
    };
    let Ok(Some(on)) = inputs.day("on") else {
        return Ok(show(&visitor, &inputs, Some("day-wrong"), None));
    };
    let Some(list) = file else {
        return Ok(show(&visitor, &inputs, Some("blocked-file-missing"), None));
    };
    let taken = visitor
        .ask(&state, move |organisation| {
            match organisation.block_list(&list, kind, on, &act) {
                Ok(blocked) => Ok(Ok(blocked)),
                Err(Error::Empty(_)) => Ok(Err("blocked-empty")),
                Err(Error::Future(_)) => Ok(Err("day-future")),
                Err(error) => Err(error),
            }
        })
        .await?;
    Ok(match taken {
        Ok(blocked) => show(&visitor, &inputs, None, Some(blocked)),
        Err(problem) => show(&visitor, &inputs, Some(problem), None),
    })
}
