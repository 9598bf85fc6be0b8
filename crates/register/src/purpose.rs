//! The kinds of purpose that the gate tells apart.

use crate::word::words;

words! {
    /// What an activity is for, in the coarse kinds that the rules tell apart. The activity's own
    /// words stand beside it in [`Activity::purpose`](crate::Activity::purpose).
    pub enum Purpose {
        /// Promoting sales, directly or indirectly.
        DirectMarketing = "direct_marketing", "Direktwerbung", "direct marketing";
        /// Asking how satisfied customers are; advertising too (BGH VI ZR 225/17).
        SatisfactionSurvey = "satisfaction_survey", "Zufriedenheitsbefragung", "satisfaction survey";
        /// Tell-a-friend and the like; advertising too (BGH I ZR 208/12).
        Recommendation = "recommendation", "Weiterempfehlung", "recommendation";
        /// Answering what the person asked for.
        Enquiry = "enquiry", "Bearbeitung von Anfragen", "answering enquiries";
        /// Performing a contract with the person or the person's company.
        ContractPerformance = "contract_performance", "Vertragserfüllung", "contract performance";
        /// Messages that the running service needs, free of advertising.
        ServiceMessage = "service_message", "Servicenachricht", "service message";
        /// Warning of a fault, a recall or an attack.
        SecurityNotice = "security_notice", "Sicherheitshinweis", "security notice";
        /// Doing what a statute demands, for example keeping books.
        LegalObligation = "legal_obligation", "Rechtliche Verpflichtung", "legal obligation";
        /// Selecting applicants.
        Recruiting = "recruiting", "Bewerbungsverfahren", "recruiting";
        /// Carrying out employment, payroll included.
        Employment = "employment", "Beschäftigung", "employment";
        /// Counting and evaluating without addressing anyone.
        Statistics = "statistics", "Statistik", "statistics";
    }
}

impl Purpose {
    /// Whether the purpose is advertising in the broad sense of UWG § 7: every statement that
    /// aims at promoting sales, satisfaction surveys and recommendations included.
    pub const fn is_advertising(self) -> bool {
        matches!(
            self,
            Self::DirectMarketing | Self::SatisfactionSurvey | Self::Recommendation
        )
    }
}
