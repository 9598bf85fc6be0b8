//! Where a database lives.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::StoreError;

/// Where the database lives.
#[derive(Clone, PartialEq, Eq)]
pub enum Target {
    /// A folder of this machine that holds the SQLite files.
    Sqlite(PathBuf),
    /// A `postgres://` URL.
    Postgres(String),
}

impl FromStr for Target {
    type Err = StoreError;

    /// A `postgres://` or `postgresql://` URL, or else a folder.
    fn from_str(text: &str) -> Result<Self, StoreError> {
        if text.is_empty() {
            return Err(StoreError::Target(
                "no database given; name a folder or a postgres:// url".to_owned(),
            ));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        if let Some((scheme, _)) = text.split_once("://") {
            return Err(StoreError::Target(format!(
                "{scheme}:// is not a database this program knows; name a folder or a postgres:// url"
            )));
        }
        Ok(Self::Sqlite(PathBuf::from(text)))
    }
}

/// The URL of a PostgreSQL can hold a password, so it is never shown.
impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(folder) => f.debug_tuple("Sqlite").field(folder).finish(),
            Self::Postgres(_) => f.write_str("Postgres(…)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Target;

    #[test]
    fn a_path_is_sqlite_and_a_postgres_url_is_postgres() {
        assert_eq!(
            "data/here".parse::<Target>().unwrap(),
            Target::Sqlite("data/here".into())
        );
        let url = "postgresql://db.example.com/leitplanke";
        assert_eq!(
            url.parse::<Target>().unwrap(),
            Target::Postgres(url.to_owned())
        );
    }

    #[test]
    fn another_scheme_or_nothing_is_refused_by_name() {
        let error = "mysql://db.example.com/x".parse::<Target>().unwrap_err();
        assert!(error.to_string().starts_with("mysql:// is not a database"));
        assert!("".parse::<Target>().is_err());
    }

    #[test]
    fn a_password_in_the_url_is_never_shown() {
        let target: Target = "postgres://user:geheim@db.example.com/x".parse().unwrap();
        assert!(!format!("{target:?}").contains("geheim"));
    }
}
