//! How many people see, send and confirm a form, by day, place and legal basis. Only numbers are
//! kept: no cookie, no address, nothing that leads to anybody, so that the counts are no personal data
//! (GDPR recital 26). That a GET counts a showing changes nothing for the person.

use jiff::SignedDuration;
use jiff::civil::Date;
use law::LegalBasis;
use store::funnel_count::FunnelCount;
use store::{Id, Tx};

use super::shown::{ShownConsent, ShownForm};
use crate::state::{self, RowProof};
use crate::{Act, Error, Organisation};

/// Most different places that are told apart for a form within [`SPELL`]; people can write anything
/// into an address, and it must not take the room of others for good.
const MOST_SOURCES: usize = 50;
const SPELL: SignedDuration = SignedDuration::from_hours(24 * 7);
/// What stands for a place that is not told apart.
const OTHER: &str = "other";
/// What stands for people who came by an address without a place.
const DIRECT: &str = "direct";

/// How far somebody came. The numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(i16)]
pub enum Stage {
    /// The form was shown.
    Viewed = 1,
    /// It was sent.
    Submitted = 2,
    /// Whoever reads the mailbox confirmed it.
    Confirmed = 3,
    /// The person asked for something: by a form that is for that, or noted by hand.
    Enquiry = 4,
    /// Something was sold to the person.
    Customer = 5,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 5] = [
        Self::Viewed,
        Self::Submitted,
        Self::Confirmed,
        Self::Enquiry,
        Self::Customer,
    ];

    /// Its name in the counts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Viewed => "viewed",
            Self::Submitted => "submitted",
            Self::Confirmed => "confirmed",
            Self::Enquiry => "enquiry",
            Self::Customer => "customer",
        }
    }
}

/// How many came so far on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormCount {
    /// The day.
    pub day: Date,
    /// The form.
    pub form: String,
    /// Where they came from: the `source` of the form's address, `direct` without one, `other` if it
    /// is not told apart.
    pub source: String,
    /// How far they came, by name; see [`Stage`].
    pub stage: String,
    /// The legal basis by name: `consent` once one was ticked, else that of the form's activity;
    /// `none` if it names none.
    pub basis: String,
    /// How many.
    pub count: u64,
}

/// What is counted.
pub(super) struct Counted<'a> {
    pub(super) form: &'a str,
    /// Cleaned by [`source`].
    pub(super) source: &'a str,
    pub(super) stage: Stage,
    pub(super) basis: &'static str,
}

impl Organisation {
    /// Counts that a form was shown.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn count_view(
        &self,
        shown: &ShownForm,
        source: Option<&str>,
        act: &Act,
    ) -> Result<(), Error> {
        let activity = shown.register.activity(&shown.form.activity);
        let basis = basis(&[], activity.and_then(|activity| activity.basis));
        let (this, form, by) = (self.clone(), shown.form.id.clone(), act.clone());
        let source = self::source(source);
        self.store().write(move |tx| {
            let counted = Counted {
                form: &form,
                source: &source,
                stage: Stage::Viewed,
                basis,
            };
            count(tx, &this, &counted, &by).map(|_| ())
        })
    }

    /// What was counted from `first` to `last`, both included.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn form_counts(&self, first: Date, last: Date) -> Result<Vec<FormCount>, Error> {
        let rows = self
            .store()
            .read(|tx| store::funnel_count::of_days(tx, self.id(), first, last))?;
        let rows = rows.into_iter();
        Ok(rows
            .map(|row| FormCount {
                day: row.day,
                form: row.form,
                source: row.source,
                stage: row.stage,
                basis: row.basis,
                count: u64::try_from(row.count).unwrap_or_default(),
            })
            .collect())
    }
}

/// Notes that a contact came by a form, to count how far it goes from there, and that it came as far as
/// `further` already. Returns what proves it.
pub(super) fn begin(
    tx: &mut Tx<'_>,
    this: &Organisation,
    submission: Id,
    contact: Id,
    counted: &Counted<'_>,
    further: Option<Stage>,
    act: &Act,
) -> Result<Vec<RowProof>, Error> {
    let source = count(tx, this, counted, act)?;
    let row = store::lead::Lead {
        org: this.id(),
        id: submission,
        contact,
        form: counted.form.to_owned(),
        source,
        basis: counted.basis.to_owned(),
        furthest: counted.stage as i16,
    };
    store::lead::insert(tx, &row)?;
    let mut proofs = vec![state::lead(&row)];
    if let Some(stage) = further {
        // Of several proofs of a row the last one counts.
        proofs.extend(advance(tx, this, contact, stage, act)?);
    }
    Ok(proofs)
}

/// Counts that a contact came so far, once for the last form by which it came; whoever bought
/// something also asked for it. Returns what proves it; `None` if that was counted already or there
/// is no such form.
pub(crate) fn advance(
    tx: &mut Tx<'_>,
    this: &Organisation,
    contact: Id,
    to: Stage,
    act: &Act,
) -> Result<Option<RowProof>, Error> {
    let leads = store::lead::of_contact(tx, this.id(), contact)?;
    let Some(mut row) = leads.into_iter().next_back() else {
        return Ok(None);
    };
    let passed = Stage::ALL
        .into_iter()
        .filter(|stage| *stage as i16 > row.furthest && *stage <= to);
    for stage in passed {
        let counted = FunnelCount {
            org: this.id(),
            day: act.today,
            form: row.form.clone(),
            source: row.source.clone(),
            stage: stage.name().to_owned(),
            basis: row.basis.clone(),
            count: 1,
        };
        store::funnel_count::add(tx, &counted)?;
    }
    if row.furthest >= to as i16 {
        return Ok(None);
    }
    row.furthest = to as i16;
    store::lead::update(tx, &row)?;
    Ok(Some(state::lead(&row)))
}

/// Counts, and returns the place under which it was counted.
pub(super) fn count(
    tx: &mut Tx<'_>,
    this: &Organisation,
    counted: &Counted<'_>,
    act: &Act,
) -> Result<String, Error> {
    let since = act.today.saturating_sub(SPELL);
    let known = store::funnel_count::sources(tx, this.id(), counted.form, since)?;
    let there = known.iter().any(|known| known == counted.source);
    let source = if there || known.len() < MOST_SOURCES {
        counted.source
    } else {
        OTHER
    };
    let row = FunnelCount {
        org: this.id(),
        day: act.today,
        form: counted.form.to_owned(),
        source: source.to_owned(),
        stage: counted.stage.name().to_owned(),
        basis: counted.basis.to_owned(),
        count: 1,
    };
    store::funnel_count::add(tx, &row)?;
    Ok(row.source)
}

/// A consent that was ticked is what the organisation will rely on.
pub(super) fn basis(ticked: &[ShownConsent], activity: Option<LegalBasis>) -> &'static str {
    if ticked.is_empty() {
        activity.map_or("none", LegalBasis::name)
    } else {
        LegalBasis::Consent.name()
    }
}

/// The name of a place, if it can be one; addresses are written by anybody.
pub(super) fn source(given: Option<&str>) -> String {
    let Some(given) = given.filter(|given| !given.is_empty()) else {
        return DIRECT.to_owned();
    };
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
    if given.len() <= 40 && given.bytes().all(fits) {
        given.to_owned()
    } else {
        OTHER.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_no_name_of_a_place_is_not_kept() {
        assert_eq!(source(None), "direct");
        assert_eq!(source(Some("messe_2026-a")), "messe_2026-a");
        assert_eq!(source(Some("anna@muster.example")), "other");
        assert_eq!(source(Some(&"a".repeat(41))), "other");
    }
}
