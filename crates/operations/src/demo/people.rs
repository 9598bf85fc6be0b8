//! The people of the sample list: invented, the same at every call, with a believable past.

use jiff::civil::Date;
use law::facts::{ContactKind, InterestGround, Proof, Source, Subscriber};
use law::gdpr::art07::Circumstances;
use law::{ChannelSet, Country};

use super::chance::Chance;
use super::firm::{Firms, street};
use super::names::{LOCALES, Locale, POSITIONS, TOPICS, Town};
use super::origin::{ORIGINS, Origin, Reach};
use super::past;
use crate::contact::{Email, Fields, Salutation};

/// An invented contact with its past.
#[derive(Clone)]
pub(crate) struct SamplePerson {
    pub(crate) fields: Fields,
    pub(crate) kind: ContactKind,
    /// The country in which the contact is reached.
    pub(crate) country: Country,
    /// `None` where the list does not tell.
    pub(crate) subscriber: Option<Subscriber>,
    pub(crate) source: Source,
    /// Where the data come from, in the firm's own words.
    pub(crate) source_text: String,
    pub(crate) obtained_on: Date,
    /// When the information of Art. 13 or 14 GDPR was given; `None` if it was not.
    pub(crate) informed_on: Option<Date>,
    /// What happened since, in the order in which it has to be recorded.
    pub(crate) events: Vec<Event>,
}

/// Something that happened with a contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// The contact consented, soundly or not.
    Consent {
        activity: &'static str,
        channels: ChannelSet,
        given_on: Date,
        proof: Proof,
        text: &'static str,
        circumstances: Circumstances,
    },
    /// The contact took the consent for an activity back.
    Withdrawal { activity: &'static str, on: Date },
    /// The contact objected to advertising over these channels.
    Objection { channels: ChannelSet, on: Date },
    /// The contact bought something.
    Sale {
        goods: &'static str,
        sold_on: Date,
        address_from_sale: bool,
        notice_at_collection: bool,
    },
    /// What somebody wrote down as a reason to call.
    Circumstance {
        activity: &'static str,
        ground: InterestGround,
        text: String,
    },
    /// An exclusion list was looked up on the day the sample is made.
    Screening { listed: bool },
}

/// The first `count` people of the sample list as it looks on the day `today`. No day in it is
/// later than that.
pub(crate) fn people(count: u32, today: Date) -> Vec<SamplePerson> {
    let mut casting = Casting {
        chance: Chance::new(),
        firms: Firms::default(),
        today,
    };
    let mut list: Vec<SamplePerson> = Vec::new();
    for _ in 0..count {
        let again = if casting.chance.percent(1) {
            casting.again(&list)
        } else {
            None
        };
        let person = again.or_else(|| casting.someone());
        list.extend(person);
    }
    list
}

struct Casting {
    chance: Chance,
    firms: Firms,
    today: Date,
}

impl Casting {
    fn someone(&mut self) -> Option<SamplePerson> {
        let origin = self.chance.weighted(&ORIGINS, |origin| origin.share)?;
        let locale = self.chance.weighted(&LOCALES, |locale| locale.share)?;
        let mut person = if origin.consumer {
            self.buyer(locale, origin)
        } else {
            self.colleague(locale, origin)?
        };
        past::invent(&mut self.chance, origin, &mut person, self.today);
        Some(person)
    }

    /// A private person.
    fn buyer(&mut self, locale: &'static Locale, origin: &Origin) -> SamplePerson {
        let mut fields = self.name(locale);
        let domain = self.chance.word(locale.private_domains);
        self.add_mailbox(&mut fields, domain, &origin.reach);
        if let Some(town) = self.chance.pick(locale.towns) {
            let street = street(&mut self.chance, locale);
            self.add_lines(&mut fields, town, locale, &origin.reach);
            self.add_address(&mut fields, town, street, locale, &origin.reach);
        }
        new(
            fields,
            ContactKind::Consumer,
            Some(Subscriber::NaturalPerson),
            locale,
            self.today,
        )
    }

    /// Somebody at a firm, or a mailbox of a firm that names nobody.
    fn colleague(&mut self, locale: &'static Locale, origin: &Origin) -> Option<SamplePerson> {
        let firm = self.firms.any(&mut self.chance, locale)?;
        let (company, domain) = (firm.name.clone(), firm.domain.clone());
        let (town, street) = (firm.town, firm.street.clone());
        // Bought lists and old exports leave out what nobody asked for.
        let subscriber = firm
            .subscriber
            .filter(|_| self.chance.percent(origin.subscriber_known));
        let shared = self
            .chance
            .percent(origin.impersonal)
            .then(|| self.chance.word(locale.shared_mailboxes))
            .and_then(|name| self.firms.shared_mailbox(&domain, name));
        let mut fields = if let Some(mailbox) = shared {
            let mut fields = Fields::default();
            fields.add_email(mailbox);
            fields
        } else {
            let mut fields = self.name(locale);
            if self.chance.percent(70) {
                fields.position = Some(self.chance.word(POSITIONS).to_owned());
            }
            self.add_mailbox(&mut fields, &domain, &origin.reach);
            fields
        };
        fields.company = Some(company);
        fields.website = self
            .chance
            .percent(25)
            .then(|| format!("https://www.{domain}"));
        self.add_lines(&mut fields, town, locale, &origin.reach);
        self.add_address(&mut fields, town, street, locale, &origin.reach);
        if self.chance.percent(origin.note) {
            fields.note = Some(format!("Thema: {}", self.chance.word(TOPICS)));
        }
        Some(new(
            fields,
            ContactKind::Business,
            subscriber,
            locale,
            self.today,
        ))
    }

    fn name(&mut self, locale: &'static Locale) -> Fields {
        let woman = self.chance.percent(45);
        let given = self
            .chance
            .word(if woman { locale.women } else { locale.men });
        let family = self.chance.word(locale.family);
        let salutation = if woman {
            Salutation::Frau
        } else {
            Salutation::Herr
        };
        Fields {
            salutation: self.chance.percent(95).then_some(salutation),
            title: self
                .chance
                .percent(6)
                .then(|| self.chance.word(locale.titles).to_owned()),
            given_name: Some(given.to_owned()),
            family_name: Some(if woman {
                for_a_woman(family)
            } else {
                family.to_owned()
            }),
            language: Some(locale.language.to_owned()),
            ..Fields::default()
        }
    }

    fn add_mailbox(&mut self, fields: &mut Fields, domain: &str, reach: &Reach) {
        if !self.chance.percent(reach.email) {
            return;
        }
        let given = fields.given_name.as_deref().unwrap_or_default();
        let family = fields.family_name.as_deref().unwrap_or_default();
        if let Some(mailbox) = self.firms.mailbox(domain, given, family) {
            fields.add_email(mailbox);
        }
    }

    fn add_lines(&mut self, fields: &mut Fields, town: &Town, locale: &Locale, reach: &Reach) {
        if self.chance.percent(reach.phone)
            && let Some(phone) = self.firms.line(town.lines, locale)
        {
            fields.add_phone(phone);
        }
        if self.chance.percent(reach.mobile)
            && let Some(lines) = self.chance.pick(locale.mobile)
            && let Some(phone) = self.firms.line(lines, locale)
        {
            fields.add_phone(phone);
        }
    }

    /// A postal address; always for those who could not be reached otherwise.
    fn add_address(
        &mut self,
        fields: &mut Fields,
        town: &Town,
        street: String,
        locale: &Locale,
        reach: &Reach,
    ) {
        let unreachable = fields.emails.is_empty() && fields.phones.is_empty();
        if self.chance.percent(reach.post) || unreachable {
            fields.street = Some(street);
            fields.postcode = Some(town.postcode.to_owned());
            fields.city = Some(town.name.to_owned());
            fields.country = Some(locale.country);
        }
    }

    /// Somebody who is on the list already and comes a second time with a bought address list, in
    /// another spelling. Never somebody who said no.
    fn again(&mut self, list: &[SamplePerson]) -> Option<SamplePerson> {
        let known = self.chance.pick(list)?;
        let no =
            |event: &Event| matches!(event, Event::Objection { .. } | Event::Withdrawal { .. });
        let fields = &known.fields;
        let (Some(email), Some(given)) = (fields.emails.first(), fields.given_name.as_ref()) else {
            return None;
        };
        if known.kind == ContactKind::Consumer || known.events.iter().any(no) {
            return None;
        }
        let mut letters = email.address().chars();
        let spelled: String = letters
            .next()
            .map(|c| c.to_ascii_uppercase())
            .into_iter()
            .chain(letters)
            .collect();
        let mut again = SamplePerson {
            fields: Fields {
                given_name: Some(given.clone()),
                emails: Email::parse(&spelled).into_iter().collect(),
                phones: Vec::new(),
                position: None,
                note: None,
                ..fields.clone()
            },
            events: Vec::new(),
            ..known.clone()
        };
        let origin = ORIGINS
            .iter()
            .find(|origin| origin.source == Source::AddressDealer)?;
        past::invent(&mut self.chance, origin, &mut again, self.today);
        again.events.clear();
        Some(again)
    }
}

/// Somebody without a past.
fn new(
    fields: Fields,
    kind: ContactKind,
    subscriber: Option<Subscriber>,
    locale: &Locale,
    today: Date,
) -> SamplePerson {
    SamplePerson {
        fields,
        kind,
        country: locale.country,
        subscriber,
        source: Source::Other,
        source_text: String::new(),
        obtained_on: today,
        informed_on: None,
        events: Vec::new(),
    }
}

/// Polish family names in -ski and -cki end in -ska and -cka for a woman.
fn for_a_woman(family: &str) -> String {
    match family.strip_suffix('i') {
        Some(stem) if stem.ends_with("sk") || stem.ends_with("ck") => format!("{stem}a"),
        _ => family.to_owned(),
    }
}

#[cfg(test)]
mod tests;
