//! The mail with the link to an answer. It says nothing of what is stored.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use law::Lang;

use super::release::MOST_DOWNLOADS;
use crate::Organisation;
use crate::campaign::greeting;
use crate::contact::Fields;

/// Subject and text.
pub(super) fn ready(
    this: &Organisation,
    fields: &Fields,
    url: &str,
    until: Timestamp,
    lang: Lang,
) -> (String, String) {
    let (name, hello) = (this.name(), greeting(fields, lang));
    // The last whole day, which holds in every time zone.
    let until = until.to_zoned_datetime(TimeZone::UTC).date();
    let until = until.yesterday().unwrap_or(until);
    match lang {
        Lang::De => (
            format!("Ihre Auskunft von {name} liegt bereit"),
            format!(
                "{hello},\n\ndie Auskunft über Ihre Daten bei {name} liegt für Sie bereit (Art. 15 \
                 DSGVO):\n{url}\n\nDort laden Sie sie herunter: als PDF zum Lesen und als Datei für andere \
                 Programme (Art. 20 DSGVO). Das geht bis {}, bis zu {MOST_DOWNLOADS} Mal. Geben Sie den Link \
                 nicht weiter: Wer ihn hat, kann die Auskunft öffnen. Lässt er sich nicht öffnen, schreiben \
                 Sie uns bitte.\n\n{name}\n",
                until.strftime("%d.%m.%Y")
            ),
        ),
        Lang::En => (
            format!("Your data from {name} are ready"),
            format!(
                "{hello},\n\nthe answer about your data at {name} is ready for you (GDPR Art. 15):\n\
                 {url}\n\nYou can download it there: as a PDF to read and as a file for other programs \
                 (GDPR Art. 20). That works until {}, up to {MOST_DOWNLOADS} times. Do not pass the link on: \
                 whoever has it can open the answer. If it does not open, please write to us.\n\n{name}\n",
                until.strftime("%-d %B %Y")
            ),
        ),
    }
}

/// What the letter begins with that closes the request after an answer was released.
pub const fn closing(by_mail: bool, lang: Lang) -> &'static str {
    match (by_mail, lang) {
        (true, Lang::De) => {
            "Die Auskunft über Ihre Daten liegt für Sie bereit. Den Link zum Herunterladen haben wir Ihnen \
             mit einer eigenen E-Mail geschickt. Die Auskunft gibt es dort als PDF und in gängigen, \
             maschinenlesbaren Formaten."
        }
        (true, Lang::En) => {
            "The answer about your data is ready for you. We have sent you the link to download it in a \
             mail of its own. There it is as a PDF and in common, machine-readable formats."
        }
        (false, Lang::De) => "Die Auskunft über Ihre Daten erhalten Sie auf Papier.",
        (false, Lang::En) => "You get the answer about your data on paper.",
    }
}
