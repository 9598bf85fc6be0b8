//! The gate tried out with made-up facts: a few facts at a time, and which further ones would
//! change the answer.

use std::collections::BTreeMap;

use jiff::civil::Date;
use law::Lang;
use law::facts::json::Call;
use law::gate::DecisionView;
use serde_json::{Value, json};

/// A fact that can be answered, with its answers by name. The first answer is "not said".
#[derive(Clone, Copy, Debug)]
pub struct TryFact {
    /// Names it.
    pub name: &'static str,
    /// What can be answered.
    pub answers: &'static [&'static str],
}

/// The facts, in the order in which they are asked.
pub static TRY_FACTS: [TryFact; 11] = [
    TryFact {
        name: "kind",
        answers: &["business", "consumer"],
    },
    TryFact {
        name: "country",
        answers: &[
            "DE", "AT", "CH", "FR", "NL", "BE", "IT", "ES", "PL", "GB", "IE", "SE", "DK",
        ],
    },
    TryFact {
        name: "subscriber",
        answers: &["legal_person", "natural_person"],
    },
    TryFact {
        name: "consent",
        answers: &[
            "double_opt_in_completed",
            "double_opt_in_pending",
            "single_opt_in",
            "written",
            "recorded",
            "withdrawn",
        ],
    },
    TryFact {
        name: "objection",
        answers: &["yes"],
    },
    TryFact {
        name: "relation",
        answers: &["purchase", "free_account", "inquiry"],
    },
    TryFact {
        name: "sale",
        answers: &["all_conditions", "no_notice", "other_goods"],
    },
    TryFact {
        name: "circumstance",
        answers: &[
            "contact_asked",
            "current_business_relation",
            "job_change_notice",
            "other",
            "published_number",
            "same_industry",
        ],
    },
    TryFact {
        name: "screened",
        answers: &["clear", "listed"],
    },
    TryFact {
        name: "special",
        answers: &["yes"],
    },
    TryFact {
        name: "restricted",
        answers: &["yes"],
    },
];

/// The gate's answer to made-up facts.
#[derive(Clone, Debug)]
pub struct TryOut {
    /// The answer with its reasons.
    pub decision: DecisionView,
    /// Facts that are not said yet, and what each of their answers would make of the verdict;
    /// only where it would be another one.
    pub would_change: Vec<(&'static str, &'static str, &'static str)>,
}

/// Asks the gate. `facts` are answers by the name of their fact; what is not there is not known.
/// `None` if purpose or channel is no known name.
pub fn try_out(
    purpose: &str,
    channel: &str,
    facts: &BTreeMap<String, String>,
    on: Date,
    lang: Lang,
) -> Option<TryOut> {
    let decision = decide(purpose, channel, facts, on, lang)?;
    let mut would_change = Vec::new();
    for fact in &TRY_FACTS {
        if facts
            .get(fact.name)
            .is_some_and(|answer| !answer.is_empty())
        {
            continue;
        }
        for answer in fact.answers {
            let mut with = facts.clone();
            with.insert(fact.name.to_owned(), (*answer).to_owned());
            let other = decide(purpose, channel, &with, on, lang)?;
            if other.verdict != decision.verdict {
                would_change.push((fact.name, *answer, other.verdict));
            }
        }
    }
    Some(TryOut {
        decision,
        would_change,
    })
}

fn decide(
    purpose: &str,
    channel: &str,
    facts: &BTreeMap<String, String>,
    on: Date,
    lang: Lang,
) -> Option<DecisionView> {
    let call = Call::read(&as_json(purpose, channel, facts).to_string()).ok()?;
    Some(call.decide(on).view(call.on(on), lang))
}

/// The facts in the form that the API takes. An answer that is no known one is left out.
fn as_json(purpose: &str, channel: &str, facts: &BTreeMap<String, String>) -> Value {
    let answer = |name: &str| {
        let fact = TRY_FACTS.iter().find(|fact| fact.name == name)?;
        let given = facts.get(name)?;
        fact.answers.iter().copied().find(|answer| answer == given)
    };
    let mut contact = json!({});
    for name in ["kind", "country", "subscriber"] {
        if let Some(answer) = answer(name) {
            contact[name] = json!(answer);
        }
    }
    contact["restricted"] = json!(answer("restricted").is_some());
    let mut call = json!({ "purpose": purpose, "channel": channel, "contact": contact });
    if let Some(consent) = answer("consent") {
        let mut given = json!({ "purpose": purpose, "channels": [channel] });
        if consent == "withdrawn" {
            given["proof"] = json!("double_opt_in_completed");
            given["given_on"] = json!("2025-01-15");
            given["withdrawn_on"] = json!("2025-06-30");
        } else {
            given["proof"] = json!(consent);
        }
        call["consents"] = json!([given]);
    }
    if answer("objection").is_some() {
        call["objections"] = json!([{}]);
    }
    if let Some(relation) = answer("relation").or(answer("sale").map(|_| "purchase")) {
        let sale = answer("sale");
        call["customer_relation"] = match sale {
            Some(sale) => json!({
                "type": relation,
                "current": true,
                "address_obtained_from_customer_in_sale": true,
                "own_products": true,
                "similar_products": sale != "other_goods",
                "objection_notice_at_collection": sale != "no_notice",
            }),
            None => json!(relation),
        };
    }
    if let Some(ground) = answer("circumstance") {
        call["presumed_consent"] = json!({ "ground": ground });
    }
    if let Some(screened) = answer("screened") {
        call["screened"] = json!(true);
        call["number_on_do_not_call_list"] = json!(screened == "listed");
    }
    call["special_category"] = json!(answer("special").is_some());
    call
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn tried(channel: &str, facts: &[(&str, &str)]) -> TryOut {
        let facts = facts
            .iter()
            .map(|(name, answer)| ((*name).to_owned(), (*answer).to_owned()))
            .collect();
        let on = date(2026, 11, 24);
        try_out("direct_marketing", channel, &facts, on, Lang::De).unwrap()
    }

    fn changes(tried: &TryOut, fact: &str, answer: &str) -> bool {
        let mut all = tried.would_change.iter();
        all.any(|(name, given, _)| (*name, *given) == (fact, answer))
    }

    #[test]
    fn the_answer_grows_with_the_facts() {
        let nothing = tried("email", &[]);
        assert_eq!(nothing.decision.verdict, "refused");
        let known = [("kind", "business"), ("country", "DE")];
        let mail = tried("email", &known);
        assert_eq!(mail.decision.verdict, "refused");
        assert!(changes(&mail, "consent", "double_opt_in_completed"));
        assert!(changes(&mail, "sale", "all_conditions"));
        assert!(!changes(&mail, "sale", "no_notice"));
        let with = [known[0], known[1], ("consent", "double_opt_in_completed")];
        let mail = tried("email", &with);
        assert_eq!(mail.decision.verdict, "permitted");
        assert!(changes(&mail, "objection", "yes"));
        assert!(changes(&mail, "restricted", "yes"));
    }

    #[test]
    fn a_call_to_a_business_needs_a_circumstance_that_counts() {
        let known = [("kind", "business"), ("country", "DE")];
        let call = tried("phone", &known);
        assert_ne!(call.decision.verdict, "permitted");
        assert!(changes(&call, "circumstance", "contact_asked"));
        let known = [known[0], known[1], ("circumstance", "published_number")];
        assert_ne!(tried("phone", &known).decision.verdict, "permitted");
    }

    #[test]
    fn every_answer_of_every_fact_can_be_read() {
        for fact in &TRY_FACTS {
            for answer in fact.answers {
                for channel in ["email", "phone", "post", "fax", "profiling"] {
                    tried(channel, &[(fact.name, answer)]);
                }
            }
        }
        let none = BTreeMap::new();
        let on = date(2026, 11, 24);
        assert!(try_out("nothing", "email", &none, on, Lang::De).is_none());
    }
}
