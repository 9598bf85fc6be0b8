//! The receipts of consents that go with a letter: a paper for the person, and the proof that a third
//! party checks with the log's public key alone.

use jiff::ZonedDateTime;
use operations::mail::{Attachment, Letter, Outgoing};
use operations::{Act, ContactRef, Error, Installation, Organisation};
use web::ProofError;

/// The letter with its receipts.
///
/// # Errors
/// When a receipt can't be made: the letter says that it is attached, so it does not go without.
pub(super) fn attach(
    here: &Installation,
    outgoing: &Outgoing,
    act: &Act,
) -> Result<Letter, ProofError> {
    let mut letter = outgoing.letter.clone();
    let Some(receipts) = &outgoing.letter.receipts else {
        return Ok(letter);
    };
    let organisation = Organisation::by_id(here, outgoing.organisation)?;
    let facts = organisation.pack_facts(&ContactRef::Id(outgoing.subject), act)?;
    let now = ZonedDateTime::now();
    for &entry in &receipts.entries {
        let consent = facts.consent(entry).ok_or(Error::UnknownEntry(entry))?;
        letter.attachments.push(Attachment {
            name: receipts.paper_name(entry),
            content_type: "application/pdf".to_owned(),
            bytes: web::consent_receipt(&facts, &consent, entry, receipts.lang, &now)?,
        });
        letter.attachments.push(Attachment {
            name: receipts.proof_name(entry),
            content_type: "application/json".to_owned(),
            bytes: organisation.receipt(entry, true, act.at)?.json.into_bytes(),
        });
    }
    Ok(letter)
}
