//! One table of the text form, read key by key.

mod values;

use std::ops::Range;

use law::Text;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::reader::{cut, nearest};
use super::{EntryKind, FaultKind, Reader};

const TABLE: Text = Text::new(
    "ein Abschnitt in einfachen Klammern, [name],",
    "a section in single brackets, [name]",
);
const TABLES: Text = Text::new(
    "ein Eintrag in doppelten Klammern, [[name]],",
    "an entry in double brackets, [[name]]",
);

type Value<'i> = Spanned<DeValue<'i>>;

/// One table, read key by key. Keys that were never asked for are unknown; [`Section::finish`]
/// says so, and names those that were asked for.
pub(crate) struct Section<'t, 'i> {
    reader: &'t Reader<'t>,
    table: &'t DeTable<'i>,
    span: Range<usize>,
    path: String,
    asked: Vec<&'static str>,
}

impl<'t, 'i> Section<'t, 'i> {
    pub(crate) fn document(reader: &'t Reader<'t>, table: &'t Spanned<DeTable<'i>>) -> Self {
        Self::new(reader, table.get_ref(), table.span(), String::new())
    }

    fn new(
        reader: &'t Reader<'t>,
        table: &'t DeTable<'i>,
        span: Range<usize>,
        path: String,
    ) -> Self {
        Self {
            reader,
            table,
            span,
            path,
            asked: Vec::new(),
        }
    }

    /// Reports every key that was not asked for.
    pub(crate) fn finish(self) {
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if self.asked.contains(&name) {
                continue;
            }
            let kind = FaultKind::UnknownKey {
                key: cut(name),
                nearest: nearest(name, self.asked.iter().copied()),
                known: self.asked.clone(),
            };
            self.reader
                .fault(&key.span(), &self.path_of(&cut(name)), kind);
        }
    }

    /// The identifier of this entry, which also becomes part of the path of its faults.
    pub(crate) fn id(&mut self, entry: EntryKind) -> Option<String> {
        let id = self.bare_id(entry)?;
        let span = self.value("id").map_or(self.span.clone(), Spanned::span);
        self.reader.define(entry, &id, &span, &self.path_of("id"));
        Some(id)
    }

    /// The identifier of an entry that exists in several versions: defined as a whole and as
    /// `id@version`, of which each may exist once.
    pub(crate) fn versioned_id(&mut self, entry: EntryKind) -> Option<(String, u32)> {
        let id = self.bare_id(entry);
        let version = self.required_number("version", (1, 1_000_000), "version = 1");
        let (id, version) = (id?, version?);
        let both = format!("{id}@{version}");
        let span = self.value("id").map_or(self.span.clone(), Spanned::span);
        self.reader.define(entry, &both, &span, &self.path_of("id"));
        self.path = format!("{}@{version}", self.path);
        Some((id, version))
    }

    fn bare_id(&mut self, entry: EntryKind) -> Option<String> {
        self.require("id", "id = \"trade-fair\"");
        let id = self.parsed(
            "id",
            |id| is_id(id).then(|| id.to_owned()),
            FaultKind::BadId,
        )?;
        self.path = format!("{}.{id}", entry.key());
        Some(id)
    }

    /// The identifier of another entry, which has to exist.
    pub(crate) fn reference(&mut self, key: &'static str, entry: EntryKind) -> Option<String> {
        let value = self.value(key)?;
        let id = self.text_of(key, value)?;
        self.reader
            .refer(entry, id, &value.span(), &self.path_of(key));
        Some(id.to_owned())
    }

    pub(crate) fn required_reference(
        &mut self,
        key: &'static str,
        entry: EntryKind,
        example: &'static str,
    ) -> Option<String> {
        self.require(key, example);
        self.reference(key, entry)
    }

    pub(crate) fn references(&mut self, key: &'static str, entry: EntryKind) -> Vec<String> {
        let items = self.items(key);
        for (id, span) in &items {
            self.reader.refer(entry, id, span, &self.path_of(key));
        }
        items.into_iter().map(|(id, _)| id).collect()
    }

    /// Notes that the pair of identifiers is taken, for entries that are known by a pair.
    pub(crate) fn define_pair(&mut self, entry: EntryKind, first: &str, second: &str) {
        let id = format!("{first}/{second}");
        self.path = format!("{}.{id}", entry.key());
        self.reader.define(entry, &id, &self.span, &self.path);
    }

    pub(crate) fn table(&mut self, key: &'static str) -> Option<Section<'t, 'i>> {
        let value = self.value(key)?;
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(key, value, TABLE);
            return None;
        };
        Some(Section::new(
            self.reader,
            table,
            value.span(),
            self.path_of(key),
        ))
    }

    pub(crate) fn required_table(
        &mut self,
        key: &'static str,
        example: &'static str,
    ) -> Option<Section<'t, 'i>> {
        self.require(key, example);
        self.table(key)
    }

    /// The entries under `key`, in the order of the text.
    pub(crate) fn tables(&mut self, key: &'static str) -> Vec<Section<'t, 'i>> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let Some(values) = value.get_ref().as_array() else {
            self.wrong_type(key, value, TABLES);
            return Vec::new();
        };
        let mut sections = Vec::new();
        for (index, value) in values.iter().enumerate() {
            let path = format!("{}[{}]", self.path_of(key), index + 1);
            if let Some(table) = value.get_ref().as_table() {
                sections.push(Section::new(self.reader, table, value.span(), path));
            } else {
                self.wrong_type(key, value, TABLES);
            }
        }
        sections
    }

    fn value(&mut self, key: &'static str) -> Option<&'t Value<'i>> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        self.table.get(key)
    }

    fn require(&self, key: &'static str, example: &'static str) {
        if !self.table.contains_key(key) {
            let kind = FaultKind::Missing { key, example };
            self.reader.fault(&self.span, &self.path_of(key), kind);
        }
    }

    fn wrong_type(&self, key: &str, value: &Value<'i>, expected: Text) {
        let found = value.get_ref().type_str();
        self.fault(&value.span(), key, FaultKind::WrongType { expected, found });
    }

    fn fault(&self, span: &Range<usize>, key: &str, kind: FaultKind) {
        self.reader.fault(span, &self.path_of(key), kind);
    }

    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }
}

/// Identifiers stand in file names, addresses and command lines, so they are kept plain.
fn is_id(id: &str) -> bool {
    id.len() <= 64
        && id.starts_with(|c: char| c.is_ascii_lowercase())
        && id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
