//! Invented people, firms and places for the sample list. Family names are rare or made up, so that
//! no sample is called like somebody known. Telephone numbers come from the ranges that the
//! German and the French regulator keep for films; the other countries keep none.

use jiff::civil::Date;
use law::Country;

/// The raw material for one country's contacts. Lists are separated by a comma and a blank.
pub(super) struct Locale {
    pub(super) country: Country,
    /// How many of a hundred contacts come from here.
    pub(super) share: u32,
    pub(super) women: &'static str,
    pub(super) men: &'static str,
    /// Family names; Polish ones in the form for men.
    pub(super) family: &'static str,
    pub(super) towns: &'static [Town],
    pub(super) streets: &'static str,
    /// What firms do, as the second part of their name.
    pub(super) trades: &'static str,
    pub(super) legal_forms: &'static [LegalForm],
    pub(super) titles: &'static str,
    pub(super) mobile: &'static [&'static str],
    /// Mailboxes of a firm that name nobody.
    pub(super) shared_mailboxes: &'static str,
    /// Domains where private persons have a mailbox.
    pub(super) private_domains: &'static str,
    /// ISO 639-1 code of the language to write in.
    pub(super) language: &'static str,
}

/// A town with the numbers of its telephone lines: each `#` stands for a digit. Empty if no
/// number of the town is kept for films.
pub(super) struct Town {
    pub(super) postcode: &'static str,
    pub(super) name: &'static str,
    pub(super) lines: &'static str,
}

const fn town(postcode: &'static str, name: &'static str, lines: &'static str) -> Town {
    Town {
        postcode,
        name,
        lines,
    }
}

/// A legal form, and whether a natural person stands behind the firm's lines and mailboxes;
/// `None` where the form does not tell.
pub(super) struct LegalForm {
    pub(super) name: &'static str,
    pub(super) natural_person: Option<bool>,
}

const fn body(name: &'static str) -> LegalForm {
    LegalForm {
        name,
        natural_person: Some(false),
    }
}

const fn trader(name: &'static str) -> LegalForm {
    LegalForm {
        name,
        natural_person: Some(true),
    }
}

const fn partnership(name: &'static str) -> LegalForm {
    LegalForm {
        name,
        natural_person: None,
    }
}

const GERMAN_TRADES: &str = "Metallbau, Fördertechnik, Werkzeugbau, Präzisionsteile, \
    Antriebstechnik, Anlagenbau, Blechtechnik, Hydraulik, Kunststofftechnik, Automation, \
    Gießerei, Zerspanung, Oberflächentechnik, Verpackungstechnik, Landtechnik, Messtechnik, \
    Schweißtechnik, Holzbearbeitung, Lagertechnik, Pumpen, Formenbau, Drehteile, Stahlbau, \
    Vorrichtungsbau";

/// What people do, as the firm's CRM has it.
pub(super) const POSITIONS: &str = "Einkauf, Leitung Einkauf, Geschäftsführung, Technische \
    Leitung, Produktionsleitung, Instandhaltung, Konstruktion, Qualitätssicherung, \
    Arbeitsvorbereitung, Vertrieb, Assistenz der Geschäftsführung, Werkleitung";

/// What a talk was about.
pub(super) const TOPICS: &str = "5-Achs-Bearbeitung, Ersatz einer Portalfräsmaschine, \
    Ersatzteile für die Frässpindel, Wartung vor Ort, Schulung der Bediener, automatische \
    Beladung, Nachrüstung der Steuerung, Fräsen von Aluminium";

/// The day in the list's own spelling, for example `3.9.2026`.
pub(super) fn german_day(day: Date) -> String {
    format!("{}.{}.{}", day.day(), day.month(), day.year())
}

pub(super) static LOCALES: [Locale; 6] = [
    Locale {
        country: Country::DE,
        share: 62,
        women: "Anna, Carla, Elif, Gisela, Ines, Käthe, Miriam, Olga, Renate, Tanja, Vera, \
            Yasemin, Birgit, Dörte, Franziska, Heike, Jana, Kerstin, Larissa, Maren, Nadine, \
            Petra, Silke, Ulrike",
        men: "Bernd, Dieter, Friedrich, Hannes, Jörg, Lukas, Norbert, Philipp, Stefan, Uwe, \
            Wolfgang, Jürgen, Andreas, Cem, Emre, Georg, Holger, Ingo, Jens, Kai, Matthias, \
            Oliver, Rainer, Torsten, Volker",
        family: "Abelmann, Brückental, Carstmann, Dörflinghaus, Eilermann, Fürstner, Grünhagel, \
            Hölzner, Immich, Jäckelmann, Köhnhold, Lüdersen, Mößmer, Nägelin, Oehlmeier, \
            Pfändler, Querfurt, Rößlinger, Sauerwein, Tümmler, Uhlendahl, Vögtmann, \
            Weißenhorst, Zöllmann, Yıldırımoğlu, Großkopp, Bäumlein, Hünerfeld, Ahrenkiel, \
            Bröckelmann, Dettenbach, Faßbinder, Gehrlinger, Hasselbrook, Kleinhempel, \
            Mühlensiep, Rautenstengel, Schlüterkamp, Steinhöfel, Wittekamp",
        towns: &[
            town("10115", "Berlin", "+49 30 23125-###"),
            town("13355", "Berlin", "+49 30 23125-###"),
            town("60311", "Frankfurt am Main", "+49 69 90009-###"),
            town("60386", "Frankfurt am Main", "+49 69 90009-###"),
            town("20095", "Hamburg", "+49 40 66969-###"),
            town("22761", "Hamburg", "+49 40 66969-###"),
            town("50667", "Köln", "+49 221 4710-###"),
            town("51063", "Köln", "+49 221 4710-###"),
            town("80331", "München", "+49 89 99998-###"),
            town("81379", "München", "+49 89 99998-###"),
            town("35390", "Gießen", ""),
            town("34117", "Kassel", ""),
            town("70173", "Stuttgart", ""),
            town("90402", "Nürnberg", ""),
            town("33602", "Bielefeld", ""),
            town("09111", "Chemnitz", ""),
        ],
        streets: "Industriestraße, Am Güterbahnhof, Gewerbering, Werkstraße, Gießereistraße, \
            Mühlweg, Lindenstraße, Hüttenweg",
        trades: GERMAN_TRADES,
        legal_forms: &[
            body("GmbH"),
            body("GmbH"),
            body("GmbH & Co. KG"),
            body("AG"),
            partnership("KG"),
            trader("e. K."),
        ],
        titles: "Dr., Dr.-Ing., Dipl.-Ing., Prof. Dr.",
        mobile: &["+49 171 39200##", "+49 176 040690##"],
        shared_mailboxes: "info, einkauf, kontakt, office",
        private_domains: "postfach.example, webpost.example, heimpost.example",
        language: "de",
    },
    Locale {
        country: Country::new(*b"AT"),
        share: 12,
        women: "Brigitte, Daniela, Gerlinde, Katharina, Sabine, Elfriede, Manuela, Theresa",
        men: "Alois, Christoph, Franz, Josef, Leopold, Gernot, Markus, Reinhard",
        family: "Achleitgeb, Bichlmoser, Dornbichl, Ebenhöh, Gstöttner, Hinterleitner, \
            Kröllhuber, Obermoser, Pichlhöfer, Wögerbacher, Steinwendtner, Zehethuber",
        towns: &[
            town("4020", "Linz", "+43 732 5550 ###"),
            town("8010", "Graz", "+43 316 5550 ###"),
            town("1100", "Wien", "+43 1 5550 ###"),
            town("5020", "Salzburg", "+43 662 5550 ###"),
            town("6020", "Innsbruck", "+43 512 5550 ###"),
            town("9020", "Klagenfurt", "+43 463 5550 ###"),
        ],
        streets: "Wiener Straße, Bahnhofstraße, Gewerbepark, Salzburger Straße",
        trades: GERMAN_TRADES,
        legal_forms: &[
            body("GmbH"),
            body("GmbH"),
            partnership("KG"),
            body("AG"),
            trader("e.U."),
        ],
        titles: "Mag., Dipl.-Ing., Dr., Ing.",
        mobile: &[],
        shared_mailboxes: "office, info, einkauf",
        private_domains: "hauspost.example, alpenmail.example",
        language: "de",
    },
    Locale {
        country: Country::new(*b"CH"),
        share: 9,
        women: "Claudia, Fabienne, Nadja, Ursina, Corinne, Seraina",
        men: "Beat, Jürg, Reto, Urs, Andri, Marcel",
        family: "Aebersegg, Brüggisser, Cadruvi, Gerberich, Hänsenberger, Imbodmer, \
            Rüegsegger, Zbindegger",
        towns: &[
            town("8005", "Zürich", "+41 44 555 0# ##"),
            town("3008", "Bern", "+41 31 555 0# ##"),
            town("9000", "St. Gallen", "+41 71 555 0# ##"),
            town("4051", "Basel", "+41 61 555 0# ##"),
            town("6003", "Luzern", "+41 41 555 0# ##"),
        ],
        streets: "Hardstrasse, Industriestrasse, Seestrasse, Bahnhofstrasse",
        trades: "Metallbau, Werkzeugbau, Präzisionsteile, Antriebstechnik, Anlagenbau, \
            Hydraulik, Automation, Zerspanung, Messtechnik, Formenbau, Verpackungstechnik, \
            Uhrenteile",
        legal_forms: &[body("AG"), body("AG"), body("GmbH")],
        titles: "Dr., dipl. Ing. FH",
        mobile: &[],
        shared_mailboxes: "info, office, kontakt",
        private_domains: "bergpost.example",
        language: "de",
    },
    Locale {
        country: Country::new(*b"FR"),
        share: 7,
        women: "Amélie, Céline, Hélène, Noémie, Sandrine, Aurélie",
        men: "Benoît, Étienne, Jérôme, Loïc, Thibault, Pascal",
        family: "Aubertin, Beaulaurent, Charpenay, Delacombe, Faucherand, Lefournier, \
            Marchandeau, Rousselin",
        towns: &[
            town("67000", "Strasbourg", "+33 3 53 01 0# ##"),
            town("69003", "Lyon", "+33 4 65 71 0# ##"),
            town("59000", "Lille", "+33 3 53 01 1# ##"),
            town("57000", "Metz", "+33 3 53 01 2# ##"),
        ],
        streets: "rue de l’Industrie, avenue de la Gare, rue des Forges",
        trades: "Mécanique, Usinage, Tôlerie, Hydraulique, Outillage, Fonderie, \
            Chaudronnerie, Décolletage",
        legal_forms: &[body("SARL"), body("SAS"), body("SA")],
        titles: "Dr.",
        mobile: &[],
        shared_mailboxes: "contact, achats",
        private_domains: "courrier.example",
        language: "fr",
    },
    Locale {
        country: Country::new(*b"NL"),
        share: 6,
        women: "Anouk, Femke, Lotte, Marieke, Sanne",
        men: "Bram, Daan, Joost, Maarten, Wouter",
        family: "Bakhuijzer, van den Elsakker, de Roodenburgh, Hoekzema, Kuiperink, Zijlmans, \
            van der Weidenaar, Ten Hagedoorn",
        towns: &[
            town("5611 AA", "Eindhoven", "+31 40 555 0###"),
            town("7511 AB", "Enschede", "+31 53 555 0###"),
            town("3011 AA", "Rotterdam", "+31 10 555 0###"),
        ],
        streets: "Industrieweg, Havenkade, Stationsplein",
        trades: "Metaalbouw, Machinebouw, Techniek, Gereedschappen, Hydrauliek, Aandrijftechniek",
        legal_forms: &[body("BV"), body("BV"), body("NV"), trader("VOF")],
        titles: "ir., drs.",
        mobile: &[],
        shared_mailboxes: "info, inkoop",
        private_domains: "thuispost.example",
        language: "nl",
    },
    Locale {
        country: Country::new(*b"PL"),
        share: 4,
        women: "Agnieszka, Ewa, Małgorzata, Zofia",
        men: "Bartosz, Łukasz, Paweł, Wojciech",
        family: "Brzostowiecki, Gąsiewicz, Wyrębski, Śledzianowski, Łopatecki, Żurawicz",
        towns: &[
            town("50-001", "Wrocław", "+48 71 555 0# ##"),
            town("61-001", "Poznań", "+48 61 555 0# ##"),
            town("40-001", "Katowice", "+48 32 555 0# ##"),
        ],
        streets: "ul. Fabryczna, ul. Przemysłowa, ul. Dworcowa",
        trades: "Obróbka Metali, Narzędzia, Hydraulika, Automatyka, Odlewnia, Spawalnictwo",
        legal_forms: &[body("sp. z o.o."), body("S.A."), trader("s.c.")],
        titles: "dr inż., mgr inż.",
        mobile: &[],
        shared_mailboxes: "biuro, info",
        private_domains: "poczta.example",
        language: "pl",
    },
];
