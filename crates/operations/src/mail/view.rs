//! What an organisation sees of its mail.

use jiff::Timestamp;
use store::message::Message;
use store::{Id, Tx};
use vault::SubjectKey;

use super::fate::brief;
use super::letter::MailPurpose;
use super::queue;
use super::state::{MailState, Trouble};
use crate::browse;
use crate::log::append::{self, Kind};
use crate::person::Person;
use crate::{Act, Error, Organisation};

/// Whom or what a mail is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailAbout {
    /// A contact.
    Contact(Id),
    /// A request of somebody who is not known.
    Request(Id),
    /// A notice to this recipient, by the name in the register, of what became of somebody's data.
    Recipient(String),
    /// A form that was sent.
    Form,
}

/// A mail in a list.
#[derive(Clone, Debug)]
pub struct MailLine {
    /// Names it.
    pub id: Id,
    /// What it is for.
    pub purpose: MailPurpose,
    /// What became of it.
    pub state: MailState,
    /// Whom or what it is about.
    pub about: MailAbout,
    /// The contact's name, or the company's.
    pub name: Option<String>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When something last happened to it.
    pub changed_at: Timestamp,
    /// When it is tried next, if it waits.
    pub due_at: Timestamp,
    /// How often it was tried.
    pub tries: i64,
    /// Why it was not sent, if it was tried in vain.
    pub trouble: Option<Trouble>,
}

/// A mail to be read.
#[derive(Clone, Debug)]
pub struct MailView {
    /// As in the list.
    pub line: MailLine,
    /// What it says, if that is kept.
    pub said: Option<Said>,
}

/// What a mail says.
#[derive(Clone, Debug)]
pub struct Said {
    /// To which address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text, with [`HIDDEN`] for links that are the recipient's alone.
    pub text: String,
    /// The names of its files.
    pub files: Vec<String>,
}

/// Stands where a link is not shown.
pub const HIDDEN: char = '\u{2060}';

impl MailLine {
    /// The contact whom it is about.
    pub const fn contact(&self) -> Option<Id> {
        match self.about {
            MailAbout::Contact(id) => Some(id),
            MailAbout::Request(_) | MailAbout::Recipient(_) | MailAbout::Form => None,
        }
    }
}

impl Organisation {
    /// How many mails are in which state; states without any are left out.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn mail_counts(&self) -> Result<Vec<(MailState, i64)>, Error> {
        self.store().read(|tx| {
            let counts = store::message::counts(tx, self.id())?;
            let read = |(state, count)| Ok((MailState::stored(state)?, count));
            counts.into_iter().map(read).collect()
        })
    }

    /// At most `limit` mails in one of these states, the newest first; before the one with the id
    /// `before`.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn mail_in(
        &self,
        states: &[MailState],
        before: Option<Id>,
        limit: u32,
    ) -> Result<Vec<MailLine>, Error> {
        self.store().read(|tx| {
            let mut rows = Vec::new();
            for state in states {
                let state = *state as i16;
                rows.extend(store::message::in_state(
                    tx,
                    self.id(),
                    state,
                    before,
                    limit,
                )?);
            }
            rows.sort_unstable_by_key(|row| std::cmp::Reverse(row.id));
            rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
            rows.iter().map(|row| line(tx, self, row)).collect()
        })
    }

    /// One mail, with what it says as far as that is kept.
    ///
    /// # Errors
    /// [`Error::UnknownMail`] when there is none.
    pub fn mail(&self, id: Id) -> Result<MailView, Error> {
        self.store().read(|tx| {
            let row = store::message::get(tx, self.id(), id)?.ok_or(Error::UnknownMail)?;
            let line = line(tx, self, &row)?;
            let content = match Person::key(tx, self, row.subject) {
                Ok(key) => queue::open(self, &row, &key.ok_or(Error::Erased)?)?,
                // It was set aside because of that; what can be seen is shown.
                Err(Error::Vault(_)) => None,
                Err(error) => return Err(error),
            };
            let said = content.map(|content| {
                let letter = content.letter;
                let way = self.preference_token(row.subject);
                let own = line.purpose.has_own_links() || letter.text.contains(&way);
                let files = letter.file_names();
                Said {
                    to: letter.to,
                    subject: letter.subject,
                    text: if own {
                        without_links(&letter.text)
                    } else {
                        letter.text
                    },
                    files,
                }
            });
            Ok(MailView { line, said })
        })
    }

    /// Has a mail tried at once: one that waits, was given up, or of which nobody knows whether it
    /// arrived. In the last case it may arrive twice, so this is a person's to decide.
    ///
    /// # Errors
    /// [`Error::UnknownMail`] when there is none; [`Error::MailNotToBeTried`] when it was sent or
    /// ended otherwise.
    pub fn try_mail_again(&self, id: Id, act: &Act) -> Result<(), Error> {
        let (this, act) = (self.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let row = store::message::get_to_change(tx, this.id(), id)?;
            let mut row = row.ok_or(Error::UnknownMail)?;
            let state = MailState::stored(row.state)?;
            if !state.can_be_tried() {
                return Err(Error::MailNotToBeTried);
            }
            let key = Person::key(tx, &this, row.subject)?.ok_or(Error::Erased)?;
            row.state = MailState::Waiting as i16;
            row.due_at = act.at;
            row.changed_at = act.at;
            store::message::update(tx, &row)?;
            if state != MailState::Waiting {
                let what = brief(&row, state, None)?;
                append::sealed(tx, &this, &act, Kind::MailTriedAgain, &key, &what)?;
            }
            Ok(())
        })
    }
}

fn line(tx: &mut Tx<'_>, this: &Organisation, row: &Message) -> Result<MailLine, Error> {
    let contact = store::contact::get(tx, this.id(), row.subject)?;
    let contact = contact.map(|contact| contact.id);
    let name = match contact {
        Some(id) => match browse::line_of(tx, this, id) {
            Ok(line) => line.name.or(line.company),
            // A key that can't be read hides one name, not the list.
            Err(Error::Vault(_)) => None,
            Err(error) => return Err(error),
        },
        None => None,
    };
    let purpose = MailPurpose::stored(row.purpose)?;
    Ok(MailLine {
        id: row.id,
        about: match contact {
            Some(id) => MailAbout::Contact(id),
            None => about(tx, this, purpose, row.subject)?,
        },
        purpose,
        state: MailState::stored(row.state)?,
        name,
        created_at: row.created_at,
        changed_at: row.changed_at,
        due_at: row.due_at,
        tries: row.tries,
        trouble: row.failure.as_deref().map(str::parse).transpose()?,
    })
}

/// What a mail is about that is not about a contact.
fn about(
    tx: &mut Tx<'_>,
    this: &Organisation,
    purpose: MailPurpose,
    subject: Id,
) -> Result<MailAbout, Error> {
    if purpose == MailPurpose::Recipient {
        let notice = store::recipient_notice::get(tx, this.id(), subject)?;
        let name = notice.map_or_else(String::new, |notice| notice.recipient);
        let register = this.register_or_empty(tx)?;
        let known = register.register.recipient(&name);
        return Ok(MailAbout::Recipient(
            known.map_or(name, |known| known.name.clone()),
        ));
    }
    let request = store::request::get(tx, this.id(), subject)?;
    Ok(request.map_or(MailAbout::Form, |row| MailAbout::Request(row.id)))
}

/// What a mail says, if that is kept, with [`HIDDEN`] for links.
pub(crate) fn said(
    this: &Organisation,
    row: &Message,
    key: &SubjectKey,
) -> Result<Option<Said>, Error> {
    let content = queue::open(this, row, key)?;
    Ok(content.map(|content| {
        let letter = content.letter;
        Said {
            files: letter.file_names(),
            text: without_links(&letter.text),
            to: letter.to,
            subject: letter.subject,
        }
    }))
}

/// The text with [`HIDDEN`] for each link. Who reads it here is not the one to follow them: whoever
/// confirmed in the person's place would forge a consent.
fn without_links(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let lower = word.to_ascii_lowercase();
        match lower.find("http://").or_else(|| lower.find("https://")) {
            Some(at) => {
                shown.push_str(word.get(..at).unwrap_or_default());
                shown.push(HIDDEN);
            }
            None => shown.push_str(word),
        }
        shown.push_str(piece.get(word.len()..).unwrap_or_default());
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{HIDDEN, without_links};

    #[test]
    fn of_a_link_nothing_is_left() {
        let text = "Guten Tag,\n\n(HTTPS://a.example/c/geheim)\nhttps://a.example/c/geheim\tEnde\n";
        let shown = without_links(text);
        assert_eq!(shown, format!("Guten Tag,\n\n({HIDDEN}\n{HIDDEN}\tEnde\n"));
    }
}
