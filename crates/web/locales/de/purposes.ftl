## Purposes that changed: who has to be told or asked.

purposes-title = Geänderte Zwecke
purposes-lead = Wessen Daten für einen anderen Zweck erhoben wurden, muss vom neuen erfahren, bevor Sie die Daten dafür verwenden (Art. 13 Abs. 3, Art. 14 Abs. 4 DSGVO). Eine Einwilligung gilt nur für den Zweck, für den sie gegeben wurde. Bis dahin antwortet Leitplanke mit Nein.
purposes-none = Kein Zweck wurde geändert, von dem jemand noch nichts weiß.
purposes-unsaid = (nicht genannt)
purposes-before = Bisher
purposes-now = Jetzt
purposes-since = Geändert
purposes-to-tell = Noch zu informieren
purposes-to-ask = Noch zu fragen
purposes-told = Informiert
purposes-asked = Neu eingewilligt
purposes-on-its-way = davon { $count } angeschrieben, Nachricht unterwegs
purposes-without-mail = davon { $count } ohne E-Mail-Adresse, die funktioniert: per Brief informieren und beim Kontakt vermerken
purposes-tell-about = Gezählt werden die Kontakte, die Sie sonst ansprechen dürften.
purposes-ask-about = Gezählt werden die Kontakte, deren Einwilligung für den bisherigen Zweck galt. Wer nicht neu einwilligt, bleibt gesperrt; Schweigen ist keine Einwilligung.
purposes-same-about = Hat sich nur der Wortlaut geändert, sagen Sie das bei der Tätigkeit unter „Nur der Wortlaut hat sich geändert“.
purposes-letter-title = Nachricht an alle, die noch nichts wissen
purposes-letter-about = Die Nachricht darf keine Werbung enthalten. Jeder bekommt sie einmal, mit dem Link zu den eigenen Einstellungen am Ende. Als informiert gilt, wessen Mailserver sie angenommen hat.
purposes-letter-missing = Füllen Sie Betreff und Text in beiden Sprachen aus.
purposes-letter-subject-wrong = Der Betreff muss in einer Zeile stehen.
purposes-subject-de = Betreff (Deutsch)
purposes-text-de = Text (Deutsch)
purposes-subject-en = Betreff (Englisch)
purposes-text-en = Text (Englisch, für Empfänger außerhalb des deutschen Sprachraums)
purposes-send = An alle senden, die noch nichts wissen
purposes-letter-subject = { $organisation }: Ihre Daten werden für einen neuen Zweck verwendet
purposes-letter =
    Guten Tag,

    wir haben Daten von Ihnen und möchten sie für einen anderen Zweck verwenden als bisher.

    { $changes }

    Sie können der Verwendung Ihrer Daten für Werbung jederzeit widersprechen, ohne Angabe von Gründen. Auf der folgenden Seite tun Sie das mit einem Klick; dort verlangen Sie auch Auskunft, Berichtigung oder Löschung.

    { $organisation }
purposes-letter-told =
    { $name }
    Bisher: { $before }
    Künftig: { $now }
purposes-letter-asked =
    { $name }
    Bisher: { $before }
    Künftig: { $now }
    Ihre bisherige Einwilligung gilt dafür nicht. Ohne eine neue verwenden wir Ihre Daten dafür nicht.
purposes-open = Zwecke wurden geändert. Prüfen Sie, wer davon noch nichts weiß.
purposes-see = Wer informiert werden muss
activity-same-purpose = Nur der Wortlaut hat sich geändert
activity-same-purpose-why = Warum ist es derselbe Zweck?
activity-same-purpose-hint = Leer lassen, wenn sich der Zweck geändert hat: Dann müssen die Betroffenen es erst erfahren (Art. 13 Abs. 3, Art. 14 Abs. 4 DSGVO). Nach einer neuen Änderung zählt nur eine neue Begründung.
toast-told-of-purposes = Nachrichten geschrieben. Sie gehen nach und nach hinaus.
