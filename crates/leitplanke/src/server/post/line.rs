//! A connection to the mail server, used in two steps: everything up to the point where the server
//! waits for the content can be repeated, the content can't.

use std::error::Error as _;
use std::time::{Duration, Instant};

use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::SmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{Extension, MailParameter};
use operations::mail::{Delivery, Trouble, TroubleKind};

use super::Post;
use super::message::Ready;

/// A connection is not kept longer than this without a mail; servers end idle ones.
const IDLE: Duration = Duration::from_secs(20);
/// How many mails go over one connection; many servers allow no more than about this.
const MAILS: u32 = 50;

/// A connection that is opened when it is needed.
pub(super) struct Line<'a> {
    post: &'a Post,
    open: Option<Box<Open>>,
}

struct Open {
    connection: SmtpConnection,
    used: Instant,
    mails: u32,
}

/// Where in the conversation something was refused.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Connecting,
    Sender,
    Recipient,
    Content,
}

impl<'a> Line<'a> {
    pub(super) fn new(post: &'a Post) -> Self {
        Self { post, open: None }
    }

    pub(super) fn post(&self) -> &'a Post {
        self.post
    }

    /// Gets to the point where the server waits for the content of this mail.
    pub(super) fn prepare(&mut self, mail: &Ready) -> Result<(), Trouble> {
        let until = Instant::now() + self.post.patience;
        if let Some(open) = self.open.take() {
            // The server may have ended it meanwhile; then a new one is opened.
            if open.used.elapsed() < IDLE && open.mails < MAILS {
                match ask(open, mail, until) {
                    Ok(open) => {
                        self.open = Some(open);
                        return Ok(());
                    }
                    Err((trouble, open)) if !trouble.kind_is_connection() => {
                        self.open = open;
                        return Err(trouble.told());
                    }
                    Err(_) => {}
                }
            } else {
                hang_up(open);
            }
        }
        let connection = self.post.server.connect(left(until)?);
        let connection =
            connection.map_err(|error| Refusal::new(Step::Connecting, &error).told())?;
        let open = Box::new(Open {
            connection,
            used: Instant::now(),
            mails: 0,
        });
        match ask(open, mail, until) {
            Ok(open) => {
                self.open = Some(open);
                Ok(())
            }
            Err((trouble, open)) => {
                self.open = open;
                Err(trouble.told())
            }
        }
    }

    /// Sends the content. There is no way back from here.
    pub(super) fn transmit(&mut self, mail: &Ready) -> Delivery {
        let Some(mut open) = self.open.take() else {
            return Delivery::Failed(Trouble::new(TroubleKind::Unreachable));
        };
        if open
            .connection
            .set_timeout(Some(self.post.patience))
            .is_err()
        {
            // Nothing has gone out yet.
            return Delivery::Failed(Trouble::new(TroubleKind::Unreachable));
        }
        match open.connection.message(&mail.bytes) {
            Ok(_) => {
                open.used = Instant::now();
                open.mails += 1;
                self.open = Some(open);
                Delivery::Sent
            }
            // The server says that it did not take it.
            Err(error) if error.is_permanent() || error.is_transient() => {
                open.connection.abort();
                Delivery::Failed(Refusal::new(Step::Content, &error).told())
            }
            Err(_) => {
                open.connection.abort();
                Delivery::Unclear
            }
        }
    }

    /// Ends the connection without sending what was prepared: the server throws it away.
    pub(super) fn let_go(&mut self) {
        if let Some(mut open) = self.open.take() {
            open.connection.abort();
        }
    }

    /// Ends the connection if it was not used for a while.
    pub(super) fn rest(&mut self) {
        if let Some(open) = self.open.take_if(|open| open.used.elapsed() >= IDLE) {
            hang_up(open);
        }
    }
}

impl Drop for Line<'_> {
    fn drop(&mut self) {
        if let Some(open) = self.open.take() {
            hang_up(open);
        }
    }
}

fn hang_up(mut open: Box<Open>) {
    // Its answer matters to nobody.
    let _ = open.connection.set_timeout(Some(Duration::from_secs(2)));
    let _ = open.connection.quit();
}

/// The time that is left of a step.
fn left(until: Instant) -> Result<Duration, Trouble> {
    let left = until.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(Trouble::new(TroubleKind::Timeout));
    }
    Ok(left)
}

/// Names sender and recipient and asks to send the content. A connection on which that was refused
/// can be used again once the server has forgotten the mail.
fn ask(
    mut open: Box<Open>,
    mail: &Ready,
    until: Instant,
) -> Result<Box<Open>, (Refusal, Option<Box<Open>>)> {
    match ask_on(&mut open.connection, mail, until) {
        Ok(()) => Ok(open),
        Err(refusal) if refusal.kind_is_connection() => Err((refusal, None)),
        Err(refusal) => {
            let forgotten = open.connection.command("RSET\r\n").is_ok();
            Err((refusal, forgotten.then_some(open)))
        }
    }
}

fn ask_on(connection: &mut SmtpConnection, mail: &Ready, until: Instant) -> Result<(), Refusal> {
    let mut options = Vec::new();
    if !(mail.to.as_ref() as &str).is_ascii() || !(mail.from.as_ref() as &str).is_ascii() {
        let server = connection.server_info();
        if !server.supports_feature(Extension::SmtpUtfEight) {
            return Err(Refusal(Trouble::new(TroubleKind::Unwritable)));
        }
        options.push(MailParameter::SmtpUtfEight);
    }
    in_time(connection, until)?;
    let sender = Mail::new(Some(mail.from.clone()), options);
    connection
        .command(sender)
        .map_err(|e| Refusal::new(Step::Sender, &e))?;
    in_time(connection, until)?;
    let recipient = Rcpt::new(mail.to.clone(), Vec::new());
    connection
        .command(recipient)
        .map_err(|e| Refusal::new(Step::Recipient, &e))?;
    in_time(connection, until)?;
    connection
        .command(Data)
        .map_err(|e| Refusal::new(Step::Content, &e))?;
    Ok(())
}

fn in_time(connection: &mut SmtpConnection, until: Instant) -> Result<(), Refusal> {
    let left = left(until).map_err(Refusal)?;
    connection
        .set_timeout(Some(left))
        .map_err(|_| Refusal(Trouble::new(TroubleKind::Unreachable)))
}

/// Why it went no further.
struct Refusal(Trouble);

impl Refusal {
    fn new(step: Step, error: &Error) -> Self {
        let said = error.source().map(ToString::to_string).unwrap_or_default();
        // RFC 3463: the first word, if the server gives it.
        let detail = said
            .split_whitespace()
            .next()
            .filter(|word| is_detail(word));
        let status = error.status().map(|code| code.to_string());
        // Without a detail only the answer to a recipient can be about the address.
        let code = match (detail, &status) {
            (Some(detail), _) => detail,
            (None, Some(status)) if step == Step::Recipient => status,
            _ => "",
        };
        let closing = status.as_deref() == Some("421");
        let kind = if error.is_timeout() {
            TroubleKind::Timeout
        } else if closing {
            TroubleKind::Unreachable
        } else if error.is_tls() || error.is_client() {
            TroubleKind::Insecure
        } else if error.is_permanent() {
            match step {
                // The sign-in was refused: not this mail's fault.
                Step::Connecting => TroubleKind::Insecure,
                // The sender was: waits until somebody has mended that.
                Step::Sender => TroubleKind::Later,
                Step::Recipient | Step::Content => TroubleKind::ForGood,
            }
        } else if error.is_transient() {
            TroubleKind::Later
        } else {
            TroubleKind::Unreachable
        };
        Self(Trouble::with_code(kind, code))
    }

    /// Whether the connection is the matter, so that another one may do.
    fn kind_is_connection(&self) -> bool {
        matches!(
            self.0.kind,
            TroubleKind::Unreachable | TroubleKind::Timeout | TroubleKind::Insecure
        )
    }

    fn told(self) -> Trouble {
        self.0
    }
}

fn is_detail(word: &str) -> bool {
    let mut parts = word.split('.');
    let numbers = parts
        .by_ref()
        .take(3)
        .filter(|part| part.parse::<u16>().is_ok())
        .count();
    numbers == 3 && parts.next().is_none()
}
