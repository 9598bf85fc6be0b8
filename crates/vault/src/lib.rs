//! Envelope encryption per data subject, blind indexes, shredding, key rotation.
