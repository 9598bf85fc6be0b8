//! Which step of the way a gap belongs to: know the data, define purposes, secure, assess risks,
//! inform, train.

/// A step on the way to lawful processing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PathStep {
    /// Know which personal data there are, and where they come from.
    Know,
    /// Define purposes and their legal bases.
    Purposes,
    /// Secure: measures, contracts, transfers.
    Secure,
    /// Assess risks: balancing tests, special data, the officer who watches.
    Assess,
    /// Inform the persons.
    Inform,
    /// Train the people who work with the data.
    Train,
}

impl PathStep {
    /// Every step, in order.
    pub const ALL: [Self; 6] = [
        Self::Know,
        Self::Purposes,
        Self::Secure,
        Self::Assess,
        Self::Inform,
        Self::Train,
    ];
}

/// The step of a gap's rule; `None` for a rule that is not sorted.
pub(super) fn of(code: &str) -> Option<PathStep> {
    Some(match code {
        "categories_missing"
        | "sources_missing"
        | "enrichment_source_missing"
        | "storing_not_declared"
        | "retention_missing"
        | "retention_year_end"
        | "retention_too_short"
        | "applicants_kept_long"
        | "form_asks_too_much"
        | "form_newsletter_needs_phone" => PathStep::Know,
        "no_activity"
        | "purpose_missing"
        | "basis_missing"
        | "principal_missing"
        | "advertising_basis"
        | "electronic_mail_without_consent"
        | "machine_without_consent"
        | "call_without_circumstances"
        | "ad_audience_without_consent"
        | "sharing_without_consent"
        | "sharing_recipient_missing"
        | "sharing_not_declared"
        | "consent_text_missing"
        | "consent_channels_missing"
        | "consent_wording_missing"
        | "consent_without_name"
        | "consent_without_withdrawal"
        | "consent_for_several_purposes"
        | "consent_without_channels"
        | "consent_without_purpose"
        | "form_consent_missing"
        | "form_consent_for_several_purposes"
        | "form_consent_without_purpose"
        | "form_newsletter_without_consent"
        | "form_file_missing" => PathStep::Purposes,
        "measures_missing"
        | "processor_contract_missing"
        | "recipient_notice_address_missing"
        | "contract_not_signed"
        | "processor_contract_incomplete"
        | "joint_arrangement_missing"
        | "transfer_basis_missing"
        | "dpf_not_in_force"
        | "no_adequacy_decision"
        | "adequacy_for_listed_only"
        | "transfer_by_derogation"
        | "recipient_unused" => PathStep::Secure,
        "balancing_missing"
        | "balancing_incomplete"
        | "balancing_not_dated"
        | "special_ground_missing"
        | "transfer_assessment_missing"
        | "transfer_check_due"
        | "dpo_missing"
        | "dpo_duty_unclear"
        | "dpo_not_reported" => PathStep::Assess,
        "privacy_notice_missing"
        | "organisation_contact_missing"
        | "representative_missing"
        | "union_representative_missing"
        | "dpo_contact_missing"
        | "authority_missing"
        | "joint_essence_missing"
        | "form_without_heading"
        | "form_question_without_reason"
        | "form_without_privacy_notice"
        | "form_without_contact" => PathStep::Inform,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::of;

    /// Every rule of this folder is sorted, those that are added later too.
    #[test]
    fn every_rule_belongs_to_a_step() {
        let sources = [
            include_str!("activity.rs"),
            include_str!("advertising.rs"),
            include_str!("consent.rs"),
            include_str!("form.rs"),
            include_str!("organisation.rs"),
            include_str!("recipient.rs"),
        ];
        let mut rules = 0;
        for source in sources {
            let (rules_part, _) = source.split_once("#[cfg(test)]").unwrap_or((source, ""));
            for start in ["Rule::must(", "Rule::should("] {
                for (at, _) in rules_part.match_indices(start) {
                    let rest = &rules_part[at + start.len()..];
                    let code = rest.trim_start().trim_start_matches('"');
                    let code = &code[..code.find('"').unwrap()];
                    assert!(of(code).is_some(), "{code} belongs to no step");
                    rules += 1;
                }
            }
        }
        assert!(rules > 40, "only {rules} rules were found");
    }
}
