//! Abgabenordnung (AO), the German fiscal code.

pub mod s147;
