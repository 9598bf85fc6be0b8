//! Umsatzsteuergesetz (UStG), the German VAT act.

pub mod s14b;
