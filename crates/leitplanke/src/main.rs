//! The Leitplanke binary.
fn main() {}
