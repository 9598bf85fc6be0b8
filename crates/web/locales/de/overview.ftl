## The way in six steps, and deadlines.

overview = Übersicht
way = Ihr Weg in sechs Schritten
step-know = Personenbezogene Daten kennen
step-purposes = Zwecke festlegen
step-secure = Absichern
step-assess = Risiken abwägen
step-inform = Informieren
step-train = Schulen
step-train-about = Wer mit Daten arbeitet, muss eingewiesen sein (Art. 32 Abs. 4, Art. 39 Abs. 1 lit. b DSGVO). Schulungen werden hier noch nicht geführt; halten Sie fest, wer wann woran teilgenommen hat.
step-done = nichts fehlt, soweit hier sichtbar
step-begun = begonnen
step-to-do = zu tun
step-more = { $n ->
    [one] und 1 weiteres
   *[other] und { $count } weitere
}
step-uninformed = { $n ->
    [one] 1 Person ist noch zu informieren
   *[other] { $count } Personen sind noch zu informieren
}
done-contacts = { $n ->
    [one] 1 Kontakt auf der Liste
   *[other] { $count } Kontakte auf der Liste
}
done-sources = { $n ->
    [one] aus 1 Art von Quelle
   *[other] aus { $count } Arten von Quellen
}
done-activities = { $n ->
    [one] 1 Tätigkeit eingetragen
   *[other] { $count } Tätigkeiten eingetragen
}
done-measures = { $n ->
    [one] 1 Maßnahme eingetragen
   *[other] { $count } Maßnahmen eingetragen
}
done-recipients = { $n ->
    [one] 1 Empfänger eingetragen
   *[other] { $count } Empfänger eingetragen
}
action-import = Liste aufnehmen
action-activity = Tätigkeit eintragen
action-measure = Maßnahme eintragen
action-mend = Nächste Lücke schließen
action-inform = Wer noch zu informieren ist
deadlines = Fristen
deadline-inform = { $n ->
    [one] 1 Person informieren
   *[other] { $count } Personen informieren
}
deadline-inform-overdue = { $n ->
    [one] 1 Person hätte informiert werden müssen
   *[other] { $count } Personen hätten informiert werden müssen
}
deadline-role = Rolle von { $name } endet
deadline-transfer = Übermittlung an { $name } wieder prüfen
deadline-adequacy = Angemessenheitsbeschluss für { $name } endet
deadline-balancing = Interessenabwägung wieder ansehen: { $name }
deadline-overdue = überfällig
to-gaps = Alle Lücken ansehen
restricted-count = { $n ->
    [one] 1 Kontakt ist eingeschränkt (Art. 18 DSGVO)
   *[other] { $count } Kontakte sind eingeschränkt (Art. 18 DSGVO)
}
