//! SQLite: one thread that writes, many connections that read.

mod files;
mod writer;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};

use crate::StoreError;
use crate::pool::Pool;
use crate::tx::{Connection, Tx};
use files::{Files, Pair};
use writer::{Job, Verdict, Writer};

/// Connections that read, at most. Reads don't wait for the writer, only for one of these.
const READERS: usize = 16;

pub(crate) struct Engine {
    files: Files,
    readers: Pool<Pair>,
    /// `None` only while the engine is dropped.
    jobs: Option<Sender<Job>>,
    writer: Option<JoinHandle<()>>,
}

/// What a closure did: its own answer, or the panic that ended it.
type Outcome<T, E> = Result<Result<T, E>, Box<dyn Any + Send>>;

/// Connections to the two databases of a new folder, to fill them: the main one and that of the keys.
pub(crate) fn connections_to_fill(
    folder: &Path,
) -> Result<(rusqlite::Connection, rusqlite::Connection), StoreError> {
    let pair = Files::prepare(folder)?.open_to_write()?;
    Ok((pair.main, pair.keys))
}

impl Engine {
    pub(crate) fn open(folder: &Path) -> Result<Self, StoreError> {
        let files = Files::prepare(folder)?;
        let writer = Writer::open(&files)?;
        let (jobs, queue) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || writer.run(&queue))?;
        Ok(Self {
            files,
            readers: Pool::new(READERS),
            jobs: Some(jobs),
            writer: Some(thread),
        })
    }

    pub(crate) fn read<T, E: From<StoreError>>(
        &self,
        closure: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let pair = self.readers.take(|| self.files.open_to_read())?;
        pair.main.execute_batch("BEGIN").map_err(StoreError::from)?;
        let result = closure(&mut Tx::new(
            Connection::Sqlite {
                main: &pair.main,
                keys: &pair.keys,
            },
            None,
        ));
        if pair.main.execute_batch("ROLLBACK").is_ok() {
            pair.give_back();
        }
        result
    }

    pub(crate) fn write<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        if self.is_writer_thread() {
            return Err(StoreError::Nested.into());
        }
        let (answer, answered) = mpsc::sync_channel::<Outcome<T, E>>(1);
        let job: Job = Box::new(move |tx| {
            let outcome = match tx {
                Ok(tx) => run(closure, tx),
                Err(error) => Ok(Err(error.into())),
            };
            Verdict {
                keep: matches!(outcome, Ok(Ok(_))),
                answer: Box::new(move |saved| {
                    // Nobody hears the answer if the caller's thread is gone.
                    let _ = answer.send(match (outcome, saved) {
                        (Ok(Ok(_)), Err(error)) => Ok(Err(error.into())),
                        (outcome, _) => outcome,
                    });
                }),
            }
        });
        let jobs = self.jobs.as_ref().ok_or(StoreError::Closed)?;
        jobs.send(job).map_err(|_| StoreError::Closed)?;
        match answered.recv() {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => resume_unwind(panic),
            Err(_) => Err(StoreError::Closed.into()),
        }
    }

    fn is_writer_thread(&self) -> bool {
        self.writer
            .as_ref()
            .is_some_and(|writer| writer.thread().id() == thread::current().id())
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        let own_thread = self.is_writer_thread();
        self.jobs = None;
        // The last handle may be dropped by a closure on the writer's own thread.
        if let Some(writer) = self.writer.take().filter(|_| !own_thread) {
            let _ = writer.join();
        }
    }
}

/// Runs a closure; a panic in it, or a failed statement that it passed over, is not a yes.
fn run<T, E: From<StoreError>>(
    closure: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    tx: &mut Tx<'_>,
) -> Outcome<T, E> {
    let outcome = catch_unwind(AssertUnwindSafe(|| closure(tx)));
    match (outcome, tx.failure()) {
        (Ok(Ok(_)), Some(failure)) => Ok(Err(failure.into())),
        (outcome, _) => outcome,
    }
}
