//! Erasing a person: the key is shredded, a hashed suppression entry stays, and a certificate
//! proves it (GDPR Art. 17; the suppression by Art. 21(3) and 17(3)(b)).

use law::ChannelSet;
use serde_json::Map;
use store::Id;

use crate::log::append::{self, Kind};
use crate::objection::{suppress, to_suppress};
use crate::person::{ContactRef, Person};
use crate::words::SuppressedFor;
use crate::{Act, Error, Organisation};

/// An erasure that was carried out.
#[derive(Clone, Debug)]
pub struct Erased {
    /// Number of the evidence entry; its receipt is the certificate.
    pub entry: i64,
    /// The id that the contact had.
    pub contact: Id,
    /// How many addresses and numbers are suppressed from now on.
    pub suppressed: usize,
}

impl Organisation {
    /// Erases a person for good.
    ///
    /// # Errors
    /// When the contact is unknown or erased already.
    pub fn erase(&self, contact: &ContactRef, act: &Act) -> Result<Erased, Error> {
        let (this, contact, by) = (self.clone(), contact.clone(), act.clone());
        let erased = self.store().write(move |tx| -> Result<_, Error> {
            let person = Person::find(tx, &this, &contact)?;
            let fields = person.fields(&this)?;
            let blinds = to_suppress(tx, &this, &fields, &[person.row.id])?;
            let proofs = suppress(
                tx,
                &this,
                &blinds,
                ChannelSet::ALL,
                by.today,
                SuppressedFor::Erasure,
            )?;
            let what = Map::from_iter([
                ("suppressed".to_owned(), serde_json::json!(proofs)),
                ("requested_on".to_owned(), serde_json::json!(by.today)),
            ]);
            let entry = append::clear_about(tx, &this, &by, Kind::ErasureDone, &person.key, what)?;
            let id = person.row.id;
            store::erasure::erase(tx, this.id(), id, by.today, by.at, entry)?;
            Ok(Erased {
                entry,
                contact: id,
                suppressed: blinds.len(),
            })
        })?;
        self.sequence(act.at)?;
        Ok(erased)
    }
}
