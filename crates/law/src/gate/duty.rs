//! The duties that come with a permission.

use crate::{Citation, Text};
use jiff::civil::date;

const SENDER: Citation = Citation::renumbered(
    "UWG § 7(2) Nr. 3 a",
    &[(date(2022, 5, 28), "UWG § 7(2) Nr. 4 a")],
);
const MARKING: Citation = Citation::renumbered(
    "UWG § 7(2) Nr. 3 b",
    &[(date(2022, 5, 28), "UWG § 7(2) Nr. 4 b")],
);
const STOP: Citation = Citation::renumbered(
    "UWG § 7(2) Nr. 3 c",
    &[(date(2022, 5, 28), "UWG § 7(2) Nr. 4 c")],
);
const SERVICES_ACT: Citation =
    Citation::renumbered("DDG § 6(1)", &[(date(2024, 5, 14), "TMG § 6(1)")]);
const NUMBER: Citation = Citation::renumbered(
    "TDDDG § 15(2)",
    &[
        (date(2021, 12, 1), "TKG § 102(2)"),
        (date(2024, 5, 14), "TTDSG § 15(2)"),
    ],
);

/// A duty that comes with a permitted contact or use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Duty {
    /// Germany: the sender must not be hidden.
    SenderIdentity,
    /// Germany: a valid address to which a stop can be sent.
    StopAddress,
    /// Germany: commercial communication is recognisable as such.
    CommercialMarking,
    /// Germany: notice of the right to object in the message to an existing customer.
    ExistingCustomerNotice,
    /// Elsewhere: true sender and valid opt-out address.
    SenderAndOptOut,
    /// Notice of the right to object, at the latest at the first communication.
    ObjectionNotice,
    /// Information about data from elsewhere.
    SourceNotice,
    /// Stop at once after an objection.
    StopOnObjection,
    /// Keep the proof of consent.
    KeepConsentProof,
    /// Withdrawal as easy as consent.
    EasyWithdrawal,
    /// Germany: caller's name and commercial purpose at the start of the call.
    CallerNameAndPurpose,
    /// Germany: do not suppress the number.
    ShowNumber,
    /// Germany: document a consumer's consent to calls and keep the proof five years.
    CallConsentFiveYears,
    /// Elsewhere: caller identified, recognisable number, offer of objection in the call.
    IdentifyCaller,
    /// Screen against the do-not-call list before each campaign.
    ScreenDoNotCall,
    /// Screen against the local Robinson list.
    RobinsonList,
    /// Austria: screen against the ECG list.
    EcgList,
    /// France: inform at collection and offer a simple, free objection.
    InformAtCollection,
    /// Keep the balancing of interests on record.
    BalancingRecord,
    /// Use a suppression entry only to block.
    BlockOnly,
    /// Keep no more than needed.
    StoreMinimal,
    /// Keep the message free of advertising.
    NoAdvertising,
    /// Leave at the first recognisable refusal.
    StopOnRefusal,
}

impl Duty {
    /// Every duty, in declaration order.
    pub const ALL: [Self; 23] = [
        Self::SenderIdentity,
        Self::StopAddress,
        Self::CommercialMarking,
        Self::ExistingCustomerNotice,
        Self::SenderAndOptOut,
        Self::ObjectionNotice,
        Self::SourceNotice,
        Self::StopOnObjection,
        Self::KeepConsentProof,
        Self::EasyWithdrawal,
        Self::CallerNameAndPurpose,
        Self::ShowNumber,
        Self::CallConsentFiveYears,
        Self::IdentifyCaller,
        Self::ScreenDoNotCall,
        Self::RobinsonList,
        Self::EcgList,
        Self::InformAtCollection,
        Self::BalancingRecord,
        Self::BlockOnly,
        Self::StoreMinimal,
        Self::NoAdvertising,
        Self::StopOnRefusal,
    ];

    /// The name used in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SenderIdentity => "sender_identity",
            Self::StopAddress => "stop_address",
            Self::CommercialMarking => "commercial_marking",
            Self::ExistingCustomerNotice => "existing_customer_notice",
            Self::SenderAndOptOut => "sender_and_opt_out",
            Self::ObjectionNotice => "objection_notice",
            Self::SourceNotice => "art_14_notice",
            Self::StopOnObjection => "stop_on_objection",
            Self::KeepConsentProof => "keep_consent_proof",
            Self::EasyWithdrawal => "easy_withdrawal",
            Self::CallerNameAndPurpose => "caller_name_and_purpose",
            Self::ShowNumber => "show_number",
            Self::CallConsentFiveYears => "call_consent_five_years",
            Self::IdentifyCaller => "identify_caller",
            Self::ScreenDoNotCall => "screen_do_not_call_list",
            Self::RobinsonList => "robinson_list",
            Self::EcgList => "ecg_list",
            Self::InformAtCollection => "inform_at_collection",
            Self::BalancingRecord => "balancing_record",
            Self::BlockOnly => "block_only",
            Self::StoreMinimal => "store_minimal",
            Self::NoAdvertising => "no_advertising",
            Self::StopOnRefusal => "stop_on_refusal",
        }
    }

    /// The provisions that ask for it.
    pub const fn citations(self) -> &'static [Citation] {
        match self {
            Self::SenderIdentity => const { &[SENDER] },
            Self::StopAddress => const { &[STOP] },
            Self::CommercialMarking => const { &[MARKING, SERVICES_ACT] },
            Self::ExistingCustomerNotice => const { &[Citation::new("UWG § 7(3) Nr. 4")] },
            Self::SenderAndOptOut => const { &[Citation::new("Directive 2002/58 Art. 13(4)")] },
            Self::ObjectionNotice => {
                const {
                    &[
                        Citation::new("GDPR Art. 21(4)"),
                        Citation::new("GDPR Art. 21(2)"),
                    ]
                }
            }
            Self::SourceNotice => {
                const {
                    &[
                        Citation::new("GDPR Art. 14(1)"),
                        Citation::new("GDPR Art. 14(3)"),
                    ]
                }
            }
            Self::StopOnObjection => const { &[Citation::new("GDPR Art. 21(3)")] },
            Self::KeepConsentProof => const { &[Citation::new("GDPR Art. 7(1)")] },
            Self::EasyWithdrawal => const { &[Citation::new("GDPR Art. 7(3)")] },
            Self::CallerNameAndPurpose => const { &[Citation::new("BGB § 312a(1)")] },
            Self::ShowNumber => const { &[NUMBER] },
            Self::CallConsentFiveYears => {
                const { &[Citation::new("UWG § 7a(1)"), Citation::new("UWG § 7a(2)")] }
            }
            Self::IdentifyCaller | Self::ScreenDoNotCall => {
                const { &[Citation::new("Directive 2002/58 Art. 13(3)")] }
            }
            Self::RobinsonList => const { &[Citation::new("GDPR Art. 6(1)(f)")] },
            Self::EcgList => const { &[Citation::new("ECG § 7(2)")] },
            Self::InformAtCollection => const { &[Citation::new("GDPR Art. 13(1)")] },
            Self::BalancingRecord => const { &[Citation::new("GDPR Art. 5(2)")] },
            Self::BlockOnly => const { &[Citation::new("GDPR Art. 5(1)(b)")] },
            Self::StoreMinimal => const { &[Citation::new("GDPR Art. 5(1)(c)")] },
            Self::NoAdvertising | Self::StopOnRefusal => const { &[Citation::new("UWG § 7(1)")] },
        }
    }

    /// What is to be done, in both languages.
    pub const fn text(self) -> Text {
        match self {
            Self::SenderIdentity => Text::new(
                "Absender nennen und nicht verschleiern.",
                "Name the sender and do not hide them.",
            ),
            Self::StopAddress => Text::new(
                "Gültige Adresse oder Abmeldelink für „keine Werbung mehr“ angeben, ohne andere \
                 als Basiskosten.",
                "Give a valid address or unsubscribe link for a stop, at no more than basic \
                 cost.",
            ),
            Self::CommercialMarking => Text::new(
                "Werblichen Charakter und Absender in Kopf- und Betreffzeile nicht \
                 verheimlichen.",
                "Do not hide the commercial nature or the sender in header and subject line.",
            ),
            Self::ExistingCustomerNotice => Text::new(
                "In der Nachricht klar auf das jederzeitige Widerspruchsrecht zu Basistarifen \
                 hinweisen.",
                "Point out clearly in the message the right to object at any time at basic \
                 cost.",
            ),
            Self::SenderAndOptOut => Text::new(
                "Absender offen nennen und in jeder Nachricht eine gültige Abmeldeadresse \
                 angeben.",
                "Identify the sender and give a valid opt-out address in every message.",
            ),
            Self::ObjectionNotice => Text::new(
                "Spätestens bei der ersten Ansprache ausdrücklich und getrennt auf das \
                 Widerspruchsrecht hinweisen.",
                "Point out the right to object explicitly and separately, at the latest at the \
                 first communication.",
            ),
            Self::SourceNotice => Text::new(
                "Nach Art. 14 informieren, auch über die Quelle der Daten: spätestens bei der \
                 ersten Ansprache, nie später als nach einem Monat.",
                "Inform under Art. 14, source of the data included: at the first communication \
                 at the latest, never after more than a month.",
            ),
            Self::StopOnObjection => Text::new(
                "Nach einem Widerspruch sofort aufhören.",
                "Stop at once after an objection.",
            ),
            Self::KeepConsentProof => Text::new(
                "Nachweis der Einwilligung aufbewahren.",
                "Keep the proof of consent.",
            ),
            Self::EasyWithdrawal => Text::new(
                "Widerruf so einfach machen wie die Einwilligung.",
                "Make withdrawal as easy as giving consent.",
            ),
            Self::CallerNameAndPurpose => Text::new(
                "Zu Beginn des Anrufs Namen und geschäftlichen Zweck nennen.",
                "Give name and commercial purpose at the start of the call.",
            ),
            Self::ShowNumber => Text::new(
                "Rufnummer nicht unterdrücken.",
                "Do not suppress the calling number.",
            ),
            Self::CallConsentFiveYears => Text::new(
                "Einwilligung in den Anruf dokumentieren und den Nachweis fünf Jahre ab \
                 Erteilung und nach jeder Verwendung aufbewahren.",
                "Document the consent to calls and keep the proof five years from consent and \
                 from each use.",
            ),
            Self::IdentifyCaller => Text::new(
                "Anrufer mit erkennbarer Rufnummer nennen und im Gespräch Widerspruch anbieten.",
                "Identify the caller with a recognisable number and offer objection in the \
                 call.",
            ),
            Self::ScreenDoNotCall => Text::new(
                "Vor jeder Aktion gegen die Telefon-Sperrliste abgleichen; auch Unternehmen \
                 können eingetragen sein.",
                "Check the do-not-call list before each campaign; companies can be listed too.",
            ),
            Self::RobinsonList => Text::new(
                "Örtliche Robinsonliste beachten.",
                "Respect the local Robinson list.",
            ),
            Self::EcgList => Text::new(
                "Mit der ECG-Liste der RTR abgleichen.",
                "Screen against RTR's ECG list.",
            ),
            Self::InformAtCollection => Text::new(
                "Bei der Erhebung über die werbliche Nutzung informieren und einfachen, \
                 kostenlosen Widerspruch ermöglichen.",
                "Inform about the advertising use at collection and allow simple, free \
                 objection.",
            ),
            Self::BalancingRecord => Text::new(
                "Interessenabwägung dokumentiert bereithalten.",
                "Keep the balancing of interests on record.",
            ),
            Self::BlockOnly => Text::new(
                "Den Sperreintrag nur zum Sperren verwenden.",
                "Use the suppression entry only for blocking.",
            ),
            Self::StoreMinimal => Text::new(
                "Nicht mehr speichern als nötig.",
                "Store no more than needed.",
            ),
            Self::NoAdvertising => Text::new(
                "Die Nachricht frei von Werbung halten.",
                "Keep the message free of advertising.",
            ),
            Self::StopOnRefusal => Text::new(
                "Bei erkennbarer Ablehnung sofort gehen.",
                "Leave at once on a recognisable refusal.",
            ),
        }
    }
}

/// A set of duties, kept as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DutySet(u32);

impl DutySet {
    /// No duty.
    pub const EMPTY: Self = Self(0);

    /// The set of these duties.
    pub const fn of(duties: &[Duty]) -> Self {
        let mut bits = 0;
        let mut i = 0;
        while i < duties.len() {
            bits |= 1 << duties[i] as u32;
            i += 1;
        }
        Self(bits)
    }

    /// Both sets together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether `duty` is in the set.
    pub const fn contains(self, duty: Duty) -> bool {
        self.0 & 1 << duty as u32 != 0
    }

    /// The duties, in declaration order.
    pub fn iter(self) -> impl Iterator<Item = Duty> {
        Duty::ALL
            .into_iter()
            .filter(move |&duty| self.contains(duty))
    }
}
