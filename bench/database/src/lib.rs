//! What both database benchmarks need: an organisation to write to, an invented contact list, and
//! the engine's own tables without the product in front of them.

pub mod bare;
mod list;

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use law::Country;
use law::facts::Source;
use measure::Result;
use operations::import::{Options, read_from};
use operations::{Act, Installation, NewOrganisation, Organisation, master_key_in};
use store::Target;

pub use list::{contact_list, email};

/// The day on which everything happens.
pub const TODAY: Date = date(2026, 11, 24);

/// Who acts, and when.
pub fn act() -> Act {
    Act {
        at: Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(498_000),
        today: TODAY,
        by: "bench".to_owned(),
    }
}

/// Opens the organisation in `target`, with the master key that lies in `folder`.
pub fn open(target: &Target, folder: &Path) -> Result<Organisation> {
    let installation = Installation::open(target, master_key_in(folder)?)?;
    Ok(Organisation::open(&installation, None)?)
}

/// Sets up an organisation with the sample register.
pub fn set_up(target: &Target, folder: &Path) -> Result<Organisation> {
    let installation = Installation::open(target, master_key_in(folder)?)?;
    let new = NewOrganisation {
        name: "Bench".to_owned(),
        country: Country::DE,
        land: None,
    };
    let organisation = Organisation::create(&installation, &new, &act())?;
    organisation.apply_register(register::SAMPLE, &act())?;
    Ok(organisation)
}

/// Imports a list; every row must become a contact.
pub fn import(organisation: &Organisation, list: Vec<u8>, rows: usize) -> Result<()> {
    let reader = read_from(std::io::Cursor::new(list), &Options::new(Country::DE))?;
    let provenance = operations::import::Provenance {
        source: "trade fair".to_owned(),
        source_kind: Source::Person,
        obtained_on: TODAY,
        kind: None,
    };
    let done = organisation.import(reader, [7; 32], &provenance, &act(), |_| Ok(()), |_| ())?;
    if done.counts.added == u64::try_from(rows)? {
        Ok(())
    } else {
        Err(format!("{rows} rows gave {:?}", done.counts).into())
    }
}

/// Copies the files of a data folder that nobody has open.
pub fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for file in std::fs::read_dir(from)? {
        let file = file?;
        std::fs::copy(file.path(), to.join(file.file_name()))?;
    }
    Ok(())
}
