-- Finds the contacts of a company by the keyed hash of its name, the legal form included; `stem` is
-- the hash of the name without it. No name stands here. Rows go when the contact is erased.
CREATE TABLE company (
    org     {blob} NOT NULL,
    id      {blob} NOT NULL,
    stem    {blob} NOT NULL,
    contact {blob} NOT NULL,
    PRIMARY KEY (org, id, contact)
) {packed};
CREATE INDEX company_of_contact ON company (org, contact);
CREATE INDEX company_of_stem ON company (org, stem, id);

-- A contact that was the same person as another one: what was known of it stands with that one. The
-- row and its key stay, since they prove what happened before.
ALTER TABLE contact ADD COLUMN merged_into {blob};
CREATE INDEX contact_merged ON contact (org, merged_into) WHERE merged_into IS NOT NULL;
