//! Those whom data are passed to, and what binds them (GDPR Art. 26, 28, 44-49).

use jiff::civil::Date;
use law::Country;

use crate::text::{EntryKind, FaultKind, Node, Section, Table};
use crate::word::words;

words! {
    /// In which role a recipient gets the data.
    pub enum RecipientRole {
        /// Acts on instructions only (GDPR Art. 28).
        Processor = "processor", "Auftragsverarbeiter", "processor";
        /// Decides on purposes and means together with the organisation (GDPR Art. 26).
        Joint = "joint", "gemeinsam Verantwortlicher", "joint controller";
        /// Decides for itself.
        Independent = "independent", "eigener Verantwortlicher", "independent controller";
    }
}

words! {
    /// What a contract with a processor has to say, in the order of GDPR Art. 28(3).
    pub enum ContractItem {
        /// Subject matter (chapeau).
        SubjectMatter = "subject_matter", "Gegenstand", "subject matter";
        /// Duration (chapeau).
        Duration = "duration", "Dauer", "duration";
        /// Nature and purpose (chapeau).
        NatureAndPurpose = "nature_and_purpose", "Art und Zweck", "nature and purpose";
        /// Type of personal data (chapeau).
        DataTypes = "data_types", "Art der Daten", "type of data";
        /// Categories of data subjects (chapeau).
        DataSubjects = "data_subjects", "Kategorien betroffener Personen", "categories of data subjects";
        /// Obligations and rights of the controller (chapeau).
        ControllerDuties = "controller_duties", "Pflichten und Rechte des Verantwortlichen", "obligations and rights of the controller";
        /// Documented instructions, transfers included (a).
        Instructions = "instructions", "dokumentierte Weisungen", "documented instructions";
        /// Confidentiality of the persons (b).
        Confidentiality = "confidentiality", "Vertraulichkeit", "confidentiality";
        /// Measures of Art. 32 (c).
        Security = "security", "Maßnahmen nach Art. 32", "measures of Art. 32";
        /// Further processors (d).
        SubProcessors = "sub_processors", "weitere Auftragsverarbeiter", "further processors";
        /// Help with the persons' rights (e).
        RightsAssistance = "rights_assistance", "Hilfe bei Betroffenenrechten", "help with data subjects' rights";
        /// Help with Art. 32 to 36 (f).
        DutiesAssistance = "duties_assistance", "Hilfe bei Art. 32 bis 36", "help with Art. 32 to 36";
        /// Deletion or return (g).
        DeletionOrReturn = "deletion_or_return", "Löschung oder Rückgabe", "deletion or return";
        /// Information and audits (h).
        Audits = "audits", "Nachweise und Prüfungen", "information and audits";
        /// Warning of unlawful instructions (second subparagraph).
        InstructionWarning = "instruction_warning", "Hinweis auf rechtswidrige Weisungen", "warning of unlawful instructions";
    }
}

words! {
    /// What a transfer to a third country rests on.
    pub enum TransferBasis {
        /// Adequacy decision for the country (GDPR Art. 45).
        Adequacy = "adequacy", "Angemessenheitsbeschluss", "adequacy decision";
        /// EU-US Data Privacy Framework: the recipient is on the list (Decision (EU) 2023/1795).
        Dpf = "dpf", "EU-US Data Privacy Framework", "EU-US Data Privacy Framework";
        /// Standard contractual clauses (GDPR Art. 46(2)(c)).
        Scc = "scc", "Standardvertragsklauseln", "standard contractual clauses";
        /// Binding corporate rules (GDPR Art. 47).
        Bcr = "bcr", "verbindliche interne Vorschriften", "binding corporate rules";
        /// Derogation for a specific situation (GDPR Art. 49).
        Derogation = "derogation", "Ausnahme nach Art. 49", "derogation of Art. 49";
    }
}

/// Somebody whom data are passed to (GDPR Art. 4(9)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Identifier.
    pub id: String,
    /// Name of the company.
    pub name: String,
    /// What it does for or with the data.
    pub service: Option<String>,
    /// Its role.
    pub role: RecipientRole,
    /// Where the data go.
    pub country: Country,
    /// The address to which it is written when a person's data are to be erased, corrected or
    /// restricted (GDPR Art. 19).
    pub mail: Option<String>,
    /// The address of the web at which its system takes the same (`https://…`).
    pub webhook: Option<String>,
    /// The contract or arrangement.
    pub contract: Option<Contract>,
    /// What a transfer rests on, if `country` is a third country.
    pub transfer: Option<Transfer>,
}

/// A processor's contract (GDPR Art. 28(3)) or joint controllers' arrangement (GDPR Art. 26).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contract {
    /// When it was signed.
    pub signed_on: Option<Date>,
    /// What it says of the list in Art. 28(3).
    pub covers: Vec<ContractItem>,
    /// Whether the essence of a joint arrangement is available to the persons (Art. 26(2)).
    pub essence_available: bool,
}

/// What a transfer to a third country rests on (GDPR Art. 44-49).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// The basis.
    pub basis: TransferBasis,
    /// When adequacy, listing or the recipient's law was last looked at: for clauses and
    /// binding rules the transfer impact assessment, for the framework the look at its list.
    pub assessed_on: Option<Date>,
    /// Where the clauses or the assessment are kept, or which derogation applies and why.
    pub reference: Option<String>,
}

impl Recipient {
    pub(crate) fn read(mut section: Section<'_, '_>) -> Option<Self> {
        let id = section.id(EntryKind::Recipient);
        let name = section.required_text("name", "name = \"Beispiel Hosting GmbH\"");
        let service = section.text("service");
        let role = section.required_word("role", "role = \"processor\"");
        let country = section.required_country("country");
        let mail = section.parsed("mail", mail_address, FaultKind::BadMail);
        let webhook = section.parsed("webhook", webhook_address, FaultKind::BadWebhook);
        let contract = section.table("contract").map(Contract::read);
        let transfer = section.table("transfer").and_then(Transfer::read);
        section.finish();
        Some(Self {
            id: id?,
            name: name?,
            service,
            role: role?,
            country: country?,
            mail,
            webhook,
            contract,
            transfer,
        })
    }

    pub(crate) fn tree(&self) -> Table {
        Table::default()
            .with("id", &self.id)
            .with("name", &self.name)
            .maybe("service", self.service.as_ref())
            .with("role", self.role.name())
            .with("country", self.country.as_str())
            .maybe("mail", self.mail.as_ref())
            .maybe("webhook", self.webhook.as_ref())
            .maybe("contract", self.contract.as_ref().map(Contract::tree))
            .maybe("transfer", self.transfer.as_ref().map(Transfer::tree))
    }
}

/// An e-mail address as it stands in a register: one that could be written to.
#[must_use]
pub fn mail_address(text: &str) -> Option<String> {
    let text = text.trim();
    let (local, domain) = text.rsplit_once('@')?;
    let plain = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_alphanumeric() || "-._+".contains(c))
    };
    (plain(local) && plain(domain) && domain.contains('.')).then(|| text.to_owned())
}

/// The address of a webhook: encrypted, or on this machine, and without a secret in it.
#[must_use]
pub fn webhook_address(text: &str) -> Option<String> {
    let text = text.trim();
    let (scheme, rest) = text.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let name = match host.strip_prefix('[') {
        Some(v6) => v6.split_once(']')?.0,
        None => host.split(':').next()?,
    };
    let near = matches!(name, "localhost" | "127.0.0.1" | "::1");
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic());
    let fits = scheme == "https" || (scheme == "http" && near);
    (fits && plain && !name.is_empty() && !host.contains('@')).then(|| text.to_owned())
}

impl Contract {
    fn read(mut section: Section<'_, '_>) -> Self {
        let contract = Self {
            signed_on: section.date("signed_on"),
            covers: section.words("covers"),
            essence_available: section.flag("essence_available"),
        };
        section.finish();
        contract
    }

    fn tree(&self) -> Table {
        let covers = self.covers.iter().map(|item| item.name());
        Table::default()
            .maybe("signed_on", self.signed_on)
            .maybe("covers", Node::list(covers))
            .flag("essence_available", self.essence_available)
    }

    /// What GDPR Art. 28(3) demands and the contract does not say.
    pub fn missing(&self) -> impl Iterator<Item = ContractItem> {
        ContractItem::ALL
            .iter()
            .copied()
            .filter(|item| !self.covers.contains(item))
    }
}

impl Transfer {
    fn read(mut section: Section<'_, '_>) -> Option<Self> {
        let basis = section.required_word("basis", "basis = \"scc\"");
        let assessed_on = section.date("assessed_on");
        let reference = section.text("reference");
        section.finish();
        Some(Self {
            basis: basis?,
            assessed_on,
            reference,
        })
    }

    fn tree(&self) -> Table {
        Table::default()
            .with("basis", self.basis.name())
            .maybe("assessed_on", self.assessed_on)
            .maybe("reference", self.reference.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::{mail_address, webhook_address};

    #[test]
    fn a_webhook_is_encrypted_or_on_this_machine_and_holds_no_secret() {
        for good in [
            "https://hook.example/leitplanke",
            "http://localhost:9/x",
            "http://127.0.0.1:9/",
            "http://[::1]:9/x",
        ] {
            assert!(webhook_address(good).is_some(), "{good}");
        }
        for bad in [
            "http://hook.example/",
            "http://localhost.example/",
            "http://127.0.0.1.example/",
            "https://user:secret@hook.example/",
            "https://",
            "hook.example",
            "ftp://localhost/",
            "https://hook.example/a b",
        ] {
            assert_eq!(webhook_address(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_address_can_be_written_to() {
        assert!(mail_address("datenschutz@beispiel.example").is_some());
        for bad in [
            "beispiel",
            "@beispiel.example",
            "a@b",
            "a b@c.example",
            "a@b.example\nBcc: c@d.example",
        ] {
            assert_eq!(mail_address(bad), None, "{bad}");
        }
    }
}
