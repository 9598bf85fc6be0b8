//! Telekommunikation-Digitale-Dienste-Datenschutz-Gesetz (TDDDG, before 2024-05-14 TTDSG), the
//! German act on terminal equipment.

pub mod s25;
pub mod s28;
