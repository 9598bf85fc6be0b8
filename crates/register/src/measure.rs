//! Security measures, declared once and referred to by activities.

use crate::text::{EntryKind, Section, Table};

/// A technical or organisational measure, or the document that describes a set of them
/// (GDPR Art. 32, Art. 30(1)(g)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Identifier.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What it consists of, or where the document is kept.
    pub description: Option<String>,
}

impl Measure {
    pub(crate) fn read(mut section: Section<'_, '_>) -> Option<Self> {
        let id = section.id(EntryKind::Measure);
        let name = section.required_text("name", "name = \"Access control\"");
        let description = section.text("description");
        section.finish();
        Some(Self {
            id: id?,
            name: name?,
            description,
        })
    }

    pub(crate) fn tree(&self) -> Table {
        Table::default()
            .with("id", &self.id)
            .with("name", &self.name)
            .maybe("description", self.description.as_ref())
    }
}
