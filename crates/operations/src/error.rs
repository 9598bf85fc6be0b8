//! What can go wrong in an operation.

use jiff::civil::Date;

use crate::block_list::Frees;

/// Why an operation was not carried out. Nothing was changed then.
///
/// The texts never repeat personal data, so that they may be logged.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database could not be read or written; try again.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// A key is missing, wrong or can't be made.
    #[error(transparent)]
    Vault(#[from] vault::VaultError),
    /// There is no notice to a recipient of that kind.
    #[error("there is no such notice or recipient")]
    UnknownNotice,
    /// The system gives no random numbers.
    #[error("the system gives no random numbers; nothing was done")]
    Random,
    /// The master key's file can't be used.
    #[error(transparent)]
    KeyFile(#[from] vault::KeyFileError),
    /// The master key given as text can't be used.
    #[error(transparent)]
    KeyText(#[from] vault::KeyTextError),
    /// An evidence entry can't be made.
    #[error(transparent)]
    Entry(#[from] evidence::EntryError),
    /// The log's name or key can't be used.
    #[error(transparent)]
    LogKey(#[from] evidence::KeyError),
    /// The evidence log is damaged.
    #[error("the evidence log is damaged: {0}; run `leitplanke verify` to see where")]
    Log(String),
    /// There is no installation at this place yet.
    #[error("there is no installation here yet; set one up with `leitplanke init`")]
    NotSetUp,
    /// An organisation of that name is there already.
    #[error("there is an organisation of that name already")]
    OrganisationExists,
    /// The organisation's name can't be used.
    #[error("an organisation needs a name of 1 to 200 characters")]
    OrganisationName,
    /// No organisation of that name.
    #[error("there is no organisation of that name; known are: {0}")]
    UnknownOrganisation(String),
    /// Several organisations, and none was named.
    #[error("name the organisation with --organisation; known are: {0}")]
    WhichOrganisation(String),
    /// Neither an identifier nor an address nor a number.
    #[error(
        "this is no contact: give its id (32 hexadecimal digits), an e-mail address or a \
         telephone number with country code"
    )]
    ContactText,
    /// No contact with that id, address or number.
    #[error("no contact is known by this; import it first, or check the spelling")]
    UnknownContact,
    /// No contact names that company.
    #[error("no contact names this company")]
    UnknownCompany,
    /// Several contacts share the address or number.
    #[error("{count} contacts share this; name one by its id: {ids}")]
    WhichContact {
        /// How many.
        count: usize,
        /// Their ids.
        ids: String,
    },
    /// A decision against the person's own will.
    #[error("nobody can pass over an objection or a withdrawal of the person")]
    NotToBeOverruled,
    /// Somebody else changed the contact meanwhile.
    #[error("somebody else changed this contact meanwhile; look at it and correct it again")]
    ContactConflict,
    /// Two contacts were to be merged that are one already.
    #[error("a contact can't be merged with itself")]
    SameContact,
    /// Two contacts differ in what decides which rules count, and nobody chose.
    #[error("choose which {} stays", .0.name())]
    MergeChoice(crate::merge::MergeField),
    /// A correction that corrects nothing.
    #[error("nothing was changed")]
    Unchanged,
    /// A contact without any way to reach or name anybody.
    #[error("give an e-mail address, a telephone number, or a name with a postal address")]
    NobodyReached,
    /// A contact that is on record already.
    #[error("a contact with this address or number is on record already")]
    KnownContact(store::Id),
    /// The contact was erased.
    #[error("this contact was erased; its data can't be read any more")]
    Erased,
    /// The address belongs to somebody who was erased: no new grants, objections are still taken.
    #[error(
        "an address of this contact is suppressed since somebody was erased: a consent for it \
         can't be recorded"
    )]
    Suppressed,
    /// The gate does not permit it.
    #[error("the gate does not permit this; nothing was done")]
    NotPermitted,
    /// There is no such call.
    #[error("there is no such call")]
    UnknownCall,
    /// What came of the call is written down already.
    #[error("what came of this call is written down already")]
    CallEnded,
    /// No register was applied yet.
    #[error("no register is in force yet; write one (`leitplanke register sample`) and apply it")]
    NoRegister,
    /// The register in force is damaged.
    #[error("the register in force can't be read: {0}")]
    Register(String),
    /// The register text has faults.
    #[error("the register has {} faults; the first: {}", .0.len(), .0.first().map(ToString::to_string).unwrap_or_default())]
    RegisterFaults(Vec<register::Fault>),
    /// Somebody else saved a version meanwhile.
    #[error("version {version} of the register was saved meanwhile; look at it and change again")]
    RegisterConflict {
        /// The version in force now.
        version: i64,
        /// Which account saved it.
        by: String,
        /// When.
        at: jiff::Timestamp,
    },
    /// A change of forms that would change something else of the register too.
    #[error("only forms can be changed here; the rest of the register stays as it is")]
    NotOnlyForms,
    /// An entry of the register that others refer to.
    #[error("it is still used by: {0}")]
    RegisterEntryInUse(String),
    /// An entry that the register does not have.
    #[error("the register has no entry {0}")]
    UnknownRegisterEntry(String),
    /// A purpose that the register does not declare.
    #[error("{0}")]
    Purpose(String),
    /// No such version of the register.
    #[error("there is no version {0} of the register")]
    RegisterVersion(i64),
    /// A consent that is said to be given later than today.
    #[error("the day {0} is in the future")]
    Future(Date),
    /// A consent without a channel.
    #[error("name at least one channel")]
    NoChannel,
    /// A text that may not be empty is empty.
    #[error("{0} must not be empty")]
    Empty(&'static str),
    /// Nothing to withdraw or revoke.
    #[error("there is nothing to take back: {0}")]
    NothingToTakeBack(&'static str),
    /// Facts about a consent that can't be read.
    #[error("{0}")]
    Facts(String),
    /// A document of a kind that is not kept.
    #[error("a document has to be a PDF, a PNG or a JPEG")]
    DocumentKind,
    /// A document that is too large.
    #[error("a document may have at most {} MiB", crate::MAX_DOCUMENT_BYTES >> 20)]
    DocumentTooLarge,
    /// No such document with the contact.
    #[error("this contact has no such document")]
    UnknownDocument,
    /// A number called that is none.
    #[error("the number called is no telephone number")]
    CalledNumber,
    /// A click or code that another system saw, without that system's record.
    #[error("a confirmation that another system saw needs that system's record as a document")]
    ProofWithoutRecord,
    /// A pack of evidence can't be made.
    #[error(transparent)]
    Pack(#[from] pack::DraftError),
    /// No entry of that number.
    #[error("there is no evidence entry {0}")]
    UnknownEntry(i64),
    /// The entry is not sealed or the person was erased.
    #[error("the content of entry {0} can't be disclosed: the person was erased")]
    NotDisclosable(i64),
    /// A file can't be read or written.
    #[error("{what}: {source}")]
    File {
        /// Which file, in words.
        what: String,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A contact list can't be read.
    #[error(transparent)]
    Import(#[from] crate::import::ImportError),
    /// A mail can't be sent as it is written.
    #[error(transparent)]
    Letter(#[from] crate::mail::LetterFault),
    /// No mail with that id.
    #[error("there is no such mail")]
    UnknownMail,
    /// A mail that was sent or has ended otherwise.
    #[error("this mail was sent meanwhile, or is not to be sent any more")]
    MailNotToBeTried,
    /// A letter with a link, and nobody said where this installation is.
    #[error("it is not known where people reach this installation, so no link can be sent")]
    NoAddress,
    /// No campaign with that id.
    #[error("there is no such campaign")]
    UnknownCampaign,
    /// No suppression list with that id.
    #[error("there is no such suppression list")]
    UnknownBlockList,
    /// The name of a suppression list can't be used.
    #[error("a suppression list needs a name of 1 to 100 characters")]
    BlockListName,
    /// The suppression list of this name comes from elsewhere.
    #[error("the suppression list of this name is of another kind; give the new one another name")]
    BlockListKind,
    /// The suppression list of this name is newer.
    #[error("the suppression list of this name has the state of {0}, which is later")]
    BlockListOlder(Date),
    /// The suppression list of this name has more than the new one.
    #[error(
        "the suppression list of this name has {} addresses and numbers that the new one lacks, which \
         would be blocked no more", .0.entries
    )]
    BlockListFrees(Frees),
    /// Two lists of the same name were taken in at the same time.
    #[error("a suppression list of this name was taken in at the same time")]
    BlockListConflict,
    /// Somebody else changed the campaign meanwhile.
    #[error("somebody else changed this campaign meanwhile; look at it and change it again")]
    CampaignConflict,
    /// A campaign can't be saved, made ready or sent.
    #[error(transparent)]
    Campaign(#[from] crate::campaign::CampaignFault),
    /// A request of a person can't be worked on as it was meant.
    #[error(transparent)]
    Request(#[from] crate::request::RequestFault),
    /// An answer can't be released or handed out as it was meant.
    #[error(transparent)]
    Release(#[from] crate::access_answer::ReleaseFault),
    /// What stands in the way of keeping or erasing by rule.
    #[error(transparent)]
    Retention(#[from] crate::retention::RetentionFault),
    /// What is kept has a form that this version does not know.
    #[error("a stored {0} can't be read; it was written by a newer version or damaged")]
    Stored(&'static str),
}

impl Error {
    /// Whether a text is longer than the evidence log can keep; a shorter one can be written down.
    pub fn is_too_long(&self) -> bool {
        matches!(self, Self::Entry(evidence::EntryError::TooLong(_)))
    }

    pub(crate) fn file(what: impl Into<String>, source: std::io::Error) -> Self {
        Self::File {
            what: what.into(),
            source,
        }
    }
}
