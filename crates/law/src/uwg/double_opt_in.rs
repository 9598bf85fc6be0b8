//! Double opt-in: which log proves which consent to advertising.
//!
//! The controller proves consent (GDPR Art. 7(1)). A completed double opt-in proves it for the
//! e-mail address that received the confirmation mail; the person may rebut (BGH 10.02.2011,
//! I ZR 164/09). It does not prove consent to calls, as address and number need not belong
//! together (same judgment; OVG Saarland 2 A 355/19; VG Saarlouis 1 K 732/19). The mail itself
//! is lawful if free of advertising (OLG Düsseldorf I-15 U 64/15; OLG Celle 13 U 15/14; against
//! it OLG München 29 U 1682/12). If consent is not proven, legitimate interests don't help
//! where UWG § 7 forbids the contact (OVG Saarland; BVerwG 6 C 3.23).
//!
//! UWG § 7 in this numbering since 2022-05-28. Reviewed 2026-11-24. Double opt-in is no
//! statutory condition of validity; without it, proof is at risk.

use jiff::civil::date;

use crate::{Channel, Citation, Text};

const CALLS: Citation = Citation::renumbered(
    "UWG § 7(2) Nr. 1",
    &[(date(2022, 5, 28), "UWG § 7(2) Nr. 2")],
);
const ELECTRONIC: Citation = Citation::renumbered(
    "UWG § 7(2) Nr. 2",
    &[(date(2022, 5, 28), "UWG § 7(2) Nr. 3")],
);

/// The provision that asks for consent before advertising over `channel`, if there is one.
pub const fn prohibition(channel: Channel) -> Option<Citation> {
    match channel {
        Channel::Phone => Some(CALLS),
        Channel::Email
        | Channel::Sms
        | Channel::Messenger
        | Channel::PortalMessage
        | Channel::AutomatedCall
        | Channel::Fax => Some(ELECTRONIC),
        _ => None,
    }
}

/// What the log shows. `None` means not said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Log {
    /// The link of the confirmation mail was used by a person, not only opened by a scanner.
    pub link_clicked: Option<bool>,
    /// The telephone number was verified, for example by a code sent to it.
    pub number_verified: Option<bool>,
    /// A recorded statement or a signed form shows consent for this address or number.
    pub statement_kept: Option<bool>,
    /// The person shows that he or she did not sign up.
    pub rebutted: bool,
    /// What is kept of each step.
    pub kept: Kept,
}

/// The items of the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Kept {
    /// The form as it looked.
    pub form: Option<bool>,
    /// The consent text in its version.
    pub text: Option<bool>,
    /// Time of the sign-up.
    pub sign_up_time: Option<bool>,
    /// IP address of the sign-up.
    pub sign_up_ip: Option<bool>,
    /// The confirmation mail.
    pub mail: Option<bool>,
    /// Time of the click.
    pub click_time: Option<bool>,
    /// IP address of the click.
    pub click_ip: Option<bool>,
}

impl Kept {
    /// The items with their names, in the order of the steps.
    pub const fn items(self) -> [(Text, Option<bool>); 7] {
        [
            (Text::new("Stand des Formulars", "form state"), self.form),
            (
                Text::new("Fassung des Einwilligungstextes", "consent text version"),
                self.text,
            ),
            (
                Text::new("Zeitpunkt der Anmeldung", "time of sign-up"),
                self.sign_up_time,
            ),
            (
                Text::new("IP-Adresse der Anmeldung", "IP address of sign-up"),
                self.sign_up_ip,
            ),
            (
                Text::new("Bestätigungs-E-Mail", "confirmation mail"),
                self.mail,
            ),
            (
                Text::new("Zeitpunkt des Klicks", "time of click"),
                self.click_time,
            ),
            (
                Text::new("IP-Adresse des Klicks", "IP address of click"),
                self.click_ip,
            ),
        ]
    }
}

/// What a log proves for a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Proof {
    /// Consent is proven, and may be rebutted.
    Proven,
    /// The steps were taken, but items of the log are missing or not said.
    Gaps,
    /// The person has rebutted it.
    Rebutted,
    /// The link was not used.
    NotConfirmed,
    /// The e-mail address is confirmed, which says nothing about the number.
    OtherAddress,
}

/// What `log` proves for advertising over `channel`.
pub fn proves(log: &Log, channel: Channel) -> Proof {
    if log.rebutted {
        return Proof::Rebutted;
    }
    if log.statement_kept == Some(true) {
        return Proof::Proven;
    }
    if channel != Channel::Email {
        return match (log.number_verified, log.link_clicked) {
            (Some(true), _) => log.kept_in_full(&[0, 1, 2]),
            (_, Some(true)) => Proof::OtherAddress,
            _ => Proof::NotConfirmed,
        };
    }
    if log.link_clicked == Some(true) {
        log.kept_in_full(&[0, 1, 2, 3, 4, 5, 6])
    } else {
        Proof::NotConfirmed
    }
}

impl Log {
    fn kept_in_full(&self, wanted: &[usize]) -> Proof {
        let items = self.kept.items();
        let full = wanted.iter().all(|item| {
            items
                .get(*item)
                .is_some_and(|(_, kept)| *kept == Some(true))
        });
        if full { Proof::Proven } else { Proof::Gaps }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> Log {
        let yes = Some(true);
        Log {
            link_clicked: yes,
            kept: Kept {
                form: yes,
                text: yes,
                sign_up_time: yes,
                sign_up_ip: yes,
                mail: yes,
                click_time: yes,
                click_ip: yes,
            },
            ..Log::default()
        }
    }

    #[test]
    fn a_completed_double_opt_in_proves_consent_for_that_mail_address() {
        assert_eq!(proves(&full(), Channel::Email), Proof::Proven);
    }

    #[test]
    fn it_does_not_prove_consent_for_a_number_unless_the_number_is_verified() {
        for channel in [
            Channel::Phone,
            Channel::Sms,
            Channel::Fax,
            Channel::Messenger,
        ] {
            assert_eq!(proves(&full(), channel), Proof::OtherAddress);
            let verified = Log {
                number_verified: Some(true),
                ..full()
            };
            assert_eq!(proves(&verified, channel), Proof::Proven);
        }
    }

    #[test]
    fn a_link_that_was_not_clicked_proves_nothing() {
        let log = Log {
            link_clicked: Some(false),
            ..full()
        };
        assert_eq!(proves(&log, Channel::Email), Proof::NotConfirmed);
    }

    #[test]
    fn a_missing_item_leaves_a_gap_and_the_person_may_rebut() {
        let mut log = full();
        log.kept.click_ip = None;
        assert_eq!(proves(&log, Channel::Email), Proof::Gaps);
        assert_eq!(
            proves(
                &Log {
                    rebutted: true,
                    ..full()
                },
                Channel::Email
            ),
            Proof::Rebutted
        );
    }
}
