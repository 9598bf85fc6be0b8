//! The written form under which companies' names are compared. Case, punctuation and blanks do not
//! make another company, nor does another spelling of the legal form; another legal form does.

use super::normalise;

/// A company's name for comparison.
#[derive(Clone, PartialEq, Eq)]
pub struct CompanyName {
    /// The name without the legal form, in one word.
    pub stem: String,
    /// The legal form in its short spelling; empty if the name carries none.
    pub form: &'static str,
}

/// How a legal form is written, blanks and full stops left out, and its short spelling.
const FORMS: [(&str, &str); 55] = [
    ("ab", "ab"),
    ("ag", "ag"),
    ("aktiengesellschaft", "ag"),
    ("aps", "aps"),
    ("bv", "bv"),
    ("eg", "eg"),
    ("eingetragenegenossenschaft", "eg"),
    ("egbr", "gbr"),
    ("ek", "ek"),
    ("ekfm", "ek"),
    ("ekfr", "ek"),
    ("eingetragenekauffrau", "ek"),
    ("eingetragenerkaufmann", "ek"),
    ("eu", "eu"),
    ("ev", "ev"),
    ("eingetragenerverein", "ev"),
    ("gbr", "gbr"),
    ("gesnbr", "gbr"),
    ("gesellschaftbuergerlichenrechts", "gbr"),
    ("gesellschaftmbh", "gmbh"),
    ("gesellschaftmitbeschraenkterhaftung", "gmbh"),
    ("gesmbh", "gmbh"),
    ("ggmbh", "ggmbh"),
    ("gemeinnuetzigegmbh", "ggmbh"),
    ("gmbh", "gmbh"),
    ("inc", "inc"),
    ("kg", "kg"),
    ("kgaa", "kgaa"),
    ("kommanditgesellschaft", "kg"),
    ("limited", "ltd"),
    ("llc", "llc"),
    ("ltd", "ltd"),
    ("nv", "nv"),
    ("offenehandelsgesellschaft", "ohg"),
    ("ohg", "ohg"),
    ("oy", "oy"),
    ("partg", "partg"),
    ("partgmbb", "partgmbb"),
    ("partnerschaftmbb", "partgmbb"),
    ("partnerschaftsgesellschaft", "partg"),
    ("partnerschaftsgesellschaftmbb", "partgmbb"),
    ("plc", "plc"),
    ("sa", "sa"),
    ("sarl", "sarl"),
    ("sas", "sas"),
    ("se", "se"),
    ("spa", "spa"),
    ("spj", "spj"),
    ("spzoo", "spzoo"),
    ("srl", "srl"),
    ("ug", "ug"),
    ("ughaftungsbeschraenkt", "ug"),
    ("unternehmergesellschaft", "ug"),
    ("unternehmergesellschafthaftungsbeschraenkt", "ug"),
    ("vof", "vof"),
];

/// The partner of a limited partnership, and the form that the two make.
const WITH_PARTNER: [(&str, &str); 14] = [
    ("", "& co kg"),
    ("ag", "ag & co kg"),
    ("bv", "bv & co kg"),
    ("gmbh", "gmbh & co kg"),
    ("ggmbh", "ggmbh & co kg"),
    ("kg", "kg & co kg"),
    ("limited", "ltd & co kg"),
    ("ltd", "ltd & co kg"),
    ("se", "se & co kg"),
    ("sarl", "sarl & co kg"),
    ("stiftung", "stiftung & co kg"),
    ("ug", "ug & co kg"),
    ("ughaftungsbeschraenkt", "ug & co kg"),
    ("gesmbh", "gmbh & co kg"),
];

/// Words that a legal form is written in, at most: `G. m. b. H. & Co. K. G.`.
const LONGEST: usize = 8;

impl CompanyName {
    /// The name as it is compared; `None` if it says nothing.
    pub fn of(text: &str) -> Option<Self> {
        if normalise::is_placeholder(text) {
            return None;
        }
        let plain = normalise::letters(&text.replace(['&', '+'], " und "));
        let mut words: Vec<&str> = plain.split_whitespace().map(joining).collect();
        if matches!(words.first(), Some(&("firma" | "fa"))) && words.len() > 1 {
            words.remove(0);
        }
        // `in Liquidation` and `in Gründung` tell a company's state, not another company.
        for state in [
            &["i", "l"][..],
            &["il"],
            &["in", "liquidation"],
            &["i", "g"],
            &["ig"],
            &["in", "gruendung"],
        ] {
            if words.len() > state.len() && words.ends_with(state) {
                words.truncate(words.len() - state.len());
                break;
            }
        }
        let longest = LONGEST.min(words.len().saturating_sub(1));
        let found = (1..=longest).rev().find_map(|count| {
            let (name, form) = words.split_at(words.len() - count);
            legal_form(&form.concat()).map(|form| (name.concat(), form))
        });
        let (stem, form) = found.unwrap_or_else(|| (words.concat(), ""));
        stem.contains(char::is_alphanumeric)
            .then_some(Self { stem, form })
    }
}

/// The sign for `and`, however it is written.
fn joining(word: &str) -> &str {
    if matches!(word, "und" | "u" | "and" | "et") {
        "&"
    } else {
        word
    }
}

/// The short spelling of a legal form that is written without blanks.
fn legal_form(text: &str) -> Option<&'static str> {
    let partner = text
        .strip_suffix("cokg")
        .or_else(|| text.strip_suffix("compagniekg"));
    if let Some(partner) = partner {
        // `GmbH Co. KG` leaves the sign out; without a form before it there has to be one.
        let with_sign = partner.strip_suffix('&');
        let partner = with_sign.unwrap_or(partner);
        let found = WITH_PARTNER.iter().find(|(name, _)| *name == partner);
        return found
            .filter(|(name, _)| with_sign.is_some() || !name.is_empty())
            .map(|(_, form)| *form);
    }
    let found = FORMS.iter().find(|(written, _)| *written == text);
    found.map(|(_, form)| *form)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(names: &[&str]) {
        let first = CompanyName::of(names[0]).unwrap();
        for name in names {
            assert!(CompanyName::of(name).unwrap() == first, "{name}");
        }
    }

    fn apart(one: &str, other: &str) {
        let same = CompanyName::of(one) == CompanyName::of(other);
        assert!(!same, "{one}, {other}");
    }

    #[test]
    fn spelling_does_not_split_a_company() {
        same(&[
            "Rößler Maschinenbau GmbH & Co. KG",
            "rößler maschinenbau gmbh & co. kg",
            "Roessler Maschinenbau GmbH & Co KG",
            "Rößler-Maschinenbau GmbH&Co.KG",
            "Rößler Maschinenbau G.m.b.H. und Co. KG",
            "Rößler  Maschinen bau GmbH u. Co. K.G.",
            "Firma Rößler Maschinenbau GmbH + Co. KG",
            "Rößler Maschinenbau GmbH Co. KG",
        ]);
        same(&[
            "Muster Gesellschaft mit beschränkter Haftung",
            "MUSTER GmbH",
            "Muster, GmbH",
            "Muster G.m.b.H. i. L.",
            "Muster Ges.m.b.H.",
            "Muster Gesellschaft mbH",
        ]);
        same(&["Uhlig e. K.", "Uhlig e.Kfr.", "uhlig eK"]);
        same(&["Jung UG (haftungsbeschränkt)", "Jung UG"]);
        same(&[
            "Abel & Brand GbR",
            "Abel und Brand GbR",
            "Abel u. Brand eGbR",
        ]);
    }

    #[test]
    fn different_companies_stay_apart() {
        apart("Müller GmbH", "Müller AG");
        apart("Müller GmbH", "Müller");
        apart("Müller GmbH", "Müller GmbH & Co. KG");
        apart("Müller & Co. KG", "Müller KG");
        apart("Muster Bau GmbH", "Muster Tiefbau GmbH");
        apart("Abel & Brand GbR", "Abel GbR");
        apart("Nord Verlag", "Nord Verl AG");
    }

    #[test]
    fn the_stem_is_the_name_without_its_legal_form() {
        let stem = |name: &str| CompanyName::of(name).unwrap().stem;
        for name in ["Müller", "Müller GmbH", "Müller AG", "Müller GmbH & Co. KG"] {
            assert_eq!(stem(name), "mueller", "{name}");
        }
        assert_eq!(stem("GmbH"), "gmbh");
        assert_eq!(stem("Nord Verlag"), "nordverlag");
    }

    #[test]
    fn what_says_nothing_is_no_company() {
        for name in ["", "  ", "-", "k. A.", "unbekannt", "& +"] {
            assert!(CompanyName::of(name).is_none(), "{name}");
        }
    }
}
