//! HTTP: pages, public pages, JSON API.
