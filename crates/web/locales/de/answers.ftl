## Die freigegebene Auskunft: Freigabe, Link, Abruf.

release-title = Freigeben
release-hint = Freigegeben wird genau das, was unten steht. Die Person hat 14 Tage Zeit und kann bis zu fünf Mal eine Datei abrufen (PDF, JSON, CSV). Danach wird die freigegebene Auskunft gelöscht; der Nachweis bleibt.
release-mail = Freigeben und Link senden
release-hand = Freigeben und selbst übergeben
release-replace = Die bisherige Auskunft ersetzen. Ihr Link funktioniert dann nicht mehr.
release-is = Freigegebene Auskunft
release-way = Weg
release-way-mail = Link per E-Mail
release-way-hand = Übergabe durch Sie
release-fetched = Abrufe
release-close = Anfrage beantworten und abschließen
release-hand-out-hint = Brauchen Sie die Auskunft auf Papier, drucken Sie die PDF-Datei. Dass Sie sie herausgeben, wird zum Nachweis.
release-print = PDF zum Übergeben
release-revoke = Freigabe zurücknehmen
release-changed = Die Auskunft ist nicht mehr die, die Sie durchgesehen haben: Daten oder Schwärzungen haben sich geändert. Sehen Sie sie noch einmal durch und geben Sie sie dann frei.
release-in-force = Eine Auskunft ist schon freigegeben. Bestätigen Sie, dass die neue sie ersetzt.
release-no-mail = Es ist keine E-Mail-Adresse bekannt. Drucken Sie die Auskunft und übergeben oder senden Sie sie auf Papier.
release-ended = Diese Auskunft ist nicht mehr freigegeben.
answer-title = Ihre Auskunft
answer-lead = Hier erhalten Sie, was { $name } über Sie gespeichert hat (Art. 15 DSGVO).
answer-download = Herunterladen
answer-since = Freigegeben am
answer-until = Abrufbar bis
answer-left = { $n ->
    [one] Sie können noch eine Datei herunterladen.
   *[other] Sie können noch { $count } Dateien herunterladen.
}
answer-pdf = Zum Lesen (PDF)
answer-others = Das PDF ist zum Lesen gedacht. Die beiden anderen Dateien enthalten dasselbe für andere Programme (Art. 20 DSGVO). Geben Sie den Link zu dieser Seite nicht weiter.
toast-answer-released = Die Auskunft ist freigegeben.
toast-answer-revoked = Die Freigabe ist zurückgenommen.
kind-access-answer-released = Auskunft freigegeben
kind-access-answer-handed-out = Auskunft zum Übergeben ausgegeben
kind-access-answer-fetched = Auskunft von der Person abgerufen
kind-access-answer-ended = Freigabe der Auskunft beendet
