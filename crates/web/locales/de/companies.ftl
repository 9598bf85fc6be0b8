## Companies that contacts name.

contact-tabs = Kontakte und Unternehmen
companies-title = Unternehmen
companies-find = Unternehmen suchen
companies-find-hint = Anfang von Wörtern aus Firma und Ort, ab drei Buchstaben
companies-several = nur mit mindestens zwei Kontakten
companies-none = Noch kein Kontakt nennt ein Unternehmen. Nehmen Sie eine Liste mit einer Spalte „Firma“ auf.
companies-none-fits = Kein Unternehmen auf der Liste passt.
companies-not-yet = Sehr viele Einträge beginnen so; unter den zuerst durchgesehenen passt keiner. Suchen Sie weiter, oder nehmen Sie ein weiteres Wort.
companies-end = Hier endet die Liste.
company-contacts = { $n ->
    [one] 1 Kontakt
   *[other] { $count } Kontakte
}
company-alike = Gleicher Name, andere oder keine Rechtsform:
company-no-activity = Im Verzeichnis steht noch keine werbende Tätigkeit. Ohne sie darf niemand angesprochen werden.
company-sums = Wer darf angesprochen werden?
company-purpose = Zweck
company-ask = Zeigen
company-sum = { $permitted } von { $all } erlaubt
company-summed = Gezählt sind die ersten { $count } Kontakte.
company-no-address = keine Adresse
company-answers = Antwort je Kanal
company-end = Hier endet die Liste der Kontakte.
companies-more = Weitere Unternehmen

## Contacts that are one person.

duplicates-title = Mögliche Doppelte
duplicates-lead = Diese Kontakte haben etwas gemeinsam. Sehen Sie nach, bevor Sie zusammenführen: Kolleginnen und Kollegen teilen oft eine Nummer oder ein Postfach.
duplicates-by = Gemeinsam ist
duplicates-none = Keine zwei Kontakte haben eine Adresse oder Nummer gemeinsam.
duplicates-shared = Gemeinsam: { $what }
duplicates-more = { $n ->
    [one] Ein weiterer Kontakt teilt das.
   *[other] { $count } weitere Kontakte teilen das.
}
duplicates-next = Weitere Gruppen
shared-email = E-Mail-Adresse
shared-phone = Telefonnummer
shared-postal = Name und Anschrift
merge-do = Zusammenführen
merge-with = Zusammenführen mit { $name }
merge-title = Zwei Kontakte zusammenführen
merge-lead = „{ $other }“ geht in „{ $kept }“ auf. Tun Sie das nur, wenn beide dieselbe Person sind.
merge-swap = Umgekehrt zusammenführen
merge-choices = Was soll bleiben?
merge-side-kept = beim Kontakt, der bleibt
merge-side-other = beim Kontakt, der aufgeht
merge-same = Was sich nicht widerspricht
merge-only-kept = nur beim Kontakt, der bleibt
merge-only-other = nur beim Kontakt, der aufgeht
merge-kind = Angesprochen als (bestimmt, welche Regeln gelten)
merge-country = Land (bestimmt, wessen Recht gilt)
merge-united = Was zusammenkommt
merge-moves = Was mitgeht
merge-moves-nothing = Zu diesem Kontakt ist sonst nichts festgehalten.
merge-consents = { $n ->
    [one] 1 Einwilligung mit ihrem Nachweis
   *[other] { $count } Einwilligungen mit ihren Nachweisen
}
merge-objections = { $n ->
    [one] 1 Widerspruch
   *[other] { $count } Widersprüche
}
merge-sales = { $n ->
    [one] 1 Verkauf
   *[other] { $count } Verkäufe
}
merge-circumstances = { $n ->
    [one] 1 Umstand für einen Anruf
   *[other] { $count } Umstände für einen Anruf
}
merge-overrules = { $n ->
    [one] 1 Entscheidung gegen eine Ablehnung
   *[other] { $count } Entscheidungen gegen eine Ablehnung
}
merge-holds = { $n ->
    [one] 1 Aufbewahrungspflicht
   *[other] { $count } Aufbewahrungspflichten
}
merge-objected = Der Widerspruch gegen Werbung gilt für alle Adressen und Nummern beider Kontakte (Art. 21 Abs. 3 DSGVO).
merge-restricted = Die Verarbeitung bleibt eingeschränkt (Art. 18 DSGVO).
merge-listed = Der Treffer in der Sperrliste bleibt.
merge-proofs = Nachweise
merge-proofs-about = Alles, was bisher über beide im Protokoll steht, bleibt lesbar, bis die Person gelöscht wird. Die Löschung erfasst dann beide Kontakte.
merge-forever = Das lässt sich nicht rückgängig machen.
merge-conflict = Jemand anderes hat einen der beiden Kontakte inzwischen geändert. Ihre Auswahl ist noch da; prüfen Sie sie und führen Sie noch einmal zusammen.
merge-choose = Wählen Sie, als was und nach welchem Recht die Person angesprochen wird: Die beiden Kontakte widersprechen sich.
known-as = Auch geführt als
kind-contact-merged = Kontakte zusammengeführt
toast-contacts-merged = Kontakte zusammengeführt.
