//! The Leitplanke binary: the command line.

mod bucket;
mod cli;
mod command;
mod depot;
mod failure;
mod office;
mod output;
mod server;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    // Log lines go to standard error, so that standard output stays what was asked for.
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("LEITPLANKE_LOG")
                .unwrap_or_else(|_| "warn".into()),
        )
        .init();
    match command::run(&cli) {
        Ok(code) => code,
        Err(failure) => failure.report(cli.json),
    }
}
