//! What is written down about one contact: consents, objections, notes, erasure.

use std::fs;
use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use law::topic::consent::read_circumstances;
use law::{Channel, ChannelSet, Lang};
use operations::{ContactRef, NewConsent, Sale};
use serde_json::{Value, json};

use crate::cli::{Cli, Consent, ConsentRecord, ConsentWithdraw, Erase, Note, Object};
use crate::failure::Failure;
use crate::{office, output};

pub fn consent(cli: &Cli, command: &Consent) -> Result<ExitCode, Failure> {
    match command {
        Consent::Record(args) => record(cli, args),
        Consent::Withdraw(args) => withdraw(cli, args),
    }
}

fn record(cli: &Cli, args: &ConsentRecord) -> Result<ExitCode, Failure> {
    let text = match &args.text {
        Some(path) => Some(fs::read_to_string(path).map_err(|e| Failure::file(path, e))?),
        None => None,
    };
    let told = args.facts.as_deref();
    let new = NewConsent {
        contact: args.contact.parse()?,
        activity: args.purpose.clone(),
        channels: args.channels.iter().copied().collect(),
        given_on: args.given_on,
        proof: args.proof,
        text,
        circumstances: told
            .map(read_circumstances)
            .transpose()?
            .unwrap_or_default(),
        told: told.and_then(|told| serde_json::from_str::<Value>(told).ok()),
    };
    let (this, act) = (office::organisation(cli)?, office::act());
    let recorded = this.record_consent(&new, &act)?;
    office::place(&this, &act);
    let lang = office::lang(cli);
    let defects = recorded
        .defects
        .iter()
        .map(|defect| defect.text().get(lang));
    if cli.json {
        output::json(&json!({
            "entry": recorded.entry,
            "contact": recorded.contact.to_string(),
            "defects": defects.collect::<Vec<_>>(),
            "circumstances_told": told.is_some(),
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    written(lang, recorded.entry)?;
    if told.is_none() {
        output::line(output::say(
            lang,
            "  Wie sie zustande kam, ist nicht angegeben und daher nicht geprüft: mit --facts \
             nachreichen (`leitplanke ask consent --schema`).",
            "  How it came about was not told, so it was not examined: tell it with --facts \
             (`leitplanke ask consent --schema`).",
        ))?;
    }
    for defect in &recorded.defects {
        let text = output::say(lang, "Mangel", "Defect");
        output::line(format!("  {text}: {}", defect.text().get(lang)))?;
        output::line(format!("    → {}", defect.fix().get(lang)))?;
    }
    if !recorded.defects.is_empty() {
        output::line(output::say(
            lang,
            "  So trägt die Einwilligung nichts; sie ist dennoch festgehalten.",
            "  As it stands the consent carries nothing; it is recorded all the same.",
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn withdraw(cli: &Cli, args: &ConsentWithdraw) -> Result<ExitCode, Failure> {
    let act = office::act();
    let this = office::organisation(cli)?;
    let withdrawn = this.withdraw_consent(
        &args.contact.parse()?,
        args.purpose.as_deref(),
        channels(&args.channels),
        args.on.unwrap_or(act.today),
        &act,
    )?;
    office::place(&this, &act);
    if cli.json {
        output::json(&json!({ "entries": withdrawn.entries }))?;
    } else {
        for entry in withdrawn.entries {
            written(office::lang(cli), entry)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub fn object(cli: &Cli, args: &Object) -> Result<ExitCode, Failure> {
    let act = office::act();
    let over = if args.profiling_only {
        ChannelSet::of(Channel::Profiling)
    } else {
        channels(&args.channels)
    };
    let this = office::organisation(cli)?;
    let recorded = this.record_objection(
        &args.contact.parse()?,
        over,
        args.on.unwrap_or(act.today),
        &act,
    )?;
    office::place(&this, &act);
    if cli.json {
        let contacts: Vec<_> = recorded.contacts.iter().map(ToString::to_string).collect();
        output::json(&json!({ "entry": recorded.entry, "contacts": contacts }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let lang = office::lang(cli);
    written(lang, recorded.entry)?;
    let count = recorded.contacts.len();
    output::line(match (lang, count) {
        (Lang::De, 0) => {
            "  Die Adresse war unbekannt; sie bleibt für die Zukunft gesperrt.".to_owned()
        }
        (Lang::En, 0) => "  The address was not known; it is suppressed for the future.".to_owned(),
        (Lang::De, _) => format!("  Wirkt sofort, für {count} Kontakt(e)."),
        (Lang::En, _) => format!("  In effect at once, for {count} contact(s)."),
    })?;
    Ok(ExitCode::SUCCESS)
}

pub fn note(cli: &Cli, command: &Note) -> Result<ExitCode, Failure> {
    let act = office::act();
    let this = office::organisation(cli)?;
    let entry = match command {
        Note::Sale(args) => {
            let sale = Sale {
                goods: args.goods.clone(),
                sold_on: args.sold_on,
                address_from_sale: args.address_from_sale,
                notice_at_collection: args.notice_at_collection,
                relation: args.relation,
            };
            this.note_sale(&args.contact.parse()?, sale, &act)?
        }
        Note::Circumstance(args) => {
            let contact: ContactRef = args.contact.parse()?;
            this.note_circumstance(&contact, &args.purpose, args.kind, &args.text, &act)?
        }
        Note::Informed(args) => {
            this.note_informed(&args.contact.parse()?, args.on.unwrap_or(act.today), &act)?
        }
        Note::Screening(args) => this.note_screening(&args.contact.parse()?, args.listed, &act)?,
        Note::Overrule(args) => {
            let contact: ContactRef = args.contact.parse()?;
            match &args.reason {
                Some(reason) => {
                    this.overrule(&contact, &args.purpose, args.channel, reason, &act)?
                }
                None => this.revoke_overrule(&contact, &args.purpose, args.channel, &act)?,
            }
        }
    };
    office::place(&this, &act);
    if cli.json {
        output::json(&json!({ "entry": entry }))?;
    } else {
        written(office::lang(cli), entry)?;
    }
    Ok(ExitCode::SUCCESS)
}

pub fn erase(cli: &Cli, args: &Erase) -> Result<ExitCode, Failure> {
    let this = office::organisation(cli)?;
    let contact: ContactRef = args.contact.parse()?;
    let lang = office::lang(cli);
    if !args.yes && !confirmed(lang)? {
        return Ok(ExitCode::FAILURE);
    }
    let act = office::act();
    let erased = this.erase(&contact, &act)?;
    office::place(&this, &act);
    let issued = this.receipt(erased.entry, false, act.at)?;
    let file = match &args.output {
        Some(path) => path.clone(),
        None => PathBuf::from(format!("erasure-{}.json", erased.entry)),
    };
    // The erasure is done; if the certificate can't be written here, it can be had again.
    fs::write(&file, issued.json).map_err(|source| Failure::File {
        what: format!(
            "the person is erased, but the certificate could not be written to {} \
             (get it with `leitplanke receipt {}`)",
            file.display(),
            erased.entry
        ),
        source,
    })?;
    if cli.json {
        output::json(&json!({
            "entry": erased.entry,
            "suppressed": erased.suppressed,
            "certificate": file,
            "waits_until": erased.waits_until,
        }))?;
    } else {
        let (count, file) = (erased.suppressed, file.display());
        output::line(match (lang, erased.waits_until) {
            (Lang::De, Some(until)) => format!(
                "Eine Aufbewahrungspflicht steht bis {until} entgegen: Die Daten sind bis dahin \
                 eingeschränkt und werden danach von selbst gelöscht. Nachweis: {file}"
            ),
            (Lang::En, Some(until)) => format!(
                "A legal hold stands until {until}: the data are restricted until then and go by \
                 themselves after it. Proof: {file}"
            ),
            (Lang::De, None) => format!(
                "Gelöscht. {count} Adresse(n) bleiben als Prüfwert gesperrt. Nachweis: {file}"
            ),
            (Lang::En, None) => format!(
                "Erased. {count} address(es) stay suppressed as hashes. Certificate: {file}"
            ),
        })?;
        let (entry, paper) = (
            erased.entry,
            output::say(lang, "Bescheinigung als PDF:", "Certificate as a paper:"),
        );
        output::line(format!(
            "{paper} leitplanke receipt {entry} --certificate --output erasure-{entry}.pdf"
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn confirmed(lang: Lang) -> Result<bool, Failure> {
    let mut err = io::stderr().lock();
    write!(
        err,
        "{}",
        output::say(
            lang,
            "Die Daten dieser Person werden unwiderruflich unlesbar. Löschen? [j/N] ",
            "This person's data become unreadable for good. Erase? [y/N] ",
        )
    )
    .map_err(Failure::Output)?;
    err.flush().map_err(Failure::Output)?;
    yes_from(&mut io::stdin().lock())
}

/// Whether the next line of input says yes. The end of input is a no.
pub fn yes_from(input: &mut impl BufRead) -> Result<bool, Failure> {
    let mut answer = String::new();
    input.read_line(&mut answer).map_err(Failure::Output)?;
    Ok(matches!(
        answer.trim().to_lowercase().as_str(),
        "j" | "ja" | "y" | "yes"
    ))
}

fn channels(named: &[Channel]) -> ChannelSet {
    if named.is_empty() {
        ChannelSet::ALL
    } else {
        named.iter().copied().collect()
    }
}

fn written(lang: Lang, entry: i64) -> Result<(), Failure> {
    output::line(match lang {
        Lang::De => format!(
            "Festgehalten als Nachweis {entry} (Beleg: `leitplanke receipt {entry} --disclose`)."
        ),
        Lang::En => format!(
            "Recorded as evidence entry {entry} (receipt: `leitplanke receipt {entry} --disclose`)."
        ),
    })
}
