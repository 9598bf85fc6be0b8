//! `import`: shows what was recognised, asks, then takes the list in.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};
use law::Lang;
use operations::import::{
    ColumnMap, Counts, ImportError, Imported, Options, Plan, Progress, Provenance, Reader, Rejects,
    RowFault, read,
};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::contact::yes_from;
use crate::cli::{Cli, Import};
use crate::failure::Failure;
use crate::{office, output};

pub fn run(cli: &Cli, args: &Import) -> Result<ExitCode, Failure> {
    let this = office::organisation(cli)?;
    let lang = office::lang(cli);
    let mut options = Options::new(args.country.unwrap_or_else(|| this.country()));
    options.sheet.clone_from(&args.sheet);
    options.map = args
        .maps
        .iter()
        .map(|map| map.parse::<ColumnMap>())
        .collect::<Result<_, _>>()?;
    let reader = read(&args.file, &options).map_err(|error| match error {
        ImportError::Io(source) => Failure::file(&args.file, source),
        other => other.into(),
    })?;
    if !cli.json {
        show(reader.plan(), lang)?;
    }
    if !reader.plan().reaches_people() {
        return Err(Failure::Usage(
            "no column holds an e-mail address, a telephone number or a postal address; name one \
             with --map \"COLUMN=email\""
                .to_owned(),
        ));
    }
    if args.dry_run {
        if cli.json {
            output::json(reader.plan())?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    if !args.yes && !cli.json && io::stdin().is_terminal() && !confirmed(lang)? {
        return Ok(ExitCode::FAILURE);
    }
    let provenance = Provenance {
        source: args.source.clone(),
        source_kind: args.source_kind,
        obtained_on: args.obtained_on,
        kind: args.kind,
    };
    let mut rejects = RejectsFile::new(&args.file, args.rejects.as_deref(), lang, &reader);
    let bar = bar(cli, reader.progress());
    let digest = sha256(&args.file)?;
    let imported = this.import(
        reader,
        digest,
        &provenance,
        &office::act(),
        |fault| rejects.write(fault),
        |progress| bar.set_position(progress.done),
    );
    bar.finish_and_clear();
    let file = rejects.finish().map_err(|e| Failure::file(&args.file, e))?;
    let imported = imported?;
    if cli.json {
        let mut answer = json!(imported);
        answer["rejects"] = json!(file);
        output::json(&answer)?;
    } else {
        report(&imported, file.as_deref(), lang)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn show(plan: &Plan, lang: Lang) -> Result<(), Failure> {
    output::line(output::say(
        lang,
        "Erkannte Spalten:",
        "Columns recognised:",
    ))?;
    for column in &plan.columns {
        output::line(format!(
            "  {:30} → {:18} {}",
            column.heading,
            column.meaning.name(),
            confidence(column.confidence, lang),
        ))?;
    }
    for column in plan.claimed_consents() {
        output::line(match lang {
            Lang::De => format!(
                "  Hinweis: »{}« behauptet eine Einwilligung. Eine Spalte ist kein Nachweis; sie \
                 wird nur vermerkt.",
                column.heading
            ),
            Lang::En => format!(
                "  Note: \"{}\" claims a consent. A column is no proof; it is only noted.",
                column.heading
            ),
        })?;
    }
    Ok(())
}

fn confidence(confidence: operations::import::Confidence, lang: Lang) -> &'static str {
    use operations::import::Confidence;
    match confidence {
        Confidence::None => {
            output::say(lang, "(ohne Bedeutung, bleibt erhalten)", "(kept as it is)")
        }
        Confidence::Guessed => output::say(lang, "(vermutet)", "(guessed)"),
        Confidence::Likely => output::say(lang, "(wahrscheinlich)", "(likely)"),
        Confidence::Certain => "",
        Confidence::Told => output::say(lang, "(so angegeben)", "(as told)"),
    }
}

fn confirmed(lang: Lang) -> Result<bool, Failure> {
    let mut err = io::stderr().lock();
    write!(
        err,
        "{}",
        output::say(lang, "So einlesen? [j/N] ", "Import like this? [y/N] ")
    )
    .and_then(|()| err.flush())
    .map_err(Failure::Output)?;
    yes_from(&mut io::stdin().lock())
}

fn bar(cli: &Cli, progress: Progress) -> ProgressBar {
    if cli.json || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{wide_bar} {percent:>3} % {elapsed} / {duration}");
    ProgressBar::new(progress.total)
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn sha256(path: &Path) -> Result<[u8; 32], Failure> {
    let mut hash = Sha256::new();
    let mut file = File::open(path).map_err(|e| Failure::file(path, e))?;
    io::copy(&mut file, &mut hash).map_err(|e| Failure::file(path, e))?;
    Ok(hash.finalize().into())
}

fn report(imported: &Imported, rejects: Option<&Path>, lang: Lang) -> Result<(), Failure> {
    if let Some(row) = imported.resumed_after {
        output::line(match lang {
            Lang::De => format!("Ein abgebrochener Lauf wurde nach Zeile {row} fortgesetzt."),
            Lang::En => format!("An interrupted run was taken up again after row {row}."),
        })?;
    }
    let Counts {
        rows,
        added,
        known,
        suppressed,
        rejected,
        objections,
        unreadable,
    } = imported.counts;
    let lines = [
        (rows, output::say(lang, "Zeilen", "rows")),
        (added, output::say(lang, "neue Kontakte", "new contacts")),
        (
            known,
            output::say(
                lang,
                "schon bekannt (unverändert)",
                "known already (unchanged)",
            ),
        ),
        (
            suppressed,
            output::say(lang, "gesperrt (bleiben draußen)", "suppressed (stay out)"),
        ),
        (rejected, output::say(lang, "zurückgewiesen", "rejected")),
    ];
    for (count, what) in lines {
        output::line(format!("{count:>10} {what}"))?;
    }
    if objections > 0 {
        output::line(match lang {
            Lang::De => format!("{objections:>10} Widersprüche, die die Liste nennt"),
            Lang::En => format!("{objections:>10} objections that the list names"),
        })?;
    }
    if unreadable > 0 {
        output::line(match lang {
            Lang::De => format!(
                "{unreadable:>10} davon mit einer unlesbaren E-Mail-Adresse oder Nummer (beim \
                 Kontakt vermerkt, nicht benutzt)"
            ),
            Lang::En => format!(
                "{unreadable:>10} of them with an unreadable e-mail address or number (kept with \
                 the contact, not used)"
            ),
        })?;
    }
    if let Some(file) = rejects {
        let text = output::say(
            lang,
            "Zurückgewiesene Zeilen mit Grund",
            "Rejected rows with reason",
        );
        output::line(format!("{text}: {}", file.display()))?;
    }
    Ok(())
}

/// The rejects file, made when the first row is rejected.
struct RejectsFile {
    path: PathBuf,
    lang: Lang,
    headings: Vec<String>,
    delimiter: u8,
    open: Option<Rejects<BufWriter<File>>>,
}

impl RejectsFile {
    fn new(list: &Path, path: Option<&Path>, lang: Lang, reader: &Reader) -> Self {
        let path = path.map_or_else(
            || {
                let mut name = list.as_os_str().to_owned();
                name.push(".rejects.csv");
                PathBuf::from(name)
            },
            Path::to_path_buf,
        );
        let headings = reader.headings();
        Self {
            path,
            lang,
            headings,
            delimiter: reader.delimiter(),
            open: None,
        }
    }

    fn write(&mut self, fault: &RowFault) -> io::Result<()> {
        if self.open.is_none() {
            let file = BufWriter::new(private_file(&self.path)?);
            self.open = Some(Rejects::new(
                file,
                &self.headings,
                self.delimiter,
                self.lang,
            )?);
        }
        match &mut self.open {
            Some(rejects) => rejects.write(fault),
            None => Ok(()),
        }
    }

    /// The file, if there was something to reject.
    fn finish(self) -> io::Result<Option<PathBuf>> {
        match self.open {
            Some(rejects) => {
                rejects.finish()?;
                Ok(Some(self.path))
            }
            None => Ok(None),
        }
    }
}

/// Makes a file that only its owner can read: it holds personal data.
pub fn private_file(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}
