//! What a letter to a contact says about leaving.

use store::Id;

use crate::Organisation;
use crate::mail::ListUnsubscribe;

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
