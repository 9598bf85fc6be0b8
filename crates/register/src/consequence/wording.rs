//! Which wordings of consents come, change or end: GDPR Art. 7(1).

use crate::word::words;
use crate::{ConsentText, Register};

words! {
    /// What becomes of a wording.
    pub enum WordingKind {
        /// It is asked for the first time.
        New = "new", "neuer Wortlaut", "new wording";
        /// A next version is asked for; the one before stays as proof.
        NextVersion = "next_version", "neue Fassung", "new version";
        /// A version that people may have agreed to says something else, or is taken out. What
        /// they agreed to then only stands in earlier versions of the register.
        Rewritten = "rewritten", "eine frühere Fassung wird geändert oder gestrichen", "an earlier version is changed or removed";
        /// It is not asked for any more.
        Ended = "ended", "wird nicht mehr verwendet", "no longer used";
    }
}

/// What becomes of the wording of a consent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordingChange {
    /// Identifier of the wording.
    pub text: String,
    /// What becomes of it.
    pub kind: WordingKind,
    /// The version asked for until now.
    pub from: Option<u32>,
    /// The version asked for then.
    pub to: Option<u32>,
    /// The activities that it is for, by identifier.
    pub activities: Vec<String>,
}

pub(super) fn changes(old: &Register, new: &Register) -> Vec<WordingChange> {
    let mut ids: Vec<&str> = Vec::new();
    for text in new.consent_texts.iter().chain(&old.consent_texts) {
        if !ids.contains(&text.id.as_str()) {
            ids.push(&text.id);
        }
    }
    ids.into_iter()
        .filter_map(|id| change(id, old, new))
        .collect()
}

fn change(id: &str, old: &Register, new: &Register) -> Option<WordingChange> {
    let (before, after) = (old.current_consent_text(id), new.current_consent_text(id));
    let kept = |text: &ConsentText| new.consent_text(id, text.version) == Some(text);
    let mut earlier = old.consent_texts.iter().filter(|text| text.id == id);
    let kind = match (before, after) {
        (None, Some(_)) => WordingKind::New,
        (Some(_), None) => WordingKind::Ended,
        _ if !earlier.all(kept) => WordingKind::Rewritten,
        (Some(before), Some(after)) if after.version > before.version => WordingKind::NextVersion,
        _ => return None,
    };
    Some(WordingChange {
        text: id.to_owned(),
        kind,
        from: before.map(|text| text.version),
        to: after.map(|text| text.version),
        activities: after.or(before)?.purposes.clone(),
    })
}
