//! Every fault of a text is found in one run, at its line and column, with what to do.

use register::{Fault, Register, SAMPLE};

const HEAD: &str = "[organisation]\nname = \"Musterbau\"\ncountry = \"DE\"\n";

fn faults(text: &str) -> Vec<Fault> {
    match Register::parse(text) {
        Ok(_) => Vec::new(),
        Err(faults) => faults,
    }
}

/// Line, column, path and the beginning of the English message.
type Expected = (usize, usize, &'static str, &'static str);

fn assert_faults(text: &str, expected: &[Expected]) {
    let found = faults(text);
    let shown = || {
        let lines: Vec<_> = found.iter().map(ToString::to_string).collect();
        lines.join("\n")
    };
    assert_eq!(found.len(), expected.len(), "\n{text}\n{}", shown());
    for (fault, (line, column, path, message)) in found.iter().zip(expected) {
        let place = (fault.line, fault.column, fault.path.as_str());
        assert_eq!(place, (*line, *column, *path), "\n{text}\n{}", shown());
        let english = fault.message(law::Lang::En);
        assert!(english.starts_with(message), "{english}");
    }
}

/// As above, with the organisation's three lines before `text`; lines still count from 1.
fn assert_faults_below_head(text: &str, expected: &[Expected]) {
    let moved: Vec<_> = expected
        .iter()
        .map(|(l, c, p, m)| (l + 3, *c, *p, *m))
        .collect();
    assert_faults(&format!("{HEAD}{text}"), &moved);
}

#[test]
fn an_empty_text_lacks_the_organisation() {
    assert_faults(
        "",
        &[(1, 1, "organisation", "key 'organisation' is missing; add")],
    );
}

#[test]
fn an_unknown_key_names_the_nearest_and_all_known_ones() {
    assert_faults_below_head(
        "landd = \"HE\"\n",
        &[(
            1,
            1,
            "organisation.landd",
            "unknown key 'landd' (did you mean 'land'?); known here: name, country, legal_form,",
        )],
    );
}

#[test]
fn an_unknown_word_names_the_nearest_and_all_allowed_ones() {
    assert_faults_below_head(
        "[[activity]]\nid = \"n\"\nname = \"N\"\npurpose_kind = \"direct_marketting\"\n\
         basis = \"gut\"\n",
        &[
            (
                4,
                16,
                "activity.n.purpose_kind",
                "unknown word 'direct_marketting' (did you mean 'direct_marketing'?); allowed: ",
            ),
            (
                5,
                9,
                "activity.n.basis",
                "unknown word 'gut'; allowed: consent, contract, legal_obligation,",
            ),
        ],
    );
}

#[test]
fn a_word_in_a_list_is_located_itself() {
    assert_faults_below_head(
        "[[consent_text]]\nid = \"n\"\nversion = 1\nchannels = [\"email\",\n  \"e-mail\", \"email\"]\n",
        &[
            (
                5,
                3,
                "consent_text.n@1.channels",
                "unknown word 'e-mail' (did you mean 'email'?)",
            ),
            (
                5,
                13,
                "consent_text.n@1.channels",
                "'email' is given twice; keep one",
            ),
        ],
    );
}

#[test]
fn missing_keys_are_shown_at_the_heading_of_their_entry() {
    assert_faults_below_head(
        "[[activity]]\nname = \"N\"\n\n  [[activity.retention]]\n  start = \"rejection\"\n",
        &[
            (
                1,
                1,
                "activity[1].id",
                "key 'id' is missing; add for example: id = ",
            ),
            (
                1,
                1,
                "activity[1].purpose_kind",
                "key 'purpose_kind' is missing",
            ),
            (
                4,
                3,
                "activity[1].retention[1].period",
                "key 'period' is missing",
            ),
            (
                4,
                3,
                "activity[1].retention[1].action",
                "key 'action' is missing",
            ),
        ],
    );
}

#[test]
fn wrong_types_say_what_belongs_there() {
    assert_faults_below_head(
        "staff = \"85\"\nemail = 7\nrepresentative = \"P\"\n[activity]\nid = \"n\"\n\
         [[recipient]]\nid = \"r\"\nname = \"R\"\nrole = \"processor\"\ncountry = \"DE\"\n\
         contract = { essence_available = \"ja\", covers = \"all\" }\n",
        &[
            (
                1,
                9,
                "organisation.staff",
                "expected a whole number, found string",
            ),
            (
                2,
                9,
                "organisation.email",
                "expected a text in quotation marks, found integer",
            ),
            (
                3,
                18,
                "organisation.representative",
                "expected a section in single brackets",
            ),
            (
                4,
                1,
                "activity",
                "expected an entry in double brackets, [[name]], found table",
            ),
            (
                11,
                34,
                "recipient.r.contract.essence_available",
                "expected true or false",
            ),
            (
                11,
                49,
                "recipient.r.contract.covers",
                "expected a list of texts",
            ),
        ],
    );
}

#[test]
fn an_identifier_given_twice_names_the_first_line() {
    let measure = "[[measure]]\nid = \"tom\"\nname = \"T\"\n";
    assert_faults_below_head(
        &format!("{measure}{measure}"),
        &[(
            5,
            6,
            "measure.tom.id",
            "measure 'tom' is already defined in line 5; choose",
        )],
    );
}

#[test]
fn one_consent_text_has_each_version_once_and_may_have_several() {
    let text = |version| format!("[[consent_text]]\nid = \"n\"\nversion = {version}\n");
    assert_faults_below_head(&format!("{}{}", text(1), text(2)), &[]);
    assert_faults_below_head(
        &format!("{}{}", text(2), text(2)),
        &[(
            5,
            6,
            "consent_text.n.id",
            "consent text 'n@2' is already defined in line 5",
        )],
    );
}

#[test]
fn a_reference_to_nothing_names_the_nearest_entry() {
    assert_faults_below_head(
        "[[activity]]\nid = \"n\"\nname = \"N\"\npurpose_kind = \"statistics\"\n\
         recipients = [\"crm-host\", \"crm-hots\"]\ngoods_class = \"maschinen\"\n\
         [[recipient]]\nid = \"crm-host\"\nname = \"C\"\nrole = \"processor\"\ncountry = \"DE\"\n",
        &[
            (
                5,
                27,
                "activity.n.recipients",
                "there is no recipient 'crm-hots' (did you mean 'crm-host'?); define it with \
                 [[recipient]]",
            ),
            (
                6,
                15,
                "activity.n.goods_class",
                "there is no goods class 'maschinen'; define it",
            ),
        ],
    );
}

#[test]
fn a_consent_for_a_purpose_without_activity_is_a_fault() {
    assert_faults_below_head(
        "[[consent_text]]\nid = \"n\"\nversion = 1\npurposes = [\"newsletter\"]\n",
        &[(
            4,
            13,
            "consent_text.n@1.purposes",
            "there is no activity 'newsletter'; define it",
        )],
    );
}

#[test]
fn dates_and_periods_are_checked() {
    let rule = "\n[[activity.retention]]\nstart = \"collection\"\naction = \"erase\"\nperiod = ";
    assert_faults_below_head(
        &format!(
            "[[activity]]\nid = \"n\"\nname = \"N\"\npurpose_kind = \"statistics\"\n\
             balancing = {{ decided_on = \"31.12.2025\" }}\n{rule}\"3 Jahre\"{rule}\"0 days\"\
             {rule}36\n[[recipient]]\nid = \"r\"\nname = \"R\"\nrole = \"joint\"\ncountry = \"de\"\n\
             contract.signed_on = 0205-03-04\ntransfer.basis = \"scc\"\n\
             transfer.assessed_on = 2025-03-04T12:00:00\n"
        ),
        &[
            (
                5,
                28,
                "activity.n.balancing.decided_on",
                "no such date; write year-month-day",
            ),
            (
                10,
                10,
                "activity.n.retention[1].period",
                "no such period; write a count",
            ),
            (14, 10, "activity.n.retention[2].period", "no such period"),
            (
                18,
                10,
                "activity.n.retention[3].period",
                "expected a text in quotation marks",
            ),
            (
                23,
                11,
                "recipient.r.country",
                "a country is written as two capital letters",
            ),
            (24, 22, "recipient.r.contract.signed_on", "no such date"),
            (26, 24, "recipient.r.transfer.assessed_on", "no such date"),
        ],
    );
}

#[test]
fn numbers_blanks_and_identifiers_are_checked() {
    assert_faults(
        "format = 2\n[organisation]\nname = \"  \"\ncountry = \"DE\"\nstaff = -1\n\
         [[measure]]\nid = \"Zugriff\"\nname = \"Z\"\n",
        &[
            (1, 10, "format", "write a whole number from 1 to 1"),
            (
                3,
                8,
                "organisation.name",
                "the text is blank; fill it in or remove the line",
            ),
            (5, 9, "organisation.staff", "write a whole number from 0 to"),
            (
                7,
                6,
                "measure[1].id",
                "an identifier has lower-case letters a-z",
            ),
        ],
    );
}

#[test]
fn a_pair_of_goods_classes_is_decided_once() {
    let pair = "[[similarity]]\nsold = \"g\"\nadvertised = \"g\"\nsimilar = true\n";
    assert_faults_below_head(
        &format!("[[goods_class]]\nid = \"g\"\nname = \"G\"\n{pair}{pair}"),
        &[(
            8,
            1,
            "similarity.g/g",
            "similarity decision 'g/g' is already defined in line 7",
        )],
    );
}

#[test]
fn all_breaks_of_the_toml_syntax_are_found_and_nothing_seems_missing_that_is_only_broken() {
    assert_faults(
        "[organisation]\nname = \"Ä\ncountry = DE\nlandd = \"HE\"\n\n[[activity]\nid = 1\n",
        &[
            (
                2,
                10,
                "",
                "not valid TOML: invalid basic string, expected `\"`",
            ),
            (3, 11, "", "not valid TOML: string values must be quoted"),
            (
                4,
                1,
                "organisation.landd",
                "unknown key 'landd' (did you mean 'land'?)",
            ),
            (
                6,
                12,
                "",
                "not valid TOML: unclosed array table, expected `]`",
            ),
        ],
    );
}

#[test]
fn columns_count_characters_and_windows_line_ends_do_not_disturb() {
    assert_faults(
        "[organisation]\r\nname = \"Ä\"\r\ncountry = \"DE\"\r\nrepresentative = { name = \"Äöü\", tel = \"1\" }\r\n",
        &[(
            4,
            34,
            "organisation.representative.tel",
            "unknown key 'tel'; known here: name, email",
        )],
    );
    assert_faults(
        "\u{feff}[organisation]\nname = \"A\"\ncountry = \"de\"\n",
        &[(3, 11, "organisation.country", "a country is written")],
    );
}

#[test]
fn a_fault_reads_in_german_too() {
    let found = faults(&format!("{HEAD}landd = \"HE\"\n"));
    assert!(
        found[0]
            .message(law::Lang::De)
            .starts_with("unbekannter Schlüssel 'landd' (gemeint war vielleicht 'land'?); hier")
    );
}

#[test]
fn a_fault_does_not_repeat_free_text() {
    let text = SAMPLE.replace("name = \"Petra Beispiel", "nam = \"Petra Beispiel");
    let shown: String = faults(&text).iter().map(ToString::to_string).collect();
    assert!(
        shown.contains("'nam'") && !shown.contains("Petra"),
        "{shown}"
    );
}
