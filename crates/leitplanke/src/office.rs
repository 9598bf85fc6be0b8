//! Opens what a command works on: data folder, keys, organisation, clock.

use std::str::FromStr;

use jiff::ZonedDateTime;
use law::Lang;
use operations::{Act, Installation, Organisation, master_key_in};
use store::Target;
use vault::{KeyFileError, MasterKey};

use crate::cli::Cli;
use crate::depot;
use crate::failure::Failure;

/// Environment variable with the master key, instead of the file.
const MASTER_KEY: &str = "LEITPLANKE_MASTER_KEY";
const KEY_FILE: &str = "master.key";
const DATABASE_FILE: &str = "leitplanke.db";

/// Where the database is.
pub fn target(cli: &Cli) -> Result<Target, Failure> {
    match &cli.database_url {
        Some(url) => Ok(Target::from_str(url)?),
        None => Ok(Target::Sqlite(cli.data.clone())),
    }
}

/// The master key, from the environment or the data folder. A new one is made only where nothing
/// was sealed with another: a new key beside old data would open nothing and hide the loss.
pub fn master_key(cli: &Cli) -> Result<MasterKey, Failure> {
    match std::env::var(MASTER_KEY) {
        Ok(text) => Ok(MasterKey::from_text(&text).map_err(operations::Error::from)?),
        Err(std::env::VarError::NotPresent) => match MasterKey::load(&cli.data.join(KEY_FILE)) {
            Ok(key) => Ok(key),
            Err(KeyFileError::Missing(path)) => Err(Failure::NoMasterKey(path)),
            Err(error) => Err(operations::Error::from(error).into()),
        },
        Err(std::env::VarError::NotUnicode(_)) => {
            Err(Failure::Usage(format!("{MASTER_KEY} is no text")))
        }
    }
}

/// The master key for a new organisation; made if there is nothing yet that it has to fit.
pub fn new_master_key(cli: &Cli) -> Result<MasterKey, Failure> {
    match master_key(cli) {
        Err(Failure::NoMasterKey(_)) if !cli.data.join(DATABASE_FILE).exists() => {
            Ok(master_key_in(&cli.data)?)
        }
        other => other,
    }
}

/// Opens an installation that is there already, so that a mistyped folder makes nothing new.
pub fn installation(cli: &Cli) -> Result<Installation, Failure> {
    if cli.database_url.is_none() && !cli.data.join(DATABASE_FILE).exists() {
        return Err(operations::Error::NotSetUp.into());
    }
    Ok(Installation::open(&target(cli)?, master_key(cli)?)?)
}

/// Opens the installation, or makes a new one where there is none: the first start of a server.
/// A new key becomes the installation's only once it has opened the database: on a server a
/// database may be there already, whose key was lost.
pub fn installation_or_new(cli: &Cli) -> Result<Installation, Failure> {
    let missing = match master_key(cli) {
        Ok(key) => return Ok(Installation::open(&target(cli)?, key)?),
        Err(Failure::NoMasterKey(path)) => path,
        Err(error) => return Err(error),
    };
    if cli.data.join(DATABASE_FILE).exists() {
        return Err(Failure::NoMasterKey(missing));
    }
    std::fs::create_dir_all(&cli.data).map_err(|error| Failure::file(&cli.data, error))?;
    let draft = tempfile::tempdir_in(&cli.data).map_err(|error| Failure::file(&cli.data, error))?;
    let opened = Installation::open(&target(cli)?, master_key_in(draft.path())?);
    match opened {
        Ok(installation) => {
            std::fs::rename(draft.path().join(KEY_FILE), &missing)
                .map_err(|error| Failure::file(&missing, error))?;
            Ok(installation)
        }
        Err(operations::Error::Vault(_)) => Err(Failure::NoMasterKey(missing)),
        Err(error) => Err(error.into()),
    }
}

/// Opens the organisation to act for.
pub fn organisation(cli: &Cli) -> Result<Organisation, Failure> {
    Ok(Organisation::open(
        &installation(cli)?,
        cli.organisation.as_deref(),
    )?)
}

/// Gives what the command wrote its place in the log. What was written stands even if this
/// fails, so that is told and does not fail the command, which somebody would repeat.
pub fn place(organisation: &Organisation, act: &Act) {
    if let Err(error) = organisation.sequence(act.at) {
        tracing::error!(
            %error,
            "what was written is safe, but its evidence waits for its place in the log; \
             see `leitplanke doctor`"
        );
        return;
    }
    if let Err(error) = depot::journal_place().map_or(Ok(()), |place| {
        let (installation, place) = (organisation.installation(), place?);
        if installation.ship_journal(&*place)? {
            // Somebody was erased: no backup is to have the key any longer. With a time after the change,
            // since the file with the newest counts.
            installation.renew_keys(&*place, &self::act())?;
        }
        Ok::<_, Failure>(())
    }) {
        tracing::error!(
            %error,
            "what was written is safe, but the journal beside the keys of the backups does not have \
             it yet; the next command, the server or the next backup writes it"
        );
    }
}

/// The act of whoever types the command, now.
pub fn act() -> Act {
    let now = ZonedDateTime::now();
    Act {
        at: now.timestamp(),
        today: now.date(),
        by: "command-line".to_owned(),
    }
}

/// The language asked for, or that of the environment.
pub fn lang(cli: &Cli) -> Lang {
    cli.lang.unwrap_or_else(|| {
        let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
        match named {
            Some(value) if value.starts_with("de") => Lang::De,
            Some(_) => Lang::En,
            None => Lang::De,
        }
    })
}
