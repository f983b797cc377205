//! Computing against a plain loop over the same dense columns, in one run, interleaved.
//!
//! `cargo test --release -p thidua-compute --bench country` prints processor-bound times of 126,000
//! grassroots units × 100 facts × 2 periods, added up over 700 superior unions and the top: by `sums`,
//! which asks of each unit what its forms ask, leaves out what is not credible and counts who is in, and
//! by a loop that knows nothing but positions. Both must give the same sums. No time is asserted: a busy
//! machine is no defect.

mod world;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};
use thidua_campaign::Campaign;
use thidua_compute::{FormSum, sums};
use thidua_model::{Fact, FactMark, FactStore, Intake, PeriodIx, UnitIx};

const FACTS: usize = 100;

fn main() {
    let (grassroots, offices) = if cfg!(debug_assertions) { (600, 10) } else { (126_000, 700) };
    let campaign = world::country(grassroots, offices, FACTS);
    let intake = intake(&campaign);
    println!("{grassroots} units x {FACTS} facts x 2 periods");
    let mut spent = [Duration::ZERO; 2];
    let rounds = 3;
    for _ in 0..rounds {
        let started = Instant::now();
        let floor = black_box(dense_loop(&campaign, &intake));
        spent[0] += started.elapsed();
        let started = Instant::now();
        let found: Vec<_> =
            campaign.period_ixs().map(|period| (period, black_box(sums(&campaign, &intake, period)))).collect();
        spent[1] += started.elapsed();
        check(&found, &floor);
    }
    let [floor, whole] = spent.map(|it| it.as_secs_f64() / f64::from(rounds));
    println!("dense loop {floor:.3} s, sums {whole:.3} s: {:.2} times the loop", whole / floor);
}

/// Sums by field and period, then by unit.
type Sums = BTreeMap<(PeriodIx, usize), Vec<i64>>;

/// What anybody would write who trusts the columns: a parent for each unit, one addition a fact.
fn dense_loop(campaign: &Campaign, intake: &Intake) -> Sums {
    let mut sums = Sums::new();
    for period in campaign.period_ixs() {
        let as_of = campaign.period(period).as_of;
        let above = |unit: UnitIx| campaign.unit(unit).at(as_of).and_then(|span| span.parent).map(|it| it.0 as usize);
        let parents: Vec<Option<usize>> = campaign.unit_ixs().map(above).collect();
        let is_leaf: Vec<bool> = campaign
            .unit_ixs()
            .map(|unit| campaign.unit(unit).at(as_of).is_some_and(|span| campaign.is_grassroots(span)))
            .collect();
        for field in 0..FACTS {
            let Some(column) = intake.facts.column(period, thidua_model::FieldIx(field as u32)) else { continue };
            let mut sum = vec![0i64; campaign.units.len()];
            for at in 0..column.values.len() {
                if is_leaf[at] && column.marks[at].has_value() {
                    let mut next = parents[at];
                    while let Some(parent) = next {
                        sum[parent] += column.values[at];
                        next = parents[parent];
                    }
                }
            }
            sums.insert((period, field), sum);
        }
    }
    sums
}

fn check(found: &[(PeriodIx, Vec<FormSum>)], floor: &Sums) {
    let mut compared = 0;
    for (period, sums) in found {
        for sum in sums {
            let expected = floor[&(*period, sum.field.0 as usize)][sum.unit.0 as usize];
            assert_eq!(sum.value, Some(expected), "{:?} {:?} {period:?}", sum.unit, sum.field);
            compared += 1;
        }
    }
    assert!(compared >= FACTS * 2, "too little was compared: {compared}");
}

fn intake(campaign: &Campaign) -> Intake {
    let mut facts = FactStore::new(campaign.units.len());
    for period in campaign.period_ixs() {
        for field in 0..FACTS as u32 {
            for unit in campaign.unit_ixs().filter(|unit| campaign.unit(*unit).id.as_str().starts_with('g')) {
                let value =
                    i64::from((unit.0.wrapping_mul(2_654_435_761) ^ (field * 40_503 + u32::from(period.0))) % 997);
                let fact = Fact { value, mark: FactMark::Present, source: thidua_model::facts::Source::NONE };
                facts.put(period, thidua_model::FieldIx(field), unit, fact);
            }
        }
    }
    let sent = |period| {
        let grassroots = campaign.unit_ixs().filter(|unit| campaign.unit(*unit).id.as_str().starts_with('g'));
        grassroots.map(move |unit| world::submission(unit, period))
    };
    let submissions = campaign.period_ixs().flat_map(sent).collect();
    Intake { facts, submissions, ..Intake::default() }
}
