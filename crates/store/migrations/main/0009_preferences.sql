-- When an objection ends: the person took it back, or it was a pause from the start.
ALTER TABLE objection ADD COLUMN lifted_on {int};

-- Links that open a person's own data once, the short visits that they begin, and new addresses
-- that wait for confirmation. Only the token's hash is kept.
CREATE TABLE own_link (
    token_hash {blob} NOT NULL PRIMARY KEY,
    org        {blob} NOT NULL,
    contact    {blob} NOT NULL,
    purpose    {int}  NOT NULL,
    sealed     {blob},
    created_at {int}  NOT NULL,
    expires_at {int}  NOT NULL,
    used_at    {int},
    FOREIGN KEY (org, contact) REFERENCES contact (org, id)
) {rows};
CREATE INDEX own_link_of_contact ON own_link (org, contact, created_at);

-- What people ask for under GDPR Art. 15 and 17, until it is answered.
CREATE TABLE request (
    org         {blob} NOT NULL,
    id          {blob} NOT NULL,
    contact     {blob} NOT NULL,
    kind        {int}  NOT NULL,
    asked_on    {int}  NOT NULL,
    due_on      {int}  NOT NULL,
    answered_on {int},
    entry_seq   {int}  NOT NULL,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, contact) REFERENCES contact (org, id)
) {rows};
CREATE INDEX request_of_contact ON request (org, contact);
CREATE INDEX request_open ON request (org, due_on) WHERE answered_on IS NULL;
