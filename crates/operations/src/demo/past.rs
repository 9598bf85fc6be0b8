//! What happened with the people of the sample list since the firm has their data.

use jiff::Span;
use jiff::civil::Date;
use law::facts::{ContactKind, InterestGround, Proof};
use law::gdpr::art07::Circumstances;
use law::{Channel, ChannelSet};

use super::chance::Chance;
use super::names::{TOPICS, german_day};
use super::origin::{Origin, Way};
use super::people::{Event, SamplePerson};
use super::wording;

const EMAIL: ChannelSet = ChannelSet::of(Channel::Email);
const PHONE: ChannelSet = ChannelSet::of(Channel::Phone);
const NEWSLETTER: &str = "newsletter";
const LEADS: &str = "lead-forms";
const CALLS: &str = "telephone-acquisition";
/// Before this day the newsletter form had its first text.
const SECOND_TEXT_SINCE: Date = jiff::civil::date(2025, 1, 1);

/// Gives `person` the source, the days and the events that go with `origin`.
pub(super) fn invent(chance: &mut Chance, origin: &Origin, person: &mut SamplePerson, today: Date) {
    let (least, most) = origin.days_ago;
    let fair = (origin.way == Way::TradeFair).then(|| fair_day(chance, today));
    person.obtained_on = fair.unwrap_or_else(|| chance.ago(today, least, most));
    person.source = origin.source;
    person.source_text = match fair {
        Some(day) => format!("{} {}", origin.text, day.year()),
        None => origin.text.to_owned(),
    };
    person.informed_on = chance.percent(origin.informed).then(|| {
        // Who gives the data is told at once (Art. 13), others within a month (Art. 14).
        let at_once = origin.source == law::facts::Source::Person && fair.is_none();
        let latest = person
            .obtained_on
            .saturating_add(Span::new().days(28))
            .min(today);
        if at_once {
            person.obtained_on
        } else {
            chance.day(person.obtained_on, latest)
        }
    });
    let mut past = Past {
        chance,
        today,
        person,
    };
    past.buy(origin.way);
    past.consent(origin.way);
    past.reason_to_call(origin.way);
    past.screen();
    past.refuse(origin.way);
}

/// A day of the trade fair that is held every year from 15 to 18 September, of the last two.
fn fair_day(chance: &mut Chance, today: Date) -> Date {
    let opening = |year| Date::new(year, 9, 15).unwrap_or(today);
    let held = opening(today.year()).saturating_add(Span::new().days(3)) <= today;
    let last = if held {
        today.year()
    } else {
        today.year().saturating_sub(1)
    };
    let year = if chance.percent(55) {
        last
    } else {
        last.saturating_sub(1)
    };
    let first = opening(year);
    chance.day(first, first.saturating_add(Span::new().days(3)))
}

struct Past<'a> {
    chance: &'a mut Chance,
    today: Date,
    person: &'a mut SamplePerson,
}

impl Past<'_> {
    fn percent(&mut self, share: u32) -> bool {
        self.chance.percent(share)
    }

    fn has_email(&self) -> bool {
        !self.person.fields.emails.is_empty()
    }

    fn has_phone(&self) -> bool {
        !self.person.fields.phones.is_empty()
    }

    fn names_somebody(&self) -> bool {
        self.person.fields.family_name.is_some()
    }

    fn buy(&mut self, way: Way) {
        let old = way == Way::OldExport && self.percent(30);
        if !(old || matches!(way, Way::Customer | Way::PartsBuyer)) {
            return;
        }
        let goods = match (way, self.chance.below(100)) {
            (Way::PartsBuyer, _) | (_, 0..30) => "spare-parts",
            (_, 30..85) => "machines",
            _ => "training",
        };
        // The old order form had no notice, and the old CRM mixed its sources.
        let address_from_sale = self.percent(if old { 35 } else { 90 }) && self.has_email();
        let notice_at_collection = self.percent(if old { 5 } else { 72 });
        let sold_on = self.person.obtained_on;
        self.sale(goods, sold_on, address_from_sale, notice_at_collection);
        if goods == "machines" && self.percent(40) {
            let again = self.chance.day(sold_on, self.today);
            self.sale(
                "spare-parts",
                again,
                address_from_sale,
                notice_at_collection,
            );
        }
    }

    fn sale(&mut self, goods: &'static str, sold_on: Date, address: bool, notice: bool) {
        self.person.events.push(Event::Sale {
            goods,
            sold_on,
            address_from_sale: address,
            notice_at_collection: notice,
        });
    }

    fn consent(&mut self, way: Way) {
        if !self.has_email() {
            return;
        }
        match way {
            Way::Enquiry => self.after_enquiry(),
            Way::SignUp => self.by_form(78, 14),
            Way::TradeFair => self.at_the_fair(),
            Way::OldExport => self.copied_from_the_old_crm(),
            Way::Customer => self.with_the_order(38, 12),
            Way::PartsBuyer => self.with_the_order(40, 10),
            Way::Referral if self.percent(12) => self.by_form(60, 30),
            Way::Referral | Way::AddressList | Way::Directory | Way::Imprint => {}
        }
    }

    /// The newsletter's form: confirmed, waiting for the click, or from the time before there
    /// was a mail to confirm; each in how many of a hundred.
    fn by_form(&mut self, confirmed: u32, waiting: u32) {
        let given_on = self.person.obtained_on;
        let thrown = u32::try_from(self.chance.below(100)).unwrap_or(0);
        let proof = if thrown < confirmed {
            Proof::DoubleOptInCompleted
        } else if thrown < confirmed + waiting {
            Proof::DoubleOptInPending
        } else {
            Proof::SingleOptIn
        };
        let text = self.newsletter_text(given_on);
        self.agree(NEWSLETTER, EMAIL, given_on, proof, text, wording::sound());
    }

    fn newsletter_text(&self, day: Date) -> &'static str {
        match self.person.fields.language.as_deref() {
            _ if day < SECOND_TEXT_SINCE => wording::NEWSLETTER_OLD,
            Some("fr" | "nl" | "pl") => wording::NEWSLETTER_ENGLISH,
            _ => wording::NEWSLETTER,
        }
    }

    fn after_enquiry(&mut self) {
        if self.percent(68) {
            self.by_form(72, 14);
        }
        if !self.percent(35) {
            return;
        }
        let day = self.chance.day(self.person.obtained_on, self.today);
        if self.has_phone() && self.percent(45) {
            // A click in a mail says nothing about a telephone number; a code sent to it does.
            let proof = if self.percent(40) {
                Proof::SmsCode
            } else {
                Proof::DoubleOptInCompleted
            };
            let both = EMAIL.with(Channel::Phone);
            self.agree(
                LEADS,
                both,
                day,
                proof,
                wording::WHITEPAPER_CALL,
                wording::sound(),
            );
        } else {
            let proof = Proof::DoubleOptInCompleted;
            self.agree(
                LEADS,
                EMAIL,
                day,
                proof,
                wording::WHITEPAPER,
                wording::sound(),
            );
        }
    }

    fn at_the_fair(&mut self) {
        let day = self.person.obtained_on;
        if self.percent(46) {
            let text = wording::FAIR_CARD;
            self.agree(
                NEWSLETTER,
                EMAIL,
                day,
                Proof::Written,
                text,
                wording::sound(),
            );
        } else if self.percent(20) {
            // Typed from the card into the form by the staff.
            let text = self.newsletter_text(day);
            self.agree(
                NEWSLETTER,
                EMAIL,
                day,
                Proof::SingleOptIn,
                text,
                wording::sound(),
            );
        }
    }

    fn copied_from_the_old_crm(&mut self) {
        let day = self.person.obtained_on;
        let text = wording::NEWSLETTER_OLD;
        let (proof, text, circumstances) = match self.chance.below(100) {
            0..18 => (Proof::DoubleOptInCompleted, text, wording::sound()),
            18..42 => (Proof::SingleOptIn, text, wording::sound()),
            42..56 => (Proof::CustomerAccount, wording::TERMS, wording::in_terms()),
            56..68 => (
                Proof::CustomerAccount,
                wording::TICKED_BOX,
                wording::ticked_beforehand(),
            ),
            _ => return,
        };
        self.agree(NEWSLETTER, EMAIL, day, proof, text, circumstances);
    }

    /// A box of its own in the order; in earlier years a clause of the terms or a ticked box.
    fn with_the_order(&mut self, own_box: u32, defective: u32) {
        let day = self.person.obtained_on;
        if self.percent(own_box) {
            let text = self.newsletter_text(day);
            self.agree(
                NEWSLETTER,
                EMAIL,
                day,
                Proof::CustomerAccount,
                text,
                wording::sound(),
            );
        } else if self.percent(defective) {
            let terms = (wording::TERMS, wording::in_terms());
            let ticked = (wording::TICKED_BOX, wording::ticked_beforehand());
            let (text, how) = if self.percent(60) { terms } else { ticked };
            self.agree(NEWSLETTER, EMAIL, day, Proof::CustomerAccount, text, how);
        }
    }

    fn agree(
        &mut self,
        activity: &'static str,
        channels: ChannelSet,
        given_on: Date,
        proof: Proof,
        text: &'static str,
        circumstances: Circumstances,
    ) {
        let event = Event::Consent {
            activity,
            channels,
            given_on,
            proof,
            text,
            circumstances,
        };
        self.person.events.push(event);
    }

    fn reason_to_call(&mut self, way: Way) {
        if !self.has_phone() || self.person.kind == ContactKind::Consumer {
            return;
        }
        let day = german_day(self.person.obtained_on);
        let topic = self.chance.word(TOPICS);
        let (share, ground, text) = match way {
            Way::Enquiry => (
                25,
                InterestGround::ContactAsked,
                format!("Bat am {day} im Kontaktformular um Rückruf. Thema: {topic}."),
            ),
            Way::TradeFair => (
                22,
                InterestGround::ContactAsked,
                format!("Bat am {day} am Messestand um Anruf. Thema: {topic}."),
            ),
            Way::Customer if self.percent(10) => (
                100,
                InterestGround::JobChangeNotice,
                "Der betreuende Außendienst wechselt; Kunden sollen es vorab erfahren.".into(),
            ),
            Way::Customer => (
                60,
                InterestGround::CurrentBusinessRelation,
                format!("Kunde seit {day}, Wartungsvertrag läuft. Thema: {topic}."),
            ),
            Way::Referral => (
                60,
                InterestGround::Other,
                format!("Ein Kunde berichtet von konkretem Bedarf. Thema: {topic}."),
            ),
            Way::Directory => (
                40,
                InterestGround::FreeDirectoryEntry,
                "Kostenloser Eintrag im Branchenverzeichnis.".into(),
            ),
            Way::Imprint => (
                40,
                InterestGround::PublishedNumber,
                "Die Nummer steht im Impressum der Website.".into(),
            ),
            Way::AddressList => (
                30,
                InterestGround::SameIndustry,
                "Fertigungsbetrieb der gleichen Branche wie viele Kunden.".into(),
            ),
            Way::OldExport => (
                8,
                InterestGround::GeneralUsefulness,
                "Wartung nützt jedem Betrieb mit Fräsmaschinen.".into(),
            ),
            Way::SignUp | Way::PartsBuyer => return,
        };
        if self.percent(share) {
            self.person.events.push(Event::Circumstance {
                activity: CALLS,
                ground,
                text,
            });
        }
    }

    /// Austria has a list for e-mail, France one for calls to consumers.
    fn screen(&mut self) {
        let customer = self
            .person
            .events
            .iter()
            .any(|event| matches!(event, Event::Sale { .. }));
        let consumer = self.person.kind == ContactKind::Consumer;
        let share = match self.person.country.as_str() {
            "AT" if customer => 65,
            "AT" => 10,
            "FR" if consumer => 50,
            _ => return,
        };
        if self.percent(share) {
            let listed = self.percent(6);
            self.person.events.push(Event::Screening { listed });
        }
    }

    /// A consent withdrawn, or an objection.
    fn refuse(&mut self, way: Way) {
        let given = self.person.events.iter().find_map(|event| match event {
            Event::Consent {
                activity, given_on, ..
            } => Some((*activity, *given_on)),
            _ => None,
        });
        if let Some((activity, given_on)) = given
            && self.percent(if way == Way::OldExport { 10 } else { 5 })
        {
            let on = self.chance.day(given_on, self.today);
            self.person.events.push(Event::Withdrawal { activity, on });
        }
        // Strangers object more often than those who asked.
        let annoyed = matches!(way, Way::AddressList | Way::Directory | Way::Imprint);
        if !self.names_somebody() || !self.percent(if annoyed { 7 } else { 3 }) {
            return;
        }
        let channels = match self.chance.below(100) {
            0..25 if self.has_email() => EMAIL,
            25..40 if self.has_phone() => PHONE,
            _ => ChannelSet::ALL,
        };
        let on = self.chance.day(self.person.obtained_on, self.today);
        self.person.events.push(Event::Objection { channels, on });
    }
}
