//! `init`, `rotate-key` and `doctor`.

use std::process::ExitCode;

use jiff::Timestamp;
use operations::{
    Condition, Diagnosis, Installation, NewOrganisation, Organisation, rotate_master_key,
};
use serde_json::json;
use vault::MasterKey;

use crate::cli::{Cli, Init, RotateKey};
use crate::failure::Failure;
use crate::{office, output};

pub fn init(cli: &Cli, args: &Init) -> Result<ExitCode, Failure> {
    let installation = Installation::open(&office::target(cli)?, office::new_master_key(cli)?)?;
    let new = NewOrganisation {
        name: args.name.clone(),
        country: args.country,
        land: args.land,
    };
    let organisation = Organisation::create(&installation, &new, &office::act())?;
    if cli.json {
        output::json(&json!({
            "organisation": organisation.name(),
            "log_key": organisation.log_verifier().to_string(),
        }))?;
    } else {
        let lang = office::lang(cli);
        let text = output::say(lang, "ist eingerichtet", "is set up");
        output::line(format!("{} {text}.", organisation.name()))?;
        output::line(format!(
            "{}: {}",
            output::say(
                lang,
                "Öffentlicher Schlüssel des Protokolls",
                "Public key of the log"
            ),
            organisation.log_verifier()
        ))?;
        output::line(output::say(
            lang,
            "Nächster Schritt: `leitplanke register sample > register.toml`, anpassen, \
             `leitplanke register apply register.toml`.",
            "Next: `leitplanke register sample > register.toml`, change it to fit, \
             `leitplanke register apply register.toml`.",
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

pub fn rotate_key(cli: &Cli, args: &RotateKey) -> Result<ExitCode, Failure> {
    let installation = office::installation(cli)?;
    let new = MasterKey::load_or_create(&args.new_key).map_err(operations::Error::from)?;
    let keys = rotate_master_key(&installation, &new, &office::act())?;
    if cli.json {
        output::json(&json!({ "keys": keys }))?;
    } else {
        let path = args.new_key.display();
        let old = cli.data.join("master.key");
        output::line(match office::lang(cli) {
            law::Lang::De => format!(
                "{keys} Schlüssel sind jetzt mit dem neuen Hauptschlüssel verpackt. Ersetzen Sie \
                 {} durch {path} (oder LEITPLANKE_MASTER_KEY durch dessen Inhalt), und machen Sie \
                 eine Sicherung: Danach öffnet der neue auch die älteren, und der alte Schlüssel \
                 kann vernichtet werden.",
                old.display()
            ),
            law::Lang::En => format!(
                "{keys} keys are wrapped by the new master key now. Put {path} in the place of \
                 {} (or its content into LEITPLANKE_MASTER_KEY), and make a backup: from then on \
                 the new one opens the older backups too, and the old key can be destroyed.",
                old.display()
            ),
        })?;
    }
    Ok(ExitCode::SUCCESS)
}

pub fn doctor(cli: &Cli) -> Result<ExitCode, Failure> {
    let mut found = Vec::new();
    let installation = office::installation(cli)?;
    found.push(Diagnosis::new(
        Condition::Good,
        "database and master key",
        "the database opens, and the master key fits",
    ));
    let organisations = Organisation::all(&installation)?;
    if organisations.is_empty() {
        found.push(Diagnosis::new(
            Condition::Bad,
            "organisations",
            "there is none: set one up with `leitplanke init`",
        ));
    }
    for organisation in &organisations {
        for mut diagnosis in organisation.diagnose(Timestamp::now())? {
            diagnosis.what = format!("{}: {}", organisation.name(), diagnosis.what);
            found.push(diagnosis);
        }
    }
    let worst = found.iter().map(|diagnosis| diagnosis.condition).max();
    if cli.json {
        output::json(&found)?;
    } else {
        for diagnosis in &found {
            let sign = match diagnosis.condition {
                Condition::Good => "✓",
                Condition::Attention => "!",
                Condition::Bad => "✗",
            };
            output::line(format!("{sign} {}: {}", diagnosis.what, diagnosis.finding))?;
        }
    }
    Ok(if worst == Some(Condition::Bad) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}
