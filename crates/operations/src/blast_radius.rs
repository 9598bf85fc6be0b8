//! What a change of the register would move, before it is saved: what changes in the text, what
//! follows from it (notices, wordings, retention, contracts, assessments), which gaps open and
//! close, and for how many contacts the gate's answer turns.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use law::Channel;
use law::gate::Verdict;
use register::{Activity, Change, Consequences, Gap, Register, consequences, gaps};
use serde::Serialize;

use crate::declare::InForce;
use crate::dossier::{Dossier, Question};
use crate::{Error, Organisation};

/// What a register text would move.
#[derive(Clone, Debug)]
pub struct BlastRadius {
    /// The register in force, or an empty one.
    pub old: Register,
    /// What the text declares.
    pub new: Register,
    /// What it changes in the register in force.
    pub changes: Vec<Change>,
    /// What has to be done outside of the register then.
    pub consequences: Consequences,
    /// What the law asks for and only the new text lacks.
    pub gaps_opened: Vec<Gap>,
    /// What the law asks for and only the register in force lacks.
    pub gaps_closed: Vec<Gap>,
    /// Contacts asked about; erased ones are not.
    pub contacts: u64,
    /// The purposes and channels for which somebody's answer turns.
    pub moves: Vec<Move>,
}

/// How the gate's answers turn for one purpose and channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Move {
    /// Identifier of the activity.
    pub purpose: String,
    /// The channel.
    pub channel: Channel,
    /// Contacts that may be contacted now.
    pub permitted_before: u64,
    /// Contacts that might be contacted then.
    pub permitted_after: u64,
    /// Permitted now, and not then.
    pub lost: u64,
    /// Permitted then, and not now.
    pub won: u64,
}

/// Contacts read at a time.
const PAGE: u32 = 500;

impl Organisation {
    /// Works out what `text` would move if it were applied; nothing is written.
    ///
    /// # Errors
    /// When the text has faults, or the database can't be read.
    pub fn blast_radius(&self, text: &str, on: Date) -> Result<BlastRadius, Error> {
        let register = Register::parse(text).map_err(Error::RegisterFaults)?;
        self.store().read(|tx| {
            let old = self.register_or_empty(tx)?;
            // Nobody is told of the new purposes yet.
            let then = (old.version + 1, Timestamp::MAX, on);
            let purposes = old.purposes.and(&register, then);
            let new = InForce {
                version: then.0,
                register,
                purposes,
            };
            let mut lines = lines(&old, &new);
            let mut contacts = 0;
            store::facts::for_each(tx, self.id(), PAGE, |facts| -> Result<(), Error> {
                if !facts.contact.is_present() {
                    return Ok(());
                }
                contacts += 1;
                let dossier = Dossier(facts);
                for ((_, channel), line) in &mut lines {
                    let before = permitted(&dossier, line.old, *channel, on)?;
                    let after = permitted(&dossier, line.new, *channel, on)?;
                    line.before += u64::from(before);
                    line.after += u64::from(after);
                    line.lost += u64::from(before && !after);
                    line.won += u64::from(after && !before);
                }
                Ok(())
            })?;
            let before = gaps(&old.register, on);
            let after = gaps(&new.register, on);
            let moves = lines.into_iter().filter_map(Line::finish).collect();
            Ok(BlastRadius {
                changes: register::diff(&old.register, &new.register),
                consequences: consequences(&old.register, &new.register, on),
                gaps_opened: only_in(&after, &before),
                gaps_closed: only_in(&before, &after),
                contacts,
                moves,
                old: old.register.clone(),
                new: new.register.clone(),
            })
        })
    }
}

/// A purpose and channel that either register declares.
type Key<'r> = (&'r str, Channel);

#[derive(Default)]
struct Line<'r> {
    old: Option<(&'r InForce, &'r Activity)>,
    new: Option<(&'r InForce, &'r Activity)>,
    before: u64,
    after: u64,
    lost: u64,
    won: u64,
}

impl Line<'_> {
    fn finish(((purpose, channel), line): (Key<'_>, Self)) -> Option<Move> {
        (line.lost > 0 || line.won > 0).then(|| Move {
            purpose: purpose.to_owned(),
            channel,
            permitted_before: line.before,
            permitted_after: line.after,
            lost: line.lost,
            won: line.won,
        })
    }
}

fn lines<'r>(old: &'r InForce, new: &'r InForce) -> BTreeMap<Key<'r>, Line<'r>> {
    let mut lines: BTreeMap<Key<'_>, Line<'_>> = BTreeMap::new();
    for activity in &old.register.activities {
        for channel in activity.channels.iter() {
            let line = lines.entry((&activity.id, channel)).or_default();
            line.old = Some((old, activity));
        }
    }
    for activity in &new.register.activities {
        for channel in activity.channels.iter() {
            let line = lines.entry((&activity.id, channel)).or_default();
            line.new = Some((new, activity));
        }
    }
    lines
}

fn permitted(
    dossier: &Dossier,
    declared: Option<(&InForce, &Activity)>,
    channel: Channel,
    on: Date,
) -> Result<bool, Error> {
    let Some((register, activity)) = declared else {
        return Ok(false);
    };
    if !dossier.has_address_for(channel) {
        return Ok(false);
    }
    let question = Question {
        activity,
        register,
        channel,
        goods: activity.goods_class.as_deref(),
    };
    Ok(dossier.decide(&question, on)?.verdict() == Verdict::Permitted)
}

/// The gaps of one register that the other does not have.
fn only_in(these: &[Gap], others: &[Gap]) -> Vec<Gap> {
    let same = |a: &Gap, b: &Gap| a.code == b.code && a.place.path() == b.place.path();
    let new = these
        .iter()
        .filter(|gap| !others.iter().any(|other| same(gap, other)));
    new.cloned().collect()
}
