//! Gaps of a recipient: GDPR Art. 26, 28, 44-49.

use jiff::civil::Date;
use law::Text;
use law::gdpr::art44::is_eea;
use law::gdpr::art45::{Reach, decision};

use super::{Gap, Place, Rule};
use crate::{Contract, ContractItem, Recipient, RecipientRole, Register, Transfer, TransferBasis};

const CONTRACT: Rule = Rule::must(
    "processor_contract_missing",
    "GDPR Art. 28(3)",
    "[recipient.contract]",
    Text::new(
        "es gibt keinen Vertrag zur Auftragsverarbeitung",
        "there is no processing contract",
    ),
    Text::new(
        "Vertrag abschließen und den Tag der Unterschrift eintragen; bis dahin keine Daten übergeben",
        "conclude one and enter the day of signing; pass no data until then",
    ),
);
const UNSIGNED: Rule = Rule::must(
    "contract_not_signed",
    "GDPR Art. 28(9)",
    "recipient.contract.signed_on",
    Text::new(
        "der Vertrag ist nicht oder noch nicht unterzeichnet",
        "the contract is not signed, or not yet",
    ),
    Text::new(
        "unterzeichnen (auch elektronisch) und den Tag eintragen",
        "sign it (electronic form will do) and enter the day",
    ),
);
const INCOMPLETE: Rule = Rule::must(
    "processor_contract_incomplete",
    "GDPR Art. 28(3)",
    "recipient.contract.covers",
    Text::new(
        "im Vertrag zur Auftragsverarbeitung fehlt",
        "the processing contract lacks",
    ),
    Text::new(
        "Vertrag ergänzen und die geregelten Punkte ankreuzen",
        "amend the contract and tick the items that it covers",
    ),
);
const ARRANGEMENT: Rule = Rule::must(
    "joint_arrangement_missing",
    "GDPR Art. 26(1)",
    "recipient.contract.signed_on",
    Text::new(
        "es gibt keine Vereinbarung der gemeinsam Verantwortlichen",
        "there is no arrangement of the joint controllers",
    ),
    Text::new(
        "Vereinbarung schließen und den Tag der Unterschrift eintragen",
        "make one and enter the day of signing",
    ),
);
const ESSENCE: Rule = Rule::must(
    "joint_essence_missing",
    "GDPR Art. 26(2)",
    "recipient.contract.essence_available",
    Text::new(
        "das Wesentliche der Vereinbarung steht den betroffenen Personen nicht zur Verfügung",
        "the essence of the arrangement is not available to the data subjects",
    ),
    Text::new(
        "das Wesentliche in den Datenschutzhinweisen veröffentlichen und das beim Empfänger ankreuzen",
        "publish the essence in the privacy notice and tick that in the recipient",
    ),
);
const TRANSFER: Rule = Rule::must(
    "transfer_basis_missing",
    "GDPR Art. 44",
    "[recipient.transfer]",
    Text::new(
        "Daten gehen in ein Drittland, ohne dass eine Grundlage eingetragen ist",
        "data go to a third country and no basis is entered",
    ),
    Text::new(
        "wählen, worauf die Übermittlung beruht: Angemessenheitsbeschluss (Art. 45 DSGVO), Garantien (Art. 46, 47) oder ausnahmsweise Art. 49",
        "choose what the transfer rests on: adequacy decision (Art. 45 GDPR), safeguards (Art. 46, 47) or exceptionally Art. 49",
    ),
);
const NO_FRAMEWORK: Rule = Rule::must(
    "dpf_not_in_force",
    "GDPR Art. 45(1)",
    "recipient.transfer.basis",
    Text::new(
        "für das Land des Empfängers ist kein Data Privacy Framework in Kraft",
        "no Data Privacy Framework is in force for the recipient's country",
    ),
    Text::new(
        "eine Grundlage wählen, die für dieses Land gilt",
        "choose a basis that holds for this country",
    ),
);
const NOT_ADEQUATE: Rule = Rule::must(
    "no_adequacy_decision",
    "GDPR Art. 45(1)",
    "recipient.transfer.basis",
    Text::new(
        "für das Land des Empfängers ist kein Angemessenheitsbeschluss in Kraft",
        "no adequacy decision is in force for the recipient's country",
    ),
    Text::new(
        "Standardvertragsklauseln mit Bewertung vereinbaren und als Grundlage wählen",
        "agree on standard contractual clauses with an assessment and choose them as basis",
    ),
);
const LISTED_ONLY: Rule = Rule::must(
    "adequacy_for_listed_only",
    "GDPR Art. 45(1)",
    "recipient.transfer.basis",
    Text::new(
        "der Angemessenheitsbeschluss gilt nur für gelistete Empfänger",
        "the adequacy decision only holds for recipients on the list",
    ),
    Text::new(
        "nachsehen, ob der Empfänger auf der Liste steht: wenn ja, „EU-US Data Privacy Framework“ wählen, sonst „Standardvertragsklauseln“",
        "check whether the recipient is on the list: if so, choose “EU-US Data Privacy Framework”, otherwise “standard contractual clauses”",
    ),
);
const ASSESSMENT: Rule = Rule::must(
    "transfer_assessment_missing",
    "GDPR Art. 46(1)",
    "recipient.transfer.assessed_on",
    Text::new(
        "für die Übermittlung fehlt die Bewertung des Rechts im Drittland",
        "the assessment of the third country's law is missing for the transfer",
    ),
    Text::new(
        "Übermittlung bewerten (Klausel 14, EuGH C-311/18) und den Tag eintragen",
        "make a transfer impact assessment (Clause 14, CJEU C-311/18) and enter the day",
    ),
);
const LOOK_AGAIN: Rule = Rule::should(
    "transfer_check_due",
    "GDPR Art. 5(2)",
    "recipient.transfer.assessed_on",
    Text::new(
        "ob die Grundlage der Übermittlung noch besteht, ist seit über einem Jahr nicht geprüft",
        "whether the basis of the transfer still holds has not been checked for over a year",
    ),
    Text::new(
        "Liste oder Beschluss nachsehen und den Tag der Prüfung eintragen",
        "look up the list or decision and enter the day of the check",
    ),
);
const DEROGATION: Rule = Rule::should(
    "transfer_by_derogation",
    "GDPR Art. 49(1)",
    "recipient.transfer.reference",
    Text::new(
        "Ausnahmen tragen nur einzelne, gelegentliche Übermittlungen",
        "derogations only carry single, occasional transfers",
    ),
    Text::new(
        "Garantien nach Art. 46 DSGVO vereinbaren, oder begründen, warum die Ausnahme reicht",
        "agree on safeguards of Art. 46 GDPR, or give reasons why the derogation will do",
    ),
);
const UNUSED: Rule = Rule::should(
    "recipient_unused",
    "GDPR Art. 30(1)(d)",
    "activity.recipients",
    Text::new(
        "keine Tätigkeit nennt diesen Empfänger",
        "no activity names this recipient",
    ),
    Text::new(
        "den Empfänger bei den Tätigkeiten ankreuzen, die ihm Daten geben, oder ihn entfernen",
        "tick the recipient in the activities that pass data to it, or remove it",
    ),
);
const NO_ADDRESS: Rule = Rule::should(
    "recipient_notice_address_missing",
    "GDPR Art. 19",
    "recipient.mail, recipient.webhook",
    Text::new(
        "der Empfänger bekommt Daten, aber es ist nicht eingetragen, wie er von Löschung, Berichtigung und Einschränkung erfährt",
        "the recipient gets data, but it is not entered how it is told of erasure, rectification and restriction",
    ),
    Text::new(
        "eine E-Mail-Adresse oder einen Webhook für solche Mitteilungen eintragen; bis dahin ist jede von Hand zu machen",
        "enter an e-mail address or a webhook for such notices; until then each is to be made by hand",
    ),
);

pub(super) fn check(register: &Register, recipient: &Recipient, on: Date, found: &mut Vec<Gap>) {
    let place = || Place::Recipient(recipient.id.clone());
    let mut push = |rule: &Rule| found.push(rule.at(place()));
    let used = register
        .activities
        .iter()
        .any(|a| a.recipients.contains(&recipient.id));
    if !used {
        push(&UNUSED);
    } else if recipient.mail.is_none() && recipient.webhook.is_none() {
        push(&NO_ADDRESS);
    }
    if !is_eea(recipient.country, on) {
        check_transfer(recipient, on, &mut push);
    }
    match recipient.role {
        RecipientRole::Processor => check_processor(recipient, on, found),
        RecipientRole::Joint => check_joint(recipient, on, &mut push),
        RecipientRole::Independent => {}
    }
}

fn check_processor(recipient: &Recipient, on: Date, found: &mut Vec<Gap>) {
    let place = || Place::Recipient(recipient.id.clone());
    let Some(contract) = &recipient.contract else {
        found.push(CONTRACT.at(place()));
        return;
    };
    if !is_signed(contract, on) {
        found.push(UNSIGNED.at(place()));
    }
    let items: Vec<_> = contract.missing().map(ContractItem::label).collect();
    if !items.is_empty() {
        found.push(INCOMPLETE.with(place(), items));
    }
}

fn check_joint(recipient: &Recipient, on: Date, push: &mut impl FnMut(&Rule)) {
    let contract = recipient.contract.as_ref();
    if !contract.is_some_and(|contract| is_signed(contract, on)) {
        push(&ARRANGEMENT);
    }
    if !contract.is_some_and(|contract| contract.essence_available) {
        push(&ESSENCE);
    }
}

fn check_transfer(recipient: &Recipient, on: Date, push: &mut impl FnMut(&Rule)) {
    let Some(transfer) = &recipient.transfer else {
        push(&TRANSFER);
        return;
    };
    let reach = decision(recipient.country, on).map(|adequacy| adequacy.reach);
    match transfer.basis {
        TransferBasis::Dpf if reach != Some(Reach::Certified) => push(&NO_FRAMEWORK),
        TransferBasis::Adequacy if reach.is_none() => push(&NOT_ADEQUATE),
        TransferBasis::Adequacy if reach == Some(Reach::Certified) => push(&LISTED_ONLY),
        TransferBasis::Dpf | TransferBasis::Adequacy => {
            if !is_checked_within_a_year(transfer, on) {
                push(&LOOK_AGAIN);
            }
        }
        TransferBasis::Scc | TransferBasis::Bcr => {
            if transfer.assessed_on.is_none_or(|day| day > on) {
                push(&ASSESSMENT);
            }
        }
        TransferBasis::Derogation => push(&DEROGATION),
    }
}

fn is_signed(contract: &Contract, on: Date) -> bool {
    contract.signed_on.is_some_and(|day| day <= on)
}

fn is_checked_within_a_year(transfer: &Transfer, on: Date) -> bool {
    let year_before = on.saturating_sub(jiff::Span::new().years(1));
    transfer
        .assessed_on
        .is_some_and(|day| (year_before..=on).contains(&day))
}
