-- What an organisation called somebody who had an account already: until the person comes, it sees
-- that name and not the account's own. Sealed under the account's key.
ALTER TABLE membership ADD COLUMN invited_as {blob};
