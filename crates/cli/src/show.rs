//! The end of a run in words, or as one JSON object.

use std::fmt::Write;
use thidua_campaign::Shape;
use thidua_model::Lang;
use thidua_model::numerals::decimal;
use thidua_pipeline::{Finished, ProvinceFigure};

/// Counts, issues by code, the province's targets, the leaders of each cluster, the paths.
pub(crate) fn summary(finished: &Finished) -> String {
    let summary = &finished.summary;
    let mut out = String::new();
    let _ = writeln!(out, "\n{}\n{}\n", finished.campaign.title.vi, summary.period.vi);
    let _ = writeln!(
        out,
        "Đơn vị đã báo cáo {}/{} · tệp {} · số liệu {} · lỗi {} · cảnh báo {}",
        summary.units_reported, summary.units_due, summary.workbooks, summary.facts, summary.errors, summary.warnings
    );
    if !summary.issues.is_empty() {
        out.push_str("\nLỗi và cảnh báo theo mã\n");
        for (code, count, example) in &summary.issues {
            let such_as = if *count > 1 { "vd. " } else { "" };
            let _ = writeln!(out, "  {code} {count:>5}  {such_as}{}", shortened(example, 92));
        }
        out.push_str("  Từng tệp, trang, ô và cách sửa: trang “Lỗi – cảnh báo” của sổ tổng hợp.\n");
    }
    if !summary.province.is_empty() {
        out.push_str("\nChỉ tiêu toàn tỉnh\n");
        for figure in &summary.province {
            let _ = writeln!(out, "  {}", province_line(figure));
        }
    }
    if !summary.leaders.is_empty() {
        out.push_str("\nDẫn đầu các cụm\n");
        let width = summary.leaders.iter().map(|leader| leader.cluster.vi.chars().count()).max().unwrap_or(0);
        for leader in &summary.leaders {
            let ranked = format!("{}/{} đơn vị được xếp hạng", leader.ranked, leader.size);
            let provisional = if leader.is_provisional { ", tạm tính" } else { "" };
            let first = leader.points.map_or_else(
                || format!("chưa xếp hạng ({ranked}{provisional})"),
                |points| {
                    format!("{}: {} điểm ({ranked}{provisional})", leader.units.join(" = "), vietnamese(points, 2))
                },
            );
            let _ = writeln!(out, "  {:width$}  {first}", leader.cluster.vi);
        }
    }
    let _ = writeln!(out, "\nBản phát hành  {}", finished.path.display());
    let _ = writeln!(out, "Sổ tổng hợp    {}", finished.workbook.display());
    out
}

/// The object that scripts read.
pub(crate) fn json(finished: &Finished) -> serde_json::Value {
    let summary = &finished.summary;
    serde_json::json!({
        "release": &*finished.release.id,
        "path": finished.path,
        "workbook": finished.workbook,
        "units_due": summary.units_due,
        "units_reported": summary.units_reported,
        "workbooks": summary.workbooks,
        "facts": summary.facts,
        "errors": summary.errors,
        "warnings": summary.warnings,
    })
}

fn province_line(figure: &ProvinceFigure) -> String {
    let row = &figure.row;
    let value = match (row.value, row.reason) {
        (Some(value), _) if figure.shape == Shape::Flag => if value == 0.0 { "không" } else { "có" }.to_owned(),
        (Some(value), _) => format!("{} {}", vietnamese(value, figure.decimals), figure.measure),
        (None, Some(reason)) => reason.words(Lang::Vi).to_owned(),
        (None, None) => "–".to_owned(),
    };
    let counts = match (row.numerator, row.denominator) {
        // Of nothing there is no count; the reason stands beside it.
        (Some(numerator), Some(denominator)) if denominator > 0 => {
            format!("{}/{}", vietnamese(numerator as f64, 0), vietnamese(denominator as f64, 0))
        }
        _ => String::new(),
    };
    format!(
        "{:7}{:58} {:>29} {:>12}  {:18} {}",
        row.indicator,
        shortened(&figure.title.vi, 57),
        counts,
        value,
        row.target,
        row.verdict.words(Lang::Vi)
    )
}

fn shortened(text: &str, chars: usize) -> String {
    if text.chars().count() <= chars {
        return text.to_owned();
    }
    text.chars().take(chars - 1).chain(['…']).collect()
}

/// `1234.5` as `1.234,5`, with all its decimals.
fn vietnamese(value: f64, decimals: u8) -> String {
    let plain = format!("{value:.*}", usize::from(decimals));
    match plain.replace('.', "").parse() {
        Ok(kept) => decimal(kept, u32::from(decimals), true, Lang::Vi),
        Err(_) => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::vietnamese;

    #[test]
    fn numbers_are_shown_as_vietnamese_offices_write_them() {
        for (value, decimals, shown) in
            [(1234.5, 1, "1.234,5"), (999.0, 0, "999"), (-1_000_000.0, 0, "-1.000.000"), (0.5, 2, "0,50")]
        {
            assert_eq!(vietnamese(value, decimals), shown);
        }
    }
}
