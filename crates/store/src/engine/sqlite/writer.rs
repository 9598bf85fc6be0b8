//! The thread that writes, and its group commit.
//!
//! Writes that wait at the same moment share one transaction and so one wait for the disk; each
//! runs in a savepoint of its own, so that one that fails takes nothing of the others with it.
//!
//! SQLite in WAL mode doesn't commit two files as one, so the order makes a crash harmless:
//! 1. the closures run in a transaction on each file;
//! 2. the keys' file is committed: a crash after this leaves keys that nothing uses;
//! 3. the main file is committed: this is the moment that counts;
//! 4. keys of erased contacts are deleted and the log files emptied: a crash before this leaves
//!    keys that the erasure journal names, and [`Writer::open`] deletes them.

use std::sync::mpsc::Receiver;
use std::time::Duration;

use rusqlite::{Connection, params};

use super::files::{Files, PATIENCE, Pair};
use crate::tx::{self, Tx};
use crate::{Id, StoreError, migration};

/// How many writes share a commit at most, which bounds how long the first of them waits.
const GROUP: usize = 256;

/// How long the main log file is waited for. Writers wait as long, so it is short.
const READERS_PATIENCE: Duration = Duration::from_millis(50);

/// A write to run, or to refuse where no transaction can be begun.
pub(super) type Job = Box<dyn FnOnce(Result<&mut Tx<'_>, StoreError>) -> Verdict + Send>;

/// What a job wants: whether its changes stay, and how to tell its caller once they are saved.
pub(super) struct Verdict {
    pub(super) keep: bool,
    pub(super) answer: Box<dyn FnOnce(Result<(), StoreError>) + Send>,
}

/// A job that has run.
struct Done {
    verdict: Verdict,
    shreds: bool,
}

pub(super) struct Writer {
    pair: Pair,
    /// Contacts whose keys are to go now that their erasure is saved.
    to_shred: Vec<(Id, Id)>,
    /// Whether the keys' log file may still hold bytes of deleted keys.
    to_empty: bool,
    /// Whether the main log file may still hold bytes of deleted rows. What of them is personal nobody
    /// can read any more, so this may wait for who reads for long, such as a backup.
    main_to_empty: bool,
}

impl Writer {
    pub(super) fn open(files: &Files) -> Result<Self, StoreError> {
        let _alone = files.lock_for_opening()?;
        let pair = files.open_to_write()?;
        migration::sqlite(&pair.main, &pair.keys)?;
        let mut writer = Self {
            pair,
            to_shred: Vec::new(),
            to_empty: false,
            main_to_empty: false,
        };
        writer.to_shred = writer.erased_with_keys()?;
        writer.shred()?;
        Ok(writer)
    }

    pub(super) fn run(mut self, queue: &Receiver<Job>) {
        while let Ok(first) = queue.recv() {
            let others = queue.try_iter().take(GROUP - 1);
            self.commit_together(std::iter::once(first).chain(others).collect());
        }
    }

    fn commit_together(&mut self, jobs: Vec<Job>) {
        // What an earlier group couldn't finish; it isn't this group's failure.
        if let Err(error) = self.shred() {
            tracing::warn!(%error, "keys of erased contacts still wait to be removed");
        }
        let waiting = self.to_shred.len();
        let mut state = self.begin();
        let done: Vec<Done> = jobs
            .into_iter()
            .map(|job| self.run_job(job, &mut state))
            .collect();
        let saved = state
            .and_then(|()| self.commit_keys())
            .and_then(|()| self.commit_main());
        if saved.is_err() {
            self.roll_back();
            self.to_shred.truncate(waiting);
        }
        let shredded = saved.clone().and_then(|()| {
            self.shred().map_err(|error| {
                tracing::warn!(%error, "keys of erased contacts could not be removed yet");
                StoreError::ShredPending
            })
        });
        for Done { verdict, shreds } in done {
            (verdict.answer)(if shreds {
                shredded.clone()
            } else {
                saved.clone()
            });
        }
    }

    /// The keys first, here and everywhere, so that two processes can't wait for each other.
    fn begin(&self) -> Result<(), StoreError> {
        self.on_both("BEGIN IMMEDIATE")
    }

    /// Runs a job in a savepoint. An error in `state` means that the transaction is lost, which
    /// every job that was or would be part of it hears.
    fn run_job(&mut self, job: Job, state: &mut Result<(), StoreError>) -> Done {
        if state.is_ok() {
            *state = self.on_both("SAVEPOINT job");
        }
        if let Err(error) = state {
            return Done {
                verdict: job(Err(error.clone())),
                shreds: false,
            };
        }
        let before = self.to_shred.len();
        let connection = tx::Connection::Sqlite {
            main: &self.pair.main,
            keys: &self.pair.keys,
        };
        let verdict = job(Ok(&mut Tx::new(connection, Some(&mut self.to_shred))));
        let end = if verdict.keep {
            "RELEASE job"
        } else {
            self.to_shred.truncate(before);
            "ROLLBACK TO job; RELEASE job"
        };
        // After some faults, a full disk for one, SQLite has ended the whole transaction itself.
        if self.on_both(end).is_err() {
            *state = Err(StoreError::Conflict);
        }
        Done {
            verdict,
            shreds: self.to_shred.len() > before,
        }
    }

    fn commit_keys(&self) -> Result<(), StoreError> {
        Ok(self.pair.keys.execute_batch("COMMIT")?)
    }

    fn commit_main(&self) -> Result<(), StoreError> {
        Ok(self.pair.main.execute_batch("COMMIT")?)
    }

    fn roll_back(&self) {
        for connection in [&self.pair.keys, &self.pair.main] {
            if !connection.is_autocommit() {
                // If even this fails, the next BEGIN does too and its callers hear of it.
                let _ = connection.execute_batch("ROLLBACK");
            }
        }
    }

    fn on_both(&self, sql: &str) -> Result<(), StoreError> {
        self.pair.keys.execute_batch(sql)?;
        self.pair.main.execute_batch(sql)?;
        Ok(())
    }

    /// Deletes the keys of contacts whose erasure is saved, and empties the log files, which held
    /// copies of them.
    fn shred(&mut self) -> Result<(), StoreError> {
        if !self.to_shred.is_empty() {
            let keys = &self.pair.keys;
            keys.execute_batch("BEGIN IMMEDIATE")?;
            let deleted =
                delete_keys(keys, &self.to_shred).and_then(|()| Ok(keys.execute_batch("COMMIT")?));
            if deleted.is_err() {
                self.roll_back();
            }
            deleted?;
            self.to_shred.clear();
            self.to_empty = true;
            self.main_to_empty = true;
        }
        if self.to_empty {
            empty_log(&self.pair.keys, "keys", PATIENCE)?;
            self.to_empty = false;
        }
        if self.main_to_empty {
            match empty_log(&self.pair.main, "main", READERS_PATIENCE) {
                Ok(()) => self.main_to_empty = false,
                // Tried again before the next write.
                Err(StoreError::Busy) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Contacts whose erasure is done and who have a key all the same: a crash came between the
    /// two, or an older backup of the keys was brought back.
    fn erased_with_keys(&self) -> Result<Vec<(Id, Id)>, StoreError> {
        let mut has_key = self
            .pair
            .keys
            .prepare("SELECT 1 FROM keys.contact_key WHERE org = ?1 AND contact = ?2")?;
        let mut erased = self
            .pair
            .main
            .prepare("SELECT org, contact FROM erasure WHERE done_at IS NOT NULL")?;
        let mut rows = erased.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let (org, contact): ([u8; 16], [u8; 16]) = (row.get(0)?, row.get(1)?);
            if has_key.exists((org, contact))? {
                found.push((Id(org), Id(contact)));
            }
        }
        Ok(found)
    }
}

fn delete_keys(keys: &Connection, contacts: &[(Id, Id)]) -> Result<(), StoreError> {
    let mut delete =
        keys.prepare_cached("DELETE FROM keys.contact_key WHERE org = ?1 AND contact = ?2")?;
    for (org, contact) in contacts {
        delete.execute(params![org.0, contact.0])?;
    }
    Ok(())
}

/// Moves the whole write-ahead log into the database and cuts it to nothing.
fn empty_log(connection: &Connection, schema: &str, patience: Duration) -> Result<(), StoreError> {
    let sql = format!("PRAGMA {schema}.wal_checkpoint(TRUNCATE)");
    connection.busy_timeout(patience)?;
    let busy: rusqlite::Result<i64> = connection.query_row(&sql, [], |row| row.get(0));
    connection.busy_timeout(PATIENCE)?;
    let busy = busy?;
    if busy != 0 {
        return Err(StoreError::Busy);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::date;

    use super::{Job, Verdict, Writer};
    use crate::engine::sqlite::files::Files;
    use crate::key::ContactKey;
    use crate::tx::{Connection, Tx};
    use crate::{Id, StoreError, erasure, key, organisation};

    const ORG: Id = Id([1; 16]);
    const CONTACT: Id = Id([2; 16]);

    fn job(write: impl FnOnce(&mut Tx<'_>) -> Result<(), StoreError> + Send + 'static) -> Job {
        Box::new(|tx| Verdict {
            keep: tx.and_then(write).is_ok(),
            answer: Box::new(|_| ()),
        })
    }

    fn add_key(tx: &mut Tx<'_>) -> Result<(), StoreError> {
        organisation::insert(
            tx,
            &organisation::Organisation {
                id: ORG,
                name: "Beispiel AG".to_owned(),
                country: "DE".to_owned(),
                land: None,
                created_at: Timestamp::UNIX_EPOCH,
            },
        )?;
        let key = ContactKey {
            org: ORG,
            contact: CONTACT,
            wrapped: vec![5; 60],
            master_id: vec![1],
        };
        key::insert(tx, &[key])
    }

    fn erase(tx: &mut Tx<'_>) -> Result<(), StoreError> {
        erasure::erase(
            tx,
            ORG,
            CONTACT,
            date(2026, 11, 24),
            Timestamp::UNIX_EPOCH,
            1,
        )
    }

    /// Runs a job up to, not including, the commit of either file.
    fn run(writer: &mut Writer, write: Job) -> Result<(), StoreError> {
        let mut state = writer.begin();
        let _ = writer.run_job(write, &mut state);
        state
    }

    /// Whether the organisation and the key are there.
    fn what_is_there(writer: &Writer) -> (bool, bool) {
        let connection = Connection::Sqlite {
            main: &writer.pair.main,
            keys: &writer.pair.keys,
        };
        let tx = &mut Tx::new(connection, None);
        (
            organisation::get(tx, ORG).unwrap().is_some(),
            key::get(tx, ORG, CONTACT).unwrap().is_some(),
        )
    }

    #[test]
    fn a_crash_before_a_commit_loses_the_write_whole() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::prepare(folder.path()).unwrap();
        let mut writer = Writer::open(&files).unwrap();
        run(&mut writer, job(add_key)).unwrap();
        drop(writer);
        assert_eq!(
            what_is_there(&Writer::open(&files).unwrap()),
            (false, false)
        );
    }

    #[test]
    fn a_crash_between_the_two_commits_leaves_a_key_that_nothing_uses() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::prepare(folder.path()).unwrap();
        let mut writer = Writer::open(&files).unwrap();
        run(&mut writer, job(add_key)).unwrap();
        writer.commit_keys().unwrap();
        drop(writer);
        assert_eq!(what_is_there(&Writer::open(&files).unwrap()), (false, true));
    }

    #[test]
    fn a_crash_between_an_erasure_and_the_end_of_its_key_is_made_good_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::prepare(folder.path()).unwrap();
        let mut writer = Writer::open(&files).unwrap();
        writer.commit_together(vec![job(add_key)]);
        run(&mut writer, job(erase)).unwrap();
        writer.commit_keys().unwrap();
        writer.commit_main().unwrap();
        assert_eq!(what_is_there(&writer), (true, true));
        drop(writer);
        assert_eq!(what_is_there(&Writer::open(&files).unwrap()), (true, false));
    }

    #[test]
    fn a_write_that_fails_takes_nothing_of_its_group_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::prepare(folder.path()).unwrap();
        let mut writer = Writer::open(&files).unwrap();
        let fail = |tx: &mut Tx<'_>| erase(tx).and(Err(StoreError::Conflict));
        writer.commit_together(vec![job(add_key), job(fail)]);
        assert_eq!(what_is_there(&writer), (true, true));
    }

    #[test]
    fn when_a_fault_ends_the_transaction_no_write_of_the_group_is_acknowledged() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::prepare(folder.path()).unwrap();
        let mut writer = Writer::open(&files).unwrap();
        let (answer, answers) = std::sync::mpsc::channel();
        let telling = |write: fn(&mut Tx<'_>) -> Result<(), StoreError>| -> Job {
            let answer = answer.clone();
            Box::new(move |tx| Verdict {
                keep: tx.and_then(write).is_ok(),
                answer: Box::new(move |saved| answer.send(saved.is_ok()).unwrap()),
            })
        };
        // What a full disk does, which can't be had in a test.
        let lose = |tx: &mut Tx<'_>| {
            tx.execute(crate::tx::Place::Main, "ROLLBACK", &[])?;
            Ok(())
        };
        writer.commit_together(vec![telling(add_key), telling(lose), telling(add_key)]);
        assert_eq!(answers.try_iter().collect::<Vec<_>>(), [false; 3]);
        assert_eq!(what_is_there(&writer), (false, false));
        writer.commit_together(vec![telling(add_key)]);
        assert_eq!(answers.try_iter().collect::<Vec<_>>(), [true]);
    }
}
