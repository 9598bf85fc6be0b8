//! `/register/goods` and `/register/similar/…`: goods classes, and which of them are similar in the
//! sense of UWG § 7(3) Nr. 2.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use operations::access::Permission;
use operations::{Error, RegisterEdit, RegisterView};
use register::{GoodsClass, Register, Similarity};

use super::input::{Inputs, identifier};
use super::preview::{self, opened_on, shown};
use crate::auth::Visitor;
use crate::auth::form::Form;
use crate::pages::frame::{self, Frame};
use crate::pages::number;
use crate::pages::refusal::{Answer, Refusal};
use crate::problem::Problem;
use crate::state::AppState;
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "register/goods.html")]
struct GoodsPage {
    frame: Frame,
    may_change: bool,
    classes: Vec<(String, String)>,
    pairs: Vec<Pair>,
}

/// A class that was bought and one that is advertised.
struct Pair {
    sold: String,
    advertised: String,
    title: String,
    class: &'static str,
    sign: &'static str,
    word: String,
    reason: Option<String>,
    /// When it was decided, and by which office.
    by: String,
}

#[derive(Template)]
#[template(path = "register/goods_class.html")]
struct ClassPage {
    frame: Frame,
    base: String,
    /// Empty for a new one.
    id: String,
    name: String,
    may_change: bool,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "register/similarity.html")]
struct PairPage {
    frame: Frame,
    base: String,
    sold: String,
    advertised: String,
    sold_name: String,
    advertised_name: String,
    lead: String,
    choices: [(&'static str, String); 3],
    inputs: Inputs,
    wrong: Vec<&'static str>,
    may_change: bool,
}

impl PairPage {
    fn value(&self, name: &str) -> &str {
        self.inputs.get(name)
    }

    fn is_wrong(&self, name: &str) -> bool {
        self.wrong.contains(&name)
    }
}

async fn view(state: &AppState, visitor: &Visitor) -> Result<RegisterView, Refusal> {
    let today = visitor.today;
    visitor
        .ask(state, move |organisation| organisation.register_view(today))
        .await
}

fn class_name<'r>(register: &'r Register, id: &str) -> Option<&'r str> {
    let found = register.goods_classes.iter().find(|class| class.id == id);
    found.map(|class| class.name.as_str())
}

fn decision<'r>(register: &'r Register, sold: &str, advertised: &str) -> Option<&'r Similarity> {
    let mut pairs = register.similarities.iter();
    pairs.find(|pair| pair.sold == sold && pair.advertised == advertised)
}

/// The classes, and what was decided about each two of them.
pub async fn list(State(state): State<AppState>, visitor: Visitor) -> Answer {
    let view = view(&state, &visitor).await?;
    let (register, lang) = (&view.register, visitor.lang());
    let frame = Frame::of(&visitor, "/register/goods");
    let classes = &register.goods_classes;
    let each_two = classes
        .iter()
        .flat_map(|sold| classes.iter().map(move |advertised| (sold, advertised)));
    let pairs = each_two
        .filter(|(sold, advertised)| sold.id != advertised.id)
        .map(|(sold, advertised)| {
            let decided = decision(register, &sold.id, &advertised.id);
            let (class, sign, word) = match decided.map(|pair| pair.similar) {
                Some(true) => ("permitted", "✓", "goods-is-similar"),
                Some(false) => ("refused", "✕", "goods-not-similar"),
                None => ("review", "?", "goods-undecided"),
            };
            let day = decided.and_then(|pair| pair.decided_on);
            let by = [
                day.map(|day| number::day(day, lang)),
                decided.and_then(|pair| pair.decided_by.clone()),
            ];
            Pair {
                sold: sold.id.clone(),
                advertised: advertised.id.clone(),
                title: format!("{} → {}", sold.name, advertised.name),
                class,
                sign,
                word: frame.t(word),
                reason: decided.and_then(|pair| pair.reason.clone()),
                by: by.into_iter().flatten().collect::<Vec<_>>().join(", "),
            }
        });
    let page = GoodsPage {
        may_change: visitor.may(Permission::ChangeRegister),
        classes: classes
            .iter()
            .map(|class| (class.id.clone(), class.name.clone()))
            .collect(),
        pairs: pairs.collect(),
        frame,
    };
    Ok(frame::render(&page, lang))
}

/// The form for a new class.
pub async fn new_page(State(state): State<AppState>, visitor: Visitor) -> Answer {
    let view = view(&state, &visitor).await?;
    Ok(show(&visitor, shown(view.version), "", "", None))
}

/// A class.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    let view = view(&state, &visitor).await?;
    let Some(name) = class_name(&view.register, &id) else {
        return Err(Refusal::new(Problem::nothing_here(), &visitor.visit));
    };
    Ok(show(&visitor, shown(view.version), &id, name, None))
}

fn show(
    visitor: &Visitor,
    base: String,
    id: &str,
    name: &str,
    problem: Option<String>,
) -> Response {
    let refused = problem.is_some();
    let here = if id.is_empty() {
        "/register/goods/new".to_owned()
    } else {
        format!("/register/goods/{id}")
    };
    let page = ClassPage {
        frame: Frame::of(visitor, &here),
        base,
        id: id.to_owned(),
        name: name.to_owned(),
        may_change: visitor.may(Permission::ChangeRegister),
        problem,
    };
    let mut response = frame::render(&page, visitor.lang());
    if refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// Shows what a new class or another name moves.
pub async fn change(
    State(state): State<AppState>,
    visitor: Visitor,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let view = view(&state, &visitor).await?;
    let (id, name) = (inputs.get("editing"), inputs.get("name"));
    if name.is_empty() {
        let text = Texts(visitor.lang()).t("entry-needs-name");
        let base = opened_on(&inputs, view.version);
        return Ok(show(&visitor, base, id, name, Some(text)));
    }
    let known = |id: &str| class_name(&view.register, id).is_some();
    let class = GoodsClass {
        id: if id.is_empty() {
            identifier(name, known)
        } else {
            id.to_owned()
        },
        name: name.to_owned(),
    };
    let base = preview::base(inputs.get("base"));
    match preview::of_edits(
        &state,
        &visitor,
        base,
        vec![RegisterEdit::GoodsClass(class)],
    )
    .await
    {
        Ok(answer) => answer,
        Err(error) => Err(Refusal::new(error.into(), &visitor.visit)),
    }
}

/// Shows what removing a class moves; refused while an activity advertises it.
pub async fn remove(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let base = preview::base(inputs.get("base"));
    let edits = vec![RegisterEdit::RemoveGoodsClass(id.clone())];
    match preview::of_edits(&state, &visitor, base, edits).await {
        Ok(answer) => answer,
        Err(Error::RegisterEntryInUse(by)) => {
            let view = view(&state, &visitor).await?;
            let name = class_name(&view.register, &id).unwrap_or_default();
            let text = Texts(visitor.lang()).with("entry-in-use", "by", by);
            Ok(show(&visitor, shown(view.version), &id, name, Some(text)))
        }
        Err(error) => Err(Refusal::new(error.into(), &visitor.visit)),
    }
}

/// What was decided about two classes.
pub async fn pair_page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path((sold, advertised)): Path<(String, String)>,
) -> Answer {
    let view = view(&state, &visitor).await?;
    let mut inputs = Inputs::default();
    match decision(&view.register, &sold, &advertised) {
        Some(pair) => {
            inputs.add("similar", if pair.similar { "yes" } else { "no" });
            inputs.add_some("reason", pair.reason.as_ref());
            let day = pair.decided_on.map(|day| day.to_string());
            inputs.add_some("decided_on", day.as_ref());
            inputs.add_some("decided_by", pair.decided_by.as_ref());
        }
        None => inputs.add("decided_on", visitor.today.to_string()),
    }
    show_pair(&visitor, &view, (sold, advertised), inputs, Vec::new())
}

fn show_pair(
    visitor: &Visitor,
    view: &RegisterView,
    (sold, advertised): (String, String),
    inputs: Inputs,
    wrong: Vec<&'static str>,
) -> Answer {
    let names = (
        class_name(&view.register, &sold),
        class_name(&view.register, &advertised),
    );
    let (Some(sold_name), Some(advertised_name)) = names else {
        return Err(Refusal::new(Problem::nothing_here(), &visitor.visit));
    };
    if sold == advertised {
        return Err(Refusal::new(Problem::nothing_here(), &visitor.visit));
    }
    let frame = Frame::of(visitor, &format!("/register/similar/{sold}/{advertised}"));
    let refused = !wrong.is_empty();
    let page = PairPage {
        base: opened_on(&inputs, view.version),
        lead: frame.with_all(
            "goods-pair-lead",
            &[("sold", &sold_name), ("advertised", &advertised_name)],
        ),
        choices: [
            ("yes", frame.t("goods-is-similar")),
            ("no", frame.t("goods-not-similar")),
            ("", frame.t("goods-undecided")),
        ],
        sold_name: sold_name.to_owned(),
        advertised_name: advertised_name.to_owned(),
        sold,
        advertised,
        inputs,
        wrong,
        may_change: visitor.may(Permission::ChangeRegister),
        frame,
    };
    let mut response = frame::render(&page, visitor.lang());
    if refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// Shows what a decision moves; without a choice it is taken back.
pub async fn change_pair(
    State(state): State<AppState>,
    visitor: Visitor,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let view = view(&state, &visitor).await?;
    let (sold, advertised) = (
        inputs.get("sold").to_owned(),
        inputs.get("advertised").to_owned(),
    );
    let base = preview::base(inputs.get("base"));
    let similar = match inputs.get("similar") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let day = inputs.day("decided_on");
    let mut wrong: Vec<_> = day.err().into_iter().collect();
    if similar.is_some() && inputs.get("reason").is_empty() {
        wrong.push("reason");
    }
    let known = |id: &str| class_name(&view.register, id).is_some();
    if !wrong.is_empty() || !known(&sold) || !known(&advertised) || sold == advertised {
        return show_pair(&visitor, &view, (sold, advertised), inputs, wrong);
    }
    let edit = match similar {
        Some(similar) => RegisterEdit::Similarity(Similarity {
            sold,
            advertised,
            similar,
            reason: inputs.some("reason"),
            decided_on: day.ok().flatten(),
            decided_by: inputs.some("decided_by"),
        }),
        None => RegisterEdit::RemoveSimilarity { sold, advertised },
    };
    match preview::of_edits(&state, &visitor, base, vec![edit]).await {
        Ok(answer) => answer,
        Err(error) => Err(Refusal::new(error.into(), &visitor.visit)),
    }
}
