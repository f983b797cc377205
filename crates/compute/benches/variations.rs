//! How long it takes to tell how firm places are.
//!
//! `cargo test --release -p thidua-compute --bench variations` prints the time of computing a province
//! of 2,000 units with 23 scored indicators, without and with 1,000 variations of weights, scales and
//! aggregation and their Sobol indices; in clusters of 13 and in a single one. Nothing is asserted.

mod world;

use std::hint::black_box;
use std::time::Instant;
use thidua_campaign::Campaign;
use thidua_compute::compute;
use thidua_model::{Fact, FactMark, FactStore, Intake, PeriodIx, RunOptions};

const ITEMS: usize = 23;

fn main() {
    let (units, draws) = if cfg!(debug_assertions) { (60, 20) } else { (2_000, 1_000) };
    let ranges = format!(
        "[ranges]\ndraws = {draws}\nseed = 1\nweights = {{ within = 25 }}\nnormalise = [\"min_max\", \"z_score\", \"rank\"]\n\
         aggregate = [\"geometric\"]\nmissing = [\"redistribute\"]\n"
    );
    for clusters in [units / 13, 1] {
        let mut spent = [0.0; 2];
        for (at, ranges) in ["", &ranges].into_iter().enumerate() {
            let campaign = world::province(units, clusters, ITEMS, ranges);
            let intake = intake(&campaign);
            let started = Instant::now();
            let outcome = black_box(compute(&campaign, &intake, &RunOptions::default()));
            spent[at] = started.elapsed().as_secs_f64();
            assert_eq!(outcome.ranges.is_empty(), ranges.is_empty());
        }
        println!(
            "{units} units in {clusters} clusters, {ITEMS} indicators: computing {:.2} s, {draws} variations and their indices {:.2} s more",
            spent[0],
            spent[1] - spent[0]
        );
    }
}

fn intake(campaign: &Campaign) -> Intake {
    let mut intake = Intake { facts: FactStore::new(campaign.units.len()), ..Intake::default() };
    let period = PeriodIx(1);
    for unit in campaign.unit_ixs().filter(|unit| campaign.unit(*unit).id.as_str().starts_with('g')) {
        for field in 0..ITEMS as u32 {
            let value = i64::from((unit.0.wrapping_mul(2_654_435_761) ^ (field * 40_503)) % 997);
            // One in fifty is missing.
            if value % 50 != 7 {
                let fact = Fact { value, mark: FactMark::Present, source: thidua_model::facts::Source::NONE };
                intake.facts.put(period, thidua_model::FieldIx(field), unit, fact);
            }
        }
        intake.submissions.push(world::submission(unit, period));
    }
    intake
}
