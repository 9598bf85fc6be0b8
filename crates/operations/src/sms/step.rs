//! Asking for a code: whose number it is, what it would prove, and how often it may be asked for.

use jiff::{SignedDuration, Timestamp};
use law::facts::Proof;
use law::{ChannelSet, Lang};
use store::own_link::OwnLink;
use store::sms_code::SmsCode;
use store::{Id, Tx};

use super::{Content, State, by_number, hash_of_code, hash_of_number, seal, text};
use crate::contact::{Line, Phone};
use crate::installation::new_id;
use crate::objection::{erased_before, suppressed};
use crate::person::{Person, open_text};
use crate::preferences::{Purpose, as_made, makes, new_token, working};
use crate::{Act, Error, Installation, Organisation, words};

/// How long a code works after it was sent, and how long it may wait to be sent.
pub(super) const WORKS: SignedDuration = SignedDuration::from_mins(10);
/// Codes for one number in [`DAY`].
const CODES: i64 = 3;
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// Codes of one organisation in an hour: each costs money, and somebody may be paid for numbers that
/// get many.
const CODES_IN_HOUR: i64 = 60;
const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// Codes of one organisation in [`DAY`].
const CODES_IN_DAY: i64 = 200;
/// Codes for one contact in [`DAY`], whatever the numbers.
const CODES_OF_CONTACT: usize = 5;
/// Who presses twice gets one message.
const ANOTHER: SignedDuration = SignedDuration::from_secs(60);

/// What has to be done before a consent that names calls or messages carries them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum NumberStep {
    /// Nothing: no consent waits for it.
    #[default]
    None,
    /// A code can be sent to this number, of which only a part is shown.
    Code(String),
    /// The contact got enough codes, or pages that send them, within a day.
    Enough,
    /// No code can be sent: no gateway, or no mobile number in a country that it serves. It has to be confirmed in writing.
    InWriting,
}

/// A step with the token of the page that sends the code.
#[derive(Debug, Default)]
pub(crate) struct NewStep {
    pub(crate) step: NumberStep,
    pub(crate) token: Option<String>,
}

/// A consent that waits for the proof of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingConsent {
    /// The text, as the person read it.
    pub text: String,
    /// The channels that the code proves it for.
    pub channels: ChannelSet,
    pub(super) row: store::consent::Consent,
}

/// What the page that sends a code and takes it shows.
#[derive(Clone, Debug)]
pub struct NumberProof {
    /// The organisation.
    pub organisation: Id,
    /// Whose number it is.
    pub contact: Id,
    /// The number, of which only a part is shown.
    pub number: String,
    /// What the code proves.
    pub consents: Vec<WaitingConsent>,
    /// Whether a code is under way or was sent, and still works.
    pub under_way: bool,
    /// Whether the newest code could not be sent to the number.
    pub not_sent: bool,
}

/// What became of asking for a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// It is on its way; or nothing is sent, since the number may not be used, which is not told.
    Sent,
    /// The number got enough codes today.
    EnoughForNumber,
    /// The contact got enough codes today, to whichever numbers.
    EnoughForContact,
    /// The organisation sent many codes within the hour.
    Later,
    /// The organisation sent as many codes as it may in a day.
    Tomorrow,
    /// The page works no more, or no consent waits for a code.
    Gone,
}

impl Organisation {
    /// What a contact has to do before the consents that name calls or messages carry them.
    ///
    /// # Errors
    /// When the contact is not there.
    pub fn number_step(&self, contact: Id, now: Timestamp) -> Result<NumberStep, Error> {
        self.store().read(|tx| {
            let person = Person::load(tx, self, contact)?;
            let number = mobile(self, &person.fields(self)?.phones).cloned();
            step(tx, self, &person, number.as_ref(), now)
        })
    }

    /// Why no code can be sent for now, whoever asks; `None` if one can.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn sms_cap(&self, now: Timestamp) -> Result<Option<SmsCap>, Error> {
        self.store().read(|tx| cap(tx, self, now))
    }

    /// Begins to prove the contact's own mobile number; returns the token of the page that does it, or
    /// `None` if there is nothing to prove or no way.
    ///
    /// # Errors
    /// When the contact is not there.
    pub fn begin_number_proof(&self, contact: Id, act: &Act) -> Result<Option<String>, Error> {
        let (this, act) = (self.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let person = Person::load_to_change(tx, &this, contact)?;
            let number = mobile(&this, &person.fields(&this)?.phones).cloned();
            Ok(begin(tx, &this, &person, number.as_ref(), &act)?.token)
        })
    }
}

impl Installation {
    /// What the page with this token shows; `None` if it works no more. Nothing is written.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn number_proof(&self, token: &str, now: Timestamp) -> Result<Option<NumberProof>, Error> {
        self.store().read(|tx| {
            let Some(link) = working(tx, self, token, Purpose::Number, now)? else {
                return Ok(None);
            };
            let Some(held) = opened(tx, self, link, Person::load)? else {
                return Ok(None);
            };
            let consents = waiting(tx, &held.this, &held.person)?;
            let hash = hash_of_number(&held.this, &held.number);
            let rows = store::sms_code::of_contact(tx, held.this.id(), held.person.row.id)?;
            let newest = rows.last().filter(|row| row.number == hash);
            Ok(Some(NumberProof {
                organisation: held.this.id(),
                contact: held.person.row.id,
                number: masked(&held.number),
                under_way: newest.is_some_and(|row| works(row, now)),
                not_sent: newest.is_some_and(|row| row.state == State::GivenUp as i16),
                consents,
            }))
        })
    }

    /// Sends a code to the number that the page with this token is about.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn send_code(&self, token: &str, lang: Lang, act: &Act) -> Result<Asked, Error> {
        let (here, token, act) = (self.clone(), token.to_owned(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let Some(link) = working(tx, &here, &token, Purpose::Number, act.at)? else {
                return Ok(Asked::Gone);
            };
            // Whoever asks at once for many numbers takes turns, so that none slips past the limits.
            store::organisation::lock(tx, link.org)?;
            match opened(tx, &here, link, Person::load_to_change)? {
                Some(held) => ask(tx, &held, lang, &act),
                None => Ok(Asked::Gone),
            }
        })
    }

    /// Forgets codes that limit nothing any more.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn tidy_sms(&self, now: Timestamp) -> Result<(), Error> {
        let before = now.checked_sub(DAY).unwrap_or(Timestamp::MIN);
        self.store()
            .write(move |tx| store::sms_code::remove_before(tx, before))?;
        Ok(())
    }
}

/// The page that proves a number, opened.
pub(super) struct Held {
    pub(super) this: Organisation,
    pub(super) person: Person,
    pub(super) number: Phone,
    pub(super) link: OwnLink,
}

/// Loads a contact, to read or to change it.
pub(super) type Load = fn(&mut Tx<'_>, &Organisation, Id) -> Result<Person, Error>;

/// What a link is about; `None` if the person is gone.
pub(super) fn opened(
    tx: &mut Tx<'_>,
    here: &Installation,
    link: OwnLink,
    load: Load,
) -> Result<Option<Held>, Error> {
    let this = Organisation::in_transaction(tx, here, link.org)?;
    let person = match load(tx, &this, link.contact) {
        Ok(person) => person,
        Err(Error::Erased | Error::UnknownContact) => return Ok(None),
        Err(error) => return Err(error),
    };
    let Some(number) = as_made(&link, &person.key).and_then(|made| made.carries) else {
        return Ok(None);
    };
    let number = Phone::parse(&number, this.country()).map_err(|_| Error::Stored("link"))?;
    Ok(Some(Held {
        this,
        person,
        number,
        link,
    }))
}

/// What a form that was confirmed asks for next: the number that was entered, if any.
pub(crate) fn after_form(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    entered: Option<&Phone>,
    named: ChannelSet,
    act: &Act,
) -> Result<NewStep, Error> {
    if by_number(named).is_empty() {
        return Ok(NewStep::default());
    }
    let number = entered.filter(|number| gets_sms(this, number));
    begin(tx, this, person, number, act)
}

fn begin(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    number: Option<&Phone>,
    act: &Act,
) -> Result<NewStep, Error> {
    let mut step = step(tx, this, person, number, act.at)?;
    let mut token = None;
    if let (NumberStep::Code(_), Some(number)) = (&step, number) {
        let carries = Some(number.e164());
        token = new_token(tx, this, person, Purpose::Number, carries, act)?;
        if token.is_none() {
            step = NumberStep::Enough;
        }
    }
    Ok(NewStep { step, token })
}

fn step(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    number: Option<&Phone>,
    now: Timestamp,
) -> Result<NumberStep, Error> {
    if waiting(tx, this, person)?.is_empty() {
        return Ok(NumberStep::None);
    }
    Ok(match number {
        Some(_) if !makes(tx, this, person.row.id, Purpose::Number, now)? => NumberStep::Enough,
        Some(number) => NumberStep::Code(masked(number)),
        None => NumberStep::InWriting,
    })
}

/// What keeps an organisation from sending codes, so that nobody earns by asking for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmsCap {
    /// As many as within an hour.
    Hour,
    /// As many as within a day.
    Day,
}

fn cap(tx: &mut Tx<'_>, this: &Organisation, now: Timestamp) -> Result<Option<SmsCap>, Error> {
    let mut sent = |time| {
        let since = now.checked_sub(time).unwrap_or(Timestamp::MIN);
        store::sms_code::count_since(tx, this.id(), since)
    };
    if sent(DAY)? >= CODES_IN_DAY {
        return Ok(Some(SmsCap::Day));
    }
    Ok((sent(HOUR)? >= CODES_IN_HOUR).then_some(SmsCap::Hour))
}

/// Whether one of these numbers can be proven by a code.
pub(crate) fn can_prove(this: &Organisation, phones: &[Phone]) -> bool {
    mobile(this, phones).is_some()
}

fn mobile<'p>(this: &Organisation, phones: &'p [Phone]) -> Option<&'p Phone> {
    phones.iter().find(|phone| gets_sms(this, phone))
}

/// Whether a code can be sent to the number: to mobile telephones in chosen countries, since what a
/// message costs elsewhere can be many times as much, and to no service number or satellite telephone.
fn gets_sms(this: &Organisation, phone: &Phone) -> bool {
    let here = this.installation();
    let country = phone.takes_sms_in().filter(|_| here.sends_sms());
    phone.line() == Line::Mobile && country.is_some_and(|c| here.sends_sms_in(c, this.country()))
}

/// The number without the digits in its midst: whoever reads the mail may not know it.
fn masked(number: &Phone) -> String {
    let digits = number.e164();
    let (start, end) = (
        digits.get(..3),
        digits.get(digits.len().saturating_sub(2)..),
    );
    format!("{} ••• ••{}", start.unwrap_or("+"), end.unwrap_or_default())
}

/// The consents in force that name calls or messages, whose text the person read and confirmed by the
/// mailbox, and that no number proves yet.
pub(super) fn waiting(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
) -> Result<Vec<WaitingConsent>, Error> {
    let confirmed = words::proof_number(Proof::DoubleOptInCompleted);
    let mut waiting = Vec::new();
    for row in store::consent::of_contact(tx, this.id(), person.row.id)? {
        let channels = by_number(words::channels(row.channels)?);
        if row.withdrawn_on.is_some() || row.proof != confirmed || channels.is_empty() {
            continue;
        }
        if let Some(sealed) = &row.sealed {
            waiting.push(WaitingConsent {
                text: open_text(&person.key, row.id, sealed)?,
                channels,
                row,
            });
        }
    }
    Ok(waiting)
}

/// Whether the code can still be entered.
pub(super) fn works(row: &SmsCode, now: Timestamp) -> bool {
    row.state <= State::Sent as i16 && row.expires_at > now
}

fn ask(tx: &mut Tx<'_>, held: &Held, lang: Lang, act: &Act) -> Result<Asked, Error> {
    let (this, person) = (&held.this, &held.person);
    let consents = waiting(tx, this, person)?;
    if consents.is_empty() || !gets_sms(this, &held.number) {
        return Ok(Asked::Gone);
    }
    let fields = person.fields(this)?;
    // Somebody who was erased under this number gets no message; the answer is the same.
    if !fields.has_phone(&held.number) || erased_before(&suppressed(tx, this, &fields)?) {
        return Ok(Asked::Sent);
    }
    let number = hash_of_number(this, &held.number);
    let rows = store::sms_code::of_contact(tx, this.id(), person.row.id)?;
    let just_now = |row: &SmsCode| {
        row.number == number && works(row, act.at) && row.created_at > act.at - ANOTHER
    };
    if rows.last().is_some_and(just_now) {
        return Ok(Asked::Sent);
    }
    let since = |time| act.at.checked_sub(time).unwrap_or(Timestamp::MIN);
    if store::sms_code::count_of_number(tx, this.id(), &number, since(DAY))? >= CODES {
        return Ok(Asked::EnoughForNumber);
    }
    let of_contact = rows.iter().filter(|row| row.created_at > since(DAY));
    if of_contact.count() >= CODES_OF_CONTACT {
        return Ok(Asked::EnoughForContact);
    }
    match cap(tx, this, act.at)? {
        Some(SmsCap::Day) => return Ok(Asked::Tomorrow),
        Some(SmsCap::Hour) => return Ok(Asked::Later),
        None => {}
    }
    for mut row in rows {
        if row.state <= State::Sent as i16 {
            end(&mut row);
            store::sms_code::update(tx, &row)?;
        }
    }
    let (id, code) = (new_id(act.at)?, new_code()?);
    let content = Content {
        to: held.number.e164().to_owned(),
        text: text::of(this.name(), lang),
        code: Some(code.clone()),
        lang,
    };
    let mut row = SmsCode {
        org: this.id(),
        id,
        contact: person.row.id,
        number,
        consents: consents.iter().flat_map(|one| one.row.id.0).collect(),
        code: [0; 32],
        sealed: Some(seal(this, id, person, &content)?),
        state: State::Waiting as i16,
        tries: 0,
        entered: 0,
        wrong: 0,
        due_at: act.at,
        created_at: act.at,
        expires_at: act.at + WORKS,
        sent_at: None,
        confirmed_at: None,
    };
    row.code = hash_of_code(this, &row, &code);
    store::sms_code::insert(tx, &row)?;
    Ok(Asked::Sent)
}

/// Ends a code. What may just be handed over is kept until it is known whether that went.
pub(super) fn end(row: &mut SmsCode) {
    if row.state != State::Claimed as i16 {
        row.sealed = None;
    }
    row.state = State::Ended as i16;
}

/// Six digits, each of the million as likely as the others.
fn new_code() -> Result<String, Error> {
    const CODES: u32 = 1_000_000;
    loop {
        let mut bytes = [0; 4];
        getrandom::fill(&mut bytes).map_err(|_| Error::Random)?;
        let number = u32::from_be_bytes(bytes);
        if number < u32::MAX - u32::MAX % CODES {
            return Ok(format!("{:06}", number % CODES));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_shown_without_its_midst() {
        let number = Phone::parse("0151 23456789", law::Country::DE).unwrap();
        assert_eq!(masked(&number), "+49 ••• ••89");
    }

    #[test]
    fn a_code_has_six_digits() {
        for _ in 0..100 {
            let code = new_code().unwrap();
            assert!(code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit()));
        }
    }
}
