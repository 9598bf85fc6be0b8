//! What every public page has: the organisation's name, the language, the way to the other one.

use std::fmt::Display;

use axum::response::Response;
use law::Lang;
use operations::{Organisation, OrganisationId, Published};

use crate::pages::frame::Frame;
use crate::problem::{Problem, Reader};
use crate::state::AppState;

/// The frame of a page that an organisation shows to the public.
pub struct PublicFrame {
    base: Frame,
    /// The organisation's name.
    pub organisation: String,
    /// What it says of itself, and the links to more.
    pub published: Published,
}

/// The organisation of a public page, with what it says of itself.
#[derive(Clone)]
pub struct Host {
    /// The organisation.
    pub organisation: Organisation,
    /// What the register says of it for everybody.
    pub published: Published,
}

impl PublicFrame {
    /// The frame of an organisation's page; `here` is its address with the query.
    pub fn new(host: &Host, lang: Lang, here: &str) -> Self {
        let published = host.published.clone();
        let name = published.name.clone();
        Self {
            base: Frame::open(lang, Some(here)),
            organisation: name.unwrap_or_else(|| host.organisation.name().to_owned()),
            published,
        }
    }

    /// The text with this name.
    pub fn t(&self, name: &str) -> String {
        self.base.t(name)
    }

    /// The text with one argument.
    pub fn with(&self, name: &str, key: &'static str, value: impl Display) -> String {
        self.base.with(name, key, value)
    }

    /// The text for a number.
    pub fn n(&self, name: &str, n: u64) -> String {
        self.base.n(name, n)
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.base.lang
    }

    /// The tag of the page's language.
    pub fn tag(&self) -> &'static str {
        self.base.tag()
    }

    /// The style sheet's address.
    pub fn style(&self) -> &str {
        &self.base.style
    }

    /// The tag of the other language.
    pub fn other_tag(&self) -> &'static str {
        self.base.other_tag()
    }

    /// The address of this page in the other language.
    pub fn in_other_language(&self) -> Option<String> {
        self.base.in_other_language()
    }
}

/// The organisation of a public page, by the identifier in the address; off the event loop.
///
/// # Errors
/// The page that says that there is nothing here.
pub async fn host(
    state: &AppState,
    id: Option<OrganisationId>,
    lang: Lang,
) -> Result<Host, Response> {
    let reader = Reader::person(lang);
    let refuse = |problem: Problem| problem.for_reader(reader);
    let id = id.ok_or_else(|| refuse(Problem::nothing_here()))?;
    let opened = state.clone();
    let host = state.run(move || {
        let organisation = opened.organisation(id)?;
        Some(organisation.published().map(|published| Host {
            organisation,
            published,
        }))
    });
    let host = host.await.map_err(refuse)?;
    let host = host.ok_or_else(|| refuse(Problem::nothing_here()))?;
    host.map_err(|error| refuse(error.into()))
}
