-- When the data of each contact are due by the register's rules, as far as known: worked out by a job,
-- never relied on for an erasure. `due_on` is the first day on which every rule that holds the contact
-- is over, `first_on` that on which the first one is; `cause` says why, `rule` counts the rules of the
-- activity from 1.
CREATE TABLE retention_due (
    org        {blob} NOT NULL REFERENCES organisation (id),
    contact    {blob} NOT NULL,
    due_on     {int},
    first_on   {int},
    action     {int}  NOT NULL,
    cause      {int}  NOT NULL,
    activity   {text} NOT NULL,
    rule       {int}  NOT NULL,
    held_until {int},
    PRIMARY KEY (org, contact)
) {packed};
CREATE INDEX retention_due_by_day ON retention_due (org, due_on, contact) WHERE due_on IS NOT NULL;
CREATE INDEX retention_due_waits ON retention_due (org, first_on, contact) WHERE first_on IS NOT NULL;

-- How far that job has come: the register that it goes by, the next place in the log to look at, and,
-- while it goes through all contacts, the last one.
CREATE TABLE retention_pass (
    org         {blob} NOT NULL REFERENCES organisation (id),
    register    {int}  NOT NULL,
    leaf        {int}  NOT NULL,
    reached     {blob},
    finished_at {int},
    PRIMARY KEY (org)
) {packed};

-- Runs: `state` 1 proposed, 2 released, 3 done, 4 called off. `counts` says in JSON how many went by
-- which rule.
CREATE TABLE retention_run (
    org         {blob} NOT NULL REFERENCES organisation (id),
    id          {blob} NOT NULL,
    state       {int}  NOT NULL,
    as_of       {int}  NOT NULL,
    register    {int}  NOT NULL,
    people      {int}  NOT NULL,
    proposed_by {text} NOT NULL,
    proposed_at {int}  NOT NULL,
    released_by {text},
    released_at {int},
    ended_at    {int},
    counts      {text} NOT NULL,
    entry_seq   {int}  NOT NULL,
    PRIMARY KEY (org, id)
) {rows};
CREATE INDEX retention_run_open ON retention_run (org, id) WHERE state <= 2;

-- The contacts of a run, as they were shown when it was proposed: `state` 1 waits, 2 left out for
-- `reason`. What is done is deleted with the contact.
CREATE TABLE retention_item (
    org      {blob} NOT NULL,
    run      {blob} NOT NULL,
    contact  {blob} NOT NULL,
    due_on   {int}  NOT NULL,
    action   {int}  NOT NULL,
    cause    {int}  NOT NULL,
    activity {text} NOT NULL,
    rule     {int}  NOT NULL,
    state    {int}  NOT NULL,
    reason   {int},
    PRIMARY KEY (org, run, contact)
) {packed};
CREATE INDEX retention_item_of_contact ON retention_item (org, contact);
CREATE INDEX retention_item_waiting ON retention_item (org, run, contact) WHERE state = 1;

-- Who releases runs: 1 one person, 2 another person than the one who proposed, 3 nobody, every day.
CREATE TABLE retention_setting (
    org     {blob} NOT NULL REFERENCES organisation (id),
    release {int}  NOT NULL,
    PRIMARY KEY (org)
) {packed};

-- How many people who were anonymised a campaign was for (`state` 0), and what became of their mails:
-- numbers and nothing of anybody.
CREATE TABLE campaign_gone (
    org      {blob} NOT NULL REFERENCES organisation (id),
    campaign {blob} NOT NULL,
    state    {int}  NOT NULL,
    failure  {text} NOT NULL,
    people   {int}  NOT NULL,
    PRIMARY KEY (org, campaign, state, failure)
) {packed};
