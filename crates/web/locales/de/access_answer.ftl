## Die Auskunft nach Art. 15 DSGVO.

access-title = Auskunft
access-lead = Das erhält die Person auf ihren Antrag nach Art. 15 DSGVO. Sehen Sie es durch, bevor Sie es herausgeben.
access-check = Durchsehen
access-blacked = { $n ->
    [0] Keine Stelle ist geschwärzt.
    [one] Eine Stelle ist zum Schutz anderer geschwärzt (▇▇▇).
   *[other] { $count } Stellen sind zum Schutz anderer geschwärzt (▇▇▇).
}
access-gaps = { $n ->
    [one] Eine Angabe fehlt; sie ist unten markiert.
   *[other] { $count } Angaben fehlen; sie sind unten markiert.
}
access-further = Außerdem schwärzen
access-further-hint = Wörter oder Sätze, je Zeile eine Stelle, genau wie sie in Notizen und anderen freien Texten unten stehen.
access-keep = Nicht schwärzen
access-keep-hint = Wörter, die nur die Person selbst betreffen, je Zeile eines.
access-withheld = Grund, falls Sie Angaben zurückhalten
access-withheld-hint = Zum Beispiel ein Geschäftsgeheimnis (Art. 15 Abs. 4 DSGVO). Der Grund steht in der Auskunft.
access-language = Sprache der Auskunft
access-german = Deutsch
access-english = Englisch
access-look = Vorschau erneuern
access-make = Nur eine Datei erstellen
access-make-hint = Freigegeben ist sie damit nicht. Dass Sie die Datei erstellen, wird mit ihrer Prüfsumme zum Nachweis. Die Datei für Maschinen kennzeichnet, was zur Datenübertragung gehört (Art. 20 DSGVO).
access-pdf = Auskunft (PDF)
access-json = Für Maschinen (JSON)
access-csv = Für Tabellen (CSV)
access-nothing = Nichts ist gespeichert.
access-gap = Angabe fehlt
access-csv-part = Teil
access-csv-what = Vorgang
access-csv-when = Zeit
access-csv-field = Angabe
access-csv-value = Inhalt
action-access = Auskunft geben
kind-access-answer-made = Auskunft erstellt
