//! What a letter to a contact says about leaving.

use law::Lang;
use store::Id;

use crate::Organisation;
use crate::mail::ListUnsubscribe;

/// The lines at the end of a letter, with the link by which its recipient stops advertising, is told
/// what is stored and changes it (GDPR Art. 7(3), 21(4); UWG § 7(2) no. 3 lit. c). `None` while it
/// is not known where people reach this installation: then no such letter may go out.
pub fn footer(this: &Organisation, contact: Id, lang: Lang) -> Option<String> {
    let (url, name) = (url(this, contact)?, this.name());
    Some(match lang {
        Lang::De => format!(
            "Sie können der Werbung von {name} jederzeit widersprechen, ohne dass Ihnen dafür andere \
             als die Übermittlungskosten nach den Basistarifen entstehen. Abmelden, Einwilligungen \
             widerrufen, Ihre Daten ansehen:\n{url}\n"
        ),
        Lang::En => format!(
            "You can object to advertising by {name} at any time, at no more than the basic rates \
             of transmission. Leave, withdraw consents, see your data:\n{url}\n"
        ),
    })
}

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

/// Where the contact's page is.
fn url(this: &Organisation, contact: Id) -> Option<String> {
    let address = this.installation().address()?;
    Some(format!("{address}/p/{}", this.preference_token(contact)))
}
