//! The papers about one person's evidence, in words: what operations answer becomes what `papers` set.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use law::gdpr::art07;
use law::topic::consent::read_circumstances;
use law::{Channel, Lang};
use operations::{PackFacts, PersonFacts};
use pack::{ConsentEvent, ConsentRecord, ConsentState, Proven, Taken};
use papers::{
    ConsentPart, EntryLine, EvidenceSummary, Happening, Head, PaperError, Signed, Stated,
};

use crate::pages::{number, words};
use crate::texts::Texts;

/// Why a pack or a paper was not made.
#[derive(Debug, thiserror::Error)]
pub enum ProofError {
    /// The operation refused.
    #[error(transparent)]
    Operation(#[from] operations::Error),
    /// The paper could not be set.
    #[error(transparent)]
    Paper(#[from] PaperError),
}

/// The summary of an evidence pack, a PDF.
///
/// # Errors
/// When the typesetter refuses.
pub fn summary(facts: &PackFacts, lang: Lang, now: &ZonedDateTime) -> Result<Vec<u8>, ProofError> {
    let writer = Writer::new(facts, lang, now);
    let draft = &facts.draft;
    let of_kind = |wanted: fn(&str) -> bool| -> Vec<Happening> {
        let entries = draft.entries().iter();
        let entries = entries.filter(|(_, entry)| wanted(&entry.kind));
        entries
            .map(|(entry, proven)| writer.happening(*entry, proven))
            .collect()
    };
    let entry = |(entry, proven): &(i64, Proven)| EntryLine {
        entry: *entry,
        place: proven.index,
        at: writer.local(proven.at),
        kind: words::kind(&proven.kind, lang),
    };
    let paper = EvidenceSummary {
        head: writer.head(),
        person: writer.person(&facts.person),
        consents: draft
            .consents()
            .iter()
            .map(|consent| {
                let mut part = writer.consent(consent);
                part.stated.extend(writer.judged(consent));
                part
            })
            .collect(),
        objections: of_kind(|kind| kind == "objection.recorded"),
        sends: of_kind(|kind| kind.starts_with("mail.")),
        entries: draft.entries().iter().map(entry).collect(),
        signed: Signed {
            log: draft.key().origin().to_owned(),
            size: draft.size(),
            checkpoint: draft.checkpoint().to_owned(),
            key: draft.key().to_string(),
            fingerprint: pack::fingerprint(draft.key()),
        },
    };
    Ok(papers::evidence_summary(&paper)?)
}

/// The receipt of one consent, a PDF for the person. `entry` is the number of its entry.
///
/// # Errors
/// When the typesetter refuses.
pub fn receipt(
    facts: &PackFacts,
    consent: &ConsentRecord,
    entry: i64,
    lang: Lang,
    now: &ZonedDateTime,
) -> Result<Vec<u8>, PaperError> {
    let writer = Writer::new(facts, lang, now);
    let part = writer.consent(consent);
    let name = facts.person.name.as_ref().or(facts.person.company.as_ref());
    let mut stated: Vec<_> = name
        .map(|name| writer.stated("paper-name", name))
        .into_iter()
        .collect();
    stated.push(writer.stated("paper-state", &part.state));
    stated.extend(part.stated);
    let controller = &facts.draft.context().controller;
    papers::receipt(&papers::Receipt {
        head: writer.head(),
        activity: part.activity,
        stated,
        text: part.text,
        text_sha256: part.text_sha256,
        withdraw_at: controller
            .email
            .as_ref()
            .map(|email| writer.texts.with("paper-withdraw-at", "email", email)),
        entry,
        key: facts.draft.key().to_string(),
    })
}

struct Writer<'f> {
    facts: &'f PackFacts,
    lang: Lang,
    texts: Texts,
    now: Timestamp,
    zone: TimeZone,
}

impl<'f> Writer<'f> {
    fn new(facts: &'f PackFacts, lang: Lang, now: &ZonedDateTime) -> Self {
        Self {
            facts,
            lang,
            texts: Texts(lang),
            now: now.timestamp(),
            zone: now.time_zone().clone(),
        }
    }

    /// A time where the organisation is, in words.
    fn local(&self, at: Timestamp) -> String {
        number::time(at, &self.zone, self.lang)
    }

    fn head(&self) -> Head {
        let controller = &self.facts.draft.context().controller;
        let contact = [&controller.email, &controller.phone];
        let contact = contact.into_iter().flatten().cloned();
        Head {
            lang: self.lang,
            organisation: controller.name.clone(),
            reach: controller.address.iter().cloned().chain(contact).collect(),
            made_at: self.now,
            made: self.local(self.now),
            hash: self
                .facts
                .draft
                .checkpoint()
                .lines()
                .nth(2)
                .map(str::to_owned),
        }
    }

    fn stated(&self, label: &str, value: impl Into<String>) -> Stated {
        Stated {
            label: self.texts.t(label),
            value: value.into(),
        }
    }

    fn person(&self, person: &PersonFacts) -> Vec<Stated> {
        let mut all = Vec::new();
        let mut say = |label, value: String| {
            if !value.is_empty() {
                all.push(self.stated(label, value));
            }
        };
        say("paper-name", person.name.clone().unwrap_or_default());
        say("paper-company", person.company.clone().unwrap_or_default());
        say("paper-emails", person.emails.join("\n"));
        say("paper-phones", person.phones.join("\n"));
        say("paper-address", person.address.join("\n"));
        say("paper-pseudonym", person.pseudonym.clone());
        all
    }

    fn consent(&self, consent: &ConsentRecord) -> ConsentPart {
        let mut activities = self.facts.draft.context().activities.iter();
        let activity = activities.find(|activity| activity.id == consent.activity);
        let mut stated = vec![
            self.stated(
                "paper-channels",
                consented(&consent.proof, &consent.channels, self.lang),
            ),
            self.stated("paper-proof", self.proof(&consent.proof)),
        ];
        let given = consent.events.first().and_then(|event| event.on.as_deref());
        stated.extend(given.map(|day| self.stated("paper-given-on", self.day(day))));
        stated.extend(self.taken(&consent.taken));
        if !consent.documents.is_empty() {
            let documents = consent.documents.iter();
            let documents: Vec<_> = documents
                .map(|one| format!("{}, SHA-256 {}", one.media_type.extension(), one.sha256))
                .collect();
            stated.push(self.stated("paper-documents", documents.join("\n")));
        }
        let defects = self.defects(consent);
        let state = match &defects {
            Some(found) if !found.is_empty() && consent.state() == ConsentState::Given => {
                self.texts.t("paper-given-flawed")
            }
            _ => self.state(consent.state()),
        };
        ConsentPart {
            activity: activity
                .map_or(&consent.activity, |known| &known.name)
                .clone(),
            state,
            stated,
            text: consent.text.clone(),
            text_sha256: consent.text_sha256.clone(),
            happened: consent
                .events
                .iter()
                .map(|event| self.event(event))
                .collect(),
        }
    }

    fn taken(&self, taken: &Taken) -> Vec<Stated> {
        [
            ("paper-place", &taken.place),
            ("paper-witness", &taken.witness),
            ("paper-called-by", &taken.called_by),
            ("paper-called-number", &taken.called_number),
        ]
        .into_iter()
        .filter_map(|(label, value)| Some(self.stated(label, value.as_ref()?)))
        .collect()
    }

    /// What the law finds wrong with how the consent came about, if that was told.
    fn defects(&self, consent: &ConsentRecord) -> Option<Vec<&'static str>> {
        let told = consent.circumstances.as_ref()?;
        let circumstances = read_circumstances(&told.to_string()).ok()?;
        let defects = art07::defects(&circumstances);
        Some(defects.iter().map(|d| d.text().get(self.lang)).collect())
    }

    /// The same in words, for who checks the evidence and not for the person.
    fn judged(&self, consent: &ConsentRecord) -> Option<Stated> {
        let defects = self.defects(consent)?;
        Some(if defects.is_empty() {
            self.stated("paper-defects", self.texts.t("paper-no-defects"))
        } else {
            self.stated("paper-defects", defects.join("\n"))
        })
    }

    fn event(&self, event: &ConsentEvent) -> Happening {
        let state = self.state(event.state);
        Happening {
            at: self.local(event.at),
            what: match &event.on {
                Some(day) => format!("{state}, {}", self.day(day)),
                None => state,
            },
            entry: self.facts.number(event.index).unwrap_or_default(),
        }
    }

    fn happening(&self, entry: i64, proven: &Proven) -> Happening {
        let mut what = words::kind(&proven.kind, self.lang);
        let said = |name: &str| proven.content.get(name);
        let channels = said("channels").and_then(|all| serde_json::from_value(all.clone()).ok());
        let channels: Vec<String> = channels.unwrap_or_default();
        let subject = said("subject").and_then(|subject| subject.as_str());
        // An objection to everything needs no list of all that there is.
        if !channels.is_empty() && channels.len() < Channel::ALL.len() {
            what = format!("{what}: {}", self.channels(&channels));
        }
        if let Some(subject) = subject {
            what = format!("{what}: {subject}");
        }
        Happening {
            at: self.local(proven.at),
            what,
            entry,
        }
    }

    fn state(&self, state: ConsentState) -> String {
        self.texts.t(match state {
            ConsentState::Given => "paper-given",
            ConsentState::Withdrawn => "paper-withdrawn",
            ConsentState::ProofLost => "paper-proof-lost",
        })
    }

    fn channels(&self, names: &[String]) -> String {
        channels(names, self.lang)
    }

    fn proof(&self, name: &str) -> String {
        let known = crate::pages::contact::consent::PROOFS.iter();
        let mut known = known.filter(|(word, _)| *word == name);
        known
            .next()
            .map_or_else(|| name.to_owned(), |(_, text)| self.texts.t(text))
    }

    fn day(&self, text: &str) -> String {
        let day = text.parse().ok();
        day.map_or_else(|| text.to_owned(), |day| number::day(day, self.lang))
    }
}

fn channels<'n>(names: impl IntoIterator<Item = &'n String>, lang: Lang) -> String {
    let label = |name: &String| {
        let known: Option<Channel> = name.parse().ok();
        known.map_or_else(|| name.clone(), |channel| words::channel(channel, lang))
    };
    names.into_iter().map(label).collect::<Vec<_>>().join(", ")
}

/// The channels of a consent. A confirmed mailbox proves nothing for a telephone number: what waits for
/// its code is told apart.
fn consented(proof: &str, names: &[String], lang: Lang) -> String {
    let by_mailbox = proof == "double_opt_in_completed";
    let waits = |name: &&String| {
        let channel: Option<Channel> = name.parse().ok();
        by_mailbox && channel.is_some_and(Channel::reaches_a_telephone)
    };
    let (waiting, proven): (Vec<_>, Vec<_>) = names.iter().partition(waits);
    let mut lines = Vec::new();
    if !proven.is_empty() {
        lines.push(channels(proven, lang));
    }
    if !waiting.is_empty() {
        let waiting = channels(waiting, lang);
        lines.push(Texts(lang).with("paper-channels-wait", "channels", waiting));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_tells_which_channels_wait_for_the_number() {
        let names = ["email", "phone", "sms", "fax"].map(str::to_owned);
        assert_eq!(
            consented("double_opt_in_completed", &names, Lang::De),
            "E-Mail, Fax\nTelefon, SMS (wartet auf Bestätigung der Nummer)"
        );
        let proven = consented("sms_code", &names[1..3], Lang::De);
        assert_eq!(proven, "Telefon, SMS");
    }
}
