//! Changing the master key: every key that it wraps is wrapped anew, nothing else is touched.

use serde_json::json;
use vault::{MasterKey, Secret, SubjectKey};

use crate::log::append::{self, Kind};
use crate::person::context_of;
use crate::{Act, Error, Installation, Organisation};

const BATCH: u32 = 1000;

/// Wraps every key under `new`. May be run again after an interruption: what is done stays done.
/// From then on the installation opens with the new key only. Returns how many keys there are.
///
/// # Errors
/// When a key was wrapped by neither key, or the database can't be written.
pub fn rotate_master_key(
    installation: &Installation,
    new: &MasterKey,
    act: &Act,
) -> Result<u64, Error> {
    let organisations = Organisation::all(installation)?;
    for organisation in &organisations {
        let (this, by, id) = (organisation.clone(), act.clone(), new.id());
        installation.store().write(move |tx| {
            let what = json!({ "new_key": id });
            append::clear(tx, &this, &by, Kind::MasterKeyRotated, what)
        })?;
        organisation.sequence(act.at)?;
    }
    let new_id = new.id().into_bytes();
    let mut rewrapped = 0;
    loop {
        let id = new_id.clone();
        let batch = installation
            .store()
            .read(|tx| store::key::wrapped_by_others(tx, &id, BATCH))?;
        if batch.is_empty() {
            break;
        }
        rewrapped += batch.len() as u64;
        let changed = batch
            .into_iter()
            .map(|mut row| {
                let context = context_of(row.org, row.contact);
                row.wrapped =
                    SubjectKey::rewrap(installation.master(), new, &context, &row.wrapped)?;
                row.master_id.clone_from(&new_id);
                Ok(row)
            })
            .collect::<Result<Vec<_>, Error>>()?;
        installation
            .store()
            .write(move |tx| store::key::rewrap(tx, &changed))?;
    }
    // All at once and last: until then the installation opens with the old key, so that an
    // interrupted change can be run again; from then on it opens with the new one.
    let mut system = installation.store().read(store::key::list_system)?;
    for row in &mut system {
        row.wrapped = Secret::rewrap(installation.master(), new, &row.name, &row.wrapped)?;
        row.master_id.clone_from(&new_id);
    }
    rewrapped += system.len() as u64;
    installation.store().write(move |tx| -> Result<(), Error> {
        for row in &system {
            store::key::put_system(tx, row)?;
        }
        Ok(())
    })?;
    Ok(rewrapped)
}
