//! Bundesdatenschutzgesetz, the German Federal Data Protection Act. One module per section.

pub mod s38;
pub mod s43;
