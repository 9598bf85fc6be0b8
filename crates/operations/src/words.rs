//! The numbers under which words of the law are stored. A number, once given, is never reused.

use law::facts::{BlockList, ContactKind, InterestGround, Proof, RelationKind, Source, Subscriber};
use law::gdpr::art07::Defects;
use law::{Channel, ChannelSet};

use crate::Error;

/// Makes the two directions of a list of numbers for a word of the law.
macro_rules! numbers {
    ($to:ident, $from:ident, $what:literal, $type:ty { $($number:literal => $word:path),* $(,)? }) => {
        pub(crate) const fn $to(word: $type) -> i16 {
            match word { $($word => $number),* }
        }

        pub(crate) fn $from(number: i16) -> Result<$type, Error> {
            match number {
                $($number => Ok($word),)*
                _ => Err(Error::Stored($what)),
            }
        }
    };
}

numbers!(kind_number, kind, "contact kind", ContactKind {
    1 => ContactKind::Consumer,
    2 => ContactKind::Business,
});

numbers!(source_number, source, "source", Source {
    1 => Source::Person,
    2 => Source::Website,
    3 => Source::Directory,
    4 => Source::PublicRegister,
    5 => Source::AddressDealer,
    6 => Source::SocialNetwork,
    7 => Source::Referral,
    8 => Source::Other,
});

numbers!(proof_number, proof, "proof", Proof {
    0 => Proof::None,
    1 => Proof::SingleOptIn,
    2 => Proof::DoubleOptInPending,
    3 => Proof::DoubleOptInCompleted,
    4 => Proof::SmsCode,
    5 => Proof::Recorded,
    6 => Proof::Written,
    7 => Proof::CustomerAccount,
});

numbers!(relation_number, relation, "relation", RelationKind {
    1 => RelationKind::Purchase,
    2 => RelationKind::FreeAccount,
    3 => RelationKind::FreeService,
    4 => RelationKind::Inquiry,
    5 => RelationKind::OtherCompany,
});

numbers!(ground_number, ground, "circumstance", InterestGround {
    1 => InterestGround::JobChangeNotice,
    2 => InterestGround::CurrentBusinessRelation,
    3 => InterestGround::ContactAsked,
    4 => InterestGround::Other,
    5 => InterestGround::PublishedNumber,
    6 => InterestGround::FreeDirectoryEntry,
    7 => InterestGround::SameIndustry,
    8 => InterestGround::GeneralUsefulness,
    9 => InterestGround::LowPrice,
});

numbers!(block_list_number, block_list, "kind of a suppression list", BlockList {
    1 => BlockList::Own,
    2 => BlockList::Robinson,
    3 => BlockList::Ecg,
});

/// The stored number of a source by its name.
pub(crate) fn source_named(name: &str) -> Option<i16> {
    (1..=8).find(|number| source(*number).is_ok_and(|source| source_name(source) == name))
}

/// The stored number of data that the person gave.
pub(crate) const SOURCE_PERSON: i16 = source_number(Source::Person);

pub(crate) const fn kind_name(kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Consumer => "consumer",
        ContactKind::Business => "business",
    }
}

pub(crate) const fn source_name(source: Source) -> &'static str {
    match source {
        Source::Person => "person",
        Source::Website => "website",
        Source::Directory => "directory",
        Source::PublicRegister => "public_register",
        Source::AddressDealer => "address_dealer",
        Source::SocialNetwork => "social_network",
        Source::Referral => "referral",
        Source::Other => "other",
    }
}

const SUBSCRIBER_UNKNOWN: i16 = 0;
const SUBSCRIBER_LEGAL: i16 = 1;
const SUBSCRIBER_NATURAL: i16 = 2;

pub(crate) const fn subscriber_number(subscriber: Option<Subscriber>) -> i16 {
    match subscriber {
        None => SUBSCRIBER_UNKNOWN,
        Some(Subscriber::LegalPerson) => SUBSCRIBER_LEGAL,
        Some(Subscriber::NaturalPerson) => SUBSCRIBER_NATURAL,
    }
}

pub(crate) fn subscriber(number: i16) -> Result<Option<Subscriber>, Error> {
    match number {
        SUBSCRIBER_UNKNOWN => Ok(None),
        SUBSCRIBER_LEGAL => Ok(Some(Subscriber::LegalPerson)),
        SUBSCRIBER_NATURAL => Ok(Some(Subscriber::NaturalPerson)),
        _ => Err(Error::Stored("subscriber")),
    }
}

pub(crate) fn channels(bits: u32) -> Result<ChannelSet, Error> {
    let bits = u16::try_from(bits).ok().and_then(ChannelSet::from_bits);
    bits.ok_or(Error::Stored("channel set"))
}

pub(crate) const fn channel_number(channel: Channel) -> i16 {
    channel as i16
}

pub(crate) fn channel(number: i16) -> Option<Channel> {
    let mut all = Channel::ALL.into_iter();
    all.find(|channel| channel_number(*channel) == number)
}

/// Why an address is suppressed. The numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i16)]
pub(crate) enum SuppressedFor {
    /// The person was erased; a later list must not bring the person back.
    Erasure = 1,
    /// The person objected.
    Objection = 2,
}

const EXPLICIT: u64 = 1 << 32;
const BY_PARENT: u64 = 1 << 33;

/// What the law found of a consent, as one stored number.
pub(crate) fn judged_bits(defects: Defects, explicit: bool, by_parent: bool) -> u64 {
    u64::from(defects.bits())
        | if explicit { EXPLICIT } else { 0 }
        | if by_parent { BY_PARENT } else { 0 }
}

/// Defects, explicit, by a parent.
pub(crate) fn judged(bits: u64) -> Result<(Defects, bool, bool), Error> {
    let known = u64::from(u32::MAX) | EXPLICIT | BY_PARENT;
    let defects = u32::try_from(bits & u64::from(u32::MAX))
        .ok()
        .and_then(Defects::from_bits);
    match defects {
        Some(defects) if bits & !known == 0 => {
            Ok((defects, bits & EXPLICIT != 0, bits & BY_PARENT != 0))
        }
        _ => Err(Error::Stored("consent")),
    }
}

pub(crate) const fn proof_name(proof: Proof) -> &'static str {
    match proof {
        Proof::None => "none",
        Proof::SingleOptIn => "single_opt_in",
        Proof::DoubleOptInPending => "double_opt_in_pending",
        Proof::DoubleOptInCompleted => "double_opt_in_completed",
        Proof::SmsCode => "sms_code",
        Proof::Recorded => "recorded",
        Proof::Written => "written",
        Proof::CustomerAccount => "customer_account",
    }
}

/// What is known of a contact's addresses, as bits of one stored number.
pub(crate) mod flag {
    pub(crate) const ADDRESS_NAMED: u64 = 1;
    pub(crate) const ADDRESS_IMPERSONAL: u64 = 1 << 1;
    pub(crate) const NUMBER_LANDLINE: u64 = 1 << 2;
    pub(crate) const NUMBER_MOBILE: u64 = 1 << 3;
    pub(crate) const SCREENED_LISTED: u64 = 1 << 4;
    pub(crate) const SCREENED_CLEAR: u64 = 1 << 5;
    pub(crate) const HAS_EMAIL: u64 = 1 << 6;
    pub(crate) const HAS_PHONE: u64 = 1 << 7;
    pub(crate) const HAS_POST: u64 = 1 << 8;
    pub(crate) const HAS_FAX: u64 = 1 << 9;
    /// Mail to the first e-mail address came back for good.
    pub(crate) const EMAIL_UNDELIVERABLE: u64 = 1 << 10;
}

#[cfg(test)]
mod tests {
    use super::*;
    use law::gdpr::art07::Defect;

    #[test]
    fn stored_judgements_read_back() {
        let defects = Defects::EMPTY.with(Defect::ALL[0]).with(Defect::ALL[21]);
        for (explicit, parent) in [(false, false), (true, false), (false, true), (true, true)] {
            let bits = judged_bits(defects, explicit, parent);
            assert_eq!(judged(bits).unwrap(), (defects, explicit, parent));
        }
        assert!(judged(1 << 40).is_err());
    }

    #[test]
    fn an_unknown_number_is_an_error_not_a_guess() {
        assert!(kind(0).is_err() && source(0).is_err() && proof(99).is_err());
        assert!(relation(0).is_err() && ground(0).is_err() && subscriber(3).is_err());
    }
}
