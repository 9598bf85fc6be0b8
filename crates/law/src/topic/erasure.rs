//! Which of a person's data go and which stay, for how long and for what.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, Day, Topic, TopicError, answer_as_json, schema_of};
use crate::gdpr::art17::{self, Fate, Holding, Trigger};
use crate::{Finding, Lang, Text};

pub(super) const TOPIC: Topic = Topic {
    name: "erasure",
    about: Text::new(
        "Löschung: was geht, was eingeschränkt bleibt, wann der Rest folgt",
        "Erasure: what goes, what stays restricted, when the rest follows",
    ),
    schema: schema_of::<Facts>,
    ask: |facts, lang| answer_as_json(TOPIC.name, facts, lang, |facts, lang| answer(&facts, lang)),
};

/// The data of one person, and why they are to be erased.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Facts {
    /// Why the data are to be erased.
    #[serde(default)]
    trigger: Trigger,
    /// The sets of data.
    data: Vec<Item>,
    /// Names of sets for which a statutory duty to keep is running; the same as
    /// `retention_running` there.
    #[serde(default)]
    retention_running_for: Vec<String>,
    /// The day of the question; holds that ended before it no longer count.
    asked_on: Option<Day>,
}

/// A set of data.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Item {
    /// What the organisation calls it.
    name: String,
    /// What it is.
    kind: Kind,
    /// A statutory duty to keep it is running.
    #[serde(default)]
    retention_running: bool,
    /// The last day of a statutory duty to keep it.
    keep_until: Option<Day>,
    /// It is needed for legal claims. Consent proofs are, unless this is false.
    needed_for_claims: Option<bool>,
    /// Consent is the only ground that carries it. Marketing and analytics data are taken so on
    /// a withdrawal, unless this is false.
    rests_on_consent_only: Option<bool>,
    /// A purpose with its own ground still needs it, for example a running contract.
    #[serde(default)]
    still_needed: bool,
}

/// Kinds of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Kind {
    /// Invoices and other vouchers.
    Invoice,
    /// Business letters and the like.
    BusinessLetter,
    /// Contract and order data.
    Contract,
    /// Name, address, telephone, e-mail.
    ContactData,
    /// Profile for advertising, scores, segments.
    MarketingProfile,
    /// Subscription to a newsletter, sending history.
    Newsletter,
    /// Usage data of website or product.
    Analytics,
    /// Proof that consent was given or withdrawn.
    ConsentProof,
    /// The hashed entry that keeps the person out of further advertising.
    SuppressionEntry,
    /// Notes and correspondence.
    Notes,
    /// Documents of an applicant.
    Application,
    /// Anything else.
    Other,
}

#[derive(Debug, Default, Serialize)]
struct Values {
    /// To be erased now.
    erase: Vec<String>,
    /// To be kept for a legal obligation only, restricted.
    keep_restricted: Vec<String>,
    /// To be kept for legal claims or for blocking only, each with its reason.
    keep_limited: Vec<String>,
    /// Not reached by any ground for erasure.
    keep: Vec<String>,
    /// The day after the last known hold, when the erasure goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    resume_on: Option<Day>,
}

fn answer(facts: &Facts, lang: Lang) -> Result<Answer<Values>, TopicError> {
    let known = |name: &String| facts.data.iter().any(|item| item.name == *name);
    if !facts.retention_running_for.iter().all(known) {
        return Err(TopicError::Unfit {
            fact: "retention_running_for",
            why: "names a set that is not in `data`",
        });
    }
    let mut values = Values::default();
    let mut finding = Finding::new(
        Text::new(
            "Zu löschen ist, was kein Zweck, keine Pflicht und kein Anspruch mehr trägt.",
            "What no purpose, duty or claim carries any more is erased.",
        ),
        &[art17::PARAGRAPH_1],
    )
    .obliging(&[Text::new(
        "Empfänger über die Löschung unterrichten (Art. 19)",
        "tell the recipients about the erasure (Art. 19)",
    )])
    .citing(&[art17::ARTICLE_19]);
    for item in &facts.data {
        let holding = holding(item, facts);
        let fate = art17::fate(facts.trigger, holding);
        finding = sort(item, fate, &mut values, finding, lang);
    }
    values.resume_on = facts
        .data
        .iter()
        .filter(|item| values.keep_restricted.contains(&item.name))
        .filter_map(|item| item.keep_until)
        .max()
        .and_then(|Day(last)| last.tomorrow().ok())
        .map(Day);
    Ok(Answer {
        values,
        finding,
        on: facts.asked_on.map(|Day(on)| on),
    })
}

fn holding(item: &Item, facts: &Facts) -> Holding {
    let marketing = matches!(
        item.kind,
        Kind::MarketingProfile | Kind::Newsletter | Kind::Analytics
    );
    let held_by_date = item
        .keep_until
        .is_some_and(|until| facts.asked_on.is_none_or(|asked_on| asked_on <= until));
    Holding {
        kept_by_law: item.retention_running
            || held_by_date
            || facts.retention_running_for.contains(&item.name),
        needed_for_claims: item
            .needed_for_claims
            .unwrap_or(item.kind == Kind::ConsentProof),
        suppression: item.kind == Kind::SuppressionEntry,
        marketing,
        rests_on_consent_only: item.rests_on_consent_only.unwrap_or(marketing),
        still_needed: item.still_needed,
    }
}

fn sort(item: &Item, fate: Fate, values: &mut Values, finding: Finding, lang: Lang) -> Finding {
    const CLAIMS: Text = Text::new(
        "Verteidigung gegen Ansprüche, Art. 17(3)(e)",
        "defence of claims, Art. 17(3)(e)",
    );
    const BLOCKING: Text = Text::new(
        "nur zur Sperre, Art. 21(3)",
        "for blocking only, Art. 21(3)",
    );
    let limited = |reason: Text| format!("{} ({})", item.name, reason.get(lang));
    match fate {
        Fate::Erase => {
            values.erase.push(item.name.clone());
            finding
        }
        Fate::Keep => {
            values.keep.push(item.name.clone());
            finding
        }
        Fate::KeepRestricted => {
            values.keep_restricted.push(item.name.clone());
            finding.citing(&[art17::PARAGRAPH_3B, art17::ARTICLE_18])
        }
        Fate::KeepForClaims => {
            values.keep_limited.push(limited(CLAIMS));
            finding.citing(&[art17::PARAGRAPH_3E])
        }
        Fate::KeepSuppression => {
            values.keep_limited.push(limited(BLOCKING));
            finding
                .citing(&[art17::ARTICLE_21_3, art17::PARAGRAPH_3B])
                .to_be_checked()
        }
    }
}
