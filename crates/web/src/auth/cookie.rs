//! Cookies: the session, the mark of a known device, the language. None follows anybody.

use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use law::Lang;
use operations::access::{NewSession, Stage};

use crate::language;

/// A year in seconds.
const YEAR: u32 = 31_536_000;

/// The value of a cookie.
pub fn find<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// The names of the cookies. Over HTTPS the browser itself holds that nothing else may set them
/// (`__Host-`, RFC 6265bis).
#[derive(Clone, Copy)]
pub struct Names {
    secure: bool,
}

impl Names {
    pub fn under(address: &str) -> Self {
        Self {
            secure: address.starts_with("https://"),
        }
    }

    pub const fn session(self) -> &'static str {
        if self.secure {
            "__Host-session"
        } else {
            "session"
        }
    }

    pub const fn device(self) -> &'static str {
        if self.secure {
            "__Host-device"
        } else {
            "device"
        }
    }

    /// Gives the browser a new session, and marks the device if somebody signed in there.
    pub fn begin(self, response: &mut Response, new: &NewSession) {
        self.set(response, self.session(), &new.token, None);
        if let (Stage::Full, Some(device)) = (new.stage, &new.device) {
            self.set(response, self.device(), device, Some(YEAR));
        }
    }

    /// Takes the session away; the device stays known.
    pub fn end(self, response: &mut Response) {
        self.set(response, self.session(), "", Some(0));
    }

    fn set(self, response: &mut Response, name: &str, value: &str, lasts: Option<u32>) {
        let lasts = lasts.map_or_else(String::new, |seconds| format!("; Max-Age={seconds}"));
        let secure = if self.secure { "; Secure" } else { "" };
        let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{lasts}");
        if let Ok(header) = HeaderValue::try_from(cookie) {
            response.headers_mut().append(SET_COOKIE, header);
        }
    }
}

/// Remembers the language that somebody chose.
pub fn remember_language(response: &mut Response, lang: Lang) {
    let cookie = match lang {
        Lang::De => "lang=de; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000",
        Lang::En => "lang=en; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000",
    };
    debug_assert!(cookie.starts_with(language::COOKIE));
    response
        .headers_mut()
        .append(SET_COOKIE, HeaderValue::from_static(cookie));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(
            COOKIE,
            HeaderValue::from_static("a=1; session=abc; xsession=no"),
        );
        headers.append(COOKIE, HeaderValue::from_static("lang=en"));
        assert_eq!(find(&headers, "session"), Some("abc"));
        assert_eq!(find(&headers, "lang"), Some("en"));
        assert_eq!(find(&headers, "device"), None);
    }

    #[test]
    fn a_session_is_kept_from_scripts_and_other_sites() {
        let new = NewSession {
            token: "t".to_owned(),
            stage: Stage::Full,
            device: Some("d".to_owned()),
        };
        let mut response = Response::new(axum::body::Body::empty());
        Names::under("https://a.example").begin(&mut response, &new);
        let set: Vec<_> = response.headers().get_all(SET_COOKIE).iter().collect();
        assert_eq!(
            set[0],
            "__Host-session=t; Path=/; HttpOnly; SameSite=Lax; Secure"
        );
        assert!(set[1].to_str().unwrap().starts_with("__Host-device=d; "));
    }
}
