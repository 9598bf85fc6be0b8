## What was done, said once on the next page.

toast-contact-added = Kontakt hinzugefügt.
toast-contact-corrected = Berichtigung gespeichert.
toast-objection-recorded = Widerspruch festgehalten. Er wirkt ab sofort.
toast-contact-restricted = Verarbeitung eingeschränkt.
toast-restriction-lifted = Einschränkung aufgehoben.
toast-informed-noted = Als informiert vermerkt.
toast-consent-recorded = Einwilligung festgehalten.
toast-consent-withdrawn = Widerruf festgehalten. Er wirkt ab sofort.
toast-sale-noted = Verkauf vermerkt.
toast-circumstance-noted = Umstand vermerkt.
toast-screening-noted = Abgleich vermerkt.
toast-overruled = Entscheidung gegen die Ablehnung festgehalten.
toast-overrule-revoked = Entscheidung zurückgenommen. Es gilt wieder die Antwort des Rechts.
toast-register-saved = Gespeichert: Die neue Fassung gilt.
toast-role-changed = Rolle geändert.
toast-member-removed = Die Person gehört nicht mehr zur Organisation.
toast-passkey-added = Passkey hinzugefügt.
toast-passkey-removed = Passkey entfernt.
toast-password-set = Passwort mit Einmalcodes eingerichtet.
toast-password-removed = Passwort entfernt.
toast-session-ended = Das Gerät ist abgemeldet.
toast-sessions-ended = Alle anderen Sitzungen sind beendet.
