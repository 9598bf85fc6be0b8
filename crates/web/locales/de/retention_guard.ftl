## What keeps data although they are to go, and who lets them go.

lift-erasure-waits = Die Löschung dieser Person ist vorgemerkt. Bis sie ausgeführt ist, bleiben die Daten eingeschränkt (Art. 17, Art. 18 DSGVO).
erasure-waits-note = Löschung vorgemerkt: Die Daten sind eingeschränkt, bis die Aufbewahrungspflicht endet.
erase-waits = Bis { $day } steht eine Aufbewahrungspflicht entgegen ({ $why }). Bis dahin werden die Daten eingeschränkt und die Adressen gesperrt; danach werden sie von selbst gelöscht (Art. 17 Abs. 3, Art. 18 DSGVO).
retention-state-stopped = angehalten
retention-asked = { $who } hat beantragt: { $what }. Bis eine zweite Person das bestätigt, bleibt es beim Vier-Augen-Prinzip.
retention-release-confirm = Lockerung bestätigen
retention-fault-lift = Geben Sie einen Grund mit höchstens 500 Zeichen an.
retention-fault-second-sets = Bestätigen muss eine andere Person als die, die es beantragt hat.
retention-fault-release-moved = Der Antrag wurde inzwischen geändert oder erledigt.
retention-left-fault = Nicht lesbar oder nicht löschbar; lassen Sie das Protokoll prüfen
retention-run-who = Wer gelöscht wird
retention-run-who-about = Diese Kontakte warten in diesem Löschlauf. Genannt ist die Regel, nach der sie gehen.
retention-unreadable = Daten nicht lesbar
retention-stop-about = Wenn Sie den Löschlauf anhalten, bleiben alle Kontakte, die noch nicht an der Reihe waren. Was gelöscht ist, bleibt gelöscht.
retention-stop = Löschlauf anhalten
hold-call-consent = Nachweis der Einwilligung in Werbeanrufe: fünf Jahre ab der Einwilligung und ab jeder Verwendung. Diese Pflicht lässt sich nicht aufheben.
hold-lift-title = Aufbewahrungspflicht aufheben?
hold-lift-erases = Die Person hat die Löschung verlangt. Steht nichts anderes entgegen, werden ihre Daten innerhalb weniger Minuten endgültig gelöscht. Das lässt sich nicht zurücknehmen.
hold-lift-frees = Sind die Daten nach den Fristen fällig, kann der nächste Löschlauf sie löschen.
hold-lift-hint = Ohne Namen, zum Beispiel: Betriebsprüfung abgeschlossen
hold-lift-do = Aufheben
toast-retention-asked = Beantragt. Eine zweite Person muss das bestätigen.
kind-retention-release-asked = Lockerung der Freigabe beantragt
kind-retention-stopped = Löschlauf angehalten
