//! What a letter to a contact says about leaving.

use law::Lang;
use store::Id;

use crate::Organisation;
use crate::contact::Email;
use crate::mail::{Letter, ListUnsubscribe, Receipts};

/// How the recipient of a letter leaves with one click, or by a mail where a mailbox is read (RFC 2369,
/// RFC 8058); `None` as with [`footer`].
pub fn list_unsubscribe(this: &Organisation, contact: Id) -> Option<ListUnsubscribe> {
    let token = this.preference_token(contact);
    let mailbox = this.installation().mailbox();
    Some(ListUnsubscribe {
        url: format!("{}/one-click", url(this, contact)?),
        mailto: mailbox.map(|address| format!("mailto:{address}?subject=unsubscribe%20{token}")),
    })
}

/// The receipt of consents that were given in the preference centre, or that a code proved: what was
/// agreed to, and how it is withdrawn.
pub(crate) fn receipt(
    this: &Organisation,
    contact: Id,
    to: &Email,
    texts: &[String],
    entries: Vec<i64>,
    lang: Lang,
) -> Letter {
    let name = this.name();
    let quoted = texts
        .iter()
        .map(|text| format!("» {} «", text.replace('\n', " ")));
    let text = quoted.collect::<Vec<_>>().join("\n\n");
    let way = url(this, contact);
    let (subject, text) = match lang {
        Lang::De => {
            let way = way.map_or_else(String::new, |way| {
                format!(" Das geht hier, ohne Anmeldung:\n\n{way}")
            });
            (
                format!("Ihre Einwilligung bei {name}"),
                format!(
                    "Guten Tag,\n\nSie haben eingewilligt:\n\n{text}\n\nDer Beleg liegt bei: als PDF \
                     für Sie und als Datei, mit der sich der Nachweis prüfen lässt.\n\nSie können die \
                     Einwilligung jederzeit widerrufen.{way}\n\n{name}\n"
                ),
            )
        }
        Lang::En => {
            let way = way.map_or_else(String::new, |way| {
                format!(" You do that here, without signing in:\n\n{way}")
            });
            (
                format!("Your consent at {name}"),
                format!(
                    "Hello,\n\nyou have consented:\n\n{text}\n\nThe receipt is attached: as a PDF for \
                     you, and as a file by which the proof can be checked.\n\nYou can withdraw the \
                     consent at any time.{way}\n\n{name}\n"
                ),
            )
        }
    };
    Letter {
        receipts: Some(Receipts { entries, lang }),
        ..Letter::new(to.address(), subject, text)
    }
}

/// Where the contact's page is.
fn url(this: &Organisation, contact: Id) -> Option<String> {
    let address = this.installation().address()?;
    Some(format!("{address}/p/{}", this.preference_token(contact)))
}
