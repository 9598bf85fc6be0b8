//! Erasing a person: the key is shredded, a hashed suppression entry stays, and a certificate
//! proves it (GDPR Art. 17; the suppression by Art. 21(3) and 17(3)(b)).

use law::ChannelSet;
use serde_json::Map;
use store::{Id, Tx};

use crate::lead_form;
use crate::log::append::{self, Kind};
use crate::merge::merged_into;
use crate::objection::{suppress, to_suppress};
use crate::person::{ContactRef, Person};
use crate::recipients::{self, About, Told};
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
    /// Erases a person for good, with every contact that was merged into this one.
    ///
    /// # Errors
    /// When the contact is unknown or erased already.
    pub fn erase(&self, contact: &ContactRef, act: &Act) -> Result<Erased, Error> {
        let (this, contact, by) = (self.clone(), contact.clone(), act.clone());
        let erased = self.store().write(move |tx| -> Result<_, Error> {
            let person = Person::find_to_change(tx, &this, &contact)?;
            let kept = person.kept(&this)?;
            let blinds = to_suppress(tx, &this, &kept, &[person.row.id])?;
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
            recipients::supersede(tx, &this, &person, &by)?;
            let told = Told {
                about: About::Erased,
                fields: &kept.fields,
                now: None,
                cause: entry,
            };
            recipients::tell(tx, &this, &person, &told, &by)?;
            for fields in kept.identities() {
                for email in &fields.emails {
                    lead_form::remove_unconfirmed(tx, &this, email, &by)?;
                }
            }
            lead_form::end_kept(tx, &this, id, &by)?;
            store::erasure::erase(tx, this.id(), id, by.today, by.at, entry)?;
            for merged in merged_into(tx, &this, id)? {
                erase_merged(tx, &this, &merged, id, &by)?;
            }
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

/// Erases what was left of a contact that was merged: its key, which opens what was written before.
/// Its addresses are suppressed with those of the contact that was kept.
fn erase_merged(
    tx: &mut Tx<'_>,
    this: &Organisation,
    merged: &Person,
    kept: Id,
    act: &Act,
) -> Result<(), Error> {
    let what = Map::from_iter([
        (
            "merged_into".to_owned(),
            serde_json::json!(kept.to_string()),
        ),
        ("requested_on".to_owned(), serde_json::json!(act.today)),
    ]);
    let entry = append::clear_about(tx, this, act, Kind::ErasureDone, &merged.key, what)?;
    recipients::supersede(tx, this, merged, act)?;
    let id = merged.row.id;
    lead_form::end_kept(tx, this, id, act)?;
    store::erasure::erase(tx, this.id(), id, act.today, act.at, entry)?;
    Ok(())
}
