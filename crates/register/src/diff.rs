//! What one version says and the one before did not.

use crate::Register;
use crate::text::{Node, Table, print_value};

/// One difference between two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where, for example `activity.newsletter.channels`. Entries without an identifier are
    /// counted from 1: `activity.newsletter.retention[1]`.
    pub path: String,
    /// What happened.
    pub kind: ChangeKind,
}

/// What happened at the path of a [`Change`]. Texts are values as people read them; those of a
/// whole entry are its lines in the text form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// There is something new.
    Added {
        /// The new text.
        new: String,
    },
    /// There was something that is gone.
    Removed {
        /// The old text.
        old: String,
    },
    /// Something is different.
    Changed {
        /// The old text.
        old: String,
        /// The new text.
        new: String,
    },
}

/// What `new` says that `old` did not, in the canonical order of the text form.
///
/// Entries with an identifier are compared by it, so moving one within the text is no change.
/// Lists are compared item by item.
pub fn diff(old: &Register, new: &Register) -> Vec<Change> {
    let mut changes = Changes {
        found: Vec::new(),
        by_field: false,
    };
    compare_tables(&mut changes, "", &old.tree(), &new.tree());
    changes.found
}

/// As [`diff`], but an entry or table that comes or goes is one change for each of its fields, so
/// that no value is a text of several lines in the text form.
pub fn diff_by_field(old: &Register, new: &Register) -> Vec<Change> {
    let mut changes = Changes {
        found: Vec::new(),
        by_field: true,
    };
    compare_tables(&mut changes, "", &old.tree(), &new.tree());
    changes.found
}

struct Changes {
    found: Vec<Change>,
    by_field: bool,
}

impl Changes {
    /// Something that is not a list or a set of entries comes.
    fn add(&mut self, path: &str, new: &Node) {
        match new {
            Node::Table(new) if self.by_field => {
                compare_tables(self, path, &Table::default(), new);
            }
            _ => self.found.push(added(path, new)),
        }
    }

    /// Something that is not a list or a set of entries goes.
    fn remove(&mut self, path: &str, old: &Node) {
        match old {
            Node::Table(old) if self.by_field => {
                compare_tables(self, path, old, &Table::default());
            }
            _ => self.found.push(removed(path, old)),
        }
    }
}

fn compare_tables(changes: &mut Changes, path: &str, old: &Table, new: &Table) {
    for (key, old_node) in old.iter() {
        let path = join(path, key);
        match new.get(key) {
            Some(new_node) => compare(changes, &path, old_node, new_node),
            None => all(changes, &path, old_node, Changes::remove),
        }
    }
    for (key, new_node) in new.iter() {
        if old.get(key).is_none() {
            all(changes, &join(path, key), new_node, Changes::add);
        }
    }
}

fn compare(changes: &mut Changes, path: &str, old: &Node, new: &Node) {
    match (old, new) {
        _ if old == new => {}
        (Node::Table(old), Node::Table(new)) => compare_tables(changes, path, old, new),
        (Node::Tables(old), Node::Tables(new)) => compare_entries(changes, path, old, new),
        (Node::List(old), Node::List(new)) => compare_lists(changes, path, old, new),
        _ => changes.found.push(changed(path, old, new)),
    }
}

type Entry = (Option<String>, Table);

fn compare_entries(changes: &mut Changes, path: &str, old: &[Entry], new: &[Entry]) {
    let (old, new) = (named(path, old), named(path, new));
    for (path, old) in &old {
        match new.iter().find(|(other, _)| other == path) {
            Some((_, new)) => compare_tables(changes, path, old, new),
            None => changes.remove(path, &Node::Table((*old).clone())),
        }
    }
    for (path, new) in &new {
        if !old.iter().any(|(other, _)| other == path) {
            changes.add(path, &Node::Table((*new).clone()));
        }
    }
}

fn compare_lists(changes: &mut Changes, path: &str, old: &[String], new: &[String]) {
    let before = changes.found.len();
    let gone = old.iter().filter(|item| !new.contains(item));
    changes
        .found
        .extend(gone.map(|item| removed(path, &Node::from(item))));
    let come = new.iter().filter(|item| !old.contains(item));
    changes
        .found
        .extend(come.map(|item| added(path, &Node::from(item))));
    if changes.found.len() == before {
        let (old, new) = (Node::List(old.to_vec()), Node::List(new.to_vec()));
        changes.found.push(changed(path, &old, &new));
    }
}

/// One change for each entry or item of what came or went as a whole.
fn all(changes: &mut Changes, path: &str, node: &Node, change: fn(&mut Changes, &str, &Node)) {
    match node {
        Node::Tables(entries) => {
            for (path, entry) in named(path, entries) {
                change(changes, &path, &Node::Table(entry.clone()));
            }
        }
        Node::List(items) => {
            for item in items {
                change(changes, path, &Node::from(item));
            }
        }
        _ => change(changes, path, node),
    }
}

fn named<'e>(path: &str, entries: &'e [Entry]) -> Vec<(String, &'e Table)> {
    let entries = entries.iter().enumerate();
    entries
        .map(|(index, (name, table))| match name {
            Some(name) => (format!("{path}.{name}"), table),
            None => (format!("{path}[{}]", index + 1), table),
        })
        .collect()
}

fn added(path: &str, new: &Node) -> Change {
    Change {
        path: path.to_owned(),
        kind: ChangeKind::Added {
            new: print_value(new),
        },
    }
}

fn removed(path: &str, old: &Node) -> Change {
    Change {
        path: path.to_owned(),
        kind: ChangeKind::Removed {
            old: print_value(old),
        },
    }
}

fn changed(path: &str, old: &Node, new: &Node) -> Change {
    let (old, new) = (print_value(old), print_value(new));
    Change {
        path: path.to_owned(),
        kind: ChangeKind::Changed { old, new },
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}
