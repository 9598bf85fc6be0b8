-- When a contact was last told of changed purposes (GDPR Art. 13(3), 14(4)); informed_on stays the day
-- of the first information.
ALTER TABLE contact ADD COLUMN told_at {int};

-- Calls to contacts, with what the gate said before each.
CREATE TABLE call (
    org       {blob} NOT NULL REFERENCES organisation (id),
    id        {blob} NOT NULL,
    contact   {blob} NOT NULL,
    activity  {text} NOT NULL,
    called_at {int}  NOT NULL,
    called_by {text} NOT NULL,
    outcome   {int},
    entry_seq {int}  NOT NULL,
    PRIMARY KEY (org, id)
) {rows};
CREATE INDEX call_of_contact ON call (org, contact, id);

-- Contacts who came by a form, and how far they have come since: what is counted of them, until they go.
CREATE TABLE lead (
    org      {blob} NOT NULL REFERENCES organisation (id),
    id       {blob} NOT NULL,
    contact  {blob} NOT NULL,
    form     {text} NOT NULL,
    source   {text} NOT NULL,
    basis    {text} NOT NULL,
    furthest {int}  NOT NULL,
    PRIMARY KEY (org, id)
) {rows};
CREATE INDEX lead_of_contact ON lead (org, contact, id);
