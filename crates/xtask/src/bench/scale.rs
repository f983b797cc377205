//! Whole runs of provinces of growing size, and a picture of time and memory.

use super::Places;
use super::province::{Province, seconds};
use crate::Failure;
use std::fmt::Write as _;

/// A province of one size.
pub(crate) struct Point {
    pub(crate) units: usize,
    /// Processor time of the run, in seconds.
    pub(crate) seconds: f64,
    pub(crate) wall: f64,
    /// MiB with children.
    pub(crate) memory: u64,
}

pub(crate) fn point(places: &Places, units: usize) -> Result<Point, Failure> {
    let province = Province::make(places, "scale", units)?;
    let out = places.work.path().join(format!("scale-{units}-out"));
    let (cost, _) = province.run(places, &out, true)?;
    std::fs::remove_dir_all(&out)?;
    Ok(Point { units, seconds: seconds(cost.processor), wall: seconds(cost.wall), memory: cost.most_memory })
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 360.0;
const LEFT: f64 = 60.0;
const BOTTOM: f64 = 310.0;
const TOP: f64 = 40.0;
const RIGHT: f64 = 580.0;

/// Processor time (circles, left) and memory (squares, right) over units; both axes from zero, so that a straight line
/// through the corner is what grows in step.
pub(crate) fn picture(points: &[Point]) -> String {
    let most = |of: &dyn Fn(&Point) -> f64| points.iter().map(of).fold(1.0, f64::max);
    let (units, time, memory) = (most(&|it| it.units as f64), most(&|it| it.seconds), most(&|it| it.memory as f64));
    let x = |it: &Point| LEFT + (RIGHT - LEFT) * it.units as f64 / units;
    let y = |share: f64| BOTTOM - (BOTTOM - TOP) * share;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" \
         font-size=\"12\">\n<title>Processor time and memory of a run over units</title>\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"white\"/>\n\
         <path d=\"M{LEFT} {TOP}V{BOTTOM}H{RIGHT}V{TOP}\" fill=\"none\" stroke=\"#595f66\"/>\n"
    );
    let line = |of: &dyn Fn(&Point) -> f64| {
        points.iter().map(|it| format!("{:.1},{:.1}", x(it), y(of(it)))).collect::<Vec<_>>().join(" ")
    };
    let (by_time, by_memory) = (|it: &Point| it.seconds / time, |it: &Point| it.memory as f64 / memory);
    let _ =
        writeln!(svg, "<polyline points=\"{}\" fill=\"none\" stroke=\"#1f3f66\" stroke-width=\"2\"/>", line(&by_time));
    let _ = writeln!(
        svg,
        "<polyline points=\"{}\" fill=\"none\" stroke=\"#595f66\" stroke-width=\"2\" stroke-dasharray=\"6 4\"/>",
        line(&by_memory)
    );
    for it in points {
        let (x, time, memory) = (x(it), y(by_time(it)), y(by_memory(it)));
        let _ = writeln!(svg, "<circle cx=\"{x:.1}\" cy=\"{time:.1}\" r=\"4\" fill=\"#1f3f66\"/>");
        let _ = writeln!(
            svg,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"8\" height=\"8\" fill=\"#595f66\"/>",
            x - 4.0,
            memory - 4.0
        );
        let _ = writeln!(svg, "<text x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>", BOTTOM + 16.0, it.units);
    }
    let _ = writeln!(svg, "<text x=\"{LEFT}\" y=\"{}\">{time:.1} s processor time (—●)</text>", TOP - 12.0);
    let _ = writeln!(
        svg,
        "<text x=\"{RIGHT}\" y=\"{}\" text-anchor=\"end\">{memory} MiB, children included (- -■)</text>",
        TOP - 12.0
    );
    let _ = writeln!(
        svg,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">units</text>",
        (LEFT + RIGHT) / 2.0,
        HEIGHT - 14.0
    );
    svg + "</svg>\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_grows_in_step_is_a_straight_line() {
        let point = |units: usize| Point { units, seconds: units as f64 / 100.0, wall: 1.0, memory: units as u64 };
        let svg = picture(&[point(500), point(1_000), point(2_000)]);
        assert!(svg.contains("190.0,242.5 320.0,175.0 580.0,40.0"), "{svg}");
        assert!(svg.contains("20.0 s processor time"), "{svg}");
    }
}
