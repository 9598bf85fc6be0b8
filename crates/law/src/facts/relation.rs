//! What links the contact to the organisation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the relation came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// Goods or services were sold to the contact.
    #[serde(alias = "contract", alias = "customer")]
    Purchase,
    /// A free account that is the gateway to a paid offer: a sale in the sense of Directive
    /// 2002/58 Art. 13(2) (CJEU C-654/23 Inteligo).
    FreeAccount,
    /// A purely informational free service: left open by the courts.
    FreeService,
    /// Negotiations or an enquiry without a contract.
    Inquiry,
    /// Only with somebody else: a former employer, a sister company, a partner.
    OtherCompany,
}

/// What links the contact to the organisation. `None` in a field means not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relation {
    /// How it came about.
    pub kind: RelationKind,
    /// It is running now.
    pub current: bool,
    /// The electronic address was obtained from the customer in connection with the sale.
    pub address_from_sale: Option<bool>,
    /// What is advertised is the organisation's own.
    pub own_products: Option<bool>,
    /// What is advertised is similar to what was sold.
    pub similar_products: Option<bool>,
    /// The right to object was pointed out when the address was collected.
    pub notice_at_collection: Option<bool>,
    /// The right to object is pointed out in every message; `None` makes it a duty.
    pub notice_in_message: Option<bool>,
}

/// Which condition of the existing-customer rule is not met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortfall {
    /// No relation with this organisation.
    NoRelation,
    /// An enquiry without a sale.
    InquiryOnly,
    /// A free service that leads to no paid offer.
    FreeServiceOnly,
    /// The address was not obtained in a sale, or nobody knows.
    AddressNotFromSale,
    /// Not own and similar goods, or nobody knows.
    NotOwnAndSimilar,
    /// No notice at collection, or nobody knows.
    NoticeMissing,
    /// The message carries no notice.
    NoticeMissingInMessage,
}

impl Relation {
    /// A relation of this kind of which nothing else is known.
    pub const fn new(kind: RelationKind) -> Self {
        Self {
            kind,
            current: false,
            address_from_sale: None,
            own_products: None,
            similar_products: None,
            notice_at_collection: None,
            notice_in_message: None,
        }
    }

    /// The first condition of Directive 2002/58 Art. 13(2) that is not met, objections apart;
    /// `None` if all are. All are needed together.
    pub const fn shortfall(&self) -> Option<Shortfall> {
        match self.kind {
            RelationKind::OtherCompany => return Some(Shortfall::NoRelation),
            RelationKind::Inquiry => return Some(Shortfall::InquiryOnly),
            RelationKind::FreeService => return Some(Shortfall::FreeServiceOnly),
            RelationKind::Purchase | RelationKind::FreeAccount => {}
        }
        if !matches!(self.address_from_sale, Some(true)) {
            return Some(Shortfall::AddressNotFromSale);
        }
        if !matches!(
            (self.own_products, self.similar_products),
            (Some(true), Some(true))
        ) {
            return Some(Shortfall::NotOwnAndSimilar);
        }
        if !matches!(self.notice_at_collection, Some(true)) {
            return Some(Shortfall::NoticeMissing);
        }
        if matches!(self.notice_in_message, Some(false)) {
            return Some(Shortfall::NoticeMissingInMessage);
        }
        None
    }

    /// A current customer who is offered something own and similar to what runs.
    pub(crate) const fn matches_offer(self) -> bool {
        self.current && self.is_own_customer() && matches!(self.similar_products, Some(true))
    }

    /// Whether goods or services were sold by this organisation.
    pub(crate) const fn is_own_customer(self) -> bool {
        matches!(self.kind, RelationKind::Purchase)
    }
}
