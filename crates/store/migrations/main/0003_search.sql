-- Finds contacts by the words of their names, companies and towns: keyed hashes of the words and of
-- their beginnings. Rows go when the contact is erased.
CREATE TABLE word (
    org     {blob} NOT NULL,
    hash    {blob} NOT NULL,
    contact {blob} NOT NULL,
    PRIMARY KEY (org, hash, contact)
) {packed};
CREATE INDEX word_of_contact ON word (org, contact);

CREATE INDEX contact_of_country ON contact (org, country, id);
CREATE INDEX contact_of_source ON contact (org, source_kind, id);
CREATE INDEX contact_uninformed ON contact (org, id) WHERE informed_on IS NULL;
CREATE INDEX contact_restricted ON contact (org, id) WHERE restricted_at IS NOT NULL;
CREATE INDEX evidence_of_kind ON evidence_entry (org, kind, seq);
CREATE INDEX evidence_by_time ON evidence_entry (org, at);
