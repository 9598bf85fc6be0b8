//! What the person who visits changes.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use jiff::Timestamp;
use operations::contact::{Email, Fields, Phone, normalise};
use operations::request::{Identity, Intake, NewRequest, RequestKind, Whom};
use operations::{ContactRef, Correctable, Error};

use super::enter::to_own;
use super::leave::wish;
use super::own::{Own, shown};
use super::{Network, by_the_person};
use crate::auth::form::{Nothing, OpenForm};
use crate::pages::register::Inputs;
use crate::problem::Problem;
use crate::state::AppState;

fn back(done: &str) -> Response {
    Redirect::to(&format!("/me?done={done}")).into_response()
}

/// The person says that the data are right (GDPR Art. 5(1)(d)).
pub async fn confirm(
    State(state): State<AppState>,
    own: Own,
    OpenForm(inputs): OpenForm<Inputs>,
) -> Result<Response, Response> {
    let seen = inputs.get("seen").parse().ok();
    let seen = seen.and_then(|seen| Timestamp::from_millisecond(seen).ok());
    let seen = seen.ok_or_else(|| own.refuse(Problem::unreadable_form()))?;
    let act = by_the_person(&state);
    let confirmed = own
        .ask(&state, move |organisation, contact| {
            organisation.confirm_own_data(contact, seen, &act)
        })
        .await?;
    match confirmed {
        Ok(_) => Ok(back("confirm")),
        Err(Error::ContactConflict) => {
            let problem = ("own-confirm-conflict", Inputs::default());
            shown(&state, &own, None, Some(problem)).await
        }
        Err(error) => Err(own.refuse(error.into())),
    }
}

/// A correction (GDPR Art. 16).
pub async fn data(
    State(state): State<AppState>,
    own: Own,
    OpenForm(inputs): OpenForm<Inputs>,
) -> Result<Response, Response> {
    let seen = inputs.get("seen").parse().ok();
    let seen = seen.and_then(|seen| Timestamp::from_millisecond(seen).ok());
    let Some(seen) = seen else {
        return Err(own.refuse(Problem::unreadable_form()));
    };
    let (act, entered) = (by_the_person(&state), inputs.clone());
    let done = own
        .ask(&state, move |organisation, contact| {
            let reference = ContactRef::Id(contact);
            let (now, _) = organisation.correctable(&reference)?;
            let home = now.country;
            let Some(fields) = read(&entered, now.fields.clone(), home) else {
                return Ok(Some("contact-phone-wrong"));
            };
            let new = Correctable { fields, ..now };
            match organisation.correct_contact(&reference, &new, seen, &act) {
                Ok(_) => Ok(None),
                Err(Error::ContactConflict) => Ok(Some("own-conflict")),
                Err(Error::Unchanged) => Ok(Some("own-unchanged")),
                Err(Error::NobodyReached) => Ok(Some("own-nobody")),
                Err(Error::Suppressed) => Ok(Some("own-suppressed")),
                Err(error) => Err(error),
            }
        })
        .await?;
    match done.map_err(|error| own.refuse(error.into()))? {
        None => Ok(back("data")),
        Some(problem) => shown(&state, &own, None, Some((problem, inputs))).await,
    }
}

/// The fields of the form on top of what it does not show; `None` if a number can't be read.
fn read(inputs: &Inputs, before: Fields, home: law::Country) -> Option<Fields> {
    let mut phones: Vec<Phone> = Vec::new();
    for line in inputs.lines("phones") {
        let known = before.phones.iter().find(|phone| phone.e164() == line);
        let known = known.cloned();
        phones.push(known.or_else(|| Phone::parse(&line, home).ok())?);
    }
    let line = |name: &str| {
        let text = normalise::text(&inputs.some(name)?).replace('\n', " ");
        (!text.is_empty()).then_some(text)
    };
    Some(Fields {
        title: line("title"),
        given_name: line("given_name"),
        family_name: line("family_name"),
        company: line("company"),
        position: line("position"),
        phones,
        street: line("street"),
        postcode: line("postcode"),
        city: line("city"),
        ..before
    })
}

/// A new e-mail address, which counts once a mail to it was confirmed.
pub async fn email(
    State(state): State<AppState>,
    own: Own,
    network: Network,
    OpenForm(inputs): OpenForm<Inputs>,
) -> Result<Response, Response> {
    network.brake(&state, own.lang).await?;
    let Ok(email) = Email::parse(inputs.get("email")) else {
        return shown(&state, &own, None, Some(("contact-email-wrong", inputs))).await;
    };
    let (act, lang) = (by_the_person(&state), own.lang.0);
    let asked = own
        .ask(&state, move |organisation, contact| {
            organisation.ask_new_address(contact, &email, lang, &act)
        })
        .await?;
    asked.map_err(|error| own.refuse(error.into()))?;
    Ok(back("email"))
}

/// Takes permission away, as the link in every mail does.
pub async fn stop(
    State(state): State<AppState>,
    own: Own,
    OpenForm(inputs): OpenForm<Inputs>,
) -> Result<Response, Response> {
    let wish = wish(&inputs).ok_or_else(|| own.refuse(Problem::unreadable_form()))?;
    let act = by_the_person(&state);
    let taken = own
        .ask(&state, move |organisation, contact| {
            organisation.take_away(contact, &wish, &act)
        })
        .await?;
    taken.map_err(|error| own.refuse(error.into()))?;
    Ok(back("stop"))
}

/// Takes an objection or a pause back.
pub async fn lift(
    State(state): State<AppState>,
    own: Own,
    OpenForm(inputs): OpenForm<Inputs>,
) -> Result<Response, Response> {
    let id = inputs.get("objection").parse();
    let id = id.map_err(|_| own.refuse(Problem::unreadable_form()))?;
    let act = by_the_person(&state);
    let lifted = own
        .ask(&state, move |organisation, contact| {
            organisation.lift_objection(contact, id, &act)
        })
        .await?;
    match lifted {
        // Pressed twice.
        Ok(_) | Err(Error::NothingToTakeBack(_)) => Ok(back("lift")),
        Err(error) => Err(own.refuse(error.into())),
    }
}

/// Gives a consent in the wording that was shown.
pub async fn consent(
    State(state): State<AppState>,
    own: Own,
    OpenForm(inputs): OpenForm<Inputs>,
) -> Result<Response, Response> {
    let (act, lang) = (by_the_person(&state), own.lang.0);
    let read = inputs.get("read").to_owned();
    let (wording, activity) = (
        inputs.get("wording").to_owned(),
        inputs.get("activity").to_owned(),
    );
    // The box is the act of consent: without it nothing is given.
    if inputs.get("yes") != "yes" {
        let (entered, problem) = (Inputs::default(), "own-consent-box");
        return shown(&state, &own, None, Some((problem, entered))).await;
    }
    let given = own
        .ask(&state, move |organisation, contact| {
            organisation.give_consent(contact, &wording, &activity, &read, lang, &act)
        })
        .await?;
    match given {
        Ok(_) => Ok(back("consent")),
        Err(Error::Purpose(_)) => {
            let problem = ("own-consent-gone", Inputs::default());
            shown(&state, &own, None, Some(problem)).await
        }
        Err(error) => Err(own.refuse(error.into())),
    }
}

/// Asks for something about the data (GDPR Art. 15 to 22).
pub async fn request(
    State(state): State<AppState>,
    own: Own,
    OpenForm(inputs): OpenForm<Inputs>,
) -> Result<Response, Response> {
    let kind = RequestKind::named(inputs.get("kind"));
    let kind = kind.ok_or_else(|| own.refuse(Problem::unreadable_form()))?;
    let act = by_the_person(&state);
    let act_on = act.today;
    let (text, lang) = (inputs.get("text").to_owned(), own.lang.0);
    let new = move |contact| NewRequest {
        whom: Whom::Contact(ContactRef::Id(contact)),
        kind,
        intake: Intake::Own,
        received_on: act_on,
        text,
        // The link went to the address on record.
        identity: Identity::Confirmed,
        lang,
    };
    let taken = own
        .ask(&state, move |organisation, contact| {
            organisation.receive_request(&new(contact), &act)
        })
        .await?;
    taken.map_err(|error| own.refuse(error.into()))?;
    Ok(back("request"))
}

/// Ends the visit.
pub async fn end(
    State(state): State<AppState>,
    own: Own,
    OpenForm(Nothing {}): OpenForm<Nothing>,
) -> Result<Response, Response> {
    let (token, act) = (own.token.clone(), by_the_person(&state));
    super::ask(&state, own.lang, move |here| {
        here.end_own_visit(&token, &act)
    })
    .await?;
    Ok(to_own(&state, None, "/me"))
}
