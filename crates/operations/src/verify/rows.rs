//! The rows of state, each compared with what the last entry about it says.

use sha2::{Digest, Sha256};
use store::recipient_notice::RecipientNotice;
use store::{Id, StoreError, Tx};

use super::{Checked, PAGE, Proofs};
use crate::state::{self, RowProof, Table};
use crate::{Error, Organisation};
use crate::{accuracy, block_list, recipients};

pub(super) fn check(
    tx: &mut Tx<'_>,
    this: &Organisation,
    proofs: Proofs,
    checked: &mut Checked,
) -> Result<(), Error> {
    let mut rows = Rows { proofs, checked };
    of_contacts(tx, this, &mut rows)?;
    of_forms(tx, this, &mut rows)?;
    of_campaigns(tx, this, &mut rows)?;
    of_mail(tx, this, &mut rows)?;
    of_links(tx, this, &mut rows)?;
    of_block_lists(tx, this, &mut rows)?;
    of_retention(tx, this, &mut rows)?;
    let list = store::accuracy::list;
    each(
        tx,
        this,
        list,
        |row| row.contact,
        |row| rows.compare(&accuracy::proof(row)),
    )?;
    let list = store::recipient_notice::list;
    let id = |row: &RecipientNotice| row.id;
    each(tx, this, list, id, |row| {
        rows.compare(&recipients::proof(row));
    })?;
    // One by one: their files are large.
    for id in store::released_answer::all(tx, this.id())? {
        if let Some(row) = store::released_answer::get(tx, this.id(), id)? {
            rows.compare(&state::released_answer(&row));
        }
    }
    rows.missing();
    Ok(())
}

struct Rows<'a> {
    proofs: Proofs,
    checked: &'a mut Checked,
}

impl Rows<'_> {
    fn compare(&mut self, row: &RowProof) {
        self.checked.rows += 1;
        let Some((entry, sha256)) = self.proofs.last.remove(&(row.table, row.id.clone())) else {
            if row.table.is_later() && !self.proofs.from_the_start {
                self.checked.unproved += 1;
                return;
            }
            let what = format!(
                "{} {} is there, but no entry says so",
                row.table.name(),
                row.id
            );
            self.checked.wrong(None, what);
            return;
        };
        if sha256 != row.sha256 {
            let what = format!(
                "{} {} is not as entry {entry} wrote it",
                row.table.name(),
                row.id
            );
            self.checked.wrong(Some(entry), what);
        }
    }

    /// Compares a row that needs no proof as long as nothing became of it that is evidence.
    fn compare_if_proved(&mut self, row: &RowProof) {
        if self.proofs.last.contains_key(&(row.table, row.id.clone())) {
            self.compare(row);
        }
    }

    fn missing(self) {
        for ((table, id), (entry, _)) in self.proofs.last {
            // Links that work no more are removed, so a used one need not be there.
            if table != Table::OwnLink {
                let what = format!(
                    "{} {id} is missing, though entry {entry} wrote it",
                    table.name()
                );
                self.checked.wrong(Some(entry), what);
            }
        }
    }
}

fn of_contacts(tx: &mut Tx<'_>, this: &Organisation, rows: &mut Rows<'_>) -> Result<(), Error> {
    let org = this.id();
    store::facts::for_each(tx, org, PAGE, |facts| -> Result<(), Error> {
        if facts.contact.erased_at.is_none() {
            rows.compare(&state::contact(&facts.contact));
        }
        let consents = facts.consents.iter().map(state::consent);
        let objections = facts.objections.iter().map(state::objection);
        let sales = facts.sales.iter().map(state::sale);
        let circumstances = facts.circumstances.iter().map(state::circumstance);
        let overrules = facts.overrules.iter().map(state::overrule);
        let holds = facts.holds.iter().map(state::hold);
        let all = consents.chain(objections).chain(sales);
        all.chain(circumstances)
            .chain(overrules)
            .chain(holds)
            .for_each(|row| rows.compare(&row));
        Ok(())
    })?;
    for version in store::register_version::list(tx, org)? {
        rows.compare(&RowProof {
            table: Table::RegisterVersion,
            id: version.version.to_string(),
            sha256: state::hex(&Sha256::digest(version.text)),
        });
    }
    for id in store::document::all(tx, org)? {
        if let Some(row) = store::document::get(tx, org, id)? {
            rows.compare(&state::document(&row));
        }
    }
    let mut after = None;
    loop {
        let page = store::suppression::list(tx, org, after, PAGE)?;
        for row in &page {
            rows.compare(&state::suppression(row));
        }
        match page.last() {
            Some(last) => after = Some((last.hash, last.kind)),
            None => return Ok(()),
        }
    }
}

/// Erasures that wait, and the runs with who released them.
fn of_retention(tx: &mut Tx<'_>, this: &Organisation, rows: &mut Rows<'_>) -> Result<(), Error> {
    for row in store::erasure::waiting(tx, this.id())? {
        rows.compare(&state::waiting_erasure(&row));
    }
    if let Some(row) = store::retention_release::get(tx, this.id())? {
        rows.compare(&state::retention_setting(&row));
    }
    let list = store::retention::runs;
    each(
        tx,
        this,
        list,
        |row| row.id,
        |row| rows.compare(&state::retention_run(row)),
    )
}

fn of_forms(tx: &mut Tx<'_>, this: &Organisation, rows: &mut Rows<'_>) -> Result<(), Error> {
    let list = store::submission::list;
    each(
        tx,
        this,
        list,
        |row| row.id,
        |row| rows.compare(&state::submission(row)),
    )?;
    let list = store::lead::list;
    each(
        tx,
        this,
        list,
        |row| row.id,
        |row| rows.compare(&state::lead(row)),
    )?;
    let list = store::request::list;
    each(
        tx,
        this,
        list,
        |row| row.id,
        |row| rows.compare(&state::request(row)),
    )?;
    let list = store::call::list;
    each(
        tx,
        this,
        list,
        |row| row.id,
        |row| rows.compare(&state::call(row)),
    )
}

fn of_campaigns(tx: &mut Tx<'_>, this: &Organisation, rows: &mut Rows<'_>) -> Result<(), Error> {
    for campaign in store::campaign::list(tx, this.id())? {
        rows.compare(&state::campaign(&campaign));
    }
    // Asked for apart from the campaigns, so that people of a campaign that is gone are seen too.
    for campaign in store::campaign::with_recipients(tx, this.id())? {
        let mut after = None;
        loop {
            let page = store::campaign::recipients(tx, this.id(), campaign, after, PAGE)?;
            for contact in &page {
                rows.compare(&state::recipient(campaign, *contact));
            }
            match page.last() {
                Some(last) => after = Some(*last),
                None => break,
            }
        }
    }
    Ok(())
}

fn of_mail(tx: &mut Tx<'_>, this: &Organisation, rows: &mut Rows<'_>) -> Result<(), Error> {
    let list = store::message::list;
    each(
        tx,
        this,
        list,
        |row| row.id,
        |row| {
            let proof = state::message(row);
            if state::is_settled(row) {
                rows.compare(&proof);
            } else {
                rows.compare_if_proved(&proof);
            }
        },
    )
}

fn of_links(tx: &mut Tx<'_>, this: &Organisation, rows: &mut Rows<'_>) -> Result<(), Error> {
    let mut after = [0; 32];
    loop {
        let page = store::own_link::list(tx, this.id(), &after, PAGE)?;
        for row in &page {
            rows.compare_if_proved(&state::own_link(row));
        }
        match page.last() {
            Some(last) => after = last.token_hash,
            None => return Ok(()),
        }
    }
}

fn of_block_lists(tx: &mut Tx<'_>, this: &Organisation, rows: &mut Rows<'_>) -> Result<(), Error> {
    for mut row in store::block_list::list(tx, this.id())? {
        row.sha256 = block_list::digest(tx, this.id(), row.id)?.to_vec();
        rows.compare(&state::block_list(&row));
    }
    Ok(())
}

/// Hands over every row of a table, a page at a time.
fn each<R>(
    tx: &mut Tx<'_>,
    this: &Organisation,
    read: impl Fn(&mut Tx<'_>, Id, Option<Id>, u32) -> Result<Vec<R>, StoreError>,
    id: impl Fn(&R) -> Id,
    mut to: impl FnMut(&R),
) -> Result<(), Error> {
    let mut after = None;
    loop {
        let page = read(tx, this.id(), after, PAGE)?;
        page.iter().for_each(&mut to);
        match page.last() {
            Some(last) => after = Some(id(last)),
            None => return Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_without_proof_are_counted_in_an_older_log_and_faults_in_a_newer_one() {
        let row = |table| RowProof {
            table,
            id: "01".to_owned(),
            sha256: String::new(),
        };
        for (from_the_start, unproved, faults) in [(false, 1, 1), (true, 0, 2)] {
            let mut checked = Checked::default();
            let proofs = Proofs {
                from_the_start,
                ..Proofs::default()
            };
            let mut rows = Rows {
                proofs,
                checked: &mut checked,
            };
            rows.compare(&row(Table::Call));
            rows.compare(&row(Table::Consent));
            assert_eq!((checked.unproved, checked.faults.len()), (unproved, faults));
        }
    }
}
