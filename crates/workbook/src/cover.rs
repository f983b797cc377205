//! The cover "Bìa": who, what, when; key figures, contents, leaders; then method and digests.
//!
//! In:  the view and the sheets that follow, for the contents.
//! Out: the first worksheet: two printed pages of a grid, no table.

use crate::WorkbookError;
use crate::paper::page;
use crate::style::{BODY, Heading, Kind, Look, Styles};
use crate::table::Sheet;
use crate::view::View;
use crate::wrap;
use crate::write::{SIGNATURES, Titles, link};
use rust_xlsxwriter::{Format, Url, Worksheet};
use thidua_model::date::dmy;
use thidua_model::rows::RankingRow;
use thidua_model::words::Verdict;
use thidua_release::manifest::Policy;

pub(crate) const NAME: &str = "Bìa";

/// Columns of the grid and their width in digits.
const COLUMNS: u16 = 12;
const WIDTH: f64 = 11.4;
/// Scale at which the grid keeps the page's width in every program, in percent.
const WIDEST_SCALE: u16 = 90;
/// Height of A4 landscape between its margins, with some room for rounding.
const PAGE_POINTS: f64 = 512.0;

pub(crate) fn write(
    out: &mut Worksheet,
    view: &View,
    sheets: &[Sheet],
    titles: &Titles,
    styles: &mut Styles,
) -> Result<(), WorkbookError> {
    out.set_name(NAME)?;
    out.set_column_range_width(0, COLUMNS - 1, WIDTH)?;
    out.set_screen_gridlines(false);
    page(out, titles);
    let mut grid = Grid { out, styles, row: 0, points: 0.0 };
    head(&mut grid, view)?;
    tiles(&mut grid, view)?;
    contents_and_leaders(&mut grid, view, sheets)?;
    let (break_at, first_page) = (grid.row, grid.points);
    method(&mut grid, view)?;
    signatures(&mut grid)?;
    // A page break holds only where the sheet is not fitted to pages, so the scale is worked out.
    let highest = first_page.max(grid.points - first_page);
    out.set_print_scale((PAGE_POINTS / highest * 100.0).clamp(50.0, f64::from(WIDEST_SCALE)) as u16);
    out.set_page_breaks(&[break_at])?;
    Ok(())
}

/// A sheet filled from the top, cells running over several columns.
struct Grid<'a> {
    out: &'a mut Worksheet,
    styles: &'a mut Styles,
    row: u32,
    /// Height of the rows so far.
    points: f64,
}

impl Grid<'_> {
    fn text(&mut self, first: u16, last: u16, text: &str, heading: Heading) -> Result<(), WorkbookError> {
        let format = self.styles.heading(heading).clone();
        self.put(first, last, text, &format)
    }

    fn put(&mut self, first: u16, last: u16, text: &str, format: &Format) -> Result<(), WorkbookError> {
        if first == last {
            self.out.write_string_with_format(self.row, first, text, format)?;
        } else {
            self.out.merge_range(self.row, first, self.row, last, text, format)?;
        }
        Ok(())
    }

    fn number(&mut self, first: u16, last: u16, value: f64, format: &Format) -> Result<(), WorkbookError> {
        if first < last {
            self.out.merge_range(self.row, first, self.row, last, "", format)?;
        }
        self.out.write_number_with_format(self.row, first, value, format)?;
        Ok(())
    }

    fn height(&mut self, points: f64) -> Result<(), WorkbookError> {
        self.out.set_row_height(self.row, points)?;
        self.points += points;
        Ok(())
    }

    fn next(&mut self) {
        self.row += 1;
    }
}

fn head(grid: &mut Grid, view: &View) -> Result<(), WorkbookError> {
    let campaign = view.campaign;
    grid.text(0, 4, &view.whose().to_uppercase(), Heading::Organisation)?;
    grid.text(6, 11, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Heading::Motto)?;
    grid.height(18.0)?;
    grid.next();
    grid.text(6, 11, "Độc lập – Tự do – Hạnh phúc", Heading::MottoLine)?;
    grid.height(18.0)?;
    grid.next();
    let place = format!("{}, ngày …… tháng …… năm ………", campaign.place);
    grid.text(6, 11, &place, Heading::PlaceLine)?;
    grid.height(20.0)?;
    grid.next();
    grid.height(8.0)?;
    grid.next();
    grid.text(0, 11, "TỔNG HỢP KẾT QUẢ THI ĐUA", Heading::CoverTitle)?;
    grid.height(32.0)?;
    grid.next();
    grid.text(0, 11, &campaign.title.vi, Heading::CoverSubtitle)?;
    grid.height(wrap::height(wrap::lines(&campaign.title.vi, WIDTH * 11.5, 14.0, false), 14.0))?;
    grid.next();
    let period = campaign.period(view.last);
    let state = if period.is_judged { "" } else { " – số liệu tiến độ, chưa đánh giá" };
    let line = format!("{} – số liệu tính đến ngày {}{state}", period.title.vi, dmy(period.as_of));
    grid.text(0, 11, &line, Heading::CoverSubtitle)?;
    grid.height(21.0)?;
    grid.next();
    grid.height(8.0)?;
    grid.next();
    Ok(())
}

/// The key figures, six side by side.
fn tiles(grid: &mut Grid, view: &View) -> Result<(), WorkbookError> {
    let counts = &view.release.manifest.counts;
    let (met, missed, all) = province_verdicts(view);
    let tiles: [(f64, String); 6] = [
        (counts.units_reported as f64, format!("đơn vị đã báo cáo\ntrên {} đơn vị phải báo cáo", counts.units_due)),
        (met as f64, format!("chỉ tiêu đạt hoặc vượt\ntrên {all} chỉ tiêu của kỳ này")),
        (missed as f64, "chỉ tiêu chưa đạt\n(xem trang Chỉ tiêu)".to_owned()),
        (counts.facts as f64, format!("số liệu đọc được\ntừ {} tệp", counts.files)),
        (counts.errors as f64, "lỗi\ntrong các báo cáo".to_owned()),
        (counts.warnings as f64, "cảnh báo\ntrong các báo cáo".to_owned()),
    ];
    let (number, label) =
        (grid.styles.heading(Heading::TileNumber).clone(), grid.styles.heading(Heading::TileLabel).clone());
    for ((value, _), at) in tiles.iter().zip(0u16..) {
        grid.number(at * 2, at * 2 + 1, *value, &number)?;
    }
    grid.height(34.0)?;
    grid.next();
    for ((_, words), at) in tiles.iter().zip(0u16..) {
        grid.put(at * 2, at * 2 + 1, words, &label)?;
    }
    grid.height(32.0)?;
    grid.next();
    grid.height(8.0)?;
    grid.next();
    Ok(())
}

/// Figures of the root in the last period: met (or already reached), not met (or in progress), all.
fn province_verdicts(view: &View) -> (usize, usize, usize) {
    let Some(root) = view.root() else { return (0, 0, 0) };
    let (root, period) = (view.unit_id(root), view.campaign.period(view.last).id.as_str());
    let rows: Vec<Verdict> = view
        .indicators
        .iter()
        .filter(|row| &*row.unit == root && &*row.period == period)
        .map(|row| row.verdict)
        .collect();
    let count = |of: &[Verdict]| rows.iter().filter(|it| of.contains(it)).count();
    (count(&[Verdict::Met, Verdict::Exceeded, Verdict::Reached]), count(&[Verdict::NotMet]), rows.len())
}

fn contents_and_leaders(grid: &mut Grid, view: &View, sheets: &[Sheet]) -> Result<(), WorkbookError> {
    let head = grid.styles.look(Look::of(Kind::Head)).clone();
    let text = grid.styles.look(Look::of(Kind::Text)).clone();
    let url = grid.styles.look(Look::of(Kind::Link)).clone();
    let centre = grid.styles.look(Look::of(Kind::Centre)).clone();
    grid.put(0, 0, "TT", &head)?;
    grid.put(1, 2, "Mục lục", &head)?;
    grid.put(3, 6, "Nội dung", &head)?;
    grid.put(8, 11, "Dẫn đầu các cụm (đề xuất) và điểm", &head)?;
    grid.height(18.0)?;
    grid.next();
    let first = grid.row;
    for (at, sheet) in sheets.iter().enumerate() {
        grid.number(0, 0, (at + 1) as f64, &centre)?;
        grid.out.merge_range(grid.row, 1, grid.row, 2, "", &url)?;
        let target = Url::new(link(&sheet.name)).set_text(&sheet.name);
        grid.out.write_url_with_format(grid.row, 1, target, &url)?;
        grid.put(3, 6, &sheet.about, &text)?;
        let lines = wrap::lines(&sheet.about, WIDTH * 4.0, BODY, false);
        grid.height(wrap::height(lines.max(wrap::lines(&sheet.name, WIDTH * 2.0, BODY, false)), BODY))?;
        grid.next();
    }
    leaders(grid, view, first)
}

/// Beside the contents, two rows for each leader: cluster, unit and points.
fn leaders(grid: &mut Grid, view: &View, first: u32) -> Result<(), WorkbookError> {
    let leading = leading(view);
    let text = grid.styles.look(Look::of(Kind::Text)).clone();
    if leading.is_empty() {
        let word = grid.styles.look(Look::of(Kind::Word)).clone();
        grid.out.merge_range(first, 8, first + 1, 11, "chưa xếp hạng ở kỳ này", &word)?;
    }
    let room = (grid.row - first) / 2;
    for (row, at) in leading.iter().zip(0..room) {
        let points = row.points.map_or_else(|| "chưa có điểm".to_owned(), |it| it.to_string().replace('.', ","));
        let line = format!("{}: {} ({points})", view.cluster_title(&row.cluster), view.unit_name(&row.unit));
        let top = first + 2 * at;
        grid.out.merge_range(top, 8, top + 1, 11, &line, &text)?;
    }
    Ok(())
}

/// First places of the last period that has a ranking.
fn leading(view: &View) -> Vec<RankingRow> {
    let mut rows: Vec<RankingRow> = view.release.rows();
    let last = rows.iter().map(|row| view.period_rank(&row.period)).max();
    rows.retain(|row| row.place == Some(1) && Some(view.period_rank(&row.period)) == last);
    let rank = |row: &RankingRow| view.campaign.clusters.iter().position(|it| it.id.as_str() == &*row.cluster);
    rows.sort_by_cached_key(|row| (rank(row), row.table.clone(), row.unit.clone()));
    rows
}

fn method(grid: &mut Grid, view: &View) -> Result<(), WorkbookError> {
    grid.text(0, 11, "Phương pháp và quy ước", Heading::Title)?;
    grid.height(26.0)?;
    grid.next();
    let (label, text) = (
        grid.styles.look(Look { is_strong: true, ..Look::of(Kind::Text) }).clone(),
        grid.styles.look(Look::of(Kind::Text)).clone(),
    );
    for (name, words) in method_lines(view) {
        grid.put(0, 1, &name, &label)?;
        grid.put(2, 11, &words, &text)?;
        let lines = wrap::lines(&words, WIDTH * 10.0, BODY, false).max(wrap::lines(&name, WIDTH * 2.0, BODY, true));
        grid.height(wrap::height(lines, BODY))?;
        grid.next();
    }
    grid.height(10.0)?;
    grid.next();
    Ok(())
}

pub(crate) fn method_lines(view: &View) -> Vec<(String, String)> {
    let manifest = &view.release.manifest;
    let mut lines: Vec<(String, String)> = vec![
        ("Căn cứ".into(), view.campaign.source.to_string()),
        ("Mốc xét thiếu báo cáo".into(), crate::words::iso_as_dmy(&manifest.options.as_of)),
        ("Nguồn số liệu".into(), basis_words(view)),
        (
            "Số liệu thiếu".into(),
            "Không có báo cáo là thiếu, không phải bằng 0. Ô không có giá trị ghi rõ lý do. Số có dấu * hoặc “tạm tính” còn \
             thiếu báo cáo."
                .into(),
        ),
    ];
    let (tables, rules): (Vec<&Policy>, Vec<&Policy>) =
        manifest.policies.iter().partition(|policy| policy.id.starts_with("table:"));
    lines.extend(rules.iter().map(|policy| (policy_title(&policy.id), policy.vi.clone())));
    if !tables.is_empty() {
        lines.push(("Bảng điểm".into(), tables_in_words(&tables)));
    }
    let short = |digest: &str| digest.chars().take(16).collect::<String>();
    let definition: Vec<String> = manifest
        .definition
        .iter()
        .map(|file| format!("{} {}", file.name, file.digest.chars().take(8).collect::<String>()))
        .collect();
    lines.push((
        "Bản phát hành".into(),
        format!("{} (SHA-256 của toàn bộ nội dung: {}…)", view.release.id, short(&manifest.digest)),
    ));
    let receipts = match &manifest.receipts {
        Some(receipts) => format!("{} lượt nhận, mã {}…", receipts.count, short(&receipts.digest)),
        None => "không có sổ nhận; không xét đúng hạn".to_owned(),
    };
    lines.push(("Sổ nhận báo cáo".into(), receipts));
    if !definition.is_empty() {
        lines.push(("Định nghĩa (mã tệp)".into(), definition.join(" · ")));
    }
    lines
}

/// Tables with one rule share a line: `Bảng A; Bảng B: ...`.
fn tables_in_words(tables: &[&Policy]) -> String {
    let mut by_rule: Vec<(&str, Vec<&str>)> = Vec::new();
    for policy in tables {
        let (title, rule) = policy.vi.split_once(": ").unwrap_or((&policy.vi, ""));
        match by_rule.iter_mut().find(|(known, _)| *known == rule) {
            Some((_, titles)) => titles.push(title),
            None => by_rule.push((rule, vec![title])),
        }
    }
    let lines: Vec<String> =
        by_rule.into_iter().map(|(rule, titles)| format!("{}: {rule}", titles.join("; "))).collect();
    lines.join(".\n")
}

/// What a policy is about; its id, where this list does not know it.
fn policy_title(id: &str) -> String {
    let title = match id {
        "target_order" => "Chỉ tiêu để chấm điểm",
        "comparison" => "So với mục tiêu",
        "rollup" => "Cộng lên cấp trên",
        "basis" => "Cơ sở số liệu",
        "ranking_points" => "Điểm xếp hạng",
        "ties" => "Khi bằng điểm",
        "eligibility" => "Điều kiện xếp hạng",
        "vetoes" => "Không xếp hạng",
        "min_coverage" => "Khi nào tạm xếp",
        "ranges" => "Khoảng thứ hạng",
        other if other.starts_with("award:") => "Khen thưởng",
        other => other,
    };
    title.to_owned()
}

/// How many units above the grassroots stand on which basis in the last period.
fn basis_words(view: &View) -> String {
    use std::collections::BTreeMap;
    let period = view.campaign.period(view.last);
    let mut of_unit: BTreeMap<&str, &'static str> = BTreeMap::new();
    for row in view.coverage.iter().filter(|row| &*row.period == period.id.as_str() && row.below_due > 0) {
        of_unit.insert(&row.unit, row.basis.words(thidua_model::Lang::Vi));
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for basis in of_unit.values() {
        *counts.entry(basis).or_default() += 1;
    }
    if counts.is_empty() {
        return "báo cáo của từng đơn vị; nguồn ghi bên mỗi số liệu".into();
    }
    let words: Vec<String> = counts.iter().map(|(basis, count)| format!("{count} đơn vị: {basis}")).collect();
    format!("Các đơn vị có cơ sở trực thuộc – {}. Nguồn ghi bên mỗi số liệu của trang Chỉ tiêu.", words.join("; "))
}

fn signatures(grid: &mut Grid) -> Result<(), WorkbookError> {
    for ([left, right], heading) in SIGNATURES.into_iter().zip([Heading::Signature, Heading::SignatureHint]) {
        grid.text(0, 4, left, heading)?;
        grid.text(7, 11, right, heading)?;
        grid.height(18.0)?;
        grid.next();
    }
    Ok(())
}
