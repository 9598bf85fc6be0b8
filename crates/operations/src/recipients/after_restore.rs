//! Notices whose key ended after the backup that is restored: what was sealed in them stays gone.

use std::collections::HashSet;

use super::notice::NoticeState;
use super::tidy::forget;
use crate::person::Person;
use crate::{Act, Error, Organisation};

/// Notices in one transaction.
const BATCH: u32 = 100;
/// Why a notice stands among those that need a look: what became of it is with the lost entries.
const FAILURE: &str = "its key ended after the backup that was restored";

/// Ends the notices whose key is one of `ended`, and with `lost_have_ended` those without a key. What
/// the recipient answered, if it did, is lost, so somebody has to look at them.
pub(crate) fn end_notices(
    this: &Organisation,
    ended: &HashSet<[u8; 16]>,
    lost_have_ended: bool,
    act: &Act,
) -> Result<(), Error> {
    let mut after = None;
    loop {
        let (here, by, ended) = (this.clone(), act.clone(), ended.clone());
        after = this.store().write(move |tx| -> Result<_, Error> {
            let page = store::recipient_notice::list(tx, here.id(), after, BATCH)?;
            for row in page.iter().filter(|row| row.sealed.is_some()) {
                let has_ended = match Person::key(tx, &here, row.id)? {
                    Some(key) => ended.contains(&key.pseudonym()),
                    None => lost_have_ended,
                };
                if has_ended {
                    let mut row = row.clone();
                    if NoticeState::stored(row.state)?.is_open() {
                        row.state = NoticeState::Failed as i16;
                        row.failure = Some(FAILURE.to_owned());
                    }
                    forget(tx, &here, &mut row, "key_is_gone", &by)?;
                }
            }
            Ok(page.last().map(|last| last.id))
        })?;
        if after.is_none() {
            return Ok(());
        }
    }
}
