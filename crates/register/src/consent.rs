//! The wording of consents, kept in all its versions as proof (GDPR Art. 7(1)).

use law::ChannelSet;

use crate::channels;
use crate::text::{EntryKind, Section, Table};

/// One version of a consent's wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentText {
    /// Identifier, the same for all versions.
    pub id: String,
    /// Counts from 1. The highest one is asked for today; earlier ones stay as proof of what
    /// people agreed to.
    pub version: u32,
    /// The activities that the consent is for, by identifier.
    pub purposes: Vec<String>,
    /// The channels that the wording names.
    pub channels: ChannelSet,
    /// The German wording as shown.
    pub de: Option<String>,
    /// The English wording as shown.
    pub en: Option<String>,
}

impl ConsentText {
    pub(crate) fn read(mut section: Section<'_, '_>) -> Option<Self> {
        let id = section.versioned_id(EntryKind::ConsentText);
        let purposes = section.references("purposes", EntryKind::Activity);
        let channels = channels::read(&mut section, "channels");
        let de = section.text("de");
        let en = section.text("en");
        section.finish();
        let (id, version) = id?;
        Some(Self {
            id,
            version,
            purposes,
            channels,
            de,
            en,
        })
    }

    pub(crate) fn tree(&self) -> Table {
        Table::default()
            .with("id", &self.id)
            .with("version", self.version)
            .texts("purposes", &self.purposes)
            .maybe("channels", channels::node(self.channels))
            .maybe("de", self.de.as_ref())
            .maybe("en", self.en.as_ref())
    }

    /// What tells this text from all others: `id@version`.
    pub fn key(&self) -> String {
        format!("{}@{}", self.id, self.version)
    }
}
