//! The engines without the product: the same tables, bare prepared inserts.

pub mod postgres;
pub mod sqlite;
