//! The mail that asks.

use law::Lang;
use store::Id;

use crate::contact::Email;
use crate::mail::Letter;
use crate::{Error, Organisation};

impl Organisation {
    /// Subject and text of the mail that asks, with `…` for the links that each person gets.
    pub fn accuracy_letter(&self, lang: Lang) -> (String, String) {
        written(self.name(), "…", "…", lang)
    }
}

/// Asks whether the data are right.
pub(super) fn question(
    this: &Organisation,
    contact: Id,
    to: &Email,
    token: &str,
    lang: Lang,
) -> Result<Letter, Error> {
    let address = this.installation().address().ok_or(Error::NoAddress)?;
    let own = format!("{address}/me/{token}");
    let anew = format!("{address}/p/{}", this.preference_token(contact));
    let (subject, text) = written(this.name(), &own, &anew, lang);
    Ok(Letter::new(to.address(), subject, text))
}

/// It says nothing of the data, and nothing of what the organisation offers.
fn written(name: &str, own: &str, anew: &str, lang: Lang) -> (String, String) {
    match lang {
        Lang::De => (
            format!("Stimmen Ihre Daten bei {name} noch?"),
            format!(
                "Guten Tag,\n\n{name} hat Angaben zu Ihrer Person gespeichert und muss dafür sorgen, \
                 dass sie richtig und aktuell sind (Art. 5 Abs. 1 lit. d DSGVO). Hier sehen Sie, was \
                 gespeichert ist, und können es bestätigen, berichtigen oder seine Löschung \
                 verlangen:\n{own}\n\nDer Link gilt 30 Tage und nur einmal; geben Sie ihn nicht \
                 weiter. Danach erhalten Sie hier einen neuen:\n{anew}\n\nSie müssen nicht antworten. \
                 Wir fragen höchstens einmal im Jahr.\n\n{name}\n"
            ),
        ),
        Lang::En => (
            format!("Are your data at {name} still right?"),
            format!(
                "Hello,\n\n{name} has stored data about you and has to see that they are accurate and \
                 up to date (Art. 5(1)(d) GDPR). Here you see what is stored, and can confirm it, \
                 correct it or ask for it to be erased:\n{own}\n\nThe link works for 30 days and only \
                 once; do not pass it on. After that you get a new one here:\n{anew}\n\nYou need not \
                 answer. We ask at most once a year.\n\n{name}\n"
            ),
        ),
    }
}
