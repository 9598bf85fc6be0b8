//! Collects faults, definitions and references while a document is read.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

use super::locate::Lines;
use super::{Fault, FaultKind};
use crate::word::words;

words! {
    /// The kinds of entry that carry an identifier.
    pub enum EntryKind {
        /// `[[activity]]`
        Activity = "activity", "die Tätigkeit", "activity";
        /// `[[recipient]]`
        Recipient = "recipient", "der Empfänger", "recipient";
        /// `[[consent_text]]`
        ConsentText = "consent_text", "der Einwilligungstext", "consent text";
        /// `[[goods_class]]`
        GoodsClass = "goods_class", "die Warengruppe", "goods class";
        /// `[[similarity]]`
        Similarity = "similarity", "der Ähnlichkeitsentscheid", "similarity decision";
        /// `[[measure]]`
        Measure = "measure", "die Maßnahme", "measure";
        /// `[[form]]`
        Form = "form", "das Formular", "form";
    }
}

impl EntryKind {
    /// The key of the entry's tables in the text form.
    pub const fn key(self) -> &'static str {
        self.name()
    }
}

/// Nobody reads more, and a hostile text must not keep a server busy with locating them.
const MOST_FAULTS: usize = 1000;

/// A fault that knows its byte offset, not yet its line.
struct Found {
    offset: usize,
    path: String,
    kind: FaultKind,
}

struct Reference {
    entry: EntryKind,
    id: String,
    offset: usize,
    path: String,
}

/// What reading a document has brought to light so far. Sections of one document share it, so it
/// is mutable behind a shared reference; no borrow outlives a method.
pub(crate) struct Reader<'t> {
    text: &'t str,
    lines: Lines<'t>,
    found: RefCell<Vec<Found>>,
    defined: RefCell<BTreeMap<(EntryKind, String), usize>>,
    references: RefCell<Vec<Reference>>,
}

impl<'t> Reader<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self {
            text,
            lines: Lines::new(text),
            found: RefCell::default(),
            defined: RefCell::default(),
            references: RefCell::default(),
        }
    }

    pub(super) fn fault(&self, span: &Range<usize>, path: &str, kind: FaultKind) {
        self.found.borrow_mut().push(Found {
            offset: span.start,
            path: path.to_owned(),
            kind,
        });
    }

    pub(crate) fn syntax(&self, error: &toml::de::Error) {
        let span = error.span().unwrap_or(0..0);
        let message = error.message().lines().collect::<Vec<_>>().join("; ");
        self.fault(&span, "", FaultKind::Syntax(message));
    }

    /// Notes that an entry exists; a second one with the same identifier is a fault.
    pub(super) fn define(&self, entry: EntryKind, id: &str, span: &Range<usize>, path: &str) {
        let mut defined = self.defined.borrow_mut();
        if let Some(&first) = defined.get(&(entry, id.to_owned())) {
            let kind = FaultKind::DuplicateId {
                entry,
                id: id.to_owned(),
                first_line: self.lines.line(first),
            };
            self.fault(span, path, kind);
        } else {
            defined.insert((entry, id.to_owned()), span.start);
        }
    }

    pub(super) fn refer(&self, entry: EntryKind, id: &str, span: &Range<usize>, path: &str) {
        self.references.borrow_mut().push(Reference {
            entry,
            id: id.to_owned(),
            offset: span.start,
            path: path.to_owned(),
        });
    }

    /// Every fault, in the order of the text.
    ///
    /// Where the text is not even TOML, the rest was read from what could be rescued. Things
    /// then seem to be missing that are only unreadable, so such faults are left out until the
    /// text is TOML.
    pub(crate) fn into_faults(self) -> Vec<Fault> {
        let mut found = self.found.take();
        let readable = !found
            .iter()
            .any(|found| matches!(found.kind, FaultKind::Syntax(_)));
        if readable {
            found.extend(self.dangling());
        } else {
            let limit = self.first_broken_heading(&found);
            found.retain(|found| is_sure_in_rescued_text(&found.kind, found.offset < limit));
        }
        found.sort_by_key(|found| found.offset);
        found.truncate(MOST_FAULTS);
        found
            .into_iter()
            .map(|found| Fault {
                line: self.lines.line(found.offset),
                column: self.lines.column(found.offset),
                path: found.path,
                kind: found.kind,
            })
            .collect()
    }

    /// From a broken heading on, keys are read into the wrong table.
    fn first_broken_heading(&self, found: &[Found]) -> usize {
        let heading = |offset: usize| {
            let before = self.text.get(..offset).unwrap_or_default();
            let line = before.rsplit('\n').next().unwrap_or_default();
            line.trim_start().starts_with('[')
        };
        let syntax = found
            .iter()
            .filter(|found| matches!(found.kind, FaultKind::Syntax(_)));
        let broken = syntax
            .map(|found| found.offset)
            .filter(|&offset| heading(offset));
        broken.min().unwrap_or(usize::MAX)
    }

    fn dangling(&self) -> Vec<Found> {
        let defined = self.defined.borrow();
        let mut dangling = Vec::new();
        for reference in self.references.take() {
            let Reference {
                entry,
                id,
                offset,
                path,
            } = reference;
            if defined.contains_key(&(entry, id.clone())) {
                continue;
            }
            let known = defined.keys().filter(|(kind, _)| *kind == entry);
            let nearest = nearest(&id, known.map(|(_, id)| id.as_str())).map(str::to_owned);
            let id = cut(&id);
            let kind = FaultKind::Dangling { entry, id, nearest };
            dangling.push(Found { offset, path, kind });
        }
        dangling
    }
}

fn is_sure_in_rescued_text(kind: &FaultKind, headings_are_right: bool) -> bool {
    match kind {
        FaultKind::Syntax(_) => true,
        FaultKind::UnknownKey { .. }
        | FaultKind::UnknownWord { .. }
        | FaultKind::DuplicateId { .. } => headings_are_right,
        _ => false,
    }
}

/// The candidate that looks most like `word`, if one looks like it at all.
pub(super) fn nearest<'c>(word: &str, known: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    let word = word.get(..64).unwrap_or(word);
    known
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

/// What a message may repeat of a word: enough to recognise a slip of the pen.
pub(super) fn cut(word: &str) -> String {
    let plain = word.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut short: String = plain.take(40).collect();
    if word.chars().nth(40).is_some() {
        short.push('…');
    }
    short
}
