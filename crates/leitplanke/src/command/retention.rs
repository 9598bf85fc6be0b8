//! `retention`: what is due by the register's rules, and the run that lets it go.

use std::process::ExitCode;

use law::Lang;
use operations::retention::{DueCount, Release, RunPage, RunState};
use operations::{Act, Error, Organisation};
use serde_json::json;

use crate::cli::{Cli, Retention, RetentionRun};
use crate::failure::Failure;
use crate::{office, output};

pub fn run(cli: &Cli, command: &Retention) -> Result<ExitCode, Failure> {
    match command {
        Retention::Due => due(cli),
        Retention::Run(args) => go(cli, args),
    }
}

fn due(cli: &Cli) -> Result<ExitCode, Failure> {
    let (this, act, lang) = (office::organisation(cli)?, office::act(), office::lang(cli));
    this.bring_retention_up_to_date(&act)?;
    let view = this.retention_view(act.today)?;
    if cli.json {
        let counts: Vec<_> = view.counts.iter().map(count_as_json).collect();
        output::json(&json!({
            "on": act.today,
            "counts": counts,
            "waiting": view.waiting,
            "unconfirmed_forms": view.unconfirmed,
            "release": view.release.name(),
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let (now, review, held) = view.totals();
    output::line(match lang {
        Lang::De => format!(
            "Fällig: {now} zu löschen, {review} zu prüfen, {held} durch eine Aufbewahrungspflicht gehalten."
        ),
        Lang::En => format!("Due: {now} to go, {review} to look at, {held} under a legal hold."),
    })?;
    for count in &view.counts {
        let name = match count.rule.activity.as_str() {
            "" => "-",
            name => name,
        };
        output::line(format!(
            "  {name} [{}] {}, {}: {} | +30: {} | +90: {}",
            count.rule.rule,
            count.rule.action.label().get(lang),
            count.rule.cause.name(),
            count.now,
            count.in_30_days,
            count.in_90_days,
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn count_as_json(count: &DueCount) -> serde_json::Value {
    json!({
        "activity": count.rule.activity,
        "rule": count.rule.rule,
        "cause": count.rule.cause.name(),
        "provision": count.rule.cause.provision(),
        "action": count.rule.action.name(),
        "due": count.now,
        "held": count.held,
        "in_30_days": count.in_30_days,
        "in_90_days": count.in_90_days,
    })
}

/// Goes on with the run that is released, or proposes one; releases it only if one person may do so
/// and says so.
fn go(cli: &Cli, args: &RetentionRun) -> Result<ExitCode, Failure> {
    let (this, act) = (office::organisation(cli)?, office::act());
    let open = |this: &Organisation| -> Result<_, Error> {
        let runs = this.retention_view(act.today)?.runs;
        Ok(runs
            .into_iter()
            .find(|run| matches!(run.state, RunState::Proposed | RunState::Released)))
    };
    let id = match open(&this)? {
        Some(run) => run.id.parse().map_err(|_| Error::ContactText)?,
        None => this.propose_retention_run(&act)?,
    };
    let page = this.retention_run(id, 0)?;
    if page.line.state == RunState::Proposed {
        if page.release == Release::Two || !args.yes {
            told(cli, &page)?;
            return Ok(ExitCode::FAILURE);
        }
        this.release_retention_run(id, &act)?;
    }
    while this.carry_out_retention(&now(&act))? {}
    office::place(&this, &act);
    told(cli, &this.retention_run(id, 0)?)?;
    Ok(ExitCode::SUCCESS)
}

/// The same day, and the time as it is now, so that the report says how long it took.
fn now(act: &Act) -> Act {
    Act {
        at: office::act().at,
        ..act.clone()
    }
}

fn told(cli: &Cli, page: &RunPage) -> Result<(), Failure> {
    let left: u64 = page.left_out.iter().map(|(_, count)| count).sum();
    let (line, lang) = (&page.line, office::lang(cli));
    if cli.json {
        let gone = page.gone.iter().map(|gone| {
            json!({
                "activity": gone.rule.activity,
                "rule": gone.rule.rule,
                "cause": gone.rule.cause.name(),
                "action": gone.rule.action.name(),
                "count": gone.count,
            })
        });
        let left_out = page.left_out.iter();
        let left_out = left_out.map(|(why, count)| json!({ "reason": why.name(), "count": count }));
        return output::json(&json!({
            "run": line.id,
            "state": line.state.name(),
            "as_of": line.as_of,
            "people": line.people,
            "gone": gone.collect::<Vec<_>>(),
            "left_out": left_out.collect::<Vec<_>>(),
            "entry": line.entry,
        }));
    }
    output::line(match (lang, line.state) {
        (Lang::De, RunState::Proposed) => format!(
            "Vorgeschlagen: {} Kontakte. Freigabe auf der Seite „Löschfristen“, oder mit --yes, \
             wenn eine Person genügt. Danach sind diese Daten unwiderruflich fort.",
            line.people
        ),
        (Lang::En, RunState::Proposed) => format!(
            "Proposed: {} contacts. Release it on the page “Retention”, or with --yes where one \
             person is enough. These data are gone for good then.",
            line.people
        ),
        (Lang::De, _) => format!(
            "Erledigt: {} Kontakte gelöscht, {left} ausgelassen. Eintrag {} im Protokoll.",
            line.gone, line.entry
        ),
        (Lang::En, _) => format!(
            "Done: {} contacts erased, {left} left out. Entry {} of the log.",
            line.gone, line.entry
        ),
    })
}
