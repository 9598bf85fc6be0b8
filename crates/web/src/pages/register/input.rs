//! What a form holds: names with their texts, in order. A form is shown from it and read into it,
//! so that nothing that somebody entered is lost on an error.

use jiff::civil::Date;
use serde::Deserialize;

/// The inputs of a form.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Inputs(Vec<(String, String)>);

impl Inputs {
    pub fn add(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    pub fn add_some(&mut self, name: impl Into<String>, value: Option<&String>) {
        if let Some(value) = value {
            self.add(name, value.clone());
        }
    }

    /// Adds the inputs of another form; those that are here already go before.
    pub fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The text of an input, without what surrounds it; empty if it is not there.
    pub fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.trim())
    }

    /// The text of an input, if there is any.
    pub fn some(&self, name: &str) -> Option<String> {
        let text = self.get(name);
        (!text.is_empty()).then(|| text.to_owned())
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.trim())
    }

    /// How many inputs `name-0`, `name-1` and so on there are.
    pub fn numbered(&self, name: &str) -> usize {
        let is_one = |key: &str| {
            key.strip_prefix(name)
                .is_some_and(|rest| rest.starts_with('-'))
        };
        self.0.iter().filter(|(key, _)| is_one(key)).count()
    }

    /// Whether an input with this text is there.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|found| found == value)
    }

    pub fn is_on(&self, name: &str) -> bool {
        self.has(name, "on")
    }

    /// The lines of a text, without empty ones.
    pub fn lines(&self, name: &str) -> Vec<String> {
        let lines = self.get(name).lines().map(str::trim);
        lines
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// The day of an input; the name of the input if it is none.
    pub fn day(&self, name: &'static str) -> Result<Option<Date>, &'static str> {
        match self.get(name) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| name),
        }
    }
}

/// An identifier made of a name: `Messe & Co.` -> `messe-co`; different from those `taken`.
pub fn identifier(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut id = String::new();
    for c in name.to_lowercase().chars() {
        match c {
            'ä' => id.push_str("ae"),
            'ö' => id.push_str("oe"),
            'ü' => id.push_str("ue"),
            'ß' => id.push_str("ss"),
            'a'..='z' => id.push(c),
            '0'..='9' if !id.is_empty() => id.push(c),
            _ if !id.is_empty() && !id.ends_with('-') => id.push('-'),
            _ => {}
        }
        if id.len() >= 50 {
            break;
        }
    }
    let id = match id.trim_end_matches('-') {
        "" => "entry",
        id => id,
    };
    if !taken(id) {
        return id.to_owned();
    }
    (2..u32::MAX)
        .map(|n| format!("{id}-{n}"))
        .find(|id| !taken(id))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_made_of_a_name_and_differs_from_others() {
        assert_eq!(
            identifier("Größere Messe & Co. 2026", |_| false),
            "groessere-messe-co-2026"
        );
        assert_eq!(
            identifier("Newsletter", |id| id == "newsletter"),
            "newsletter-2"
        );
        assert_eq!(identifier("2026 ???", |_| false), "entry");
    }

    #[test]
    fn inputs_are_found_by_name() {
        let mut inputs = Inputs::default();
        inputs.add("a", " x ");
        inputs.add("a", "y");
        inputs.add("b", "one\n\n two ");
        assert_eq!(inputs.get("a"), "x");
        assert!(inputs.has("a", "y") && !inputs.has("b", "y"));
        assert_eq!(inputs.lines("b"), ["one", "two"]);
        assert_eq!(inputs.day("c"), Ok(None));
    }
}
