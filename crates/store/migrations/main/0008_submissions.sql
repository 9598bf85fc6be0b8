-- What people sent by a lead form and have not confirmed yet, sealed under a key of its own; once it
-- is confirmed the row says only that, and for which contact.
CREATE TABLE submission (
    org          {blob} NOT NULL REFERENCES organisation (id),
    id           {blob} NOT NULL,
    form         {text} NOT NULL,
    version      {int}  NOT NULL,
    address      {blob} NOT NULL,
    token        {blob} NOT NULL,
    sealed       {blob},
    submitted_at {int}  NOT NULL,
    expires_at   {int}  NOT NULL,
    confirmed_at {int},
    contact      {blob},
    entry_seq    {int}  NOT NULL,
    PRIMARY KEY (org, id)
) {rows};
CREATE UNIQUE INDEX submission_by_token ON submission (token);
CREATE INDEX submission_by_address ON submission (org, address, submitted_at);
CREATE INDEX submission_by_time ON submission (org, submitted_at, id);
CREATE INDEX submission_by_expiry ON submission (expires_at);
CREATE INDEX submission_of_contact ON submission (org, contact);

-- Forms that were shown and sent: each can be sent once. Rows go when the form could not be sent any
-- more.
CREATE TABLE sent_form (
    org        {blob} NOT NULL REFERENCES organisation (id),
    nonce      {blob} NOT NULL,
    expires_at {int}  NOT NULL,
    PRIMARY KEY (org, nonce)
) {packed};
