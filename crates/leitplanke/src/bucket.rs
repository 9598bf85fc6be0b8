//! Backups in an S3-compatible store. What is there is sealed before it leaves this machine.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek as _, Write};

use futures_util::TryStreamExt as _;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{ObjectStore as _, ObjectStoreExt as _, PutPayload};
use operations::backup::Depot;
use tokio::runtime::{Builder, Runtime};

use crate::failure::Failure;

/// Bytes that go in one request at least; a store takes parts of 5 MiB and more.
const PART: u64 = 8 * 1024 * 1024;
/// A store takes 10,000 parts of one file.
const MOST_PARTS: u64 = 9_000;

/// A folder of a bucket.
pub struct Bucket {
    store: AmazonS3,
    folder: Path,
    name: String,
    runtime: Runtime,
}

impl Bucket {
    /// The place that an address such as `s3://bucket/folder` names. Region, end point and keys come
    /// from the environment, as usual for S3 (`AWS_…`).
    pub fn new(address: &str) -> Result<Self, Failure> {
        Self::with(AmazonS3Builder::from_env(), address)
    }

    fn with(builder: AmazonS3Builder, address: &str) -> Result<Self, Failure> {
        let bad = |reason: &dyn std::fmt::Display| Failure::Usage(format!("{address}: {reason}"));
        let place = address.strip_prefix("s3://").unwrap_or(address);
        let (bucket, folder) = place.split_once('/').unwrap_or((place, ""));
        // Only the first call chooses; another one has chosen the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let store = builder.with_bucket_name(bucket).build();
        let runtime = Builder::new_current_thread().enable_all().build();
        Ok(Self {
            store: store.map_err(|error| bad(&error))?,
            folder: Path::parse(folder.trim_end_matches('/')).map_err(|error| bad(&error))?,
            name: address.to_owned(),
            runtime: runtime.map_err(|error| bad(&error))?,
        })
    }

    fn path(&self, name: &str) -> Path {
        self.folder.clone().join(name)
    }

    async fn upload(&self, name: &str, mut file: File) -> object_store::Result<()> {
        let length = file.metadata().map_err(unreadable)?.len();
        if length <= PART {
            let part = next_part(&mut file, length)?;
            self.store.put(&self.path(name), part.into()).await?;
            return Ok(());
        }
        let part = PART.max(length.div_ceil(MOST_PARTS));
        let mut upload = self.store.put_multipart(&self.path(name)).await?;
        let mut sent = 0;
        while sent < length {
            let bytes = next_part(&mut file, part)?;
            sent += bytes.len() as u64;
            if let Err(error) = upload.put_part(PutPayload::from(bytes)).await {
                // What was sent would be paid for without being of any use.
                let _ = upload.abort().await;
                return Err(error);
            }
        }
        upload.complete().await?;
        Ok(())
    }

    async fn download(&self, name: &str) -> io::Result<File> {
        let found = self
            .store
            .get(&self.path(name))
            .await
            .map_err(io::Error::from)?;
        let mut parts = found.into_stream();
        let mut file = BufWriter::new(tempfile::tempfile()?);
        while let Some(part) = parts.try_next().await.map_err(io::Error::from)? {
            file.write_all(&part)?;
        }
        let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        Ok(file)
    }
}

impl Depot for Bucket {
    fn list(&self) -> io::Result<Vec<String>> {
        let all = self.store.list(Some(&self.folder));
        let all: Vec<_> = self.runtime.block_on(all.try_collect())?;
        // What lies deeper belongs to somebody else.
        let here = all.iter().filter_map(|object: &object_store::ObjectMeta| {
            let mut parts = object.location.prefix_match(&self.folder)?;
            let name = parts.next()?.as_ref().to_owned();
            parts.next().is_none().then_some(name)
        });
        Ok(here.collect())
    }

    /// First to a temporary file here, so that the database is read at the speed of the disk and not
    /// of the network; the store shows a file only when it is whole.
    fn put(
        &self,
        name: &str,
        fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut draft = BufWriter::new(tempfile::tempfile()?);
        fill(&mut draft)?;
        let mut whole = draft.into_inner().map_err(io::IntoInnerError::into_error)?;
        whole.rewind()?;
        Ok(self.runtime.block_on(self.upload(name, whole))?)
    }

    fn get(&self, name: &str) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(self.runtime.block_on(self.download(name))?))
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        match self.runtime.block_on(self.store.delete(&self.path(name))) {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    fn describe(&self) -> String {
        self.name.clone()
    }
}

fn next_part(file: &mut File, length: u64) -> object_store::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(length)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    Ok(bytes)
}

fn unreadable(source: io::Error) -> object_store::Error {
    object_store::Error::Generic {
        store: "temporary file",
        source: Box::new(source),
    }
}

#[cfg(test)]
#[path = "../tests/bucket_server/mod.rs"]
mod bucket_server;

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use object_store::aws::AmazonS3Builder;
    use operations::backup::Depot as _;

    use super::bucket_server::BucketServer;
    use super::{Bucket, PART};

    fn bucket(server: &BucketServer, address: &str) -> Bucket {
        let mut builder = AmazonS3Builder::new();
        for (name, value) in server.environment() {
            let key = name.to_lowercase().parse().unwrap();
            builder = builder.with_config(key, value);
        }
        Bucket::with(builder, address).unwrap()
    }

    #[test]
    fn a_file_of_several_parts_is_read_as_it_was_written_and_goes() {
        let server = BucketServer::start();
        let bucket = bucket(&server, "s3://backups/here/");
        let length = usize::try_from(2 * PART + 5).unwrap();
        let text: Vec<u8> = (0..=250).cycle().take(length).collect();
        for (name, text) in [("large", &text[..]), ("small", b"x")] {
            bucket.put(name, &mut |out| out.write_all(text)).unwrap();
            let mut read = Vec::new();
            bucket.get(name).unwrap().read_to_end(&mut read).unwrap();
            assert!(read == text, "{name}");
        }
        let mut names = bucket.list().unwrap();
        names.sort();
        assert_eq!(names, ["large", "small"]);
        bucket.remove("large").unwrap();
        bucket.remove("large").unwrap();
        assert_eq!(bucket.list().unwrap(), ["small"]);
        assert!(bucket.get("large").is_err());
    }

    #[test]
    fn what_could_not_be_filled_is_not_there_and_what_lies_deeper_is_not_ours() {
        let server = BucketServer::start();
        let upper = bucket(&server, "s3://backups/a");
        bucket(&server, "s3://backups/a/b")
            .put("x", &mut |out| out.write_all(b"x"))
            .unwrap();
        let broken = upper.put("y", &mut |_| Err(std::io::Error::other("no")));
        assert!(broken.is_err());
        assert_eq!(upper.list().unwrap(), Vec::<String>::new());
    }
}
