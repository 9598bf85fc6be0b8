//! Where backups lie: a folder here, or what else can keep files by name.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, BufWriter, Read, Write};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

/// What an unfinished file begins with; such files are nobody's backup.
const UNFINISHED: &str = ".unfinished-";
/// After this time nobody writes an unfinished file any more: its writer was killed.
const LEFT_OVER: Duration = Duration::from_hours(48);

/// A place that keeps files by name. Calls wait for the disk or the network.
pub trait Depot: Send + Sync {
    /// The names of all files, in no particular order.
    ///
    /// # Errors
    /// When the place can't be read.
    fn list(&self) -> io::Result<Vec<String>>;

    /// Writes a file with what `fill` writes. It is there whole and durable when this returns; after an
    /// error, or when the process ends before, there is no file of that name.
    ///
    /// # Errors
    /// When the place can't be written, or `fill` fails.
    fn put(
        &self,
        name: &str,
        fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()>;

    /// Reads a file.
    ///
    /// # Errors
    /// When there is none or it can't be read.
    fn get(&self, name: &str) -> io::Result<Box<dyn Read + Send>>;

    /// Removes a file; one that is not there is no error.
    ///
    /// # Errors
    /// When the place can't be written.
    fn remove(&self, name: &str) -> io::Result<()>;

    /// The place as people know it, without passwords.
    fn describe(&self) -> String;
}

/// A folder of this machine, readable by its owner only.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder at this path; made when something is first written.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self(path)
    }

    fn make(&self) -> io::Result<()> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.0)
    }

    fn remove_left_over(&self) -> io::Result<()> {
        for file in fs::read_dir(&self.0)? {
            let file = file?;
            if !file.file_name().to_string_lossy().starts_with(UNFINISHED) {
                continue;
            }
            let written = file.metadata()?.modified()?;
            let age = SystemTime::now().duration_since(written);
            if age.is_ok_and(|age| age > LEFT_OVER) {
                fs::remove_file(file.path())?;
            }
        }
        Ok(())
    }
}

impl Depot for Folder {
    fn list(&self) -> io::Result<Vec<String>> {
        let files = match fs::read_dir(&self.0) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            files => files?,
        };
        let names = files.map(|file| Ok(file?.file_name().to_string_lossy().into_owned()));
        let names: io::Result<Vec<String>> = names.collect();
        Ok(names?
            .into_iter()
            .filter(|name| !name.starts_with(UNFINISHED))
            .collect())
    }

    fn put(
        &self,
        name: &str,
        fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        self.make()?;
        self.remove_left_over()?;
        let unfinished = self.0.join(format!("{UNFINISHED}{name}"));
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut written = || -> io::Result<()> {
            let mut out = BufWriter::new(options.open(&unfinished)?);
            fill(&mut out)?;
            let written = out.into_inner().map_err(io::IntoInnerError::into_error)?;
            written.sync_all()?;
            fs::rename(&unfinished, self.0.join(name))?;
            File::open(&self.0)?.sync_all()
        };
        written().inspect_err(|_| {
            // It does not count as anything; a later backup removes it if this can't.
            let _ = fs::remove_file(&unfinished);
        })
    }

    fn get(&self, name: &str) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(File::open(self.0.join(name))?))
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        match fs::remove_file(self.0.join(name)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed,
        }
    }

    fn describe(&self) -> String {
        self.0.display().to_string()
    }
}
