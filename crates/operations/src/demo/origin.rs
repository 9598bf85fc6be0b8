//! Where the people of the sample list come from.

use law::facts::Source;

/// One way onto the list.
pub(super) struct Origin {
    pub(super) way: Way,
    /// How many of a hundred contacts came this way.
    pub(super) share: u32,
    pub(super) source: Source,
    /// In the firm's own words; a trade fair adds its year.
    pub(super) text: &'static str,
    pub(super) consumer: bool,
    /// Between how many and how many days ago.
    pub(super) days_ago: (i32, i32),
    /// How many of a hundred got the information of Art. 13 or 14 GDPR.
    pub(super) informed: u32,
    /// How many of a hundred firms tell whether a legal or a natural person stands behind them.
    pub(super) subscriber_known: u32,
    /// How many of a hundred are mailboxes that name nobody.
    pub(super) impersonal: u32,
    /// How many of a hundred have a note.
    pub(super) note: u32,
    pub(super) reach: Reach,
}

/// How many of a hundred left which address.
pub(super) struct Reach {
    pub(super) email: u32,
    pub(super) phone: u32,
    pub(super) mobile: u32,
    pub(super) post: u32,
}

/// What kind of past goes with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Enquiry,
    SignUp,
    TradeFair,
    AddressList,
    OldExport,
    Referral,
    Directory,
    Imprint,
    Customer,
    PartsBuyer,
}

const fn reach(email: u32, phone: u32, mobile: u32, post: u32) -> Reach {
    Reach {
        email,
        phone,
        mobile,
        post,
    }
}

pub(super) static ORIGINS: [Origin; 10] = [
    Origin {
        way: Way::Enquiry,
        share: 18,
        source: Source::Person,
        text: "Kontaktformular der Website",
        consumer: false,
        days_ago: (3, 700),
        informed: 96,
        subscriber_known: 80,
        impersonal: 3,
        note: 60,
        reach: reach(100, 60, 8, 35),
    },
    Origin {
        way: Way::SignUp,
        share: 10,
        source: Source::Person,
        text: "Anmeldung zum Newsletter auf der Website",
        consumer: false,
        days_ago: (1, 900),
        informed: 100,
        subscriber_known: 60,
        impersonal: 4,
        note: 0,
        reach: reach(100, 6, 0, 4),
    },
    Origin {
        way: Way::TradeFair,
        share: 17,
        source: Source::Person,
        text: "Visitenkarte, Fachmesse Metall und Maschine",
        consumer: false,
        days_ago: (0, 0),
        informed: 55,
        subscriber_known: 85,
        impersonal: 2,
        note: 70,
        reach: reach(96, 85, 25, 90),
    },
    Origin {
        way: Way::AddressList,
        share: 11,
        source: Source::AddressDealer,
        text: "Adressliste „Fertigungsbetriebe“, gekauft von der Adressen Beispiel GmbH",
        consumer: false,
        days_ago: (40, 400),
        informed: 25,
        subscriber_known: 55,
        impersonal: 25,
        note: 0,
        reach: reach(70, 80, 0, 100),
    },
    Origin {
        way: Way::OldExport,
        share: 10,
        source: Source::Other,
        text: "Export aus dem früheren CRM",
        consumer: false,
        days_ago: (950, 2600),
        informed: 15,
        subscriber_known: 40,
        impersonal: 8,
        note: 15,
        reach: reach(86, 75, 5, 85),
    },
    Origin {
        way: Way::Referral,
        share: 5,
        source: Source::Referral,
        text: "Empfehlung eines Kunden",
        consumer: false,
        days_ago: (5, 500),
        informed: 35,
        subscriber_known: 70,
        impersonal: 2,
        note: 50,
        reach: reach(80, 75, 10, 30),
    },
    Origin {
        way: Way::Directory,
        share: 4,
        source: Source::Directory,
        text: "Branchenverzeichnis",
        consumer: false,
        days_ago: (20, 600),
        informed: 15,
        subscriber_known: 70,
        impersonal: 50,
        note: 0,
        reach: reach(45, 100, 0, 100),
    },
    Origin {
        way: Way::Imprint,
        share: 5,
        source: Source::Website,
        text: "Impressum der Website des Unternehmens",
        consumer: false,
        days_ago: (10, 500),
        informed: 15,
        subscriber_known: 90,
        impersonal: 55,
        note: 10,
        reach: reach(100, 85, 0, 100),
    },
    Origin {
        way: Way::Customer,
        share: 14,
        source: Source::Person,
        text: "Bestellung",
        consumer: false,
        days_ago: (10, 1500),
        informed: 90,
        subscriber_known: 95,
        impersonal: 4,
        note: 30,
        reach: reach(97, 90, 25, 100),
    },
    Origin {
        way: Way::PartsBuyer,
        share: 6,
        source: Source::Person,
        text: "Bestellung im Ersatzteil-Shop",
        consumer: true,
        days_ago: (4, 1000),
        informed: 95,
        subscriber_known: 100,
        impersonal: 0,
        note: 0,
        reach: reach(98, 40, 25, 100),
    },
];
