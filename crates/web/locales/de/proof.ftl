## Nachweise zu einer Person: das Paket, Belege, Dokumente.

proofs = Nachweise
documents = Dokumente
pack-about = Alles, was zu dieser Person nachweisbar ist, als Datei: Belege, Wortlaute, Dokumente und eine Zusammenfassung. Wer sie erhält, kann sie ohne Sie prüfen. Dass Sie das Paket erstellen, wird selbst zum Nachweis.
pack-do = Nachweispaket (ZIP)
consents-jsonld = Einwilligungen für Maschinen (JSON-LD, ISO/IEC TS 27560)
receipt-pdf = Beleg (PDF)
receipt-of = Beleg über die Einwilligung, Nachweis { $entry } (PDF)
kind-proof-issued = Nachweispaket erstellt
kind-document-kept = Dokument hinterlegt
merge-documents = { $n ->
    [one] ein Dokument
   *[other] { $count } Dokumente
}
attested = Auf Papier, auf einer Messe, am Telefon
attested-hint = Was hier steht, macht die Einwilligung später leichter nachweisbar. Lassen Sie weg, was nicht zutrifft.
attested-document = Dokument
attested-document-hint = Unterschriebenes Formular, Foto oder Scan als PDF, PNG oder JPEG, höchstens 10 MB. Es wird mit dem Schlüssel der Person versiegelt. Nach einer Fehlermeldung bitte neu auswählen.
attested-witness = Wer hat sie entgegengenommen?
attested-witness-hint = Name der Kollegin oder des Kollegen, die oder der es bezeugen kann.
attested-place = Ort oder Anlass
attested-place-hint = Zum Beispiel „Messe Hannover, Stand B12“.
attested-called-by = Bei einem Anruf: Wer hat angerufen?
attested-called-number = Angerufene Nummer
document-kind = Das Dokument muss ein PDF, ein PNG oder ein JPEG sein.
document-too-large = Das Dokument ist größer als 10 MB. Verkleinern Sie es, zum Beispiel als Schwarz-Weiß-Scan.
called-number-wrong = Die angerufene Nummer ist keine Telefonnummer. Schreiben Sie sie mit Vorwahl.
consent-open = Noch nicht belegt
consent-open-lead = Das ist kein Mangel, solange es zutrifft. Die Beweislast tragen Sie (Art. 7 Abs. 1 DSGVO).
paper-name = Name
paper-company = Unternehmen
paper-emails = E-Mail
paper-phones = Telefon
paper-address = Anschrift
paper-pseudonym = Kennung im Protokoll
paper-channels = Wege
paper-proof = Nachweisbar durch
paper-given-on = Erteilt am
paper-place = Ort oder Anlass
paper-witness = Entgegengenommen von
paper-called-by = Angerufen von
paper-called-number = Angerufene Nummer
paper-documents = Dokumente
paper-defects = Geprüft nach Art. 7 DSGVO
paper-no-defects = kein Mangel erkannt
paper-state = Stand
paper-given = erteilt
paper-withdrawn = widerrufen
paper-proof-lost = Nachweis entfallen
paper-withdraw-at = Den Widerruf richten Sie an { $email }.
paper-given-flawed = erteilt, mit Mängeln
paper-channels-wait = { $channels } (wartet auf Bestätigung der Nummer)
