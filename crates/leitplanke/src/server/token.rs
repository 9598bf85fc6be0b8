//! The API's access token: random, in a file that only its owner can read.

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::{fmt::Write as _, fs, io};

use crate::failure::Failure;

/// The token in the data folder, made at the first start, and where it stands.
pub fn load_or_create(folder: &Path) -> Result<(String, PathBuf), Failure> {
    let path = folder.join("api.token");
    let failed = |error| Failure::file(&path, error);
    let token = match fs::read_to_string(&path) {
        Ok(token) => token,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            create(folder, &path).map_err(failed)?
        }
        Err(error) => return Err(failed(error)),
    };
    Ok((token.trim().to_owned(), path))
}

/// Written whole or not at all; of two servers that start at once, the first one's stays.
fn create(folder: &Path, path: &Path) -> io::Result<String> {
    fs::create_dir_all(folder)?;
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(io::Error::other)?;
    let mut token = String::with_capacity(64);
    for byte in random {
        // Writing to a string does not fail.
        let _ = write!(token, "{byte:02x}");
    }
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    writeln!(file, "{token}")?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(path) {
        Ok(_) => Ok(token),
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => fs::read_to_string(path),
        Err(error) => Err(error.error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_made_once_long_and_for_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let (first, path) = load_or_create(folder.path()).unwrap();
        assert_eq!(first.len(), 64);
        assert_eq!(load_or_create(folder.path()).unwrap().0, first);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        let other = tempfile::tempdir().unwrap();
        assert_ne!(load_or_create(other.path()).unwrap().0, first);
    }
}
