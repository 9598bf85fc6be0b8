-- Answers to who asked for access, as they were released (GDPR Art. 15(3)): the three files, each sealed under
-- the contact's key, until the person has fetched them, the time is over or somebody here takes them back.
-- At most one of a contact. Of the link's token only the hash is kept.
CREATE TABLE released_answer (
    org         {blob} NOT NULL,
    id          {blob} NOT NULL,
    contact     {blob} NOT NULL,
    language    {int}  NOT NULL,
    token       {blob} UNIQUE,
    pdf         {blob} NOT NULL,
    json        {blob} NOT NULL,
    csv         {blob} NOT NULL,
    released_at {int}  NOT NULL,
    expires_at  {int}  NOT NULL,
    downloads   {int}  NOT NULL,
    PRIMARY KEY (org, id),
    UNIQUE (org, contact),
    FOREIGN KEY (org, contact) REFERENCES contact (org, id)
) {rows};
CREATE INDEX released_answer_ends ON released_answer (org, expires_at);
