//! Where papers are set: the templates, the fonts, and one file of data.

use std::sync::LazyLock;

use jiff::tz::TimeZone;
use serde_json::Value;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::head::Head;
use crate::spelling;

/// Why a paper was not made.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The typesetter refused. Its message never repeats the paper's data.
    #[error("the paper could not be set: {0}")]
    Setting(String),
}

/// A paper's template.
#[derive(Clone, Copy)]
pub(crate) enum Template {
    Summary,
    Receipt,
    List,
    Letters,
    Access,
    Erasure,
}

impl Template {
    const fn text(self) -> &'static str {
        match self {
            Self::Summary => include_str!("../templates/summary.typ"),
            Self::Receipt => include_str!("../templates/receipt.typ"),
            Self::List => include_str!("../templates/list.typ"),
            Self::Letters => include_str!("../templates/letters.typ"),
            Self::Access => include_str!("../templates/access.typ"),
            Self::Erasure => include_str!("../templates/erasure.typ"),
        }
    }
}

const FRAME: &str = include_str!("../templates/frame.typ");

/// What all papers share.
struct Shelf {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

/// The families that templates name. The others that come along are for formulas.
const FAMILIES: [&str; 2] = ["Libertinus Serif", "DejaVu Sans Mono"];

static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
    let fonts: Vec<Font> = typst_assets::fonts()
        .flat_map(|bytes| Font::iter(Bytes::new(bytes)))
        .filter(|font| FAMILIES.contains(&font.info().family.as_str()))
        .collect();
    Shelf {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
    }
});

/// Whether one of the fonts can show the character.
pub(crate) fn is_shown(character: char) -> bool {
    let mut fonts = SHELF.fonts.iter();
    fonts.any(|font| font.info().coverage.contains(character.into()))
}

/// One paper on the desk.
struct Desk {
    main: Source,
    frame: Source,
    data: (FileId, Bytes),
}

fn file(name: &str) -> Result<FileId, PaperError> {
    let path = VirtualPath::new(name).map_err(|_| PaperError::Setting(name.to_owned()))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &SHELF.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHELF.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        [&self.main, &self.frame]
            .into_iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data.0 {
            Ok(self.data.1.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHELF.fonts.get(index).cloned()
    }

    /// Templates are told the day; they never ask for it.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Sets a paper from its template and data.
pub(crate) fn set(template: Template, head: &Head, mut data: Value) -> Result<Vec<u8>, PaperError> {
    let spelt = spelling::make_showable(&mut data);
    if let Value::Object(data) = &mut data {
        data.insert("spelt".to_owned(), spelt.into());
    }
    let data = serde_json::to_vec(&data).map_err(|e| PaperError::Setting(e.to_string()))?;
    let desk = Desk {
        main: Source::new(file("paper.typ")?, template.text().to_owned()),
        frame: Source::new(file("frame.typ")?, FRAME.to_owned()),
        data: (file("data.json")?, Bytes::new(data)),
    };
    let pdf = typst::compile::<PagedDocument>(&desk)
        .output
        .and_then(|document| typst_pdf::pdf(&document, &options(head)?))
        .map_err(|errors| PaperError::Setting(reason(&errors)));
    // The typesetter remembers what it has set, to be quick the next time. That would keep people's
    // data in memory for good.
    typst::comemo::evict(0);
    pdf
}

fn options(head: &Head) -> Result<PdfOptions, typst::ecow::EcoVec<SourceDiagnostic>> {
    use typst::diag::At as _;
    use typst::syntax::Span;

    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]);
    let at = head.made_at.to_zoned_datetime(TimeZone::UTC);
    let made_at = Datetime::from_ymd_hms(
        at.year().into(),
        u8::try_from(at.month()).unwrap_or(1),
        u8::try_from(at.day()).unwrap_or(1),
        u8::try_from(at.hour()).unwrap_or_default(),
        u8::try_from(at.minute()).unwrap_or_default(),
        u8::try_from(at.second()).unwrap_or_default(),
    );
    Ok(PdfOptions {
        creator: Smart::Custom(Some("Leitplanke".to_owned())),
        timestamp: made_at.map(Timestamp::new_utc),
        standards: standards.at(Span::detached())?,
        ..PdfOptions::default()
    })
}

/// The first message. Templates are this crate's own, so it is about them and not about a person.
fn reason(errors: &[SourceDiagnostic]) -> String {
    errors
        .first()
        .map(|error| error.message.to_string())
        .unwrap_or_default()
}
