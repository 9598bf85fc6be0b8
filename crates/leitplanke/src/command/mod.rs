//! One file for each group of commands: read the arguments, call one operation, print.

mod account;
mod ask;
mod backup;
mod check;
mod contact;
mod decide;
mod evidence;
mod import;
mod register;
mod retention;
mod set_up;

use std::process::ExitCode;

use crate::cli::{Cli, Command};
use crate::failure::Failure;
use crate::server;

/// Runs the command. The exit code is 0 if all is well, 1 if what was checked is not in order,
/// and 2 if the command failed.
pub fn run(cli: &Cli) -> Result<ExitCode, Failure> {
    match &cli.command {
        Command::Init(args) => set_up::init(cli, args),
        Command::Import(args) => import::run(cli, args),
        Command::Consent(args) => contact::consent(cli, args),
        Command::Object(args) => contact::object(cli, args),
        Command::Note(args) => contact::note(cli, args),
        Command::Decide(args) => decide::run(cli, args),
        Command::Filter(args) => decide::filter(cli, args),
        Command::Ask(args) => ask::run(cli, args),
        Command::Receipt(args) => check::receipt(cli, args),
        Command::Evidence(command) => evidence::run(cli, command),
        Command::Verify(args) => check::verify(cli, args),
        Command::Erase(args) => contact::erase(cli, args),
        Command::Retention(command) => retention::run(cli, command),
        Command::Register(args) => register::run(cli, args),
        Command::Account(args) => account::run(cli, args),
        Command::Log(args) => check::log(cli, args),
        Command::RotateKey(args) => set_up::rotate_key(cli, args),
        Command::Backup(args) => backup::backup(cli, args),
        Command::Restore(args) => backup::restore(cli, args),
        Command::Serve(args) => server::serve(cli, args),
        Command::Demo(args) => server::demo(cli, args),
        Command::Doctor => set_up::doctor(cli),
    }
}
