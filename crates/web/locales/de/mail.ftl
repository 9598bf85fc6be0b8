## Mail to contacts: what waits, what was sent, what came back.

nav-mail = E-Mails
mail-title = E-Mails
mail-lead = Was an Ihre Kontakte geht und was daraus wurde. Keine Nachricht geht verloren, und keine geht von selbst ein zweites Mal hinaus.
mail-no-server = Es ist kein Mailserver eingerichtet. Was geschrieben wird, wartet hier, bis beim Start mit „--smtp“ einer angegeben ist.
mail-tabs = E-Mails nach Stand
mail-none = Hier gibt es nichts.
mail-newest = Zu den neuesten
mail-older = Ältere

mail-waiting = Warten
mail-waiting-about = Diese Nachrichten gehen hinaus, sobald der Mailserver sie nimmt. Ist er nicht erreichbar, wird es weiter versucht.
mail-unknown = Unklar
mail-unknown-about = Die Verbindung brach ab, bevor der Mailserver den Empfang bestätigte. Ob die Nachricht ankam, weiß niemand; darum geht sie nicht von selbst noch einmal hinaus.
mail-given-up = Aufgegeben
mail-given-up-about = Der Mailserver hat diese Nachrichten immer wieder vorläufig abgelehnt, oder sie ließen sich nicht schreiben.
mail-bounced = Zurückgekommen
mail-bounced-about = Diese Nachrichten wurden endgültig abgelehnt. Gibt es die Adresse nicht, wird sie nicht mehr angeschrieben, bis sie berichtigt ist (Art. 5 Abs. 1 lit. d DSGVO).
mail-refused = Nicht gesendet
mail-refused-about = Als diese Nachrichten an der Reihe waren, durften oder sollten sie nicht mehr hinaus.
mail-sent = Gesendet
mail-sent-about = Diese Nachrichten hat der Mailserver angenommen. Bestätigungsmails, Belege und Mitteilungen bleiben als Nachweis lesbar.

mail-purpose = Wozu
mail-contact = An
mail-about = Kontakt
mail-since = Stand vom
mail-written = Geschrieben
mail-tries = Versuche
mail-state = Stand
mail-due = Nächster Versuch: { $time }
mail-form = abgesendetes Formular
mail-request = Betroffenenanfrage
mail-fate = Was daraus wurde
mail-text = Inhalt
mail-to = An
mail-subject = Betreff
mail-files = Dateien
mail-not-kept = Der Inhalt ist hier nicht aufbewahrt. Bei Kampagnen steht er bei der Kampagne; der Nachweis hält die Prüfsumme der gesendeten Nachricht fest.
mail-hidden = [Link, nur für den Empfänger]
mail-hidden-why = Links in dieser Nachricht sind hier nicht zu sehen: Wer sie an Stelle des Empfängers öffnete, könnte für ihn bestätigen oder seine Daten sehen.

mail-again = Noch einmal versuchen
mail-again-unknown = Vielleicht ist die Nachricht schon angekommen. Versuchen Sie es noch einmal, kommt sie dann ein zweites Mal an.
mail-again-given-up = Die Nachricht kam sicher nicht an. Sie wird sofort noch einmal versucht.
mail-again-waiting = Die Nachricht wird von selbst weiter versucht. Wenn Sie wissen, dass der Mailserver wieder annimmt, versuchen Sie es gleich.
mail-again-too-late = Die Nachricht ist inzwischen gesendet oder soll nicht mehr hinaus. Unten steht, wie es jetzt ist.
toast-mail-tried-again = Die Nachricht wird gleich noch einmal versucht.

mail-state-waiting = wartet
mail-state-going = geht gerade hinaus
mail-state-sent = angenommen
mail-state-bounced = zurückgekommen
mail-state-given-up = aufgegeben
mail-state-unknown = unklar
mail-state-refused = nicht gesendet
mail-state-cancelled = abgesagt

mail-purpose-confirmation = Bitte um Bestätigung
mail-purpose-receipt = Beleg
mail-purpose-link = Link zu den eigenen Daten
mail-purpose-notice = Mitteilung
mail-purpose-campaign = Kampagne
mail-purpose-enquiry = Anfrage an Ihr Haus

mail-why-unreachable = Der Mailserver ist nicht erreichbar.
mail-why-timeout = Der Mailserver hat nicht rechtzeitig geantwortet.
mail-why-insecure = Die Verbindung zum Mailserver ist nicht sicher, oder er nimmt die Anmeldung nicht an.
mail-why-later = Der Mailserver hat vorläufig abgelehnt.
mail-why-for-good = Der Mailserver hat endgültig abgelehnt.
mail-why-came-back = Die Nachricht kam als unzustellbar zurück.
mail-why-undeliverable = Eine frühere Nachricht an diese Adresse kam zurück.
mail-why-unclear = Der Mailserver hat den Empfang nicht bestätigt.
mail-why-expired = Ihre Zeit war abgelaufen.
mail-why-gate = Das Recht erlaubte die Nachricht nicht mehr, als sie an der Reihe war.
mail-why-called-off = Die Kampagne wurde abgesagt.
mail-why-unwritable = Die Nachricht ließ sich nicht lesen oder nicht schreiben.

email-comes-back = E-Mails an diese Adresse kommen zurück. Sie wird nicht mehr angeschrieben, bis sie berichtigt ist.

kind-mail-sent = E-Mail gesendet
kind-mail-bounced = E-Mail zurückgekommen
kind-mail-unknown = Ob E-Mail ankam, ist unklar
kind-mail-refused = E-Mail nicht gesendet
kind-mail-given-up = E-Mail aufgegeben
kind-mail-tried-again = E-Mail noch einmal versucht
actor-mail = Mailversand
actor-mailbox = Postfach
