//! Small additions to rows: the criterion of points, the submission of a fact.

use crate::about::About;
use crate::list::{From, ListSpec, Row, find, page_field};
use crate::lists;
use crate::session::session;
use async_graphql::Error;
use async_graphql::dynamic::{Field, FieldFuture, FieldValue, Object, ResolverContext, TypeRef};
use std::sync::Arc;
use thidua_campaign::Indicator;
use thidua_release::open::PackedColumn;

/// A row of another list that this one leads to.
pub(super) fn leads_to(
    name: &str,
    about: About,
    list: &'static ListSpec,
    found: impl Fn(&Row) -> Option<u32> + Send + Sync + 'static,
) -> Field {
    Field::new(name, TypeRef::named(list.name), move |ctx| {
        let row = ctx.parent_value.downcast_ref::<Row>();
        let other = row.and_then(|row| {
            let other = found(row)?;
            session(&ctx).sees_row(&row.shelf, list, other).then(|| Row::new(&row.shelf, other))
        });
        FieldFuture::Value(other.map(FieldValue::owned_any))
    })
    .description(about.text())
}

pub(super) fn with_criterion(object: Object) -> Object {
    let about = About::new("Tiêu chí của bảng điểm", "The criterion of the table");
    object.field(leads_to("criterion", about, &lists::CRITERIA, criterion))
}

/// Criteria of several tables may share an id: table and criterion together name one.
fn criterion(row: &Row) -> Option<u32> {
    let (table, id) = (row.text(&lists::SCORES, "table")?, row.text(&lists::SCORES, "criterion")?);
    let of = &lists::CRITERIA;
    (0..row.shelf.rows(of)).find(|at| {
        let it = Row::new(&row.shelf, *at);
        it.text(of, "criterion") == Some(id) && it.text(of, "table") == Some(table)
    })
}

pub(super) fn with_submission(object: Object) -> Object {
    let about = About::new("Báo cáo chứa số liệu này", "The submission that holds it");
    object.field(leads_to("submission", about, &lists::SUBMISSIONS, |row| {
        submission(row, row.int(&lists::FACTS, "submission")?)
    }))
}

/// Submissions are numbered by their place in the table.
pub(super) fn submission(row: &Row, number: i64) -> Option<u32> {
    let at = u32::try_from(number).ok()?;
    let of = &lists::SUBMISSIONS;
    (at < row.shelf.rows(of) && Row::new(&row.shelf, at).int(of, "submission") == Some(number)).then_some(at)
}

/// Facts and issues of a submission. A superior union's lists tell facts of units below it.
pub(super) fn with_contents(object: Object) -> Object {
    let facts = page_field(
        "factRows",
        About::new("Các số liệu đọc được", "The facts that were read"),
        &lists::FACTS,
        |ctx| {
            let row = submitted(ctx)?;
            let column = row.shelf.table(&lists::FACTS).and_then(|facts| facts.column("submission"));
            let number = row.int(&lists::SUBMISSIONS, "submission");
            let is_of_it = |at: &u32| column.and_then(|column| column.int(*at)) == number;
            let mut rows = Vec::new();
            for unit in units_below(row) {
                session(ctx).check_time()?;
                rows.extend(row.shelf.rows_of_unit(&lists::FACTS, unit).iter().copied().filter(is_of_it));
            }
            rows.sort_unstable();
            Ok((Arc::clone(&row.shelf), From::rows(format!("submission {}", row.row), rows)))
        },
    );
    let issues = page_field(
        "issueRows",
        About::new("Các vấn đề của tệp và trang tính này", "Issues of its file and sheet"),
        &lists::ISSUES,
        |ctx| {
            let row = submitted(ctx)?;
            let of = &lists::ISSUES;
            let mut rows = Vec::new();
            if let Some((file, sheet)) = row.shelf.table(of).and_then(|it| it.column("file").zip(it.column("sheet"))) {
                let code = |name: &str, column: &PackedColumn| {
                    row.text(&lists::SUBMISSIONS, name).and_then(|text| column.words()?.find(text))
                };
                let (own_file, own_sheet) = (code("file", file), code("sheet", sheet));
                let is_of_it = |at: &u32| {
                    own_file.is_some()
                        && file.code(*at) == own_file
                        && (sheet.is_missing(*at) || sheet.code(*at) == own_sheet)
                };
                rows.extend((0..row.shelf.rows(of)).filter(is_of_it));
            }
            session(ctx).check_time()?;
            Ok((Arc::clone(&row.shelf), From::rows(format!("submission {}", row.row), rows)))
        },
    );
    object.field(facts).field(issues)
}

fn submitted<'c>(ctx: &'c ResolverContext<'_>) -> Result<&'c Row, Error> {
    ctx.parent_value.downcast_ref::<Row>().ok_or_else(|| crate::Code::Internal.error("Submission"))
}

/// The unit of a submission and all below it at the period.
fn units_below(row: &Row) -> Vec<&str> {
    let unit = row.text(&lists::SUBMISSIONS, "unit").unwrap_or_default();
    let words = row.shelf.unit_words();
    let date = row.shelf.units_as_of(row.text(&lists::SUBMISSIONS, "period"));
    let below = words.and_then(|words| words.find(unit)).map(|code| row.shelf.tree(date).descendants(code, u32::MAX));
    let below = below.into_iter().flatten().filter_map(|code| words.map(|words| words.get(code)));
    std::iter::once(unit).chain(below).collect()
}

/// Results of an indicator.
pub(super) fn with_definition(object: Object) -> Object {
    let results = page_field(
        "results",
        About::new("Kết quả của chỉ tiêu này", "Results of the indicator"),
        &lists::RESULTS,
        |ctx| {
            let row = ctx.parent_value.downcast_ref::<Row>().ok_or_else(|| crate::Code::Internal.error("Indicator"))?;
            let shelf = Arc::clone(&row.shelf);
            let id = row.text(&lists::INDICATORS, "indicator").unwrap_or_default();
            let column = shelf.table(&lists::RESULTS).and_then(|table| table.column("indicator"));
            let code = column.and_then(|column| column.words()?.find(id));
            let mut rows = Vec::new();
            if let (Some(column), Some(code)) = (column, code) {
                for at in 0..shelf.rows(&lists::RESULTS) {
                    if at % 65_536 == 0 {
                        session(ctx).check_time()?;
                    }
                    if column.code(at) == Some(code) {
                        rows.push(at);
                    }
                }
            }
            let word = format!("indicator {id}");
            Ok((shelf, From::rows(word, rows)))
        },
    );
    object.field(results)
}

/// The row of an indicator by its id.
fn indicator(row: &Row, id: &str) -> Option<u32> {
    find(&row.shelf, &lists::INDICATORS, id)
}

/// The definition of the indicator of a result.
pub(super) fn definition(row: &Row) -> Option<&Indicator> {
    let id = row.text(&lists::RESULTS, "indicator")?;
    let at = indicator(row, id)?;
    row.shelf.campaign().indicators.get(at as usize)
}
