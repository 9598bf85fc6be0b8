//! Pictures of every main page of the running demonstration, in German: light and dark, on desktop
//! and phone. `docs/screens/make` runs it; it is no test of anything.
#![allow(
    clippy::unwrap_used,
    reason = "without its browser there is no picture"
)]

mod chromium;
mod served;

use std::path::Path;

use chromium::Browser;
use served::Server;

const DARK: &str = "--blink-settings=preferredColorScheme=0";

/// Widths with what is added to the name of the picture.
const SIZES: [(u32, &str); 2] = [(1200, ""), (390, "-phone")];

/// Pixels from the top that a picture shows at most.
const HIGHEST: u32 = 2000;

const PAGES: [(&str, &str); 29] = [
    ("overview", "/"),
    ("contacts", "/contacts"),
    ("contact", "/contacts/{contact}"),
    ("contact-correct", "/contacts/{contact}/edit"),
    ("contact-consent", "/contacts/{contact}/consent"),
    ("contact-object", "/contacts/{contact}/object"),
    ("companies", "/companies"),
    ("company", "/companies/{company}"),
    ("customers", "/customers"),
    ("duplicates", "/contacts/duplicates"),
    ("import", "/contacts/import"),
    ("register", "/register"),
    ("proposals", "/register/activities/new"),
    ("activity", "/register/activities/telephone-acquisition"),
    ("goods", "/register/goods"),
    ("record", "/register/record"),
    ("versions", "/register/versions/1"),
    ("calls", "/calls?activity=telephone-acquisition"),
    ("campaigns", "/campaigns"),
    ("campaign-new", "/campaigns/new"),
    ("suppression-lists", "/campaigns/blocked"),
    ("forms", "/forms"),
    ("form", "/forms/whitepaper-cooling"),
    ("form-rates", "/forms/rates"),
    ("gate", "/gate?kind=business&country=DE&channel=phone"),
    ("evidence", "/evidence"),
    ("evidence-entry", "/evidence/1"),
    ("people", "/people"),
    ("sign-in", "/sign-in"),
];

#[tokio::test]
#[ignore = "makes pictures for people to look at: docs/screens/make"]
async fn every_main_page() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/screens");
    let server = Server::demo(3000);
    for (scheme, mode) in [(&[][..], ""), (&[DARK], "-dark")] {
        let browser = Browser::start(scheme).await;
        let contact = browser.first_of("contacts", &server.url).await;
        let company = browser.first_of("companies", &server.url).await;
        for (name, page) in PAGES {
            let page = page.replace("{contact}", &contact);
            let page = page.replace("{company}", &company);
            let mark = if page.contains('?') { '&' } else { '?' };
            let url = format!("{}{page}{mark}lang=de", server.url);
            for (width, size) in SIZES {
                browser.resize(width, 1000).await;
                browser.client.goto(&url).await.unwrap();
                let picture = browser.picture(width, HIGHEST).await;
                let file = folder.join(format!("{name}{size}{mode}.png"));
                std::fs::write(file, picture).unwrap();
            }
        }
        browser.end().await;
    }
}
