//! `account`: a way back in, by whoever runs the server.

use std::process::ExitCode;

use crate::cli::{Account, Cli};
use crate::failure::Failure;
use crate::{office, output};

pub fn run(cli: &Cli, args: &Account) -> Result<ExitCode, Failure> {
    let Account::Link { email, address } = args;
    let act = office::act();
    let token = office::installation(cli)?.way_back_link(email, &act)?;
    let link = format!("{}/welcome/{token}", address.trim_end_matches('/'));
    if cli.json {
        output::json(&serde_json::json!({ "link": link }))?;
    } else {
        output::line(output::say(
            office::lang(cli),
            "Dieser Link gilt 24 Stunden und nur für diese Person; ältere gelten nicht mehr:",
            "This link works for 24 hours and for this person only; older ones stop working:",
        ))?;
        output::line(link)?;
    }
    Ok(ExitCode::SUCCESS)
}
