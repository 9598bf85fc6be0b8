//! The values of a section: texts, words, numbers, dates and lists of them.

use std::ops::Range;

use jiff::civil::Date;
use law::{Country, Text};
use toml::de::DeValue;

use super::{Section, Value};
use crate::text::FaultKind;
use crate::text::reader::{cut, nearest};
use crate::word::Word;

const TEXT: Text = Text::new("ein Text in Anführungszeichen", "a text in quotation marks");
const TEXTS: Text = Text::new(
    "eine Liste von Texten, zum Beispiel [\"a\", \"b\"],",
    "a list of texts, for example [\"a\", \"b\"]",
);
const FLAG: Text = Text::new("true oder false", "true or false");
const NUMBER: Text = Text::new("eine ganze Zahl", "a whole number");
const DATE: Text = Text::new("ein Datum wie 2026-01-31", "a date such as 2026-01-31");

impl<'i> Section<'_, 'i> {
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

    /// A flag that must not be set.
    pub(crate) fn forbidden_flag(&mut self, key: &'static str, why: Text) {
        let span = self.value(key).map(toml::Spanned::span);
        if let (true, Some(span)) = (self.flag(key), span) {
            self.fault(&span, key, FaultKind::Forbidden(why));
        }
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
            DeValue::String(text) if text.len() == 10 => text.parse().ok(),
            DeValue::Datetime(_) | DeValue::String(_) => None,
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

    pub(super) fn text_of<'v>(&self, key: &str, value: &'v Value<'i>) -> Option<&'v str> {
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
    pub(super) fn items(&mut self, key: &'static str) -> Vec<(String, Range<usize>)> {
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
}
