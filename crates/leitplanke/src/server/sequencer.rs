//! Gives waiting evidence entries their place once a second while the server runs.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use jiff::Timestamp;
use operations::Organisation;

const PERIOD: Duration = Duration::from_millis(500);

/// The sequencer's thread.
pub struct Sequencer {
    /// Dropped to ask the thread to end.
    stop: Sender<()>,
    thread: JoinHandle<()>,
}

impl Sequencer {
    pub fn start(organisation: Organisation) -> Self {
        let (stop, asked) = channel();
        let thread = thread::spawn(move || {
            loop {
                if let Err(error) = organisation.sequence(Timestamp::now()) {
                    tracing::error!(%error, "evidence entries could not be given their place");
                }
                if asked.recv_timeout(PERIOD) != Err(RecvTimeoutError::Timeout) {
                    return;
                }
            }
        });
        Self { stop, thread }
    }

    /// Ends after a last round.
    pub fn stop(self) {
        drop(self.stop);
        if self.thread.join().is_err() {
            tracing::error!("the sequencer stopped before its time");
        }
    }
}
