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
    kept         {blob},
    kept_until   {int},
    entry_seq    {int}  NOT NULL,
    PRIMARY KEY (org, id)
) {rows};
CREATE UNIQUE INDEX submission_by_token ON submission (token);
CREATE INDEX submission_by_address ON submission (org, address, submitted_at);
CREATE INDEX submission_by_time ON submission (org, submitted_at, id);
CREATE INDEX submission_by_expiry ON submission (expires_at);
CREATE INDEX submission_of_contact ON submission (org, contact);
CREATE INDEX submission_kept ON submission (org, kept_until);

-- Forms that were shown and sent: each can be sent once. Rows go when the form could not be sent any
-- more.
CREATE TABLE sent_form (
    org        {blob} NOT NULL REFERENCES organisation (id),
    nonce      {blob} NOT NULL,
    expires_at {int}  NOT NULL,
    PRIMARY KEY (org, nonce)
) {packed};

-- How often forms were refused in an hour, so that not every attempt becomes an evidence entry.
CREATE TABLE form_refusal (
    org    {blob} NOT NULL REFERENCES organisation (id),
    form   {text} NOT NULL,
    reason {text} NOT NULL,
    hour   {int}  NOT NULL,
    count  {int}  NOT NULL,
    PRIMARY KEY (org, form, reason, hour)
) {packed};

-- Files that people get by a form. They are the organisation's and hold nothing of anybody.
CREATE TABLE form_file (
    org      {blob} NOT NULL REFERENCES organisation (id),
    sha256   {blob} NOT NULL,
    bytes    {blob} NOT NULL,
    added_at {int}  NOT NULL,
    PRIMARY KEY (org, sha256)
) {rows};

-- How many came how far, by day: numbers and nothing of anybody.
CREATE TABLE funnel_count (
    org    {blob} NOT NULL REFERENCES organisation (id),
    day    {int}  NOT NULL,
    form   {text} NOT NULL,
    source {text} NOT NULL,
    stage  {text} NOT NULL,
    basis  {text} NOT NULL,
    count  {int}  NOT NULL,
    PRIMARY KEY (org, day, form, source, stage, basis)
) {packed};
