//! What the gate says about the whole list: for each purpose and channel, how many contacts may be
//! contacted, how many could be after a lawful step, and why the others may not.

use std::collections::{BTreeMap, HashMap};

use jiff::ToSpan as _;
use jiff::civil::Date;
use law::facts::Source;
use law::gate::{Answer, Decision, NextStep, Outcome as Finding, Verdict};
use law::holidays::Calendar;
use law::regulation_1182_71::{last_day_of_months, same_day_after_months};
use law::{Channel, Confidence, Country, Lang, Text};
use register::{Deadline, Gap, Weight};
use serde::Serialize;

use crate::declare::InForce;
use crate::dossier::{Dossier, Question};
use crate::log::append::Kind;
use crate::{Error, Organisation, words};

/// The answers of the gate for every contact, added up.
#[derive(Clone, Debug, Serialize)]
pub struct Overview {
    /// Name of the organisation.
    pub organisation: String,
    /// The day for which the gate answered.
    pub on: Date,
    /// Contacts that are kept (erased ones are not counted).
    pub contacts: u64,
    /// Contacts by country code, most first.
    pub countries: Vec<(String, u64)>,
    /// Contacts by where their data come from, most first.
    pub sources: Vec<(String, u64)>,
    /// The advertising purposes of the register with their channels.
    pub purposes: Vec<PurposeOverview>,
    /// What the register lacks: how many things the law asks for and how many it advises.
    pub gaps: GapCount,
    /// Everything that the register lacks, what the law asks for first.
    #[serde(skip)]
    pub missing: Vec<Gap>,
    /// Until when how many persons have to be informed (GDPR Art. 14(3)(a)), by the week; what is
    /// overdue counts on its first day.
    pub to_inform: Vec<ToInform>,
    /// What the register knows to be due within a year, or overdue.
    #[serde(skip)]
    pub due: Vec<Deadline>,
    /// Contacts whose processing is restricted (GDPR Art. 18).
    pub restricted: u64,
    /// Activities that the register declares.
    pub activities: u64,
    /// Recipients that the register declares.
    pub recipients: u64,
    /// Measures that the register declares.
    pub measures: u64,
    /// The version of the register in force.
    pub register_version: Option<i64>,
    /// Entries in the evidence log that the newest signed checkpoint covers.
    pub evidence_entries: u64,
}

/// Persons to be informed until a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ToInform {
    /// The last day for the first of them.
    pub until: Date,
    /// How many, until the end of that week.
    pub contacts: u64,
}

/// What an overview was worked out from: it changes whenever the overview could, but for the number
/// of entries in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateMark {
    entry: i64,
    register: i64,
}

/// Gaps of the register by weight.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct GapCount {
    /// Required by law.
    pub required: u64,
    /// Advised.
    pub advised: u64,
}

/// The answers for one activity of the register.
#[derive(Clone, Debug, Serialize)]
pub struct PurposeOverview {
    /// The activity's id in the register.
    pub id: String,
    /// The activity's name.
    pub name: String,
    /// One line for each channel that the activity declares.
    pub channels: Vec<ChannelOverview>,
}

/// The answers for one channel of one activity.
#[derive(Clone, Debug, Serialize)]
pub struct ChannelOverview {
    /// The channel.
    pub channel: Channel,
    /// May be contacted now.
    pub permitted: u64,
    /// May not now, but could after a lawful step.
    pub recoverable: u64,
    /// May not, and no step of ours would change it (an objection, for example).
    pub refused: u64,
    /// A person has to weigh; senders treat it as no.
    pub review: u64,
    /// Why, most frequent first. The counts add up to all contacts.
    pub reasons: Vec<ReasonCount>,
}

/// One reason of the gate and how many contacts it concerns.
#[derive(Clone, Debug, Serialize)]
pub struct ReasonCount {
    /// Stable name of the finding.
    pub code: String,
    /// What came out: `permitted`, `recoverable`, `refused` or `review`.
    pub outcome: Outcome,
    /// The reason in the language asked for.
    pub reason: String,
    /// The provisions and decisions it rests on.
    pub citations: Vec<String>,
    /// Whether the rule is settled or to be checked.
    #[serde(serialize_with = "confidence_name")]
    pub confidence: Confidence,
    /// The next lawful step in the language asked for, where there is one.
    pub next_step: Option<String>,
    /// How many contacts.
    pub count: u64,
}

/// What came out for a contact, as the overview counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// May be contacted now.
    Permitted,
    /// May not now, but could after a lawful step.
    Recoverable,
    /// May not, and no step of ours would change it.
    Refused,
    /// A person has to weigh.
    Review,
}

// The signature is serde's.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn confidence_name<S: serde::Serializer>(c: &Confidence, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(match c {
        Confidence::Settled => "settled",
        Confidence::ToBeChecked => "to_be_checked",
    })
}

/// Contacts read at a time.
const PAGE: u32 = 500;

impl Organisation {
    /// What the gate says about every contact, for each advertising activity and channel that the
    /// register declares.
    ///
    /// # Errors
    /// When there is no register or the database can't be read.
    pub fn overview(&self, on: Date, lang: Lang) -> Result<Overview, Error> {
        self.store().read(|tx| {
            let register = self.register_or_empty(tx)?;
            let declared = &register.register;
            let mut tally = Tally::new(&register, Calendar::at(self.country(), self.land()), on);
            store::facts::for_each(tx, self.id(), PAGE, |facts| tally.add(&Dossier(facts), on))?;
            let mut missing = register::gaps(declared, on);
            missing.sort_by_key(|gap| gap.weight);
            let of_weight =
                |weight| missing.iter().filter(|gap| gap.weight == weight).count() as u64;
            Ok(Overview {
                organisation: self.name().to_owned(),
                on,
                contacts: tally.contacts,
                countries: most_first(tally.countries),
                sources: most_first(tally.sources),
                purposes: tally
                    .lines
                    .into_iter()
                    .map(|line| line.finish(on, lang))
                    .collect(),
                gaps: GapCount {
                    required: of_weight(Weight::Must),
                    advised: of_weight(Weight::Should),
                },
                missing,
                due: register::deadlines(declared, on),
                to_inform: tally.to_inform.into_values().collect(),
                restricted: tally.restricted,
                activities: declared.activities.len() as u64,
                recipients: declared.recipients.len() as u64,
                measures: declared.measures.len() as u64,
                register_version: Some(register.version).filter(|version| *version > 0),
                evidence_entries: self.covered_entries(tx)?,
            })
        })
    }

    /// Entries in the evidence log that the newest signed checkpoint covers.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn evidence_entries(&self) -> Result<u64, Error> {
        self.store().read(|tx| self.covered_entries(tx))
    }

    fn covered_entries(&self, tx: &mut store::Tx<'_>) -> Result<u64, Error> {
        let latest = store::evidence_checkpoint::latest(tx, self.id())?;
        let size = latest.and_then(|latest| u64::try_from(latest.size).ok());
        Ok(size.unwrap_or_default())
    }

    /// What an overview of now would be worked out from. If it is the same as before, on the same
    /// day, the overview is too, but for the number of entries: that somebody signed in, or has
    /// another role, is an entry that says nothing of contacts.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn state_mark(&self) -> Result<StateMark, Error> {
        let people = Kind::about_people_here();
        self.store().read(|tx| {
            Ok(StateMark {
                entry: store::evidence_entry::newest_but(tx, self.id(), &people)?
                    .unwrap_or_default(),
                register: store::register_version::latest_number(tx, self.id())?
                    .unwrap_or_default(),
            })
        })
    }
}

struct Tally<'r> {
    contacts: u64,
    countries: BTreeMap<String, u64>,
    sources: BTreeMap<String, u64>,
    lines: Vec<Line<'r>>,
    restricted: u64,
    calendar: Option<Calendar>,
    today: Date,
    /// The last day to inform, by the day on which the data were obtained.
    due: BTreeMap<Date, Date>,
    /// By the Monday of the week; what is overdue by the day before all.
    to_inform: BTreeMap<Date, ToInform>,
}

/// One activity with its questions.
struct Line<'r> {
    activity: &'r register::Activity,
    channels: Vec<(Question<'r>, Answers)>,
}

/// What came out, by the finding that decided and what would help.
type Answers = HashMap<Key, (u64, Judged)>;

/// What sets two answers apart: contacts with the same go into one line.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    code: &'static str,
    outcome: Outcome,
    next: Option<NextStep>,
    /// Where the reason names it.
    country: Option<Country>,
}

/// The finding that decided about a contact.
#[derive(Clone, Copy)]
struct Judged {
    outcome: Outcome,
    /// `None` if there is no address for the channel, so that the gate need not be asked.
    finding: Option<&'static Finding>,
    next: Option<NextStep>,
    /// Where the finding's reason names it.
    country: Option<Country>,
}

const NO_ADDRESS: Text = Text::new(
    "Für diesen Weg ist keine Adresse oder Nummer gespeichert.",
    "No address or number for this channel is on record.",
);

impl Judged {
    const NO_ADDRESS: Self = Self {
        outcome: Outcome::Refused,
        finding: None,
        next: None,
        country: None,
    };

    /// The layer that says no decides; where both say yes, the channel's law is the reason that
    /// people ask for.
    fn by(decision: &Decision, country: Option<Country>) -> Self {
        let (channel, data) = (decision.channel_law(), decision.data_protection());
        let finding = match decision.verdict() {
            Verdict::Permitted => channel,
            // An objection is the reason that counts, whatever else is missing.
            _ if data.next().contains(&NextStep::Respect) => data,
            _ if channel.answer() == Answer::No => channel,
            _ if data.answer() == Answer::No => data,
            _ if channel.answer() == Answer::Review => channel,
            _ => data,
        };
        let next = decision.next_steps().next();
        let outcome = match (decision.verdict(), next) {
            (Verdict::Permitted, _) => Outcome::Permitted,
            (Verdict::Review, _) => Outcome::Review,
            // To respect a no is right, but it wins nobody back.
            (Verdict::Refused, Some(NextStep::Respect) | None) => Outcome::Refused,
            (Verdict::Refused, Some(_)) => Outcome::Recoverable,
        };
        let next = if outcome == Outcome::Permitted {
            None
        } else {
            next
        };
        Self {
            outcome,
            finding: Some(finding),
            next,
            country: country.filter(|_| finding.names_country()),
        }
    }

    fn key(&self) -> Key {
        Key {
            code: self.finding.map_or("no_address", Finding::code),
            outcome: self.outcome,
            next: self.next,
            country: self.country,
        }
    }

    fn count(&self, count: u64, purpose: &str, on: Date, lang: Lang) -> ReasonCount {
        let citations = self.finding.map_or(&[][..], Finding::citations);
        ReasonCount {
            code: self.key().code.to_owned(),
            outcome: self.outcome,
            reason: self.finding.map_or_else(
                || NO_ADDRESS.get(lang).to_owned(),
                |finding| finding.reason_for(purpose, self.country, lang),
            ),
            citations: citations
                .iter()
                .map(|citation| citation.written(on, lang))
                .collect(),
            confidence: self
                .finding
                .map_or(Confidence::Settled, Finding::confidence),
            next_step: self.next.map(|step| step.text().get(lang).to_owned()),
            count,
        }
    }
}

impl Line<'_> {
    fn finish(self, on: Date, lang: Lang) -> PurposeOverview {
        let channels = self.channels.into_iter().map(|(question, answers)| {
            let mut reasons: Vec<_> = answers
                .into_values()
                .map(|(count, judged)| judged.count(count, &self.activity.name, on, lang))
                .collect();
            reasons.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.code.cmp(&b.code)));
            let sum = |outcome| {
                reasons
                    .iter()
                    .filter(|r| r.outcome == outcome)
                    .map(|r| r.count)
                    .sum()
            };
            ChannelOverview {
                channel: question.channel,
                permitted: sum(Outcome::Permitted),
                recoverable: sum(Outcome::Recoverable),
                refused: sum(Outcome::Refused),
                review: sum(Outcome::Review),
                reasons,
            }
        });
        PurposeOverview {
            id: self.activity.id.clone(),
            name: self.activity.name.clone(),
            channels: channels.collect(),
        }
    }
}

impl<'r> Tally<'r> {
    fn new(register: &'r InForce, calendar: Option<Calendar>, today: Date) -> Self {
        let advertising = register
            .register
            .activities
            .iter()
            .filter(|a| a.purpose_kind.is_advertising());
        let lines = advertising.map(|activity| Line {
            activity,
            channels: activity
                .channels
                .iter()
                .map(|channel| {
                    (
                        Question {
                            activity,
                            register,
                            channel,
                            goods: activity.goods_class.as_deref(),
                        },
                        Answers::new(),
                    )
                })
                .collect(),
        });
        Self {
            contacts: 0,
            countries: BTreeMap::new(),
            sources: BTreeMap::new(),
            lines: lines.collect(),
            restricted: 0,
            calendar,
            today,
            due: BTreeMap::new(),
            to_inform: BTreeMap::new(),
        }
    }

    /// Counts a person who did not give the data and was not informed yet.
    fn inform(&mut self, obtained: Date) {
        let calendar = self.calendar;
        let due = *self.due.entry(obtained).or_insert_with(|| {
            calendar.map_or_else(
                || same_day_after_months(obtained, 1),
                |calendar| last_day_of_months(obtained, 1, calendar),
            )
        });
        let week = if due < self.today {
            Date::MIN
        } else {
            let back = i32::from(due.weekday().to_monday_zero_offset());
            due.saturating_sub(back.days())
        };
        let line = self.to_inform.entry(week).or_insert(ToInform {
            until: due,
            contacts: 0,
        });
        line.until = line.until.min(due);
        line.contacts += 1;
    }

    fn add(&mut self, dossier: &Dossier, on: Date) -> Result<(), Error> {
        let contact = &dossier.0.contact;
        if !contact.is_present() {
            return Ok(());
        }
        self.contacts += 1;
        *self.countries.entry(contact.country.clone()).or_default() += 1;
        let source = words::source_name(words::source(contact.source_kind)?);
        *self.sources.entry(source.to_owned()).or_default() += 1;
        self.restricted += u64::from(contact.restricted_at.is_some());
        let gave_it = words::source(contact.source_kind)? == Source::Person;
        if !gave_it && contact.informed_on.is_none() {
            self.inform(contact.obtained_on);
        }
        for (question, answers) in self.lines.iter_mut().flat_map(|line| &mut line.channels) {
            let reason = if dossier.has_address_for(question.channel) {
                Judged::by(&dossier.decide(question, on)?, contact.country.parse().ok())
            } else {
                Judged::NO_ADDRESS
            };
            answers.entry(reason.key()).or_insert((0, reason)).0 += 1;
        }
        Ok(())
    }
}

fn most_first(counts: BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}
