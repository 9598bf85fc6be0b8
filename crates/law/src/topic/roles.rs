//! Who is controller, joint controller or processor, and whether joint controllers' arrangement
//! is complete.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, Topic, TopicError, answer_as_json, needed, schema_of};
use crate::finding::Finding;
use crate::gdpr::art26::{self, Arrangement, Deciding, Party, Role};
use crate::gdpr::art28;
use crate::{Citation, Lang, Text};

pub(super) const TOPIC: Topic = Topic {
    name: "roles",
    about: Text::new(
        "Rollen: verantwortlich, gemeinsam verantwortlich oder Auftragsverarbeiter",
        "Roles: controller, joint controller or processor",
    ),
    schema: schema_of::<Facts>,
    ask: |facts, lang| answer_as_json(TOPIC.name, facts, lang, |facts, lang| answer(&facts, lang)),
};

/// A party to a processing, or an arrangement of joint controllers.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Facts {
    /// The kind of party.
    party: Option<Party>,
    /// It uses the data for purposes of its own.
    own_purposes: Option<bool>,
    /// It decides on purposes and essential means together with another.
    decides_jointly: Option<bool>,
    /// It acts on the documented instructions of another.
    on_instructions: Option<bool>,
    /// There is an arrangement of joint controllers.
    arrangement_exists: Option<bool>,
    /// The arrangement says who meets which duty.
    duties_divided: Option<bool>,
    /// The arrangement reflects the actual roles.
    reflects_roles: Option<bool>,
    /// The essence of the arrangement is available to the persons.
    essence_available_to_persons: Option<bool>,
}

/// The values that this topic answers with.
#[derive(Debug, Default, Serialize)]
struct Values {
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    complete: Option<bool>,
    /// Whether a joint controller may send a person on to the other.
    #[serde(skip_serializing_if = "Option::is_none")]
    may_refuse_request: Option<bool>,
}

const GUIDELINES: Citation = Citation::new("EDPB Guidelines 07/2020");
const FAN_PAGE: Citation = Citation::new("CJEU C-210/16");
const LIKE_BUTTON: Citation = Citation::new("CJEU C-40/17");

fn answer(facts: &Facts, lang: Lang) -> Result<Answer<Values>, TopicError> {
    let mut values = Values::default();
    let finding = match facts.arrangement_exists {
        Some(exists) => arrangement(facts, exists, &mut values),
        None => role(facts, &mut values, lang)?,
    };
    Ok(Answer {
        values,
        finding,
        on: None,
    })
}

fn arrangement(facts: &Facts, exists: bool, values: &mut Values) -> Finding {
    let missing = Arrangement {
        exists,
        duties_divided: facts.duties_divided,
        reflects_roles: facts.reflects_roles,
        essence_available: facts.essence_available_to_persons,
    }
    .missing();
    values.complete = Some(missing.is_empty());
    values.may_refuse_request = Some(false);
    let finding = if missing.is_empty() {
        Finding::new(
            Text::new(
                "Die Vereinbarung ist vollständig.",
                "The arrangement is complete.",
            ),
            &[art26::ARRANGEMENT, art26::ESSENCE],
        )
    } else {
        Finding::new(
            Text::new(
                "Die Vereinbarung ist unvollständig.",
                "The arrangement is incomplete.",
            ),
            &missing,
        )
        .obliging(&[Text::new(
            "Festlegen, wer welche Pflicht erfüllt, und das Wesentliche den Personen zur Verfügung stellen.",
            "Say who meets which duty, and make the essence available to the persons.",
        )])
    };
    finding.citing(&[art26::ANY_OF_THEM]).because(&[Text::new(
        "Die Person kann sich an jeden der Verantwortlichen wenden.",
        "The person may turn to any of the controllers.",
    )])
}

fn role(facts: &Facts, values: &mut Values, lang: Lang) -> Result<Finding, TopicError> {
    let deciding = Deciding {
        own_purposes: facts.own_purposes,
        jointly: facts.decides_jointly,
        on_instructions: facts.on_instructions,
    };
    let role = needed(
        art26::role(facts.party, deciding),
        "party",
        "the role depends on what the party is or who decides on purposes and means",
    )?;
    values.role = Some(name(role).get(lang));
    let usual = facts.party.map(Party::role);
    Ok(match role {
        Role::Controller
            if usual == Some(Role::Processor) || facts.on_instructions == Some(true) =>
        {
            Finding::new(
                Text::new(
                    "Wer als Auftragsverarbeiter eigene Zwecke verfolgt, ist insoweit Verantwortlicher und braucht eine eigene Rechtsgrundlage.",
                    "A processor that pursues purposes of its own is a controller for them and needs a basis of its own.",
                ),
                &[art28::OWN_PURPOSES, art26::CONTROLLER],
            )
        }
        Role::Controller => Finding::new(
            Text::new(
                "Entscheidet selbst über Zwecke und Mittel.",
                "Decides on purposes and means itself.",
            ),
            &[art26::CONTROLLER, GUIDELINES],
        ),
        Role::Joint | Role::JointWithNetwork => joint(facts),
        Role::Processor => Finding::new(
            Text::new(
                "Verarbeitet im Auftrag und nach Weisung.",
                "Processes on behalf and on instructions.",
            ),
            &[art26::PROCESSOR, art28::CONTRACT, GUIDELINES],
        )
        .obliging(&[Text::new(
            "Einen Vertrag nach Art. 28 Abs. 3 schließen.",
            "Conclude a contract under Art. 28(3).",
        )]),
        Role::None => Finding::new(
            Text::new(
                "Kommt nur zufällig mit Daten in Berührung.",
                "Comes into contact with data by chance only.",
            ),
            &[GUIDELINES],
        )
        .obliging(&[Text::new(
            "Zur Vertraulichkeit verpflichten und Zugriff verhindern.",
            "Bind to confidentiality and prevent access.",
        )]),
    })
}

fn joint(facts: &Facts) -> Finding {
    let finding = Finding::new(
        Text::new(
            "Entscheidet gemeinsam mit einem anderen über Zwecke und Mittel, nur für die gemeinsam bestimmten Phasen.",
            "Decides on purposes and means together with another, for the phases jointly decided only.",
        ),
        &[art26::JOINT, art26::CONTROLLER],
    )
    .obliging(&[Text::new(
        "Vereinbarung nach Art. 26 schließen und das Wesentliche bereitstellen.",
        "Conclude an Art. 26 arrangement and make its essence available.",
    )]);
    match facts.party {
        Some(Party::FanPageOperator) => finding.citing(&[FAN_PAGE]),
        Some(Party::EmbeddingWebsite) => finding.citing(&[LIKE_BUTTON]),
        _ => finding,
    }
}

const fn name(role: Role) -> Text {
    match role {
        Role::Controller => Text::new("Verantwortlicher", "controller"),
        Role::Joint => Text::new("gemeinsam Verantwortlicher", "joint controller"),
        Role::JointWithNetwork => Text::new(
            "gemeinsam Verantwortlicher mit dem Netzwerk",
            "joint controller with the network",
        ),
        Role::Processor => Text::new("Auftragsverarbeiter", "processor"),
        Role::None => Text::new("keine", "none"),
    }
}
