//! What runs beside the server: evidence entries get their place in the log about once a second,
//! mail is sent, what has run out is removed.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use operations::{Act, Installation, Organisation};

use super::gateway::Gateway;
use super::post::{self, Post};
use super::{backups, mailbox, recipients};
use crate::office;

const PERIOD: Duration = Duration::from_millis(500);
/// How often it is looked for organisations that other processes have set up.
const LOOK: SignedDuration = SignedDuration::from_secs(5);
/// How often what has run out is removed.
const TIDY: SignedDuration = SignedDuration::from_mins(10);
/// How often it is looked what has changed for retention.
const RETENTION: Duration = Duration::from_secs(2);
/// Others get to write between two parts of a run.
const BETWEEN_PARTS: Duration = Duration::from_millis(5);
/// How often deleted keys are overwritten where the database keeps them.
const FORGET: SignedDuration = SignedDuration::from_hours(1);
/// Contacts whose words are looked for at a time.
const INDEXED: u32 = 500;
/// How many mails, and how many text messages, can be under way at once, so that one slow conversation holds up no other.
const SENDERS: usize = 2;

/// The threads of the jobs.
pub struct Jobs {
    /// Dropped to ask the threads to end.
    stop: Vec<Sender<()>>,
    threads: Vec<JoinHandle<()>>,
}

impl Jobs {
    pub fn start(
        installation: Installation,
        post: Option<Post>,
        mailbox: Option<PathBuf>,
        gateway: Option<Gateway>,
        backups: Option<backups::Plan>,
    ) -> Self {
        let mut jobs = Self {
            stop: Vec::new(),
            threads: Vec::new(),
        };
        let here = installation.clone();
        jobs.spawn(move |asked| sequence(&here, &asked));
        let here = installation.clone();
        jobs.spawn(move |asked| index(&here, &asked));
        let here = installation.clone();
        jobs.spawn(move |asked| campaigns(&here, &asked));
        if let Some(plan) = backups {
            let here = installation.clone();
            jobs.spawn(move |asked| backups::keep(&here, &plan, &asked));
        }
        let here = installation.clone();
        jobs.spawn(move |asked| retention(&here, &asked));
        let here = installation.clone();
        jobs.spawn(move |asked| recipients::send(&here, &asked));
        // A mail server that does not answer must not hold up the log.
        if let Some(post) = post.map(Arc::new) {
            for _ in 0..SENDERS {
                let (here, post) = (installation.clone(), Arc::clone(&post));
                jobs.spawn(move |asked| post::send(&here, &post, &asked));
            }
        }
        if let Some(gateway) = gateway.map(Arc::new) {
            for _ in 0..SENDERS {
                let (here, gateway) = (installation.clone(), Arc::clone(&gateway));
                jobs.spawn(move |asked| gateway.send(&here, &asked));
            }
        }
        if let Some(folder) = mailbox {
            jobs.spawn(move |asked| mailbox::watch(&installation, &folder, &asked));
        }
        jobs
    }

    fn spawn(&mut self, job: impl FnOnce(Receiver<()>) + Send + 'static) {
        let (stop, asked) = channel();
        self.stop.push(stop);
        self.threads.push(thread::spawn(move || job(asked)));
    }

    /// Ends after a last round.
    pub fn stop(self) {
        drop(self.stop);
        for thread in self.threads {
            if thread.join().is_err() {
                tracing::error!("a job stopped before its time");
            }
        }
    }
}

fn sequence(installation: &Installation, asked: &Receiver<()>) {
    let mut organisations: Vec<Organisation> = Vec::new();
    let (mut looked, mut tidied, mut forgot) = (Timestamp::MIN, Timestamp::MIN, Timestamp::MIN);
    loop {
        let now = Timestamp::now();
        if now.duration_since(looked) >= LOOK {
            match Organisation::all(installation) {
                Ok(all) => organisations = all,
                Err(error) => tracing::error!(%error, "the organisations can't be read"),
            }
            looked = now;
        }
        for organisation in &organisations {
            if let Err(error) = organisation.sequence(now) {
                tracing::error!(%error, "evidence entries could not be given their place");
            }
        }
        if now.duration_since(forgot) >= FORGET {
            if let Err(error) = installation.forget_deleted_keys() {
                tracing::error!(%error, "deleted keys could not be overwritten");
            }
            forgot = now;
        }
        if now.duration_since(tidied) >= TIDY {
            if let Err(error) = installation.tidy_access(now) {
                tracing::error!(%error, "old sessions and links could not be removed");
            }
            if let Err(error) = installation.tidy_mail(now) {
                tracing::error!(%error, "the pace of mail could not be tidied");
            }
            if let Err(error) = installation.tidy_sms(now) {
                tracing::error!(%error, "old codes could not be removed");
            }
            for organisation in &organisations {
                let by = Act {
                    by: "recipients".to_owned(),
                    ..office::act()
                };
                if let Err(error) = organisation.tidy_recipient_notices(&by) {
                    tracing::error!(%error, "old notices to recipients could not be removed");
                }
                let by = Act {
                    by: "answers".to_owned(),
                    ..office::act()
                };
                if let Err(error) = organisation.tidy_answers(&by) {
                    tracing::error!(%error, "answers whose time is over could not be removed");
                }
                if let Err(error) = organisation.tidy_forms(&Act {
                    by: "forms".to_owned(),
                    ..office::act()
                }) {
                    tracing::error!(%error, "forms that nobody confirmed could not be removed");
                }
                let act = Act {
                    by: "requests".to_owned(),
                    ..office::act()
                };
                if let Err(error) = organisation.remind_of_requests(&act) {
                    tracing::error!(%error, "reminders of requests could not be written");
                }
                if let Err(error) = organisation.ask_about_waiting_requests(&act) {
                    tracing::error!(%error, "requests that wait could not be asked about");
                }
                if let Err(error) = organisation.tidy_requests(&act) {
                    tracing::error!(%error, "old requests could not be removed");
                }
            }
            tidied = now;
        }
        if asked.recv_timeout(PERIOD) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}

/// Writes the mails of campaigns down, and goes on where another process ended.
fn campaigns(installation: &Installation, asked: &Receiver<()>) {
    loop {
        let act = Act {
            by: "campaign".to_owned(),
            ..office::act()
        };
        let more = match installation.queue_campaigns(&act) {
            Ok(more) => more,
            Err(error) => {
                tracing::error!(%error, "the mails of a campaign could not be written down");
                false
            }
        };
        let period = if more { Duration::ZERO } else { PERIOD };
        if asked.recv_timeout(period) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}

/// Works out when contacts are due, carries out the runs that are released, and the erasures that
/// waited for a legal hold to end.
fn retention(installation: &Installation, asked: &Receiver<()>) {
    let mut looked = Timestamp::MIN;
    loop {
        let act = Act {
            by: "retention".to_owned(),
            ..office::act()
        };
        let tidy = act.at.duration_since(looked) >= TIDY;
        let mut more = false;
        match Organisation::all(installation) {
            Ok(all) => {
                for organisation in all {
                    more |= retention_of(&organisation, tidy, &act);
                }
            }
            Err(error) => tracing::error!(%error, "the organisations can't be read"),
        }
        if tidy {
            looked = act.at;
        }
        let period = if more { BETWEEN_PARTS } else { RETENTION };
        if asked.recv_timeout(period) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}

/// One part of each; one that fails holds up none of the others. Returns whether more is to be done.
fn retention_of(organisation: &Organisation, tidy: bool, act: &Act) -> bool {
    let heard = |done: Result<bool, operations::Error>, what: &str| {
        done.unwrap_or_else(|error| {
            tracing::error!(%error, what, "retention could not go on");
            false
        })
    };
    let mut more = heard(organisation.work_out_retention(act), "days");
    more |= heard(organisation.carry_out_retention(act), "run");
    if tidy {
        let resumed = organisation.resume_erasures(act).map(|_| false);
        heard(resumed, "erasures that waited");
        more |= heard(organisation.begin_daily_retention(act), "daily run");
    }
    more
}

/// Adds the words of contacts from a time when none were kept.
fn index(installation: &Installation, asked: &Receiver<()>) {
    let organisations = match Organisation::all(installation) {
        Ok(organisations) => organisations,
        Err(error) => {
            tracing::error!(%error, "the organisations can't be read");
            return;
        }
    };
    for organisation in organisations {
        let mut after = None;
        loop {
            if asked.try_recv() == Err(TryRecvError::Disconnected) {
                return;
            }
            match organisation.index_words(&mut after, INDEXED) {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => {
                    tracing::error!(%error, "words of contacts could not be added");
                    break;
                }
            }
        }
    }
}
