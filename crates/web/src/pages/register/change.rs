//! The difference of two versions, with the names of entries and the labels of the forms; the
//! path in the text form stands beside it.

use law::facts::Purpose;
use law::{Channel, Land, Lang, LegalBasis};
use register::{
    Action, ChangeKind, ContractItem, Delivery, FormField, FormKind, RecipientRole, Register, Role,
    Source, SpecialCategory, SpecialGround, StartEvent, TransferBasis, diff_by_field,
};

use super::field::label;
use super::words;
use crate::pages::{number, words as common};
use crate::texts::Texts;

/// The label of a word of a list whose words are labelled in the register.
macro_rules! labelled {
    ($type:ty, $word:expr, $lang:expr) => {
        text_of(<$type>::ALL, $word, |value| value.name())
            .map(|value| value.label().get($lang).to_owned())
    };
}
/// What changed in one entry.
pub struct EntryChange {
    /// What kind of entry it is.
    pub kind: String,
    /// What people call it.
    pub name: String,
    /// Whether it comes or goes as a whole: sign, class and word.
    pub state: Option<(&'static str, &'static str, String)>,
    pub fields: Vec<FieldChange>,
}

/// What changed in one field.
pub struct FieldChange {
    pub label: String,
    /// Where it stands in the text form.
    pub path: String,
    pub old: Vec<String>,
    pub new: Vec<String>,
}

/// Where a change is: kind of entry, identifier, and the keys within the entry.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Where<'p> {
    kind: &'p str,
    id: &'p str,
    field: &'p str,
}

/// What `new` says that `old` did not, entry by entry.
pub fn entries(old: &Register, new: &Register, lang: Lang) -> Vec<EntryChange> {
    let reader = Reader { old, new, lang };
    let mut found: Vec<((String, String), EntryChange)> = Vec::new();
    for change in diff_by_field(old, new) {
        let place = place(&change.path);
        let key = (place.kind.to_owned(), place.id.to_owned());
        let at = found.iter().position(|(known, _)| *known == key);
        let at = at.unwrap_or_else(|| {
            found.push((key, reader.entry(place)));
            found.len() - 1
        });
        // An identifier says nothing to people beside the name.
        if matches!(place.field, "id" | "version") {
            continue;
        }
        let (before, after) = match change.kind {
            ChangeKind::Added { new } => (None, Some(new)),
            ChangeKind::Removed { old } => (Some(old), None),
            ChangeKind::Changed { old, new } => (Some(old), Some(new)),
        };
        let value = |text: Option<String>, register: &Register| {
            text.map(|text| reader.value(place, &text, register))
        };
        let (before, after) = (value(before, old), value(after, new));
        let Some((_, entry)) = found.get_mut(at) else {
            continue;
        };
        // The items of a list come and go singly, but stand in one field.
        match entry.fields.last_mut() {
            Some(field) if field.path == change.path => {
                field.old.extend(before);
                field.new.extend(after);
            }
            _ => entry.fields.push(FieldChange {
                label: reader.label(place),
                old: before.into_iter().collect(),
                new: after.into_iter().collect(),
                path: change.path.clone(),
            }),
        }
    }
    found.into_iter().map(|(_, entry)| entry).collect()
}

fn place(path: &str) -> Where<'_> {
    let (kind, rest) = path.split_once('.').unwrap_or((path, ""));
    let (id, field) = if kind == "organisation" {
        ("", rest)
    } else {
        rest.split_once('.').unwrap_or((rest, ""))
    };
    Where { kind, id, field }
}

struct Reader<'r> {
    old: &'r Register,
    new: &'r Register,
    lang: Lang,
}

impl Reader<'_> {
    fn entry(&self, place: Where<'_>) -> EntryChange {
        let texts = Texts(self.lang);
        let before = self.name(place, self.old);
        let after = self.name(place, self.new);
        let state = match (&before, &after) {
            (None, Some(_)) => Some(("+", "permitted", texts.t("entry-new"))),
            (Some(_), None) => Some(("−", "refused", texts.t("entry-gone"))),
            _ => None,
        };
        let kind = match place.kind {
            "activity" => "entry-activity",
            "recipient" => "entry-recipient",
            "consent_text" => "entry-wording",
            "goods_class" => "entry-goods",
            "similarity" => "entry-similarity",
            "measure" => "measure",
            "form" => "entry-form",
            _ => "record-organisation",
        };
        EntryChange {
            kind: texts.t(kind),
            name: after.or(before).unwrap_or_else(|| place.id.to_owned()),
            state,
            fields: Vec::new(),
        }
    }

    /// What people call the entry; `None` if the register does not have it.
    fn name(&self, place: Where<'_>, register: &Register) -> Option<String> {
        let id = place.id;
        match place.kind {
            "activity" => register.activity(id).map(|found| found.name.clone()),
            "recipient" => register.recipient(id).map(|found| found.name.clone()),
            "measure" => {
                let found = register.measures.iter().find(|measure| measure.id == id);
                found.map(|measure| measure.name.clone())
            }
            "form" => register.form(id).map(|found| found.name.clone()),
            "goods_class" => goods(register, id),
            "similarity" => {
                let (sold, advertised) = id.split_once('/')?;
                let known = register
                    .similarities
                    .iter()
                    .any(|pair| pair.sold == sold && pair.advertised == advertised);
                let either = |id| goods(self.new, id).or_else(|| goods(self.old, id));
                known.then_some(())?;
                Some(format!("{} → {}", either(sold)?, either(advertised)?))
            }
            "consent_text" => {
                let (id, version) = id.split_once('@')?;
                let text = register.consent_text(id, version.parse().ok()?)?;
                let purpose = text.purposes.first();
                let purpose = purpose.and_then(|purpose| register.activity(purpose));
                let name = purpose.map_or(id, |activity| &activity.name);
                let version = Texts(self.lang).with("register-version", "version", version);
                Some(format!("{name}, {version}"))
            }
            _ => Some(register.organisation.name.clone()),
        }
    }

    fn label(&self, place: Where<'_>) -> String {
        let texts = Texts(self.lang);
        let (group, key) = match place.field.rsplit_once('.') {
            Some((group, key)) => (group, key),
            None => ("", place.field),
        };
        // `question.email`: questions are named by what they ask for.
        let (group, asked) = match group.strip_prefix("question.") {
            Some(asked) => ("question", Some(asked)),
            None => (group, None),
        };
        // `retention[2]`: rules have no name, they are counted.
        let (group, counted) = match group.split_once('[') {
            Some((group, at)) => (group, Some(at.trim_end_matches(']'))),
            None => (group, None),
        };
        let Some(name) = label(place.kind, group, key) else {
            return place.field.to_owned();
        };
        let of = match group {
            "" if place.kind == "consent_text" && matches!(key, "de" | "en") => {
                Some(texts.t("activity-wording"))
            }
            "retention" => Some(texts.with("retention-rule", "n", counted.unwrap_or_default())),
            "question" => asked.and_then(|asked| labelled!(FormField, asked, self.lang)),
            "representative" => Some(texts.t("organisation-representative")),
            "union_representative" => Some(texts.t("organisation-union-representative")),
            "data_protection_officer" => Some(texts.t("role-data-protection-officer")),
            "supervisory_authority" => Some(texts.t("authority")),
            _ => None,
        };
        match of {
            Some(of) => format!("{of}: {}", texts.t(name)),
            None => texts.t(name),
        }
    }

    /// A value as people read it: words of closed lists by their label, references by the name
    /// of what they refer to.
    fn value(&self, place: Where<'_>, text: &str, register: &Register) -> String {
        let (lang, texts) = (self.lang, Texts(self.lang));
        let key = place.field.rsplit('.').next().unwrap_or(place.field);
        let (activity, recipient) = (place.kind == "activity", place.kind == "recipient");
        let form = place.kind == "form";
        let one = |text: &str| -> Option<String> {
            let named = |kind| {
                let place = Where {
                    kind,
                    id: text,
                    field: "",
                };
                self.name(place, register)
            };
            Some(match key {
                "role" if recipient => labelled!(RecipientRole, text, lang)?,
                "role" => labelled!(Role, text, lang)?,
                "basis" if activity => {
                    words::basis(text_of(&LegalBasis::ALL, text, LegalBasis::name)?, lang)
                }
                "basis" => labelled!(TransferBasis, text, lang)?,
                "purpose_kind" => {
                    words::purpose(text_of(&Purpose::ALL, text, Purpose::name)?, lang)
                }
                "channels" => common::channel(text.parse::<Channel>().ok()?, lang),
                "sources" => labelled!(Source, text, lang)?,
                "special_data" => labelled!(SpecialCategory, text, lang)?,
                "special_ground" => labelled!(SpecialGround, text, lang)?,
                "start" => labelled!(StartEvent, text, lang)?,
                "action" => labelled!(Action, text, lang)?,
                "covers" if recipient => labelled!(ContractItem, text, lang)?,
                "country" => common::country(text, lang).to_owned(),
                "land" => text.parse::<Land>().ok()?.name().to_owned(),
                "recipients" => named("recipient")?,
                "measures" => named("measure")?,
                "purposes" => named("activity")?,
                "kind" if form => labelled!(FormKind, text, lang)?,
                "field" if form => labelled!(FormField, text, lang)?,
                "delivery" => labelled!(Delivery, text, lang)?,
                "activity" if form => named("activity")?,
                "variant_of" => named("form")?,
                "consents" => {
                    let key = register.current_consent_text(text)?.key();
                    let place = Where {
                        kind: "consent_text",
                        id: &key,
                        field: "",
                    };
                    self.name(place, register)?
                }
                "goods_class" | "sold" | "advertised" => named("goods_class")?,
                "provision" => law::written_citations(text, lang),
                "period" => period(place, text, register, lang)?,
                "signed_on" | "assessed_on" | "decided_on" | "reported_on" => {
                    number::day(text.parse().ok()?, lang)
                }
                "essence_available"
                | "from_year_end"
                | "individual_messages"
                | "relates_to_function"
                | "similar"
                | "required"
                | "closed" => texts.t(if text == "true" { "yes" } else { "no" }),
                _ => return None,
            })
        };
        let listed = || {
            let items: Vec<_> = text.split(", ").map(&one).collect();
            let items: Option<Vec<String>> = items.into_iter().collect();
            items.map(|items| items.join(", "))
        };
        one(text).or_else(listed).unwrap_or_else(|| text.to_owned())
    }
}

fn goods(register: &Register, id: &str) -> Option<String> {
    let found = register.goods_classes.iter().find(|class| class.id == id);
    found.map(|class| class.name.clone())
}

/// The period of the rule at this place.
fn period(place: Where<'_>, text: &str, register: &Register, lang: Lang) -> Option<String> {
    let rules = &register.activity(place.id)?.retention;
    let rule = rules.iter().find(|rule| rule.period.to_string() == text)?;
    Some(rule.period.text(lang))
}

/// The value of a closed list that has this word.
fn text_of<T: Copy>(all: &[T], word: &str, name: impl Fn(T) -> &'static str) -> Option<T> {
    all.iter().copied().find(|value| name(*value) == word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use register::SAMPLE;

    fn between(old: &str, new: &str, lang: Lang) -> Vec<EntryChange> {
        let read = |text| Register::parse(text).unwrap();
        entries(&read(old), &read(new), lang)
    }

    /// Every key that the text form knows and the sample uses has a label, and every word and
    /// reference in it reads without the identifier.
    #[test]
    fn every_field_of_the_sample_has_a_label_in_both_languages() {
        let empty = "organisation = { name = \"Musterbau\", country = \"AT\" }\n";
        for lang in [Lang::De, Lang::En] {
            for entry in between(empty, SAMPLE, lang) {
                assert!(!entry.name.is_empty() && !entry.kind.is_empty());
                for field in entry.fields {
                    assert!(!field.label.contains(['_', '[']), "{}", field.label);
                    assert!(!field.new.is_empty());
                    for shown in field.new {
                        assert!(!shown.contains('_'), "{}: {shown}", field.path);
                    }
                }
            }
        }
    }

    #[test]
    fn a_change_reads_with_names_labels_and_words() {
        let new = SAMPLE
            .replacen("basis = \"consent\"", "basis = \"legitimate_interests\"", 1)
            .replacen("\"2 years\"", "\"1 year\"", 1);
        let found = between(SAMPLE, &new, Lang::De);
        let [newsletter, information] = &found[..] else {
            unreachable!("two activities change");
        };
        assert_eq!(
            (&*newsletter.kind, &*newsletter.name),
            ("Tätigkeit", "Newsletter")
        );
        assert!(newsletter.state.is_none());
        let field = &newsletter.fields[0];
        assert_eq!(field.label, "Rechtsgrundlage");
        assert_eq!(field.path, "activity.newsletter.basis");
        assert!(field.old[0].starts_with("Einwilligung"));
        assert!(field.new[0].starts_with("Berechtigte"));
        let field = &information.fields[0];
        assert_eq!(field.label, "Regel 1: Wie lange");
        assert_eq!(field.new, ["1 Jahr"]);
    }

    #[test]
    fn an_entry_that_goes_is_named_as_it_was() {
        let start = SAMPLE.find("[[similarity]]").unwrap();
        let end = start + SAMPLE[start + 1..].find("[[similarity]]").unwrap() + 1;
        let new = format!("{}{}", &SAMPLE[..start], &SAMPLE[end..]);
        let found = between(SAMPLE, &new, Lang::De);
        assert_eq!(found[0].name, "Fräsmaschinen → Ersatzteile und Wartung");
        assert_eq!(found[0].state.as_ref().unwrap().2, "entfällt");
        assert!(found[0].fields.iter().all(|field| field.new.is_empty()));
    }
}
