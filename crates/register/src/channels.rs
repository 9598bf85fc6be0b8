//! Channel lists in the text form.

use law::{Channel, ChannelSet};

use crate::text::{Node, Section};

pub(crate) fn read(section: &mut Section<'_, '_>, key: &'static str) -> ChannelSet {
    section.words(key).into_iter().collect()
}

pub(crate) fn node(channels: ChannelSet) -> Option<Node> {
    Node::list(channels.iter().map(Channel::name))
}
