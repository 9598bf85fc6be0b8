//! What the law wants in an advertising letter. These parts are put in and nobody can leave them out;
//! a duty that can't be met here stops the letter.

use jiff::civil::Date;
use law::gate::Duty;
use law::gdpr::art44::is_eea;
use law::{Lang, LegalBasis};
use register::{Activity, Register};

use crate::declare::InForce;
use crate::person::Kept;
use crate::words::flag;

/// A part of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name: `text`, `sender`, `unsubscribe`, `objection`, `customer` or `source`.
    pub name: &'static str,
    /// Its text.
    pub text: String,
    /// The duties that it meets.
    pub duties: Vec<Duty>,
}

/// What the parts are made of.
pub(super) struct Made<'a> {
    pub(super) register: &'a InForce,
    pub(super) activity: &'a Activity,
    pub(super) contact: &'a store::contact::Contact,
    pub(super) kept: &'a Kept,
    pub(super) basis: Option<LegalBasis>,
    /// How the letter goes.
    pub(super) way: Way<'a>,
    pub(super) lang: Lang,
    /// The day whose law and numbering count.
    pub(super) on: Date,
}

/// How a letter goes, with the link by which the person leaves.
#[derive(Clone, Copy)]
pub(super) enum Way<'a> {
    /// By e-mail.
    Mail(&'a str),
    /// By post; there is no link while nobody has said where people reach the installation.
    Post(Option<&'a str>),
}

/// Whether a duty that asks for no words in the letter has to be met before, and is not.
pub(super) fn is_open(duty: Duty, activity: &Activity, contact: &store::contact::Contact) -> bool {
    is_met_elsewhere(duty, activity, contact) == Some(false)
}

/// Whether a duty is met that asks for no words in the letter; `None` if it asks for words.
fn is_met_elsewhere(
    duty: Duty,
    activity: &Activity,
    contact: &store::contact::Contact,
) -> Option<bool> {
    Some(match duty {
        // An objection counts at once, proofs are kept in the log, and an erased address stays as a
        // hash alone.
        Duty::StopOnObjection | Duty::KeepConsentProof | Duty::BlockOnly | Duty::StoreMinimal => {
            true
        }
        Duty::BalancingRecord => {
            let balancing = activity.balancing.as_ref();
            balancing.is_some_and(|b| b.interest.is_some() && b.weighing.is_some())
        }
        Duty::InformAtCollection => contact.informed_on.is_some(),
        Duty::EcgList | Duty::RobinsonList | Duty::ScreenDoNotCall => {
            contact.flags & flag::SCREENED_CLEAR != 0
        }
        _ => return None,
    })
}

impl Made<'_> {
    fn t(&self, de: &str, en: &str) -> String {
        match self.lang {
            Lang::De => de,
            Lang::En => en,
        }
        .to_owned()
    }

    /// The parts for these duties, in the order of the letter.
    ///
    /// # Errors
    /// The duty that can't be met.
    pub(super) fn parts(&self, duties: &[Duty]) -> Result<Vec<Part>, Duty> {
        let mut parts = vec![
            self.sender().map_err(|()| first_of(duties, SENDER))?,
            Part {
                name: "unsubscribe",
                text: self.leave(),
                duties: LEAVE.to_vec(),
            },
            Part {
                name: "objection",
                text: self.objection(),
                duties: vec![Duty::ObjectionNotice],
            },
        ];
        for duty in duties {
            match duty {
                Duty::ExistingCustomerNotice => parts.push(self.customer()),
                Duty::SourceNotice => parts.push(self.source().ok_or(*duty)?),
                _ if parts.iter().any(|part| part.duties.contains(duty)) => {}
                _ if is_met_elsewhere(*duty, self.activity, self.contact) == Some(true) => {}
                _ => return Err(*duty),
            }
        }
        for part in &mut parts {
            part.duties.retain(|duty| duties.contains(duty));
        }
        Ok(parts)
    }

    /// Who writes, and that it is advertising (DDG §§ 5, 6; UWG § 7(2) Nr. 3).
    fn sender(&self) -> Result<Part, ()> {
        let own = &self.register.register.organisation;
        let (Some(street), Some(city), Some(email)) = (&own.street, &own.city, &own.email) else {
            return Err(());
        };
        let mut lines = vec![
            self.t(
                &format!("{} ist Werbung von {}.", self.this().0, own.name),
                &format!("{} is advertising by {}.", self.this().1, own.name),
            ),
            String::new(),
            own.name.clone(),
            street.clone(),
        ];
        let code = own.postal_code.as_deref().unwrap_or_default();
        lines.push(format!("{code} {city}, {}", own.country).trim().to_owned());
        if let Some(name) = own
            .representative
            .as_ref()
            .and_then(|who| who.name.as_ref())
        {
            let by = self.t("Vertreten durch", "Represented by");
            lines.push(format!("{by}: {name}"));
        }
        let phone = own.phone.as_deref().unwrap_or_default();
        lines.push(format!("{email} {phone}").trim().to_owned());
        Ok(Part {
            name: "sender",
            text: lines.join("\n"),
            duties: SENDER.to_vec(),
        })
    }

    /// What it is that the person reads, in German and English.
    const fn this(&self) -> (&'static str, &'static str) {
        match self.way {
            Way::Mail(_) => ("Diese Nachricht", "This message"),
            Way::Post(_) => ("Dieses Schreiben", "This letter"),
        }
    }

    /// How the person leaves.
    fn leave(&self) -> String {
        let own = &self.register.register.organisation;
        let email = own.email.as_deref().unwrap_or_default();
        match self.way {
            Way::Mail(link) => self.t(
                &format!("Keine Werbung mehr? Hier melden Sie sich ab:\n{link}"),
                &format!("No more advertising? Unsubscribe here:\n{link}"),
            ),
            Way::Post(link) => {
                let text = self.t(
                    &format!(
                        "Keine Werbung mehr? Ein Brief an unsere Anschrift oder eine E-Mail an \
                         {email} genügt."
                    ),
                    &format!(
                        "No more advertising? A letter to our address or an e-mail to {email} is \
                         enough."
                    ),
                );
                let here = self.t("Oder hier im Internet:", "Or here on the web:");
                link.map_or(text.clone(), |link| format!("{text} {here}\n{link}"))
            }
        }
    }

    /// Explicit, in plain words and apart from all else (GDPR Art. 21(4)).
    fn objection(&self) -> String {
        let own = &self.register.register.organisation;
        let email = own.email.as_deref().unwrap_or_default();
        let (de, en) = match self.way {
            Way::Mail(_) => ("über den Link oben oder an", "by the link above or to"),
            Way::Post(_) => (
                "formlos per Brief an unsere Anschrift oder per E-Mail an",
                "informally by letter to our address or by e-mail to",
            ),
        };
        self.t(
            &format!(
                "IHR WIDERSPRUCHSRECHT (Art. 21 DSGVO)\nSie können der Verarbeitung Ihrer Daten \
                 für Werbung jederzeit widersprechen, ohne Gründe zu nennen und ohne andere als \
                 die Übermittlungskosten nach den Basistarifen: {de} {email}. \
                 Dann verarbeiten wir Ihre Daten nicht mehr für Werbung."
            ),
            &format!(
                "YOUR RIGHT TO OBJECT (GDPR Art. 21)\nYou may object to the use of your data for \
                 advertising at any time, without giving reasons and at no more than the basic \
                 cost of transmission: {en} {email}. We will then no longer use \
                 your data for advertising."
            ),
        )
    }

    /// UWG § 7(3) Nr. 4.
    fn customer(&self) -> Part {
        Part {
            name: "customer",
            text: self.t(
                "Sie erhalten diese Nachricht, weil Sie bei uns Kunde sind (§ 7 Abs. 3 UWG). Sie \
                 können der Verwendung Ihrer Adresse jederzeit widersprechen, ohne dass hierfür \
                 andere als die Übermittlungskosten nach den Basistarifen entstehen.",
                "You receive this message because you are our customer (UWG § 7(3)). You may object \
                 to this use of your address at any time at no more than the basic cost of \
                 transmission.",
            ),
            duties: vec![Duty::ExistingCustomerNotice],
        }
    }

    /// GDPR Art. 14; `None` if the register does not say what has to be told.
    fn source(&self) -> Option<Part> {
        let register = &self.register.register;
        let activity = self.activity;
        let purpose = activity.purpose.as_ref()?;
        let basis = self.basis.or(activity.basis)?;
        if activity.data.is_empty() || activity.retention.is_empty() {
            return None;
        }
        let mut lines = vec![self.t(
            "INFORMATION ZU IHREN DATEN (Art. 14 DSGVO)",
            "ABOUT YOUR DATA (GDPR Art. 14)",
        )];
        let mut say = |de: &str, en: &str, what: &str| {
            lines.push(format!("{}: {what}", self.t(de, en)));
        };
        say("Verantwortlicher", "Controller", &controller(register));
        let officer = register.organisation.data_protection_officer.as_ref();
        if let Some(officer) = officer {
            let reach = [&officer.name, &officer.email, &officer.phone];
            let reach: Vec<&str> = reach.into_iter().flatten().map(String::as_str).collect();
            say(
                "Datenschutzbeauftragter",
                "Data-protection officer",
                &reach.join(", "),
            );
        }
        say("Zweck", "Purpose", purpose);
        let mut rests = basis.citation().written(self.on, self.lang);
        if let Some(interest) = activity
            .balancing
            .as_ref()
            .and_then(|b| b.interest.as_ref())
        {
            rests = format!("{rests} ({interest})");
        }
        say("Rechtsgrundlage", "Legal basis", &rests);
        say("Daten", "Data", &activity.data.join(", "));
        say("Herkunft", "Source", &self.kept.source);
        let recipients = self.recipients(register, activity)?;
        if !recipients.is_empty() {
            say("Empfänger", "Recipients", &recipients.join("; "));
        }
        let kept: Vec<String> = activity
            .retention
            .iter()
            .map(|rule| rule.text(self.lang))
            .collect();
        say("Speicherdauer", "Kept for", &kept.join("; "));
        let authority = register.organisation.supervisory_authority.as_ref();
        let authority = authority.and_then(|a| a.name.as_deref());
        let rights = self.t(
            "Auskunft, Berichtigung, Löschung, Einschränkung, Datenübertragbarkeit, Widerspruch und \
             Widerruf einer Einwilligung (Art. 7, 15 bis 21 DSGVO); Beschwerde bei der \
             Aufsichtsbehörde",
            "access, rectification, erasure, restriction, portability, objection and withdrawal of \
             consent (GDPR Art. 7, 15 to 21); complaint to the supervisory authority",
        );
        let rights = match authority {
            Some(name) => format!("{rights}: {name}"),
            None => rights,
        };
        say("Ihre Rechte", "Your rights", &rights);
        Some(Part {
            name: "source",
            text: lines.join("\n"),
            duties: vec![Duty::SourceNotice],
        })
    }

    /// `None` if data go to a third country and the register does not say on what that rests
    /// (Art. 14(1)(f)).
    fn recipients(&self, register: &Register, activity: &Activity) -> Option<Vec<String>> {
        let all = register.recipients_of(activity);
        all.map(|recipient| {
            let mut text = recipient.name.clone();
            if let Some(service) = &recipient.service {
                text = format!("{text} ({service})");
            }
            if !is_eea(recipient.country, self.on) {
                let rests = recipient.transfer.as_ref()?.basis.label().get(self.lang);
                text = format!("{text}, {}: {rests}", recipient.country);
            }
            Some(text)
        })
        .collect()
    }
}

fn controller(register: &Register) -> String {
    let own = &register.organisation;
    let town: Vec<&str> = [&own.postal_code, &own.city]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let town = (!town.is_empty()).then(|| town.join(" "));
    let place = [own.street.clone(), town, own.email.clone()];
    let all: Vec<String> = std::iter::once(own.name.clone())
        .chain(place.into_iter().flatten())
        .collect();
    all.join(", ")
}

const SENDER: &[Duty] = &[
    Duty::SenderIdentity,
    Duty::CommercialMarking,
    Duty::SenderAndOptOut,
];
const LEAVE: &[Duty] = &[
    Duty::StopAddress,
    Duty::SenderAndOptOut,
    Duty::EasyWithdrawal,
];

/// The duty that asks for the sender; the law of every country does.
fn first_of(duties: &[Duty], of: &[Duty]) -> Duty {
    let named = duties.iter().find(|duty| of.contains(duty));
    named.copied().unwrap_or(Duty::SenderIdentity)
}
