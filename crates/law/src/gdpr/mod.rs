//! Regulation (EU) 2016/679, the General Data Protection Regulation (DSGVO). One module per
//! article.

pub(crate) mod art06;
pub(crate) mod art08;
pub(crate) mod art09;
pub(crate) mod art21;

pub mod art05;
pub mod art07;
pub mod art12;
pub mod art13;
pub mod art14;
pub mod art17;
pub mod art18;
pub mod art22;
pub mod art26;
pub mod art28;
pub mod art33;
pub mod art34;
pub mod art35;
pub mod art36;
pub mod art37;
pub mod art38;
pub mod art44;
pub mod art45;
pub mod art46;
pub mod art49;
pub mod art82;
pub mod art83;
