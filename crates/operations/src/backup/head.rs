//! How far the journal reaches, written where it can't be cut unseen: sealed in a file beside the
//! journal, in the file of keys, and as the sizes of the logs in every manifest. A restore compares,
//! since a journal whose end is missing looks like one to which nothing was added.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};
use store::Id;
use vault::{OpeningReader, SealingWriter, StreamKey};

use super::BackupError;
use super::depot::Depot;
use super::manifest::Manifest;
use super::name::HeadName;
use crate::Error;

/// No head is longer; counted in bytes.
const LONGEST: u32 = 16 * 1024 * 1024;
/// How often it is looked again for a head that somebody has replaced meanwhile.
const TRIES: u32 = 5;

/// Up to which place of which log the journal is written, by organisation and generation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Heads(BTreeMap<(Id, i64), i64>);

#[derive(Serialize, Deserialize)]
struct Head {
    organisation: String,
    generation: i64,
    to: i64,
}

impl Heads {
    /// What the place says; `None` if nothing there does.
    pub(super) fn of(place: &dyn Depot, key: &StreamKey) -> Result<Option<Self>, BackupError> {
        let mut tries = 1;
        loop {
            let names = names(place, &key.id())?;
            match read_all(place, key, &names) {
                Err((_, error)) if error.kind() == io::ErrorKind::NotFound && tries < TRIES => {
                    tries += 1;
                }
                Err((name, error)) => return Err(BackupError::reading(place, &name, error)),
                Ok(heads) => return Ok(heads),
            }
        }
    }

    /// Writes it to the place; what stood there before is part of it and goes. Each has a name of its
    /// own, so that two who write at once don't spoil each other's.
    pub(super) fn write(&self, place: &dyn Depot, key: &StreamKey) -> Result<(), BackupError> {
        let older = names(place, &key.id())?;
        let number = evidence::new_nonce().map_err(Error::from)?;
        let name = HeadName::new(key.id(), hex::encode(number)).to_string();
        let written = place.put(&name, &mut |out| {
            let mut sealing = SealingWriter::new(out, key, &name)?;
            self.put(&mut sealing)?;
            sealing.finish().map(drop)
        });
        written.map_err(|error| BackupError::place(place, error))?;
        for name in older {
            let removed = place.remove(&name);
            removed.map_err(|error| BackupError::place(place, error))?;
        }
        Ok(())
    }

    /// Writes it into a file that is sealed already.
    pub(super) fn put(&self, out: &mut dyn Write) -> io::Result<()> {
        let head = |(&(organisation, generation), &to): (&(Id, i64), &i64)| Head {
            organisation: organisation.to_string(),
            generation,
            to,
        };
        let all: Vec<_> = self.0.iter().map(head).collect();
        let text = serde_json::to_vec(&all)?;
        let length = u32::try_from(text.len()).map_err(io::Error::other)?;
        out.write_all(&length.to_le_bytes())?;
        out.write_all(&text)
    }

    /// Reads what [`Self::put`] wrote.
    pub(super) fn take(input: &mut dyn Read) -> io::Result<Self> {
        let mut length = [0; 4];
        input.read_exact(&mut length)?;
        let length = u32::from_le_bytes(length);
        if length > LONGEST {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut text = Vec::new();
        input.take(length.into()).read_to_end(&mut text)?;
        let all: Vec<Head> = serde_json::from_slice(&text)?;
        let mut heads = Self::default();
        for head in all {
            let organisation = head.organisation.parse();
            let organisation = organisation.map_err(|_| io::ErrorKind::InvalidData)?;
            heads.raise(organisation, head.generation, head.to);
        }
        Ok(heads)
    }

    /// Notes that the journal reaches at least that far.
    pub(super) fn raise(&mut self, organisation: Id, generation: i64, to: i64) {
        let known = self.0.entry((organisation, generation)).or_insert(to);
        *known = to.max(*known);
    }

    /// Notes what another one says.
    pub(super) fn add(&mut self, other: &Self) {
        for (&(organisation, generation), &to) in &other.0 {
            self.raise(organisation, generation, to);
        }
    }

    /// Notes what a manifest says: when it is written the journal has all that its logs have.
    pub(super) fn add_manifest(&mut self, manifest: &Manifest) -> Result<(), Error> {
        for log in &manifest.organisations {
            let id = log.id().ok_or(Error::Stored("manifest"))?;
            self.raise(id, log.generation, log.size);
        }
        Ok(())
    }

    /// Up to where the journal of one generation reaches; `None` if it is not known to have begun.
    pub(super) fn to(&self, organisation: Id, generation: i64) -> Option<i64> {
        self.0.get(&(organisation, generation)).copied()
    }

    /// Generations of an organisation from one on, and up to where they reach.
    pub(super) fn from(
        &self,
        organisation: Id,
        generation: i64,
    ) -> impl Iterator<Item = (i64, i64)> {
        let range = (organisation, generation)..=(organisation, i64::MAX);
        self.0.range(range).map(|((_, of), to)| (*of, *to))
    }
}

fn names(place: &dyn Depot, installation: &str) -> Result<Vec<String>, BackupError> {
    let names = place.list().map_err(|e| BackupError::place(place, e))?;
    let ours =
        |name: &String| HeadName::of(name).is_some_and(|head| head.installation == installation);
    Ok(names.into_iter().filter(ours).collect())
}

/// All that lie there together: one may be left over. With an error the name of the file.
fn read_all(
    place: &dyn Depot,
    key: &StreamKey,
    names: &[String],
) -> Result<Option<Heads>, (String, io::Error)> {
    let mut all: Option<Heads> = None;
    for name in names {
        let read = || {
            let mut input = OpeningReader::new(place.get(name)?, key, name)?;
            let heads = Heads::take(&mut input)?;
            // Whoever reads on finds out that the file was whole.
            io::copy(&mut input, &mut io::sink())?;
            Ok(heads)
        };
        let heads = read().map_err(|error| (name.clone(), error))?;
        all.get_or_insert_default().add(&heads);
    }
    Ok(all)
}
