//! The command line.

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use thidua_model::{Date, Lang, PeriodId};

/// Phong trào thi đua: từ báo cáo Excel đến chỉ tiêu, điểm, xếp hạng và sổ tổng hợp.
/// From Excel reports to indicators, points, rankings and the consolidated workbook.
#[derive(Debug, Parser)]
#[command(
    name = "thidua",
    version,
    about,
    after_help = "\
Exit codes: 0 done (problems inside workbooks are reported, not failures) · 2 wrong usage · \
3 the definition is broken · 4 a folder cannot be read or written"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Đọc báo cáo, tính toán, ghi bản phát hành và sổ tổng hợp · read reports, compute, write a release
    Run(Run),
    /// Kiểm tra định nghĩa phong trào · check a campaign definition, or summarise it
    Check { campaign: PathBuf },
    /// Ghi các biểu mẫu trắng · write the blank forms of a campaign
    Template {
        campaign: PathBuf,
        #[arg(long)]
        out: PathBuf,
    },
    /// Tạo một tỉnh giả định · make a synthetic province of any size
    Sample {
        campaign: PathBuf,
        /// Reporting units, the top unit included
        #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(3..=1_000_000))]
        units: u32,
        /// The same seed gives the same files
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[arg(long)]
        out: PathBuf,
    },
    /// Truy một con số về tận ô của nó · walk a number back to its cells
    Explain(Explain),
    /// Công bố một bản phát hành · mark a release as published and current
    Publish {
        /// Id of the release
        release: String,
        /// The folder that holds the releases
        #[arg(long)]
        out: PathBuf,
        /// Who or why, for the journal
        #[arg(long, default_value = "")]
        note: String,
    },
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Run {
    /// Folder of the campaign definition
    pub(crate) campaign: PathBuf,
    /// Folder of the reports as they came, with received.csv if there is one
    pub(crate) inbox: PathBuf,
    /// Where releases are written
    #[arg(long)]
    pub(crate) out: PathBuf,
    /// Only periods up to this one
    #[arg(long)]
    pub(crate) period: Option<PeriodId>,
    /// What was due by this day and is not in counts as missing [default: the last as-of date]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) as_of: Option<Date>,
    /// Files read at the same time; 0: as many as there are processors
    #[arg(long, default_value_t = 0)]
    pub(crate) jobs: usize,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Explain {
    /// Folder of a release
    pub(crate) release: PathBuf,
    /// Code of the unit
    pub(crate) unit: String,
    /// Only this indicator
    #[arg(long)]
    pub(crate) indicator: Option<String>,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    #[arg(long, value_enum, default_value_t = Language::Vi)]
    pub(crate) lang: Language,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    Vi,
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Vi => Self::Vi,
            Language::En => Self::En,
        }
    }
}
