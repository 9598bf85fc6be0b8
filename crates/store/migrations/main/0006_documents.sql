-- Documents that back a consent, such as a signed form: sealed under the person's key, so that they go
-- with it. `media` says what kind of file it is.
CREATE TABLE document (
    org     {blob} NOT NULL,
    id      {blob} NOT NULL,
    contact {blob} NOT NULL,
    consent {blob} NOT NULL,
    media   {int}  NOT NULL,
    sealed  {blob} NOT NULL,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, contact) REFERENCES contact (org, id)
) {rows};
CREATE INDEX document_of_contact ON document (org, contact);
