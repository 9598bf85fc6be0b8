-- The journal that is kept outside of the database finds an erasure by the entry that proves it.
CREATE INDEX erasure_of_entry ON erasure (org, entry_seq);
-- Finds the last backup and the last drill, which the health page shows.
CREATE INDEX evidence_of_backups ON evidence_entry (org, kind, seq) WHERE kind >= 100 AND kind <= 105;
