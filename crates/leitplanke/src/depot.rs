//! The places of backups, by what the command line calls them.

use std::sync::Arc;

use operations::backup::{Depot, Folder, Places};

use crate::bucket::Bucket;
use crate::failure::Failure;

/// Where the data of backups lie, for commands that are not told.
const BACKUP_TO: &str = "LEITPLANKE_BACKUP_TO";
/// Where keys and journal lie, if elsewhere.
const KEYS_TO: &str = "LEITPLANKE_BACKUP_KEYS_TO";

/// The places of data and keys.
pub fn places(data: &str, keys: Option<&str>) -> Result<Places, Failure> {
    let data = depot(data)?;
    let keys = keys.map_or_else(|| Ok(Arc::clone(&data)), depot)?;
    Ok(Places { data, keys })
}

/// Where the journal of erasures is kept, if the environment says so.
pub fn journal_place() -> Option<Result<Arc<dyn Depot>, Failure>> {
    let named = |name| {
        std::env::var(name)
            .ok()
            .filter(|place: &String| !place.is_empty())
    };
    named(KEYS_TO)
        .or_else(|| named(BACKUP_TO))
        .map(|place| depot(&place))
}

fn depot(place: &str) -> Result<Arc<dyn Depot>, Failure> {
    if place.starts_with("s3://") {
        return Ok(Arc::new(Bucket::new(place)?));
    }
    if place.contains("://") {
        return Err(Failure::Usage(
            "backups go to a folder or to s3://BUCKET/FOLDER".to_owned(),
        ));
    }
    Ok(Arc::new(Folder::new(place.into())))
}
