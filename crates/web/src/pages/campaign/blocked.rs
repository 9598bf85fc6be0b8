//! `/campaigns/blocked…`: lists of addresses and numbers that nobody may advertise to.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use jiff::tz::TimeZone;
use law::Lang;
use law::facts::BlockList;
use operations::{BlockListView, Blocked, Error, NewBlockList, Organisation};

use super::id_of;
use crate::auth::Visitor;
use crate::auth::file_form::FileForm;
use crate::auth::form::{Form, Nothing};
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::Answer;
use crate::pages::register::Inputs;
use crate::pages::toast::Toast;
use crate::pages::{actor, number};
use crate::state::AppState;
use crate::texts::Texts;

/// Largest form.
pub const LARGEST: usize = operations::MAX_LIST_BYTES + 64 * 1024;

#[derive(Template)]
#[template(path = "campaign/blocked.html")]
struct BlockedPage {
    frame: Frame,
    lists: Vec<ListView>,
    kinds: Vec<(String, String)>,
    name: String,
    kind: String,
    on: String,
    problem: Option<String>,
    done: Option<Done>,
}

#[derive(Template)]
#[template(path = "campaign/blocked_remove.html")]
struct RemovePage {
    frame: Frame,
    list: ListView,
    frees: String,
}

struct ListView {
    id: String,
    name: String,
    kind: String,
    as_of: String,
    holds: String,
    taken: String,
    unreadable: Option<String>,
}

struct Done {
    text: String,
    unreadable: Option<String>,
}

fn kind_word(kind: BlockList, lang: Lang) -> String {
    Texts(lang).t(match kind {
        BlockList::Own => "blocked-own",
        BlockList::Robinson => "blocked-robinson",
        BlockList::Ecg => "blocked-ecg",
    })
}

impl ListView {
    fn new(list: BlockListView, organisation: &Organisation, zone: &TimeZone, lang: Lang) -> Self {
        let texts = Texts(lang);
        Self {
            id: list.id.to_string(),
            kind: kind_word(list.kind, lang),
            as_of: number::day(list.as_of, lang),
            holds: texts.with_all(
                "blocked-holds",
                &[
                    ("addresses", &number::count(list.addresses, lang)),
                    ("numbers", &number::count(list.numbers, lang)),
                ],
            ),
            taken: texts.with_all(
                "blocked-taken",
                &[
                    ("time", &number::time(list.taken_at, zone, lang)),
                    ("who", &actor::name(organisation, &list.taken_by, lang)),
                ],
            ),
            unreadable: (list.unreadable > 0).then(|| number::count(list.unreadable, lang)),
            name: list.name,
        }
    }
}

/// The lists, and the form to take one in.
pub async fn page(State(state): State<AppState>, visitor: Visitor) -> Answer {
    let mut inputs = Inputs::default();
    inputs.add("on", visitor.today.to_string());
    show(&state, &visitor, &inputs, None, None).await
}

async fn show(
    state: &AppState,
    visitor: &Visitor,
    inputs: &Inputs,
    problem: Option<&str>,
    done: Option<Blocked>,
) -> Answer {
    let lang = visitor.lang();
    let zone = state.now().time_zone().clone();
    let lists = visitor
        .ask(state, move |organisation| {
            let lists = organisation.block_lists()?.into_iter();
            let view = |list| ListView::new(list, organisation, &zone, lang);
            Ok(lists.map(view).collect())
        })
        .await?;
    let frame = Frame::of(visitor, "/campaigns/blocked");
    let status = problem.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    let kinds = BlockList::ALL.map(|kind| (kind.name().to_owned(), kind_word(kind, lang)));
    let page = BlockedPage {
        lists,
        kinds: kinds.to_vec(),
        name: inputs.get("name").to_owned(),
        kind: inputs.get("kind").to_owned(),
        on: inputs.get("on").to_owned(),
        problem: problem.map(|name| frame.t(name)),
        done: done.map(|done| Done {
            text: frame.with_all(
                if done.replaced {
                    "blocked-renewed"
                } else {
                    "blocked-done"
                },
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
    Ok(response)
}

/// Takes a list in.
pub async fn take(State(state): State<AppState>, visitor: Visitor, given: FileForm) -> Answer {
    let FileForm { inputs, file, .. } = given;
    let act = visitor.act(&state);
    let (new, list) = match (read(&inputs), file) {
        (Ok(new), Some(list)) => (new, list),
        (Err(problem), _) => return show(&state, &visitor, &inputs, Some(problem), None).await,
        (Ok(_), None) => {
            let problem = Some("blocked-file-missing");
            return show(&state, &visitor, &inputs, problem, None).await;
        }
    };
    let taken = visitor
        .ask(&state, move |organisation| {
            match organisation.take_block_list(&list, &new, &act) {
                Ok(blocked) => Ok(Ok(blocked)),
                Err(Error::Empty(_)) => Ok(Err("blocked-empty")),
                Err(Error::Future(_)) => Ok(Err("day-future")),
                Err(Error::BlockListName) => Ok(Err("blocked-name-wrong")),
                Err(Error::BlockListConflict) => Ok(Err("blocked-conflict")),
                Err(error) => Err(error),
            }
        })
        .await?;
    match taken {
        Ok(blocked) => show(&state, &visitor, &inputs, None, Some(blocked)).await,
        Err(problem) => show(&state, &visitor, &inputs, Some(problem), None).await,
    }
}

fn read(inputs: &Inputs) -> Result<NewBlockList, &'static str> {
    let kind = BlockList::named(inputs.get("kind")).ok_or("blocked-kind-missing")?;
    let Ok(Some(as_of)) = inputs.day("on") else {
        return Err("day-wrong");
    };
    Ok(NewBlockList {
        name: inputs.get("name").to_owned(),
        kind,
        as_of,
    })
}

/// Asks whether a list is to go, and says what that frees.
pub async fn removal(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    let list = id_of(&visitor, &id)?;
    let lang = visitor.lang();
    let zone = state.now().time_zone().clone();
    let (list, frees) = visitor
        .ask(&state, move |organisation| {
            let (list, frees) = organisation.block_list(list)?;
            Ok((ListView::new(list, organisation, &zone, lang), frees))
        })
        .await?;
    let frame = Frame::of(&visitor, &format!("/campaigns/blocked/{id}"));
    let page = RemovePage {
        list,
        frees: frame.with_all(
            "blocked-frees-count",
            &[
                ("entries", &number::count(frees.entries, lang)),
                ("contacts", &number::count(frees.contacts, lang)),
            ],
        ),
        frame,
    };
    Ok(frame::render(&page, lang))
}

/// Removes a list.
pub async fn remove(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    _: Form<Nothing>,
) -> Answer {
    let list = id_of(&visitor, &id)?;
    let act = visitor.act(&state);
    visitor
        .ask(&state, move |organisation| {
            organisation.remove_block_list(list, &act)
        })
        .await?;
    Ok(Toast::BlockListRemoved.then("/campaigns/blocked"))
}
