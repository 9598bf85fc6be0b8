-- When each contact was last asked whether its data are right, and when the person last said so
-- (GDPR Art. 5(1)(d)). Times are milliseconds since 1970.
CREATE TABLE accuracy (
    org          {blob} NOT NULL REFERENCES organisation (id),
    contact      {blob} NOT NULL,
    asked_at     {int},
    confirmed_at {int},
    PRIMARY KEY (org, contact)
) {packed};
CREATE INDEX accuracy_by_confirmation ON accuracy (org, confirmed_at) WHERE confirmed_at IS NOT NULL;
