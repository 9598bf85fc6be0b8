//! One table of the text form, read key by key.

use std::ops::Range;

use jiff::civil::Date;
use law::{Country, Text};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::reader::{cut, nearest};
use super::{EntryKind, FaultKind, Reader};
use crate::word::Word;

const TEXT: Text = Text::new("ein Text in Anführungszeichen", "a text in quotation marks");
const TEXTS: Text = Text::new(
    "eine Liste von Texten, zum Beispiel [\"a\", \"b\"],",
    "a list of texts, for example [\"a\", \"b\"]",
);
const FLAG: Text = Text::new("true oder false", "true or false");
const NUMBER: Text = Text::new("eine ganze Zahl", "a whole number");
const DATE: Text = Text::new("ein Datum wie 2026-01-31", "a date such as 2026-01-31");
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

    /// A text that is not blank.
    pub(crate) fn text(&mut self, key: &'static str) -> Option<String> {
        let value = self.value(key)?;
        self.text_of(key, value).map(str::to_owned)
    }

    pub(crate) fn required_text(
        &mut self,
        key: &'static str,
        example: &'static str,
    ) -> Option<String> {
        self.require(key, example);
        self.text(key)
    }

    /// A list of texts, none of them blank or given twice.
    pub(crate) fn texts(&mut self, key: &'static str) -> Vec<String> {
        let items = self.items(key);
        items.into_iter().map(|(text, _)| text).collect()
    }

    pub(crate) fn word<W: Word>(&mut self, key: &'static str) -> Option<W> {
        let value = self.value(key)?;
        let word = self.text_of(key, value)?;
        self.word_of(word, &value.span(), key)
    }

    pub(crate) fn required_word<W: Word>(
        &mut self,
        key: &'static str,
        example: &'static str,
    ) -> Option<W> {
        self.require(key, example);
        self.word(key)
    }

    pub(crate) fn words<W: Word>(&mut self, key: &'static str) -> Vec<W> {
        let items = self.items(key);
        items
            .iter()
            .filter_map(|(word, span)| self.word_of(word, span, key))
            .collect()
    }

    /// `true` or `false`; not given means `false`.
    pub(crate) fn flag(&mut self, key: &'static str) -> bool {
        let Some(value) = self.value(key) else {
            return false;
        };
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_type(key, value, FLAG);
        }
        flag.unwrap_or_default()
    }

    pub(crate) fn required_flag(&mut self, key: &'static str, example: &'static str) -> bool {
        self.require(key, example);
        self.flag(key)
    }

    pub(crate) fn number(&mut self, key: &'static str, least: u32, most: u32) -> Option<u32> {
        let value = self.value(key)?;
        let Some(number) = value.get_ref().as_integer() else {
            self.wrong_type(key, value, NUMBER);
            return None;
        };
        let number = u32::from_str_radix(number.as_str(), number.radix())
            .ok()
            .filter(|number| (least..=most).contains(number));
        if number.is_none() {
            self.fault(&value.span(), key, FaultKind::OutOfRange { least, most });
        }
        number
    }

    pub(crate) fn required_number(
        &mut self,
        key: &'static str,
        (least, most): (u32, u32),
        example: &'static str,
    ) -> Option<u32> {
        self.require(key, example);
        self.number(key, least, most)
    }

    /// A calendar date, as a TOML date or in quotation marks.
    pub(crate) fn date(&mut self, key: &'static str) -> Option<Date> {
        let value = self.value(key)?;
        let date = match value.get_ref() {
            DeValue::Datetime(moment) if moment.time.is_none() => moment.date.and_then(|date| {
                Date::new(
                    i16::try_from(date.year).ok()?,
                    i8::try_from(date.month).ok()?,
                    i8::try_from(date.day).ok()?,
                )
                .ok()
            }),
            DeValue::Datetime(_) => None,
            DeValue::String(text) if text.len() == 10 => text.parse().ok(),
            DeValue::String(_) => None,
            _ => {
                self.wrong_type(key, value, DATE);
                return None;
            }
        };
        let date = date.filter(|date: &Date| (1900..=2199).contains(&date.year()));
        if date.is_none() {
            self.fault(&value.span(), key, FaultKind::BadDate);
        }
        date
    }

    /// A text that `parse` understands; `bad` is the fault if it does not.
    pub(crate) fn parsed<T>(
        &mut self,
        key: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
        bad: FaultKind,
    ) -> Option<T> {
        let value = self.value(key)?;
        let parsed = parse(self.text_of(key, value)?);
        if parsed.is_none() {
            self.fault(&value.span(), key, bad);
        }
        parsed
    }

    pub(crate) fn required_parsed<T>(
        &mut self,
        key: &'static str,
        example: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
        bad: FaultKind,
    ) -> Option<T> {
        self.require(key, example);
        self.parsed(key, parse, bad)
    }

    pub(crate) fn required_country(&mut self, key: &'static str) -> Option<Country> {
        self.required_parsed(
            key,
            "country = \"DE\"",
            |code| code.parse().ok(),
            FaultKind::BadCountry,
        )
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

    fn text_of<'v>(&self, key: &str, value: &'v Value<'i>) -> Option<&'v str> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(key, value, TEXT);
            return None;
        };
        if text.trim().is_empty() {
            self.fault(&value.span(), key, FaultKind::Blank);
            return None;
        }
        Some(text)
    }

    /// The texts of a list with their spans, without those that are faulty.
    fn items(&mut self, key: &'static str) -> Vec<(String, Range<usize>)> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let Some(values) = value.get_ref().as_array() else {
            self.wrong_type(key, value, TEXTS);
            return Vec::new();
        };
        let mut items: Vec<(String, Range<usize>)> = Vec::new();
        for value in values {
            let Some(text) = self.text_of(key, value) else {
                continue;
            };
            if items.iter().any(|(earlier, _)| earlier == text) {
                let kind = FaultKind::Repeated { word: cut(text) };
                self.fault(&value.span(), key, kind);
            } else {
                items.push((text.to_owned(), value.span()));
            }
        }
        items
    }

    fn word_of<W: Word>(&self, word: &str, span: &Range<usize>, key: &str) -> Option<W> {
        let value = W::from_word(word);
        if value.is_none() {
            let allowed: Vec<_> = W::all().iter().map(|value| value.word()).collect();
            let kind = FaultKind::UnknownWord {
                word: cut(word),
                nearest: nearest(word, allowed.iter().copied()),
                allowed,
            };
            self.fault(span, key, kind);
        }
        value
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
