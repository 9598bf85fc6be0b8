//! `/campaigns/blocked…`: lists of addresses and numbers that nobody may advertise to.

use std::fmt::Display;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use law::Lang;
use law::facts::BlockList;
use operations::{BlockListView, Blocked, Error, Frees, NewBlockList, Organisation};

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
    /// What the list frees that it would replace, which has to be agreed to.
    frees: Option<Freed>,
    done: Option<Done>,
}

/// What is blocked no more.
struct Freed {
    entries: u64,
    text: String,
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

/// What is said above the form.
enum Said {
    Nothing,
    Wrong(&'static str),
    /// The list in force has the state of this later day.
    Older(Date),
    /// The list in force has more; it is asked whether that may go.
    Asks(Frees),
    Done(Blocked),
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

/// How many addresses and numbers there are, in a text.
fn held(name: &str, addresses: u64, numbers: u64, texts: Texts) -> String {
    let addresses = texts.n("blocked-addresses", addresses);
    let numbers = texts.n("blocked-numbers", numbers);
    texts.with_all(name, &[("addresses", &addresses), ("numbers", &numbers)])
}

fn freed(frees: Frees, lang: Lang) -> String {
    let texts = Texts(lang);
    let entries = texts.n("blocked-entries", frees.entries);
    let contacts = texts.n("blocked-contacts", frees.contacts);
    let both: [(_, &dyn Display); 2] = [("entries", &entries), ("contacts", &contacts)];
    texts.with_all("blocked-frees-count", &both)
}

impl ListView {
    fn new(list: BlockListView, organisation: &Organisation, zone: &TimeZone, lang: Lang) -> Self {
        let texts = Texts(lang);
        Self {
            id: list.id.to_string(),
            kind: kind_word(list.kind, lang),
            as_of: number::day(list.as_of, lang),
            holds: held("blocked-holds", list.addresses, list.numbers, texts),
            taken: texts.with_all(
                "blocked-taken",
                &[
                    ("time", &number::time(list.taken_at, zone, lang)),
                    ("who", &actor::name(organisation, &list.taken_by, lang)),
                ],
            ),
            unreadable: (list.unreadable > 0)
                .then(|| texts.n("blocked-unreadable", list.unreadable)),
            name: list.name,
        }
    }
}

/// The lists, and the form to take one in.
pub async fn page(State(state): State<AppState>, visitor: Visitor) -> Answer {
    let mut inputs = Inputs::default();
    inputs.add("on", visitor.today.to_string());
    show(&state, &visitor, &inputs, Said::Nothing).await
}

async fn show(state: &AppState, visitor: &Visitor, inputs: &Inputs, said: Said) -> Answer {
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
    let status = match said {
        Said::Nothing | Said::Done(_) => StatusCode::OK,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let (mut problem, mut asked, mut done) = (None, None, None);
    match said {
        Said::Nothing => {}
        Said::Wrong(name) => problem = Some(frame.t(name)),
        Said::Older(day) => {
            problem = Some(frame.with("blocked-older", "day", number::day(day, lang)));
        }
        Said::Asks(frees) => {
            problem = Some(frame.t("blocked-replace-asks"));
            asked = Some(Freed {
                entries: frees.entries,
                text: freed(frees, lang),
            });
        }
        Said::Done(blocked) => done = Some(blocked),
    }
    let kinds = BlockList::ALL.map(|kind| (kind.name().to_owned(), kind_word(kind, lang)));
    let page = BlockedPage {
        lists,
        kinds: kinds.to_vec(),
        name: inputs.get("name").to_owned(),
        kind: inputs.get("kind").to_owned(),
        on: inputs.get("on").to_owned(),
        problem,
        frees: asked,
        done: done.map(|done| Done {
            text: held(
                if done.replaced {
                    "blocked-renewed"
                } else {
                    "blocked-done"
                },
                done.addresses,
                done.numbers,
                Texts(lang),
            ),
            unreadable: (done.unreadable > 0)
                .then(|| Texts(lang).n("blocked-unreadable", done.unreadable)),
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
        (Err(problem), _) => return show(&state, &visitor, &inputs, Said::Wrong(problem)).await,
        (Ok(_), None) => {
            let problem = Said::Wrong("blocked-file-missing");
            return show(&state, &visitor, &inputs, problem).await;
        }
    };
    let taken = visitor
        .ask(&state, move |organisation| {
            match organisation.take_block_list(&list, &new, &act) {
                Ok(blocked) => Ok(Said::Done(blocked)),
                Err(Error::Empty(_)) => Ok(Said::Wrong("blocked-empty")),
                Err(Error::Future(_)) => Ok(Said::Wrong("day-future")),
                Err(Error::BlockListName) => Ok(Said::Wrong("blocked-name-wrong")),
                Err(Error::BlockListConflict) => Ok(Said::Wrong("blocked-conflict")),
                Err(Error::BlockListKind) => Ok(Said::Wrong("blocked-other-kind")),
                Err(Error::BlockListOlder(day)) => Ok(Said::Older(day)),
                Err(Error::BlockListFrees(frees)) => Ok(Said::Asks(frees)),
                Err(error) => Err(error),
            }
        })
        .await?;
    show(&state, &visitor, &inputs, taken).await
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
        frees: inputs.get("frees").parse().unwrap_or_default(),
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
        frees: freed(frees, lang),
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
