//! Fines under the GDPR.

use super::super::{TopicError, needed};
use super::{Article, Facts, Infringed, Infringer, Values};
use crate::gdpr::art83::{self, Seriousness, Tier};
use crate::{Citation, Country, Finding, Lang, Text, Verdict};

/// The maximum for the infringed articles, whether a fine may be imposed at all, and the
/// starting amount if the seriousness is given.
pub(super) fn judge(facts: &Facts, lang: Lang) -> Result<(Values, Finding), TopicError> {
    let mut values = Values::default();
    let mut finding = Finding::new(
        Text::new(
            "Der Höchstbetrag ist keine Vorhersage: Die Behörde bemisst jede Geldbuße im Einzelfall.",
            "The maximum is no forecast: the authority assesses every fine by its own case.",
        ),
        &[art83::ARTICLE],
    );
    if let Some(fault) = fault(facts) {
        values.strict_liability = Some(false);
        finding = with_fault(finding, fault);
    }
    if facts.infringer == Some(Infringer::PublicBody) && is_german(facts)? {
        values.max_fine_eur = Some(0);
        return Ok((values, public_body()));
    }
    let Some(infringed) = &facts.infringed else {
        if let Some(amount) = facts.starting_amount_eur {
            return adjusted(amount, facts, values, finding);
        }
        needed(
            fault(facts),
            "infringed",
            "the maximum depends on the infringed articles",
        )?;
        return Ok((values, finding));
    };
    let class = highest_class(infringed)?;
    let turnover = turnover(facts)?;
    let maximum = art83::maximum(class.tier, turnover);
    values.max_fine_eur = Some(maximum);
    let paragraph = match class.tier {
        Tier::Lower => Citation::new("GDPR Art. 83(4)"),
        Tier::Higher => Citation::new("GDPR Art. 83(5)"),
    };
    finding = finding.citing(&[paragraph, class.provision, art83::RECITAL_150]);
    if facts.group_forms_one_economic_unit == Some(true) {
        finding = finding
            .citing(&[Citation::new("CJEU C-383/23")])
            .because(&[Text::new(
                "Es zählt der Umsatz der wirtschaftlichen Einheit; die Geldbuße selbst muss verhältnismäßig bleiben.",
                "The turnover of the economic unit counts; the fine itself must stay proportionate.",
            )]);
    }
    if let Some(amount) = facts.starting_amount_eur {
        return adjusted(amount, facts, values, finding);
    }
    if let Some(seriousness) = facts.seriousness {
        finding = starting_amount(
            &mut values,
            finding,
            seriousness,
            (maximum, turnover),
            facts.adjust_for_turnover,
            lang,
        )?;
    }
    Ok((values, finding))
}

fn starting_amount(
    values: &mut Values,
    finding: Finding,
    seriousness: Seriousness,
    (maximum, turnover): (u64, Option<u64>),
    adjust: bool,
    lang: Lang,
) -> Result<Finding, TopicError> {
    let range = seriousness.starting_amount(maximum);
    let adjusted = turnover.map(|turnover| art83::adjusted_for_turnover(range, turnover));
    let [low, high] = seriousness.percent();
    values.tier = Some(match lang {
        Lang::De => format!("{low}-{high} % des gesetzlichen Höchstbetrags"),
        Lang::En => format!("{low}-{high} % of legal maximum"),
    });
    values.adjusted_range_eur = adjusted;
    values.range_eur = Some(if adjust {
        needed(
            adjusted,
            "undertaking_turnover_eur",
            "the starting amount is adjusted for turnover",
        )?
    } else {
        range
    });
    values.estimate = Some(true);
    Ok(estimated(finding))
}

/// The adjustment for turnover of a starting amount that is known already.
fn adjusted(
    amount: u64,
    facts: &Facts,
    mut values: Values,
    finding: Finding,
) -> Result<(Values, Finding), TopicError> {
    let turnover = needed(
        turnover(facts)?,
        "undertaking_turnover_eur",
        "the starting amount is adjusted for turnover",
    )?;
    let range = art83::adjusted_for_turnover([amount, amount], turnover);
    values.range_eur = Some(range);
    values.adjusted_range_eur = Some(range);
    values.estimate = Some(true);
    Ok((values, estimated(finding)))
}

fn estimated(finding: Finding) -> Finding {
    finding
        .citing(&[art83::GUIDELINES])
        .because(&[Text::new(
            "Der Ausgangsbetrag ist eine Schätzung; danach folgen erschwerende und mildernde Umstände.",
            "The starting amount is an estimate; aggravating and mitigating circumstances follow.",
        )])
        .to_be_checked()
}

/// Whether the undertaking is at fault. The fault of a manager is that of the undertaking; that
/// none was identified says nothing.
pub(super) fn fault(facts: &Facts) -> Option<bool> {
    facts.intent_or_negligence_of_undertaking.or(facts
        .fault_of_identified_manager_shown
        .filter(|&shown| shown))
}

fn with_fault(finding: Finding, fault: bool) -> Finding {
    finding
        .verdict(if fault { Verdict::Allow } else { Verdict::Deny })
        .citing(&[Citation::new("CJEU C-807/21")])
        .because(&[Text::new(
            "Eine Geldbuße setzt Vorsatz oder Fahrlässigkeit voraus, aber keine Zurechnung zu einer bestimmten Leitungsperson.",
            "A fine needs intent or negligence, but no attribution to a named representative.",
        )])
}

fn is_german(facts: &Facts) -> Result<bool, TopicError> {
    let country = needed(
        facts.country,
        "country",
        "whether public bodies can be fined is national law (Art. 83(7))",
    )?;
    if country == Country::DE {
        return Ok(true);
    }
    Err(TopicError::Unfit {
        fact: "infringer",
        why: "the rule on public bodies is known here for Germany only (Art. 83(7))",
    })
}

fn public_body() -> Finding {
    Finding::new(
        Text::new(
            "Gegen Behörden und sonstige öffentliche Stellen werden keine Geldbußen verhängt.",
            "No fines are imposed on public authorities and bodies.",
        ),
        &[
            Citation::new("BDSG § 43(3)"),
            Citation::new("GDPR Art. 83(7)"),
        ],
    )
    .verdict(Verdict::Deny)
}

/// The highest tier among the infringed articles.
fn highest_class(infringed: &Infringed) -> Result<art83::Class, TopicError> {
    let articles = match infringed {
        Infringed::Number(number) => vec![*number],
        Infringed::Text(text) => art83::articles(text),
        Infringed::List(list) => list
            .iter()
            .flat_map(|article| match article {
                Article::Number(number) => vec![*number],
                Article::Text(text) => art83::articles(text),
            })
            .collect(),
    };
    if articles.is_empty() {
        return Err(TopicError::Unfit {
            fact: "infringed",
            why: "names no article; write for example \"Art. 32\" or [5, 6]",
        });
    }
    articles
        .into_iter()
        .filter_map(art83::class)
        .max_by_key(|class| class.tier)
        .ok_or(TopicError::Unfit {
            fact: "infringed",
            why: "Art. 83 attaches no fine to this article",
        })
}

/// The turnover that counts; `None` for an infringer that is no undertaking.
fn turnover(facts: &Facts) -> Result<Option<u64>, TopicError> {
    if facts.infringer == Some(Infringer::NaturalPerson) {
        return Ok(None);
    }
    if let Some(turnover) = facts.undertaking_turnover_eur {
        return Ok(Some(turnover));
    }
    if let Some(group) = facts.group_turnover_eur {
        let one_unit = needed(
            facts.group_forms_one_economic_unit,
            "group_forms_one_economic_unit",
            "the group's turnover counts only if it does",
        )?;
        if one_unit {
            return Ok(Some(group));
        }
    }
    needed(
        facts.infringer_turnover_eur,
        "undertaking_turnover_eur",
        "the maximum depends on the undertaking's turnover",
    )
    .map(Some)
}
