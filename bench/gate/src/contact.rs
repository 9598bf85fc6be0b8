//! The contacts that are asked about: every combination of the facts that the rule reads.
//!
//! The rule is the German one for direct marketing by e-mail, phone and post. Each contact has at
//! most one consent and one objection, since Cedar can't look for one in a list.

/// How the contact is to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Email,
    Phone,
    Post,
}

pub const CHANNELS: [Channel; 3] = [Channel::Email, Channel::Phone, Channel::Post];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    SingleOptIn,
    DoubleOptIn,
    SmsCode,
    Written,
}

/// Days are numbers of days since 2025-01-01.
#[derive(Clone, Copy, Debug)]
pub struct Consent {
    pub channels: &'static [Channel],
    pub proof: Proof,
    pub given: u8,
    pub withdrawn: bool,
}

#[derive(Clone, Copy, Debug)]
pub struct Objection {
    pub channels: &'static [Channel],
    pub raised: u8,
}

/// The conditions of the existing-customer rule, UWG § 7(3).
#[derive(Clone, Copy, Debug)]
pub struct Customer {
    pub address_from_sale: bool,
    pub own_products: bool,
    pub similar_products: bool,
    pub notice_at_collection: bool,
}

/// Why a business is presumed to consent to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interest {
    BusinessRelation,
    PublishedNumber,
}

#[derive(Clone, Copy, Debug)]
pub struct Contact {
    pub business: bool,
    pub consent: Option<Consent>,
    pub objection: Option<Objection>,
    pub customer: Option<Customer>,
    pub interest: Option<Interest>,
}

const CHANNEL_LISTS: [&[Channel]; 4] = [
    &[Channel::Email],
    &[Channel::Phone],
    &[Channel::Post],
    &CHANNELS,
];

/// Every contact that differs from the others, in an order without a pattern.
pub fn all() -> Vec<Contact> {
    let mut contacts = Vec::new();
    for business in [false, true] {
        for consent in consents() {
            for objection in objections() {
                for customer in customers() {
                    for interest in [
                        None,
                        Some(Interest::BusinessRelation),
                        Some(Interest::PublishedNumber),
                    ] {
                        contacts.push(Contact {
                            business,
                            consent,
                            objection,
                            customer,
                            interest,
                        });
                    }
                }
            }
        }
    }
    shuffle(&mut contacts);
    contacts
}

fn consents() -> Vec<Option<Consent>> {
    let mut consents = vec![None];
    for channels in CHANNEL_LISTS {
        for proof in [
            Proof::SingleOptIn,
            Proof::DoubleOptIn,
            Proof::SmsCode,
            Proof::Written,
        ] {
            for withdrawn in [false, true] {
                consents.push(Some(Consent {
                    channels,
                    proof,
                    given: 100,
                    withdrawn,
                }));
            }
        }
    }
    consents
}

/// None, a general one before or after the consent, and one against e-mail alone.
fn objections() -> [Option<Objection>; 4] {
    let objection = |channels, raised| Some(Objection { channels, raised });
    [
        None,
        objection(&CHANNELS, 50),
        objection(&CHANNELS, 150),
        objection(&[Channel::Email], 150),
    ]
}

fn customers() -> Vec<Option<Customer>> {
    let met = |bits: u8| Customer {
        address_from_sale: bits & 1 != 0,
        own_products: bits & 2 != 0,
        similar_products: bits & 4 != 0,
        notice_at_collection: bits & 8 != 0,
    };
    std::iter::once(None)
        .chain((0..16).map(|bits| Some(met(bits))))
        .collect()
}

/// Fisher-Yates with the numbers of Knuth's MMIX generator, the same at every run.
pub fn shuffle<T>(items: &mut [T]) {
    let mut state = 1_u64;
    for last in (1..items.len()).rev() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let chosen = usize::try_from(state >> 33).unwrap_or_default() % (last + 1);
        items.swap(last, chosen);
    }
}
