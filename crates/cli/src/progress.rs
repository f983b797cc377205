//! A bar on a terminal, plain lines otherwise.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::sync::atomic::{AtomicUsize, Ordering};
use thidua_pipeline::Stage;

/// Shows where a run stands, on standard error.
pub(crate) enum Progress {
    Bar(ProgressBar),
    /// Tenths of the reading that were printed.
    Lines(AtomicUsize),
    Silent,
}

impl Progress {
    pub(crate) fn new(is_quiet: bool) -> Self {
        if is_quiet {
            return Self::Silent;
        }
        if !std::io::stderr().is_terminal() {
            return Self::Lines(AtomicUsize::new(0));
        }
        let style = ProgressStyle::with_template("{msg:22} {bar:40} {pos}/{len}").expect("a valid template");
        Self::Bar(ProgressBar::new(0).with_style(style))
    }

    pub(crate) fn show(&self, stage: Stage) {
        match self {
            Self::Bar(bar) => match stage {
                Stage::Reading { done, all, .. } => {
                    bar.set_message(words(stage));
                    bar.set_length(all as u64);
                    bar.set_position(done as u64);
                }
                _ => bar.set_message(words(stage)),
            },
            Self::Lines(tenths) => match stage {
                Stage::Reading { done, all, kept } => {
                    let tenth = (done * 10).checked_div(all).unwrap_or(10);
                    if tenths.fetch_max(tenth, Ordering::Relaxed) < tenth && (tenth == 10 || all >= 100) {
                        let known = if kept > 0 {
                            format!(" ({kept} không đổi, không đọc lại)")
                        } else {
                            String::new()
                        };
                        eprintln!("{}: {done}/{all}{known}", words(stage));
                    }
                }
                _ => eprintln!("{}", words(stage)),
            },
            Self::Silent => {}
        }
    }

    pub(crate) fn finish(&self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}

fn words(stage: Stage) -> &'static str {
    match stage {
        Stage::Definition => "Đọc định nghĩa",
        Stage::Reading { .. } => "Đọc báo cáo",
        Stage::Computing => "Tính toán",
        Stage::Workbook => "Lập sổ tổng hợp",
        Stage::Writing => "Ghi bản phát hành",
    }
}
