//! GDPR Art. 82: compensation.
//!
//! (1) Whoever has suffered material or non-material damage from an infringement has a claim:
//! infringement, damage and causation, all three. An infringement alone is no damage, but there
//! is no threshold of seriousness (CJEU C-300/21). Loss of control is damage, even a short one
//! (BGH VI ZR 10/24); a well-founded fear of misuse can be (C-340/21), a purely hypothetical
//! risk is not (C-687/21). (2) A processor answers only for its own duties or for acting outside
//! instructions. (3) Whoever proves that it is in no way responsible is free: that an employee
//! disobeyed does not do (C-741/21). (4) Several answer jointly. Compensation makes good and does
//! not punish (C-667/21).
//!
//! In force since 2018-05-25. Reviewed 2026-11-24. Source: CJEU and BGH as named, not confirmed
//! by a published source here.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{Citation, Finding, Text, Verdict};

/// The claim.
pub const PARAGRAPH_1: Citation = Citation::new("GDPR Art. 82(1)");
const PARAGRAPH_2: Citation = Citation::new("GDPR Art. 82(2)");
const PARAGRAPH_3: Citation = Citation::new("GDPR Art. 82(3)");
const NO_THRESHOLD: Citation = Citation::new("CJEU C-300/21");

/// What BGH VI ZR 10/24 named as an order of size for a mere loss of control, in euros.
pub const GUIDANCE_FOR_LOSS_OF_CONTROL: u64 = 100;

/// The damage that is claimed and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Damage {
    /// None is shown.
    None,
    /// Nothing beyond annoyance.
    Annoyance,
    /// A purely hypothetical risk of misuse.
    HypotheticalRisk,
    /// A fear of misuse that is well founded in the circumstances.
    WellFoundedFear,
    /// Loss of control over the data, even short and without misuse.
    LossOfControl,
    /// Other non-material damage, proven, however small.
    NonMaterial,
    /// Material damage, proven.
    Material,
}

/// What the defendant says against being responsible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Defence {
    /// An employee acted against instructions.
    EmployeeDisobeyed,
    /// Third parties attacked, and the defendant did not prove its security was appropriate.
    AttackByThirdParties,
    /// The defendant proved that it is in no way responsible.
    NotResponsibleProven,
}

/// Whether the damage counts as one, and why.
pub const fn is_damage(damage: Damage) -> (bool, Citation, Text) {
    match damage {
        Damage::None | Damage::Annoyance => (
            false,
            NO_THRESHOLD,
            Text::new(
                "Der Verstoß allein ist kein Schaden; ein Schaden muss dargelegt sein.",
                "Infringement alone is not damage; damage must be shown.",
            ),
        ),
        Damage::HypotheticalRisk => (
            false,
            Citation::new("CJEU C-687/21"),
            Text::new(
                "Ein rein hypothetisches Risiko des Missbrauchs ist kein Schaden.",
                "A purely hypothetical risk of misuse is not damage.",
            ),
        ),
        Damage::WellFoundedFear => (
            true,
            Citation::new("CJEU C-340/21"),
            Text::new(
                "Eine begründete Furcht vor Missbrauch kann ein immaterieller Schaden sein.",
                "A well-founded fear of misuse can be non-material damage.",
            ),
        ),
        Damage::LossOfControl => (
            true,
            Citation::new("BGH VI ZR 10/24"),
            Text::new(
                "Schon der Kontrollverlust genügt; als Größenordnung sind 100 Euro genannt.",
                "Loss of control suffices; an amount in the order of EUR 100 is named as guidance.",
            ),
        ),
        Damage::NonMaterial | Damage::Material => (
            true,
            NO_THRESHOLD,
            Text::new(
                "Ein nachgewiesener Schaden ist zu ersetzen; es gibt keine Erheblichkeitsschwelle.",
                "Proven damage is compensated; there is no threshold of seriousness.",
            ),
        ),
    }
}

/// Whether a defence frees the defendant, and why.
pub const fn frees(defence: Defence) -> (bool, Citation, Text) {
    match defence {
        Defence::EmployeeDisobeyed => (
            false,
            Citation::new("CJEU C-741/21"),
            Text::new(
                "Dass Beschäftigte Weisungen missachteten, entlastet den Verantwortlichen nicht.",
                "That an employee disobeyed does not free the controller.",
            ),
        ),
        Defence::AttackByThirdParties => (
            false,
            Citation::new("CJEU C-340/21"),
            Text::new(
                "Ein Angriff Dritter entlastet nur, wer geeignete Sicherheit nachweist.",
                "An attack by third parties frees only those who prove appropriate security.",
            ),
        ),
        Defence::NotResponsibleProven => (
            true,
            PARAGRAPH_3,
            Text::new(
                "Wer nachweist, in keinerlei Hinsicht verantwortlich zu sein, haftet nicht.",
                "Whoever proves to be in no way responsible is not liable.",
            ),
        ),
    }
}

/// Whether the claim is founded. `own_duty_breached` matters for a processor only and is `None`
/// for a controller.
pub fn claim(
    infringement: bool,
    damage: Damage,
    defence: Option<Defence>,
    own_duty_breached: Option<bool>,
) -> Finding {
    let (is_damage, citation, reason) = is_damage(damage);
    if !infringement {
        return Finding::new(
            Text::new(
                "Ohne Verstoß gegen die DSGVO kein Anspruch.",
                "Without an infringement of the GDPR there is no claim.",
            ),
            &[PARAGRAPH_1],
        )
        .verdict(Verdict::Deny);
    }
    let mut finding = Finding::new(reason, &[PARAGRAPH_1, citation]);
    let mut founded = is_damage;
    if let Some(own_duty_breached) = own_duty_breached {
        finding = finding.citing(&[PARAGRAPH_2]).because(&[Text::new(
            "Ein Auftragsverarbeiter haftet nur für eigene Pflichten oder Handeln gegen Weisungen.",
            "A processor answers only for its own duties or for acting against instructions.",
        )]);
        founded &= own_duty_breached;
    }
    if let Some((frees, citation, reason)) = defence.map(frees) {
        finding = finding.citing(&[PARAGRAPH_3, citation]).because(&[reason]);
        founded &= !frees;
    }
    let finding = finding.verdict(if founded {
        Verdict::Allow
    } else {
        Verdict::Deny
    });
    match damage {
        // Proven negative feelings can be damage (CJEU C-655/23), mere annoyance was not enough
        // for BGH VI ZR 109/23: where one ends is for a court.
        Damage::Annoyance => finding
            .citing(&[Citation::new("BGH VI ZR 109/23")])
            .to_be_checked(),
        _ => finding,
    }
}

/// Whether compensation may be refused because the damage is not serious: never.
pub fn refusal_for_lack_of_seriousness() -> Finding {
    Finding::new(
        Text::new(
            "Es gibt keine Erheblichkeitsschwelle; nationale Schwellen sind unanwendbar.",
            "There is no threshold of seriousness; national ones do not apply.",
        ),
        &[PARAGRAPH_1, NO_THRESHOLD],
    )
    .verdict(Verdict::Deny)
}

/// Whether the amount may punish or deter, or follow the degree of fault: it may not.
pub fn punitive_amount() -> Finding {
    Finding::new(
        Text::new(
            "Schadensersatz gleicht aus; er straft nicht und richtet sich nicht nach dem Verschuldensgrad.",
            "Compensation makes good; it does not punish nor follow the degree of fault.",
        ),
        &[PARAGRAPH_1, Citation::new("CJEU C-667/21")],
    )
    .verdict(Verdict::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn founded(damage: Damage) -> bool {
        claim(true, damage, None, None).verdict == Some(Verdict::Allow)
    }

    #[test]
    fn annoyance_and_hypothetical_risks_are_no_damage_but_loss_of_control_is() {
        assert!(!founded(Damage::None) && !founded(Damage::Annoyance));
        assert!(!founded(Damage::HypotheticalRisk) && founded(Damage::WellFoundedFear));
        assert!(founded(Damage::LossOfControl) && founded(Damage::NonMaterial));
    }

    #[test]
    fn only_proof_of_no_responsibility_frees() {
        let claim = |defence| claim(true, Damage::Material, Some(defence), None).verdict;
        assert_eq!(claim(Defence::EmployeeDisobeyed), Some(Verdict::Allow));
        assert_eq!(claim(Defence::AttackByThirdParties), Some(Verdict::Allow));
        assert_eq!(claim(Defence::NotResponsibleProven), Some(Verdict::Deny));
    }

    #[test]
    fn a_processor_answers_for_its_own_duties_only() {
        let claim = |own| claim(true, Damage::Material, None, Some(own)).verdict;
        assert_eq!(claim(false), Some(Verdict::Deny));
        assert_eq!(claim(true), Some(Verdict::Allow));
    }
}
