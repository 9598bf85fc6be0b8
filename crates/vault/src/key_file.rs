//! The master key in a file that only its owner can read.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::master::{KeyTextError, MasterKey};
use crate::wrapping::VaultError;

/// A key file is one line; anything longer is some other file.
const MAX_BYTES: u64 = 1_000;

/// Why a master key can't be read from or written to a file.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// There is no such file.
    #[error("there is no master key at {}: restore it from its backup", .0.display())]
    Missing(PathBuf),
    /// Others than the owner can read or write the file.
    #[error(
        "the master key {} is open to other users (mode {mode:03o}): run `chmod 600 {}`",
        .path.display(), .path.display()
    )]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// Not a regular file.
    #[error("{} is not a regular file, so it can't hold the master key", .0.display())]
    NotAFile(PathBuf),
    /// The file does not hold a key.
    #[error("{}: {source}", .path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong with its text.
        source: KeyTextError,
    },
    /// The operating system refused.
    #[error("the master key {} can't be read or written: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// No key could be made.
    #[error(transparent)]
    Generate(#[from] VaultError),
}

impl MasterKey {
    /// Reads the key from a file, or makes both at the first start: readable by
    /// the owner only, whole or not at all even if the machine stops, and never
    /// over an existing file. When two processes start at once, both get the
    /// same key.
    ///
    /// # Errors
    /// When the file is open to others, holds no key, or can't be written.
    pub fn load_or_create(path: &Path) -> Result<Self, KeyFileError> {
        match Self::load(path) {
            Err(KeyFileError::Missing(_)) => {}
            other => return other,
        }
        let key = Self::generate()?;
        match write_new(path, &key) {
            Ok(()) => Ok(key),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Self::load(path),
            Err(source) => Err(KeyFileError::Io {
                path: path.to_owned(),
                source,
            }),
        }
    }

    /// Reads the key from a file.
    ///
    /// # Errors
    /// When the file does not exist, is open to others, or holds no key.
    pub fn load(path: &Path) -> Result<Self, KeyFileError> {
        let text = read(path).map_err(|error| match error {
            Refused::Exposed(mode) => KeyFileError::Exposed {
                path: path.to_owned(),
                mode,
            },
            Refused::NotAFile => KeyFileError::NotAFile(path.to_owned()),
            Refused::Io(source) if source.kind() == io::ErrorKind::NotFound => {
                KeyFileError::Missing(path.to_owned())
            }
            Refused::Io(source) => KeyFileError::Io {
                path: path.to_owned(),
                source,
            },
        })?;
        Self::from_text(&text).map_err(|source| KeyFileError::Content {
            path: path.to_owned(),
            source,
        })
    }
}

enum Refused {
    Exposed(u32),
    NotAFile,
    Io(io::Error),
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

fn read(path: &Path) -> Result<Zeroizing<String>, Refused> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(Refused::NotAFile);
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = metadata.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(Refused::Exposed(mode));
        }
    }
    let mut text = Zeroizing::new(String::new());
    file.take(MAX_BYTES).read_to_string(&mut text)?;
    Ok(text)
}

/// Writes under another name first, then links it: a link, unlike a renaming,
/// never replaces a file that is already there.
fn write_new(path: &Path, key: &MasterKey) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let mut random = [0; 8];
    getrandom::fill(&mut random).map_err(io::Error::from)?;
    let unfinished = folder.join(format!(".master-key-{}.new", hex::encode(random)));
    let written = write_private(&unfinished, key).and_then(|()| fs::hard_link(&unfinished, path));
    let removed = fs::remove_file(&unfinished);
    written?;
    removed?;
    File::open(folder)?.sync_all()
}

fn write_private(path: &Path, key: &MasterKey) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    let line = Zeroizing::new(hex::encode(key.bytes()) + "\n");
    file.write_all(line.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn the_first_start_makes_a_private_file_and_later_starts_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys/master.key");
        let made = MasterKey::load_or_create(&path).unwrap();
        let read = MasterKey::load_or_create(&path).unwrap();
        assert_eq!(made.bytes(), read.bytes());
        assert_eq!(mode(&path), 0o600);
        let files = fs::read_dir(path.parent().unwrap()).unwrap().count();
        assert_eq!(files, 1, "no unfinished file is left over");
    }

    #[test]
    fn a_file_that_others_can_read_is_refused_with_the_remedy() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        MasterKey::load_or_create(&path).unwrap();
        for open in [0o640, 0o604, 0o620] {
            fs::set_permissions(&path, fs::Permissions::from_mode(open)).unwrap();
            let error = MasterKey::load_or_create(&path).unwrap_err().to_string();
            assert!(error.contains(&format!("{open:03o}")), "{error}");
            assert!(error.contains("chmod 600"), "{error}");
        }
    }

    #[test]
    fn processes_that_start_at_once_get_the_same_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        let ids: Vec<String> = std::thread::scope(|scope| {
            let starts: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| MasterKey::load_or_create(&path).unwrap().id()))
                .collect();
            starts
                .into_iter()
                .map(|start| start.join().unwrap())
                .collect()
        });
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    }

    #[test]
    fn a_cut_off_key_file_is_an_error_and_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        MasterKey::load_or_create(&path).unwrap();
        let whole = fs::read_to_string(&path).unwrap();
        fs::write(&path, &whole[..40]).unwrap();
        let error = MasterKey::load_or_create(&path).unwrap_err();
        assert!(matches!(error, KeyFileError::Content { .. }), "{error}");
        assert!(!error.to_string().contains(&whole[..40]));
        assert_eq!(fs::read_to_string(&path).unwrap(), &whole[..40]);
    }

    #[test]
    fn a_missing_file_or_a_folder_is_named_in_the_error() {
        let folder = tempfile::tempdir().unwrap();
        let missing = MasterKey::load(&folder.path().join("none"));
        assert!(matches!(missing, Err(KeyFileError::Missing(_))));
        let other = MasterKey::load(folder.path());
        assert!(matches!(other, Err(KeyFileError::NotAFile(_))));
    }
}
