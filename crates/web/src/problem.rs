//! Answers that are no answer: `application/problem+json` (RFC 9457) for programs, a page for
//! people.

mod from;

use axum::extract::Request;
use axum::http::header::{ACCEPT, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use law::{Lang, Text};
use serde::Serialize;

use crate::language;
use crate::pages;
use crate::state::AnswerError;

/// Who reads the answer, and in which language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    person: bool,
    lang: Lang,
}

impl Reader {
    /// A person is who asks for HTML outside the API.
    pub fn of(request: &Request) -> Self {
        let person =
            !request.uri().path().starts_with("/api/") && accepts(request.headers(), "text/html");
        Self {
            person,
            lang: language::of(request.uri(), request.headers()),
        }
    }

    /// A program that wants texts in `lang`.
    pub const fn program(lang: Lang) -> Self {
        Self {
            person: false,
            lang,
        }
    }

    /// A person who reads `lang`.
    pub const fn person(lang: Lang) -> Self {
        Self { person: true, lang }
    }
}

/// Whether the `Accept` header names `kind`.
pub fn accepts(headers: &HeaderMap, kind: &str) -> bool {
    headers
        .get(ACCEPT)
        .and_then(|a| a.to_str().ok())
        .is_some_and(|accept| accept.contains(kind))
}

/// What went wrong, without personal data.
#[derive(Clone, Debug)]
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: Detail,
    place: Option<String>,
    retry_after: Option<u32>,
}

#[derive(Clone, Debug)]
enum Detail {
    Fixed(Text),
    Said(String),
}

/// The body as RFC 9457 has it. Without `type` it is `about:blank`, so the title is the
/// status's; `code` is the stable name for programs.
#[derive(Serialize)]
struct Body<'a> {
    title: &'a str,
    status: u16,
    code: &'a str,
    detail: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
}

impl Problem {
    const fn new(
        status: StatusCode,
        code: &'static str,
        de: &'static str,
        en: &'static str,
    ) -> Self {
        let detail = Detail::Fixed(Text::new(de, en));
        Self {
            status,
            code,
            detail,
            place: None,
            retry_after: None,
        }
    }

    /// A fact or a part of a question that can't be read or does not fit; `place` is its path.
    pub fn unfit(place: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            code: "unreadable_facts",
            detail: Detail::Said(reason.into()),
            place: Some(place.into()),
            retry_after: None,
        }
    }

    pub const fn not_utf8() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "not_utf8",
            "Der Inhalt ist kein UTF-8-Text; senden Sie JSON in UTF-8.",
            "The body is not UTF-8 text; send JSON in UTF-8.",
        )
    }

    pub const fn body_lost() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "body_lost",
            "Der Inhalt kam nicht vollständig an; senden Sie ihn noch einmal.",
            "The body did not arrive whole; send it again.",
        )
    }

    pub const fn not_json() -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "not_json",
            "Senden Sie JSON mit „Content-Type: application/json“.",
            "Send JSON with `Content-Type: application/json`.",
        )
    }

    pub const fn too_large() -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_large",
            "Der Inhalt ist größer als 256 KiB; stellen Sie eine Frage je Aufruf.",
            "The body is larger than 256 KiB; ask one question per call.",
        )
    }

    pub const fn form_too_large() -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "form_too_large",
            "Die Eingabe ist zu groß; nichts wurde geändert. Gehen Sie zurück und kürzen Sie sie. \
             Ein sehr großes Verzeichnis nimmt „leitplanke register apply“ auf.",
            "The input is too large; nothing was changed. Go back and shorten it. A very large \
             register is taken by `leitplanke register apply`.",
        )
    }

    pub const fn list_too_large() -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "list_too_large",
            "Die Datei ist größer als 64 MiB. Teilen Sie sie, oder nehmen Sie sie mit „leitplanke \
             import“ auf.",
            "The file is larger than 64 MiB. Split it, or take it in with `leitplanke import`.",
        )
    }

    pub const fn list_gone() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "list_gone",
            "Diese hochgeladene Liste gibt es nicht mehr. Hochgeladene Listen werden nach einer \
             Stunde vergessen; laden Sie die Datei noch einmal hoch. Was schon aufgenommen wurde, \
             bleibt.",
            "This uploaded list is not here any more. Uploaded lists are forgotten after an hour; \
             upload the file again. What was taken in already stays.",
        )
    }

    pub const fn signed_out() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "signed_out",
            "Senden Sie ein gültiges Zugriffstoken: „Authorization: Bearer …“.",
            "Send a valid access token: `Authorization: Bearer …`.",
        )
    }

    pub const fn too_many_attempts(seconds: u32) -> Self {
        let mut problem = Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too_many_attempts",
            "Zu viele Versuche mit ungültigem Token; warten Sie eine Minute.",
            "Too many attempts with an invalid token; wait a minute.",
        );
        problem.retry_after = Some(seconds);
        problem
    }

    pub const fn other_organisation() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "other_organisation",
            "Dieses Token gilt nicht für die genannte Organisation.",
            "This token is not valid for the organisation named.",
        )
    }

    pub const fn unknown_host() -> Self {
        Self::new(
            StatusCode::MISDIRECTED_REQUEST,
            "unknown_host",
            "Dieser Server antwortet nicht unter diesem Namen. Wer ihn betreibt, kann den Namen \
             beim Start angeben.",
            "This server does not answer under this name. Its operator can name it at start.",
        )
    }

    pub const fn foreign_form() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "foreign_form",
            "Diese Eingabe kam nicht von einer Seite dieses Servers und wurde verworfen.",
            "This input did not come from a page of this server and was discarded.",
        )
    }

    pub const fn stale_form() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "stale_form",
            "Diese Seite gehört zu einer früheren Anmeldung oder zu einer anderen Organisation; \
             nichts wurde geändert. Ihre Eingaben stehen noch auf der Seite davor: Gehen Sie \
             zurück und sichern Sie, was Sie brauchen, bevor Sie sie neu laden.",
            "This page belongs to an earlier sign-in or to another organisation; nothing was \
             changed. What you entered is still on the page before: go back and keep what you \
             need before you reload it.",
        )
    }

    pub const fn visit_over() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "visit_over",
            "Dieser Besuch ist beendet. Einen neuen Zugang zu Ihren Daten erhalten Sie über den Link \
             in jeder E-Mail.",
            "This visit has ended. You get a new access to your data by the link in every mail.",
        )
    }

    pub const fn unreadable_form() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "unreadable_form",
            "Die Eingaben konnten nicht gelesen werden. Gehen Sie zurück und senden Sie sie noch \
             einmal.",
            "The input could not be read. Go back and send it again.",
        )
    }

    pub const fn not_allowed() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "not_allowed",
            "Ihre Rolle erlaubt das nicht. Fragen Sie eine Inhaberin oder einen Inhaber Ihrer \
             Organisation.",
            "Your role does not allow this. Ask an owner of your organisation.",
        )
    }

    pub const fn no_organisation() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "no_organisation",
            "Ihr Konto gehört zurzeit zu keiner Organisation. Bitten Sie um eine Einladung.",
            "Your account belongs to no organisation at present. Ask for an invitation.",
        )
    }

    pub const fn busy() -> Self {
        let mut problem = Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "busy",
            "Gerade melden sich viele an. Versuchen Sie es gleich noch einmal.",
            "Many are signing in just now. Try again in a moment.",
        );
        problem.retry_after = Some(5);
        problem
    }

    pub const fn too_slow() -> Self {
        let mut problem = Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "too_slow",
            "Die Antwort dauerte zu lange. Versuchen Sie es noch einmal.",
            "The answer took too long. Try again.",
        );
        problem.retry_after = Some(5);
        problem
    }

    pub const fn broken() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "broken",
            "Hier ist etwas defekt. Die Ursache steht im Protokoll des Servers.",
            "Something is broken here. The cause is in the server's log.",
        )
    }

    pub const fn nothing_here() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            "Unter dieser Adresse gibt es nichts.",
            "There is nothing at this address.",
        )
    }

    const fn unknown_contact() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "unknown_contact",
            "Diesen Kontakt gibt es nicht in dieser Organisation.",
            "There is no such contact in this organisation.",
        )
    }

    const fn erased() -> Self {
        Self::new(
            StatusCode::GONE,
            "erased",
            "Die Daten dieser Person wurden gelöscht und sind nicht mehr lesbar.",
            "The data of this person were erased and can't be read any more.",
        )
    }

    const fn no_register() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "no_register",
            "Noch gilt kein Verzeichnis der Verarbeitungstätigkeiten. Legen Sie unter \
             „Verzeichnis“ die erste Tätigkeit an.",
            "No record of processing activities is in force yet. Add the first activity under \
             “Register”.",
        )
    }

    const fn other_method() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            "Diese Adresse nimmt diese Methode nicht an; die Kopfzeile „Allow“ nennt die richtigen.",
            "This address does not take this method; the `Allow` header names the right ones.",
        )
    }

    const fn unavailable() -> Self {
        let mut problem = Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "Die Datenbank ist gerade nicht erreichbar. Versuchen Sie es gleich noch einmal.",
            "The database can't be reached just now. Try again in a moment.",
        );
        problem.retry_after = Some(5);
        problem
    }

    /// The answer as `reader` can read it.
    pub fn for_reader(self, reader: Reader) -> Response {
        let detail = match &self.detail {
            Detail::Fixed(text) => text.get(reader.lang),
            Detail::Said(text) => text,
        };
        let mut response = if reader.person {
            pages::error::page(self.status, detail, reader.lang)
        } else {
            self.as_json(detail)
        };
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }

    fn as_json(&self, detail: &str) -> Response {
        let body = Body {
            title: self.status.canonical_reason().unwrap_or_default(),
            status: self.status.as_u16(),
            code: self.code,
            detail,
            place: self.place.as_deref(),
        };
        // Strings and a number always serialise.
        let json = serde_json::to_vec(&body).unwrap_or_default();
        let kind = HeaderValue::from_static("application/problem+json");
        ([(CONTENT_TYPE, kind)], json).into_response()
    }
}

impl From<AnswerError> for Problem {
    fn from(error: AnswerError) -> Self {
        match error {
            AnswerError::NotFound(what) => Self {
                detail: Detail::Said(what),
                ..Self::nothing_here()
            },
            AnswerError::Unfit { place, reason, .. } => Self::unfit(place, reason),
            AnswerError::Unavailable => {
                tracing::warn!("the database can't be reached");
                Self::unavailable()
            }
            AnswerError::Broken(cause) => {
                tracing::error!(cause, "an operation failed");
                Self::broken()
            }
        }
    }
}

/// The answer for an address that no route has.
pub async fn not_found(request: Request) -> Response {
    Problem::nothing_here().for_reader(Reader::of(&request))
}

/// The answer for a method that a route does not take.
pub async fn method_not_allowed(request: Request) -> Response {
    Problem::other_method().for_reader(Reader::of(&request))
}
