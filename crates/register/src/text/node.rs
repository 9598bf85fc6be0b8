//! A register as an ordered tree, from which the text form and the comparison of versions are
//! made.

use jiff::civil::Date;

/// A value of the tree.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Text(String),
    Number(u32),
    Flag(bool),
    Date(Date),
    List(Vec<String>),
    Table(Table),
    /// Entries; each with the name that tells it from its neighbours, if it has one.
    Tables(Vec<(Option<String>, Table)>),
}

impl Node {
    /// A list, or nothing if it would be empty.
    pub(crate) fn list<T: AsRef<str>>(items: impl IntoIterator<Item = T>) -> Option<Self> {
        let items: Vec<_> = items
            .into_iter()
            .map(|item| item.as_ref().to_owned())
            .collect();
        (!items.is_empty()).then_some(Self::List(items))
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Node {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<u32> for Node {
    fn from(number: u32) -> Self {
        Self::Number(number)
    }
}

impl From<Date> for Node {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<Table> for Node {
    fn from(table: Table) -> Self {
        Self::Table(table)
    }
}

/// Keys and values in the order in which people read them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Table(Vec<(&'static str, Node)>);

impl Table {
    pub(crate) fn with(mut self, key: &'static str, value: impl Into<Node>) -> Self {
        self.0.push((key, value.into()));
        self
    }

    /// Adds the key if there is a value.
    pub(crate) fn maybe(self, key: &'static str, value: Option<impl Into<Node>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// Adds the key if the flag is set: not set is what its absence means.
    pub(crate) fn flag(self, key: &'static str, flag: bool) -> Self {
        self.maybe(key, flag.then_some(Node::Flag(true)))
    }

    pub(crate) fn texts(self, key: &'static str, texts: &[String]) -> Self {
        self.maybe(key, Node::list(texts))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'static str, &Node)> {
        self.0.iter().map(|(key, node)| (*key, node))
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.iter()
            .find(|(known, _)| *known == key)
            .map(|(_, node)| node)
    }
}
