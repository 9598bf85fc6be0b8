//! `backup` and `restore`.

use std::process::ExitCode;
use std::str::FromStr;

use law::Lang;
use operations::backup::{Lost, Retention, restore as restore_from};
use store::Target;
use vault::MasterKey;

use crate::cli::{Backup, BackupCommand, Cli, Restore};
use crate::depot::places;
use crate::failure::Failure;
use crate::{office, output};

pub fn backup(cli: &Cli, args: &Backup) -> Result<ExitCode, Failure> {
    if let Some(BackupCommand::Drill { from, keys }) = &args.command {
        return drill(cli, from, keys.as_deref());
    }
    let to = args
        .to
        .as_deref()
        .ok_or_else(|| Failure::Usage("say where to back up to".to_owned()))?;
    let places = places(to, args.keys_to.as_deref())?;
    let retention = Retention {
        count: args.keep,
        days: args.keep_days,
    };
    let made = office::installation(cli)?.back_up(&places, retention, &office::act())?;
    if cli.json {
        output::json(&made)?;
        return Ok(ExitCode::SUCCESS);
    }
    let (name, rows, bytes) = (&made.name, made.rows, made.bytes);
    output::line(match office::lang(cli) {
        Lang::De => format!(
            "✓ gesichert: {name}, {rows} Zeilen, {bytes} Bytes; {} ältere entfernt",
            made.removed
        ),
        Lang::En => format!(
            "✓ backed up: {name}, {rows} rows, {bytes} bytes; {} older ones removed",
            made.removed
        ),
    })?;
    output::line(output::say(
        office::lang(cli),
        "Den Hauptschlüssel enthält die Sicherung nicht: Bewahren Sie ihn getrennt auf.",
        "The master key is not in the backup: keep it elsewhere.",
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn drill(cli: &Cli, from: &str, keys: Option<&str>) -> Result<ExitCode, Failure> {
    let places = places(from, keys)?;
    let scratch = tempfile::tempdir().map_err(|source| Failure::File {
        what: "a temporary folder".to_owned(),
        source,
    })?;
    let installation = office::installation(cli)?;
    let drilled = installation.drill(&places, scratch.path(), &office::act())?;
    let good = drilled.faults == 0;
    if cli.json {
        output::json(&drilled)?;
    } else {
        let sign = if good { "✓" } else { "✗" };
        let (name, rows, entries) = (&drilled.name, drilled.rows, drilled.entries);
        let (faults, milliseconds) = (drilled.faults, drilled.milliseconds);
        output::line(match office::lang(cli) {
            Lang::De => format!(
                "{sign} {name} zur Probe wiederhergestellt: {rows} Zeilen, {entries} Einträge des \
                 Protokolls geprüft, {faults} Fehler, {milliseconds} ms"
            ),
            Lang::En => format!(
                "{sign} {name} restored for trial: {rows} rows, {entries} entries of the log \
                 checked, {faults} faults, {milliseconds} ms"
            ),
        })?;
    }
    Ok(if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

pub fn restore(cli: &Cli, args: &Restore) -> Result<ExitCode, Failure> {
    let places = places(&args.from, args.keys.as_deref())?;
    let target = Target::from_str(&args.into)?;
    let master = match &args.master_key {
        Some(file) => MasterKey::load(file).map_err(operations::Error::from)?,
        None => office::master_key(cli)?,
    };
    let name = args.backup.as_deref();
    let lost = if args.journal_lost {
        Lost::Journal
    } else {
        Lost::Nothing
    };
    let restored = restore_from(&places, name, &master, &target, lost, &office::act())?;
    let good = restored.faults.is_empty();
    if cli.json {
        output::json(&restored)?;
    } else {
        let lang = office::lang(cli);
        let sign = if good { "✓" } else { "✗" };
        let (name, rows, entries) = (&restored.name, restored.rows, restored.entries);
        let again = restored.reapplied;
        output::line(match lang {
            Lang::De => format!(
                "{sign} {name} wiederhergestellt: {rows} Zeilen, {entries} Einträge des Protokolls \
                 geprüft. Aus dem Journal nachgeholt: {} Löschungen, {} Widerrufe, {} Widersprüche, \
                 {} Werbesperren, {} beendete Rollen, {} wartende Löschungen, {} \
                 Aufbewahrungsgründe.",
                again.erased,
                again.withdrawn,
                again.objected,
                again.blocked,
                again.roles_ended,
                again.waiting,
                again.holds
            ),
            Lang::En => format!(
                "{sign} {name} restored: {rows} rows, {entries} entries of the log checked. Applied \
                 again from the journal: {} erasures, {} withdrawals, {} objections, {} blocks, {} \
                 ended roles, {} waiting erasures, {} holds.",
                again.erased,
                again.withdrawn,
                again.objected,
                again.blocked,
                again.roles_ended,
                again.waiting,
                again.holds
            ),
        })?;
        if restored.journal_lost {
            output::line(output::say(
                lang,
                "Das Journal war nicht vollständig: Wer nach der Sicherung gelöscht wurde oder widersprochen \
                 hat, kann wieder da sein. Das Protokoll hält das fest; prüfen Sie es, bevor Sie werben.",
                "The journal was not whole: who was erased or objected after the backup may be back. The \
                 log says so; look into it before you advertise.",
            ))?;
        }
        for fault in &restored.faults {
            output::line(format!("✗ {}", fault.what))?;
        }
        if let Target::Sqlite(folder) = &target {
            let key = folder.join("master.key");
            output::line(match lang {
                Lang::De => format!(
                    "Legen Sie den Hauptschlüssel nach {} (chmod 600), bevor Sie den Server starten.",
                    key.display()
                ),
                Lang::En => format!(
                    "Put the master key at {} (chmod 600) before you start the server.",
                    key.display()
                ),
            })?;
        }
    }
    Ok(if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
