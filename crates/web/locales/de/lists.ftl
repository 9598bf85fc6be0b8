## Lists: for calls and letters, and of those who must not be advertised to.

list-who = Wer
list-number = Telefon
list-address = Anschrift
list-salutation = Anrede
list-basis = Warum es erlaubt ist
list-circumstance = Notierter Umstand
list-opening = So beginnt das Gespräch
list-about = Kampagne „{ $campaign }“. Diese Liste gilt nur am { $day }.
list-calls-note = Fragen Sie vor jedem Anruf noch einmal nach: Öffnen Sie dazu unter „Anrufe“ die Person. Wer inzwischen widersprochen hat, darf nicht mehr angerufen werden.
list-letters-note = Jeder Brief braucht die Hinweise zum Widerspruch und, beim ersten Kontakt, zur Herkunft der Daten (Art. 14 und 21 Abs. 4 DSGVO). Fertig eingefügt sind sie in den Briefen als PDF und in der Tabelle (CSV), in dieser Liste nicht.
list-left-out = Nicht auf der Liste, weil heute nicht erlaubt, nicht erreichbar oder noch eine Pflicht offen: { $people }

campaign-do-letters = Briefe (PDF)
campaign-do-list-pdf = Liste für heute (PDF)
campaign-next-letters = Die Briefe und die Tabelle enthalten alle Hinweise, die das Gesetz verlangt. Wer darauf steht, gilt damit als angeschrieben und, wenn die Herkunft der Daten darin steht, als informiert (Art. 14 DSGVO); zurück zum Entwurf geht es dann nicht mehr. Nehmen Sie sie heraus, wenn Sie sie auch verschicken.
campaign-company-hint = So geschrieben wie bei den Kontakten, mit Rechtsform. Leer: jede Firma.
campaign-company-gone = eine Firma, die kein Kontakt mehr nennt
campaign-for-company = Kampagne für diese Firma
campaign-fault-company = Diese Firma nennt kein Kontakt. Schreiben Sie sie so wie in der Liste der Unternehmen.
campaign-fault-too-many = Ein PDF gibt es für höchstens 500 Personen. Nehmen Sie die Tabelle (CSV), zum Beispiel für eine Druckerei, oder engen Sie die Kampagne ein.

blocked-in-force = Listen in Kraft
blocked-none = Es ist noch keine Liste aufgenommen.
blocked-as-of = Stand { $day }
blocked-holds = { $addresses }, { $numbers }.
blocked-taken = Aufgenommen { $time } von { $who }
blocked-name = Name der Liste
blocked-name-hint = Eine Liste mit demselben Namen wird durch die neue ersetzt.
blocked-name-wrong = Geben Sie der Liste einen Namen mit höchstens 100 Zeichen.
blocked-kind-hint = Einer Robinsonliste geht vor, wer Ihnen später selbst eingewilligt hat. Die eigene Sperrliste und die ECG-Liste gelten in jedem Fall.
blocked-conflict = Gerade hat jemand eine Liste mit diesem Namen aufgenommen. Sehen Sie nach, ob Ihre noch nötig ist.
blocked-renewed = Die bisherige Liste dieses Namens ist ersetzt. Gesperrt: { $addresses }, { $numbers }.
blocked-remove = Entfernen …
blocked-remove-title = Sperrliste entfernen
blocked-remove-about = Widersprüche und Löschungen von Personen bleiben, auch wenn dieselbe Adresse auf der Liste steht. Dass die Liste entfernt wurde, bleibt als Nachweis.
blocked-remove-do = Liste entfernen
blocked-on-it = Auf der Liste
blocked-frees = Danach nicht mehr gesperrt
blocked-frees-count = { $entries }, betroffen: { $contacts }
toast-block-list-removed = Die Sperrliste ist entfernt.
mail-why-same-mailbox = Dasselbe Postfach: Eine andere Person, die es mitbenutzt, hat die Nachricht schon bekommen.
kind-block-list-taken = Sperrliste aufgenommen
kind-block-list-removed = Sperrliste entfernt
kind-consent-used = Einwilligung genutzt
kind-key-ended = Schlüssel eines Formulars oder einer Mitteilung gelöscht
blocked-addresses = { $n ->
    [one] 1 E-Mail-Adresse
   *[other] { $count } E-Mail-Adressen
}
blocked-numbers = { $n ->
    [one] 1 Telefonnummer
   *[other] { $count } Telefonnummern
}
blocked-entries = { $n ->
    [one] 1 Adresse oder Nummer
   *[other] { $count } Adressen und Nummern
}
blocked-contacts = { $n ->
    [one] 1 Kontakt
   *[other] { $count } Kontakte
}
blocked-other-kind = Die Liste dieses Namens ist von anderer Art. Geben Sie der neuen einen anderen Namen.
blocked-older = Die Liste dieses Namens hat den späteren Stand { $day }. Nehmen Sie eine neuere auf oder geben Sie dieser einen anderen Namen.
blocked-replace-asks = Auf der neuen Liste fehlt, was bisher nur auf der Liste dieses Namens stand. Es wäre nicht mehr gesperrt. Noch ist nichts geändert: Stimmen Sie unten zu und wählen Sie die Datei noch einmal.
blocked-replace-agree = Das soll nicht mehr gesperrt sein.
