## Was Empfänger von Daten nach Löschung, Berichtigung und Einschränkung erfahren (Art. 19 DSGVO).

notices-title = Mitteilungen an Empfänger
notices-lead = Wer Daten einer Person von Ihnen bekommen hat, erfährt von Löschung, Berichtigung und Einschränkung (Art. 19 DSGVO). Nach { $days } Tagen ohne Antwort gilt eine Mitteilung hier als überfällig.
notices-overdue-count = { $n ->
    [one] Eine Mitteilung ist überfällig.
   *[other] { $count } Mitteilungen sind überfällig.
}
notices-tabs = Mitteilungen nach Stand
notices-open = Offen
notices-settled = Erledigt
notices-none = Hier ist nichts.
notices-recipient = Empfänger
notices-about = Anlass
notices-written = Verfasst
notices-way = Weg
notices-state = Stand
notices-overdue = überfällig
notices-webhook = an das System des Empfängers
notices-mail = per E-Mail
notices-by-hand = von Hand
notices-erased = Löschung
notices-rectified = Berichtigung
notices-restricted = Einschränkung
notices-lifted = Einschränkung aufgehoben
notices-objected = Widerspruch gegen Werbung
notices-state-to-do = von Hand mitzuteilen
notices-state-queued = wartet auf den Versand
notices-state-sent = versandt, Antwort offen
notices-state-acknowledged = vom Empfänger bestätigt
notices-state-refused = nicht umgesetzt, mit Grund
notices-state-failed = nicht angekommen
notices-state-superseded = durch die Löschung überholt
notices-why-no-address = Das Register nennt keine Adresse mehr.
notices-why-gone = Das System des Empfängers nimmt keine Mitteilungen mehr an.
notices-why-mail = Die E-Mail kam nicht an.
notices-why-unreachable = Das System des Empfängers ist nicht erreichbar.
notices-why-code = Das System des Empfängers antwortete mit { $code }.
notices-fate = Stand der Mitteilung
notices-reason = Grund
notices-answered = Beantwortet
notices-cause = Nachweis des Anlasses
notices-again = Noch einmal senden
notices-note = Antwort eintragen
notices-note-about = Wenn der Empfänger anders geantwortet hat, oder wenn die Mitteilung unmöglich oder unverhältnismäßig ist (Art. 19 Satz 1 DSGVO).
notices-note-done = Empfänger hat es umgesetzt
notices-note-refused = Mit diesem Grund abschließen
notices-reason-field = Grund, aus dem es nicht geht
notices-reason-hint = Bitte keine Namen oder Adressen.
notices-needs-reason = Bitte nennen Sie den Grund.
notices-settled-already = Diese Mitteilung ist schon erledigt.
notices-secrets = Schlüssel für Webhooks
notices-secrets-about = Damit prüft der Empfänger, dass eine Mitteilung von Ihnen kommt (Standard Webhooks).
notices-secret-show = Schlüssel zeigen
notices-secret-of = Webhook-Schlüssel: { $name }
notices-secret-about = Geben Sie diesen Schlüssel nur dem Empfänger, auf einem sicheren Weg. Er steht nicht im Register.
notices-told-title = Wem die Daten mitgeteilt wurden
notices-told-lead = Die betroffene Person kann verlangen, dass Sie ihr diese Empfänger nennen (Art. 19 Satz 2 DSGVO).
notices-told-none = Zu dieser Person wurde noch niemandem etwas mitgeteilt.
notices-told-link = Unterrichtete Empfänger
notices-to-contact = Zum Kontakt

notice-title = Mitteilung zu den Daten einer Person
notice-erased-ask = Bitte löschen Sie die Daten dieser Person, die Sie von uns erhalten haben. Bei uns sind sie gelöscht (Art. 17 Abs. 1, Art. 19 DSGVO).
notice-rectified-ask = Bitte berichtigen Sie die Daten dieser Person (Art. 16, Art. 19 DSGVO).
notice-restricted-ask = Bitte verarbeiten Sie die Daten dieser Person bis auf Weiteres nicht, außer sie zu speichern (Art. 18, Art. 19 DSGVO).
notice-lifted-ask = Die Einschränkung der Verarbeitung für diese Person ist aufgehoben (Art. 18 Abs. 3 DSGVO).
notice-objected-ask = Diese Person hat der Werbung widersprochen. Bitte verwenden Sie ihre Daten nicht mehr dafür (Art. 21 Abs. 2 und 3 DSGVO).
notice-who = Um wen es geht
notice-name = Name
notice-email = E-Mail
notice-phone = Telefon
notice-post = Anschrift
notice-now = So sind die Angaben richtig
notice-confirm-about = Wenn Sie es umgesetzt haben, bestätigen Sie das hier. Danach zeigt diese Seite nichts mehr über die Person.
notice-confirm = Ja, das ist erledigt
notice-cannot = Es ist nicht möglich
notice-cannot-about = Wenn es unmöglich ist oder einen unverhältnismäßigen Aufwand bedeutet, oder wenn ein Gesetz die Aufbewahrung verlangt, nennen Sie bitte den Grund.
notice-cannot-send = Grund senden
notice-done = Danke. Es ist als erledigt vermerkt.
notice-refused = Danke. Ihr Grund ist vermerkt.
notice-over = Diese Seite zeigt nichts mehr über die Person.
notice-taken = Um wen es geht, steht in der Mitteilung, die Ihr System erhalten hat.
notice-no-longer = Diese Mitteilung wird nicht mehr aufbewahrt.
notice-for = Diese Mitteilung ist an { $name } gerichtet.

recipient-notices = Mitteilungen an diesen Empfänger
recipient-notices-hint = Hierüber erfährt der Empfänger von Löschung, Berichtigung und Einschränkung (Art. 19 DSGVO). Ein Webhook geht vor.
recipient-mail = E-Mail-Adresse
recipient-webhook = Webhook
recipient-webhook-hint = Beginnt mit https://. Den Schlüssel finden Sie unter „Mitteilungen an Empfänger“.
recipient-mail-wrong = Die E-Mail-Adresse ist so nicht lesbar.
recipient-webhook-wrong = Der Webhook muss mit https:// beginnen und darf keinen Benutzernamen enthalten.

mail-purpose-recipient = Mitteilung an Empfänger
kind-recipient-to-be-told = Mitteilung an Empfänger verfasst
kind-recipient-told = Empfänger unterrichtet
kind-recipient-answered = Empfänger hat geantwortet
kind-recipient-not-reached = Empfänger nicht erreicht
toast-recipient-told-again = Die Mitteilung geht noch einmal hinaus.
toast-recipient-answered = Antwort eingetragen.
actor-recipient = der Empfänger, per Link
actor-recipients = Versand von Mitteilungen

erased-told = { $n ->
    [one] Ein Empfänger der Daten wird davon unterrichtet.
   *[other] { $count } Empfänger der Daten werden davon unterrichtet.
}
