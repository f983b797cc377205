//! Policies of ranking: ties, ballots, vetoes, coverage.

use super::world::*;
use thidua_model::Outcome;

const TABLE: &str =
    "total = 10\ncriteria = [{ id = \"done\", title = \"Done\", points = 10, count = \"done\", each = 1 }]";
/// A 9, B 7, C 7, D 5.
const REPORTS: &str = "
    A autumn done=9 sold=1 pool=10
    B autumn done=7 sold=9 pool=10
    C autumn done=7 sold=9 pool=10
    D autumn done=5 sold=9 pool=10";

fn ranked(decisions: &str, ranking: &str, reports: &str) -> Outcome {
    let campaign = contest(UNITS, decisions, ranking, TABLE);
    run(&campaign, &intake(&campaign, reports))
}

fn of_cluster_one(outcome: &Outcome) -> Vec<String> {
    places(outcome, "autumn").into_iter().filter(|line| line.starts_with("one")).collect()
}

#[test]
fn the_policy_gives_the_place_of_equals() {
    for (ties, expected) in [
        ("min", ["one A 1 9", "one B 2= 7", "one C 2= 7", "one D 4 5"]),
        ("dense", ["one A 1 9", "one B 2= 7", "one C 2= 7", "one D 3 5"]),
        ("ordinal", ["one A 1 9", "one B 2= 7", "one C 3= 7", "one D 4 5"]),
        ("max", ["one A 1 9", "one B 3= 7", "one C 3= 7", "one D 4 5"]),
        ("average", ["one A 1 9", "one B 2= 7", "one C 2= 7", "one D 4 5"]),
    ] {
        let outcome = ranked("", &format!("ties = \"{ties}\""), REPORTS);
        assert_eq!(of_cluster_one(&outcome), expected, "{ties}");
        let tied = outcome.rankings.iter().find(|row| &*row.unit == "B" && &*row.period == "autumn").expect("B");
        assert_eq!(tied.place_upto, Some(3));
        assert_eq!(tied.place_mean, (ties == "average").then_some(2.5));
    }
}

#[test]
fn a_ballot_orders_equal_points_and_nothing_else() {
    let ballot = "
        place,C,autumn,2,Cụm thi đua,2014-12-10,bình chọn 3/4
        place,B,autumn,3,Cụm thi đua,2014-12-10,bình chọn 1/4";
    let outcome = ranked(ballot, "", REPORTS);
    assert_eq!(of_cluster_one(&outcome), ["one A 1 9", "one C 2 7", "one B 3 7", "one D 4 5"]);
    let of_c = outcome.rankings.iter().find(|row| &*row.unit == "C" && &*row.period == "autumn").expect("C");
    assert_eq!(of_c.decided.as_deref(), Some("Cụm thi đua, 2014-12-10: bình chọn 3/4"));
    assert!(outcome.issues.iter().all(|issue| issue.code() != "C308"));
    // Points stand above a ballot: the decision is not followed, and somebody is told.
    let outcome = ranked("place,D,autumn,1,Cụm thi đua,2014-12-10,bình chọn", "", REPORTS);
    assert_eq!(of_cluster_one(&outcome)[3], "one D 4 5");
    let told: Vec<_> = outcome.issues.iter().filter(|issue| issue.code() == "C308").collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].unit.as_ref().map(|unit| unit.as_str()), Some("D"));
}

#[test]
fn a_veto_bars_from_a_place_and_names_its_gate() {
    let decisions = "discipline,B,,Cảnh cáo,Board,2014-09-01,vi phạm";
    let outcome = ranked(decisions, "vetoes = [\"clean\"]", REPORTS);
    assert_eq!(of_cluster_one(&outcome), ["one A 1 9", "one C 2 7", "one D 3 5", "one B - 7 not_eligible"]);
    let of_b = outcome.rankings.iter().find(|row| &*row.unit == "B" && &*row.period == "autumn").expect("B");
    assert_eq!(of_b.vetoes.as_deref(), Some("clean"));
    // A gate over the points themselves: A has every standard above half, D stands exactly on it.
    let outcome = ranked("", "vetoes = [\"half\"]", &REPORTS.replace("D autumn done=5", "D autumn done=4"));
    assert_eq!(of_cluster_one(&outcome)[3], "one D - 4 not_eligible");
}

#[test]
fn a_ranking_is_final_when_enough_of_the_cluster_is_ranked() {
    let decisions = "exclude,D,autumn,,Board,2014-11-01,vi phạm";
    for (ranking, is_final) in [("", true), ("min_coverage = 75", true), ("min_coverage = 76", false)] {
        let outcome = ranked(decisions, ranking, REPORTS);
        let row = outcome.rankings.iter().find(|row| &*row.unit == "A" && &*row.period == "autumn").expect("A");
        assert_eq!(!row.is_provisional, is_final, "{ranking}: three of four are ranked");
    }
}
