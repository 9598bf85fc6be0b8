## Datenqualität: was falsch oder veraltet sein kann.
quality-title = Datenqualität
quality-lead = Personenbezogene Daten müssen sachlich richtig und erforderlichenfalls auf dem neuesten Stand sein (Art. 5 Abs. 1 lit. d DSGVO). Hier sehen Sie, welche Kontakte Sie prüfen sollten.
quality-contacts = { $n ->
    [one] Ein Kontakt ist erfasst. Er kann in mehreren Zeilen zählen.
   *[other] { $count } Kontakte sind erfasst. Ein Kontakt kann in mehreren Zeilen zählen.
}
quality-what = Was auffällt
quality-count = Anzahl
quality-came-back = E-Mails kommen zurück
quality-came-back-advice = Das Postfach gibt es nicht mehr. Berichtigen Sie die Adresse, oder löschen Sie den Kontakt.
quality-wrong-number = Falsche Nummer
quality-wrong-number-advice = Am Telefon meldete sich jemand anderes, und seitdem wurde nichts geändert.
quality-no-address = Weder Adresse noch Nummer
quality-no-address-advice = Diese Personen sind nicht erreichbar. Prüfen Sie, ob Sie die Daten noch brauchen.
quality-one-year = Seit über einem Jahr unverändert
quality-one-year-advice = Die Daten können veraltet sein.
quality-two-years = Seit über zwei Jahren unverändert
quality-two-years-advice = Die Daten sind wahrscheinlich zum Teil veraltet. Prüfen Sie auch, ob Sie sie noch brauchen.
quality-shared = Mehrfach vergebene Angaben
quality-shared-advice = E-Mail-Adressen, Nummern oder Anschriften, die mehrere Kontakte haben: Vielleicht ist es dieselbe Person.
quality-since = erfasst am { $day }
quality-nobody = Hier steht niemand (mehr).
quality-back = Zur Übersicht
