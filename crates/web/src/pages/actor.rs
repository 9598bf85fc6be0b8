//! Who acted, by name: evidence knows accounts by their id.

use law::Lang;
use operations::Organisation;
use operations::access::AccountId;

use crate::texts::Texts;

/// The name of the member behind an actor of the evidence log; other actors by what they are.
pub fn name(organisation: &Organisation, actor: &str, lang: Lang) -> String {
    match actor {
        "command-line" => return Texts(lang).t("actor-command-line"),
        "mail" => return Texts(lang).t("actor-mail"),
        "retention" => return Texts(lang).t("actor-retention"),
        "mailbox" => return Texts(lang).t("actor-mailbox"),
        "recipient" => return Texts(lang).t("actor-recipient"),
        "recipients" => return Texts(lang).t("actor-recipients"),
        operations::request::ANYBODY => return Texts(lang).t("actor-anybody"),
        operations::preferences::PERSON => return Texts(lang).t("actor-person"),
        _ => {}
    }
    let account = AccountId::of_actor(actor);
    let member = account.and_then(|id| organisation.member_name(id).ok().flatten());
    member.unwrap_or_else(|| actor.to_owned())
}
