//! Which host names a request may be for. A web page on another name that points at this
//! machine (DNS rebinding) can't read anything: its name is not known here.

use std::net::{IpAddr, SocketAddr};

use axum::extract::Request;
use axum::http::header::HOST;

/// The host names under which this server answers.
#[derive(Clone, Debug, Default)]
pub struct Hosts(Vec<String>);

impl Hosts {
    /// This machine's own names (`localhost`, `127.0.0.1`, `[::1]`) and `others`, for example
    /// the name that a proxy in front passes on. Names are given without port.
    pub fn new(others: impl IntoIterator<Item = String>) -> Self {
        let own = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned);
        Self(own.into_iter().chain(others).collect())
    }

    /// These names and the address of the listener, where it is a single one.
    #[must_use]
    pub fn and_listener(mut self, address: SocketAddr) -> Self {
        match address.ip() {
            ip if ip.is_unspecified() => {}
            IpAddr::V4(ip) => self.0.push(ip.to_string()),
            IpAddr::V6(ip) => self.0.push(format!("[{ip}]")),
        }
        self
    }

    /// These names and that of the address under which people reach this server.
    #[must_use]
    pub fn and_address(mut self, address: &str) -> Self {
        let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
        let host = rest.split('/').next().unwrap_or_default();
        if !host.is_empty() {
            self.0.push(without_port(host).to_owned());
        }
        self
    }

    /// Whether `request` is for one of these names.
    pub(crate) fn know(&self, request: &Request) -> bool {
        let named = request.uri().host().or_else(|| {
            let mut hosts = request.headers().get_all(HOST).iter();
            let host = hosts.next()?.to_str().ok()?;
            // Two host headers are read differently by different programs.
            hosts.next().is_none().then(|| without_port(host))
        });
        named.is_some_and(|name| self.0.iter().any(|known| known.eq_ignore_ascii_case(name)))
    }
}

/// `[::1]:8070` -> `[::1]`, `localhost:8070` -> `localhost`.
fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port))
            if port.bytes().all(|b| b.is_ascii_digit())
                && (!name.contains(':') || name.ends_with(']')) =>
        {
            name
        }
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn knows(hosts: &Hosts, host: &str) -> bool {
        hosts.know(
            &Request::builder()
                .uri("/")
                .header(HOST, host)
                .body(Body::empty())
                .unwrap(),
        )
    }

    #[test]
    fn this_machines_names_are_known_with_and_without_port() {
        let hosts = Hosts::new([]);
        for host in [
            "localhost",
            "LOCALHOST:8070",
            "127.0.0.1:1",
            "[::1]",
            "[::1]:8070",
        ] {
            assert!(knows(&hosts, host), "{host}");
        }
    }

    #[test]
    fn other_names_are_not_known_unless_given() {
        let hosts = Hosts::new(["leitplanke.example.com".to_owned()]);
        assert!(knows(&hosts, "leitplanke.example.com:443"));
        for host in [
            "example.com",
            "localhost.example.com",
            "127.0.0.1.example.com",
            "::1",
            "",
        ] {
            assert!(!knows(&hosts, host), "{host}");
        }
    }

    #[test]
    fn a_listener_on_one_address_answers_to_it_and_one_on_all_does_not() {
        let hosts = Hosts::new([]).and_listener("192.0.2.7:80".parse().unwrap());
        assert!(knows(&hosts, "192.0.2.7:80"));
        let hosts = Hosts::new([]).and_listener("0.0.0.0:80".parse().unwrap());
        assert!(!knows(&hosts, "0.0.0.0:80"));
    }

    #[test]
    fn no_host_or_two_are_not_known() {
        let none = Request::builder().uri("/").body(Body::empty()).unwrap();
        assert!(!Hosts::new([]).know(&none));
        let two = Request::builder()
            .uri("/")
            .header(HOST, "localhost")
            .header(HOST, "localhost")
            .body(Body::empty())
            .unwrap();
        assert!(!Hosts::new([]).know(&two));
    }
}
