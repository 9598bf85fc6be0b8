//! A form that may bring a file, read only if it was made for this session.

use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{FromRequest, FromRequestParts as _, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;

use super::form::Form;
use super::visitor::Visit;
use crate::pages::register::Inputs;
use crate::problem::{Problem, Reader};
use crate::state::AppState;

/// The inputs of a form, and the file that was chosen, if one was. A form that a program sends
/// without a file need not be in parts.
pub struct FileForm {
    pub inputs: Inputs,
    pub file: Option<Vec<u8>>,
    /// What the file is called where it comes from.
    pub file_name: Option<String>,
}

impl FromRequest<AppState> for FileForm {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        let kind = request.headers().get(CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            let Form(inputs) = Form::from_request(request, state).await?;
            return Ok(Self {
                inputs,
                file: None,
                file_name: None,
            });
        }
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, state).await?;
        let reader = Reader::person(visit.lang);
        let request = Request::from_parts(parts, body);
        let form = Multipart::from_request(request, state)
            .await
            .map_err(|_| Problem::unreadable_form().for_reader(reader))?;
        let read = read(form)
            .await
            .map_err(|problem| problem.for_reader(reader))?;
        if !visit.made(read.inputs.get("form_token")) {
            return Err(Problem::stale_form().for_reader(reader));
        }
        Ok(read)
    }
}

async fn read(mut form: Multipart) -> Result<FileForm, Problem> {
    let mut read = FileForm {
        inputs: Inputs::default(),
        file: None,
        file_name: None,
    };
    while let Some(field) = form.next_field().await.map_err(|error| lost(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        if let Some(file_name) = field.file_name().map(str::to_owned) {
            let bytes = field.bytes().await.map_err(|error| lost(&error))?;
            // A browser sends an empty file where none was chosen.
            if !bytes.is_empty() {
                read.file = Some(bytes.to_vec());
                read.file_name = Some(file_name);
            }
        } else {
            let text = field.text().await.map_err(|error| lost(&error))?;
            read.inputs.add(name, text.replace("\r\n", "\n"));
        }
    }
    Ok(read)
}

fn lost(error: &MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Problem::form_too_large()
    } else {
        Problem::body_lost()
    }
}
