//! What every public page has: the organisation's name, the language, the way to the other one.

use std::fmt::Display;

use axum::response::Response;
use law::Lang;
use operations::{Organisation, OrganisationId};

use crate::pages::frame::Frame;
use crate::problem::{Problem, Reader};
use crate::state::AppState;

/// The frame of a page that an organisation shows to the public.
pub struct PublicFrame {
    base: Frame,
    /// The organisation's name.
    pub organisation: String,
    /// Its own page about data protection or its imprint, if the register names one.
    pub notice: Option<String>,
}

impl PublicFrame {
    /// The frame of an organisation's page; `here` is its address with the query.
    pub fn new(organisation: &Organisation, lang: Lang, here: &str) -> Self {
        Self {
            base: Frame::open(lang, Some(here)),
            organisation: organisation.name().to_owned(),
            notice: None,
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
pub async fn organisation(
    state: &AppState,
    id: Option<OrganisationId>,
    lang: Lang,
) -> Result<Organisation, Response> {
    let reader = Reader::person(lang);
    let Some(id) = id else {
        return Err(Problem::nothing_here().for_reader(reader));
    };
    let opened = state.clone();
    match state.run(move || opened.organisation(id)).await {
        Ok(Some(organisation)) => Ok(organisation),
        Ok(None) => Err(Problem::nothing_here().for_reader(reader)),
        Err(problem) => Err(problem.for_reader(reader)),
    }
}
