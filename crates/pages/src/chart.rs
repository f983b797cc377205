//! The two charts: coverage over time, and values against their targets.
//!
//! In:  numbers of one measure.
//! Out: positions for a template that writes a few elements of SVG; look and letters come from the
//!      style sheet, so that a chart prints like the page around it.
//!
//! Not here: the table beside each chart, which the page writes.

use crate::Date;
use crate::shown::Tone;

/// Width of the drawing; heights depend on what is drawn.
const WIDTH: f64 = 720.0;

/// How many units were in at the end of each day.
#[derive(Debug, Clone)]
pub struct CoverageChart {
    /// In order of days; the last is the newest.
    pub points: Vec<CoveragePoint>,
    pub due: u64,
    /// Drawn where it lies within the days.
    pub deadline: Option<Date>,
}

/// Units in at the end of a day.
#[derive(Debug, Clone, Copy)]
pub struct CoveragePoint {
    pub day: Date,
    pub reported: u64,
}

impl CoverageChart {
    const LEFT: f64 = 60.0;
    const RIGHT: f64 = 16.0;
    const TOP: f64 = 26.0;
    const BOTTOM: f64 = 34.0;
    const HEIGHT: f64 = 280.0;

    /// At least one point.
    pub(crate) fn is_drawn(&self) -> bool {
        !self.points.is_empty()
    }

    pub(crate) fn first(&self) -> CoveragePoint {
        self.points.first().copied().unwrap_or(CoveragePoint { day: Date::ZERO, reported: 0 })
    }

    pub(crate) fn last(&self) -> CoveragePoint {
        self.points.last().copied().unwrap_or(CoveragePoint { day: Date::ZERO, reported: 0 })
    }

    /// The last day of the drawing: a deadline ahead is shown, so that people see what is left.
    fn end(&self) -> Date {
        self.deadline.into_iter().chain([self.last().day]).max().unwrap_or(Date::ZERO)
    }

    pub(crate) fn x(&self, day: &Date) -> String {
        let days = |to: Date| f64::from((to - self.first().day).get_days());
        let all = days(self.end()).max(1.0);
        coordinate(Self::LEFT + (WIDTH - Self::LEFT - Self::RIGHT) * (days(*day) / all).clamp(0.0, 1.0))
    }

    pub(crate) fn y(&self, units: &u64) -> String {
        let top = self.points.iter().map(|it| it.reported).chain([self.due, 1]).max().unwrap_or(1);
        let height = Self::HEIGHT - Self::TOP - Self::BOTTOM;
        #[allow(clippy::cast_precision_loss)] // A drawing is no figure.
        let part = *units as f64 / top as f64;
        coordinate(Self::HEIGHT - Self::BOTTOM - height * part)
    }

    /// Steps, since nobody reports between two days.
    pub(crate) fn line(&self) -> String {
        let mut out = String::new();
        let mut before: Option<String> = None;
        for point in &self.points {
            let (x, y) = (self.x(&point.day), self.y(&point.reported));
            if let Some(before) = before {
                out.push_str(&format!(" {x},{before}"));
            }
            out.push_str(&format!(" {x},{y}"));
            before = Some(y);
        }
        out.trim_start().to_owned()
    }

    /// The same as an area down to the axis.
    pub(crate) fn area(&self) -> String {
        let (first, last, floor) = (self.x(&self.first().day), self.x(&self.last().day), self.y(&0));
        format!("{first},{floor} {} {last},{floor}", self.line())
    }

    /// Nothing, half, and all.
    pub(crate) fn ticks(&self) -> Vec<u64> {
        let mut ticks = vec![0, self.due / 2, self.due];
        ticks.dedup();
        ticks
    }

    /// The days written below: the first and the last; the deadline has its own mark.
    pub(crate) fn days(&self) -> Vec<Date> {
        let mut days = vec![self.first().day, self.end()];
        days.dedup();
        days
    }

    /// The deadline, where it lies within the days.
    pub(crate) fn deadline_within(&self) -> Option<Date> {
        self.deadline.filter(|it| *it >= self.first().day)
    }

    /// Its words stand left of the mark where they would leave the drawing.
    pub(crate) fn is_deadline_late(&self) -> bool {
        self.deadline
            .is_some_and(|it| (it - self.first().day).get_days() * 2 > (self.end() - self.first().day).get_days())
    }
}

/// Values against targets: one bar a row, each on its own scale.
#[derive(Debug, Clone, Default)]
pub struct TargetChart {
    pub bars: Vec<TargetBar>,
}

/// One value. `value`, `low` and `high` are whole numbers of one scale, as targets are compared.
#[derive(Debug, Clone)]
pub struct TargetBar {
    pub code: String,
    /// Cut off where it would reach the bar; the table has the whole title.
    pub title: String,
    /// As it is printed; also the reason why there is none.
    pub shown: String,
    pub value: Option<i64>,
    pub low: i64,
    /// Above it is the end of a range.
    pub high: Option<i64>,
    pub tone: Tone,
}

impl TargetChart {
    const LEFT: f64 = 250.0;
    const RIGHT: f64 = 120.0;
    pub(crate) const ROW: f64 = 30.0;

    pub(crate) fn height(&self) -> String {
        coordinate(Self::ROW * count(self.bars.len()) + 6.0)
    }

    /// Top of a row.
    pub(crate) fn y(&self, index: &usize, below: i32) -> String {
        coordinate(Self::ROW * count(*index) + f64::from(below))
    }

    pub(crate) fn track(&self) -> String {
        coordinate(WIDTH - Self::LEFT - Self::RIGHT)
    }

    /// Right of the bars, where the value is written.
    pub(crate) fn after(&self) -> String {
        coordinate(WIDTH - Self::RIGHT + 10.0)
    }
}

impl TargetBar {
    /// As much of the title as fits left of the bar, in whole words.
    pub(crate) fn label(&self) -> String {
        let room = 31_usize.saturating_sub(self.code.chars().count());
        if self.title.chars().count() <= room {
            return self.title.clone();
        }
        let mut label = String::new();
        for word in self.title.split_whitespace() {
            if label.chars().count() + word.chars().count() + 2 > room {
                break;
            }
            if !label.is_empty() {
                label.push(' ');
            }
            label.push_str(word);
        }
        label + "…"
    }

    /// The sign of the verdict, for whoever does not see its colour.
    pub(crate) const fn sign(&self) -> &'static str {
        match self.tone {
            Tone::Good => "✓",
            Tone::Warn => "!",
            Tone::Bad => "×",
            Tone::Wait => "…",
            Tone::Plain => "–",
        }
    }

    /// What the whole width stands for: somewhat more than the greatest of value and target.
    fn scale(&self) -> f64 {
        let most = [self.value.unwrap_or(0), self.low, self.high.unwrap_or(0), 1].into_iter().max().unwrap_or(1);
        #[allow(clippy::cast_precision_loss)] // A drawing is no figure.
        let most = most as f64;
        most * 1.15
    }

    fn across(&self, amount: i64) -> f64 {
        #[allow(clippy::cast_precision_loss)] // A drawing is no figure.
        let part = amount as f64 / self.scale();
        (WIDTH - TargetChart::LEFT - TargetChart::RIGHT) * part.clamp(0.0, 1.0)
    }

    pub(crate) fn width(&self) -> Option<String> {
        self.value.map(|value| coordinate(self.across(value)))
    }

    pub(crate) fn target_x(&self) -> String {
        coordinate(TargetChart::LEFT + self.across(self.low))
    }

    /// Width of a range.
    pub(crate) fn range(&self) -> Option<String> {
        self.high.map(|high| coordinate(self.across(high) - self.across(self.low)))
    }
}

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::from(u32::MAX), f64::from)
}

/// One decimal is finer than a printer; no more bytes than needed.
fn coordinate(at: f64) -> String {
    let text = format!("{at:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn coverage_rises_in_steps_within_the_drawing() {
        let point = |at: &str, reported| CoveragePoint { day: day(at), reported };
        let chart = CoverageChart {
            points: vec![point("2014-06-01", 0), point("2014-06-03", 50), point("2014-06-05", 100)],
            due: 100,
            deadline: Some(day("2014-06-05")),
        };
        assert_eq!(chart.line(), "60,246 382,246 382,136 704,136 704,26");
        assert_eq!(chart.area(), "60,246 60,246 382,246 382,136 704,136 704,26 704,246");
        assert_eq!(chart.ticks(), [0, 50, 100]);
    }

    #[test]
    fn a_chart_of_one_day_or_of_nobody_due_is_still_drawn() {
        let one = CoveragePoint { day: day("2014-06-01"), reported: 0 };
        let chart = CoverageChart { points: vec![one], due: 0, deadline: None };
        assert_eq!(chart.line(), "60,246");
        assert_eq!((chart.ticks(), chart.days().len()), (vec![0], 1));
        let nothing = CoverageChart { points: Vec::new(), due: 10, deadline: None };
        assert!(!nothing.is_drawn());
    }

    #[test]
    fn a_long_title_is_cut_between_words() {
        let bar = |title: &str| TargetBar {
            code: "CT03C".into(),
            title: title.into(),
            shown: String::new(),
            value: None,
            low: 1,
            high: None,
            tone: Tone::Good,
        };
        assert_eq!(bar("Kết nạp đoàn viên").label(), "Kết nạp đoàn viên");
        assert_eq!(bar("Hội nghị người lao động ở doanh nghiệp").label(), "Hội nghị người lao động ở…");
        assert_eq!(bar("Chữ-dài-không-có-chỗ-nào-để-ngắt-dòng-cả").label(), "…");
    }

    #[test]
    fn a_bar_and_its_target_stay_inside_whatever_the_numbers() {
        for (value, low, high) in [
            (Some(9520), 9000, None),
            (Some(0), 100, None),
            (Some(-5), 0, None),
            (None, 1800, Some(2000)),
            (Some(i64::MAX), 1, None),
        ] {
            let bar = TargetBar {
                code: String::new(),
                title: String::new(),
                shown: String::new(),
                value,
                low,
                high,
                tone: Tone::Good,
            };
            let numbers = [bar.width(), Some(bar.target_x()), bar.range()];
            for number in numbers.into_iter().flatten() {
                let number: f64 = number.parse().unwrap();
                assert!((0.0..=600.0).contains(&number), "{value:?} {low} {high:?}: {number}");
            }
        }
    }
}
