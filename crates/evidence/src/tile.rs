//! Names of tiles and entry bundles, as c2sp.org/tlog-tiles lays them out.

/// Hashes in a full tile and entries in a full bundle.
pub const TILE_WIDTH: u16 = 256;

/// Level at which a tile of any log of up to 2^64 entries ends.
const MAX_LEVEL: u8 = 7;

/// Which tile: the hashes of `width` subtrees of 256^`level` entries each,
/// beginning with subtree `index * 256`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileId {
    /// Height in the tree in steps of eight; level 0 holds leaf hashes.
    pub level: u8,
    /// Position on its level.
    pub index: u64,
    /// How many hashes it holds, 1 to 256.
    pub width: u16,
}

/// Which entry bundle: `width` entries beginning with entry `index * 256`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BundleId {
    /// Position of the bundle.
    pub index: u64,
    /// How many entries it holds, 1 to 256.
    pub width: u16,
}

impl TileId {
    /// The tile that holds hash `position` of `level` in a log of `size`
    /// entries; `None` if such a log has no such hash.
    #[must_use]
    pub fn holding(level: u8, position: u64, size: u64) -> Option<Self> {
        let index = position / u64::from(TILE_WIDTH);
        let width = width_at(level, index, size)?;
        (position % u64::from(TILE_WIDTH) < u64::from(width)).then_some(Self {
            level,
            index,
            width,
        })
    }

    /// Every tile of a log of `size` entries, level by level.
    pub fn all(size: u64) -> impl Iterator<Item = Self> {
        (0..=MAX_LEVEL).flat_map(move |level| {
            (0..)
                .map_while(move |index| width_at(level, index, size).map(|width| (index, width)))
                .map(move |(index, width)| Self {
                    level,
                    index,
                    width,
                })
        })
    }

    /// The path below the log's folder or address: `tile/0/x001/234.p/5`.
    #[must_use]
    pub fn path(&self) -> String {
        format!("tile/{}/{}", self.level, numbered(self.index, self.width))
    }

    /// Parses a path that [`TileId::path`] writes; anything else is `None`.
    #[must_use]
    pub fn from_path(path: &str) -> Option<Self> {
        let (level, rest) = path.strip_prefix("tile/")?.split_once('/')?;
        let level = level.parse().ok().filter(|level| *level <= MAX_LEVEL)?;
        let (index, width) = parse_numbered(rest)?;
        let id = Self {
            level,
            index,
            width,
        };
        (id.path() == path).then_some(id)
    }

    /// The first entry below hash number `position` of this tile.
    #[must_use]
    pub fn first_entry_below(&self, position: u16) -> u64 {
        (self.index.saturating_mul(u64::from(TILE_WIDTH)) + u64::from(position))
            .saturating_mul(subtree_size(self.level).unwrap_or(u64::MAX))
    }
}

impl BundleId {
    /// The bundle at `index` in a log of `size` entries; `None` beyond its end.
    #[must_use]
    pub fn at(index: u64, size: u64) -> Option<Self> {
        width_at(0, index, size).map(|width| Self { index, width })
    }

    /// Every bundle of a log of `size` entries.
    pub fn all(size: u64) -> impl Iterator<Item = Self> {
        (0..).map_while(move |index| Self::at(index, size))
    }

    /// The path below the log's folder or address: `tile/entries/x001/234.p/5`.
    #[must_use]
    pub fn path(&self) -> String {
        format!("tile/entries/{}", numbered(self.index, self.width))
    }

    /// Parses a path that [`BundleId::path`] writes; anything else is `None`.
    #[must_use]
    pub fn from_path(path: &str) -> Option<Self> {
        let (index, width) = parse_numbered(path.strip_prefix("tile/entries/")?)?;
        let id = Self { index, width };
        (id.path() == path).then_some(id)
    }

    /// The tile that holds the leaf hashes of its entries.
    #[must_use]
    pub fn tile(&self) -> TileId {
        TileId {
            level: 0,
            index: self.index,
            width: self.width,
        }
    }

    /// Index of its first entry.
    #[must_use]
    pub fn first_entry(&self) -> u64 {
        self.index.saturating_mul(u64::from(TILE_WIDTH))
    }
}

/// Entries below one hash of `level`: 256^level.
pub(crate) fn subtree_size(level: u8) -> Option<u64> {
    (level <= MAX_LEVEL).then(|| 1 << (8 * u32::from(level)))
}

/// Width of a tile in a log of `size` entries; `None` if it would be empty.
fn width_at(level: u8, index: u64, size: u64) -> Option<u16> {
    let hashes = size / subtree_size(level)?;
    let before = index.checked_mul(u64::from(TILE_WIDTH))?;
    let width = hashes.checked_sub(before)?.min(u64::from(TILE_WIDTH));
    u16::try_from(width).ok().filter(|width| *width > 0)
}

/// `x001/x234/067` with `.p/W` behind it when the width is not full.
fn numbered(index: u64, width: u16) -> String {
    let mut path = format!("{:03}", index % 1000);
    let mut rest = index / 1000;
    while rest > 0 {
        path = format!("x{:03}/{path}", rest % 1000);
        rest /= 1000;
    }
    if width < TILE_WIDTH {
        path = format!("{path}.p/{width}");
    }
    path
}

fn parse_numbered(path: &str) -> Option<(u64, u16)> {
    let (number, width) = match path.split_once(".p/") {
        Some((number, width)) => (number, width.parse().ok()?),
        None => (path, TILE_WIDTH),
    };
    if !(1..=TILE_WIDTH).contains(&width) {
        return None;
    }
    let mut index: u64 = 0;
    for part in number.split('/') {
        let digits = part.strip_prefix('x').unwrap_or(part);
        if digits.len() != 3 {
            return None;
        }
        index = index.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
    }
    Some((index, width))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paths_are_those_of_the_specification() {
        let tile = |level, index, width| TileId {
            level,
            index,
            width,
        };
        assert_eq!(tile(0, 1_234_067, 256).path(), "tile/0/x001/x234/067");
        assert_eq!(tile(0, 1234, 5).path(), "tile/0/x001/234.p/5");
        assert_eq!(tile(2, 0, 1).path(), "tile/2/000.p/1");
        let bundle = BundleId {
            index: 1234,
            width: 5,
        };
        assert_eq!(bundle.path(), "tile/entries/x001/234.p/5");
    }

    #[test]
    fn a_log_of_70000_entries_has_the_tiles_the_specification_lists() {
        let tiles: Vec<String> = TileId::all(70_000).map(|id| id.path()).collect();
        let level = |n| {
            let prefix = format!("tile/{n}/");
            tiles
                .iter()
                .filter(|path| path.starts_with(&prefix))
                .count()
        };
        assert_eq!(
            (level(0), level(1), level(2), tiles.len()),
            (274, 2, 1, 277)
        );
        assert!(tiles.contains(&"tile/0/273.p/112".to_owned()));
        assert!(tiles.contains(&"tile/1/001.p/17".to_owned()));
        assert!(tiles.contains(&"tile/2/000.p/1".to_owned()));
        assert_eq!(TileId::all(0).count(), 0);
    }

    #[test]
    fn paths_that_are_not_canonical_are_refused() {
        for path in [
            "tile/0/000.p/256",
            "tile/0/000.p/0",
            "tile/00/000",
            "tile/8/000",
            "tile/0/x000/001",
            "tile/0/+01",
            "tile/0/1",
            "tile/0/",
            "tile/0/001/002",
            "tile/entries/000.p/+5",
            "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
        ] {
            assert_eq!(TileId::from_path(path), None, "{path}");
            assert_eq!(BundleId::from_path(path), None, "{path}");
        }
    }

    proptest! {
        #[test]
        fn every_path_reads_back(level in 0..=7u8, index: u64, width in 1..=256u16) {
            let tile = TileId { level, index, width };
            prop_assert_eq!(TileId::from_path(&tile.path()), Some(tile));
            let bundle = BundleId { index, width };
            prop_assert_eq!(BundleId::from_path(&bundle.path()), Some(bundle));
        }

        #[test]
        fn no_text_makes_the_path_parser_panic(path in "(tile/)?(entries/|[0-9]/)?[x0-9/.p+]{0,40}") {
            let tile = TileId::from_path(&path);
            prop_assert!(tile.is_none_or(|id| id.path() == path));
            let bundle = BundleId::from_path(&path);
            prop_assert!(bundle.is_none_or(|id| id.path() == path));
        }
    }
}
