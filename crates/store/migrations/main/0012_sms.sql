-- Codes that prove a telephone number: sent by text message, entered on a page. The number stands here
-- as the keyed hash by which its codes are counted, the code as a keyed hash; `sealed` has what the
-- message says, under the contact's key.
CREATE TABLE sms_code (
    org          {blob} NOT NULL,
    id           {blob} NOT NULL,
    contact      {blob} NOT NULL,
    number       {blob} NOT NULL,
    consents     {blob} NOT NULL,
    code         {blob} NOT NULL,
    sealed       {blob},
    state        {int}  NOT NULL,
    tries        {int}  NOT NULL,
    entered      {int}  NOT NULL,
    wrong        {int}  NOT NULL,
    due_at       {int}  NOT NULL,
    created_at   {int}  NOT NULL,
    expires_at   {int}  NOT NULL,
    sent_at      {int},
    confirmed_at {int},
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, contact) REFERENCES contact (org, id)
) {rows};
CREATE INDEX sms_code_of_contact ON sms_code (org, contact, created_at);
CREATE INDEX sms_code_of_number ON sms_code (org, number, created_at);
CREATE INDEX sms_code_made ON sms_code (org, created_at);
CREATE INDEX sms_code_due ON sms_code (due_at, id) WHERE state <= 2;
