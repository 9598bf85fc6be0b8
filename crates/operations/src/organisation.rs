//! Organisations of an installation.

use std::sync::Arc;

use evidence::{LogKey, LogVerifier};
use jiff::Timestamp;
use law::{Country, Land};
use store::{Id, Store, Tx};
use vault::{BlindIndex, MasterKey, Secret};

use crate::installation::{KeptRegister, new_id};
use crate::log::append::{self, Kind};
use crate::{Act, Error, Installation};

/// One organisation, ready to act for. Cheap to clone.
#[derive(Clone)]
pub struct Organisation(Arc<Inner>);

struct Inner {
    installation: Installation,
    row: store::organisation::Organisation,
    country: Country,
    land: Option<Land>,
    index: BlindIndex,
    log: LogKey,
    register: KeptRegister,
}

/// What a new organisation is set up with.
#[derive(Clone, Debug)]
pub struct NewOrganisation {
    /// Its name.
    pub name: String,
    /// The country of its seat.
    pub country: Country,
    /// The German Land of its seat.
    pub land: Option<Land>,
}

impl Organisation {
    /// Sets up an organisation.
    ///
    /// # Errors
    /// When the name is empty, too long, or taken.
    pub fn create(
        installation: &Installation,
        new: &NewOrganisation,
        act: &Act,
    ) -> Result<Self, Error> {
        Self::create_with(installation, new, act, |_, _| Ok::<_, Error>(()))
    }

    /// Sets up an organisation together with something else, all or nothing.
    pub(crate) fn create_with<E: From<Error> + From<store::StoreError> + Send + 'static>(
        installation: &Installation,
        new: &NewOrganisation,
        act: &Act,
        also: impl FnOnce(&mut Tx<'_>, &Self) -> Result<(), E> + Send + 'static,
    ) -> Result<Self, E> {
        let name = new.name.trim();
        if name.is_empty() || name.chars().count() > 200 || name.chars().any(char::is_control) {
            return Err(Error::OrganisationName.into());
        }
        let row = store::organisation::Organisation {
            id: new_id(act.at)?,
            name: name.to_owned(),
            country: new.country.to_string(),
            land: new.land.map(|land| land.code().to_owned()),
            created_at: act.at,
        };
        let organisation = Self::from_row(installation, row.clone())?;
        let (this, by) = (organisation.clone(), act.clone());
        installation.store().write(move |tx| -> Result<(), E> {
            if store::organisation::list(tx)?
                .iter()
                .any(|known| known.name == row.name)
            {
                return Err(Error::OrganisationExists.into());
            }
            store::organisation::insert(tx, &row)?;
            let what = serde_json::json!({
                "name": row.name,
                "country": row.country,
                (crate::state::PROVED_FROM_THE_START): true,
                (crate::state::ENDS_FROM_THE_START): true,
            });
            append::clear(tx, &this, &by, Kind::OrganisationCreated, what)?;
            also(tx, &this)
        })?;
        organisation.sequence(act.at)?;
        Ok(organisation)
    }

    /// Opens the organisation called `name`, or the only one there is.
    ///
    /// # Errors
    /// When there is none, or several and no name.
    pub fn open(installation: &Installation, name: Option<&str>) -> Result<Self, Error> {
        let mut rows = installation.store().read(store::organisation::list)?;
        let names = || {
            let mut names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
            names.sort_unstable();
            names.join(", ")
        };
        let position = match name {
            _ if rows.is_empty() => return Err(Error::NotSetUp),
            Some(name) => rows
                .iter()
                .position(|row| row.name == name)
                .ok_or_else(|| Error::UnknownOrganisation(names()))?,
            None if rows.len() == 1 => 0,
            None => return Err(Error::WhichOrganisation(names())),
        };
        Self::from_row(installation, rows.swap_remove(position))
    }

    /// Every organisation of the installation.
    ///
    /// # Errors
    /// When the database can't be read or a key is missing.
    pub fn all(installation: &Installation) -> Result<Vec<Self>, Error> {
        let rows = installation.store().read(store::organisation::list)?;
        rows.into_iter()
            .map(|row| Self::from_row(installation, row))
            .collect()
    }

    /// Opens the organisation with this id.
    ///
    /// # Errors
    /// When there is none.
    pub fn by_id(installation: &Installation, id: Id) -> Result<Self, Error> {
        let row = installation
            .store()
            .read(|tx| store::organisation::get(tx, id))?;
        Self::from_row(installation, row.ok_or(Error::NotSetUp)?)
    }

    /// Opens an organisation in the midst of a transaction.
    pub(crate) fn in_transaction(
        tx: &mut Tx<'_>,
        installation: &Installation,
        id: Id,
    ) -> Result<Self, Error> {
        let row = store::organisation::get(tx, id)?.ok_or(Error::NotSetUp)?;
        let seed = installation.log_seed_in(tx, id)?;
        Self::from_parts(installation, row, &seed)
    }

    fn from_row(
        installation: &Installation,
        row: store::organisation::Organisation,
    ) -> Result<Self, Error> {
        let seed = installation.log_seed(row.id)?;
        Self::from_parts(installation, row, &seed)
    }

    fn from_parts(
        installation: &Installation,
        row: store::organisation::Organisation,
        seed: &Secret,
    ) -> Result<Self, Error> {
        let log = LogKey::from_seed(&format!("leitplanke/{}", row.id), seed.expose())?;
        let country = row.country.parse().map_err(|_| Error::Stored("country"))?;
        let land = row.land.as_deref().map(str::parse).transpose();
        let id = row.id;
        Ok(Self(Arc::new(Inner {
            installation: installation.clone(),
            country,
            land: land.map_err(|_| Error::Stored("Land"))?,
            index: installation.index().for_organisation(&row.id.0),
            log,
            row,
            register: installation.kept_register(id),
        })))
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.0.row.name
    }

    /// The country of its seat.
    pub fn country(&self) -> Country {
        self.0.country
    }

    /// The German Land of its seat.
    pub fn land(&self) -> Option<Land> {
        self.0.land
    }

    /// When it was set up.
    pub fn created_at(&self) -> Timestamp {
        self.0.row.created_at
    }

    /// Which database keeps its data: `SQLite` or `PostgreSQL`.
    pub fn engine(&self) -> &'static str {
        self.store().engine()
    }

    /// The public key of its evidence log, as auditors get it.
    pub fn log_verifier(&self) -> &LogVerifier {
        self.0.log.verifier()
    }

    /// Its id, which says nothing about it.
    pub fn id(&self) -> Id {
        self.0.row.id
    }

    /// The installation that it belongs to.
    pub fn installation(&self) -> &Installation {
        &self.0.installation
    }

    pub(crate) fn store(&self) -> &Store {
        self.0.installation.store()
    }

    pub(crate) fn master(&self) -> &MasterKey {
        self.0.installation.master()
    }

    pub(crate) fn index(&self) -> &BlindIndex {
        &self.0.index
    }

    pub(crate) fn log_key(&self) -> &LogKey {
        &self.0.log
    }

    pub(crate) fn kept_register(&self) -> &KeptRegister {
        &self.0.register
    }
}
