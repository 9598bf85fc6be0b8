//! Gesetz gegen den unlauteren Wettbewerb (UWG), the German act against unfair competition.

pub mod double_opt_in;
pub mod s20;
pub mod s7;
pub mod s7a;
