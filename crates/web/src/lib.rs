//! HTTP: pages, public pages, JSON API.
//!
//! The routes are being built; until they are whole, this crate offers nothing.
