-- What recipients of a person's data are told after an erasure, a rectification or a restriction (GDPR
-- Art. 19). `subject` is what stands for the person in the log, which stays when the person is erased;
-- `sealed` has what the recipient needs to find the person, under a key of the notice's own that is kept
-- under its id and goes with the answer. `bundle` is the notice with whose mail this one went out.
CREATE TABLE recipient_notice (
    org         {blob} NOT NULL,
    id          {blob} NOT NULL,
    subject     {blob} NOT NULL,
    recipient   {text} NOT NULL,
    about       {int}  NOT NULL,
    cause       {int}  NOT NULL,
    way         {int}  NOT NULL,
    state       {int}  NOT NULL,
    token       {blob} NOT NULL UNIQUE,
    sealed      {blob},
    tries       {int}  NOT NULL,
    due_at      {int}  NOT NULL,
    created_at  {int}  NOT NULL,
    sent_at     {int},
    answered_at {int},
    forget_at   {int},
    failure     {text},
    bundle      {blob},
    PRIMARY KEY (org, id)
) {rows};
CREATE INDEX recipient_notice_about ON recipient_notice (org, subject);
CREATE INDEX recipient_notice_open ON recipient_notice (org, state, id);
CREATE INDEX recipient_notice_due ON recipient_notice (way, due_at, id) WHERE state = 1;
CREATE INDEX recipient_notice_kept ON recipient_notice (org, forget_at) WHERE forget_at IS NOT NULL;
CREATE INDEX recipient_notice_bundle ON recipient_notice (org, bundle) WHERE bundle IS NOT NULL;
CREATE INDEX recipient_notice_to ON recipient_notice (org, recipient, about, created_at) WHERE way = 2;
