//! Consents that the register's current texts offer. Who is there came by a link that was mailed to
//! the address on record, so the address is proven to be the person's own (BGH, 10 February 2011,
//! I ZR 164/09: double opt-in).

use law::facts::Proof;
use law::gdpr::art07::{Action, Circumstances};
use law::{Channel, ChannelSet, Lang};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::{Id, Tx};

use super::letter;
use crate::consent::{NewConsent, RecordedConsent, record};
use crate::mail::{MailPurpose, SubjectRef, queue};
use crate::person::{ContactRef, Person};
use crate::state::hex;
use crate::{Act, Error, Organisation, words};

/// A consent that can be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The wording with its version, `id@version`.
    pub wording: String,
    /// The activity that it is for.
    pub activity: String,
    /// The activity's name.
    pub name: String,
    /// The channels that the wording names.
    pub channels: ChannelSet,
    /// The wording.
    pub text: String,
    /// SHA-256 of the wording, by which what was read is told from what the register says since.
    pub sha256: String,
}

impl Organisation {
    /// The consents that a person could give, without those given already.
    ///
    /// # Errors
    /// When the contact is not there or the register can't be read.
    pub fn offers(&self, contact: Id, lang: Lang) -> Result<Vec<Offer>, Error> {
        self.store().read(|tx| {
            let person = Person::load(tx, self, contact)?;
            offers(tx, self, &person, lang)
        })
    }

    /// Records a consent that the person gives, with the wording as it was shown, and mails the receipt;
    /// `read` is the SHA-256 of what the person read.
    ///
    /// # Errors
    /// [`Error::Purpose`] when it is not offered, or not in this wording any more.
    pub fn give_consent(
        &self,
        contact: Id,
        wording: &str,
        activity: &str,
        read: &str,
        lang: Lang,
        act: &Act,
    ) -> Result<RecordedConsent, Error> {
        let (this, act) = (self.clone(), act.clone());
        let (wording, activity) = (wording.to_owned(), activity.to_owned());
        let read = read.to_owned();
        self.store().write(move |tx| -> Result<_, Error> {
            let person = Person::load_to_change(tx, &this, contact)?;
            let mut all = offers(tx, &this, &person, Lang::De)?;
            all.extend(offers(tx, &this, &person, Lang::En)?);
            let same = |offer: &Offer| {
                offer.wording == wording && offer.activity == activity && offer.sha256 == read
            };
            let named = |offer: &Offer| offer.text.contains(this.name());
            let offer = all
                .into_iter()
                .find(same)
                .ok_or_else(|| Error::Purpose("this consent is not offered any more".to_owned()))?;
            let companies_named = named(&offer);
            let told = json!({
                "wording": offer.wording,
                "place": "preference centre",
                "address_proved_by": "single-use link mailed to the address on record",
            });
            let new = NewConsent {
                contact: ContactRef::Id(person.row.id),
                activity: offer.activity,
                channels: offer.channels,
                given_on: act.today,
                proof: Proof::DoubleOptInCompleted,
                text: Some(offer.text.clone()),
                circumstances: as_shown(companies_named),
                told: Some(told),
            };
            let recorded = record(tx, &this, &new, &act)?;
            let fields = person.fields(&this)?;
            if let Some(to) = fields.emails.first() {
                let (id, entry) = (person.row.id, recorded.entry);
                let texts = [offer.text.clone()];
                let letter = letter::receipt(&this, id, to, &texts, vec![entry], lang);
                let about = SubjectRef {
                    id,
                    key: &person.key,
                };
                queue(tx, &this, &about, &letter, MailPurpose::Receipt, &act)?;
            }
            Ok(recorded)
        })
    }
}

/// How the page asks: an empty choice for each consent, with the organisation's name, the subject and
/// that it can be withdrawn. Whether the wording names the organisation is looked at.
fn as_shown(companies_named: bool) -> Circumstances {
    Circumstances {
        action: Some(Action::Active),
        companies_named: companies_named.then_some(true),
        controller_told: Some(true),
        purpose_told: Some(true),
        data_told: Some(true),
        withdrawal_told: Some(true),
        recorded: Some(true),
        withdrawal_as_easy: Some(true),
        ..Circumstances::default()
    }
}

fn offers(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    lang: Lang,
) -> Result<Vec<Offer>, Error> {
    let register = match this.register(tx) {
        Ok(register) => register,
        Err(Error::NoRegister) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut given: Vec<(String, ChannelSet)> = Vec::new();
    for row in store::consent::of_contact(tx, this.id(), person.row.id)? {
        if row.withdrawn_on.is_none() {
            given.push((row.purpose, words::channels(row.channels)?));
        }
    }
    let texts = &register.register.consent_texts;
    let newest = |text: &&register::ConsentText| {
        let same = texts.iter().filter(|other| other.id == text.id);
        same.map(|other| other.version).max() == Some(text.version)
    };
    let by_code = crate::sms::can_prove(this, &person.fields(this)?.phones);
    let mut offers = Vec::new();
    for text in texts.iter().filter(newest) {
        let (first, second) = match lang {
            Lang::De => (&text.de, &text.en),
            Lang::En => (&text.en, &text.de),
        };
        let Some(shown) = first.as_ref().or(second.as_ref()) else {
            continue;
        };
        // One for several purposes at once is no choice (GDPR recital 43), so it is not offered.
        let [purpose] = &text.purposes[..] else {
            continue;
        };
        if let Some(activity) = register.register.activity(purpose) {
            let asked =
                activity.basis == Some(law::LegalBasis::Consent) && !text.channels.is_empty();
            // What a code proved stands apart from the rest of the same consent.
            let same = given.iter().filter(|(purpose, _)| *purpose == activity.id);
            let over: ChannelSet = same.flat_map(|(_, channels)| channels.iter()).collect();
            let known = covers(over, text.channels);
            if asked && !known && reachable(text.channels, person, by_code) {
                offers.push(Offer {
                    wording: text.key(),
                    activity: activity.id.clone(),
                    name: activity.name.clone(),
                    channels: text.channels,
                    text: shown.clone(),
                    sha256: hex(&Sha256::digest(shown.as_bytes())),
                });
            }
        }
    }
    Ok(offers)
}

fn covers(given: ChannelSet, asked: ChannelSet) -> bool {
    asked.iter().all(|channel| given.contains(channel))
}

/// The link proves the e-mail address and no telephone number: a consent that names automated calls or
/// text messages to a number has to be confirmed over that number, so it is offered where that can be.
fn reachable(channels: ChannelSet, person: &Person, by_code: bool) -> bool {
    let by_number = [Channel::Sms, Channel::Messenger, Channel::AutomatedCall];
    let has_email = person.row.flags & words::flag::HAS_EMAIL != 0;
    has_email && (by_code || !by_number.iter().any(|channel| channels.contains(*channel)))
}
