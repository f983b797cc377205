//! What is drawn beside and below tables: small lines, arrows, charts. All of it is told apart without colour:
//! by shape, by hatching, by a word.
//!
//! In:  a block or a sheet that stands on the worksheet, and the rows where it stands.
//! Out: drawings of rust_xlsxwriter.

use crate::WorkbookError;
use crate::style::{ACCENT, FONT, RULE};
use crate::table::{Block, Chart as Plan, ChartKind, Sheet};
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartMarker, ChartMarkerType,
    ChartPatternFill, ChartPatternFillType, ChartSeries, ChartSolidFill, ChartType, Color, ConditionalFormatCustomIcon,
    ConditionalFormatIconSet, ConditionalFormatIconType, ConditionalFormatType, Sparkline, Worksheet,
};

/// Rows that a chart covers, each of the usual height, and one after it.
const CHART_ROWS: u32 = 16;
/// Height in pixels: two charts share a page.
const CHART_HEIGHT: u32 = 310;
/// No wider than the table above, so that no page stands beside for the rest of it.
const WIDEST: f64 = 980.0;
/// Left free beside a chart: its frame would else reach over the edge of the page.
const EDGE: u32 = 8;

/// Small lines and arrows of a table whose first row below the headings is `first`.
pub(crate) fn beside(out: &mut Worksheet, block: &Block, first: u32) -> Result<(), WorkbookError> {
    let Some(last) = (first + block.rows.len() as u32).checked_sub(1).filter(|last| *last >= first) else {
        return Ok(());
    };
    if let Some((col, from, to)) = block.sparks {
        for row in first..=last {
            let line = Sparkline::new()
                .set_range((out.name().as_str(), row, from, row, to))
                .set_sparkline_color(ACCENT)
                .show_markers(true)
                .set_line_weight(1.5);
            out.add_sparkline(row, col, &line)?;
        }
    }
    for col in &block.arrows {
        let from = |least: f64| ConditionalFormatCustomIcon::new().set_rule(ConditionalFormatType::Number, least);
        // An arrow from its least number on: down, level from 0, up from the first number above.
        let arrows = ConditionalFormatIconSet::new()
            .set_icon_type(ConditionalFormatIconType::ThreeArrowsGray)
            .set_icons(&[from(-1.0), from(0.0), from(1e-9)]);
        out.add_conditional_format(first, *col, last, *col, &arrows)?;
    }
    Ok(())
}

/// Charts below the last table, whose end is `row`; the row after the last drawing.
pub(crate) fn below(
    out: &mut Worksheet,
    sheet: &Sheet,
    heads: &[(u32, u32, u32)],
    mut row: u32,
) -> Result<u32, WorkbookError> {
    let columns: f64 = sheet.widths.iter().map(|width| width * 7.0 + 5.0).sum();
    let width = columns.min(WIDEST) as u32 - EDGE;
    for plan in &sheet.charts {
        let Some((_, head, rows)) = heads.get(plan.block).copied().filter(|(_, _, rows)| *rows > 0) else { continue };
        let (first, last) = (head + 1, head + rows);
        let mut chart = match plan.kind {
            ChartKind::Target => targets(sheet, plan, (head, first, last)),
            ChartKind::Spread => spread(sheet, plan, (head, first, last)),
        };
        let font = ChartFont::new().set_name(FONT).set_size(10).clone();
        chart.title().set_name(&plan.title).set_font(ChartFont::new().set_name(FONT).set_size(13).set_bold());
        if plan.kind == ChartKind::Target {
            chart.y_axis().set_num_format("0\\ %");
        }
        chart.x_axis().set_font(&font);
        chart.y_axis().set_font(&font).set_major_gridlines_line(ChartLine::new().set_color(RULE).set_width(0.5));
        chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font);
        chart.set_width(width).set_height(CHART_HEIGHT).set_alt_text(&plan.alt);
        out.insert_chart(row + 1, 0, &chart)?;
        row += CHART_ROWS + 1;
    }
    Ok(row)
}

/// Fills that stay apart on grey paper, in the order of the series.
fn fill(at: usize) -> ChartFormat {
    let mut format = ChartFormat::new();
    match at {
        0 => format.set_solid_fill(ChartSolidFill::new().set_color(ACCENT)),
        1 => format.set_pattern_fill(
            ChartPatternFill::new()
                .set_pattern(ChartPatternFillType::DiagonalStripesWideUpwards)
                .set_foreground_color(ACCENT)
                .set_background_color(Color::White),
        ),
        _ => format.set_pattern_fill(
            ChartPatternFill::new()
                .set_pattern(ChartPatternFillType::Dotted20Percent)
                .set_foreground_color(ACCENT)
                .set_background_color(Color::White),
        ),
    };
    format.set_border(ChartLine::new().set_color(ACCENT).set_width(0.75));
    format
}

/// A column of the table as a series: its heading, the names of its marks, its numbers.
fn series<'c>(
    chart: &'c mut Chart,
    sheet: &Sheet,
    plan: &Plan,
    (head, first, last): (u32, u32, u32),
    col: u16,
) -> &'c mut ChartSeries {
    let name = sheet.name.as_str();
    chart
        .add_series()
        .set_name((name, head, col))
        .set_categories((name, first, plan.names, last, plan.names))
        .set_values((name, first, col, last, col))
}

/// Columns side by side; the last series, the target, as a bar of its own across.
fn targets(sheet: &Sheet, plan: &Plan, rows: (u32, u32, u32)) -> Chart {
    let mut chart = Chart::new(ChartType::Column);
    let (goal, waves) = plan.series.split_last().expect("a target among the series");
    for (at, col) in waves.iter().enumerate() {
        series(&mut chart, sheet, plan, rows, *col).set_gap(60).set_overlap(-5).set_format(&mut fill(at));
    }
    let mut line = Chart::new(ChartType::Line);
    series(&mut line, sheet, plan, rows, *goal)
        .set_marker(
            ChartMarker::new()
                .set_type(ChartMarkerType::LongDash)
                .set_size(12)
                .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(Color::Black))),
        )
        .set_format(ChartFormat::new().set_no_line());
    chart.combine(&line);
    chart
}

/// Lowest, middle and highest of each cluster.
fn spread(sheet: &Sheet, plan: &Plan, rows: (u32, u32, u32)) -> Chart {
    let mut chart = Chart::new(ChartType::Column);
    for (at, col) in plan.series.iter().enumerate() {
        series(&mut chart, sheet, plan, rows, *col)
            .set_gap(60)
            .set_format(&mut fill(at))
            .set_data_label(ChartDataLabel::new().show_value().set_num_format("0.0"));
    }
    chart
}
