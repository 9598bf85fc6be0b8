//! What waits is sent, one mail after the other.

use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::Duration;

use jiff::Timestamp;
use operations::mail::{Delivery, Trouble, TroubleKind};
use operations::{Act, Error, Installation};
use web::ProofError;

use super::Post;
use super::line::Line;
use super::message;
use super::receipts;
use crate::office;

/// How often it is looked for mail.
const LOOK: Duration = Duration::from_secs(2);
/// How long a mail server is left alone that can't be reached.
const PAUSE: Duration = Duration::from_secs(5);

/// Sends until it is asked to end.
pub fn send(here: &Installation, post: &Post, asked: &Receiver<()>) {
    let mut line = Line::new(post);
    loop {
        let to_people = to_account(here, &mut line);
        let to_contacts = to_contact(here, &mut line);
        let wait = match (to_people, to_contacts) {
            (Round::ServerAway, _) | (_, Round::ServerAway) => PAUSE,
            (Round::Nothing, Round::Nothing) => LOOK,
            _ => {
                if asked.try_recv() == Err(TryRecvError::Disconnected) {
                    return;
                }
                continue;
            }
        };
        line.rest();
        if asked.recv_timeout(wait) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}

enum Round {
    Nothing,
    Tried,
    ServerAway,
}

impl Round {
    fn of(delivery: &Delivery) -> Self {
        match delivery {
            Delivery::Failed(trouble) if server_away(trouble) => Self::ServerAway,
            _ => Self::Tried,
        }
    }
}

fn server_away(trouble: &Trouble) -> bool {
    matches!(
        trouble.kind,
        TroubleKind::Unreachable | TroubleKind::Timeout | TroubleKind::Insecure
    )
}

fn act() -> Act {
    Act {
        by: "mail".to_owned(),
        ..office::act()
    }
}

/// Mail to the people who work here.
fn to_account(here: &Installation, line: &mut Line<'_>) -> Round {
    let mail = match here.next_mail(Timestamp::now()) {
        Ok(Some(mail)) => mail,
        Ok(None) => return Round::Nothing,
        Err(error) => {
            tracing::error!(%error, "waiting mail can't be read");
            return Round::Nothing;
        }
    };
    let post = line.post();
    let prepared = message::write(post, mail.id, &mail.letter, None)
        .and_then(|ready| line.prepare(&ready).map(|()| ready));
    let delivery = match prepared {
        Err(trouble) => Delivery::Failed(trouble),
        Ok(ready) => match here.begin_mail(&mail, Timestamp::now()) {
            Ok(true) => line.transmit(&ready),
            Ok(false) => {
                line.let_go();
                return Round::Tried;
            }
            Err(error) => {
                tracing::error!(%error, "a mail was not sent, since that could not be noted");
                line.let_go();
                return Round::Nothing;
            }
        },
    };
    let noted = match &delivery {
        Delivery::Sent => here.mail_sent(mail.id),
        // It says so since before the content went out.
        Delivery::Unclear => Ok(()),
        Delivery::Failed(trouble) => here.mail_failed(mail.id, in_words(trouble.kind)),
    };
    if let Err(error) = noted {
        tracing::error!(%error, "what became of a mail could not be noted");
    }
    Round::of(&delivery)
}

fn in_words(kind: TroubleKind) -> &'static str {
    match kind {
        TroubleKind::Timeout => "the mail server did not answer in time",
        TroubleKind::Later => "the mail server refused it for now",
        TroubleKind::ForGood => "the mail server refused it for good",
        TroubleKind::Unwritable => "the mail can't be written",
        _ => "the mail server can't be reached, or the connection to it is not secure",
    }
}

/// Mail to contacts and to people who have sent a form.
fn to_contact(here: &Installation, line: &mut Line<'_>) -> Round {
    let post = line.post();
    let outgoing = match here.next_message(&post.pace, &act()) {
        Ok(Some(outgoing)) => outgoing,
        Ok(None) => return Round::Nothing,
        Err(error) => {
            tracing::error!(%error, "waiting mail can't be read");
            return Round::Nothing;
        }
    };
    let letter = match receipts::attach(here, &outgoing, &act()) {
        Ok(letter) => Ok(letter),
        // It stays claimed, and is tried again when that has run out.
        Err(ProofError::Operation(Error::Store(error))) => {
            tracing::error!(%error, "the receipts of a mail can't be read");
            return Round::Nothing;
        }
        Err(error) => {
            tracing::error!(%error, "the receipts of a mail can't be made");
            Err(Trouble::new(TroubleKind::Unwritable))
        }
    };
    let prepared = letter
        .and_then(|letter| message::write(post, outgoing.id, &letter, Some(outgoing.purpose)))
        .and_then(|ready| line.prepare(&ready).map(|()| ready));
    let delivery = match prepared {
        Err(trouble) => Delivery::Failed(trouble),
        Ok(ready) => match here.begin_transmission(&outgoing, ready.sha256, &post.pace, &act()) {
            Ok(true) => line.transmit(&ready),
            Ok(false) => {
                line.let_go();
                return Round::Tried;
            }
            Err(error) => {
                tracing::error!(%error, "a mail was not sent, since that could not be noted");
                line.let_go();
                return Round::Nothing;
            }
        },
    };
    if let Err(error) = here.message_ended(&outgoing, &delivery, &act()) {
        tracing::error!(%error, "what became of a mail could not be noted");
    }
    Round::of(&delivery)
}
