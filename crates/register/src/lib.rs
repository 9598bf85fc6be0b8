//! The typed documents an organisation declares, their text form, versions and gaps.
