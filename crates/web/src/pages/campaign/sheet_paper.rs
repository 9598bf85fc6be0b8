//! Call lists, letter lists and letters as papers.

use jiff::ZonedDateTime;
use law::{Channel, Lang};
use operations::campaign::{PostLetter, Sheet, SheetRow};
use papers::{Column, Head, List, ListKind, PaperError, PaperLetter};

use crate::pages::{number, words};
use crate::texts::Texts;

fn head(sheet: &Sheet, lang: Lang, now: &ZonedDateTime) -> Head {
    let mut sender = sheet.sender.iter().cloned();
    Head {
        lang,
        organisation: sender.next().unwrap_or_default(),
        reach: sender.collect(),
        made_at: now.timestamp(),
        made: number::time(now.timestamp(), now.time_zone(), lang),
        hash: None,
    }
}

/// The list as a PDF.
///
/// # Errors
/// When the typesetter refuses.
pub fn list(sheet: &Sheet, lang: Lang, now: &ZonedDateTime) -> Result<Vec<u8>, PaperError> {
    let texts = Texts(lang);
    let by_post = sheet.channel == Channel::Post;
    let columns: &[(&str, u8)] = if by_post {
        &[
            ("list-who", 3),
            ("list-address", 4),
            ("list-salutation", 3),
            ("list-basis", 6),
        ]
    } else {
        &[
            ("list-who", 3),
            ("list-number", 2),
            ("list-basis", 4),
            ("list-circumstance", 3),
            ("list-opening", 5),
        ]
    };
    let day = number::day(sheet.on, lang);
    let about = texts.with_all(
        "list-about",
        &[("campaign", &sheet.campaign), ("day", &day)],
    );
    let note = if by_post {
        "list-letters-note"
    } else {
        "list-calls-note"
    };
    let left_out = (sheet.left_out > 0).then(|| {
        let count = number::count(sheet.left_out, lang);
        texts.with("list-left-out", "people", count)
    });
    papers::list(&List {
        head: head(sheet, lang, now),
        kind: if by_post {
            ListKind::Letters
        } else {
            ListKind::Calls
        },
        lead: [about, texts.t(note)].into_iter().chain(left_out).collect(),
        columns: columns
            .iter()
            .map(|(title, share)| Column {
                title: texts.t(title),
                share: *share,
            })
            .collect(),
        rows: sheet.rows.iter().map(|row| cells(row, by_post)).collect(),
    })
}

fn cells(row: &SheetRow, by_post: bool) -> Vec<String> {
    let who = [&row.name, &row.company];
    let who: Vec<&str> = who
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(String::as_str)
        .collect();
    let rest = if by_post {
        vec![&row.reach, &row.opening, &row.basis]
    } else {
        vec![&row.reach, &row.basis, &row.circumstance, &row.opening]
    };
    std::iter::once(who.join("\n"))
        .chain(rest.into_iter().cloned())
        .collect()
}

/// The letters as a PDF.
///
/// # Errors
/// When the typesetter refuses.
pub fn letters(sheet: &Sheet, lang: Lang, now: &ZonedDateTime) -> Result<Vec<u8>, PaperError> {
    let letters = sheet.rows.iter().filter_map(|row| row.letter.as_ref());
    let letters: Vec<_> = letters.map(|letter| paper(letter, sheet)).collect();
    papers::letters(&head(sheet, lang, now), &letters)
}

fn paper(letter: &PostLetter, sheet: &Sheet) -> PaperLetter {
    let country = letter.country.as_deref();
    // As the post asks for: the country in capitals on the last line.
    let country = country.map(|code| words::country(code, letter.lang).to_uppercase());
    PaperLetter {
        lang: letter.lang,
        to: letter.to.iter().cloned().chain(country).collect(),
        day: number::day(sheet.on, letter.lang),
        subject: letter.subject.clone(),
        text: letter.text().unwrap_or_default().to_owned(),
        notices: letter.notices().map(|part| part.text.clone()).collect(),
    }
}
