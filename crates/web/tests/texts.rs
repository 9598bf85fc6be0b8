//! Every text that a page asks for is there in both languages, and none is there that nothing
//! asks for.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that can't go on must fail"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

fn here(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

fn files(folder: &Path, ending: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts.extend(files(&path, ending));
        } else if path.extension().is_some_and(|found| found == ending) {
            texts.push(fs::read_to_string(path).unwrap());
        }
    }
    texts
}

/// The texts of a language: name and the variables that it shows.
fn texts(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let message = Regex::new(r"(?m)^([a-z][a-z0-9-]*) =((?:.|\n[ }])*)").unwrap();
    let variable = Regex::new(r"\{ ?\$([a-z]+)").unwrap();
    let mut found = BTreeMap::new();
    for file in files(&here("locales").join(language), "ftl") {
        for text in message.captures_iter(&file) {
            let variables = variable.captures_iter(&text[2]);
            let variables = variables.map(|variable| variable[1].to_owned()).collect();
            let earlier = found.insert(text[1].to_owned(), variables);
            assert!(
                earlier.is_none(),
                "{} is there twice in {language}",
                &text[1]
            );
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_texts_with_the_same_variables() {
    let (german, english) = (texts("de"), texts("en"));
    assert!(german.len() > 400);
    for (name, variables) in &german {
        // A number may show in one language only, as in "1 Lücke".
        let plain = |set: &BTreeSet<String>| {
            let shown = set.iter().filter(|name| *name != "count" && *name != "n");
            shown.cloned().collect::<Vec<_>>()
        };
        let other = english
            .get(name)
            .unwrap_or_else(|| panic!("{name} is not in English"));
        assert_eq!(plain(variables), plain(other), "{name}");
    }
    let only: Vec<_> = english
        .keys()
        .filter(|name| !german.contains_key(*name))
        .collect();
    assert!(only.is_empty(), "not in German: {only:?}");
}

#[test]
fn no_text_is_missing_and_none_is_left_over() {
    let known = texts("de");
    let mut sources = files(&here("src"), "rs");
    sources.extend(files(&here("templates"), "html"));
    let asked = Regex::new(r#"\.(?:t|n|with|with_all)\(\s*"([a-z][a-z0-9-]*)""#).unwrap();
    let named = Regex::new(r#""([a-z][a-z0-9-]*)""#).unwrap();
    let mut used = BTreeSet::new();
    for source in &sources {
        for name in asked.captures_iter(source) {
            assert!(
                known.contains_key(&name[1]),
                "the text {} is missing",
                &name[1]
            );
        }
        used.extend(named.captures_iter(source).map(|name| name[1].to_owned()));
    }
    let left: Vec<_> = known.keys().filter(|name| !used.contains(*name)).collect();
    assert!(left.is_empty(), "nothing asks for {left:?}");
}
