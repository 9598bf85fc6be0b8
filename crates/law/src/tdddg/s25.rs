//! TDDDG § 25: storing information in, or reading it from, a person's terminal equipment.
//!
//! Consent of the GDPR's standard for *any* information, personal or not (§ 25(1)); none for
//! the sole transmission of a message (§ 25(2) Nr. 1) and for what is strictly necessary for
//! a service that the user expressly asked for (Nr. 2). There is no legitimate-interest
//! exception. Pixels, fingerprints and tag managers count (EDPB Guidelines 2/2023).
//!
//! As TTDSG since 2021-12-01, as TDDDG since 2024-05-14. Reviewed 2026-11-24: CJEU C-673/17,
//! BGH I ZR 7/16, CJEU C-40/17; VG Hannover 10 A 5385/22 (first instance, to be checked).

use jiff::civil::date;

use crate::{Citation, Text};

/// Consent.
pub const CONSENT: Citation = Citation::renumbered(
    "TDDDG § 25(1)",
    &[
        (date(2021, 12, 1), "TMG § 15(3)"),
        (date(2024, 5, 14), "TTDSG § 25(1)"),
    ],
);
/// Sole transmission of a message.
pub const TRANSMISSION: Citation = Citation::renumbered(
    "TDDDG § 25(2) Nr. 1",
    &[(date(2024, 5, 14), "TTDSG § 25(2) Nr. 1")],
);
/// Strictly necessary.
pub const NECESSARY: Citation = Citation::renumbered(
    "TDDDG § 25(2) Nr. 2",
    &[(date(2024, 5, 14), "TTDSG § 25(2) Nr. 2")],
);
/// The directive that § 25 transposes.
pub const DIRECTIVE: Citation = Citation::new("Directive 2002/58 Art. 5(3)");

/// Why information is stored in or read from the equipment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Need {
    /// Only to carry a message over a network.
    Transmission,
    /// Without it the service that the user asked for would not work.
    StrictlyNecessary,
    /// Anything else, however useful to the operator.
    Other,
}

impl Need {
    /// The exception that spares consent, if there is one.
    pub const fn exception(self) -> Option<Citation> {
        match self {
            Self::Transmission => Some(TRANSMISSION),
            Self::StrictlyNecessary => Some(NECESSARY),
            Self::Other => None,
        }
    }
}

/// How the banner asks. `None` means not said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Banner {
    /// Refusing everything is offered on the first layer, like accepting.
    pub reject_on_first_layer: Option<bool>,
    /// Refusing is as visible as accepting: colour, size, wording, number of clicks.
    pub reject_as_visible: Option<bool>,
    /// Boxes are ticked beforehand.
    pub pre_ticked: Option<bool>,
    /// Going on or closing the banner is taken as a yes.
    pub continued_use_counts: Option<bool>,
    /// Something that needs consent, a tag manager for example, runs before the choice.
    pub loads_before_choice: Option<bool>,
    /// The lifetime of the cookies is told.
    pub lifetime_told: Option<bool>,
    /// It is told whether third parties have access.
    pub third_parties_told: Option<bool>,
    /// Each purpose has a choice of its own.
    pub choice_per_purpose: Option<bool>,
    /// The choice can be changed at any time as easily as it was made.
    pub withdrawal_as_easy: Option<bool>,
    /// The site can't be used without consent, and there is no equivalent offer.
    pub wall: Option<bool>,
}

/// What is wrong with a banner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fault {
    /// The reason.
    pub text: Text,
    /// The provisions beside § 25(1).
    pub citations: &'static [Citation],
    /// Rests on first-instance or authority practice.
    pub to_be_checked: bool,
}

const UNAMBIGUOUS: &[Citation] = &[
    Citation::new("GDPR Art. 4(11)"),
    Citation::new("GDPR Art. 7"),
];
const PLANET49: &[Citation] = &[
    Citation::new("GDPR Art. 4(11)"),
    Citation::new("CJEU C-673/17"),
    Citation::new("BGH I ZR 7/16"),
];

impl Banner {
    /// The faults that the facts show, in the order of the questions.
    pub fn faults(&self) -> impl Iterator<Item = Fault> {
        let fault = |shown: bool, text, citations, to_be_checked| {
            shown.then_some(Fault {
                text,
                citations,
                to_be_checked,
            })
        };
        let (yes, no) = (Some(true), Some(false));
        [
            fault(
                self.reject_on_first_layer == no || self.reject_as_visible == no,
                Text::new(
                    "Ablehnen ist nicht gleichwertig möglich.",
                    "There is no equivalent way to refuse.",
                ),
                UNAMBIGUOUS,
                true,
            ),
            fault(
                self.loads_before_choice == yes,
                Text::new(
                    "Vor der Wahl wird geladen, was selbst eine Einwilligung braucht, etwa ein Tag-Manager.",
                    "Something that needs consent itself, a tag manager for example, is loaded before the choice.",
                ),
                UNAMBIGUOUS,
                true,
            ),
            fault(
                self.pre_ticked == yes,
                Text::new(
                    "Vorangekreuzte Kästchen sind keine aktive Einwilligung.",
                    "Pre-ticked boxes are no active consent.",
                ),
                PLANET49,
                false,
            ),
            fault(
                self.continued_use_counts == yes,
                Text::new(
                    "Weiternutzen oder Schließen ist keine Einwilligung.",
                    "Going on or closing is no consent.",
                ),
                UNAMBIGUOUS,
                false,
            ),
            fault(
                self.lifetime_told == no || self.third_parties_told == no,
                Text::new(
                    "Laufzeit oder Zugriff Dritter werden nicht genannt.",
                    "Lifetime or third-party access are not told.",
                ),
                PLANET49,
                false,
            ),
            fault(
                self.choice_per_purpose == no,
                Text::new(
                    "Mehrere Zwecke, aber nur eine Wahl.",
                    "Several purposes, but only one choice.",
                ),
                const { &[Citation::new("GDPR Art. 4(11)"), Citation::new("GDPR recital 43")] },
                false,
            ),
            fault(
                self.withdrawal_as_easy == no,
                Text::new(
                    "Der Widerruf ist nicht so einfach wie die Zustimmung.",
                    "Withdrawing is not as easy as agreeing.",
                ),
                const { &[Citation::new("GDPR Art. 7(3)"), Citation::new("GDPR Art. 7")] },
                false,
            ),
            fault(
                self.wall == yes,
                Text::new(
                    "Ohne Zustimmung ist die Seite nicht nutzbar, und es gibt kein gleichwertiges Angebot.",
                    "The site can't be used without consent, and there is no equivalent offer.",
                ),
                const { &[Citation::new("GDPR Art. 7(4)"), Citation::new("GDPR Art. 4(11)")] },
                false,
            ),
        ]
        .into_iter()
        .flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_label_follows_the_renaming_of_the_act() {
        assert_eq!(CONSENT.label(date(2024, 5, 13)), "TTDSG § 25(1)");
        assert_eq!(CONSENT.label(date(2024, 5, 14)), "TDDDG § 25(1)");
        assert_eq!(NECESSARY.label(date(2023, 1, 1)), "TTDSG § 25(2) Nr. 2");
    }

    #[test]
    fn only_transmission_and_strict_necessity_spare_consent() {
        assert!(Need::Transmission.exception().is_some());
        assert!(Need::StrictlyNecessary.exception().is_some());
        assert!(Need::Other.exception().is_none());
    }

    #[test]
    fn a_banner_without_an_equal_refusal_is_faulty() {
        let banner = Banner {
            reject_on_first_layer: Some(false),
            ..Banner::default()
        };
        assert_eq!(banner.faults().count(), 1);
        assert_eq!(Banner::default().faults().count(), 0);
    }
}
