-- The journal that is kept outside of the database finds an erasure by the entry that proves it.
CREATE INDEX erasure_of_entry ON erasure (org, entry_seq);
