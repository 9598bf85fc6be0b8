//! The canonical text form.

use super::{Node, Table};

/// Lists longer than this are written one item a line.
const WIDTH: usize = 100;

/// The whole document: plain values, then sections, entries apart by blank lines.
pub(crate) fn print_document(document: &Table) -> String {
    let mut out = String::new();
    print_table(&mut out, document, "");
    out
}

/// One entry's own lines, without a heading.
fn print_entry(entry: &Table) -> String {
    let mut out = String::new();
    print_table(&mut out, entry, "");
    out.trim_end().to_owned()
}

/// One value as people read it: texts bare, lists parted by commas.
pub(crate) fn print_value(node: &Node) -> String {
    match node {
        Node::Text(text) => text.clone(),
        Node::List(items) => items.join(", "),
        Node::Table(table) => print_entry(table),
        Node::Tables(tables) => {
            let entries: Vec<_> = tables.iter().map(|(_, entry)| print_entry(entry)).collect();
            entries.join("\n\n")
        }
        Node::Number(_) | Node::Flag(_) | Node::Date(_) => literal(node),
    }
}

fn print_table(out: &mut String, table: &Table, path: &str) {
    for (key, node) in table.iter() {
        if !matches!(node, Node::Table(_) | Node::Tables(_)) {
            out.push_str(key);
            out.push_str(" = ");
            out.push_str(&literal(node));
            out.push('\n');
        }
    }
    for (key, node) in table.iter() {
        let path = if path.is_empty() {
            key.to_owned()
        } else {
            format!("{path}.{key}")
        };
        match node {
            Node::Table(section) => print_section(out, section, &path, &format!("[{path}]")),
            Node::Tables(entries) => {
                for (_, entry) in entries {
                    print_section(out, entry, &path, &format!("[[{path}]]"));
                }
            }
            _ => {}
        }
    }
}

fn print_section(out: &mut String, section: &Table, path: &str, heading: &str) {
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(heading);
    out.push('\n');
    print_table(out, section, path);
}

fn literal(node: &Node) -> String {
    match node {
        Node::Text(text) => quoted(text),
        Node::Number(number) => number.to_string(),
        Node::Flag(flag) => flag.to_string(),
        Node::Date(date) => date.to_string(),
        Node::List(items) => list(items),
        Node::Table(_) | Node::Tables(_) => String::new(),
    }
}

fn list(items: &[String]) -> String {
    let items: Vec<_> = items.iter().map(|item| quoted_on_one_line(item)).collect();
    let line = format!("[{}]", items.join(", "));
    if line.chars().count() <= WIDTH {
        return line;
    }
    let mut lines = String::from("[\n");
    for item in items {
        lines.push_str("  ");
        lines.push_str(&item);
        lines.push_str(",\n");
    }
    lines.push(']');
    lines
}

/// A text of several lines keeps its lines, so that a change in one of them shows as one line
/// in a comparison of files.
fn quoted(text: &str) -> String {
    if !text.contains('\n') {
        return quoted_on_one_line(text);
    }
    let lines: Vec<_> = text.split('\n').map(escaped).collect();
    format!("\"\"\"\n{}\"\"\"", lines.join("\n"))
}

fn quoted_on_one_line(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() => out.extend(format!("\\u{:04X}", u32::from(c)).chars()),
            c => out.push(c),
        }
    }
    out
}
