//! The targets of the province with their verdicts.

use super::{Office, office, source};
use crate::answer::Answer;
use crate::books::Book;
use crate::visitor::Signed;
use axum::extract::Path;
use thidua_campaign::{Operator, Shape};
use thidua_model::numerals;
use thidua_pages::board::{TargetLine, Targets};
use thidua_pages::chart::{TargetBar, TargetChart};
use thidua_pages::{Figure, Lang, Tone, Verdict, routes as to, said};
use thidua_release::explain::{IndicatorLine, overview};

pub(crate) async fn targets(mut signed: Signed, Path(asked): Path<(String, String)>) -> Answer {
    let Office { site, period: id, lang, shown } = office(&signed, &asked).await?;
    let id = id.as_str();
    let lines = shown.as_ref().map(|shown| lines(&shown.book, id)).unwrap_or_default();
    let book = shown.as_ref().map(|shown| &*shown.book);
    let rows: Vec<TargetLine> = lines.iter().map(|line| row(line, id, lang)).collect();
    let bars = lines.iter().zip(&rows).filter_map(|(line, row)| bar(book?, line, row)).collect();
    let page = Targets {
        period_title: site.period_title(id, lang),
        periods: site.period_links(id, lang, |period| to::targets(site.id(), period)),
        source: source(shown.as_ref(), lang),
        chart: TargetChart { bars },
        rows,
    };
    signed.visitor.show(&page, Some(&*site)).await
}

/// The figures of the unit above all others.
fn lines(book: &Book, period: &str) -> Vec<IndicatorLine> {
    let campaign = &book.campaign;
    let root = campaign.unit_ixs().find(|unit| campaign.unit(*unit).latest().level == 0);
    let at = root.zip(campaign.find_period(period));
    at.map(|(root, period)| overview(&book.opened, campaign, root, period).indicators).unwrap_or_default()
}

fn row(line: &IndicatorLine, period: &str, lang: Lang) -> TargetLine {
    let title = line.indicator.words(lang);
    let covered = if line.row.units_due > 0 {
        Figure::known(format!("{}/{}", line.row.units_in, line.row.units_due))
    } else {
        Figure::known("–")
    };
    TargetLine {
        code: line.indicator.id.clone(),
        // An indicator of another time of the year keeps its last figure, and says so.
        title: match line.period.id == period {
            true => title.to_owned(),
            false => said::OF_PERIOD.fill(lang, &[&title, &line.period.words(lang)]),
        },
        value: value(line, lang),
        target: line.row.target.clone(),
        verdict: Verdict::parse(&line.row.verdict.id).unwrap_or(Verdict::NoVerdict),
        basis: line.row.basis.words(lang).to_owned(),
        covered,
    }
}

/// The value, or why there is none.
pub(super) fn value(line: &IndicatorLine, lang: Lang) -> Figure {
    match (line.value(lang), &line.row.reason) {
        (Some(value), _) => Figure::known(value),
        (None, Some(reason)) => Figure::absent(reason.words(lang).to_lowercase()),
        (None, None) => Figure::absent(said::NOT_COMPUTED.of(lang)),
    }
}

/// A bar for what is measured on a scale; yes and no are told by the table alone.
fn bar(book: &Book, line: &IndicatorLine, row: &TargetLine) -> Option<TargetBar> {
    let (_, indicator) = book.campaign.find_indicator(&line.indicator.id)?;
    if indicator.shape == Shape::Flag || indicator.target.operator == Operator::Yes {
        return None;
    }
    let kept = line.kept_decimals;
    let value = match (line.row.numerator, line.row.denominator) {
        (Some(part), Some(whole)) if indicator.shape == Shape::Share => {
            numerals::percent(part, whole, kept).and_then(|value| i64::try_from(value).ok())
        }
        (value, _) => value.filter(|_| indicator.shape == Shape::Value),
    };
    let shown = match &row.value {
        Figure::Known(text) | Figure::Absent(text) => text.clone(),
    };
    let tone = match row.verdict {
        Verdict::Met | Verdict::Exceeded | Verdict::Reached => Tone::Good,
        Verdict::NotMet => Tone::Bad,
        Verdict::InProgress | Verdict::NotYetDue => Tone::Wait,
        Verdict::NotApplicable | Verdict::NoVerdict => Tone::Plain,
    };
    let (low, high) = (indicator.target.low, indicator.target.high);
    Some(TargetBar { code: row.code.clone(), title: row.title.clone(), shown, value, low, high, tone })
}
