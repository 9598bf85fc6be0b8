//! Chromium for tests, driven by ChromeDriver.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    dead_code,
    reason = "a test without its browser must fail, and each test binary uses a part"
)]

use std::env;
use std::time::Duration;

use base64::Engine as _;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

/// A browser of its own, with an empty profile.
pub struct Browser {
    pub client: Client,
    _profile: TempDir,
}

impl Browser {
    pub async fn start(more: &[&str]) -> Self {
        let driver = env::var("LEITPLANKE_TEST_WEBDRIVER")
            .expect("LEITPLANKE_TEST_WEBDRIVER is not set: run ./test, which starts ChromeDriver");
        let profile = TempDir::new().unwrap();
        let folder = format!("--user-data-dir={}", profile.path().display());
        let mut args = vec![
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            &folder,
        ];
        args.extend(more);
        let options = json!({
            "args": args,
            "prefs": { "intl.accept_languages": "de" },
        });
        let mut capabilities = Capabilities::new();
        capabilities.insert("goog:chromeOptions".to_owned(), options);
        capabilities.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = builder
            .capabilities(capabilities)
            .connect(&driver)
            .await
            .unwrap();
        Self {
            client,
            _profile: profile,
        }
    }

    /// The browser must be closed in time: its driver keeps it otherwise.
    pub async fn end(self) {
        self.client.close().await.unwrap();
    }

    /// What axe finds wrong on this page by WCAG 2.2 AA.
    pub async fn violations(&self) -> Vec<String> {
        let axe = env::var("LEITPLANKE_TEST_AXE")
            .expect("LEITPLANKE_TEST_AXE is not set: run ./test, which installs axe-core");
        let axe = std::fs::read_to_string(axe).unwrap();
        self.client.execute(&axe, Vec::new()).await.unwrap();
        let run = "const done = arguments[arguments.length - 1]; axe.run(document, { runOnly: \
            ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })\
            .then(r => done(r.violations), e => done([{ id: String(e), nodes: [] }]));";
        let found = self.client.execute_async(run, Vec::new()).await.unwrap();
        let describe = |violation: &Value| {
            let nodes = violation["nodes"].as_array().unwrap();
            let places: Vec<_> = nodes
                .iter()
                .take(3)
                .map(|node| node["html"].to_string())
                .collect();
            format!("{}: {}", violation["id"], places.join(" | "))
        };
        found.as_array().unwrap().iter().map(describe).collect()
    }

    /// How far the page is wider than its window, in CSS pixels.
    pub async fn overflow(&self) -> i64 {
        let script =
            "const root = document.documentElement; return root.scrollWidth - root.clientWidth;";
        self.client
            .execute(script, Vec::new())
            .await
            .unwrap()
            .as_i64()
            .unwrap()
    }

    /// Gives the page this size in CSS pixels, as a screen of that size has; a window can't be made
    /// as narrow as a phone.
    pub async fn resize(&self, width: u32, height: u32) {
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", size)
            .await;
    }

    /// A picture of the page from its top, at most `most` pixels high, as PNG.
    pub async fn picture(&self, width: u32, most: u32) -> Vec<u8> {
        let script = "return document.documentElement.scrollHeight";
        let height = self.client.execute(script, Vec::new()).await.unwrap();
        let height = height.as_u64().unwrap().clamp(200, most.into());
        let part = json!({
            "captureBeyondViewport": true,
            "clip": { "x": 0, "y": 0, "width": width, "height": height, "scale": 1 },
        });
        let taken = self.devtools("Page.captureScreenshot", part).await;
        let data = taken["data"].as_str().unwrap();
        base64::engine::general_purpose::STANDARD
            .decode(data)
            .unwrap()
    }

    async fn devtools(&self, command: &'static str, parameters: Value) -> Value {
        let command = Devtools(json!({ "cmd": command, "params": parameters }));
        self.client.issue_cmd(command).await.unwrap()
    }

    /// The id of the first entry of a list, such as `contacts`.
    pub async fn first_of(&self, list: &str, url: &str) -> String {
        self.client.goto(&format!("{url}/{list}")).await.unwrap();
        let first = Locator::Css(".list tbody a");
        let link = self.client.find(first).await.unwrap();
        let path = link.attr("href").await.unwrap().unwrap();
        path.rsplit('/').next().unwrap().to_owned()
    }

    /// From the first start's link to the overview, with a passkey.
    pub async fn set_up(&self, link: &str) {
        self.plug_in_authenticator().await;
        self.client.goto(link).await.unwrap();
        self.heading("Willkommen").await;
        self.fill("#organisation", "Musterbau Maschinen GmbH").await;
        self.choose("#land", "HE").await;
        self.fill("#name", "Erika Beispiel").await;
        self.fill("#email", "erika@musterbau.example").await;
        self.press("Weiter").await;
        self.heading("Ihr Zugang").await;
        self.press("Passkey anlegen").await;
        self.heading("Übersicht").await;
    }

    /// Adds a passkey authenticator that confirms everything, as a laptop's fingerprint reader
    /// would with its owner before it.
    pub async fn plug_in_authenticator(&self) {
        self.client.issue_cmd(VirtualAuthenticator).await.unwrap();
    }

    pub async fn fill(&self, field: &str, text: &str) {
        let field = Locator::Css(field);
        let field = self.client.find(field).await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    pub async fn choose(&self, field: &str, value: &str) {
        let field = self.client.find(Locator::Css(field)).await.unwrap();
        field.select_by_value(value).await.unwrap();
    }

    /// Clicks the button or link with this text, once it is there.
    pub async fn press(&self, text: &str) {
        let path = format!(
            "//main//*[self::button or self::a or self::summary][contains(normalize-space(.), \"{text}\")]"
        );
        let button = self
            .client
            .wait()
            .at_most(Duration::from_secs(10))
            .for_element(Locator::XPath(&path))
            .await
            .unwrap();
        button.click().await.unwrap();
    }

    /// Waits until the page's first heading has this text.
    pub async fn heading(&self, text: &str) {
        let path = format!("//h1[contains(normalize-space(.), \"{text}\")]");
        let found = self
            .client
            .wait()
            .at_most(Duration::from_secs(20))
            .for_element(Locator::XPath(&path))
            .await;
        if found.is_err() {
            let url = self.client.current_url().await.unwrap();
            panic!("no heading {text:?} at {url}: {}", self.text().await);
        }
    }

    /// What the page says.
    pub async fn text(&self) -> String {
        let body = self.client.find(Locator::Css("body")).await.unwrap();
        body.text().await.unwrap()
    }
}

/// A command of the browser's own protocol.
#[derive(Debug)]
struct Devtools(Value);

impl WebDriverCompatibleCommand for Devtools {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        let session = session.unwrap_or_default();
        base.join(&format!("session/{session}/goog/cdp/execute"))
    }

    fn method_and_body(&self, _: &url::Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.0.to_string()))
    }
}

#[derive(Debug)]
struct VirtualAuthenticator;

impl WebDriverCompatibleCommand for VirtualAuthenticator {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        let session = session.unwrap_or_default();
        base.join(&format!("session/{session}/webauthn/authenticator"))
    }

    fn method_and_body(&self, _: &url::Url) -> (Method, Option<String>) {
        let authenticator = json!({
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": true,
            "hasUserVerification": true,
            "isUserVerified": true,
        });
        (Method::POST, Some(authenticator.to_string()))
    }
}
