//! Tasks of the developers: a release of country size, what it costs to hold it, the odd files of the corpus, and the
//! page of benchmarks.
//!
//! ```text
//! cargo run --release -p thidua-xtask -- release --units 126000 --out DIR [--seed 1]
//! cargo run --release -p thidua-xtask -- open DIR/<id> [--columns]
//! cargo run --release -p thidua-xtask -- corpus [--convert]
//! cargo run --release -p thidua-xtask -- bench
//! ```
//!
//! Not here: anything that an office runs (`cli`).

mod bench;
mod corpus;
mod country;
mod memory;
mod open;
mod release;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "\
thidua-xtask release --units N --out DIR [--seed N]
    writes and publishes a synthetic release: N grassroots unions, 23 indicators, 2 periods
thidua-xtask open RELEASE [--columns]
    opens the folder of a release and tells seconds and memory
thidua-xtask corpus [--convert]
    writes the odd files of tests/corpus; --convert: also those that LibreOffice makes";

/// What every task may fail with.
type Failure = Box<dyn Error + Send + Sync>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match task(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            let mut source = error.source();
            while let Some(cause) = source {
                eprintln!("  {cause}");
                source = cause.source();
            }
            ExitCode::FAILURE
        }
    }
}

fn task(arguments: &[String]) -> Result<(), Failure> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (task, options) = arguments.split_first().ok_or(USAGE)?;
    match *task {
        "release" => {
            let (mut units, mut out, mut seed) = (None, None, 1);
            for pair in options.chunks(2) {
                match pair {
                    ["--units", count] => units = Some(count.parse()?),
                    ["--out", path] => out = Some(PathBuf::from(path)),
                    ["--seed", number] => seed = number.parse()?,
                    _ => return Err(USAGE.into()),
                }
            }
            release::make(units.ok_or(USAGE)?, seed, &out.ok_or(USAGE)?)
        }
        "open" => match options {
            [path] => open::tell(path.as_ref(), false),
            [path, "--columns"] | ["--columns", path] => open::tell(path.as_ref(), true),
            _ => Err(USAGE.into()),
        },
        "corpus" => match options {
            [] => corpus::make(false),
            ["--convert"] => corpus::make(true),
            _ => Err(USAGE.into()),
        },
        "bench" => bench::bench(options),
        _ => Err(format!("{USAGE}\n{}", bench::USAGE).into()),
    }
}
