//! What the store promises, on SQLite and on PostgreSQL alike.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that can't go on must fail"
)]

mod backup;
mod companies;
mod documents;
mod erasing;
mod evidence;
mod finding;
mod keeping;
mod mailing;
mod opening;
mod personal_data;
mod sample;
mod saving;
