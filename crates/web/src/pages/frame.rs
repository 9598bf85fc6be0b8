//! What every page has: language, head, navigation.

use std::borrow::Borrow;

use askama::Template;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, VARY};
use axum::response::{IntoResponse as _, Response};
use law::Lang;
use operations::access::{Permission, Role};

use super::toast::Toast;
use crate::auth::{Visit, Visitor};
use crate::problem::{Problem, Reader};
use crate::texts::Texts;
use crate::{assets, language};

/// What the page's frame shows.
pub struct Frame {
    pub lang: Lang,
    texts: Texts,
    pub style: String,
    pub mark: String,
    pub script: String,
    pub version: &'static str,
    /// Where this page is; `None` for errors, which have no other language to switch to.
    pub here: Option<String>,
    /// Who is signed in.
    pub person: Option<Person>,
    /// What forms bring back; empty where nobody is signed in.
    pub form_token: String,
    /// What was done before.
    toast: Option<Toast>,
}

/// Who is signed in, as the frame shows it.
pub struct Person {
    pub name: String,
    pub role: String,
    pub organisation: String,
    /// Whether there is another organisation to change to.
    pub several: bool,
    /// Whether everybody has this session.
    pub demo: bool,
    pub places: Vec<Place>,
}

/// A place in the navigation.
pub struct Place {
    pub path: &'static str,
    pub name: String,
    pub current: bool,
}

/// The navigation, with what each place asks for.
const PLACES: [(&str, &str, Permission); 10] = [
    ("/", "nav-overview", Permission::Look),
    ("/contacts", "nav-contacts", Permission::SeeContacts),
    ("/calls", "nav-calls", Permission::SeeContacts),
    ("/campaigns", "nav-campaigns", Permission::SeeContacts),
    ("/mail", "nav-mail", Permission::SeeContacts),
    ("/register", "nav-register", Permission::Look),
    ("/forms", "nav-forms", Permission::Look),
    ("/gate", "nav-gate", Permission::Look),
    ("/evidence", "nav-evidence", Permission::SeeEvidence),
    ("/people", "nav-people", Permission::ManagePeople),
];

impl Frame {
    /// The frame for whoever is not signed in.
    pub fn open(lang: Lang, here: Option<&str>) -> Self {
        Self {
            lang,
            texts: Texts(lang),
            style: assets::style(),
            mark: assets::mark(),
            script: assets::script(),
            version: env!("CARGO_PKG_VERSION"),
            here: here.map(str::to_owned),
            person: None,
            form_token: String::new(),
            toast: None,
        }
    }

    /// The frame for somebody on the way in or out: forms work, there is no navigation.
    pub fn on_the_way(visit: &Visit, here: &str) -> Self {
        Self {
            form_token: visit.form_token.clone(),
            toast: visit.toast,
            ..Self::open(visit.lang, Some(here))
        }
    }

    /// The frame for somebody who is signed in.
    pub fn of(visitor: &Visitor, here: &str) -> Self {
        let frame = Self::on_the_way(&visitor.visit, here);
        let place = |(path, name, needs): &(&'static str, &str, Permission)| {
            let inside = |rest: &str| rest.is_empty() || rest.starts_with(['/', '?']);
            let current = if *path == "/" {
                here == "/"
            } else {
                // Companies are another look at the contacts, and requests come from them.
                let also = match *path {
                    "/contacts" => ["/companies", "/requests"],
                    "/mail" => ["/mail", "/recipients"],
                    path => [path, path],
                };
                [*path, also[0], also[1]]
                    .iter()
                    .any(|path| here.strip_prefix(path).is_some_and(inside))
            };
            visitor.may(*needs).then(|| Place {
                path,
                name: frame.t(name),
                current,
            })
        };
        let session = &visitor.visit.session;
        let person = Person {
            name: session.profile.name.clone(),
            role: role(visitor.role, frame.lang),
            organisation: visitor.organisation.name().to_owned(),
            several: session.organisations > 1,
            demo: visitor.visit.demo,
            places: PLACES.iter().filter_map(place).collect(),
        };
        Self {
            person: Some(person),
            ..frame
        }
    }

    /// The text with this name.
    pub fn t(&self, name: &str) -> String {
        self.texts.t(name)
    }

    /// The text with one argument.
    pub fn with(&self, name: &str, key: &'static str, value: impl std::fmt::Display) -> String {
        self.texts.with(name, key, value)
    }

    /// The text with several arguments.
    pub fn with_all(
        &self,
        name: &str,
        values: &[(&'static str, &dyn std::fmt::Display)],
    ) -> String {
        self.texts.with_all(name, values)
    }

    /// The text for a number.
    pub fn n(&self, name: &str, n: impl Borrow<u64>) -> String {
        self.texts.n(name, *n.borrow())
    }

    /// What was done before, in words.
    pub fn toast(&self) -> Option<String> {
        self.toast.map(|toast| self.t(toast.text()))
    }

    /// The tag of the page's language.
    pub fn tag(&self) -> &'static str {
        language::tag(self.lang)
    }

    /// The tag of the other language.
    pub fn other_tag(&self) -> &'static str {
        language::tag(match self.lang {
            Lang::De => Lang::En,
            Lang::En => Lang::De,
        })
    }

    /// The address of this page in the other language.
    pub fn in_other_language(&self) -> Option<String> {
        let here = self.here.as_ref()?;
        let mark = if here.contains('?') { '&' } else { '?' };
        Some(format!("{here}{mark}lang={}", self.other_tag()))
    }
}

/// The name of a role.
pub fn role(role: Role, lang: Lang) -> String {
    Texts(lang).t(match role {
        Role::Owner => "role-owner",
        Role::DataProtectionOfficer => "role-data-protection-officer",
        Role::Marketing => "role-marketing",
        Role::Sales => "role-sales",
        Role::Auditor => "role-auditor",
    })
}

/// The page as a response.
pub fn render(page: &impl Template, lang: Lang) -> Response {
    match page.render() {
        Ok(html) => {
            let headers = [
                (
                    CONTENT_TYPE,
                    HeaderValue::from_static("text/html; charset=utf-8"),
                ),
                (
                    CONTENT_LANGUAGE,
                    HeaderValue::from_static(language::tag(lang)),
                ),
                (
                    VARY,
                    HeaderValue::from_static("Accept, Accept-Language, Cookie"),
                ),
            ];
            (headers, html).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            Problem::broken().for_reader(Reader::program(lang))
        }
    }
}
