-- Lists of addresses and numbers that must not be advertised to, each taken in and removed as a whole.
-- `kind`: the organisation's own, a Robinson list, the ECG list. `sha256` is over the rows of the list.
CREATE TABLE block_list (
    org        {blob} NOT NULL REFERENCES organisation (id),
    id         {blob} NOT NULL,
    name       {text} NOT NULL,
    kind       {int}  NOT NULL,
    as_of      {int}  NOT NULL,
    taken_at   {int}  NOT NULL,
    taken_by   {text} NOT NULL,
    addresses  {int}  NOT NULL,
    numbers    {int}  NOT NULL,
    unreadable {int}  NOT NULL,
    sha256     {blob} NOT NULL,
    entry_seq  {int}  NOT NULL,
    PRIMARY KEY (org, id)
) {rows};
CREATE UNIQUE INDEX block_list_by_name ON block_list (org, name);

-- What a list blocks: keyed hashes of the kinds of lookup. Rows of a list that is not in the table above
-- block nothing: they are written before it, and it puts all of them in force at once.
CREATE TABLE blocked (
    org   {blob} NOT NULL,
    list  {blob} NOT NULL,
    kind  {int}  NOT NULL,
    hash  {blob} NOT NULL,
    since {int}  NOT NULL,
    PRIMARY KEY (org, list, kind, hash)
) {packed};
CREATE INDEX blocked_by_hash ON blocked (org, hash, kind);

-- Finds the other mails of a campaign to the same mailbox.
CREATE INDEX message_of_mailbox ON message (org, campaign, address) WHERE campaign IS NOT NULL;
