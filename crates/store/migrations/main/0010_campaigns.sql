-- Campaigns: what is written to whom. `content` is text and choice of people as the caller writes it;
-- nothing in it is about a person.
CREATE TABLE campaign (
    org        {blob} NOT NULL REFERENCES organisation (id),
    id         {blob} NOT NULL,
    name       {text} NOT NULL,
    activity   {text} NOT NULL,
    channel    {int}  NOT NULL,
    goods      {text},
    content    {text} NOT NULL,
    state      {int}  NOT NULL,
    revision   {int}  NOT NULL,
    made_by    {text} NOT NULL,
    created_at {int}  NOT NULL,
    changed_at {int}  NOT NULL,
    PRIMARY KEY (org, id)
) {rows};
CREATE INDEX campaign_under_way ON campaign (org, id) WHERE state = 3;

-- The people whom the gate let through when the campaign was made ready. `state`: 1 waits, 2 a mail
-- is written down for it.
CREATE TABLE campaign_recipient (
    org      {blob} NOT NULL,
    campaign {blob} NOT NULL,
    contact  {blob} NOT NULL,
    state    {int}  NOT NULL,
    PRIMARY KEY (org, campaign, contact)
) {packed};
CREATE INDEX campaign_recipient_of_contact ON campaign_recipient (org, contact);
CREATE INDEX campaign_recipient_waiting ON campaign_recipient (org, campaign, contact) WHERE state = 1;
