## The register and what it moves.

register = Verzeichnis der Verarbeitungstätigkeiten
register-lead = Was Ihre Organisation mit wessen Daten tut, wozu, auf welcher Grundlage und wie lange. Was hier nicht steht, lehnt Leitplanke ab.
register-version = Fassung { $version }
to-register = Zum Verzeichnis
versions = Frühere Fassungen
versions-lead = Jede gespeicherte Änderung mit Tag und Person. So lässt sich später sagen, was wann galt.
version-changes = Das hat diese Fassung geändert
version-text = Diese Fassung als Text
activities = Tätigkeiten
activities-none = Noch ist keine Tätigkeit eingetragen. Beginnen Sie mit einem Vorschlag, zum Beispiel dem Newsletter oder der Kundenbetreuung.
activity-add = Tätigkeit hinzufügen
activity-new = Neue Tätigkeit
activity-remove = Tätigkeit entfernen …
add = Hinzufügen
gaps-count = { $n ->
    [one] 1 Lücke
   *[other] { $count } Lücken
}
gaps-required-count = { $n ->
    [one] 1 vom Gesetz verlangte Lücke
   *[other] { $count } vom Gesetz verlangte Lücken
}
gaps-advised-count = { $n ->
    [one] 1 Empfehlung
   *[other] { $count } Empfehlungen
}
gaps-none = Keine Lücke gefunden. Prüfbar ist nur, was eingetragen ist.
gaps-here = Was hier noch fehlt
gap-required = verlangt
gap-advised = empfohlen
recipients = Empfänger
recipients-none = Wer bekommt Daten? Zum Beispiel der Anbieter für E-Mail-Versand, CRM oder Buchhaltung.
measures = Maßnahmen
measures-none = Wie schützen Sie die Daten? Zum Beispiel Zugriffsrechte, Verschlüsselung, Sicherungen (Art. 32 DSGVO).
measure = Maßnahme
measure-what = Was schützt die Daten?
measure-name-hint = Zum Beispiel „Zugriffsrechte“ oder „Verschlüsselte Sicherung“.
measure-description = Worin sie besteht, oder wo es beschrieben ist
measure-remove = Maßnahme entfernen …
goods = Warengruppen
consent-texts = Einwilligungstexte, die gelten
register-organisation = Angaben zur Organisation
register-organisation-edit = Anschrift, Vertretung, Datenschutzbeauftragte, Aufsicht
register-text = Als Text bearbeiten
register-text-lead = Das ganze Verzeichnis in einem Text, für alle, die wissen, was sie schreiben. Auch hier sehen Sie vor dem Speichern, was sich bewegt.
register-text-label = Verzeichnis (TOML)
register-text-gaps = Lücken und die Schlüssel, mit denen sie sich schließen lassen
faults = { $n ->
    [one] Der Text hat 1 Fehler:
   *[other] Der Text hat { $count } Fehler:
}
proposals-lead = Womit möchten Sie beginnen? Ein Vorschlag ist ausgefüllt, Sie passen ihn nur an.
proposal-empty = Leere Tätigkeit
proposal-empty-about = Alles selbst eintragen.
proposal-there = gibt es schon
entry-needs-name = Geben Sie einen Namen ein.
entry-in-use = Wird noch gebraucht von: { $by }. Nehmen Sie es dort zuerst heraus.
form-wrong = Bitte prüfen Sie diese Eingaben; alles andere ist noch da:
activity-needs-kind = Wählen Sie die Art des Zwecks.
activity-retention-wrong = Eine Aufbewahrungsregel braucht Beginn, Zahl und Einheit, zum Beispiel 3 Jahre ab Vertragsende.
day-wrong = Das ist kein Tag; schreiben Sie ihn wie 2026-11-24.
country-wrong = Geben Sie das Land als zwei Buchstaben an, zum Beispiel DE oder US.
number-wrong = Geben Sie eine Zahl ein.
activity-what = Was und wozu
activity-name = Name der Tätigkeit
activity-purpose = Zweck in Ihren Worten
activity-purpose-hint = Ein Satz, den eine betroffene Person versteht.
activity-kind = Art des Zwecks
activity-kind-hint = Danach richtet sich, ob es rechtlich Werbung ist.
activity-basis = Rechtsgrundlage (Art. 6 Abs. 1 DSGVO)
activity-role = Ihre Rolle
activity-principal = Im Auftrag von
activity-principal-hint = Nur als Auftragsverarbeiter.
activity-whose = Wessen Daten und welche
one-per-line = Je Zeile ein Eintrag.
activity-sources = Woher die Daten kommen
activity-special = Besondere Kategorien (Gesundheit, Religion, …)
activity-special-data = Welche
activity-special-ground = Was sie erlaubt (Art. 9 Abs. 2 DSGVO)
activity-how = Womit und mit wem
activity-channels = Kanäle und Nutzungen
activity-channels-hint = Was Sie nicht ankreuzen, lehnt Leitplanke für diesen Zweck ab.
activity-goods = Beworbene Warengruppe (Bestandskunden, § 7 Abs. 3 UWG)
activity-circumstances = Umstände, die vor einem Anruf festgehalten werden
activity-circumstances-hint = Nur für Anrufe bei Unternehmen ohne Einwilligung (§ 7 Abs. 2 Nr. 1 UWG).
activity-individual = Jede Nachricht wird einzeln an eine Person geschrieben
activity-function = Das Angebot betrifft die berufliche Funktion der Empfänger
activity-notice = Datenschutzhinweis, falls ein eigener
activity-notice-hint = Adresse im Web; leer: der Hinweis der Organisation gilt.
activity-wording = Wortlaut der Einwilligung
activity-wording-hint = Nur bei Rechtsgrundlage Einwilligung. Ein geänderter Wortlaut wird eine neue Fassung; die alte bleibt als Nachweis.
activity-wording-de = Deutsch
activity-wording-en = Englisch
balancing = Interessenabwägung in drei Schritten (Art. 6 Abs. 1 lit. f DSGVO)
balancing-hint = Nur bei Rechtsgrundlage berechtigte Interessen. Kreuzen Sie Argumente an, die wirklich zutreffen; sie werden beim Prüfen angefügt.
balancing-interest = Welches berechtigte Interesse verfolgen Sie?
balancing-interest-hint = Rechtmäßig, klar benannt, wirklich und gegenwärtig.
balancing-necessity = Warum ist die Verarbeitung dafür nötig?
balancing-necessity-hint = Warum kein milderes Mittel ebenso gut geht.
balancing-weighing = Warum überwiegen die Interessen der Personen nicht?
balancing-weighing-hint = Womit rechnen sie, was bedeutet es für sie, was mildert es?
balancing-arguments = Argumente, die oft zutreffen
balancing-decided-on = Entschieden am
balancing-decided-by = Entschieden von
balancing-decided-by-hint = Die Stelle, zum Beispiel „Geschäftsleitung“.
retention-rule = Regel { $n }
retention-covers = Für welche Daten
retention-count = Wie lange
retention-unit = Einheit
retention-start = Ab
retention-year-end = beginnt erst am Jahresende
retention-documents = Aufbewahrungspflicht nach § 257 HGB, § 147 AO
retention-provision = Gesetz, falls eines dazu zwingt
retention-action = Dann
recipient-new = Neuer Empfänger
recipient-remove = Empfänger entfernen …
recipient-who = Wer bekommt die Daten
recipient-name = Firma
recipient-service = Was sie tut
recipient-service-hint = Zum Beispiel „Versand von E-Mails“.
recipient-role = Rolle
recipient-country = Land, in das die Daten gehen
recipient-country-hint = Zwei Buchstaben, zum Beispiel DE oder US. Fernzugriff zählt.
recipient-contract = Vertrag (Art. 28 oder 26 DSGVO)
recipient-signed = Unterschrieben am
recipient-covers = Der Vertrag regelt (Art. 28 Abs. 3 DSGVO)
recipient-essence = Das Wesentliche der Vereinbarung ist veröffentlicht (Art. 26 Abs. 2 DSGVO)
recipient-transfer = Übermittlung in ein Drittland
recipient-transfer-basis = Worauf sie beruht
recipient-assessed = Zuletzt geprüft am
recipient-assessed-hint = Transfer-Folgenabschätzung, oder der Blick auf Liste und Beschluss.
recipient-reference = Wo das Dokument liegt
organisation-who = Wer Sie sind
organisation-form = Rechtsform
organisation-email = E-Mail für Datenschutzfragen
organisation-notice = Datenschutzhinweis im Web
organisation-imprint = Impressum im Web
organisation-staff = Beschäftigte
organisation-staff-data = Davon ständig mit personenbezogenen Daten am Rechner
organisation-staff-data-hint = Ab 20 Personen brauchen Sie Datenschutzbeauftragte (§ 38 Abs. 1 BDSG).
organisation-representative = Vertretung der Organisation
street = Straße und Hausnummer
postcode = Postleitzahl
city = Ort
phone = Telefon
dpo-reported = Der Aufsicht gemeldet am
authority = Aufsichtsbehörde
authority-website = Website
preview = Prüfen, was sich bewegt
preview-hint = Gespeichert wird erst im nächsten Schritt.
blast = Was diese Änderung bewegt
blast-lead = Noch ist nichts gespeichert. Mit dem Speichern gilt alles zusammen als neue Fassung.
blast-nothing = Diese Eingaben ändern nichts.
blast-contacts = Wen es betrifft
blast-asked = Gefragte Kontakte: { $count }.
blast-no-moves = Für niemanden ändert sich, ob er angesprochen werden darf.
blast-moved = erlaubt: jetzt { $before }, dann { $after }
blast-won = { $n ->
    [one] 1 kommt hinzu
   *[other] { $count } kommen hinzu
}
blast-lost = { $n ->
    [one] 1 fällt weg
   *[other] { $count } fallen weg
}
blast-opened = Neue Lücken
blast-closed = Geschlossene Lücken
blast-changes = Änderungen im Verzeichnis
blast-changes-hint = Aus dem Verzeichnis folgen das Verzeichnis nach Art. 30, die Einwilligungstexte, die Aufbewahrung und alle Antworten darauf, wer angesprochen werden darf.
blast-save = Speichern und in Kraft setzen
blast-discard = Verwerfen und zum Verzeichnis
blast-back = Zum Weiterbearbeiten gehen Sie im Browser einen Schritt zurück; Ihre Eingaben sind noch da.
change-old = bisher:
change-new = neu:
conflict = Jemand war schneller
conflict-lead = Inzwischen hat { $who } eine neue Fassung gespeichert. Nichts wurde überschrieben, Ihre Änderung ist noch nicht gespeichert.
conflict-theirs = Was inzwischen geändert wurde
conflict-yours = Ihr Stand
conflict-how = Übernehmen Sie die fremden Änderungen in Ihren Text, oder verwerfen Sie Ihren Stand und ändern Sie noch einmal.
conflict-compare = Meinen Stand mit der neuen Fassung vergleichen
conflict-theirs-keep = Meinen Stand verwerfen
record = Verzeichnis nach Art. 30 DSGVO
record-controller = Als Verantwortlicher (Art. 30 Abs. 1 DSGVO)
record-processor = Als Auftragsverarbeiter (Art. 30 Abs. 2 DSGVO)
record-to-controller = Verzeichnis als Verantwortlicher
record-to-processor = Verzeichnis als Auftragsverarbeiter
record-print = Zum Drucken oder Speichern als PDF nutzen Sie die Druckfunktion des Browsers.
record-organisation = Organisation
record-missing = fehlt noch
record-no-officer = nicht benannt
record-no-processing = Es ist keine Tätigkeit eingetragen, die Sie im Auftrag anderer ausüben.
record-others = { $n ->
    [one] 1 weitere Tätigkeit steht im anderen Verzeichnis.
   *[other] { $count } weitere Tätigkeiten stehen im anderen Verzeichnis.
}
record-principal = Auftraggeber
record-categories = Kategorien von Verarbeitungen
record-purpose = Zweck
record-subjects = Betroffene Personen
record-data = Daten
record-recipients = Empfänger
record-transfers = Drittländer und Garantien
record-limits = Löschfristen
record-measures = Technische und organisatorische Maßnahmen
record-basis = Rechtsgrundlage
basis-none = noch keine Rechtsgrundlage
basis-consent = Einwilligung (Art. 6 Abs. 1 lit. a DSGVO)
basis-contract = Vertrag (Art. 6 Abs. 1 lit. b DSGVO)
basis-legal-obligation = Rechtliche Verpflichtung (Art. 6 Abs. 1 lit. c DSGVO)
basis-vital-interests = Lebenswichtige Interessen (Art. 6 Abs. 1 lit. d DSGVO)
basis-public-task = Öffentliche Aufgabe (Art. 6 Abs. 1 lit. e DSGVO)
basis-legitimate-interests = Berechtigte Interessen (Art. 6 Abs. 1 lit. f DSGVO)
purpose-direct-marketing = Werbung: Newsletter, Angebote, Einladungen, Akquise
purpose-satisfaction-survey = Zufriedenheitsumfrage (gilt als Werbung)
purpose-recommendation = Empfehlung an Dritte (gilt als Werbung)
purpose-auto-reply-advertising = Werbung in automatischen Antworten
purpose-inbox-advertising = Werbung im Posteingang
purpose-purchase-request = Einkaufs- oder Kooperationsanfrage (gilt als Werbung)
purpose-enquiry = Anfrage beantworten
purpose-contract-performance = Vertrag anbahnen und erfüllen
purpose-service-message = Nachrichten, die der laufende Dienst braucht
purpose-security-notice = Warnung vor Mangel, Rückruf oder Angriff
purpose-legal-obligation = Gesetzliche Pflicht erfüllen
purpose-opt-in-confirmation = Bestätigung im Double-Opt-in
purpose-suppression-list = Sperrliste führen
purpose-recruiting = Bewerberauswahl
purpose-employment = Beschäftigung durchführen
purpose-statistics = Statistik ohne Ansprache

## What follows from a change, and the difference of two versions.

entry-activity = Tätigkeit
entry-recipient = Empfänger
entry-wording = Wortlaut einer Einwilligung
entry-goods = Warengruppe
entry-similarity = Ähnlichkeit von Waren
entry-new = neu
entry-gone = entfällt
organisation-union-representative = Vertreter in der Union
goods-sold = Gekaufte Ware
goods-advertised = Beworbene Ware
goods-similar = Ähnlich
follow-notices = Datenschutzhinweise neu veröffentlichen
follow-notices-about = Diese Hinweise sagen nach der Änderung nicht mehr, was stimmt.
follow-notice-at = Veröffentlicht unter: { $address }
follow-further-purpose = Sollen vorhandene Daten für den neuen Zweck genutzt werden, informieren Sie die Personen vorher (Art. 13 Abs. 3, Art. 14 Abs. 4 DSGVO).
follow-wordings = Einwilligungstexte
follow-wordings-about = Einwilligungen, die schon erteilt sind, bleiben bei dem Wortlaut, der damals galt.
follow-wording-versions = { $kind }: { $from } → { $to }
follow-wording-rewritten = Legen Sie lieber eine neue Fassung an: Der Wortlaut, in den Personen eingewilligt haben, ist der Nachweis (Art. 7 Abs. 1 DSGVO).
follow-retention = Löschfristen
follow-retention-about = Diese Fristen gelten ab dem Speichern, auch für vorhandene Daten.
follow-rule-old = bisher: { $rule }
follow-rule-new = dann: { $rule }
follow-rule-none = keine Frist
follow-rule-shorter = Kürzer als bisher: Ältere Daten sind damit sofort fällig.
follow-contracts = Verträge
follow-contracts-about = Was mit Empfängern zu regeln ist, bevor die Änderung gelebt wird.
follow-because = Betrifft: { $names }
follow-assessments = Folgenabschätzung: Schwellwertprüfung wiederholen
follow-assessments-about = Wie viele Personen betroffen sind und welche Technik eingesetzt wird, steht nicht im Verzeichnis; das wägt ein Mensch.
follow-check-again = { $triggers } ({ $duty }, { $review })
follow-criteria = Aus dem Verzeichnis erfüllt: { $criteria }. { $reason }
follow-assess = Vor Beginn eine Datenschutz-Folgenabschätzung machen.

## Goods classes and what is similar.

goods-how = Warengruppen und was einander ähnlich ist (§ 7 Abs. 3 Nr. 2 UWG)
goods-lead = Bestandskunden dürfen Sie ohne Einwilligung per E-Mail nur für eigene ähnliche Waren oder Dienstleistungen werben (§ 7 Abs. 3 Nr. 2 UWG). Was ähnlich ist, entscheidet hier einmal ein Mensch; danach richtet sich jede Antwort.
goods-none = Noch ist keine Warengruppe eingetragen. Beginnen Sie mit dem, was Sie verkaufen.
goods-class = Warengruppe
goods-name-hint = Zum Beispiel „Fräsmaschinen“ oder „Schulungen“.
goods-remove = Warengruppe entfernen …
goods-remove-hint = Mit ihr gehen die Entscheidungen über sie. Verkäufe dieser Warengruppe, die schon erfasst sind, tragen dann keine Werbung mehr.
goods-pairs = Was ist einander ähnlich?
goods-pairs-about = Gekauft → beworben. Ohne Entscheidung lehnt Leitplanke die Werbung ab. Dieselbe Warengruppe gilt als ähnlich.
goods-is-similar = ähnlich
goods-not-similar = nicht ähnlich
goods-undecided = noch nicht entschieden
goods-pair-lead = Wer „{ $sold }“ gekauft hat: Ist für diese Person „{ $advertised }“ eine ähnliche Ware oder Dienstleistung?
goods-pair-hint = Ähnlich ist, was demselben Gebrauch oder Bedarf dient, zum Beispiel Zubehör oder Ersatzteile. Im Zweifel: nicht ähnlich.
goods-decision = Entscheidung
goods-why = Warum
