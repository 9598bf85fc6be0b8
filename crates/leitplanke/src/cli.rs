//! The command line: what can be typed, and nothing of what it does.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use jiff::SignedDuration;
use jiff::civil::Date;
use law::facts::{ContactKind, InterestGround, Proof, RelationKind, Source};
use law::{Channel, Country, Land, Lang};

/// Win and keep customers lawfully: who may be contacted, by which channel, why, and the proof.
///
/// Leitplanke supports decisions; it is not legal advice.
#[derive(Debug, Parser)]
#[command(name = "leitplanke", version)]
pub struct Cli {
    /// Folder with the data, the keys and the settings.
    #[arg(long, env = "LEITPLANKE_DATA", default_value = "data", global = true)]
    pub data: PathBuf,

    /// PostgreSQL address (postgres://...); without it, SQLite in the data folder.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, global = true)]
    pub database_url: Option<String>,

    /// Organisation to act for, by name; needed when there is more than one.
    #[arg(long, env = "LEITPLANKE_ORGANISATION", global = true)]
    pub organisation: Option<String>,

    /// Language of the texts: de or en [default: that of the environment]
    #[arg(long, value_parser = parse_lang, global = true)]
    pub lang: Option<Lang>,

    /// Print JSON instead of text.
    #[arg(long, global = true)]
    pub json: bool,

    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Set up an organisation: data folder, keys, empty register.
    Init(Init),
    /// Take in a contact list: CSV, Excel or vCard.
    Import(Import),
    /// Record or withdraw a consent.
    #[command(subcommand)]
    Consent(Consent),
    /// Record a person's objection (GDPR Art. 21).
    Object(Object),
    /// Write down what the gate needs to know of a contact: a sale, circumstances, an overrule.
    #[command(subcommand)]
    Note(Note),
    /// May we contact this person, by this channel, for this purpose, and why?
    Decide(Decide),
    /// Of a list on standard input, pass on those who may be contacted.
    Filter(Filter),
    /// Ask a rule beside the gate: deadline, breach, retention, fine, ...
    Ask(Ask),
    /// Write the receipt of an evidence entry, for a person or an auditor.
    Receipt(Receipt),
    /// What is proven about one person, for an outsider to check.
    #[command(subcommand)]
    Evidence(Evidence),
    /// Check a receipt, an evidence pack, an exported log, or the whole installation.
    Verify(Verify),
    /// Erase a person: shred the key, keep a hashed suppression entry, write a certificate.
    Erase(Erase),
    /// What is due by the register's rules, and the run that lets it go.
    #[command(subcommand)]
    Retention(Retention),
    /// The register: what is done with whose data and why.
    #[command(subcommand)]
    Register(Register),
    /// The evidence log: export it, or print its public key.
    #[command(subcommand)]
    Log(Log),
    /// Let somebody back in who lost every way to sign in.
    #[command(subcommand)]
    Account(Account),
    /// Change the master key; everything sealed stays readable.
    RotateKey(RotateKey),
    /// Make a backup while others work, or try out the newest one.
    Backup(Backup),
    /// Restore a backup into an empty place, without those who were erased since.
    Restore(Restore),
    /// Serve the pages and the API.
    Serve(Box<Serve>),
    /// Serve a sample firm with invented contacts, to look around.
    Demo(Demo),
    /// Look for what is wrong with this installation.
    Doctor,
}

#[derive(Debug, Args)]
pub struct Init {
    /// Name of the organisation.
    #[arg(long)]
    pub name: String,
    /// Country of its seat (two letters).
    #[arg(long, default_value = "DE")]
    pub country: Country,
    /// German Land of its seat, for public holidays and the authority in charge.
    #[arg(long)]
    pub land: Option<Land>,
}

/// Accounts.
#[derive(Debug, Subcommand)]
pub enum Account {
    /// Print a link that lets the person with this e-mail address set up a new way to sign in.
    Link {
        /// The address with which the person signs in.
        email: String,
        /// Where people reach the server.
        #[arg(long, default_value = "http://localhost:8070")]
        address: String,
    },
}

#[derive(Debug, Args)]
pub struct Serve {
    /// Address and port to listen on.
    #[arg(long, default_value = "127.0.0.1:8070")]
    pub listen: SocketAddr,
    /// Another host name under which the server answers, for example that of a proxy in front;
    /// may be repeated.
    #[arg(long = "host")]
    pub hosts: Vec<String>,
    /// Where people reach this server, such as https://leitplanke.example.com; links in mail and
    /// passkeys name it [default: http://localhost with the port]
    #[arg(long)]
    pub address: Option<String>,
    /// A proxy in front names the clients' addresses in X-Forwarded-For.
    #[arg(long)]
    pub behind_proxy: bool,
    #[command(flatten)]
    pub mail: MailOptions,
    #[command(flatten)]
    pub sms: SmsOptions,
    #[command(flatten)]
    pub backup: BackupOptions,
}

/// How text messages go out.
#[derive(Debug, Args)]
pub struct SmsOptions {
    /// Address of a gateway for text messages, such as https://sms.example.com/send, which gets each as
    /// JSON; without one calls are consented to in writing.
    #[arg(
        long = "sms-hook",
        value_name = "URL",
        env = "LEITPLANKE_SMS_HOOK",
        hide_env_values = true
    )]
    pub hook: Option<String>,
    /// File with the token that the gateway asks for (Bearer).
    #[arg(
        long = "sms-hook-token-file",
        value_name = "FILE",
        env = "LEITPLANKE_SMS_HOOK_TOKEN_FILE",
        requires = "hook"
    )]
    pub token_file: Option<PathBuf>,
    /// Sender of text messages, a name or number as the gateway takes it.
    #[arg(long = "sms-from", value_name = "SENDER", requires = "hook")]
    pub from: Option<String>,
    /// Countries to whose mobile telephones text messages are sent, such as DE,AT [default: each
    /// organisation's own, the EEA and Switzerland].
    #[arg(
        long = "sms-countries",
        value_name = "COUNTRIES",
        value_delimiter = ',',
        requires = "hook"
    )]
    pub countries: Vec<Country>,
    /// Seconds that the gateway may take for a message.
    #[arg(long = "sms-patience", value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=60))]
    pub patience: u16,
}

/// Backups that the server makes by itself, and the journal that it keeps beside the keys.
#[derive(Debug, Args)]
pub struct BackupOptions {
    /// Folder or s3://BUCKET/FOLDER to back up to; where several servers share a database, give it to
    /// one only.
    #[arg(long = "backup-to", value_name = "PLACE", env = "LEITPLANKE_BACKUP_TO")]
    pub to: Option<String>,
    /// Other place for the keys and the journal of erasures [default: the same]
    #[arg(
        long = "backup-keys-to",
        value_name = "PLACE",
        env = "LEITPLANKE_BACKUP_KEYS_TO"
    )]
    pub keys_to: Option<String>,
    /// Time between two backups, such as 24h or 30m.
    #[arg(long = "backup-every", value_name = "TIME", default_value = "24h", value_parser = parse_period)]
    pub every: SignedDuration,
    /// How many backups to keep.
    #[arg(long = "backup-keep", value_name = "NUMBER", default_value_t = 14, value_parser = clap::value_parser!(u32).range(1..))]
    pub keep: u32,
    /// Remove backups that are older than so many days.
    #[arg(long = "backup-keep-days", value_name = "DAYS")]
    pub keep_days: Option<u32>,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Backup {
    #[command(subcommand)]
    pub command: Option<BackupCommand>,
    /// Folder or s3://BUCKET/FOLDER to back up to; the key for S3 comes from AWS_ACCESS_KEY_ID,
    /// AWS_SECRET_ACCESS_KEY, AWS_REGION and, away from Amazon, AWS_ENDPOINT.
    #[arg(value_name = "TO", env = "LEITPLANKE_BACKUP_TO", required = true)]
    pub to: Option<String>,
    /// Other place for the keys and the journal of erasures [default: the same]
    #[arg(long, value_name = "TO", env = "LEITPLANKE_BACKUP_KEYS_TO")]
    pub keys_to: Option<String>,
    /// How many backups to keep, this one included [default: all]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    pub keep: Option<u32>,
    /// Remove backups that are older than so many days.
    #[arg(long, value_name = "DAYS")]
    pub keep_days: Option<u32>,
}

#[derive(Debug, Subcommand)]
pub enum BackupCommand {
    /// Restore the newest backup into a temporary place, check it, and write down how it went.
    Drill {
        /// Where the backups are.
        #[arg(value_name = "FROM", env = "LEITPLANKE_BACKUP_TO")]
        from: String,
        /// Where keys and journal are, if elsewhere.
        #[arg(long, value_name = "FROM", env = "LEITPLANKE_BACKUP_KEYS_TO")]
        keys: Option<String>,
    },
}

#[derive(Debug, Args)]
pub struct Restore {
    /// Where the backups are.
    #[arg(value_name = "FROM", env = "LEITPLANKE_BACKUP_TO")]
    pub from: String,
    /// Where keys and journal are, if elsewhere.
    #[arg(long, value_name = "FROM", env = "LEITPLANKE_BACKUP_KEYS_TO")]
    pub keys: Option<String>,
    /// Folder or postgres:// address to restore into; nothing may be there.
    #[arg(
        long,
        value_name = "FOLDER|URL",
        env = "LEITPLANKE_RESTORE_INTO",
        hide_env_values = true
    )]
    pub into: String,
    /// Which backup [default: the newest]
    #[arg(long, value_name = "NAME")]
    pub backup: Option<String>,
    /// Go on although parts of the journal are lost: whoever was erased or objected after the backup may
    /// come back. The log says that it was so.
    #[arg(long)]
    pub journal_lost: bool,
    /// File with the master key [default: LEITPLANKE_MASTER_KEY, or that of the data folder]
    #[arg(long, value_name = "FILE")]
    pub master_key: Option<PathBuf>,
}

/// How mail goes out, and where what comes back is read.
#[derive(Debug, Args)]
pub struct MailOptions {
    /// Mail server, such as smtps://user:password@mail.example.com or
    /// smtp://mail.example.com:587?tls=required; without one people hand links on themselves.
    #[arg(long, env = "LEITPLANKE_SMTP", hide_env_values = true)]
    pub smtp: Option<String>,
    /// Certificate (PEM) of the authority that signed the mail server's, beside the known ones.
    #[arg(long, value_name = "FILE", requires = "smtp")]
    pub smtp_ca: Option<PathBuf>,
    /// Sender of mail, such as "Leitplanke <leitplanke@example.com>".
    #[arg(long, env = "LEITPLANKE_MAIL_FROM", requires = "smtp")]
    pub mail_from: Option<String>,
    /// Where answers go, if not to the sender.
    #[arg(long, value_name = "ADDRESS", requires = "smtp")]
    pub mail_reply_to: Option<String>,
    /// Private key (PEM, RSA or Ed25519) that signs mail (DKIM).
    #[arg(
        long,
        value_name = "FILE",
        requires = "smtp",
        requires = "dkim_selector"
    )]
    pub dkim_key: Option<PathBuf>,
    /// Name under which the public key stands in the DNS: SELECTOR._domainkey.DOMAIN.
    #[arg(long, value_name = "SELECTOR", requires = "dkim_key")]
    pub dkim_selector: Option<String>,
    /// Domain that signs [default: that of the sender]
    #[arg(long, value_name = "DOMAIN", requires = "dkim_key")]
    pub dkim_domain: Option<String>,
    /// Seconds between two mails of campaigns to one domain.
    #[arg(long, value_name = "SECONDS", default_value_t = 2, value_parser = clap::value_parser!(u16).range(..=3600))]
    pub mail_pace: u16,
    /// Seconds that the mail server may take for each of the two steps of sending; after the second
    /// it counts as unknown whether the mail arrived.
    #[arg(long, value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u16).range(1..=900))]
    pub mail_patience: u16,
    /// Maildir of the mailbox to which mail comes back; its folder `new` is looked through.
    #[arg(long, value_name = "FOLDER")]
    pub mailbox: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Demo {
    /// Address and port to listen on.
    #[arg(long, default_value = "127.0.0.1:8070")]
    pub listen: SocketAddr,
    /// Folder to keep the sample firm in [default: a temporary one, gone at the end]
    #[arg(long)]
    pub keep: Option<PathBuf>,
    /// How many invented contacts.
    #[arg(long, default_value_t = 3000)]
    pub contacts: u32,
}

#[derive(Debug, Args)]
pub struct Import {
    /// File to read.
    pub file: PathBuf,
    /// Where the data come from, in words, for example "Messe Hannover 2026" (Art. 14(2)(f)).
    #[arg(long)]
    pub source: String,
    /// What kind of source that is.
    #[arg(long, value_parser = parse_source_kind, default_value = "other")]
    pub source_kind: Source,
    /// Day on which the data were obtained; the Art. 14 month runs from it.
    #[arg(long)]
    pub obtained_on: Date,
    /// Country of contacts whose row does not say [default: the organisation's]
    #[arg(long)]
    pub country: Option<Country>,
    /// Treat every contact as business or consumer, whatever the row says.
    #[arg(long, value_parser = parse_contact_kind)]
    pub kind: Option<ContactKind>,
    /// Assign a column by hand, for example --map "Kontaktadresse=email"; may be repeated.
    #[arg(long = "map", value_name = "COLUMN=FIELD")]
    pub maps: Vec<String>,
    /// Sheet of a workbook, by name.
    #[arg(long)]
    pub sheet: Option<String>,
    /// Where to write the rows that can't be taken [default: FILE.rejects.csv]
    #[arg(long)]
    pub rejects: Option<PathBuf>,
    /// Only show what would be read; write nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Do not ask after showing the columns.
    #[arg(long, short = 'y')]
    pub yes: bool,
}

#[derive(Debug, Subcommand)]
pub enum Consent {
    /// Record a consent that was given, with its proof.
    Record(ConsentRecord),
    /// Withdraw a consent; as easy as giving it (GDPR Art. 7(3)).
    Withdraw(ConsentWithdraw),
}

#[derive(Debug, Args)]
pub struct ConsentRecord {
    /// The contact: its id, an e-mail address or a telephone number.
    #[arg(long)]
    pub contact: String,
    /// Activity of the register for whose purpose the consent was given.
    #[arg(long)]
    pub purpose: String,
    /// Channels that the consent names; may be repeated or separated by commas.
    #[arg(long = "channel", value_delimiter = ',', required = true)]
    pub channels: Vec<Channel>,
    /// Day on which it was given.
    #[arg(long)]
    pub given_on: Date,
    /// What proves it.
    #[arg(long, value_parser = parse_proof)]
    pub proof: Proof,
    /// The consent text as shown, from a file; it is kept word for word.
    #[arg(long)]
    pub text: Option<PathBuf>,
    /// How it came about, as JSON (see `leitplanke ask consent --schema`).
    #[arg(long)]
    pub facts: Option<String>,
}

#[derive(Debug, Args)]
pub struct ConsentWithdraw {
    /// The contact: its id, an e-mail address or a telephone number.
    #[arg(long)]
    pub contact: String,
    /// Only for this activity [default: every one]
    #[arg(long)]
    pub purpose: Option<String>,
    /// Only these channels [default: every one]
    #[arg(long = "channel", value_delimiter = ',')]
    pub channels: Vec<Channel>,
    /// Day of the withdrawal [default: today]
    #[arg(long)]
    pub on: Option<Date>,
}

#[derive(Debug, Args)]
pub struct Object {
    /// The contact: its id, an e-mail address or a telephone number, known or not.
    #[arg(long)]
    pub contact: String,
    /// Only these channels [default: every one]
    #[arg(long = "channel", value_delimiter = ',')]
    pub channels: Vec<Channel>,
    /// Only to profiling for advertising, not to advertising itself.
    #[arg(long)]
    pub profiling_only: bool,
    /// Day on which it arrived [default: today]
    #[arg(long)]
    pub on: Option<Date>,
}

#[derive(Debug, Subcommand)]
pub enum Note {
    /// A sale to the contact, for the existing-customer rule (UWG § 7(3)).
    Sale(NoteSale),
    /// Concrete circumstances that let presume interest in a call (UWG § 7(2) Nr. 1).
    Circumstance(NoteCircumstance),
    /// That the contact was told what Art. 13 or 14 asks for.
    Informed(NoteInformed),
    /// What a look into the country's exclusion list (do-not-call register) gave.
    Screening(NoteScreening),
    /// Overrule a refusal for one contact, with a reason; revocable.
    Overrule(NoteOverrule),
}

#[derive(Debug, Args)]
pub struct NoteSale {
    /// The contact: its id, an e-mail address or a telephone number.
    #[arg(long)]
    pub contact: String,
    /// Goods class, as the register names it.
    #[arg(long)]
    pub goods: String,
    /// Day of the sale.
    #[arg(long)]
    pub sold_on: Date,
    /// The address was obtained from the customer in connection with this sale (Nr. 1).
    #[arg(long)]
    pub address_from_sale: bool,
    /// The right to object was pointed out when the address was collected (Nr. 4).
    #[arg(long)]
    pub notice_at_collection: bool,
    /// What kind of relation it made.
    #[arg(long, value_parser = parse_relation, default_value = "purchase")]
    pub relation: RelationKind,
}

#[derive(Debug, Args)]
pub struct NoteCircumstance {
    /// The contact: its id, an e-mail address or a telephone number.
    #[arg(long)]
    pub contact: String,
    /// Activity of the register that the call would serve.
    #[arg(long)]
    pub purpose: String,
    /// What kind of circumstance it is.
    #[arg(long, value_parser = parse_ground)]
    pub kind: InterestGround,
    /// What is known, in words; kept as evidence.
    #[arg(long)]
    pub text: String,
}

#[derive(Debug, Args)]
pub struct NoteInformed {
    /// The contact: its id, an e-mail address or a telephone number.
    #[arg(long)]
    pub contact: String,
    /// Day on which the information was given [default: today]
    #[arg(long)]
    pub on: Option<Date>,
}

#[derive(Debug, Args)]
pub struct NoteScreening {
    /// The contact: its id, an e-mail address or a telephone number.
    #[arg(long)]
    pub contact: String,
    /// The number is on the list [default: it is not]
    #[arg(long)]
    pub listed: bool,
}

#[derive(Debug, Args)]
pub struct NoteOverrule {
    /// The contact: its id, an e-mail address or a telephone number.
    #[arg(long)]
    pub contact: String,
    /// Activity of the register.
    #[arg(long)]
    pub purpose: String,
    /// The channel.
    #[arg(long)]
    pub channel: Channel,
    /// Why a person decides otherwise; it shows in the contact's access answer.
    #[arg(long, required_unless_present = "revoke")]
    pub reason: Option<String>,
    /// Take an earlier overrule back.
    #[arg(long, conflicts_with = "reason")]
    pub revoke: bool,
}

#[derive(Debug, Args)]
pub struct Decide {
    /// The contact: its id, an e-mail address or a telephone number.
    #[arg(long, required_unless_present_any = ["facts", "schema"], requires = "purpose", requires = "channel")]
    pub contact: Option<String>,
    /// Activity of the register.
    #[arg(long)]
    pub purpose: Option<String>,
    /// The channel.
    #[arg(long)]
    pub channel: Option<Channel>,
    /// Day for which to answer [default: today]
    #[arg(long)]
    pub on: Option<Date>,
    /// Keep the decision as evidence.
    #[arg(long, requires = "contact")]
    pub record: bool,
    /// Answer made-up facts instead, one JSON object a line (- for standard input); no database.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["contact", "purpose", "channel", "record"])]
    pub facts: Option<PathBuf>,
    /// Print the JSON schema of those facts.
    #[arg(long, conflicts_with_all = ["contact", "facts"])]
    pub schema: bool,
}

#[derive(Debug, Args)]
pub struct Filter {
    /// Activity of the register.
    #[arg(long)]
    pub purpose: String,
    /// The channel.
    #[arg(long)]
    pub channel: Channel,
    /// Day for which to answer [default: today]
    #[arg(long)]
    pub on: Option<Date>,
    /// Assign a column by hand, for example --map "Kontaktadresse=email"; may be repeated.
    #[arg(long = "map", value_name = "COLUMN=FIELD")]
    pub maps: Vec<String>,
    /// Where to write the rows held back, with reason and next lawful step.
    #[arg(long, value_name = "FILE")]
    pub refused: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Ask {
    /// The topic; without one, the list of topics.
    pub topic: Option<String>,
    /// The facts as a JSON object (- reads standard input).
    #[arg(long, requires = "topic")]
    pub facts: Option<String>,
    /// Print the JSON schema of the topic's facts.
    #[arg(long, conflicts_with = "facts", requires = "topic")]
    pub schema: bool,
}

#[derive(Debug, Args)]
pub struct Receipt {
    /// Number of the evidence entry, as printed when it was written.
    pub entry: i64,
    /// Let whoever holds the receipt read what the entry seals.
    #[arg(long)]
    pub disclose: bool,
    /// Of an erasure: the certificate as a paper (PDF), which names nobody.
    #[arg(long, requires = "output", conflicts_with = "disclose")]
    pub certificate: bool,
    /// File to write [default: standard output]
    #[arg(long, short)]
    pub output: Option<PathBuf>,
}

/// Evidence about one person.
#[derive(Debug, Subcommand)]
pub enum Evidence {
    /// Make the evidence pack: receipts, texts, documents, summary. That is itself evidence.
    Pack {
        /// The contact: its id, an e-mail address or a telephone number.
        contact: String,
        /// ZIP file to write.
        #[arg(long, short)]
        out: PathBuf,
    },
    /// Print the consents after ISO/IEC TS 27560:2023 in terms of the W3C DPV (JSON-LD).
    Consents {
        /// The contact: its id, an e-mail address or a telephone number.
        contact: String,
    },
}

#[derive(Debug, Args)]
pub struct Verify {
    /// A receipt (JSON file), an evidence pack (ZIP file) or an exported log (folder); without it,
    /// the whole installation.
    pub what: Option<PathBuf>,
    /// The log's public key: the key itself, or a file with it. An evidence pack brings one, whose
    /// fingerprint then has to be compared.
    #[arg(long, requires = "what")]
    pub key: Option<String>,
    /// First entry to check [default: 0]
    #[arg(long)]
    pub from: Option<u64>,
    /// Entry at which to stop, itself not checked [default: the end]
    #[arg(long)]
    pub to: Option<u64>,
}

#[derive(Debug, Args)]
pub struct Erase {
    /// The contact: its id, an e-mail address or a telephone number.
    #[arg(long)]
    pub contact: String,
    /// Do not ask; there is no way back.
    #[arg(long, short = 'y')]
    pub yes: bool,
    /// Where to write the certificate [default: erasure-ENTRY.json]
    #[arg(long, short)]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum Retention {
    /// How many contacts are due now, in 30 and in 90 days, by rule.
    Due,
    /// Propose a run over what is due, or go on with the one that is released.
    Run(RetentionRun),
}

#[derive(Debug, Args)]
pub struct RetentionRun {
    /// Release the run too; there is no way back.
    #[arg(long, short = 'y')]
    pub yes: bool,
}

#[derive(Debug, Subcommand)]
pub enum Register {
    /// Check a register file: faults with line and column, then gaps with their provision.
    Check {
        /// The TOML file.
        file: PathBuf,
    },
    /// Show what a register file would move if it were applied: changes, gaps, and for how many
    /// contacts the gate's answer turns. Nothing is written.
    Preview {
        /// The TOML file.
        file: PathBuf,
    },
    /// Make a register file the register in force.
    Apply {
        /// The TOML file.
        file: PathBuf,
    },
    /// Print the register in force, or an earlier version.
    Export {
        /// Which version [default: the newest]
        #[arg(long)]
        version: Option<i64>,
    },
    /// List the versions.
    Versions,
    /// Print a register to start from.
    Sample,
}

#[derive(Debug, Subcommand)]
pub enum Log {
    /// Print the public key that receipts are checked with.
    Key,
    /// Write the log as files (tlog-tiles), for an auditor.
    Export {
        /// Folder to write to.
        folder: PathBuf,
    },
}

#[derive(Debug, Args)]
pub struct RotateKey {
    /// File with the new master key; made if it is not there.
    #[arg(long)]
    pub new_key: PathBuf,
}

fn parse_lang(text: &str) -> Result<Lang, String> {
    match text {
        "de" => Ok(Lang::De),
        "en" => Ok(Lang::En),
        _ => Err("known languages are de and en".to_owned()),
    }
}

fn parse_period(text: &str) -> Result<SignedDuration, String> {
    let period: SignedDuration = text
        .parse()
        .map_err(|_| "write it as 24h or 30m".to_owned())?;
    if period < SignedDuration::from_mins(1) {
        return Err("a minute is the shortest".to_owned());
    }
    Ok(period)
}

fn parse_contact_kind(text: &str) -> Result<ContactKind, String> {
    parse_word("contact kind", text)
}

fn parse_source_kind(text: &str) -> Result<Source, String> {
    parse_word("source kind", text)
}

fn parse_proof(text: &str) -> Result<Proof, String> {
    parse_word("proof", text)
}

fn parse_ground(text: &str) -> Result<InterestGround, String> {
    parse_word("kind of circumstance", text)
}

fn parse_relation(text: &str) -> Result<RelationKind, String> {
    parse_word("relation", text)
}

/// Words are spelled as in JSON; a hyphen does as well as an underscore.
fn parse_word<T: serde::de::DeserializeOwned>(what: &str, text: &str) -> Result<T, String> {
    let word = serde_json::Value::String(text.replace('-', "_"));
    serde_json::from_value(word).map_err(|error| {
        let known = error.to_string();
        let known = known
            .split_once("expected one of ")
            .map_or("", |(_, known)| known);
        format!("unknown {what}; known are {known}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn every_command_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn words_are_spelled_with_hyphen_or_underscore_and_unknown_ones_name_the_known() {
        assert_eq!(parse_proof("sms-code"), Ok(Proof::SmsCode));
        assert_eq!(
            parse_source_kind("address_dealer"),
            Ok(Source::AddressDealer)
        );
        assert!(parse_proof("handshake").unwrap_err().contains("written"));
    }
}
