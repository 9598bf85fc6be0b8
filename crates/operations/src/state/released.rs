//! The proof of an answer that was released.

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use store::released_answer::ReleasedAnswer;

use super::{RowProof, Table, hex, proof};

/// Its files count as they are sealed, so that none can be put in the place of another.
pub(crate) fn released_answer(row: &ReleasedAnswer) -> RowProof {
    let files = [&row.pdf, &row.json, &row.csv].map(|sealed| hex(&Sha256::digest(sealed)));
    proof(
        Table::ReleasedAnswer,
        row.id,
        &(
            row.contact.to_string(),
            row.language,
            row.token.map(|token| hex(&token)),
            files,
            [row.released_at, row.expires_at].map(Timestamp::as_millisecond),
            row.downloads,
        ),
    )
}
