//! A proof that is tied to an address proves nothing for another one: a double opt-in speaks for the
//! mailbox whose holder clicked (BGH I ZR 164/09), a code for the number that it was sent to.

use law::facts::Proof;
use serde_json::json;
use store::{Id, Tx};

use crate::contact::Fields;
use crate::log::append::{self, Kind};
use crate::person::Person;
use crate::state::{self, Proved};
use crate::{Act, Error, Organisation, words};

/// The proofs that no longer speak for the address that is used: the first one, if it was not on
/// record before.
pub(crate) fn lost(before: &Fields, now: &Fields) -> Vec<Proof> {
    let (email, phone) = (now.emails.first(), now.phones.first());
    let new_email = email.is_some_and(|email| !before.has_email(email));
    let new_phone = phone.is_some_and(|phone| !before.has_phone(phone));
    let by_email = [Proof::DoubleOptInPending, Proof::DoubleOptInCompleted];
    let by_email = by_email.into_iter().filter(|_| new_email);
    let by_phone = [Proof::SmsCode].into_iter().filter(|_| new_phone);
    by_email.chain(by_phone).collect()
}

/// Puts the addresses of `other` first where they alone are proven, so that a merge leaves the
/// proof with the address that is used.
pub(crate) fn put_proven_first(
    tx: &mut Tx<'_>,
    this: &Organisation,
    (kept, other): (Id, Id),
    theirs: &Fields,
    united: &mut Fields,
) -> Result<(), Error> {
    let proven = |tx: &mut Tx<'_>, proof| -> Result<bool, Error> {
        Ok(has(tx, this, other, proof)? && !has(tx, this, kept, proof)?)
    };
    if let Some(first) = theirs.emails.first()
        && proven(tx, Proof::DoubleOptInCompleted)?
    {
        united
            .emails
            .sort_by_key(|email| email.key() != first.key());
    }
    if let Some(first) = theirs.phones.first()
        && proven(tx, Proof::SmsCode)?
    {
        united
            .phones
            .sort_by_key(|phone| phone.e164() != first.e164());
    }
    Ok(())
}

/// Whether a consent in force rests on this proof.
fn has(tx: &mut Tx<'_>, this: &Organisation, id: Id, proof: Proof) -> Result<bool, Error> {
    let number = words::proof_number(proof);
    let rows = store::consent::of_contact(tx, this.id(), id)?;
    let mut in_force = rows.iter().filter(|row| row.withdrawn_on.is_none());
    Ok(in_force.any(|row| row.proof == number))
}

/// Takes these proofs from the person's consents that are in force. The consents stay, with the
/// entries that tell how they were given; what they prove has to be proven anew.
pub(crate) fn take(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    lost: &[Proof],
    act: &Act,
) -> Result<(), Error> {
    if lost.is_empty() {
        return Ok(());
    }
    for mut row in store::consent::of_contact(tx, this.id(), person.row.id)? {
        let proof = words::proof(row.proof)?;
        if row.withdrawn_on.is_some() || !lost.contains(&proof) {
            continue;
        }
        row.proof = words::proof_number(Proof::None);
        row.confirmed_on = None;
        store::consent::update(tx, &row)?;
        let what = json!({
            "activity": row.purpose,
            "lost_proof": words::proof_name(proof),
            "proved_by": row.entry_seq,
        });
        let proved = Proved {
            row: state::consent(&row),
            what,
        };
        append::sealed(tx, this, act, Kind::ConsentProofLost, &person.key, &proved)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::Email;

    fn at(emails: &[&str]) -> Fields {
        Fields {
            emails: emails.iter().map(|e| Email::parse(e).unwrap()).collect(),
            ..Fields::default()
        }
    }

    #[test]
    fn only_a_first_address_that_was_not_there_before_loses_the_proof() {
        let before = at(&["anna@a.example", "info@a.example"]);
        assert_eq!(lost(&before, &before), []);
        assert_eq!(lost(&before, &at(&["info@a.example"])), []);
        assert_eq!(lost(&before, &at(&[])), []);
        assert_eq!(lost(&before, &at(&["anna@a.example", "new@a.example"])), []);
        assert_eq!(
            lost(&before, &at(&["new@a.example", "anna@a.example"])),
            [Proof::DoubleOptInPending, Proof::DoubleOptInCompleted]
        );
    }
}
