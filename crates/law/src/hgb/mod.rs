//! Handelsgesetzbuch (HGB), the German commercial code.

pub mod s257;
