//! Every route, with what it asks for. A page for people is reached only through its permission;
//! what is open to everybody is listed apart.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, get, post};
use operations::access::Permission;

use crate::auth::require;
use crate::pages::account::{entrance, organisations, own, people, welcome};
use crate::pages::contact::{
    access, asked, consent, duplicates, form, list, merge, note, proof, release, show, withdrawal,
};
use crate::pages::import::{run, upload};
use crate::pages::register::{
    activity, forms, goods, index, preview, purposes, recipient, record, rest, versions,
};
use crate::pages::{
    accuracy, call, campaign, company, customer, evidence, gate, health, mail, overview, quality,
    recipients, request, retention, toast,
};
use crate::public::preferences;
use crate::state::AppState;
use crate::{api, assets, public};

/// Largest form about the register: its whole text may be in it, in which a form writes many
/// characters as three or six.
const LARGEST_REGISTER: usize = 2 * 1024 * 1024;

/// A route that asks for a role.
pub struct Guarded {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The path, with `{…}` for what varies.
    pub path: &'static str,
    /// What the role must allow.
    pub needs: Permission,
    handler: MethodRouter<AppState>,
}

fn see(path: &'static str, needs: Permission, handler: MethodRouter<AppState>) -> Guarded {
    let method = "GET";
    Guarded {
        method,
        path,
        needs,
        handler,
    }
}

fn change(path: &'static str, needs: Permission, handler: MethodRouter<AppState>) -> Guarded {
    Guarded {
        method: "POST",
        ..see(path, needs, handler)
    }
}

/// The pages for people who are signed in.
pub fn guarded() -> Vec<Guarded> {
    use Permission::{
        Advertise, ChangeContacts, ChangeRegister, Erase, Import, Look, ManagePeople, Overrule,
        SeeContacts, SeeEvidence,
    };
    vec![
        see("/", Look, get(overview::page)),
        see("/contacts", SeeContacts, get(list::page)),
        change("/contacts/find", SeeContacts, post(list::find)),
        see("/contacts/new", ChangeContacts, get(form::new_page)),
        change("/contacts/new", ChangeContacts, post(form::add)),
        see("/contacts/{id}/edit", ChangeContacts, get(form::page)),
        change("/contacts/{id}/edit", ChangeContacts, post(form::correct)),
        see("/contacts/{id}/access", ChangeContacts, get(access::page)),
        change("/contacts/{id}/access", ChangeContacts, post(access::look)),
        change(
            "/contacts/{id}/access/file",
            ChangeContacts,
            post(access::make),
        ),
        change(
            "/contacts/{id}/access/release",
            ChangeContacts,
            post(release::release),
        ),
        change(
            "/contacts/{id}/access/revoke",
            ChangeContacts,
            post(release::revoke),
        ),
        change(
            "/contacts/{id}/access/hand-out",
            ChangeContacts,
            post(release::hand_out),
        ),
        see(
            "/contacts/{id}/object",
            ChangeContacts,
            get(asked::object_page),
        ),
        change("/contacts/{id}/object", ChangeContacts, post(asked::object)),
        see(
            "/contacts/{id}/restrict",
            ChangeContacts,
            get(asked::restrict_page),
        ),
        change(
            "/contacts/{id}/restrict",
            ChangeContacts,
            post(asked::restrict),
        ),
        see("/contacts/{id}/lift", ChangeContacts, get(asked::lift_page)),
        change("/contacts/{id}/lift", ChangeContacts, post(asked::lift)),
        see(
            "/contacts/{id}/inform",
            ChangeContacts,
            get(asked::inform_page),
        ),
        change("/contacts/{id}/inform", ChangeContacts, post(asked::inform)),
        see("/contacts/{id}/consent", ChangeContacts, get(consent::page)),
        change(
            "/contacts/{id}/consent",
            ChangeContacts,
            post(consent::consent).layer(DefaultBodyLimit::max(consent::LARGEST)),
        ),
        see(
            "/contacts/{id}/consent/{entry}/receipt.pdf",
            SeeEvidence,
            get(proof::receipt),
        ),
        see(
            "/contacts/{id}/consents.jsonld",
            SeeEvidence,
            get(proof::consents),
        ),
        change("/contacts/{id}/proof", SeeEvidence, post(proof::pack)),
        see(
            "/contacts/{id}/documents/{document}",
            SeeContacts,
            get(proof::document),
        ),
        see(
            "/contacts/{id}/consent/{entry}",
            ChangeContacts,
            get(consent::recorded),
        ),
        see("/register/purposes", ChangeRegister, get(purposes::page)),
        change(
            "/register/purposes/tell",
            ChangeRegister,
            post(purposes::tell),
        ),
        change(
            "/contacts/{id}/enquiry",
            ChangeContacts,
            post(note::enquiry),
        ),
        see("/calls", SeeContacts, get(call::sheet::page)),
        see("/customers", SeeContacts, get(customer::page)),
        see("/retention", SeeContacts, get(retention::overview::page)),
        see("/retention/list", SeeContacts, get(retention::list::page)),
        change("/retention/runs", Erase, post(retention::overview::propose)),
        see(
            "/retention/runs/{id}",
            SeeContacts,
            get(retention::run::page),
        ),
        change(
            "/retention/runs/{id}/release",
            Erase,
            post(retention::run::release),
        ),
        change(
            "/retention/runs/{id}/call-off",
            Erase,
            post(retention::run::call_off),
        ),
        see(
            "/retention/runs/{id}/contacts",
            SeeContacts,
            get(retention::run_list::page),
        ),
        change(
            "/retention/release/confirm",
            ManagePeople,
            post(retention::overview::confirm_release),
        ),
        change(
            "/retention/release",
            ManagePeople,
            post(retention::overview::set_release),
        ),
        see(
            "/contacts/{id}/retention",
            SeeContacts,
            get(retention::contact::page),
        ),
        change(
            "/contacts/{id}/retention",
            Erase,
            post(retention::contact::hold),
        ),
        see(
            "/contacts/{id}/holds/{hold}/lift",
            Erase,
            get(retention::lift::page),
        ),
        change(
            "/contacts/{id}/holds/{hold}/lift",
            Erase,
            post(retention::lift::lift),
        ),
        see("/contacts/{id}/call", SeeContacts, get(call::one::page)),
        change(
            "/contacts/{id}/call",
            ChangeContacts,
            post(call::one::begin),
        ),
        see(
            "/contacts/{id}/call/{call}",
            ChangeContacts,
            get(call::one::running),
        ),
        change(
            "/contacts/{id}/call/{call}",
            ChangeContacts,
            post(call::one::end),
        ),
        see(
            "/contacts/{id}/withdraw",
            ChangeContacts,
            get(withdrawal::page),
        ),
        change(
            "/contacts/{id}/withdraw",
            ChangeContacts,
            post(withdrawal::withdraw),
        ),
        see("/contacts/{id}/sale", ChangeContacts, get(note::sale_page)),
        change("/contacts/{id}/sale", ChangeContacts, post(note::sale)),
        see(
            "/contacts/{id}/circumstance",
            ChangeContacts,
            get(note::circumstance_page),
        ),
        change(
            "/contacts/{id}/circumstance",
            ChangeContacts,
            post(note::circumstance),
        ),
        see(
            "/contacts/{id}/screening",
            ChangeContacts,
            get(note::screening_page),
        ),
        change(
            "/contacts/{id}/screening",
            ChangeContacts,
            post(note::screening),
        ),
        see(
            "/contacts/{id}/overrule",
            Overrule,
            get(note::overrule_page),
        ),
        change("/contacts/{id}/overrule", Overrule, post(note::overrule)),
        change(
            "/contacts/{id}/overrule/revoke",
            Overrule,
            post(note::revoke_overrule),
        ),
        see("/contacts/{id}/erase", Erase, get(asked::erase_page)),
        change("/contacts/{id}/erase", Erase, post(asked::erase)),
        see("/contacts/import", Import, get(upload::page)),
        change(
            "/contacts/import",
            Import,
            post(upload::upload).layer(DefaultBodyLimit::max(upload::LARGEST)),
        ),
        see("/contacts/import/{id}", Import, get(run::page)),
        change("/contacts/import/{id}", Import, post(run::go)),
        change("/contacts/import/{id}/again", Import, post(run::again)),
        see("/contacts/import/{id}/rejects", Import, get(run::rejects)),
        see("/quality", SeeContacts, get(quality::page)),
        see("/quality/{doubt}", SeeContacts, get(quality::list)),
        see("/quality/{doubt}/ask", ChangeContacts, get(accuracy::page)),
        change("/quality/{doubt}/ask", ChangeContacts, post(accuracy::ask)),
        see(
            "/contacts/{id}/check",
            ChangeContacts,
            get(accuracy::page_of_one),
        ),
        change(
            "/contacts/{id}/check",
            ChangeContacts,
            post(accuracy::ask_one),
        ),
        see("/contacts/duplicates", SeeContacts, get(duplicates::page)),
        see("/contacts/{id}/merge/{other}", Erase, get(merge::page)),
        change("/contacts/{id}/merge/{other}", Erase, post(merge::merge)),
        see("/contacts/{id}", SeeContacts, get(show::page)),
        see("/companies", SeeContacts, get(company::list::page)),
        change("/companies/find", SeeContacts, post(company::list::find)),
        see("/companies/{id}", SeeContacts, get(company::show::page)),
        see("/campaigns", SeeContacts, get(campaign::list::page)),
        see("/campaigns/new", Advertise, get(campaign::edit::new_page)),
        change("/campaigns/new", Advertise, post(campaign::edit::add)),
        see(
            "/campaigns/blocked",
            Advertise,
            get(campaign::blocked::page),
        ),
        change(
            "/campaigns/blocked",
            Advertise,
            post(campaign::blocked::take).layer(DefaultBodyLimit::max(campaign::blocked::LARGEST)),
        ),
        see(
            "/campaigns/blocked/{id}",
            Advertise,
            get(campaign::blocked::removal),
        ),
        change(
            "/campaigns/blocked/{id}/remove",
            Advertise,
            post(campaign::blocked::remove),
        ),
        see("/campaigns/{id}", SeeContacts, get(campaign::show::page)),
        see("/campaigns/{id}/edit", Advertise, get(campaign::edit::page)),
        change(
            "/campaigns/{id}/edit",
            Advertise,
            post(campaign::edit::change),
        ),
        see(
            "/campaigns/{id}/people",
            SeeContacts,
            get(campaign::people::page),
        ),
        see(
            "/campaigns/{id}/preview",
            SeeContacts,
            get(campaign::preview::page),
        ),
        change(
            "/campaigns/{id}/step",
            Advertise,
            post(campaign::change::go),
        ),
        change(
            "/campaigns/{id}/test",
            Advertise,
            post(campaign::change::test),
        ),
        change(
            "/campaigns/{id}/list",
            Advertise,
            post(campaign::change::sheet),
        ),
        see(
            "/recipients/notices",
            SeeContacts,
            get(recipients::list::page),
        ),
        see(
            "/recipients/notices/{id}",
            SeeContacts,
            get(recipients::one::page),
        ),
        change(
            "/recipients/notices/{id}/again",
            ChangeContacts,
            post(recipients::one::again),
        ),
        change(
            "/recipients/notices/{id}/answer",
            ChangeContacts,
            post(recipients::one::answer),
        ),
        change(
            "/recipients/{id}/secret",
            ChangeRegister,
            post(recipients::list::secret),
        ),
        see(
            "/contacts/{id}/recipients",
            SeeContacts,
            get(recipients::list::of_contact),
        ),
        see("/mail", SeeContacts, get(mail::list)),
        see("/mail/{id}", SeeContacts, get(mail::page)),
        change("/mail/{id}/again", ChangeContacts, post(mail::again)),
        see("/requests", SeeContacts, get(request::board::page)),
        see("/requests/new", ChangeContacts, get(request::new::page)),
        change("/requests/new", ChangeContacts, post(request::new::add)),
        change(
            "/requests/calendar",
            SeeContacts,
            post(request::calendar::make),
        ),
        change(
            "/requests/calendar/end",
            SeeContacts,
            post(request::calendar::end),
        ),
        see("/requests/{id}", SeeContacts, get(request::show::page)),
        change(
            "/requests/{id}/assign",
            ChangeContacts,
            post(request::work::assign),
        ),
        change(
            "/requests/{id}/identity",
            ChangeContacts,
            post(request::work::identity),
        ),
        change(
            "/requests/{id}/extend",
            ChangeContacts,
            post(request::work::extend),
        ),
        change(
            "/requests/{id}/charge",
            ChangeContacts,
            post(request::work::charge),
        ),
        change(
            "/requests/{id}/sort",
            ChangeContacts,
            post(request::sort::take_on),
        ),
        change(
            "/requests/{id}/discard",
            ChangeContacts,
            post(request::sort::discard),
        ),
        change(
            "/requests/{id}/tie",
            ChangeContacts,
            post(request::work::tie),
        ),
        see(
            "/requests/{id}/close",
            ChangeContacts,
            get(request::close::page),
        ),
        change(
            "/requests/{id}/close",
            ChangeContacts,
            post(request::close::close),
        ),
        see("/register", Look, get(index::page)),
        see("/register/record", Look, get(record::page)),
        see("/register/versions", Look, get(versions::list)),
        see("/register/versions/{version}", Look, get(versions::page)),
        see("/register/text", Look, get(preview::text_page)),
        change("/register/preview", ChangeRegister, post(preview::preview)),
        change("/register/apply", ChangeRegister, post(preview::apply)),
        see(
            "/register/activities/new",
            ChangeRegister,
            get(activity::new_page),
        ),
        see("/register/activities/{id}", Look, get(activity::page)),
        change(
            "/register/activities",
            ChangeRegister,
            post(activity::change),
        ),
        change(
            "/register/activities/{id}/remove",
            ChangeRegister,
            post(activity::remove),
        ),
        see(
            "/register/recipients/new",
            ChangeRegister,
            get(recipient::new_page),
        ),
        see("/register/recipients/{id}", Look, get(recipient::page)),
        change(
            "/register/recipients",
            ChangeRegister,
            post(recipient::change),
        ),
        change(
            "/register/recipients/{id}/remove",
            ChangeRegister,
            post(recipient::remove),
        ),
        see(
            "/register/measures/new",
            ChangeRegister,
            get(rest::new_measure),
        ),
        see("/register/measures/{id}", Look, get(rest::measure_page)),
        change(
            "/register/measures",
            ChangeRegister,
            post(rest::change_measure),
        ),
        change(
            "/register/measures/{id}/remove",
            ChangeRegister,
            post(rest::remove_measure),
        ),
        see("/register/goods", Look, get(goods::list)),
        see("/register/goods/new", ChangeRegister, get(goods::new_page)),
        see("/register/goods/{id}", Look, get(goods::page)),
        change("/register/goods", ChangeRegister, post(goods::change)),
        change(
            "/register/goods/{id}/remove",
            ChangeRegister,
            post(goods::remove),
        ),
        see(
            "/register/similar/{sold}/{advertised}",
            Look,
            get(goods::pair_page),
        ),
        change(
            "/register/similar",
            ChangeRegister,
            post(goods::change_pair),
        ),
        see("/register/organisation", Look, get(rest::organisation_page)),
        change(
            "/register/organisation/change",
            ChangeRegister,
            post(rest::change_organisation),
        ),
        see("/forms", Look, get(forms::list::page)),
        see("/forms/rates", Look, get(forms::rates::page)),
        see("/forms/rates.csv", Look, get(forms::rates::csv)),
        see("/forms/new", Advertise, get(forms::builder::new_page)),
        see("/forms/{id}", Look, get(forms::builder::page)),
        change("/forms", Advertise, post(forms::builder::change)),
        change(
            "/forms/{id}/remove",
            Advertise,
            post(forms::builder::remove),
        ),
        change(
            "/forms/{id}/file",
            Advertise,
            post(forms::builder::file).layer(DefaultBodyLimit::max(forms::builder::LARGEST)),
        ),
        change("/forms/preview", Advertise, post(forms::save::preview)),
        change("/forms/apply", Advertise, post(forms::save::apply)),
        see("/gate", Look, get(gate::page)),
        see("/evidence", SeeEvidence, get(evidence::page)),
        see("/evidence/key", SeeEvidence, get(evidence::key)),
        see("/evidence/program", SeeEvidence, get(evidence::program)),
        see("/evidence/{entry}", SeeEvidence, get(evidence::entry)),
        see(
            "/evidence/{entry}/receipt",
            SeeEvidence,
            get(evidence::receipt),
        ),
        see(
            "/evidence/{entry}/certificate",
            SeeEvidence,
            get(evidence::certificate),
        ),
        change("/evidence/verify", SeeEvidence, post(evidence::verify)),
        see("/people", ManagePeople, get(people::page)),
        change("/people/invite", ManagePeople, post(people::invite)),
        change("/people/{account}/role", ManagePeople, post(people::change)),
        change(
            "/people/{account}/link",
            ManagePeople,
            post(people::new_link),
        ),
        change(
            "/people/{account}/remove",
            ManagePeople,
            post(people::remove),
        ),
    ]
}

/// The pages on the way in and out, and one's own account: they check how far a session has come
/// themselves.
fn entrance() -> Router<AppState> {
    Router::new()
        .route("/sign-in", get(entrance::page).post(entrance::sign_in))
        .route(
            "/sign-in/code",
            get(entrance::code_page).post(entrance::code),
        )
        .route("/sign-in/passkey/begin", post(entrance::begin_passkey))
        .route("/sign-in/passkey", post(entrance::passkey))
        .route("/sign-out", post(entrance::sign_out))
        .route("/welcome/{token}", get(welcome::page).post(welcome::enter))
        .route("/account", get(own::page))
        .route("/account/secure", get(own::secure_page))
        .route("/account/password", post(own::set_password))
        .route("/account/password/remove", post(own::remove_password))
        .route("/account/codes", post(own::confirm_codes))
        .route("/account/passkeys/begin", post(own::begin_passkey))
        .route("/account/passkeys", post(own::add_passkey))
        .route("/account/passkeys/remove", post(own::remove_passkey))
        .route("/account/sessions/end", post(own::sign_out_elsewhere))
        .route("/organisations", get(organisations::page))
        .route("/organisations/enter", post(organisations::enter))
        .route("/organisations/add", post(organisations::add))
}

/// What is open to everybody: health, style, and the API, which checks its tokens itself.
fn open() -> Router<AppState> {
    Router::new()
        .route("/health", get(health::page))
        .route("/health.json", get(health::json))
        .route("/assets/{file}", get(assets::file))
        .route("/favicon.ico", get(assets::favicon))
        .route("/api/v1/decide", post(api::facts::decide))
        .route("/api/v1/contacts/decide", post(api::contact::decide))
        .route("/api/v1/requests", post(api::request::take))
}

/// All routes.
pub fn all(state: &AppState) -> Router<AppState> {
    if state.pages().is_none() {
        return open();
    }
    let pages = guarded().into_iter().fold(entrance(), |routes, route| {
        let check = from_fn_with_state((state.clone(), route.needs), require);
        let holds_register = ["/register", "/forms"];
        let handler = if holds_register.iter().any(|of| route.path.starts_with(of)) {
            let limit = DefaultBodyLimit::max(LARGEST_REGISTER);
            route.handler.layer(limit)
        } else {
            route.handler
        };
        routes.route(route.path, handler.layer(check))
    });
    let pages = pages.layer(from_fn(toast::take_away));
    open()
        .merge(public::answer::routes())
        .merge(public::form::routes())
        .merge(public::notice::routes())
        .merge(preferences::routes())
        .merge(public::rights::routes())
        .route("/requests.ics", get(request::calendar::feed))
        .merge(pages)
}
