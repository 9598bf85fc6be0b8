//! Regulation (EU) 2016/679, the General Data Protection Regulation (DSGVO). One module per
//! article.

pub mod art07;
pub mod art12;
