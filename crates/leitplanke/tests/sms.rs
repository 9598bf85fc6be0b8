//! Codes through a real gateway over HTTP that is down, slow and out of order before it takes the
//! message. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod chromium;
mod served;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use chromium::Browser;
use jiff::{SignedDuration, ZonedDateTime};
use law::{Channel, Lang};
use operations::lead_form::Answers;
use operations::{Act, ContactRef, Installation, Organisation, master_key_in};
use register::FormField;
use served::{Server, prepared};
use store::Target;
use ureq::Agent;

const FORM: &str = "whitepaper-cooling";
const ANNA: &str = "anna@muster.example";
const NUMBER: &str = "+4915123456789";

/// What a gateway was asked.
#[derive(Clone, Debug)]
struct Asked {
    key: String,
    token: String,
    body: serde_json::Value,
}

/// A gateway on `address` that answers in this order, and then takes everything.
fn gateway(address: SocketAddr, answers: &'static [Answer]) -> Arc<Mutex<Vec<Asked>>> {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let listener = TcpListener::bind(address).unwrap();
    let seen = Arc::clone(&asked);
    thread::spawn(move || {
        let mut answers = answers.iter();
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            seen.lock().unwrap().push(read(&mut stream));
            let answer = match answers.next() {
                Some(Answer::Late) => {
                    // It took it, and the answer comes when nobody waits for it any more.
                    thread::sleep(Duration::from_secs(2));
                    "202 Accepted"
                }
                Some(Answer::Broken) => "500 Internal Server Error",
                Some(Answer::Elsewhere) => "307 Temporary Redirect\r\nLocation: /elsewhere",
                None => "202 Accepted",
            };
            let head =
                format!("HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            // Who does not wait any more has gone.
            let _ = stream.write_all(head.as_bytes());
        }
    });
    asked
}

enum Answer {
    Late,
    Broken,
    Elsewhere,
}

fn read(stream: &mut TcpStream) -> Asked {
    let mut lines = BufReader::new(stream);
    let mut head = BTreeMap::new();
    loop {
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        if line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            head.insert(name.to_ascii_lowercase(), value.trim().to_owned());
        }
    }
    let mut body = vec![0; head["content-length"].parse().unwrap()];
    lines.read_exact(&mut body).unwrap();
    Asked {
        key: head["idempotency-key"].clone(),
        token: head["authorization"].clone(),
        body: serde_json::from_slice(&body).unwrap(),
    }
}

fn act() -> Act {
    let now = ZonedDateTime::now();
    Act {
        at: now.timestamp(),
        today: now.date(),
        by: "test".to_owned(),
    }
}

/// An installation whose newsletter is consented to by mail and telephone.
fn calling(here: &Installation) -> Organisation {
    let own = Organisation::open(here, None).unwrap();
    let register = register::SAMPLE
        .replace(
            "version = 2\npurposes = [\"newsletter\"]\nchannels = [\"email\"]",
            "version = 2\npurposes = [\"newsletter\"]\nchannels = [\"email\", \"phone\"]",
        )
        .replacen("channels = [\"email\", \"storing\"]", "channels = [\"email\", \"storing\", \"phone\"]", 1)
        .replacen(
            "[[form.question]]\nfield = \"company\"",
            "[[form.question]]\nfield = \"phone\"\nwhy_de = \"Freiwillig.\"\nwhy_en = \"Optional.\"\n\n\
             [[form.question]]\nfield = \"company\"",
            1,
        );
    own.apply_register(&register, &act()).unwrap();
    own
}

/// A confirmed form; gives what opens the page of the number.
fn confirmed(own: &Organisation) -> String {
    let at = act();
    let shown_at = at.at - SignedDuration::from_secs(15);
    let form = own.show_form(FORM, Lang::De, None, shown_at).unwrap();
    let answers = Answers {
        ticket: form.ticket.clone(),
        fields: BTreeMap::from([
            (FormField::Email, ANNA.to_owned()),
            (FormField::Phone, NUMBER.to_owned()),
        ]),
        consents: form.consents.iter().map(|c| c.key.clone()).collect(),
        ..Answers::default()
    };
    let token = RefCell::new(String::new());
    let link = |given: &str| {
        given.clone_into(&mut token.borrow_mut());
        String::new()
    };
    own.submit_form(FORM, &answers, &at, link).unwrap();
    let done = own.confirm_form(&token.into_inner(), &at, |_| String::new());
    done.unwrap().number_token.unwrap()
}

fn verdict(own: &Organisation) -> String {
    let who: ContactRef = ANNA.parse().unwrap();
    let decided = own.decide(&who, "newsletter", Channel::Phone, act().today, Lang::De);
    decided.unwrap().decision.verdict.to_string()
}

fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap()
}

/// A server with a gateway, its organisation, and the page that proves Anna's number.
fn with_gateway(address: SocketAddr) -> (Server, Organisation, String) {
    let folder = prepared("Name;E-Mail\n");
    let secret = folder.path().join("gateway.token");
    std::fs::write(&secret, "geheim-1234\n").unwrap();
    let hook = format!("http://{address}/send");
    let here = Installation::open(
        &Target::Sqlite(folder.path().to_owned()),
        master_key_in(folder.path()).unwrap(),
    );
    let here = here.unwrap();
    let own = calling(&here);
    let token_file = secret.to_str().unwrap();
    let options = [
        "--sms-hook",
        &hook,
        "--sms-hook-token-file",
        token_file,
        "--sms-from",
        "Musterbau",
        "--sms-patience",
        "1",
    ];
    let server = Server::on(folder, &options);
    here.has_sms_gateway();
    let page = format!("{}/me/number/{}", server.url, confirmed(&own));
    (server, own, page)
}

#[test]
fn a_gateway_that_is_down_slow_or_broken_loses_no_message_and_can_tell_a_second_try() {
    // Nobody listens there yet.
    let address = free_address();
    let (server, own, page) = with_gateway(address);
    let config = Agent::config_builder()
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None);
    let agent: Agent = config.build().into();
    let post = |address: &str, body: &str| {
        let request = agent.post(address).header("Origin", &server.url);
        let request = request.header("Content-Type", "application/x-www-form-urlencoded");
        request.send(body).unwrap().status().as_u16()
    };
    assert_eq!(post(&format!("{page}/send"), ""), 303);
    thread::sleep(Duration::from_millis(1500));
    let asked = gateway(address, &[Answer::Late, Answer::Broken, Answer::Elsewhere]);
    let end = Instant::now() + Duration::from_mins(1);
    while asked.lock().unwrap().len() < 4 {
        assert!(Instant::now() < end, "{:?}", asked.lock().unwrap());
        thread::sleep(Duration::from_millis(100));
    }
    // What was taken is not sent again.
    thread::sleep(Duration::from_secs(3));
    let asked = asked.lock().unwrap().clone();
    assert_eq!(asked.len(), 4);
    for one in &asked {
        assert_eq!(one.key, asked[0].key);
        assert_eq!(one.body, asked[0].body);
        assert_eq!(one.token, "Bearer geheim-1234");
    }
    let body = &asked[0].body;
    assert_eq!(body["id"], asked[0].key.as_str());
    assert_eq!(
        (body["to"].as_str(), body["from"].as_str()),
        (Some(NUMBER), Some("Musterbau"))
    );
    let text = body["text"].as_str().unwrap();
    let mut digits = text.split(|c: char| !c.is_ascii_digit());
    let code = digits.find(|word| word.len() == 6).unwrap();
    assert_eq!(verdict(&own), "refused");
    assert_eq!(post(&page, &format!("code={code}")), 200);
    assert_eq!(verdict(&own), "permitted");
}

#[tokio::test]
async fn a_number_is_proven_in_the_browser_by_pages_that_everybody_can_use() {
    let address = free_address();
    let asked = gateway(address, &[]);
    let (_server, own, page) = with_gateway(address);
    let browser = Browser::start(&[]).await;
    let accessible = async || {
        for width in [1280, 320] {
            browser.resize(width, 900).await;
            assert_eq!(browser.violations().await, [] as [&str; 0]);
            assert_eq!(browser.overflow().await, 0);
        }
    };
    browser.client.goto(&page).await.unwrap();
    accessible().await;
    // To look at the page sends nothing.
    assert!(asked.lock().unwrap().is_empty());
    browser.press("Code").await;
    let field = fantoccini::Locator::Css("[name=code]");
    browser.client.wait().for_element(field).await.unwrap();
    accessible().await;
    let end = Instant::now() + Duration::from_mins(1);
    while asked.lock().unwrap().is_empty() {
        assert!(Instant::now() < end, "no message went out");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let text = asked.lock().unwrap()[0].body["text"].to_string();
    let mut digits = text.split(|c: char| !c.is_ascii_digit());
    let code = digits.find(|word| word.len() == 6).unwrap();
    let wrong = if code == "123456" { "654321" } else { "123456" };
    browser.fill("[name=code]", wrong).await;
    browser.press("Nummer bestätigen").await;
    let problem = fantoccini::Locator::Css("[role=alert]");
    browser.client.wait().for_element(problem).await.unwrap();
    accessible().await;
    assert_eq!(verdict(&own), "refused");
    browser.fill("[name=code]", code).await;
    browser.press("Nummer bestätigen").await;
    browser.heading("Ihre Nummer ist bestätigt").await;
    accessible().await;
    assert_eq!(verdict(&own), "permitted");
    browser.end().await;
}
