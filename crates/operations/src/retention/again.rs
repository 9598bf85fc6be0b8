//! Who releases runs, after a restore: the stricter of what the backup and the journal say.

use serde_json::json;
use store::Tx;

use super::Release;
use crate::log::append::{self, Kind};
use crate::{Act, Error, Organisation, state};

/// Sets who releases runs to `way` if that is stricter than what is set; returns whether it was.
pub(crate) fn release_at_least(
    tx: &mut Tx<'_>,
    this: &Organisation,
    way: i16,
    act: &Act,
) -> Result<bool, Error> {
    let found = Release::ALL.into_iter().find(|known| *known as i16 == way);
    let release = found.ok_or(Error::Stored("journal"))?;
    if strictness(release) <= strictness(Release::read(tx, this)?) {
        return Ok(false);
    }
    store::retention::set_release(tx, this.id(), way)?;
    let row = state::retention_setting(this.id(), way);
    let what = json!({ "row": row, "release": release.name(), "reapplied": true });
    append::clear(tx, this, act, Kind::RetentionSet, what)?;
    Ok(true)
}

/// How many people it takes until something goes.
const fn strictness(release: Release) -> u8 {
    match release {
        Release::Daily => 0,
        Release::One => 1,
        Release::Two => 2,
    }
}
