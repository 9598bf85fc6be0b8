//! What the message says: whose it is, the code, for how long, what it does, and that nothing has to be
//! done by who did not ask for it. Advertising in it would be unlawful, as in a mail that asks to
//! confirm.

use law::Lang;

/// Stands for the code where the text is kept.
pub(super) const PLACE: &str = "{code}";

/// The text with [`PLACE`] where the code stands.
pub(super) fn of(organisation: &str, lang: Lang) -> String {
    // The name must not bring a second place.
    let name = organisation.replace(['{', '}'], "");
    match lang {
        Lang::De => format!(
            "{name}: Ihr Code ist {PLACE}, er gilt 10 Minuten. Mit ihm bestätigen Sie Ihre \
             Einwilligung auf unserer Seite. Waren Sie das nicht, beachten Sie diese SMS nicht."
        ),
        Lang::En => format!(
            "{name}: Your code is {PLACE}, it works for 10 minutes. With it you confirm your consent \
             on our page. If this was not you, ignore this message."
        ),
    }
}

/// The text as it is sent.
pub(super) fn with_code(text: &str, code: &str) -> String {
    text.replacen(PLACE, code, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_stands_in_its_place_whatever_the_name_is() {
        let text = of("Muster {code} GmbH", Lang::De);
        assert_eq!(text.matches(PLACE).count(), 1);
        assert!(with_code(&text, "123456").contains("Code ist 123456,"));
    }
}
