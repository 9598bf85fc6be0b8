-- Finds contacts by the words of their names, companies and towns: keyed hashes of the words and of
-- their beginnings. Rows go when the contact is erased.
CREATE TABLE word (
    org     {blob} NOT NULL,
    hash    {blob} NOT NULL,
    contact {blob} NOT NULL,
    PRIMARY KEY (org, hash, contact)
) {packed};
CREATE INDEX word_of_contact ON word (org, contact);

CREATE INDEX evidence_of_kind ON evidence_entry (org, kind, seq);
CREATE INDEX evidence_by_time ON evidence_entry (org, at);
