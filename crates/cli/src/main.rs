//! The binary `thidua`: arguments, progress, printing, exit codes.
//!
//! Exit codes: 0 done (what is wrong inside workbooks is in the release, never a failure);
//! 1 `validate` found a file that is not accepted in full, `verify` something that does not agree,
//! `form adopt` no form; 2 wrong usage; 3 the definition is broken; 4 a folder or database cannot
//! be read or written, disk full, network port in use.

mod args;
mod clock;
mod commands;
mod database;
mod exit;
mod new_file;
mod page;
mod print;
mod progress;
mod show;
mod words;

use args::{Args, Command, Form, Rules};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let done = match Args::parse().command {
        Command::Run(run) => commands::run::run(&run),
        Command::Validate(validate) => commands::validate::validate(&validate),
        Command::Check { campaign } => commands::check::check(&campaign),
        Command::Rules(Rules::Try(args)) => commands::rules::try_rules(&args),
        Command::Template(template) => commands::template::template(&template),
        Command::Form(Form::Adopt(args)) => commands::form::adopt(&args),
        Command::Sample { campaign, units, seed, out } => commands::sample::sample(&campaign, units, seed, &out),
        Command::Explain(explain) => commands::explain::explain(&explain),
        Command::Verify(verify) => commands::verify::verify(&verify),
        Command::Diff(args) => commands::diff::diff(&args),
        Command::WhatIf(args) => commands::what_if::what_if(&args),
        Command::Publish { release, out, note } => commands::publish::publish(&release, &out, &note),
        Command::Campaign(campaign) => commands::campaign::campaign(&campaign),
        Command::Store(store) => commands::store::store(&store),
        Command::Serve(serve) => commands::serve::serve(&serve),
        Command::ReadWorkbooks => commands::read_workbooks::read_workbooks(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            if !error.is::<exit::NotAccepted>() && !error.is::<exit::Differs>() {
                eprintln!("{}", words::stopped(&error));
            }
            exit::code(&error)
        }
    }
}
