//! A server on a real installation with invented people: an organisation with a member for each
//! role, and another organisation beside it.
#![allow(
    clippy::unwrap_used,
    dead_code,
    reason = "a test that can't go on must fail, and each test binary uses a part"
)]

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, ORIGIN};
use axum::response::Response;
use http_body_util::BodyExt as _;
use jiff::ZonedDateTime;
use jiff::civil::Date;
use law::{Channel, Country, Lang};
use operations::access::{AccountId, Client, NewMember, NewOwner, Profile, Role};
use operations::campaign::{CampaignDraft, CampaignText, Chosen};
use operations::company::CompanyFilter;
use operations::contact::{Email, Fields};
use operations::request::RequestKind;
use operations::{Act, ByHand, Installation, NewOrganisation, Organisation};
use serde_json::Value;
use store::Target;
use tempfile::TempDir;
use totp_rs::{Builder, Secret};
use tower::ServiceExt as _;
use vault::MasterKey;
use web::{
    AnswerError, Answers, AppState, Caller, ContactQuestion, Health, Hosts, Pages, RequestTaken,
    Tokens,
};

const NOW: &str = "2026-11-24T12:00:00+01:00[Europe/Berlin]";
pub const PASSWORD: &str = "Lampe Rhabarber Zaun";

/// The API is not asked here.
struct Nothing;

impl Answers for Nothing {
    fn health(&self, _: &ZonedDateTime) -> Health {
        Health {
            engine: "SQLite",
            database_reachable: true,
            log_entries: Some(0),
            oldest_waiting: None,
            backup: None,
        }
    }

    fn take_request(
        &self,
        _: &Caller,
        _: &RequestTaken,
        _: &ZonedDateTime,
    ) -> Result<Value, AnswerError> {
        Err(AnswerError::Unavailable)
    }

    fn decide_contact(
        &self,
        _: &Caller,
        _: &ContactQuestion,
        _: &ZonedDateTime,
        _: Lang,
    ) -> Result<Value, AnswerError> {
        Err(AnswerError::Unavailable)
    }
}

/// A server with an organisation, one signed-in member for each role, and a second organisation
/// with a contact of its own.
pub struct Office {
    pub routes: Router,
    pub here: Installation,
    pub own: Organisation,
    pub contact: String,
    /// May be merged with the first one.
    pub twin: String,
    pub company: String,
    /// A mail that waits.
    pub mail: String,
    pub foreign_mail: String,
    /// A draft of a campaign.
    pub campaign: String,
    pub foreign_campaign: String,
    /// A request that waits.
    pub request: String,
    pub foreign_request: String,
    pub foreign_contact: String,
    pub foreign_company: String,
    pub sessions: Vec<(Role, String)>,
    _folder: TempDir,
}

pub fn now() -> ZonedDateTime {
    NOW.parse().unwrap()
}

pub fn act() -> Act {
    Act {
        at: now().timestamp(),
        today: now().date(),
        by: "test".to_owned(),
    }
}

pub fn today() -> Date {
    now().date()
}

pub fn organisation(here: &Installation, name: &str) -> Organisation {
    let new = NewOrganisation {
        name: name.to_owned(),
        country: Country::DE,
        land: None,
    };
    let organisation = Organisation::create(here, &new, &act()).unwrap();
    organisation
        .apply_register(register::SAMPLE, &act())
        .unwrap();
    organisation
}

pub fn contact(organisation: &Organisation, name: &str) -> String {
    let fields = Fields {
        family_name: Some(name.to_owned()),
        company: Some(format!("{name} Fräserei GmbH")),
        emails: vec![Email::parse(&format!("{name}@kunde.example")).unwrap()],
        ..Fields::default()
    };
    let new = ByHand {
        fields,
        kind: law::facts::ContactKind::Business,
        country: Country::DE,
        source: "Messe".to_owned(),
        source_kind: law::facts::Source::Person,
        obtained_on: today(),
        informed_on: None,
    };
    organisation.add_contact(&new, &act()).unwrap().to_string()
}

/// A draft of a campaign.
fn campaign(organisation: &Organisation) -> String {
    let draft = CampaignDraft {
        name: "Berta-Woche".to_owned(),
        activity: "newsletter".to_owned(),
        channel: Channel::Email,
        goods: None,
        german: Some(CampaignText {
            subject: "Neues".to_owned(),
            text: "{Anrede}, es gibt Neues.".to_owned(),
        }),
        english: None,
        chosen: Chosen::default(),
    };
    let id = organisation.add_campaign(&draft, &act()).unwrap();
    id.to_string()
}

/// A request of the contact for access, which waits.
fn request(organisation: &Organisation, of: &str) -> String {
    let kind = RequestKind::Access;
    let contact = of.parse().unwrap();
    organisation.take_request(contact, kind, &act()).unwrap();
    let open = organisation.open_requests(1).unwrap();
    open[0].id.to_string()
}

/// A mail to the contact, which waits.
fn mail(organisation: &Organisation, to: &str) -> String {
    let text = "Guten Tag, so verarbeiten wir Ihre Daten: https://musterbau.example/datenschutz";
    organisation
        .write_notice(&to.parse().unwrap(), "Ihre Daten bei uns", text, &act())
        .unwrap()
        .to_string()
}

/// The company that the organisation's contacts name.
fn company(organisation: &Organisation, name: &str) -> String {
    let filter = CompanyFilter {
        words: name.to_owned(),
        several: false,
    };
    let page = organisation.find_companies(&filter, None, 1).unwrap();
    page.lines[0].id.clone()
}

/// Sets up password and codes for whoever came by a link; gives the session.
pub fn enrol(here: &Installation, token: &str) -> String {
    let session = here.session(token, act().at, today()).unwrap().unwrap();
    here.set_password(token, PASSWORD, true, &act()).unwrap();
    let app = here.authenticator(session.account).unwrap().unwrap();
    let secret = Secret::try_from_base32(app.secret.replace(' ', "")).unwrap();
    let totp = Builder::new()
        .with_secret(secret)
        .with_account_name("a")
        .build()
        .unwrap();
    let seconds = u64::try_from(act().at.as_second()).unwrap();
    let code = totp.generate(seconds).to_string();
    let full = here
        .confirm_codes(token, &code, &Client::default(), &act())
        .unwrap();
    full.unwrap().token
}

pub fn office() -> Office {
    let folder = TempDir::new().unwrap();
    let key = MasterKey::from_text(&"0123456789abcdef".repeat(4)).unwrap();
    let here = Installation::open(&Target::Sqlite(folder.path().to_owned()), key).unwrap();
    let own = organisation(&here, "Musterbau GmbH");
    let link = here.set_up_link(&act()).unwrap().unwrap();
    let owner = NewOwner {
        profile: Profile::new("Erika Beispiel", "erika@musterbau.example", Lang::De).unwrap(),
        organisation: None,
    };
    let came = here
        .set_up(&link, &owner, &Client::default(), &act())
        .unwrap();
    let mut sessions = vec![(Role::Owner, enrol(&here, &came.token))];
    for role in Role::ALL.into_iter().skip(1) {
        let email = format!("{}@musterbau.example", role.name());
        let new = NewMember::new(role.name(), &email, Lang::De, role, None).unwrap();
        let invited = own.invite(&new, "http://localhost:8070", &act()).unwrap();
        let link = invited.link.unwrap();
        let token = link.rsplit('/').next().unwrap();
        let came = here
            .accept(token, None, &Client::default(), &act())
            .unwrap();
        sessions.push((role, enrol(&here, &came.token)));
    }
    let foreign = organisation(&here, "Fremde GmbH");
    let (contact, foreign_contact) = (contact(&own, "anna"), contact(&foreign, "berta"));
    let twin = self::contact(&own, "anna-neu");
    let (campaign, foreign_campaign) = (campaign(&own), campaign(&foreign));
    let (request, foreign_request) = (request(&own, &contact), request(&foreign, &foreign_contact));
    let (mail, foreign_mail) = (mail(&own, &contact), mail(&foreign, &foreign_contact));
    own.sequence(act().at).unwrap();
    foreign.sequence(act().at).unwrap();
    let program = folder.path().join("program");
    std::fs::write(&program, "the program").unwrap();
    let pages = Pages {
        installation: here.clone(),
        address: "http://localhost:8070".to_owned(),
        behind_proxy: false,
        sends_mail: false,
        everybody: None,
        program: Some(program),
    };
    let state = AppState::new(
        Arc::new(Nothing),
        Tokens::default(),
        Hosts::new([]),
        now,
        Some(pages),
    );
    Office {
        routes: web::router(state),
        here,
        company: company(&own, "anna"),
        foreign_company: company(&foreign, "berta"),
        mail,
        foreign_mail,
        campaign,
        foreign_campaign,
        request,
        foreign_request,
        own,
        contact,
        twin,
        foreign_contact,
        sessions,
        _folder: folder,
    }
}

impl Office {
    pub fn session(&self, role: Role) -> &str {
        let found = self.sessions.iter().find(|(of, _)| *of == role);
        &found.unwrap().1
    }

    pub fn account(&self, role: Role) -> AccountId {
        let session = self.here.session(self.session(role), act().at, today());
        session.unwrap().unwrap().account
    }

    /// A path with what varies filled in, of this organisation.
    pub fn path(&self, path: &str) -> String {
        let (kind, id) = if path.starts_with("/register/activities") {
            ("{id}", "newsletter".to_owned())
        } else if path.starts_with("/register/recipients") {
            ("{id}", "mail-service".to_owned())
        } else if path.starts_with("/register/measures") {
            ("{id}", "access-control".to_owned())
        } else if path.starts_with("/register/goods") {
            ("{id}", "machines".to_owned())
        } else if path.starts_with("/forms") {
            ("{id}", "contact".to_owned())
        } else if path.starts_with("/contacts/import") {
            ("{id}", "none".to_owned())
        } else if path.starts_with("/companies") {
            ("{id}", self.company.clone())
        } else if path.starts_with("/campaigns") {
            ("{id}", self.campaign.clone())
        } else if path.starts_with("/requests") {
            ("{id}", self.request.clone())
        } else if path.starts_with("/recipients/{id}") {
            ("{id}", "mail-service".to_owned())
        } else if path.starts_with("/mail") {
            ("{id}", self.mail.clone())
        } else {
            ("{id}", self.contact.clone())
        };
        path.replace(kind, &id)
            .replace("{sold}", "machines")
            .replace("{advertised}", "training")
            .replace("{other}", &self.twin)
            .replace("{version}", "1")
            .replace("{doubt}", "no-address")
            .replace("{entry}", "1")
            .replace("{call}", &"0".repeat(32))
            .replace("{document}", &"0".repeat(32))
            .replace("{account}", &self.account(Role::Sales).to_string())
    }

    pub async fn get(&self, path: &str, session: Option<&str>) -> Response {
        let mut request = Request::get(path).header(HOST, "localhost:8070");
        if let Some(session) = session {
            request = request.header(COOKIE, format!("session={session}"));
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Sends a request as it is.
    pub async fn send(&self, request: Request<Body>) -> Response {
        self.routes.clone().oneshot(request).await.unwrap()
    }

    pub async fn post(&self, path: &str, session: Option<&str>, body: &str) -> Response {
        let mut request = Request::post(path)
            .header(HOST, "localhost:8070")
            .header(ORIGIN, "http://localhost:8070")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(session) = session {
            request = request.header(COOKIE, format!("session={session}"));
        }
        self.send(request.body(Body::from(body.to_owned())).unwrap())
            .await
    }

    pub async fn ask(&self, method: &str, path: &str, session: Option<&str>) -> Response {
        match method {
            "GET" => self.get(path, session).await,
            _ => self.post(path, session, "").await,
        }
    }

    /// What forms of this session bring back, as a page has it.
    pub async fn form_token(&self, session: &str) -> String {
        let page = text(self.get("/account", Some(session)).await).await;
        let (_, rest) = page.split_once("name=\"form_token\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    }
}

pub async fn text(response: Response) -> String {
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    String::from_utf8(bytes.to_vec()).unwrap()
}
