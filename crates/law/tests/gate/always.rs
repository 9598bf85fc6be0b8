//! What holds for all facts.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use law::facts::{
    Activity, AddressKind, Consent, Contact, ContactKind, Facts, InterestGround, Message,
    NumberKind, Objection, ObjectionGround, PresumedInterest, Proof, Purpose, Relation,
    RelationKind, Screening, Subscriber,
};
use law::gate::{Ask, NextStep, Verdict, decide};
use law::{Channel, ChannelSet, Country, Lang};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::ON;

const COUNTRIES: [&[u8; 2]; 15] = [
    b"DE", b"AT", b"CH", b"FR", b"NL", b"BE", b"IT", b"ES", b"PL", b"GB", b"IE", b"SE", b"DK",
    b"NO", b"US",
];

fn day() -> impl Strategy<Value = Date> {
    (0_i32..2_500).prop_map(|days| date(2020, 1, 1).saturating_add(days.days()))
}

fn purpose() -> impl Strategy<Value = Purpose> {
    select(Purpose::ALL.to_vec())
}

fn channel() -> impl Strategy<Value = Channel> {
    select(Channel::ALL.to_vec())
}

fn channels() -> impl Strategy<Value = ChannelSet> {
    (0_u16..1 << 14).prop_map(|bits| ChannelSet::from_bits(bits).unwrap_or_default())
}

fn perhaps() -> impl Strategy<Value = Option<bool>> {
    option::of(any::<bool>())
}

fn contact() -> impl Strategy<Value = Contact> {
    (
        option::of(select(vec![ContactKind::Consumer, ContactKind::Business])),
        option::of(select(COUNTRIES.to_vec())),
        option::of(select(vec![
            Subscriber::LegalPerson,
            Subscriber::NaturalPerson,
        ])),
        option::of(select(vec![AddressKind::Named, AddressKind::Impersonal])),
        option::of(select(vec![NumberKind::Landline, NumberKind::Mobile])),
        option::of(any::<u8>()),
        (
            any::<bool>(),
            any::<bool>(),
            any::<bool>(),
            any::<bool>(),
            option::of(day()),
        ),
    )
        .prop_map(
            |(
                kind,
                country,
                subscriber,
                address,
                number,
                age,
                (special, meant, restricted, untold, obtained),
            )| {
                Contact {
                    kind,
                    country: country.map(|code| Country::new(*code)),
                    subscriber,
                    address,
                    address_meant_for_it: meant,
                    number,
                    age,
                    special_category: special,
                    source: None,
                    obtained_on: obtained,
                    informed: false,
                    restricted,
                    new_purpose_untold: untold,
                }
            },
        )
}

fn consent() -> impl Strategy<Value = Consent> {
    let proofs = vec![
        Proof::None,
        Proof::SingleOptIn,
        Proof::DoubleOptInPending,
        Proof::DoubleOptInCompleted,
        Proof::Written,
    ];
    (
        purpose(),
        channels(),
        select(proofs),
        option::of(day()),
        option::of(day()),
    )
        .prop_map(
            |(purpose, channels, proof, given_on, withdrawn_on)| Consent {
                given_on,
                withdrawn_on,
                ..Consent::new(purpose, channels, proof)
            },
        )
}

fn objection() -> impl Strategy<Value = Objection> {
    let grounds = vec![
        ObjectionGround::DirectMarketing,
        ObjectionGround::LegitimateInterests,
    ];
    (
        select(grounds),
        channels(),
        option::of(purpose()),
        option::of(day()),
        option::of(day()),
    )
        .prop_map(
            |(ground, channels, purpose, raised_on, lifted_on)| Objection {
                ground,
                channels,
                purpose,
                raised_on,
                lifted_on,
            },
        )
}

fn relation() -> impl Strategy<Value = Relation> {
    let kinds = vec![
        RelationKind::Purchase,
        RelationKind::FreeAccount,
        RelationKind::FreeService,
        RelationKind::Inquiry,
        RelationKind::OtherCompany,
    ];
    (
        select(kinds),
        any::<bool>(),
        perhaps(),
        perhaps(),
        perhaps(),
        perhaps(),
    )
        .prop_map(|(kind, current, sale, own, similar, notice)| Relation {
            current,
            address_from_sale: sale,
            own_products: own,
            similar_products: similar,
            notice_at_collection: notice,
            ..Relation::new(kind)
        })
}

fn interest() -> impl Strategy<Value = PresumedInterest> {
    let grounds = vec![
        InterestGround::JobChangeNotice,
        InterestGround::Other,
        InterestGround::LowPrice,
    ];
    (select(grounds), option::of(day())).prop_map(|(ground, recorded_on)| PresumedInterest {
        ground,
        recorded_on,
    })
}

fn message() -> impl Strategy<Value = Message> {
    (
        any::<(bool, bool)>(),
        perhaps(),
        perhaps(),
        perhaps(),
        perhaps(),
    )
        .prop_map(
            |((contains_advertising, unaddressed), mass, function, informed, opt_out)| Message {
                contains_advertising,
                mass_mailing: mass,
                relates_to_function: function,
                informed_at_collection: informed,
                opt_out_offered: opt_out,
                unaddressed,
                no_advertising_sticker: false,
            },
        )
}

fn screening() -> impl Strategy<Value = Screening> {
    (perhaps(), option::of(day()), perhaps(), perhaps()).prop_map(
        |(listed, looked_up_on, asterisk, in_directory)| Screening {
            listed,
            looked_up_on,
            asterisk,
            in_directory,
        },
    )
}

/// The parts of facts that are not borrowed.
fn rest() -> impl Strategy<Value = Facts<'static>> {
    (
        contact(),
        option::of(relation()),
        option::of(interest()),
        screening(),
        message(),
    )
        .prop_map(|(contact, relation, interest, screening, message)| Facts {
            contact,
            relation,
            interest,
            screening,
            message,
            activity: Some(Activity::FITTING),
            ..Facts::default()
        })
}

fn ask() -> impl Strategy<Value = Ask> {
    (purpose(), channel(), option::of(channel())).prop_map(|(purpose, channel, for_channel)| Ask {
        purpose,
        channel,
        for_channel,
        recipient: None,
    })
}

/// Each makes one fact unknown.
const FORGETTING: [fn(&mut Facts<'_>); 13] = [
    |facts| facts.relation = None,
    |facts| facts.interest = None,
    |facts| facts.contact.kind = None,
    |facts| facts.contact.country = None,
    |facts| facts.contact.subscriber = None,
    |facts| facts.contact.address = None,
    |facts| facts.contact.number = None,
    |facts| facts.screening = Screening::default(),
    |facts| facts.screening.looked_up_on = None,
    |facts| facts.message.mass_mailing = None,
    |facts| facts.message.relates_to_function = None,
    |facts| facts.message.informed_at_collection = None,
    |facts| facts.message.opt_out_offered = None,
];

/// Higher is freer.
fn freedom(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Refused => 0,
        Verdict::Review => 1,
        Verdict::Permitted => 2,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn an_objection_never_makes_anything_freer(
        rest in rest(),
        consents in prop::collection::vec(consent(), 0..3),
        objections in prop::collection::vec(objection(), 0..3),
        ask in ask(),
        on in day(),
    ) {
        let without = Facts {
            consents: &consents,
            objections: &objections[..objections.len().saturating_sub(1)],
            ..rest
        };
        let with = Facts { objections: &objections, ..without };
        let (before, after) = (decide(&without, &ask, on), decide(&with, &ask, on));
        prop_assert!(freedom(after.verdict()) <= freedom(before.verdict()));
        prop_assert!(!after.view(on, Lang::De).citations.is_empty());
    }

    #[test]
    fn a_general_objection_without_a_newer_consent_ends_all_advertising(
        rest in rest(),
        ask in ask(),
        on in day(),
    ) {
        let objections = [Objection::general(None)];
        let facts = Facts { objections: &objections, ..rest };
        if ask.purpose.is_advertising() {
            let decision = decide(&facts, &ask, on);
            prop_assert_eq!(decision.verdict(), Verdict::Refused);
            // To ask for consent after a no would be the advertising that was objected to.
            let steps: Vec<_> = decision.next_steps().collect();
            prop_assert!(steps == [NextStep::Respect] || steps.is_empty(), "{:?}", steps);
        }
    }

    #[test]
    fn a_country_that_is_unknown_or_not_reviewed_never_yields_yes_for_advertising(
        rest in rest(),
        consents in prop::collection::vec(consent(), 0..3),
        ask in ask(),
        known in any::<bool>(),
    ) {
        let mut facts = Facts { consents: &consents, ..rest };
        facts.contact.country = known.then_some(Country::new(*b"NO"));
        if ask.purpose.is_advertising() {
            prop_assert_eq!(decide(&facts, &ask, ON).verdict(), Verdict::Refused);
        }
    }

    #[test]
    fn a_consumer_without_consent_relation_or_published_address_never_gets_electronic_mail(
        rest in rest(),
        channel in select(vec![
            Channel::Email, Channel::Sms, Channel::Messenger, Channel::PortalMessage,
        ]),
        mut ask in ask(),
    ) {
        let mut facts = rest;
        facts.contact.kind = Some(ContactKind::Consumer);
        facts.contact.address_meant_for_it = false;
        facts.relation = None;
        facts.message.mass_mailing = Some(true);
        ask.channel = channel;
        if ask.purpose.is_advertising() {
            prop_assert_ne!(decide(&facts, &ask, ON).verdict(), Verdict::Permitted);
        }
    }

    #[test]
    fn a_fact_that_is_not_known_never_makes_anything_freer(
        rest in rest(),
        consents in prop::collection::vec(consent(), 0..3),
        ask in ask(),
        on in day(),
        which in option::of(0..FORGETTING.len()),
    ) {
        let known = Facts { consents: &consents, ..rest };
        // A withdrawal is a no, and forgetting a no does make freer.
        let withdrawn: Vec<_> =
            consents.iter().filter(|consent| consent.withdrawn_on.is_some()).copied().collect();
        let mut unknown = known;
        match which {
            Some(which) => FORGETTING[which](&mut unknown),
            None => unknown.consents = &withdrawn,
        }
        let (before, after) = (decide(&known, &ask, on), decide(&unknown, &ask, on));
        prop_assert!(freedom(after.verdict()) <= freedom(before.verdict()));
    }

    #[test]
    fn a_purpose_outside_the_register_is_never_permitted(
        rest in rest(),
        consents in prop::collection::vec(consent(), 0..3),
        ask in ask(),
    ) {
        let facts = Facts { consents: &consents, activity: None, ..rest };
        prop_assert_eq!(decide(&facts, &ask, ON).verdict(), Verdict::Refused);
    }
}

#[test]
fn nothing_known_is_a_refusal_for_every_kind_of_advertising() {
    for purpose in Purpose::ALL
        .into_iter()
        .filter(|purpose| purpose.is_advertising())
    {
        for channel in Channel::ALL {
            let facts = Facts {
                activity: Some(Activity::FITTING),
                ..Facts::default()
            };
            let decision = decide(&facts, &Ask::new(purpose, channel), ON);
            assert_eq!(decision.verdict(), Verdict::Refused, "{purpose} {channel}");
            assert!(
                decision.next_steps().next().is_some(),
                "{purpose} {channel}"
            );
        }
    }
}
