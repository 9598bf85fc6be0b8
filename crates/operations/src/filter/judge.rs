//! Asks the gate about the people of some rows.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use law::Lang;
use law::gate::{AnswerView, Decision, Verdict};
use store::suppression::Suppression;
use store::{Hash, Id, Tx};

use super::FilterAsk;
use super::list::{Columns, Key, Row};
use super::refused::{Refusal, Why};
use crate::block_list;
use crate::dossier::{Dossier, Question};
use crate::import::{Reason, Warning};
use crate::person::Blind;
use crate::words::{self, SuppressedFor};
use crate::{Error, Organisation};

/// The answer for each row, in order: `None` is permitted. All are from one moment.
pub(super) fn rows(
    tx: &mut Tx<'_>,
    this: &Organisation,
    ask: &FilterAsk,
    columns: &Columns,
    rows: &[Row],
) -> Result<Vec<Option<Refusal>>, Error> {
    let register = this.register(tx)?;
    let question = Question::new(&register, &ask.purpose, ask.channel)?;
    let advertising = question.activity.purpose_kind.is_advertising();
    let named: Vec<_> = rows
        .iter()
        .map(|row| addresses(this, ask.lang, columns, row, advertising))
        .collect();
    let hashes: Vec<Hash> = named
        .iter()
        .flatten()
        .flatten()
        .map(|(_, hash)| *hash)
        .collect();
    let record = Record::read(tx, this, &question, ask.on, &hashes)?;
    named
        .into_iter()
        .map(|addresses| match addresses {
            Err(refusal) => Ok(Some(refusal)),
            Ok(addresses) => record.refusal(&addresses, ask),
        })
        .collect()
}

/// The hashes of the addresses that the channel uses, or why the row is refused unseen.
fn addresses(
    this: &Organisation,
    lang: Lang,
    columns: &Columns,
    row: &Row,
    advertising: bool,
) -> Result<Vec<Blind>, Refusal> {
    if !row.whole {
        return Err(Refusal::open_quote(lang));
    }
    if row.cells.len() != columns.width {
        let found = row.cells.len();
        return Err(Refusal::fields(lang, found, columns.width));
    }
    let draft = columns.draft(row).map_err(|reason| match reason {
        Reason::NoAddress | Reason::NoName => Refusal::no_address(lang, columns.key),
        reason => Refusal::unreadable(lang, reason),
    })?;
    if advertising && let Some(heading) = draft.claimed_objections.first() {
        return Err(Refusal::noted_in_list(lang, heading));
    }
    let emails = draft.fields.emails.iter().map(|e| this.blind_email(e));
    let phones = draft.fields.phones.iter().map(|p| this.blind_phone(p));
    let found: Vec<Blind> = match columns.key {
        Key::Phone => phones.collect(),
        Key::Any if draft.fields.emails.is_empty() => phones.collect(),
        Key::Email | Key::Any => emails.collect(),
    };
    let fault = draft.warnings.iter().find_map(|warning| match warning {
        Warning::Email(fault) if columns.key != Key::Phone => Some(Reason::Email(*fault)),
        Warning::Phone(fault) if columns.key == Key::Phone => Some(Reason::Phone(*fault)),
        _ => None,
    });
    match fault {
        // One address beside it that can be read does not make the row safe to send to.
        Some(fault) if columns.key != Key::Any || found.is_empty() => {
            Err(Refusal::unreadable(lang, fault))
        }
        _ if found.is_empty() => Err(Refusal::no_address(lang, columns.key)),
        _ => Ok(found),
    }
}

/// What is on record about some addresses.
struct Record {
    contacts: HashMap<(i16, Hash), Vec<Id>>,
    blocks: HashMap<(i16, Hash), Suppression>,
    /// What stands on a list of those who must not be advertised to.
    listed: HashSet<(i16, Hash)>,
    /// The gate's answers; an erased contact has none.
    decisions: HashMap<Id, Decision>,
}

impl Record {
    fn read(
        tx: &mut Tx<'_>,
        this: &Organisation,
        question: &Question<'_>,
        on: Date,
        hashes: &[Hash],
    ) -> Result<Self, Error> {
        let mut contacts: HashMap<_, Vec<Id>> = HashMap::new();
        for row in store::lookup::find(tx, this.id(), hashes)? {
            let ids = contacts.entry((row.kind, row.hash)).or_default();
            ids.push(row.contact);
        }
        let blocks = store::suppression::find(tx, this.id(), hashes)?
            .into_iter()
            .map(|row| ((row.kind, row.hash), row))
            .collect();
        let listed = store::block_list::find(tx, this.id(), hashes)?
            .into_iter()
            .filter(|row| block_list::channels(row.kind).contains(question.channel))
            .map(|row| (row.kind, row.hash))
            .collect();
        let ids: Vec<Id> = contacts.values().flatten().copied().collect();
        let mut decisions = HashMap::new();
        for facts in store::facts::get_many(tx, this.id(), &ids)? {
            if facts.contact.is_present() {
                let id = facts.contact.id;
                decisions.insert(id, Dossier(facts).decide(question, on)?);
            }
        }
        Ok(Self {
            contacts,
            blocks,
            listed,
            decisions,
        })
    }

    /// `None` if everybody behind every address may be contacted; else the weightiest reason.
    fn refusal(&self, addresses: &[Blind], ask: &FilterAsk) -> Result<Option<Refusal>, Error> {
        let mut worst: Option<Refusal> = None;
        for (kind, hash) in addresses {
            let refusal = self.refusal_of((*kind as i16, *hash), ask)?;
            if let Some(refusal) = refusal
                && worst.as_ref().is_none_or(|worst| worst.why < refusal.why)
            {
                worst = Some(refusal);
            }
        }
        Ok(worst)
    }

    fn refusal_of(&self, address: (i16, Hash), ask: &FilterAsk) -> Result<Option<Refusal>, Error> {
        let block = match self.blocks.get(&address) {
            Some(block) if words::channels(block.channels)?.contains(ask.channel) => Some(block),
            _ => None,
        };
        let ids = self.contacts.get(&address).map_or(&[][..], Vec::as_slice);
        // After an erasure the address stays blocked for good. After an objection the gate
        // decides about contacts on record: it bars advertising, until a later consent.
        if block
            .is_some_and(|block| ids.is_empty() || block.reason == SuppressedFor::Erasure as i16)
        {
            return Ok(Some(Refusal::suppressed(ask.lang)));
        }
        if ids.is_empty() && self.listed.contains(&address) {
            return Ok(Some(Refusal::suppressed(ask.lang)));
        }
        if ids.is_empty() {
            return Ok(Some(Refusal::unknown(ask.lang)));
        }
        let mut worst: Option<&Decision> = None;
        for id in ids {
            let Some(decision) = self.decisions.get(id) else {
                return Ok(Some(Refusal::suppressed(ask.lang)));
            };
            if worst.is_none_or(|worst| weight(worst) < weight(decision)) {
                worst = Some(decision);
            }
        }
        Ok(worst
            .filter(|decision| decision.verdict() != Verdict::Permitted)
            .map(|decision| by_the_gate(decision, ids.len(), ask)))
    }
}

fn weight(decision: &Decision) -> u8 {
    match decision.verdict() {
        Verdict::Permitted => 0,
        Verdict::Review => 1,
        Verdict::Refused => 2,
    }
}

fn by_the_gate(decision: &Decision, contacts: usize, ask: &FilterAsk) -> Refusal {
    let view = decision.view(ask.on, ask.lang);
    let against = |answer: &&AnswerView| answer.answer != "yes";
    let answers = [&view.channel_law, &view.data_protection];
    let mut reasons: Vec<&str> = Vec::new();
    let mut citations: Vec<&str> = Vec::new();
    for answer in answers.into_iter().filter(against) {
        if !reasons.contains(&answer.reason.as_str()) {
            reasons.push(&answer.reason);
        }
        for citation in &answer.citations {
            if !citations.contains(citation) {
                citations.push(citation);
            }
        }
    }
    let steps: Vec<&str> = view.next_steps.iter().map(|step| step.text).collect();
    Refusal {
        why: match decision.verdict() {
            Verdict::Review => Why::Review,
            Verdict::Permitted | Verdict::Refused => Why::Refused,
        },
        reason: Refusal::shared(ask.lang, contacts) + &reasons.join(" "),
        citations: citations.join(", "),
        next: steps.join(" "),
    }
}
