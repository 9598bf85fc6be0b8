//! Reasons that several countries share.

use crate::Text;

pub(super) const MAIL_NEEDS_CONSENT: Text = Text::new(
    "Werbung per elektronischer Post braucht die vorherige Einwilligung des Empfängers, auch \
         von Unternehmen.",
    "Advertising by electronic mail needs the addressee's prior consent, of businesses too.",
);
pub(super) const PERSON_MAIL_NEEDS_CONSENT: Text = Text::new(
    "Werbung per elektronischer Post an natürliche Personen braucht vorherige Einwilligung; \
         Einzelunternehmer zählen dazu.",
    "Advertising by electronic mail to natural persons needs prior consent; sole traders \
         count as such.",
);
pub(super) const CUSTOMER: Text = Text::new(
    "Die Bestandskundenregel ist erfüllt: Adresse vom Verkauf, eigene ähnliche Angebote, \
         Hinweis bei Erhebung und in jeder Nachricht, kein Widerspruch.",
    "The existing-customer rule is met: address from a sale, own similar offers, notice at \
         collection and in every message, no objection.",
);
pub(super) const CONSENT: Text = Text::new(
    "Vorherige Einwilligung für diesen Kanal liegt vor.",
    "There is prior consent for this channel.",
);
pub(super) const CALL_NEEDS_CONSENT: Text = Text::new(
    "Werbeanrufe brauchen vorherige Einwilligung.",
    "Advertising calls need prior consent.",
);
pub(super) const CALL_OPT_OUT: Text = Text::new(
    "Werbeanrufe durch Menschen sind bis zum Widerspruch erlaubt.",
    "Advertising calls by humans are allowed until objection.",
);
pub(super) const LISTED: Text = Text::new(
    "Die Nummer steht auf der Sperrliste.",
    "The number is on the exclusion list.",
);
pub(super) const NOT_SCREENED: Text = Text::new(
    "Nicht oder nicht rechtzeitig gegen die Sperrliste abgeglichen; ohne Abgleich kein \
         Anruf.",
    "Not screened against the exclusion list, or too long ago; no call without screening.",
);
pub(super) const MACHINE_NEEDS_CONSENT: Text = Text::new(
    "Automatische Anrufe und Fax brauchen vorherige Einwilligung.",
    "Automated calls and fax need prior consent.",
);
pub(super) const SUBSCRIBER_MISSING: Text = Text::new(
    "Es kommt darauf an, ob der Anschluss einer juristischen oder natürlichen Person gehört; \
         das ist nicht bekannt.",
    "It depends on whether the subscriber is a legal or a natural person, which is not \
         known.",
);
pub(super) const POST: Text = Text::new(
    "Briefwerbung ist bis zum Widerspruch erlaubt; die örtliche Robinsonliste ist zu \
         beachten.",
    "Letter advertising is allowed until objection; the local Robinson list is to be \
         respected.",
);
pub(super) const VISIT: Text = Text::new(
    "Das Recht unangekündigter Werbebesuche ist für dieses Land nicht geprüft.",
    "The law on unannounced visits has not been reviewed for this country.",
);
