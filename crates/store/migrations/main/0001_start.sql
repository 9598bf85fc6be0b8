-- Written once for both engines; migration.rs fills in what differs:
--   {int} {blob} {text}    the column types
--   {serial} {serial_key}  a number that the engine gives, and the key made of it
--   {rows}                 how an ordinary table is stored
--   {packed}               how a table with small rows is stored: in the order of its key
-- Every key begins with the organisation, so that a distributed PostgreSQL can shard by it.
-- Days are numbers of days since 1970-01-01, times are milliseconds since then (UTC).

CREATE TABLE organisation (
    id         {blob} NOT NULL PRIMARY KEY,
    name       {text} NOT NULL,
    country    {text} NOT NULL,
    land       {text},
    created_at {int}  NOT NULL
) {rows};

CREATE TABLE register_version (
    org      {blob} NOT NULL REFERENCES organisation (id),
    version  {int}  NOT NULL,
    text     {text} NOT NULL,
    sha256   {blob} NOT NULL,
    saved_at {int}  NOT NULL,
    saved_by {text} NOT NULL,
    PRIMARY KEY (org, version)
) {rows};

CREATE TABLE contact (
    org              {blob} NOT NULL REFERENCES organisation (id),
    id               {blob} NOT NULL,
    kind             {int}  NOT NULL,
    country          {text} NOT NULL,
    subscriber       {int}  NOT NULL,
    sealed           {blob},
    source_kind      {int}  NOT NULL,
    obtained_on      {int}  NOT NULL,
    informed_on      {int},
    first_contact_on {int},
    screened_on      {int},
    flags            {int}  NOT NULL,
    created_at       {int}  NOT NULL,
    changed_at       {int}  NOT NULL,
    erased_at        {int},
    restricted_at    {int},
    PRIMARY KEY (org, id)
) {rows};

-- Finds contacts by the keyed hash of an address; rows go when the contact is erased.
CREATE TABLE lookup (
    org     {blob} NOT NULL,
    hash    {blob} NOT NULL,
    kind    {int}  NOT NULL,
    contact {blob} NOT NULL,
    PRIMARY KEY (org, hash, kind, contact)
) {packed};
CREATE INDEX lookup_of_contact ON lookup (org, contact);

CREATE TABLE consent (
    org           {blob} NOT NULL,
    id            {blob} NOT NULL,
    contact       {blob} NOT NULL,
    purpose       {text} NOT NULL,
    channels      {int}  NOT NULL,
    status        {int}  NOT NULL,
    proof         {int}  NOT NULL,
    circumstances {int}  NOT NULL,
    given_on      {int}  NOT NULL,
    confirmed_on  {int},
    last_used_on  {int},
    withdrawn_on  {int},
    sealed        {blob},
    entry_seq     {int}  NOT NULL,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, contact) REFERENCES contact (org, id)
) {rows};
CREATE INDEX consent_of_contact ON consent (org, contact);

CREATE TABLE objection (
    org         {blob} NOT NULL,
    id          {blob} NOT NULL,
    contact     {blob} NOT NULL,
    scope       {int}  NOT NULL,
    channels    {int}  NOT NULL,
    purpose     {text},
    objected_on {int}  NOT NULL,
    entry_seq   {int}  NOT NULL,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, contact) REFERENCES contact (org, id)
) {rows};
CREATE INDEX objection_of_contact ON objection (org, contact);

-- Survives the erasure of the contact: it holds a keyed hash and nothing else of the person.
CREATE TABLE suppression (
    org      {blob} NOT NULL,
    hash     {blob} NOT NULL,
    kind     {int}  NOT NULL,
    channels {int}  NOT NULL,
    since    {int}  NOT NULL,
    reason   {int}  NOT NULL,
    PRIMARY KEY (org, hash, kind)
) {packed};

CREATE TABLE sale (
    org                  {blob} NOT NULL,
    id                   {blob} NOT NULL,
    contact              {blob} NOT NULL,
    goods                {text} NOT NULL,
    sold_on              {int}  NOT NULL,
    address_from_sale    {int}  NOT NULL,
    notice_at_collection {int}  NOT NULL,
    relation             {int}  NOT NULL,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, contact) REFERENCES contact (org, id)
) {rows};
CREATE INDEX sale_of_contact ON sale (org, contact);

CREATE TABLE similarity (
    org        {blob} NOT NULL REFERENCES organisation (id),
    goods_a    {text} NOT NULL,
    goods_b    {text} NOT NULL,
    alike      {int}  NOT NULL,
    decided_by {text} NOT NULL,
    decided_on {int}  NOT NULL,
    reason     {text} NOT NULL,
    PRIMARY KEY (org, goods_a, goods_b)
) {rows};

CREATE TABLE circumstance (
    org      {blob} NOT NULL,
    id       {blob} NOT NULL,
    contact  {blob} NOT NULL,
    purpose  {text} NOT NULL,
    kind     {int}  NOT NULL,
    sealed   {blob} NOT NULL,
    noted_on {int}  NOT NULL,
    noted_by {text} NOT NULL,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, contact) REFERENCES contact (org, id)
) {rows};
CREATE INDEX circumstance_of_contact ON circumstance (org, contact);

CREATE TABLE overrule (
    org        {blob} NOT NULL,
    id         {blob} NOT NULL,
    contact    {blob} NOT NULL,
    purpose    {text} NOT NULL,
    channel    {int}  NOT NULL,
    sealed     {blob} NOT NULL,
    decided_by {text} NOT NULL,
    decided_on {int}  NOT NULL,
    revoked_on {int},
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, contact) REFERENCES contact (org, id)
) {rows};
CREATE INDEX overrule_of_contact ON overrule (org, contact);

CREATE TABLE hold (
    org       {blob} NOT NULL,
    id        {blob} NOT NULL,
    contact   {blob} NOT NULL,
    provision {text} NOT NULL,
    reason    {text} NOT NULL,
    ends_on   {int}  NOT NULL,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, contact) REFERENCES contact (org, id)
) {rows};
CREATE INDEX hold_of_contact ON hold (org, contact);

-- The erasure journal; every restore applies it again. `done_at` is empty while a hold delays it.
CREATE TABLE erasure (
    org          {blob} NOT NULL,
    contact      {blob} NOT NULL,
    requested_on {int}  NOT NULL,
    done_at      {int},
    entry_seq    {int}  NOT NULL,
    PRIMARY KEY (org, contact)
) {packed};

CREATE TABLE import_run (
    org         {blob} NOT NULL REFERENCES organisation (id),
    id          {blob} NOT NULL,
    started_at  {int}  NOT NULL,
    finished_at {int},
    next_row    {int}  NOT NULL,
    counts      {text} NOT NULL,
    PRIMARY KEY (org, id)
) {rows};

CREATE TABLE evidence_entry (
    org     {blob} NOT NULL,
    seq     {serial},
    leaf    {int},
    kind    {int}  NOT NULL,
    at      {int}  NOT NULL,
    subject {blob},
    bytes   {blob} NOT NULL,
    {serial_key},
    UNIQUE (org, leaf)
) {rows};
CREATE INDEX evidence_unsequenced ON evidence_entry (org, seq) WHERE leaf IS NULL;
CREATE INDEX evidence_of_subject ON evidence_entry (org, subject, seq) WHERE subject IS NOT NULL;

CREATE TABLE evidence_tile (
    org   {blob} NOT NULL,
    level {int}  NOT NULL,
    idx   {int}  NOT NULL,
    width {int}  NOT NULL,
    data  {blob} NOT NULL,
    PRIMARY KEY (org, level, idx)
) {rows};

CREATE TABLE evidence_checkpoint (
    org  {blob} NOT NULL,
    size {int}  NOT NULL,
    note {text} NOT NULL,
    at   {int}  NOT NULL,
    PRIMARY KEY (org, size)
) {rows};
