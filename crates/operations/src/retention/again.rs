//! Who releases runs, after a restore: the stricter of what the backup and the journal say.

use serde_json::json;
use store::Tx;

use super::Release;
use super::release::{in_force, setting_to_change, write};
use crate::log::append::Kind;
use crate::{Act, Error, Organisation};

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
    let mut row = setting_to_change(tx, this)?;
    in_force(&mut row, release);
    let what = json!({ "release": release.name(), "reapplied": true });
    write(tx, this, &row, (Kind::RetentionSet, what), act)?;
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
