-- The wrapped keys live apart from what they open: on SQLite in a file of their own, on PostgreSQL
-- in a schema of their own, so that the two are backed up apart and an erased key is gone for good.

CREATE TABLE keys.contact_key (
    org       {blob} NOT NULL,
    contact   {blob} NOT NULL,
    wrapped   {blob} NOT NULL,
    master_id {blob} NOT NULL,
    PRIMARY KEY (org, contact)
) {packed};

CREATE TABLE keys.system_key (
    name      {text} NOT NULL PRIMARY KEY,
    wrapped   {blob} NOT NULL,
    master_id {blob} NOT NULL
) {packed};
