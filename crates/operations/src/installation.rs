//! An installation: the database, the master key and what it opens.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::Timestamp;
use jiff::civil::Date;
use law::Country;
use law::gdpr::art44::is_eea;
use store::{Hash, Id, Store, Target, Tx};
use vault::{IndexKey, MasterKey, Secret};

use crate::Error;
use crate::declare::InForce;

const INDEX_KEY: &str = "index";
/// The name of the secret that seals backups.
pub(crate) const BACKUP_KEY: &str = "backup";

/// An opened installation. Cheap to clone.
#[derive(Clone)]
pub struct Installation(Arc<Inner>);

struct Inner {
    store: Store,
    master: MasterKey,
    index: IndexKey,
    address: OnceLock<String>,
    mailbox: OnceLock<String>,
    registers: Mutex<HashMap<Id, KeptRegister>>,
    sms: OnceLock<()>,
    sms_countries: OnceLock<Vec<Country>>,
}

/// The register in force of an organisation as it was read last, with SHA-256 of its text; the same for everybody who opens the
/// organisation.
pub(crate) type KeptRegister = Arc<Mutex<Option<(Hash, Arc<InForce>)>>>;

impl Installation {
    /// Opens the database at `target` with the master key, and makes what is missing: an empty
    /// database and its index key.
    ///
    /// # Errors
    /// When the database can't be opened or belongs to another master key.
    pub fn open(target: &Target, master: MasterKey) -> Result<Self, Error> {
        Self::on(Store::open(target)?, master)
    }

    /// Opens what is being restored; see [`crate::backup`].
    pub(crate) fn open_to_restore(target: &Target, master: MasterKey) -> Result<Self, Error> {
        Self::on(Store::open_to_restore(target)?, master)
    }

    fn on(store: Store, master: MasterKey) -> Result<Self, Error> {
        let index = IndexKey::new(secret(&store, &master, INDEX_KEY)?);
        Ok(Self(Arc::new(Inner {
            store,
            master,
            index,
            address: OnceLock::new(),
            mailbox: OnceLock::new(),
            registers: Mutex::default(),
            sms: OnceLock::new(),
            sms_countries: OnceLock::new(),
        })))
    }

    /// Which database keeps its data: `SQLite` or `PostgreSQL`.
    pub fn engine(&self) -> &'static str {
        self.store().engine()
    }

    /// Says where people reach this installation, such as `https://leitplanke.example.com`, without
    /// a slash at the end. Links in mail begin with it. What was said first stays.
    pub fn reached_at(&self, address: &str) {
        let _ = self.0.address.set(address.trim_end_matches('/').to_owned());
    }

    /// Where people reach this installation, if that was said.
    pub fn address(&self) -> Option<&str> {
        self.0.address.get().map(String::as_str)
    }

    /// Says which address leads to the mailbox that is read here, so that people can leave by mail.
    /// What was said first stays.
    pub fn reads_mail_to(&self, address: &str) {
        let _ = self.0.mailbox.set(address.to_owned());
    }

    /// The address that leads to the mailbox that is read here, if one is.
    pub fn mailbox(&self) -> Option<&str> {
        self.0.mailbox.get().map(String::as_str)
    }

    pub(crate) fn kept_register(&self, organisation: Id) -> KeptRegister {
        let registers = self.0.registers.lock();
        let mut registers = registers.unwrap_or_else(PoisonError::into_inner);
        Arc::clone(registers.entry(organisation).or_default())
    }

    /// Says that a gateway for text messages is there, so that people can be sent codes.
    pub fn has_sms_gateway(&self) {
        let _ = self.0.sms.set(());
    }

    /// Whether text messages can be sent.
    pub fn sends_sms(&self) -> bool {
        self.0.sms.get().is_some()
    }

    /// Chooses the countries to whose mobile telephones text messages are sent, for every organisation;
    /// unless chosen, each organisation's own, the European Economic Area and Switzerland. What was said
    /// first stays.
    pub fn sends_sms_to(&self, countries: &[Country]) {
        let _ = self.0.sms_countries.set(countries.to_vec());
    }

    /// Whether text messages of an organisation in the country `own` are sent to `country`.
    pub(crate) fn sends_sms_in(&self, country: Country, own: Country) -> bool {
        match self.0.sms_countries.get() {
            Some(chosen) => chosen.contains(&country),
            // As the area is now, without whoever left it.
            None => country == own || &country.code() == b"CH" || is_eea(country, Date::MAX),
        }
    }

    /// Overwrites what the database keeps of deleted keys (see [`Store::forget_deleted_keys`]).
    ///
    /// # Errors
    /// When the database can't be reached.
    pub fn forget_deleted_keys(&self) -> Result<bool, Error> {
        Ok(self.store().forget_deleted_keys()?)
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    pub(crate) fn master(&self) -> &MasterKey {
        &self.0.master
    }

    pub(crate) fn index(&self) -> &IndexKey {
        &self.0.index
    }

    /// The secret that seals backups, made when it is first asked for.
    pub(crate) fn backup_secret(&self) -> Result<Secret, Error> {
        secret(&self.0.store, &self.0.master, BACKUP_KEY)
    }

    /// The secret of one organisation's log, made when it is first asked for.
    pub(crate) fn log_seed(&self, organisation: Id) -> Result<Secret, Error> {
        secret(&self.0.store, &self.0.master, &log_key_name(organisation))
    }
}

impl Installation {
    /// The same in the midst of a transaction; it was made with the organisation.
    pub(crate) fn log_seed_in(&self, tx: &mut Tx<'_>, organisation: Id) -> Result<Secret, Error> {
        let name = log_key_name(organisation);
        let row = store::key::get_system(tx, &name)?.ok_or(Error::Stored("log key"))?;
        Ok(Secret::unwrap_from(self.master(), &name, &row.wrapped)?)
    }
}

/// The master key in a file of the data folder, made at the first start, readable by its owner
/// only.
///
/// # Errors
/// When the file is open to others, holds no key, or can't be written.
pub fn master_key_in(folder: &Path) -> Result<MasterKey, Error> {
    std::fs::create_dir_all(folder).map_err(|e| Error::file("the data folder", e))?;
    Ok(MasterKey::load_or_create(&folder.join("master.key"))?)
}

pub(crate) fn log_key_name(organisation: Id) -> String {
    format!("log/{organisation}")
}

/// Reads a system secret, or makes it. Two processes that start at once end up with the same one,
/// since the first to write wins.
fn secret(store: &Store, master: &MasterKey, name: &str) -> Result<Secret, Error> {
    let find = |name: &str| store.read(|tx| store::key::get_system(tx, name));
    if let Some(row) = find(name)? {
        return Ok(Secret::unwrap_from(master, name, &row.wrapped)?);
    }
    let row = store::key::SystemKey {
        name: name.to_owned(),
        wrapped: Secret::generate()?.wrap(master, name)?,
        master_id: master.id().into_bytes(),
    };
    store.write(move |tx| store::key::insert_system(tx, &row))?;
    let row = find(name)?.ok_or(Error::Stored("system key"))?;
    Ok(Secret::unwrap_from(master, name, &row.wrapped)?)
}

/// A new identifier: the time first, so that new rows stay together on disk, then chance.
pub(crate) fn new_id(at: Timestamp) -> Result<Id, Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| Error::Random)?;
    let millis = u64::try_from(at.as_millisecond()).unwrap_or_default();
    bytes[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
    Ok(Id(bytes))
}

/// When an identifier was made, to the millisecond.
pub(crate) fn made_at(id: Id) -> Timestamp {
    let mut millis = [0; 8];
    millis[2..].copy_from_slice(&id.0[..6]);
    let millis = i64::try_from(u64::from_be_bytes(millis)).unwrap_or(i64::MAX);
    Timestamp::from_millisecond(millis).unwrap_or(Timestamp::MAX)
}
