//! Whether a contract with a processor is complete, and whether a sub-processor may be engaged.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, Topic, TopicError, answer_as_json, needed, schema_of};
use crate::finding::{Finding, Verdict};
use crate::gdpr::art28::{self, Authorisation, Clause, SubProcessor};
use crate::{Lang, Text};

pub(super) const TOPIC: Topic = Topic {
    name: "processor-contract",
    about: Text::new(
        "Auftragsverarbeitung: Vollständigkeit des Vertrags, Unterauftragnehmer",
        "Processors: completeness of the contract, sub-processors",
    ),
    schema: schema_of::<Facts>,
    ask: |facts, lang| answer_as_json(TOPIC.name, facts, lang, |facts, lang| answer(&facts, lang)),
};

/// A contract with a processor, or a sub-processor to be engaged.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Facts {
    /// There is a contract.
    contract_exists: Option<bool>,
    /// The clauses that the contract has.
    clauses: Option<Vec<Clause>>,
    /// The clauses that it lacks; all others are taken as there.
    clauses_missing: Option<Vec<Clause>>,
    /// The form of the contract.
    form: Option<Form>,
    /// The processor offers sufficient guarantees, and that was checked.
    guarantees_checked: Option<bool>,
    /// A new sub-processor is to be engaged.
    new_sub_processor: bool,
    /// The controller's authorisation of sub-processors.
    authorisation: Option<Authorisation>,
    /// The controller was informed beforehand and could object.
    controller_informed_before: Option<bool>,
    /// The controller objected.
    controller_objected: bool,
    /// The contract with the sub-processor has the same obligations.
    same_obligations: Option<bool>,
}

/// The form of a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Form {
    /// On paper, signed.
    Written,
    /// Electronic, for example accepted terms that can be stored.
    Electronic,
    /// Spoken.
    Oral,
}

/// The values that this topic answers with.
#[derive(Debug, Default, Serialize)]
struct Values {
    #[serde(skip_serializing_if = "Option::is_none")]
    complete: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<Vec<&'static str>>,
}

fn answer(facts: &Facts, lang: Lang) -> Result<Answer<Values>, TopicError> {
    let mut values = Values::default();
    let asks_contract = facts.contract_exists.is_some()
        || facts.clauses.is_some()
        || facts.clauses_missing.is_some()
        || facts.form.is_some();
    let contract = asks_contract
        .then(|| contract(facts, &mut values, lang))
        .transpose()?;
    let sub = if facts.new_sub_processor {
        let authorisation = needed(
            facts.authorisation,
            "authorisation",
            "a sub-processor needs the controller's written authorisation",
        )?;
        Some(art28::sub_processor(SubProcessor {
            authorisation,
            informed_before: facts.controller_informed_before,
            objected: facts.controller_objected,
            same_obligations: facts.same_obligations,
        }))
    } else {
        None
    };
    let finding = match (contract, sub) {
        (Some(contract), Some(sub)) => Some(both(contract, sub)),
        (one, other) => one.or(other),
    };
    Ok(Answer {
        values,
        finding: needed(
            finding,
            "clauses",
            "whether a contract is complete depends on its clauses",
        )?,
        on: None,
    })
}

/// The stricter verdict with the reasons of both.
fn both(contract: Finding, sub: Finding) -> Finding {
    let strictness = |finding: &Finding| match finding.verdict {
        Some(Verdict::Deny) => 2,
        Some(Verdict::Conditional) => 1,
        _ => 0,
    };
    let (leading, other) = if strictness(&sub) > strictness(&contract) {
        (sub, contract)
    } else {
        (contract, sub)
    };
    leading
        .because(&other.basis)
        .citing(&other.citations)
        .obliging(&other.obligations)
}

fn contract(facts: &Facts, values: &mut Values, lang: Lang) -> Result<Finding, TopicError> {
    if facts.contract_exists == Some(false) {
        values.complete = Some(false);
        return Ok(Finding::new(
            Text::new(
                "Ohne Vertrag darf der Auftragsverarbeiter die Daten nicht verarbeiten.",
                "Without a contract the processor may not process the data.",
            ),
            &[art28::CONTRACT],
        )
        .verdict(Verdict::Deny)
        .obliging(&[Text::new(
            "Einen Vertrag nach Art. 28 Abs. 3 schließen.",
            "Conclude a contract under Art. 28(3).",
        )]));
    }
    let missing: Vec<Clause> = match (&facts.clauses, &facts.clauses_missing) {
        (Some(_), Some(_)) => {
            return Err(TopicError::Unfit {
                fact: "clauses_missing",
                why: "give either `clauses` or `clauses_missing`",
            });
        }
        (Some(present), None) => art28::missing(present).collect(),
        (None, Some(missing)) => missing.clone(),
        // A fault in form needs no look at the clauses.
        (None, None) if facts.form == Some(Form::Oral) => Vec::new(),
        (None, None) => needed(
            None,
            "clauses",
            "whether a contract is complete depends on its clauses",
        )?,
    };
    let oral = facts.form == Some(Form::Oral);
    values.complete = Some(missing.is_empty() && !oral);
    values.missing = Some(
        missing
            .iter()
            .map(|clause| clause.text().get(lang))
            .collect(),
    );
    Ok(of_clauses(&missing, oral, facts.guarantees_checked))
}

fn of_clauses(missing: &[Clause], oral: bool, guarantees_checked: Option<bool>) -> Finding {
    let mut finding = if missing.is_empty() {
        Finding::new(
            Text::new(
                "Der Vertrag enthält, was Art. 28 Abs. 3 verlangt.",
                "The contract has what Art. 28(3) asks for.",
            ),
            &[art28::CONTRACT],
        )
        .verdict(Verdict::Allow)
    } else {
        let lacking: Vec<_> = missing.iter().map(|clause| clause.citation()).collect();
        Finding::new(
            Text::new(
                "Dem Vertrag fehlen Inhalte, die Art. 28 Abs. 3 verlangt.",
                "The contract lacks content that Art. 28(3) asks for.",
            ),
            &[art28::CONTRACT],
        )
        .citing(&lacking)
        .verdict(Verdict::Deny)
        .obliging(&[Text::new(
            "Den Vertrag um die fehlenden Inhalte ergänzen.",
            "Add the missing content to the contract.",
        )])
    };
    if oral {
        finding = finding
            .because(&[Text::new(
                "Der Vertrag ist schriftlich oder elektronisch abzufassen.",
                "The contract has to be in writing, electronic form included.",
            )])
            .citing(&[art28::FORM])
            .verdict(Verdict::Deny);
    }
    if guarantees_checked == Some(false) {
        finding = finding.citing(&[art28::GUARANTEES]).obliging(&[Text::new(
            "Prüfen, ob der Auftragsverarbeiter hinreichende Garantien bietet.",
            "Check that the processor offers sufficient guarantees.",
        )]);
        if finding.verdict == Some(Verdict::Allow) {
            finding.verdict = Some(Verdict::Conditional);
        }
    }
    finding
}
