## Sicherungen: auf der Seite zum Zustand und im Protokoll.
health-backup = Letzte Sicherung
health-backup-none = noch keine
health-backup-old = älter als zwei Tage
health-drill = Letzte Wiederherstellung zur Probe
health-drill-none = noch keine
health-drill-old = älter als 90 Tage
health-drill-failed = fehlgeschlagen; das Protokoll nennt den Grund
kind-backup-made = Sicherung erstellt
kind-backup-restored = Aus einer Sicherung wiederhergestellt
kind-backup-drilled = Sicherung zur Probe wiederhergestellt
kind-backup-drill-failed = Wiederherstellung zur Probe fehlgeschlagen
