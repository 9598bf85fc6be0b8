//! The rows on which keeping and erasing rest.

use store::retention_release::Setting;

use super::{RowProof, Table, proof};

pub(crate) fn hold(row: &store::hold::Hold) -> RowProof {
    let columns = (
        row.contact.to_string(),
        &row.provision,
        &row.reason,
        row.ends_on,
    );
    proof(Table::Hold, row.id, &columns)
}

/// An erasure that waits until a hold ends.
pub(crate) fn waiting_erasure(row: &store::erasure::Erasure) -> RowProof {
    proof(Table::WaitingErasure, row.contact, &row.requested_on)
}

/// A run: who proposed and who released it. How far it has come each erasure says itself.
pub(crate) fn retention_run(row: &store::retention::Run) -> RowProof {
    proof(
        Table::RetentionRun,
        row.id,
        &(
            row.state,
            row.as_of,
            row.register,
            row.people,
            &row.proposed_by,
            row.proposed_at.as_millisecond(),
            &row.released_by,
            row.released_at.map(jiff::Timestamp::as_millisecond),
            row.release,
        ),
    )
}

/// Who releases runs in an organisation, and what somebody asked for instead.
pub(crate) fn retention_setting(row: &Setting) -> RowProof {
    let columns = (
        row.release,
        row.asked,
        &row.asked_by,
        row.asked_at.map(jiff::Timestamp::as_millisecond),
    );
    proof(Table::RetentionSetting, row.org, &columns)
}
