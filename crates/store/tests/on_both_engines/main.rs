//! What the store promises, on SQLite and on PostgreSQL alike.

mod erasing;
mod evidence;
mod finding;
mod keeping;
mod opening;
mod sample;
mod saving;
