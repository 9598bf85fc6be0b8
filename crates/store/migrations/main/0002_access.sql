-- People who sign in. An account belongs to the installation, since one person may act for many
-- organisations; a membership ties it to one of them. Names and addresses are sealed.

CREATE TABLE account (
    id          {blob} NOT NULL PRIMARY KEY,
    email_hash  {blob} NOT NULL UNIQUE,
    sealed      {blob} NOT NULL,
    password    {text},
    totp        {blob},
    totp_step   {int},
    created_at  {int}  NOT NULL
) {rows};

CREATE TABLE passkey (
    id            {blob} NOT NULL PRIMARY KEY,
    account       {blob} NOT NULL REFERENCES account (id),
    public_key    {blob} NOT NULL,
    counter       {blob} NOT NULL,
    transports    {int}  NOT NULL,
    sealed        {blob} NOT NULL,
    created_at    {int}  NOT NULL,
    used_at       {int}
) {rows};
CREATE INDEX passkey_of_account ON passkey (account);

CREATE TABLE membership (
    org      {blob} NOT NULL REFERENCES organisation (id),
    account  {blob} NOT NULL REFERENCES account (id),
    role     {int}  NOT NULL,
    since    {int}  NOT NULL,
    ends_on  {int},
    PRIMARY KEY (org, account)
) {packed};
CREATE INDEX membership_of_account ON membership (account, org);

-- A browser that is signed in, or on its way there. Only the token's hash is kept.
CREATE TABLE session (
    token_hash {blob} NOT NULL PRIMARY KEY,
    account    {blob} NOT NULL REFERENCES account (id),
    org        {blob} NOT NULL,
    stage      {int}  NOT NULL,
    device     {text} NOT NULL,
    created_at {int}  NOT NULL,
    seen_at    {int}  NOT NULL,
    expires_at {int}  NOT NULL
) {rows};
CREATE INDEX session_of_account ON session (account, created_at);

-- A link that works once: the first start, an invitation, a way back in.
CREATE TABLE link (
    token_hash {blob} NOT NULL PRIMARY KEY,
    purpose    {int}  NOT NULL,
    account    {blob},
    org        {blob},
    created_at {int}  NOT NULL,
    expires_at {int}  NOT NULL
) {rows};

-- What a passkey ceremony has to be checked against; gone once it is used.
CREATE TABLE ceremony (
    id         {blob} NOT NULL PRIMARY KEY,
    purpose    {int}  NOT NULL,
    account    {blob},
    state      {blob} NOT NULL,
    expires_at {int}  NOT NULL
) {packed};

-- Failed attempts, by the keyed hash of what they were tried on.
CREATE TABLE attempt (
    bucket {blob} NOT NULL PRIMARY KEY,
    failed {int}  NOT NULL,
    since  {int}  NOT NULL
) {packed};

-- Mail to accounts that waits to be sent, sealed under the account's key.
CREATE TABLE outbox (
    id         {blob} NOT NULL PRIMARY KEY,
    account    {blob} NOT NULL REFERENCES account (id),
    org        {blob} NOT NULL,
    sealed     {blob} NOT NULL,
    created_at {int}  NOT NULL,
    tries      {int}  NOT NULL,
    retry_at   {int}  NOT NULL,
    failure    {text}
) {rows};
