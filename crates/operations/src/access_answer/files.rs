//! The three files of an answer, sealed under the contact's key.

use store::Id;
use store::released_answer::ReleasedAnswer;
use vault::SubjectKey;

use crate::Error;

/// A file of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerFile {
    /// The paper.
    Pdf,
    /// For machines (GDPR Art. 20(1)).
    Json,
    /// For spreadsheets.
    Csv,
}

impl AnswerFile {
    /// Every file.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Json, Self::Csv];

    /// Its name in entries and forms, and the end of its file name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Json => "json",
            Self::Csv => "csv",
        }
    }

    /// The one with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|file| file.name() == name)
    }

    /// Binds what is sealed to the file, so that none can stand in the place of another.
    const fn label(self) -> &'static str {
        match self {
            Self::Pdf => "released answer: pdf",
            Self::Json => "released answer: json",
            Self::Csv => "released answer: csv",
        }
    }

    fn column(self, row: &mut ReleasedAnswer) -> &mut Vec<u8> {
        match self {
            Self::Pdf => &mut row.pdf,
            Self::Json => &mut row.json,
            Self::Csv => &mut row.csv,
        }
    }
}

/// The files of one answer.
#[derive(Clone, Debug)]
pub struct AnswerFiles {
    /// The paper.
    pub pdf: Vec<u8>,
    /// For machines.
    pub json: Vec<u8>,
    /// For spreadsheets.
    pub csv: Vec<u8>,
}

impl AnswerFiles {
    pub(super) fn of(&self, file: AnswerFile) -> &[u8] {
        match file {
            AnswerFile::Pdf => &self.pdf,
            AnswerFile::Json => &self.json,
            AnswerFile::Csv => &self.csv,
        }
    }
}

pub(super) fn seal(
    key: &SubjectKey,
    answer: Id,
    file: AnswerFile,
    bytes: &[u8],
) -> Result<Vec<u8>, Error> {
    Ok(key.seal(file.label(), &answer.0, bytes)?)
}

pub(super) fn open(
    key: &SubjectKey,
    row: &ReleasedAnswer,
    file: AnswerFile,
) -> Result<Vec<u8>, Error> {
    let sealed = match file {
        AnswerFile::Pdf => &row.pdf,
        AnswerFile::Json => &row.json,
        AnswerFile::Csv => &row.csv,
    };
    Ok(key.open(file.label(), &row.id.0, sealed)?.to_vec())
}

/// Seals the files of an answer anew, under the key of the contact that it moves to.
pub(super) fn reseal(
    from: &SubjectKey,
    to: &SubjectKey,
    row: &mut ReleasedAnswer,
) -> Result<(), Error> {
    for file in AnswerFile::ALL {
        let bytes = open(from, row, file)?;
        *file.column(row) = seal(to, row.id, file, &bytes)?;
    }
    Ok(())
}
