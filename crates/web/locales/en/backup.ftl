## Backups: on the page about the installation's health and in the log.
health-backup = Last backup
health-backup-none = none yet
health-backup-old = more than two days old
health-drill = Last restore for trial
health-drill-none = none yet
health-drill-old = more than 90 days ago
health-drill-failed = failed; the log names the reason
kind-backup-made = Backup made
kind-backup-restored = Restored from a backup
kind-backup-drilled = Backup restored for trial
kind-backup-drill-failed = Restore for trial failed
