//! Goods classes, and which of them a person found similar (UWG § 7(3) Nr. 2).

use jiff::civil::Date;

use crate::text::{EntryKind, Node, Section, Table};

/// A class of goods or services that sales and campaigns are sorted into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoodsClass {
    /// Identifier.
    pub id: String,
    /// What people call it.
    pub name: String,
}

/// A person's decision, made once per pair and used again, whether goods of one class are
/// similar to those of another in the sense of UWG § 7(3) Nr. 2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Similarity {
    /// The class that the customer bought.
    pub sold: String,
    /// The class that is advertised.
    pub advertised: String,
    /// Whether they are similar.
    pub similar: bool,
    /// Why: the same use, the same need, accessories, spare parts.
    pub reason: Option<String>,
    /// When it was decided.
    pub decided_on: Option<Date>,
    /// Who decided, by office.
    pub decided_by: Option<String>,
}

impl GoodsClass {
    pub(crate) fn read(mut section: Section<'_, '_>) -> Option<Self> {
        let id = section.id(EntryKind::GoodsClass);
        let name = section.required_text("name", "name = \"Spare parts\"");
        section.finish();
        Some(Self {
            id: id?,
            name: name?,
        })
    }

    pub(crate) fn tree(&self) -> Table {
        Table::default()
            .with("id", &self.id)
            .with("name", &self.name)
    }
}

impl Similarity {
    pub(crate) fn read(mut section: Section<'_, '_>) -> Option<Self> {
        let sold = section.required_reference("sold", EntryKind::GoodsClass, "sold = \"machines\"");
        let advertised = section.required_reference(
            "advertised",
            EntryKind::GoodsClass,
            "advertised = \"spare-parts\"",
        );
        if let (Some(sold), Some(advertised)) = (&sold, &advertised) {
            section.define_pair(EntryKind::Similarity, sold, advertised);
        }
        let similar = section.required_flag("similar", "similar = true");
        let reason = section.text("reason");
        let decided_on = section.date("decided_on");
        let decided_by = section.text("decided_by");
        section.finish();
        Some(Self {
            sold: sold?,
            advertised: advertised?,
            similar,
            reason,
            decided_on,
            decided_by,
        })
    }

    pub(crate) fn tree(&self) -> Table {
        Table::default()
            .with("sold", &self.sold)
            .with("advertised", &self.advertised)
            .with("similar", Node::Flag(self.similar))
            .maybe("reason", self.reason.as_ref())
            .maybe("decided_on", self.decided_on)
            .maybe("decided_by", self.decided_by.as_ref())
    }
}
