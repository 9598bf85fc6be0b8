//! The two engines below [`Store`](crate::Store).

pub(crate) mod postgres;
pub(crate) mod sqlite;
