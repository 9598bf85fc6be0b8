//! Allgemeines Gleichbehandlungsgesetz (AGG), the German act on equal treatment.

pub mod s15;
