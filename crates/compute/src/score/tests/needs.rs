//! What one more place needs, worked by hand and checked by computing the changed reports in full.

use super::world::*;
use crate::{Answer, Lever, Needs, earned, needs};
use thidua_campaign::Campaign;
use thidua_model::facts::Source;
use thidua_model::{Fact, FactMark, Intake, RunOptions};

/// The contest of the tests with other criteria.
fn contest(total: u32, criteria: &str) -> String {
    let (before, contest) = SCORING.split_at(SCORING.find("id = \"contest\"").expect("the table"));
    let (contest, _) = contest.split_at(contest.find("criteria").expect("criteria"));
    format!("{before}{}criteria = [{criteria}]", contest.replace("total = 20", &format!("total = {total}")))
}

fn ask(campaign: &Campaign, intake: &Intake, unit: &str) -> Option<Needs> {
    let options = RunOptions::default();
    let figures = run(campaign, intake).indicators;
    let earned = earned(campaign, intake, &options, &figures);
    let (period, unit) = (campaign.find_period("autumn")?, campaign.find_unit(unit)?);
    needs((campaign, intake, &options), &figures, &earned, period, unit)
}

/// `criterion lever now→to place points`, `never` where no change will do.
fn shown(campaign: &Campaign, needs: &Needs) -> Vec<String> {
    let one = |need: &crate::Need| {
        let criterion = campaign.tables[needs.table].criteria[need.criterion].id.as_str();
        let lever = match &need.lever {
            Some(Lever::Figure { indicator }) => campaign.indicators[*indicator].id.as_str(),
            Some(Lever::Count { formula } | Lever::Condition { formula }) => formula,
            Some(Lever::Given { field }) => campaign.field(*field).id.as_str(),
            None => "-",
        };
        let now = need.now.map_or("-".into(), |now| now.to_string());
        match &need.answer {
            Answer::Enough { to, place, points } => {
                format!("{criterion} {lever} {now}→{to} {place} {}", points.to_f64())
            }
            Answer::NotEnough => format!("{criterion} {lever} {now} never"),
            Answer::NoFact(reason) => format!("{criterion} {lever} {}", reason.as_str()),
        }
    };
    needs.items.iter().map(one).collect()
}

const BEST: &str = r#"
  { id = "made", title = "Made", points = 15, cluster_best = "MADE" },
  { id = "done", title = "Done", points = 12, terms = [{ count = "done", each = 4 }, { count = "broken", each = -2.5 }], min = -5 },
  { id = "snow", title = "Snow", points = 8, count = "snow", each = 2 },
  { id = "sold", title = "Sold", points = 5, verdict = "SOLD" },
"#;

#[test]
fn the_smallest_change_is_the_one_that_a_hand_finds() {
    let campaign = definition(UNITS, "", &contest(40, BEST));
    let reports = "
        A autumn made=10 sold=60 pool=100 done=3 broken=2 snow=4
        B autumn made=40 sold=80 pool=100 done=9 broken=0
        C autumn made=20 sold=90 pool=100 done=4 broken=0";
    let intake = intake(&campaign, &format!("{PLANS}\n{reports}"));
    let of = |unit: &str| ask(&campaign, &intake, unit).expect("it competes");
    let told = |unit: &str| (of(unit).place, shown(&campaign, &of(unit)));
    // C has twice its target and everything else: 40 of 40.
    assert_eq!(told("C"), (Some(1), Vec::<String>::new()), "the first needs nothing");
    // The south is not asked for snow: its 8 points are shared out, 15 : 12 : 5 of 40.
    // B is at its target of 40: half of 18.75, all of 15, nothing of 6.25, so 24.375. Four times its
    // target, it has 33.75 and leaves C half of the way more: 9.375 + 9.375 · 1/3 + 15 + 6.25 = 33.75.
    let made = "made MADE 40→160 1 33.75";
    assert_eq!(told("B"), (Some(2), vec![made.into(), "sold SOLD 80 never".into()]));
    // A: half of its target 3.75, 12 − 5 = 7, snow 8, so 18.75; 24.375 is reached with 9.375 for what
    // it made: 7.5 + 7.5 · (a/20 − 1) ≥ 9.375 from 25 on; B keeps its own half.
    // All of done would give 5 (23.75), and so would sold.
    let items = ["made MADE 10→25 2 24.375", "done done 3 never", "done broken 2 never", "sold SOLD 60 never"]
        .map(String::from);
    assert_eq!(told("A"), (Some(3), items.to_vec()));
    assert_eq!(told("D"), (None, Vec::new()), "without a report there is no place");
    assert_eq!(ask(&campaign, &intake, "G"), None, "a guest does not compete");
}

const EACH: &str = r#"
  { id = "made", title = "Made", points = 10, proportional = "MADE", cap = 1.2 },
  { id = "sold", title = "Sold", points = 10, verdict = "SOLD" },
  { id = "done", title = "Done", points = 10, count = "done", each = 0.5 },
  { id = "snow", title = "Snow", points = 10, yes_no = "snow >= 3" },
  { id = "broken", title = "Broken", points = 20, value = "broken", normalise = "min_max", direction = "lower" },
"#;

#[test]
fn each_change_wins_a_place_when_all_is_computed_again_and_one_step_less_does_not() {
    let north = UNITS.replace("south", "north");
    let campaign = definition(&north, "", &contest(60, EACH));
    let place = |intake: &Intake, unit: &str| {
        let outcome = run(&campaign, intake);
        let row = outcome.rankings.iter().find(|row| &*row.period == "autumn" && &*row.unit == unit);
        row.and_then(|row| row.place)
    };
    let autumn = campaign.find_period("autumn").expect("a period");
    let (mut enough, mut never) = (0, 0);
    for seed in 0..12u64 {
        let mut state = seed * 7919 + 17;
        let mut draw = |most: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % most
        };
        let mut reports = PLANS.to_owned();
        for unit in ["A", "B", "C", "D"] {
            reports += &format!(
                "\n{unit} autumn made={} sold={} pool=100 done={} snow={} broken={}",
                draw(40),
                60 + draw(40),
                draw(20),
                draw(6),
                draw(9)
            );
        }
        let intake = intake(&campaign, &reports);
        for unit in ["A", "B", "C", "D"] {
            let found = ask(&campaign, &intake, unit).expect("it competes");
            let from = place(&intake, unit).expect("a place");
            assert_eq!(found.place, Some(from));
            for need in &found.items {
                let field = match need.lever.as_ref().expect("all is told") {
                    Lever::Figure { indicator } => campaign.indicators[*indicator].numerator.text().to_owned(),
                    Lever::Count { formula } => formula.to_string(),
                    Lever::Condition { .. } => "snow".to_owned(),
                    Lever::Given { .. } => panic!("nothing is given"),
                };
                let with = |value: i64| {
                    let mut changed = intake.clone();
                    let (field, at) = (campaign.find_field(&field), campaign.find_unit(unit));
                    let fact = Fact { value, mark: FactMark::Present, source: Source::NONE };
                    changed.facts.put(autumn, field.expect("a field"), at.expect("a unit"), fact);
                    place(&changed, unit)
                };
                let now = need.now.expect("a value");
                let is_condition = matches!(need.lever, Some(Lever::Condition { .. }));
                match &need.answer {
                    Answer::Enough { to, place, .. } => {
                        enough += 1;
                        let to = if is_condition { 3 } else { *to };
                        assert_eq!(with(to), Some(*place), "{unit} {need:?}");
                        assert!(*place < from, "{unit} {need:?}");
                        let before = if is_condition { 2 } else { to - (to - now).signum() };
                        assert!(with(before) >= Some(from), "{unit} {need:?} one step less");
                    }
                    Answer::NotEnough => {
                        never += 1;
                        let most = match field.as_str() {
                            "sold" => 100,
                            "broken" => 0,
                            _ => 1000,
                        };
                        assert!(with(most) >= Some(from), "{unit} {need:?}");
                    }
                    Answer::NoFact(reason) => panic!("{unit}: {}", reason.as_str()),
                }
            }
        }
    }
    assert!(enough > 40 && never > 20, "both happen: {enough} {never}");
}

#[test]
fn an_item_without_a_figure_has_none_to_change() {
    let campaign = definition(UNITS, "", &contest(40, BEST));
    let reports = "
        A autumn sold=60 pool=100 done=3 broken=2 snow=4
        C autumn made=20 sold=90 pool=100 done=4 broken=0";
    let intake = intake(&campaign, &format!("{PLANS}\n{reports}"));
    let found = ask(&campaign, &intake, "A").expect("it competes");
    assert_eq!(shown(&campaign, &found)[0], "made - not_reported");
}
