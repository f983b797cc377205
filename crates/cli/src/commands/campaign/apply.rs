//! `thidua campaign apply`: shows what a changed definition changes, and applies it when it is told to.

use crate::args::Database;
use crate::database::{block_on, failed, location, operator};
use crate::exit::{NotApplied, Usage};
use crate::print::print;
use crate::words::Step;
use std::fmt::Write;
use std::path::Path;
use thidua_campaign::{Change, LoadError};
use thidua_model::Lang;
use thidua_portal::{ApplyError, Obstacle, Proposal};

/// Lines of each kind of change that are shown.
const LINES: usize = 10;

pub(crate) fn apply(folder: &Path, database: &Database, is_meant: bool) -> anyhow::Result<()> {
    let place = location(database)?;
    block_on(async {
        let store = place.open().await?;
        let proposal = thidua_portal::propose(&store, folder).await.map_err(|error| refused(error, folder))?;
        print(&shown(&proposal))?;
        if !proposal.obstacles.is_empty() {
            return Err(NotApplied(proposal.obstacles.len()).into());
        }
        let said = if proposal.is_same {
            "Giống hệt định nghĩa đang dùng, không có gì để áp dụng. It is the definition in use.\n".to_owned()
        } else if is_meant {
            let number = thidua_portal::apply(&store, &proposal, &operator()).await;
            let number = number.map_err(|error| refused(error, folder))?;
            format!(
                "Đã áp dụng, định nghĩa số {number}; các máy chủ dùng nó trong vài giây. \
                 Applied as number {number}; every server takes it within seconds.\n"
            )
        } else {
            "Chưa áp dụng gì; thêm --yes để áp dụng. Nothing was applied; add --yes to apply it.\n".to_owned()
        };
        store.close().await;
        print(&said)
    })
}

fn refused(error: ApplyError, folder: &Path) -> anyhow::Error {
    match error {
        ApplyError::Load(LoadError::Invalid { issues }) => super::super::broken(&issues),
        ApplyError::Unknown { id, known } => Usage(format!(
            "cổng không có phong trào “{id}” (có: {}); phong trào mới thì khởi động `thidua serve --campaign` · \
             the portal has no such campaign",
            known.join(", ")
        ))
        .into(),
        ApplyError::Obstacles { obstacles } => NotApplied(obstacles.len()).into(),
        ApplyError::Store(error) => failed(error),
        error => anyhow::Error::new(error)
            .context(Step(format!("không đọc được định nghĩa phong trào {}", folder.display()))),
    }
}

/// The changes by kind, and what stands against them.
fn shown(proposal: &Proposal) -> String {
    let mut out = String::new();
    for warning in &proposal.warnings {
        let _ = writeln!(out, "{}", warning.render(Lang::Vi));
    }
    let _ = writeln!(out, "{} ({})", proposal.to.title.vi, proposal.to.id);
    let _ = writeln!(out, "so với định nghĩa đang dùng, số {} · against number {0}, which is in use\n", proposal.over);
    match proposal.changes.as_deref() {
        None => out.push_str(
            "Chương trình này không đọc được định nghĩa đang dùng, nên không so được. \
             This program cannot read the definition in use: nothing to compare with.\n\n",
        ),
        Some([]) if !proposal.is_same => out.push_str(
            "Chỉ khác chú thích, cách trình bày hoặc cách lưu tệp. \
             Only comments, layout or the form of files differ.\n\n",
        ),
        Some(changes) => by_kind(&mut out, changes),
    }
    for obstacle in &proposal.obstacles {
        let _ = writeln!(out, "! {}", words(obstacle));
    }
    out
}

fn by_kind(out: &mut String, changes: &[Change]) {
    for group in changes.chunk_by(|a, b| a.kind == b.kind) {
        let kind = group[0].kind;
        let _ = writeln!(out, "{} · {}: {}", kind.title(Lang::Vi), kind.title(Lang::En), group.len());
        for change in group.iter().take(LINES) {
            let _ = writeln!(out, "  {}", change.line);
        }
        if group.len() > LINES {
            let _ = writeln!(out, "  … {} dòng nữa · more", group.len() - LINES);
        }
        out.push('\n');
    }
}

fn words(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::UnitHasReports { unit } => format!(
            "đơn vị {unit} đã nộp báo cáo nên không bỏ khỏi sổ được; hãy ghi valid_to · \
             the unit has sent reports: keep it, with valid_to"
        ),
        Obstacle::PeriodHasReports { period } => {
            format!("kỳ {period} đã có báo cáo nên không bỏ được · the period has reports: keep it")
        }
        Obstacle::IdUsedAgain { what } => {
            format!("mã đã dùng cho việc khác, hãy đặt mã mới · an id of something else, choose a new one: {what}")
        }
    }
}
