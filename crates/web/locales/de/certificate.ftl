## Die Bescheinigung über eine Löschung.

certificate-title = Bescheinigung über die Löschung
certificate-about = Ein Schreiben, das sagt, was gelöscht wurde, wann, weshalb und was bleibt. Es nennt die Person nicht; der Beleg dazu lässt sich mit dem öffentlichen Schlüssel allein prüfen.
certificate-pdf = Bescheinigung (PDF)
certificate-receipt = Beleg zum Prüfen (JSON)
certificate-what = Vorgang
certificate-done = Daten einer Person endgültig gelöscht
certificate-again = Löschung nach dem Zurückspielen einer älteren Sicherung wiederholt
certificate-waits = Daten eingeschränkt, Löschung vorgemerkt
certificate-when = Zeitpunkt
certificate-until = Aufzubewahren bis
certificate-why = Anlass
certificate-asked = Verlangen der Person oder Entscheidung des Verantwortlichen
certificate-merged = Der Kontakt war mit einem anderen zusammengeführt, der gelöscht wurde.
certificate-period = Frist der Tätigkeit „{ $activity }“ abgelaufen
certificate-no-activity = Keine Tätigkeit des Verzeichnisses brauchte die Daten.
certificate-anonymised = Zahlen, die zu niemandem mehr führen, bleiben in der Statistik.
certificate-provision = Rechtsgrundlage
certificate-due-on = Fällig am
certificate-requested-on = Verlangt am
certificate-by = Ausgeführt von
certificate-former-member = ein früheres Mitglied
certificate-elsewhere = ein anderes Programm
certificate-identifier = Kennung des Kontakts
certificate-pseudonym = Pseudonym im Protokoll
certificate-suppressed = { $n ->
    [one] Der Prüfwert einer Adresse oder Nummer: Er sperrt sie, damit keine spätere Liste die Person zurückbringt (Art. 17 Abs. 3 lit. b, Art. 21 Abs. 3 DSGVO). Aus ihm lässt sich die Adresse nicht lesen.
   *[other] Die Prüfwerte von { $count } Adressen und Nummern: Sie sperren diese, damit keine spätere Liste die Person zurückbringt (Art. 17 Abs. 3 lit. b, Art. 21 Abs. 3 DSGVO). Aus ihnen lassen sich die Adressen nicht lesen.
}
certificate-entry = Nummer des Nachweises
certificate-place = Platz im Protokoll
certificate-place-of = { $place }, von 0 gezählt; die Signatur umfasst { $size } Einträge
certificate-merged-entries = Nachweise zu Kontakten, die mit diesem zusammengeführt waren
