//! Pages for the people whom data are about. They need no sign-in, name no product and load nothing
//! from elsewhere; a GET changes nothing, since mail filters open every link.

pub mod answer;
pub mod form;
pub mod frame;
pub mod notice;
pub mod preferences;
pub mod rights;
