//! Mail to a contact that is merged into another one, or to a submission that became a contact.

use store::message::Message;
use store::{Id, Tx};

use super::queue::{self, SubjectRef};
use super::state::{MailState, Trouble, TroubleKind};
use crate::person::Person;
use crate::state::{self, RowProof};
use crate::{Act, Error, Organisation};

/// Moves the mail of `other` to `kept`, sealed anew. A campaign writes to a person once: where both
/// stand in one, the mail that has not gone out yet is called off, and its row goes when the person
/// is erased. Returns what proves the rows.
pub(crate) fn move_all(
    tx: &mut Tx<'_>,
    this: &Organisation,
    kept: &Person,
    other: &SubjectRef<'_>,
    act: &Act,
) -> Result<Vec<RowProof>, Error> {
    let mut proofs = Vec::new();
    let own = store::message::of_subject(tx, this.id(), kept.row.id)?;
    for row in store::message::of_subject(tx, this.id(), other.id)? {
        // Somebody may just be sending it.
        let Some(mut row) = store::message::get_to_change(tx, this.id(), row.id)? else {
            continue;
        };
        let same = |mine: &&Message| row.campaign.is_some() && mine.campaign == row.campaign;
        if let Some(mine) = own.iter().find(same) {
            let twin = mine.id;
            if !call_off(tx, this, row.id, act)? {
                call_off(tx, this, twin, act)?;
            }
            continue;
        }
        if let Some(content) = queue::open(this, &row, other.key)? {
            row.sealed = Some(queue::seal(this, &row, &kept.key, &content)?);
        }
        row.subject = kept.row.id;
        store::message::update(tx, &row)?;
        proofs.push(state::message(&row));
    }
    Ok(proofs)
}

/// Calls off a mail that nothing has gone out of; `false` if it has.
fn call_off(tx: &mut Tx<'_>, this: &Organisation, id: Id, act: &Act) -> Result<bool, Error> {
    let row = store::message::get_to_change(tx, this.id(), id)?;
    let Some(mut row) = row.filter(|row| row.state <= MailState::Claimed as i16) else {
        return Ok(false);
    };
    row.state = MailState::Cancelled as i16;
    row.failure = Some(Trouble::new(TroubleKind::CalledOff).to_string());
    row.changed_at = act.at;
    store::message::update(tx, &row)?;
    Ok(true)
}
