//! Where the steps that the gate names are taken.

use law::Channel;
use operations::Decided;
use operations::access::Permission;
use operations::browse::ContactView;

use super::answer::Overrule;
use crate::auth::Visitor;
use crate::pages::frame::Frame;

/// A lawful step, with the place where it is taken if there is one.
pub struct Step {
    pub text: &'static str,
    /// Address and name of the button.
    pub link: Option<(String, String)>,
}

/// What can be done about the answers for one contact.
pub struct Steps<'v> {
    view: &'v ContactView,
    visitor: &'v Visitor,
    frame: &'v Frame,
}

impl<'v> Steps<'v> {
    pub fn new(view: &'v ContactView, visitor: &'v Visitor, frame: &'v Frame) -> Self {
        Self {
            view,
            visitor,
            frame,
        }
    }

    /// Where the step of this name is taken, if the visitor may take it and it is taken here.
    pub fn link(&self, code: &str, decided: &Decided) -> Option<(String, String)> {
        let (needs, path, name) = match code {
            "double_opt_in_email"
            | "consent_tied_to_number"
            | "provable_consent"
            | "ask_again_with_valid_text"
            | "explicit_consent"
            | "parental_consent" => (
                Permission::ChangeContacts,
                self.about("consent", decided),
                "step-consent",
            ),
            "existing_customer_file" | "state_customer_relation" => {
                (Permission::ChangeContacts, self.path("sale"), "step-sale")
            }
            "document_presumed_consent" => (
                Permission::ChangeContacts,
                self.about("circumstance", decided),
                "step-circumstance",
            ),
            "screen_exclusion_list" | "check_directory" => (
                Permission::ChangeContacts,
                self.path("screening"),
                "step-screening",
            ),
            "state_country" | "state_contact_kind" | "state_subscriber" | "state_address_kind"
            | "state_number_kind" => (
                Permission::ChangeContacts,
                self.path("edit"),
                "step-correct",
            ),
            "declare_activity"
            | "declare_basis"
            | "document_balancing"
            | "state_mass_mailing"
            | "function_inform_opt_out" => (
                Permission::ChangeRegister,
                format!("/register/activities/{}", decided.activity),
                "step-activity",
            ),
            "person_decides" => (
                Permission::Overrule,
                self.about("overrule", decided),
                "step-decide",
            ),
            "post_instead" => (Permission::SeeContacts, self.letter()?, "step-letter"),
            _ => return None,
        };
        let may = self.visitor.may(needs);
        may.then(|| (path, self.frame.t(name)))
    }

    /// What who is responsible may do against or about the answer.
    pub fn overrule(&self, decided: &Decided) -> Option<Overrule> {
        if !self.visitor.may(Permission::Overrule) {
            return None;
        }
        let activity = decided.activity.clone();
        let made = self.view.overruled.iter().any(|(purpose, channel)| {
            *purpose == activity && channel.name() == decided.decision.channel
        });
        // A no of the person is nobody else's to overrule.
        let respected = |step: &law::gate::TextView| step.code == "respect_the_will";
        let respect = decided.decision.next_steps.iter().any(respected);
        match (made, decided.decision.verdict) {
            (true, _) => Some(Overrule::TakeBack { activity }),
            (false, "permitted") => None,
            (false, _) if respect => None,
            (false, _) => Some(Overrule::Decide { activity }),
        }
    }

    fn path(&self, form: &str) -> String {
        format!("/contacts/{}/{form}", self.view.line.id)
    }

    /// The form with the question filled in.
    fn about(&self, form: &str, decided: &Decided) -> String {
        format!(
            "{}?activity={}&channel={}",
            self.path(form),
            decided.activity,
            decided.decision.channel
        )
    }

    /// The answer on this page that says that a letter may be written.
    fn letter(&self) -> Option<String> {
        let written = self.view.answers.iter().find(|answers| {
            let mut letters = answers.channels.iter();
            letters.any(|decided| {
                let decision = &decided.decision;
                decision.channel == Channel::Post.name()
                    && decision.verdict == "permitted"
                    && decided.reachable
            })
        });
        written.map(|answers| format!("#{}", answers.id))
    }
}
