//! Bürgerliches Gesetzbuch (BGB), the German civil code.

pub mod s195;
