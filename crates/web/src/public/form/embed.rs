//! Showing a form on the organisation's own websites: which may, and what is copied into them.

use axum::http::HeaderValue;
use axum::response::Response;
use register::Form;

/// Who may show a page in a frame, for the headers of the response.
#[derive(Clone)]
pub struct FrameAncestors(pub HeaderValue);

/// Lets the form's websites show this page in a frame.
pub fn allow(mut response: Response, form: &Form) -> Response {
    let origins = origins(form).collect::<Vec<_>>().join(" ");
    if let Ok(value) = HeaderValue::try_from(origins)
        && !value.is_empty()
    {
        response.extensions_mut().insert(FrameAncestors(value));
    }
    response
}

/// The websites that may show and send the form. Nothing that could end the header's directive.
pub fn origins(form: &Form) -> impl Iterator<Item = &str> {
    let all = form.origins.iter().map(String::as_str);
    all.filter(|origin| {
        let rest = origin.strip_prefix("https://");
        let rest = rest.or_else(|| origin.strip_prefix("http://"));
        let fits = |b: u8| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b);
        rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(fits))
    })
}

/// What is copied into a website: a frame with the form, and a form of one field that leads to it. A
/// consent is only ever given on the form itself, where its text stands.
pub fn snippets(address: &str, title: &str) -> [String; 2] {
    let title = title
        .replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;");
    [
        format!(
            "<iframe src=\"{address}?source=website\" title=\"{title}\" width=\"100%\" \
             height=\"1100\" style=\"border:0\" loading=\"lazy\"></iframe>"
        ),
        format!(
            "<form method=\"post\" action=\"{address}/check?source=website\">\n  <label>E-Mail \
             <input type=\"email\" name=\"email\" required></label>\n  <button>{title}</button>\n\
             </form>"
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_can_add_nothing_to_the_header() {
        let mut form = Form::new("a", "A", register::FormKind::Contact, "care");
        form.origins = [
            "https://www.musterbau.example",
            "https://a.example; script-src *",
            "*",
            "https://",
            "javascript:alert(1)",
        ]
        .map(str::to_owned)
        .to_vec();
        let found: Vec<_> = origins(&form).collect();
        assert_eq!(found, ["https://www.musterbau.example"]);
    }

    #[test]
    fn a_title_can_end_no_attribute() {
        let [frame, _] = snippets("https://l.example/f/1/a", "A\" onload=\"x");
        assert!(!frame.contains("onload=\"x"));
    }
}
