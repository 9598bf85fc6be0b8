## Existing customers.

customers-title = Bestandskunden
customers-lead = Wer bei Ihnen gekauft hat, darf ohne Einwilligung Werbung per E-Mail für Ähnliches bekommen, wenn alle vier Bedingungen erfüllt sind (§ 7 Abs. 3 UWG).
customers-no-activity = Keine Tätigkeit im Verzeichnis wirbt per E-Mail.
customers-may = Dürfen angeschrieben werden
customers-may-not = Dürfen nicht angeschrieben werden
customers-may-about = Diesen Kunden dürfen Sie für diese Tätigkeit jetzt schreiben. Jede E-Mail weist auf das Widerspruchsrecht hin.
customers-may-not-about = Bei diesen Kunden fehlt etwas. Was beim Verkauf versäumt wurde, lässt sich nicht nachholen; dann bleibt die Einwilligung. Ob Waren ähnlich sind, entscheiden Sie im Verzeichnis.
customers-none = Für diese Tätigkeit darf zurzeit kein Kunde angeschrieben werden. Verkäufe vermerken Sie beim Kontakt.
customers-none-refused = Hier steht niemand: Jedem Kunden, zu dem ein Verkauf vermerkt ist, dürfen Sie schreiben.
customers-address = Adresse beim Verkauf erhalten (Nr. 1)
customers-address-missing = Adresse nicht beim Verkauf erhalten (Nr. 1)
customers-similar = Beworben wird Ähnliches (Nr. 2)
customers-not-similar = Beworben wird nichts Ähnliches (Nr. 2)
customers-similar-open = Noch nicht entschieden, ob das Beworbene ähnlich ist (Nr. 2)
customers-notice = Hinweis auf das Widerspruchsrecht bei der Erhebung (Nr. 4)
customers-notice-missing = Kein Hinweis auf das Widerspruchsrecht bei der Erhebung (Nr. 4)
customers-no-address = Es ist keine E-Mail-Adresse gespeichert.
customers-note = Verkauf vermerken
