//! The journal beside the keys: which erasures, withdrawals and objections the log tells of. It is
//! derived from the log, so whatever wrote such an entry is in it, and it names nobody: identifiers and
//! keyed hashes only, sealed all the same.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};

use store::{Id, Tx};
use vault::{OpeningReader, SealingWriter, StreamKey};

use super::depot::Depot;
use super::head::Heads;
use super::name::Segment;
use super::noted::{Line, Noted, noted};
use super::{BackupError, JOURNAL, Places};
use crate::log::append::Kind;
use crate::{Error, Installation, Organisation};

/// Places in the log that are looked through at a time.
const BATCH: i64 = 100_000;
/// After so many places without anything to note a part without content is written, so that they are
/// not looked through again and again.
const STEP: i64 = 10_000;

impl Installation {
    /// Writes what the journal does not have yet; returns whether somebody was erased meanwhile, whose
    /// key the newest file of keys still has. The first call begins the journal: what came before it
    /// is in the first backup.
    ///
    /// # Errors
    /// When the place can't be written. What was not written is written by the next call.
    pub fn ship_journal(&self, place: &dyn Depot) -> Result<bool, BackupError> {
        self.ship(place, false)
    }

    /// As [`Self::ship_journal`], up to the very end of each log even where there is nothing to note:
    /// a restore asks that the journal reaches as far as the backup's logs.
    pub(super) fn ship_whole_journal(&self, place: &dyn Depot) -> Result<bool, BackupError> {
        self.ship(place, true)
    }

    fn ship(&self, place: &dyn Depot, whole: bool) -> Result<bool, BackupError> {
        let key = self.backup_secret()?.stream_key(JOURNAL);
        let known = Heads::of(place, &key)?;
        let mut heads = known.clone().unwrap_or_default();
        let segments = segments(place, &key.id())?;
        let mut erased = false;
        for organisation in Organisation::all(self)? {
            erased |= ship(&organisation, place, &key, &segments, &mut heads, whole)?;
        }
        // After the parts: it never promises what is not there.
        if known.as_ref() != Some(&heads) {
            heads.write(place, &key)?;
        }
        Ok(erased)
    }

    /// Puts the parts of the journal together, so that their number does not grow without end.
    pub(super) fn compact_journal(&self, places: &Places) -> Result<(), BackupError> {
        let key = self.backup_secret()?.stream_key(JOURNAL);
        let place = &*places.keys;
        let mut chains = BTreeMap::<(Id, i64), Vec<Segment>>::new();
        for segment in segments(place, &key.id())? {
            let chain = (segment.organisation, segment.generation);
            chains.entry(chain).or_default().push(segment);
        }
        for parts in chains.into_values().filter(|parts| parts.len() > 1) {
            let parts = chain(parts);
            let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
                continue;
            };
            let whole = Segment {
                from: first.from,
                to: last.to,
                ..first.clone()
            };
            let mut all = Vec::new();
            for part in &parts {
                all.extend(read(place, &key, part)?);
            }
            write(place, &key, &whole, &all)?;
            // Until they are gone a reader finds the whole, which begins first and ends last.
            for part in parts.iter().filter(|part| **part != whole) {
                let removed = place.remove(&part.to_string());
                removed.map_err(|error| BackupError::place(place, error))?;
            }
        }
        Ok(())
    }
}

/// The parts of one generation in their order, without those that others contain, up to the first gap.
fn chain(mut parts: Vec<Segment>) -> Vec<Segment> {
    parts.sort_unstable_by_key(|part| (part.from, -part.to));
    let mut chain: Vec<Segment> = Vec::new();
    for part in parts {
        match chain.last().map(|last| last.to) {
            Some(end) if part.to <= end => {}
            Some(end) if part.from > end => break,
            _ => chain.push(part),
        }
    }
    chain
}

/// What the journal says, and what of it is missing.
#[derive(Debug, Default)]
pub(super) struct Since {
    pub(super) noted: Vec<Noted>,
    pub(super) missing: Vec<String>,
}

/// From where on the journal of an organisation is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub(super) organisation: Id,
    pub(super) generation: i64,
    /// How far the log reaches in the backup.
    pub(super) size: i64,
    /// How far the journal reached when the file of keys was written. Less than the size where only an
    /// older file is left, whose keys the journal has to take away.
    pub(super) keys: i64,
}

/// The journal of one organisation from the backup on, later generations included, in the order in
/// which it happened. It has to reach as far as the heads say.
pub(super) fn since(
    place: &dyn Depot,
    key: &StreamKey,
    asked: Asked,
    heads: &Heads,
) -> Result<Since, BackupError> {
    let (organisation, generation) = (asked.organisation, asked.generation);
    let mut generations = BTreeMap::<i64, Vec<Segment>>::new();
    for (of, _) in heads.from(organisation, generation) {
        generations.entry(of).or_default();
    }
    for segment in segments(place, &key.id())? {
        if segment.organisation == organisation && segment.generation >= generation {
            let parts = generations.entry(segment.generation).or_default();
            parts.push(segment);
        }
    }
    let mut since = Since::default();
    for (of, mut parts) in generations {
        // A later generation began with the log as it was restored.
        let begin = if of == generation {
            asked.size.min(asked.keys)
        } else {
            0
        };
        let mut reached = begin;
        let mut gap = |from: i64, to: &dyn std::fmt::Display| {
            let gap =
                format!("organisation {organisation}, generation {of}: places {from} to {to}");
            since.missing.push(gap);
        };
        if parts.is_empty() {
            gap(begin, &"the end");
        }
        parts.sort_unstable_by_key(|part| (part.from, -part.to));
        for part in &parts {
            if part.to <= reached {
                continue;
            }
            if part.from > reached {
                gap(reached, &part.from);
            }
            let lines = read(place, key, part)?.into_iter();
            // What the backup has already is not applied again: it may have been taken back before it.
            // Only whom an older file of keys would bring back is named all the same.
            let counts = |line: &Line| {
                of > generation
                    || line.place.is_none_or(|place| place >= asked.size)
                    || line.noted.removes_a_key()
            };
            since
                .noted
                .extend(lines.filter(counts).map(|line| line.noted));
            reached = part.to;
        }
        if let Some(to) = heads.to(organisation, of)
            && to > reached
            && !parts.is_empty()
        {
            gap(reached, &to);
        }
    }
    Ok(since)
}

fn segments(place: &dyn Depot, installation: &str) -> Result<Vec<Segment>, BackupError> {
    let names = place.list().map_err(|e| BackupError::place(place, e))?;
    let segments = names.iter().filter_map(|name| Segment::of(name));
    Ok(segments
        .filter(|segment| segment.installation == installation)
        .collect())
}

/// The generation of an organisation's log: when it was last restored.
pub(super) fn generation(tx: &mut Tx<'_>, organisation: Id) -> Result<i64, Error> {
    let kind = Kind::BackupRestored as i16;
    let restored = store::evidence_entry::newest_about_backups(tx, organisation, kind)?;
    Ok(restored.map_or(0, |entry| entry.at.as_millisecond()))
}

fn ship(
    this: &Organisation,
    place: &dyn Depot,
    key: &StreamKey,
    segments: &[Segment],
    heads: &mut Heads,
    whole: bool,
) -> Result<bool, BackupError> {
    let mut erased = false;
    let (generation, size) = this.store().read(|tx| -> Result<_, Error> {
        let size = store::evidence_entry::log_size(tx, this.id())?;
        Ok((generation(tx, this.id())?, size))
    })?;
    let mine =
        |segment: &&Segment| segment.organisation == this.id() && segment.generation == generation;
    // Up to a gap: from there on it is written once more, since the log still has it.
    let written = chain(segments.iter().filter(mine).cloned().collect());
    let written = written.last().map(|segment| segment.to);
    let known = heads.to(this.id(), generation);
    let begins = generation == 0 && known.is_none();
    let mut part = Segment {
        organisation: this.id(),
        generation,
        from: written.unwrap_or(if begins { size } else { 0 }),
        to: size,
        installation: key.id(),
    };
    if written.is_none() && part.from == size {
        write(place, key, &part, &[])?;
        heads.raise(this.id(), generation, size);
        return Ok(false);
    }
    while part.from < size {
        part.to = size.min(part.from + BATCH);
        let range = (part.from, part.to);
        let noted = this.store().read(|tx| noted(tx, this, range))?;
        let must = whole || written.is_none();
        if noted.is_empty() && part.to - part.from < STEP && !must {
            break;
        }
        erased |= noted.iter().any(|line| line.noted.removes_a_key());
        write(place, key, &part, &noted)?;
        part.from = part.to;
    }
    heads.raise(this.id(), generation, part.from);
    Ok(erased)
}

fn write(
    place: &dyn Depot,
    key: &StreamKey,
    segment: &Segment,
    noted: &[Line],
) -> Result<(), BackupError> {
    let name = segment.to_string();
    let lines = noted.iter().map(serde_json::to_vec);
    let lines = lines.collect::<Result<Vec<_>, _>>();
    let lines = lines.map_err(|_| Error::Stored("journal"))?;
    let written = place.put(&name, &mut |out| {
        let mut sealing = SealingWriter::new(out, key, &name)?;
        for line in &lines {
            sealing.write_all(line)?;
            sealing.write_all(b"\n")?;
        }
        sealing.finish().map(drop)
    });
    written.map_err(|error| BackupError::place(place, error))
}

fn read(place: &dyn Depot, key: &StreamKey, part: &Segment) -> Result<Vec<Line>, BackupError> {
    let name = part.to_string();
    let read = || -> io::Result<Vec<Line>> {
        let mut text = Vec::new();
        OpeningReader::new(place.get(&name)?, key, &name)?.read_to_end(&mut text)?;
        let lines = text
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty());
        let noted = lines.map(|line| serde_json::from_slice(line).map_err(io::Error::from));
        noted.collect()
    };
    read().map_err(|error| BackupError::reading(place, &name, error))
}
