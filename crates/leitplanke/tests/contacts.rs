//! Contacts on the command line: taken in, asked about, consenting, objecting, erased.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod office;

use office::{Office, in_each_empty_place, in_each_office};

const LIST: &str = "Anrede;Vorname;Nachname;Firma;E-Mail;Telefon;Straße;PLZ;Ort\r\n\
    Frau;Jördis;Grünhagel;\"Grünhagel\r\nSöhne GmbH\";joerdis@gruenhagel.example;0641 5550101;Werkstraße 1;35390;Gießen\r\n\
    Herr;Käthe;Löffler;Löffler AG;\"kaethe@loeffler.example, zwei@loeffler.example\";;Am Weg 2;34117;Kassel\r\n\
    Herr;;Ohne;;kaputt@;;;;\r\n";
const JOERDIS: &str = "joerdis@gruenhagel.example";

#[test]
fn a_list_is_taken_in_its_bad_row_set_aside_and_twice_changes_nothing() {
    in_each_office(|office| {
        let first = office.imports(LIST);
        assert_eq!(
            (&first["rows"], &first["added"], &first["rejected"]),
            (&3.into(), &2.into(), &1.into())
        );
        let rejects = std::fs::read_to_string(first["rejects"].as_str().unwrap()).unwrap();
        assert!(
            rejects.contains("kaputt@") && rejects.contains("domain"),
            "{rejects}"
        );
        let again = office.imports(LIST);
        assert_eq!(
            (&again["added"], &again["known"]),
            (&0.into(), &2.into()),
            "{again}"
        );
    });
}

#[test]
fn people_with_a_postal_address_alone_are_known_again() {
    in_each_office(|office| {
        let list = "Vorname;Nachname;Firma;E-Mail;Straße;PLZ;Ort\n\
            Elif;Immich;Immich GmbH;kaputt@;Weg 1;34117;Kassel\n\
            Jana;Querfurt;Querfurt AG;;Am Hang 3;35390;Gießen\n";
        assert_eq!(office.imports(list)["added"], 2);
        let again = office.imports(list);
        assert_eq!(
            (&again["added"], &again["known"]),
            (&0.into(), &2.into()),
            "{again}"
        );
        let other = office.imports(&list.replace("Am Hang 3", "Am Hang 4"));
        assert_eq!(
            (&other["added"], &other["known"]),
            (&1.into(), &1.into()),
            "{other}"
        );
    });
}

#[test]
fn an_import_without_its_source_or_its_day_is_refused() {
    in_each_office(|office| {
        let file = office.file("liste.csv", LIST);
        let said = office.types(&["import", &file, "--source", "Messe"]);
        assert!(
            said.code == 2 && said.err.contains("--obtained-on"),
            "{said:?}"
        );
        let said = office.types(&["import", &file, "--obtained-on", "2026-11-02"]);
        assert!(said.code == 2 && said.err.contains("--source"), "{said:?}");
        assert!(office.does(&["doctor"]).out.contains("0 on record"));
        let args = ["--source", "Messe", "--obtained-on", "2026-11-02", "--yes"];
        let said = office.does(&[&["import", &file], &args[..]].concat());
        let columns = said.out.find("E-Mail").unwrap();
        assert!(
            columns < said.out.find("2 new contacts").unwrap(),
            "{said:?}"
        );
    });
}

#[test]
fn a_german_business_contact_without_consent_gets_letters_and_no_mail() {
    in_each_office(|office| {
        office.imports(LIST);
        let mail = office.decision(JOERDIS, "newsletter", "email");
        assert_eq!(mail["verdict"], "refused");
        assert!(
            mail["channel_law"]["citations"]
                .to_string()
                .contains("UWG § 7(2) Nr. 2")
        );
        assert_eq!(mail["next_steps"][0]["code"], "double_opt_in_email");

        let post = office.decision(JOERDIS, "post-mailings", "post");
        assert_eq!(post["verdict"], "permitted");
        assert_eq!(post["legal_basis"], "legitimate_interests");
        assert!(
            post["data_protection"]["citations"]
                .to_string()
                .contains("GDPR Art. 6(1)(f)")
        );
        assert!(
            post["duties"].to_string().contains("GDPR Art. 21(4)"),
            "{post}"
        );
    });
}

fn consents(office: &Office) -> i64 {
    let recorded = office.asks(&[
        "consent",
        "record",
        "--contact",
        JOERDIS,
        "--purpose",
        "newsletter",
        "--channel",
        "email",
        "--given-on",
        "2026-11-03",
        "--proof",
        "double-opt-in-completed",
    ]);
    recorded["entry"].as_i64().unwrap()
}

#[test]
fn consent_permits_withdrawal_ends_it_and_objection_ends_everything() {
    in_each_office(|office| {
        office.imports(LIST);
        consents(office);
        let permitted = office.decision(JOERDIS, "newsletter", "email");
        assert_eq!(
            (&permitted["verdict"], &permitted["legal_basis"]),
            (&"permitted".into(), &"consent".into())
        );
        office.does(&[
            "consent",
            "withdraw",
            "--contact",
            JOERDIS,
            "--channel",
            "email",
        ]);
        assert_eq!(office.verdict(JOERDIS, "newsletter", "email"), "refused");
        assert_eq!(
            office.verdict(JOERDIS, "post-mailings", "post"),
            "permitted"
        );

        office.does(&["object", "--contact", JOERDIS]);
        for (purpose, channel) in [
            ("newsletter", "email"),
            ("post-mailings", "post"),
            ("post-mailings", "storing"),
            ("telephone-acquisition", "phone"),
        ] {
            let decided = office.decision(JOERDIS, purpose, channel);
            assert_eq!(decided["verdict"], "refused", "{decided}");
            let steps = decided["next_steps"].as_array().unwrap();
            assert!(
                steps.iter().all(|step| step["code"] == "respect_the_will"),
                "{decided}"
            );
        }
        assert_eq!(
            office.verdict("kaethe@loeffler.example", "post-mailings", "post"),
            "permitted"
        );
    });
}

#[test]
fn sales_circumstances_and_overrules_change_what_the_gate_says() {
    in_each_office(|office| {
        office.imports(LIST);
        assert_eq!(
            office.verdict(JOERDIS, "product-information", "email"),
            "refused"
        );
        office.does(&[
            "note",
            "sale",
            "--contact",
            JOERDIS,
            "--goods",
            "spare-parts",
            "--sold-on",
            "2026-11-05",
            "--address-from-sale",
            "--notice-at-collection",
        ]);
        let sold = office.decision(JOERDIS, "product-information", "email");
        assert_eq!(sold["verdict"], "permitted", "{sold}");
        assert!(
            sold["channel_law"]["citations"]
                .to_string()
                .contains("UWG § 7(3)")
        );

        assert_eq!(
            office.verdict(JOERDIS, "telephone-acquisition", "phone"),
            "refused"
        );
        office.does(&[
            "note",
            "circumstance",
            "--contact",
            JOERDIS,
            "--purpose",
            "telephone-acquisition",
            "--kind",
            "contact-asked",
            "--text",
            "bat um Rückruf wegen der Spindel",
        ]);
        assert_eq!(
            office.verdict(JOERDIS, "telephone-acquisition", "phone"),
            "permitted"
        );

        let other = "kaethe@loeffler.example";
        let overrule = [
            "note",
            "overrule",
            "--contact",
            other,
            "--purpose",
            "newsletter",
            "--channel",
            "email",
        ];
        office.does(
            &[
                &overrule[..],
                &["--reason", "mit dem Datenschutzbeauftragten besprochen"],
            ]
            .concat(),
        );
        let decided = office.decision(other, "newsletter", "email");
        assert_eq!(
            (&decided["verdict"], &decided["lawful"]),
            (&"permitted".into(), &"refused".into())
        );
        office.does(&[&overrule[..], &["--revoke"]].concat());
        assert_eq!(office.verdict(other, "newsletter", "email"), "refused");
    });
}

#[test]
fn who_was_erased_stays_out_of_a_later_list() {
    in_each_office(|office| {
        office.imports(LIST);
        let declined = office.types_with(&["erase", "--contact", JOERDIS], b"n\n");
        assert_eq!(declined.code, 1);
        assert_eq!(
            office.verdict(JOERDIS, "post-mailings", "post"),
            "permitted"
        );
        let certificate = office.path("certificate.json");
        office.does(&[
            "erase",
            "--contact",
            JOERDIS,
            "--yes",
            "-o",
            certificate.to_str().unwrap(),
        ]);
        let key = office.does(&["log", "key"]).out;
        office.does(&["verify", certificate.to_str().unwrap(), "--key", key.trim()]);

        let gone = office.types(&[
            "decide",
            "--contact",
            JOERDIS,
            "--purpose",
            "newsletter",
            "--channel",
            "email",
        ]);
        assert_eq!(gone.code, 2, "{gone:?}");
        let again = office.imports(&LIST.replace("Werkstraße 1", "Werkstraße 5"));
        assert_eq!(
            (&again["added"], &again["suppressed"]),
            (&0.into(), &1.into()),
            "{again}"
        );
    });
}

#[test]
fn what_is_unknown_is_an_error_that_names_it_and_tells_no_address() {
    in_each_office(|office| {
        office.imports(LIST);
        let decide = |contact: &str, purpose: &str, channel: &str| {
            office.types(&[
                "decide",
                "--contact",
                contact,
                "--purpose",
                purpose,
                "--channel",
                channel,
            ])
        };
        for (said, named) in [
            (
                decide("niemand@nirgends.example", "newsletter", "email"),
                "contact",
            ),
            (decide(JOERDIS, "fishing", "email"), "fishing"),
            (decide(JOERDIS, "newsletter", "pigeon"), "pigeon"),
            (
                office.types(&[
                    "import",
                    "fehlt.csv",
                    "--source",
                    "x",
                    "--obtained-on",
                    "2026-11-02",
                ]),
                "fehlt.csv",
            ),
            (office.types(&["receipt", "99999"]), "99999"),
        ] {
            assert_eq!(said.code, 2, "{said:?}");
            assert!(said.err.contains(named), "{named}: {said:?}");
            assert!(
                !said.err.contains("niemand") && !said.err.contains("joerdis"),
                "{said:?}"
            );
        }
    });
}

#[test]
fn a_place_without_an_installation_says_how_to_make_one() {
    in_each_empty_place(|office| {
        let said = office.types(&[
            "decide",
            "--contact",
            JOERDIS,
            "--purpose",
            "newsletter",
            "--channel",
            "email",
        ]);
        assert!(
            said.code == 2 && said.err.contains("leitplanke init"),
            "{said:?}"
        );
    });
}

#[test]
fn filter_passes_the_permitted_rows_and_says_why_not_of_the_others() {
    in_each_office(|office| {
        office.imports(LIST);
        consents(office);
        let list = format!(
            "Name;E-Mail\nJ;{JOERDIS}\nK;kaethe@loeffler.example\nX;niemand@nirgends.example\n"
        );
        let said = office.types_with(
            &[
                "filter",
                "--purpose",
                "newsletter",
                "--channel",
                "email",
                "--refused",
                "warum.csv",
            ],
            list.as_bytes(),
        );
        assert_eq!(said.code, 0, "{said:?}");
        assert_eq!(said.out, format!("Name;E-Mail\nJ;{JOERDIS}\n"));
        let refused = std::fs::read_to_string(office.path("warum.csv")).unwrap();
        assert!(
            refused.contains("kaethe@loeffler.example") && refused.contains("UWG § 7(2) Nr. 2"),
            "{refused}"
        );
        assert!(refused.contains("niemand@nirgends.example"), "{refused}");
    });
}
