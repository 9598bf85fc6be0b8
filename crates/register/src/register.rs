//! The register as a whole: reading, writing, looking up.

use law::{Country, Land};
use toml::de::DeTable;

use crate::text::{Node, Reader, Section, Table, print_document};
use crate::{
    Activity, ConsentText, Fault, Form, GoodsClass, Measure, Organisation, Recipient, Similarity,
};

/// Everything that an organisation declares. Entries keep the order of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register {
    /// Who declares.
    pub organisation: Organisation,
    /// What is done with whose data.
    pub activities: Vec<Activity>,
    /// Whom data are passed to.
    pub recipients: Vec<Recipient>,
    /// The wording of consents, in all versions.
    pub consent_texts: Vec<ConsentText>,
    /// What is sold and advertised.
    pub goods_classes: Vec<GoodsClass>,
    /// Which goods classes are similar.
    pub similarities: Vec<Similarity>,
    /// Security measures.
    pub measures: Vec<Measure>,
    /// Lead forms.
    pub forms: Vec<Form>,
}

/// Why a purpose could not be found in a register.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PurposeError {
    /// Nothing in the register has that name: what is not declared cannot be used.
    #[error(
        "the register declares no purpose {}; declared are: {}",
        shown(.asked),
        .declared.join(", ")
    )]
    Unknown {
        /// What was asked for.
        asked: String,
        /// The identifiers of all activities.
        declared: Vec<String>,
    },
    /// The name is a kind of purpose that several activities serve.
    #[error("several activities serve this purpose, name one of: {}", .activities.join(", "))]
    Ambiguous {
        /// The identifiers of those activities.
        activities: Vec<String>,
    },
}

/// A name as errors show it. What can be no identifier is not repeated: arguments in the wrong
/// order put an address or a number here.
fn shown(asked: &str) -> String {
    let fits = |c: char| c.is_alphabetic() || matches!(c, '-' | '_' | ' ');
    if !asked.is_empty() && asked.len() <= 60 && asked.chars().all(fits) {
        format!("\"{asked}\"")
    } else {
        "of that name".to_owned()
    }
}

impl Register {
    /// Reads the text form.
    ///
    /// # Errors
    /// Every fault of the text in the order of the text, not just the first; at most the first
    /// thousand.
    pub fn parse(text: &str) -> Result<Self, Vec<Fault>> {
        let reader = Reader::new(text);
        let (document, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            reader.syntax(error);
        }
        let register = Self::read(Section::document(&reader, &document));
        let faults = reader.into_faults();
        match register {
            Some(register) if faults.is_empty() => Ok(register),
            _ => Err(faults),
        }
    }

    /// A register that declares nothing yet.
    pub fn new(name: &str, country: Country, land: Option<Land>) -> Self {
        Self {
            organisation: Organisation::new(name, country, land),
            activities: Vec::new(),
            recipients: Vec::new(),
            consent_texts: Vec::new(),
            goods_classes: Vec::new(),
            similarities: Vec::new(),
            measures: Vec::new(),
            forms: Vec::new(),
        }
    }

    /// Writes the text form in its canonical order: parsing it gives an equal register, and
    /// equal registers give equal texts.
    pub fn to_toml(&self) -> String {
        print_document(&self.tree())
    }

    /// The activity with the identifier.
    pub fn activity(&self, id: &str) -> Option<&Activity> {
        self.activities.iter().find(|activity| activity.id == id)
    }

    /// The recipient with the identifier.
    pub fn recipient(&self, id: &str) -> Option<&Recipient> {
        self.recipients.iter().find(|recipient| recipient.id == id)
    }

    /// The form with the identifier.
    pub fn form(&self, id: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.id == id)
    }

    /// The activity that a purpose's name stands for: its identifier, or a kind of purpose (such
    /// as `direct_marketing`) that just one activity serves.
    ///
    /// # Errors
    /// If nothing has that name, or several activities serve that kind.
    pub fn find_purpose(&self, name: &str) -> Result<&Activity, PurposeError> {
        if let Some(activity) = self.activity(name) {
            return Ok(activity);
        }
        let mut serving: Vec<_> = self
            .activities
            .iter()
            .filter(|activity| activity.purpose_kind.name() == name)
            .collect();
        match (serving.pop(), serving.is_empty()) {
            (Some(only), true) => Ok(only),
            (Some(last), false) => Err(PurposeError::Ambiguous {
                activities: serving
                    .into_iter()
                    .chain([last])
                    .map(|a| a.id.clone())
                    .collect(),
            }),
            (None, _) => Err(PurposeError::Unknown {
                asked: name.to_owned(),
                declared: self.activities.iter().map(|a| a.id.clone()).collect(),
            }),
        }
    }

    /// The recipients of an activity's data, in declared order.
    pub fn recipients_of(&self, activity: &Activity) -> impl Iterator<Item = &Recipient> {
        activity
            .recipients
            .iter()
            .filter_map(|id| self.recipient(id))
    }

    /// The wording of a consent that is asked for today: the highest version.
    pub fn current_consent_text(&self, id: &str) -> Option<&ConsentText> {
        self.consent_texts
            .iter()
            .filter(|text| text.id == id)
            .max_by_key(|text| text.version)
    }

    /// The wording that was agreed to in a certain version.
    pub fn consent_text(&self, id: &str, version: u32) -> Option<&ConsentText> {
        self.consent_texts
            .iter()
            .find(|text| text.id == id && text.version == version)
    }

    /// The current wordings that ask for consent to an activity, in declared order.
    pub fn consent_texts_for(&self, activity: &str) -> impl Iterator<Item = &ConsentText> {
        self.consent_texts
            .iter()
            .filter(|text| self.current_consent_text(&text.id) == Some(*text))
            .filter(move |text| text.purposes.iter().any(|purpose| purpose == activity))
    }

    /// Whether goods of the class `advertised` are similar to those of the class `sold`
    /// (UWG § 7(3) Nr. 2): `None` if nobody has decided. A class is similar to itself.
    pub fn is_similar(&self, sold: &str, advertised: &str) -> Option<bool> {
        let known = |id: &str| self.goods_classes.iter().any(|class| class.id == id);
        if sold == advertised && known(sold) {
            return Some(true);
        }
        self.similarities
            .iter()
            .find(|pair| pair.sold == sold && pair.advertised == advertised)
            .map(|pair| pair.similar)
    }

    fn read(mut document: Section<'_, '_>) -> Option<Self> {
        document.number("format", 1, 1);
        let organisation = document
            .required_table("organisation", "[organisation]")
            .and_then(Organisation::read);
        let activities = entries(document.tables("activity"), Activity::read);
        let recipients = entries(document.tables("recipient"), Recipient::read);
        let consent_texts = entries(document.tables("consent_text"), ConsentText::read);
        let goods_classes = entries(document.tables("goods_class"), GoodsClass::read);
        let similarities = entries(document.tables("similarity"), Similarity::read);
        let measures = entries(document.tables("measure"), Measure::read);
        let forms = entries(document.tables("form"), Form::read);
        document.finish();
        Some(Self {
            organisation: organisation?,
            activities,
            recipients,
            consent_texts,
            goods_classes,
            similarities,
            measures,
            forms,
        })
    }

    pub(crate) fn tree(&self) -> Table {
        let pair = |pair: &Similarity| format!("{}/{}", pair.sold, pair.advertised);
        Table::default()
            .with("format", 1)
            .with("organisation", self.organisation.tree())
            .maybe(
                "activity",
                nodes(&self.activities, |a| a.id.clone(), Activity::tree),
            )
            .maybe(
                "recipient",
                nodes(&self.recipients, |r| r.id.clone(), Recipient::tree),
            )
            .maybe(
                "consent_text",
                nodes(&self.consent_texts, ConsentText::key, ConsentText::tree),
            )
            .maybe(
                "goods_class",
                nodes(&self.goods_classes, |g| g.id.clone(), GoodsClass::tree),
            )
            .maybe(
                "similarity",
                nodes(&self.similarities, pair, Similarity::tree),
            )
            .maybe(
                "measure",
                nodes(&self.measures, |m| m.id.clone(), Measure::tree),
            )
            .maybe("form", nodes(&self.forms, |f| f.id.clone(), Form::tree))
    }
}

fn entries<'t, 'i, T>(
    sections: Vec<Section<'t, 'i>>,
    read: impl Fn(Section<'t, 'i>) -> Option<T>,
) -> Vec<T> {
    sections.into_iter().filter_map(read).collect()
}

fn nodes<T>(
    entries: &[T],
    name: impl Fn(&T) -> String,
    tree: impl Fn(&T) -> Table,
) -> Option<Node> {
    let tables = entries.iter().map(|entry| (Some(name(entry)), tree(entry)));
    (!entries.is_empty()).then(|| Node::Tables(tables.collect()))
}
