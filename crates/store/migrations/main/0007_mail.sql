-- Mail to contacts and to people who have sent a form; `subject` is the one or the other, whose key
-- seals the content. The address stands here as a keyed hash, its domain as one of the installation,
-- by which the pace is kept.
CREATE TABLE message (
    org        {blob} NOT NULL REFERENCES organisation (id),
    id         {blob} NOT NULL,
    subject    {blob} NOT NULL,
    purpose    {int}  NOT NULL,
    campaign   {blob},
    state      {int}  NOT NULL,
    sealed     {blob},
    address    {blob} NOT NULL,
    domain     {blob} NOT NULL,
    tries      {int}  NOT NULL,
    due_at     {int}  NOT NULL,
    not_after  {int},
    created_at {int}  NOT NULL,
    changed_at {int}  NOT NULL,
    sent_at    {int},
    sha256     {blob},
    failure    {text},
    PRIMARY KEY (org, id)
) {rows};
CREATE INDEX message_by_id ON message (id);
CREATE INDEX message_of_subject ON message (org, subject, id);
CREATE UNIQUE INDEX message_of_campaign ON message (org, campaign, subject) WHERE campaign IS NOT NULL;
CREATE INDEX message_in_state ON message (org, state, id);
CREATE INDEX message_due ON message (due_at, id) WHERE state <= 2 AND campaign IS NULL;
CREATE INDEX message_due_paced ON message (domain, due_at, id)
    WHERE state <= 2 AND campaign IS NOT NULL;
CREATE INDEX message_on_its_way ON message (due_at, id) WHERE state = 3;

-- When the next mail of a campaign may go to a domain. The mail server that sends is the
-- installation's, so the pace is too.
CREATE TABLE mail_pace (
    domain  {blob} NOT NULL PRIMARY KEY,
    next_at {int}  NOT NULL
) {packed};

-- Since when the content of a mail to an account is on its way to the mail server; such a mail is
-- not sent again by itself, since nobody knows whether it has arrived.
ALTER TABLE outbox ADD COLUMN transmitting_at {int};
