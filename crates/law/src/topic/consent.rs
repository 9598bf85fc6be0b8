//! Whether a consent is valid.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, Day, Topic, TopicError, answer_as_json, needed, schema_of};
use crate::finding::{Finding, Verdict};
use crate::gdpr::art07::{self, Action, Circumstances, Defect};
use crate::tdddg::s25;
use crate::uwg::double_opt_in::prohibition;
use crate::{Channel, Citation, Country, Lang, Text};

pub(super) const TOPIC: Topic = Topic {
    name: "consent",
    about: Text::new(
        "Wirksamkeit einer Einwilligung: Mängel, Abhilfe, was noch nachzuweisen ist",
        "Validity of a consent: defects, remedies, what is still to be proven",
    ),
    schema: schema_of::<Facts>,
    ask: |facts, lang| answer_as_json(TOPIC.name, facts, lang, |facts, lang| answer(&facts, lang)),
};

/// Reads how a consent came about, from the same facts that the topic takes.
///
/// # Errors
/// When the facts can't be read; the error names the place and what is known.
pub fn read_circumstances(facts: &str) -> Result<Circumstances, TopicError> {
    super::read(TOPIC.name, facts).map(|facts| circumstances(&facts))
}

/// How a consent came about and how it is used. What is left out yields no defect, but is
/// listed as unproven.
#[derive(Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Facts {
    /// What the person did.
    action: Option<GivenBy>,
    /// The data are needed for the contract or the service that was asked for.
    necessary_for_service: Option<bool>,
    /// The service can also be had without the consent.
    service_usable_without_consent: Option<bool>,
    /// The controller is the employer, an authority or otherwise clearly stronger.
    imbalance: bool,
    /// Whoever refuses has a disadvantage.
    adverse_consequence: Option<bool>,
    /// The controller dominates its market.
    dominant_controller: bool,
    /// Who refuses gets an equivalent alternative, if need be for an appropriate fee.
    equivalent_alternative: Option<bool>,
    /// The request covers several purposes or several controllers.
    several_purposes: bool,
    /// Each purpose and each controller has a choice of its own.
    separate_choices: Option<bool>,
    /// The request covers several channels for one purpose, which is valid.
    several_channels: bool,
    /// The companies that will use the consent are named.
    companies_named: Option<bool>,
    /// The kind of products advertised is named.
    products_clear: Option<bool>,
    /// The data are to be used for a purpose that this consent does not cover.
    new_purpose: bool,
    /// A new consent was given for the new purpose.
    new_consent: bool,
    /// The request named the controller.
    controller_told: Option<bool>,
    /// The request named the purpose.
    purpose_told: Option<bool>,
    /// The request named the kind of data.
    data_told: Option<bool>,
    /// The request told of the right to withdraw.
    withdrawal_told: Option<bool>,
    /// The request gave the contact details of the data protection officer. Not needed for
    /// validity, but by Art. 13.
    dpo_contact_told: Option<bool>,
    /// The consent covers automated decisions (Art. 22(2)(c)).
    automated_decisions: bool,
    /// The request told of the automated decisions.
    automated_decisions_told: Option<bool>,
    /// The consent covers transfers under Art. 49(1)(a).
    unsafe_transfer: bool,
    /// The request told of the risks of those transfers.
    transfer_risk_told: Option<bool>,
    /// The design misleads or presses the person.
    misleading_design: bool,
    /// The declaration also concerns other matters, for example terms and conditions.
    in_terms: bool,
    /// The request is clearly set apart from the other matters.
    set_apart: Option<bool>,
    /// There is a record of the consent.
    recorded: Option<bool>,
    /// Withdrawing is as easy as giving.
    withdrawal_as_easy: Option<bool>,
    /// Whoever withdraws has a disadvantage.
    detriment_after_withdrawal: Option<bool>,
    /// On withdrawal only an advantage ends that needed the data, for example personalised
    /// discounts. That is no disadvantage.
    incentive_ends_on_withdrawal: bool,
    /// Special categories of data are concerned (Art. 9).
    special_categories: bool,
    /// The consent names them expressly.
    explicit: Option<bool>,
    /// The person is an employee of the controller.
    employee: bool,
    /// Given in writing or electronically.
    written_or_electronic: Option<bool>,
    /// The age of the child to whom an online service is offered directly.
    child_age: Option<u8>,
    /// The holder of parental responsibility consented or authorised.
    parent_consent: Option<bool>,
    /// The country whose law applies.
    country: Option<Country>,
    /// The channel over which the consent is to be used for advertising.
    channel: Option<Channel>,
    /// The consent is for cookies or other access to terminal equipment.
    terminal_equipment: bool,
    /// The consent has been withdrawn.
    withdrawn: bool,
    /// The day on which it was given.
    given_on: Option<Day>,
    /// The day on which it was last used.
    last_used: Option<Day>,
    /// The day of the question.
    on: Option<Day>,
}

/// What the person did to consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum GivenBy {
    /// A box ticked, a button pressed, a signature, a spoken yes, a clear gesture.
    Active,
    /// A box that was ticked beforehand.
    PreTicked,
    /// A box to tick in order not to consent.
    OptOutBox,
    /// Silence or inactivity.
    Silence,
    /// Scrolling or going on to use the site.
    ContinuedUse,
}

/// The values that this topic answers with.
#[derive(Debug, Serialize)]
struct Values {
    /// The next lawful step for the leading defect.
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<&'static str>,
    /// What the controller has yet to show, as Art. 7(1) puts the burden of proof on it.
    unproven: Vec<&'static str>,
    /// § 25 TDDDG asks for consent whether or not the information is personal data.
    #[serde(skip_serializing_if = "Option::is_none")]
    personal_data_required: Option<bool>,
    /// A dominant position is a factor, but does not rule consent out (C-252/21).
    #[serde(skip_serializing_if = "Option::is_none")]
    dominance_excludes_consent: Option<bool>,
    /// Look at it again: 24 months without use.
    #[serde(skip_serializing_if = "Option::is_none")]
    stale: Option<bool>,
}

const EMPLOYEE: Citation = Citation::new("BDSG § 26(2)");
const CHILD: Citation = Citation::new("GDPR Art. 8(1)");
const NO_DETRIMENT: Citation = Citation::new("GDPR recital 42");
const DPO_CONTACT: Citation = Citation::new("GDPR Art. 13(1)(b)");
const ONE_BOX_SEVERAL_CHANNELS: Citation = Citation::new("BGH III ZR 196/17");
const DOMINANCE: Citation = Citation::new("CJEU C-252/21");

/// The age of Art. 8(1), unless a Member State lowers it.
const AGE: u8 = 16;
/// The lowest age that a Member State may set.
const LOWEST_AGE: u8 = 13;

fn answer(facts: &Facts, lang: Lang) -> Result<Answer<Values>, TopicError> {
    if *facts == Facts::default() {
        return needed(
            None,
            "action",
            "whether a consent is valid depends on how it came about",
        );
    }
    let circumstances = circumstances(facts);
    let defects = art07::defects(&circumstances);
    let stale = stale(facts)?;
    let unproven = art07::unproven(&circumstances);
    let values = Values {
        fix: defects.iter().next().map(|defect| defect.fix().get(lang)),
        unproven: unproven
            .iter()
            .map(|defect| defect.text().get(lang))
            .collect(),
        personal_data_required: facts.terminal_equipment.then_some(false),
        dominance_excludes_consent: facts.dominant_controller.then_some(false),
        stale,
    };
    let mut finding = defects
        .iter()
        .fold(None, |finding, defect| Some(with_defect(finding, defect)));
    if facts.withdrawn {
        finding = Some(match finding {
            None => Finding::new(art07::WITHDRAWN, &[art07::WITHDRAWAL]).verdict(Verdict::Deny),
            Some(finding) => finding
                .because(&[art07::WITHDRAWN])
                .citing(&[art07::WITHDRAWAL]),
        });
    }
    let mut finding = finding.unwrap_or_else(|| {
        Finding::new(
            Text::new(
                "Die angegebenen Tatsachen zeigen keinen Mangel der Einwilligung.",
                "The facts given show no defect of the consent.",
            ),
            &[art07::DEFINITION, art07::PROOF],
        )
        .verdict(Verdict::Allow)
    });
    finding = on_context(facts, finding);
    if !unproven.is_empty() && defects.is_empty() && !facts.withdrawn {
        finding = finding.to_be_checked().obliging(&[Text::new(
            "Vor der Nutzung klären, was noch nicht nachgewiesen ist.",
            "Before using it, clear up what is not yet proven.",
        )]);
    }
    if stale == Some(true) {
        finding = finding.because(&[art07::STALE]).to_be_checked();
    }
    Ok(Answer {
        values,
        finding,
        on: facts.on.map(|Day(on)| on),
    })
}

fn with_defect(finding: Option<Finding>, defect: Defect) -> Finding {
    match finding {
        None => Finding::new(defect.text(), defect.citations()).verdict(Verdict::Deny),
        Some(finding) => finding.because(&[defect.text()]).citing(defect.citations()),
    }
    .obliging(&[defect.fix()])
}

fn stale(facts: &Facts) -> Result<Option<bool>, TopicError> {
    let Some(Day(given)) = facts.given_on else {
        return Ok(None);
    };
    let Day(on) = needed(
        facts.on,
        "on",
        "the age of a consent depends on the day asked for",
    )?;
    let used = facts.last_used.map(|Day(used)| used);
    Ok(Some(art07::stale(given, used, on)))
}

/// What belongs to the setting, whether or not there is a defect.
fn on_context(facts: &Facts, mut finding: Finding) -> Finding {
    if facts.terminal_equipment {
        finding = finding.citing(&[s25::CONSENT, s25::DIRECTIVE]);
    }
    if let Some(citation) = facts.channel.and_then(prohibition) {
        finding = finding.citing(&[citation]);
    }
    if facts.employee && is_german(facts) {
        finding = finding.citing(&[EMPLOYEE]);
    }
    if facts.child_age.is_some() {
        finding = finding.citing(&[CHILD]);
    }
    if facts.several_channels {
        finding = finding
            .citing(&[ONE_BOX_SEVERAL_CHANNELS])
            .because(&[Text::new(
                "Ein Kästchen für mehrere Kanäle ist zulässig.",
                "One box for several channels is valid.",
            )]);
    }
    if facts.incentive_ends_on_withdrawal {
        finding = finding.citing(&[NO_DETRIMENT]).because(&[Text::new(
            "Zulässiger Anreiz: Dass ein persönlicher Vorteil mit dem Widerruf endet, ist kein Nachteil.",
            "Permissible incentive: that a personal advantage ends on withdrawal is no detriment.",
        )]);
    }
    if facts.dominant_controller {
        finding = finding.citing(&[DOMINANCE]).to_be_checked();
    }
    if facts.dpo_contact_told == Some(false) {
        finding = finding.citing(&[DPO_CONTACT]).obliging(&[Text::new(
            "Die Kontaktdaten des Datenschutzbeauftragten nach Art. 13/14 nachholen; für die Wirksamkeit sind sie nicht nötig.",
            "Give DPO contact under Art. 13/14; it is not needed for validity.",
        )]);
    }
    if age_of_country_decides(facts) {
        finding = finding.to_be_checked().because(&[Text::new(
            "Zwischen 13 und 15 Jahren entscheidet die Altersgrenze des Landes; sie ist hier nicht geprüft.",
            "Between 13 and 15 years the age limit of the country decides; it has not been checked here.",
        )]);
        if finding.verdict == Some(Verdict::Allow) {
            finding.verdict = Some(Verdict::Conditional);
        }
    }
    finding
}

/// German rules apply unless another country is named: they ask for more.
fn is_german(facts: &Facts) -> bool {
    facts.country.is_none_or(|country| country == Country::DE)
}

fn age_of_country_decides(facts: &Facts) -> bool {
    !is_german(facts)
        && facts.parent_consent != Some(true)
        && facts
            .child_age
            .is_some_and(|age| (LOWEST_AGE..AGE).contains(&age))
}

fn circumstances(facts: &Facts) -> Circumstances {
    let limit = if is_german(facts) { AGE } else { LOWEST_AGE };
    let child_below_age = facts.child_age.is_some_and(|age| age < limit);
    Circumstances {
        action: facts.action.map(|action| match action {
            GivenBy::Active => Action::Active,
            GivenBy::PreTicked => Action::PreTicked,
            GivenBy::OptOutBox => Action::OptOutBox,
            GivenBy::Silence => Action::Silence,
            GivenBy::ContinuedUse => Action::ContinuedUse,
        }),
        necessary_for_service: facts.necessary_for_service,
        usable_without_consent: facts.service_usable_without_consent,
        imbalance: facts.imbalance || facts.employee,
        adverse_consequence: facts.adverse_consequence,
        dominant: facts.dominant_controller,
        equivalent_alternative: facts.equivalent_alternative,
        several_purposes: facts.several_purposes,
        separate_choices: facts.separate_choices,
        companies_named: facts.companies_named,
        products_named: facts.products_clear,
        new_purpose: facts.new_purpose && !facts.new_consent,
        controller_told: facts.controller_told,
        purpose_told: facts.purpose_told,
        data_told: facts.data_told,
        withdrawal_told: facts.withdrawal_told,
        automated_decisions: facts.automated_decisions,
        automated_decisions_told: facts.automated_decisions_told,
        unsafe_transfer: facts.unsafe_transfer,
        transfer_risk_told: facts.transfer_risk_told,
        misleading: facts.misleading_design,
        in_terms: facts.in_terms,
        set_apart: facts.set_apart,
        recorded: facts.recorded,
        withdrawal_as_easy: facts.withdrawal_as_easy,
        detriment_after_withdrawal: facts.detriment_after_withdrawal,
        special_category: facts.special_categories,
        explicit: facts.explicit,
        german_employee: facts.employee && is_german(facts),
        written_or_electronic: facts.written_or_electronic,
        child_below_age,
        // Below the age limit only the parents can consent: not said is not given.
        parent_consented: Some(facts.parent_consent == Some(true)),
    }
}
