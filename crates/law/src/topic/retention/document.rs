//! Kinds of documents, and which class of HGB § 257 and AO § 147 each belongs to.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::ao::s147::Class;

/// A kind of document; German names are taken, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Document {
    /// Account books and records (Handelsbücher, Aufzeichnungen): 10 years.
    #[serde(alias = "handelsbuch", alias = "books", alias = "buchhaltung")]
    Book,
    /// Inventory: 10 years.
    #[serde(alias = "inventar")]
    Inventory,
    /// Opening balance, annual statement, management report: 10 years.
    #[serde(
        alias = "jahresabschluss",
        alias = "balance_sheet",
        alias = "annual statement"
    )]
    AnnualStatement,
    /// Instructions needed to understand the books (Verfahrensdokumentation): 10 years.
    #[serde(alias = "verfahrensdokumentation", alias = "instructions")]
    WorkInstruction,
    /// Customs papers under AO § 147(1) Nr. 4a: 10 years.
    #[serde(rename = "customs_document", alias = "zollunterlage")]
    CustomsPaper,
    /// An invoice, sent or received: 8 years.
    #[serde(
        alias = "rechnung",
        alias = "outgoing_invoice",
        alias = "incoming_invoice",
        alias = "outgoing invoice",
        alias = "incoming invoice"
    )]
    Invoice,
    /// Another booking voucher (Buchungsbeleg), such as bank statements: 8 years.
    #[serde(
        alias = "buchungsbeleg",
        alias = "booking voucher",
        alias = "bank_statement",
        alias = "kontoauszug"
    )]
    BookingVoucher,
    /// A commercial or business letter, received or sent, e-mail included (offer, order,
    /// confirmation, contract): 6 years.
    #[serde(
        alias = "geschaeftsbrief",
        alias = "geschäftsbrief",
        alias = "handelsbrief",
        alias = "business letter",
        alias = "commercial_letter",
        alias = "offer",
        alias = "order_confirmation",
        alias = "contract"
    )]
    BusinessLetter,
    /// Another document that matters for tax: 6 years.
    #[serde(
        rename = "other_tax_document",
        alias = "other tax document",
        alias = "steuerunterlage"
    )]
    TaxPaper,
    /// A delivery note that is no booking voucher: no duty once the invoice is there.
    #[serde(alias = "lieferschein")]
    DeliveryNote,
    /// Documents of an applicant.
    #[serde(alias = "bewerbung", alias = "application")]
    ApplicationDocuments,
    /// Proof of a consumer's consent to advertising calls (UWG § 7a).
    #[serde(alias = "telefoneinwilligung")]
    CallConsentProof,
    /// Proof of another consent, for example to e-mail.
    #[serde(alias = "einwilligungsnachweis")]
    ConsentProof,
    /// Papers kept for a civil claim.
    #[serde(alias = "anspruch", alias = "civil_claim")]
    Claim,
    /// Marketing data, notes and anything else without a statutory period.
    #[serde(alias = "marketing_data", alias = "other")]
    None,
}

impl Document {
    /// The class for commercial and tax law, if they ask to keep it.
    pub(super) const fn class(self) -> Option<Class> {
        match self {
            Self::Book
            | Self::Inventory
            | Self::AnnualStatement
            | Self::WorkInstruction
            | Self::CustomsPaper => Some(Class::Books),
            Self::Invoice | Self::BookingVoucher => Some(Class::Vouchers),
            Self::BusinessLetter | Self::TaxPaper => Some(Class::Letters),
            Self::DeliveryNote
            | Self::ApplicationDocuments
            | Self::CallConsentProof
            | Self::ConsentProof
            | Self::Claim
            | Self::None => None,
        }
    }
}
