//! Regulation (EU) 2016/679, the General Data Protection Regulation (DSGVO). One module per
//! article.

pub mod art07;
pub mod art12;
pub mod art44;
pub mod art45;
pub mod art46;
pub mod art49;
pub mod art82;
pub mod art83;
