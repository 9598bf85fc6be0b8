-- What people ask for under GDPR Art. 15 to 22, from receipt to the answer. Who is not known yet has no
-- contact: then `sealed` is under a key of the request's own. `address` is the keyed hash of the mailbox
-- that asked, `token` that of the link by which its holder confirms. Rows from before came from a
-- person's own page.
CREATE TABLE request_whole (
    org            {blob} NOT NULL,
    id             {blob} NOT NULL,
    contact        {blob},
    kind           {int}  NOT NULL,
    asked_on       {int}  NOT NULL,
    due_on         {int}  NOT NULL,
    answered_on    {int},
    entry_seq      {int}  NOT NULL,
    intake         {int}  NOT NULL,
    identity       {int}  NOT NULL,
    extended_until {int},
    assigned_to    {blob},
    outcome        {int},
    sealed         {blob},
    address        {blob},
    token          {blob},
    reminded       {int}  NOT NULL,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, contact) REFERENCES contact (org, id)
) {rows};
INSERT INTO request_whole
    SELECT org, id, contact, kind, asked_on, due_on, answered_on, entry_seq,
           1, 2, NULL, NULL, NULL, NULL, NULL, NULL, 0
    FROM request;
DROP TABLE request;
ALTER TABLE request_whole RENAME TO request;
CREATE INDEX request_of_contact ON request (org, contact);
CREATE INDEX request_of_address ON request (org, address);
CREATE INDEX request_of_token ON request (token);
CREATE INDEX request_open ON request (org, due_on) WHERE answered_on IS NULL;
CREATE INDEX request_closed ON request (org, answered_on, id) WHERE answered_on IS NOT NULL;

-- Links by which an account's calendar reads the deadlines; they hold nothing of anybody.
CREATE TABLE request_calendar (
    token_hash {blob} NOT NULL PRIMARY KEY,
    org        {blob} NOT NULL,
    account    {blob} NOT NULL,
    created_at {int}  NOT NULL
) {rows};
CREATE UNIQUE INDEX request_calendar_of_account ON request_calendar (org, account);
