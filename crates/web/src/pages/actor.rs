//! Who acted, by name: evidence knows accounts by their id.

use law::Lang;
use operations::Organisation;
use operations::access::AccountId;

use crate::texts::Texts;

/// The name of the member behind an actor of the evidence log; other actors by what they are.
pub fn name(organisation: &Organisation, actor: &str, lang: Lang) -> String {
    if let Some(known) = known(actor, lang) {
        return known;
    }
    let account = AccountId::of_actor(actor);
    let member = account.and_then(|id| organisation.member_name(id).ok().flatten());
    member.unwrap_or_else(|| actor.to_owned())
}

/// The name of an actor that is no member.
pub fn known(actor: &str, lang: Lang) -> Option<String> {
    let name = match actor {
        "command-line" => "actor-command-line",
        "mail" => "actor-mail",
        "retention" => "actor-retention",
        "mailbox" => "actor-mailbox",
        "recipient" => "actor-recipient",
        "recipients" => "actor-recipients",
        operations::request::ANYBODY => "actor-anybody",
        operations::preferences::PERSON => "actor-person",
        _ => return None,
    };
    Some(Texts(lang).t(name))
}
