//! What happened, from the evidence: every entry about the person is told in one of the parts.

use super::Record;
use super::words::Say;
use crate::history::Opened;

/// The entries by the part that tells them.
#[derive(Default)]
pub(super) struct Happened {
    pub(super) consents: Vec<Record>,
    pub(super) objections: Vec<Record>,
    pub(super) sends: Vec<Record>,
    pub(super) decisions: Vec<Record>,
    rest: Vec<Record>,
}

impl Happened {
    /// What no other part tells.
    pub(super) fn take_rest(&mut self) -> Vec<Record> {
        std::mem::take(&mut self.rest)
    }
}

pub(super) fn of(opened: &[Opened], say: &Say<'_>) -> Happened {
    let mut happened = Happened::default();
    for one in opened {
        let header = one.entry.header();
        let mut fields = say.content(&one.content);
        fields.push(say.field("by", say.actor(&header.actor)));
        let kind = header.kind.as_str();
        let subject = kind.split('.').next().unwrap_or(kind);
        let record = Record {
            kind: kind.to_owned(),
            title: None,
            at: Some(one.at),
            entry: Some(one.number),
            portable: header.actor == crate::preferences::PERSON,
            fields,
        };
        let part = match subject {
            "mail" | "sms" | "call" => &mut happened.sends,
            "consent" => &mut happened.consents,
            "objection" | "advertising" | "address" if kind != "address.confirmed" => {
                &mut happened.objections
            }
            "decision" | "overrule" => &mut happened.decisions,
            _ => &mut happened.rest,
        };
        part.push(record);
    }
    happened
}
