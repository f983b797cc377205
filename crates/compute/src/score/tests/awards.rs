//! Award proposals: conditions, quotas, conflicts, and what units put on the list.

use super::world::*;
use thidua_campaign::Campaign;
use thidua_model::{Intake, ListRow, ListValue, Outcome, Place};

const TABLE: &str =
    "total = 10\ncriteria = [{ id = \"done\", title = \"Done\", points = 10, count = \"done\", each = 1 }]";
/// A 9, B 7, C 7, D 5; E 8, alone in its cluster.
const REPORTS: &str = "
    A autumn done=9 sold=1 pool=10
    B autumn done=7 sold=9 pool=10
    C autumn done=7 sold=9 pool=10
    D autumn done=5 sold=9 pool=10
    E autumn done=8 sold=9 pool=10";

/// `id kind: keys` of each award, lines of TOML.
fn campaign(decisions: &str, awards: &str) -> Campaign {
    let award = |line: &str| {
        let (name, keys) = line.trim().split_once(": ").expect("an award and its keys");
        let (id, kind) = name.split_once(' ').expect("id and kind");
        let rest = if keys.contains("given_by") { "" } else { "given_by = \"board\"\n" };
        let form = if keys.contains("form") { "" } else { "form = \"flag\"\n" };
        format!(
            "[[awards]]\nid = \"{id}\"\ntitle = \"{id}\"\nkind = \"{kind}\"\nlevels = [\"base\"]\nperiod = \"autumn\"\n{rest}{form}{}\n",
            keys.replace("; ", "\n")
        )
    };
    let awards: String = awards.lines().filter(|line| !line.trim().is_empty()).map(award).collect();
    let list = "[award_list]\nlist = \"wishes\"\nnominee = \"who\"\naward = \"what\"\nonly = { sort = \"unit\" }\n";
    contest(UNITS, decisions, &format!("{list}{awards}"), TABLE)
}

/// `award unit place status` with `?` when provisional, then what stands against it and who listed it.
fn proposals(outcome: &Outcome) -> Vec<String> {
    outcome
        .award_proposals
        .iter()
        .map(|row| {
            let place = row.place.map_or("-".into(), |place| place.to_string());
            let open = if row.is_provisional { "?" } else { "" };
            let mut line = format!("{} {} {place} {}{open}", row.award, row.unit, row.status.as_str());
            for (sign, words) in
                [('-', &row.fails), ('?', &row.undecided), ('<', &row.listed_by), ('x', &row.conflict_with)]
            {
                if let Some(words) = words {
                    line += &format!(" {sign}{words}");
                }
            }
            line
        })
        .collect()
}

fn proposed(decisions: &str, awards: &str, reports: &str) -> Vec<String> {
    let campaign = campaign(decisions, awards);
    proposals(&run(&campaign, &intake(&campaign, reports)))
}

#[test]
fn places_and_quotas_of_a_cluster_choose_and_a_tie_at_the_end_is_shown() {
    for (keys, expected) in [
        ("places_upto = 1", &["x A 1 proposed", "x E 1 proposed"][..]),
        // Both seconds are among the first three; nothing limits them.
        ("places_upto = 3", &["x A 1 proposed", "x B 2 proposed", "x C 2 proposed", "x E 1 proposed"]),
        (
            "places_upto = 3; per_cluster = 2",
            &["x A 1 proposed", "x B 2 tied_at_quota", "x C 2 tied_at_quota", "x E 1 proposed"],
        ),
        (
            "places_upto = 4; per_cluster = 1",
            &["x A 1 proposed", "x B 2 beyond_quota", "x C 2 beyond_quota", "x D 4 beyond_quota", "x E 1 proposed"],
        ),
        // Four are ranked: 4 / 3 is one; one is ranked: 1 / 3 is none.
        (
            "condition = \"done >= 7\"; per_units = { one_for = 3 }",
            &["x A 1 proposed", "x B 2 beyond_quota", "x C 2 beyond_quota", "x E 1 beyond_quota"],
        ),
        (
            "condition = \"done >= 7\"; per_units = { one_for = 3, at_least = 1 }",
            &["x A 1 proposed", "x B 2 beyond_quota", "x C 2 beyond_quota", "x E 1 proposed"],
        ),
        // In all: place before points, so the firsts of both clusters stand before the seconds.
        (
            "places_upto = 3; most = 2",
            &["x A 1 proposed", "x B 2 beyond_quota", "x C 2 beyond_quota", "x E 1 proposed"],
        ),
        (
            "places_upto = 3; most = 3",
            &["x A 1 proposed", "x B 2 tied_at_quota", "x C 2 tied_at_quota", "x E 1 proposed"],
        ),
        ("places_upto = 1; most = 1", &["x A 1 proposed", "x E 1 beyond_quota"]),
    ] {
        assert_eq!(proposed("", &format!("x comprehensive: {keys}"), REPORTS), expected, "{keys}");
    }
}

#[test]
fn a_ballot_settles_the_tie_at_the_end_of_a_quota() {
    let ballot = "
        place,C,autumn,2,Cụm thi đua,2014-12-10,bình chọn 3/4
        place,B,autumn,3,Cụm thi đua,2014-12-10,bình chọn 1/4";
    let found = proposed(ballot, "x comprehensive: places_upto = 3; per_cluster = 2", REPORTS);
    assert_eq!(found, ["x A 1 proposed", "x B 3 beyond_quota", "x C 2 proposed", "x E 1 proposed"]);
}

#[test]
fn ties_stay_ties_when_the_policy_orders_them_by_code() {
    let award = "[[awards]]\nid = \"x\"\ntitle = \"x\"\nkind = \"thematic\"\nlevels = [\"base\"]\nperiod = \"autumn\"
        given_by = \"board\"\nform = \"flag\"\nplaces_upto = 4\nper_cluster = 2";
    for ties in ["min", "dense", "ordinal", "average", "max"] {
        let campaign = contest(UNITS, "", &format!("ties = \"{ties}\"\n{award}"), TABLE);
        let outcome = run(&campaign, &intake(&campaign, REPORTS));
        let status: Vec<&str> = outcome.award_proposals.iter().map(|row| row.status.as_str()).collect();
        assert_eq!(status, ["proposed", "tied_at_quota", "tied_at_quota", "beyond_quota", "proposed"], "{ties}");
    }
}

#[test]
fn works_finished_early_gates_and_exclusion_decide_without_a_place() {
    let decisions = "
        discipline,B,,Cảnh cáo,Board,2014-09-01,vi phạm
        exclude,C,autumn,,Board,2014-11-01,vi phạm";
    let found = proposed(decisions, "x thematic: condition = \"done >= 7\"; gates = [\"clean\"]", REPORTS);
    assert_eq!(found, ["x A 1 proposed", "x E 1 proposed"]);
    // A gate over standards: those of the classification. A has 60 and 40, D nothing in the first.
    let reports = format!(
        "{PLANS}
         A autumn made=30 sold=90 pool=100 done=9 broken=0 snow=5
         D autumn made=0 sold=0 pool=100 done=9 broken=0"
    );
    assert_eq!(proposed("", "x thematic: gates = [\"half\"]", &reports), ["x A 1 proposed"]);
}

#[test]
fn what_is_not_known_yet_makes_scarce_proposals_provisional() {
    let without_e = REPORTS.replace("E autumn", "E start").replace("done=8 sold=9 pool=10", "promised=1");
    for (keys, expected) in [
        // Nobody takes anything from anybody.
        ("condition = \"done >= 7\"", ["x A 1 proposed", "x B 2 proposed", "x C 2 proposed"]),
        ("condition = \"done >= 7\"; most = 4", ["x A 1 proposed", "x B 2 proposed", "x C 2 proposed"]),
        // E may still come, and three places are not enough for four.
        ("condition = \"done >= 7\"; most = 3", ["x A 1 proposed?", "x B 2 proposed?", "x C 2 proposed?"]),
        // E is of another cluster.
        ("condition = \"done >= 7\"; per_cluster = 1", ["x A 1 proposed", "x B 2 beyond_quota", "x C 2 beyond_quota"]),
    ] {
        assert_eq!(proposed("", &format!("x thematic: {keys}"), &without_e), expected, "{keys}");
    }
    // A place is provisional with its cluster: D has not reported.
    let without_d = REPORTS.replace("D autumn", "D start").replace("done=5 sold=9 pool=10", "promised=1");
    let found = proposed("", "x thematic: places_upto = 1", &without_d);
    assert_eq!(found, ["x A 1 proposed?", "x E 1 proposed"]);
}

#[test]
fn the_official_class_stands_above_the_proposed_one() {
    let decisions = "
        official-class,B,autumn,fair,Board,2014-12-01,theo biên bản
        official-class,C,autumn,good,Board,2014-12-01,theo biên bản";
    let full = "sold=90 pool=100 done=9 broken=0";
    let reports = format!(
        "{PLANS}
         A autumn made=30 {full} snow=5
         B autumn made=40 {full}
         C autumn made=1 {full}
         D autumn made=1 sold=1 pool=100 done=0 broken=0
         E autumn made=30 {full}"
    );
    let campaign = campaign("", "x comprehensive: classes = [\"good\"]");
    let found = proposals(&run(&campaign, &intake(&campaign, &reports)));
    // E did not tell its snow: 90 points, good, and not complete.
    assert_eq!(found, ["x A 1 proposed", "x B 1 proposed", "x E 1 proposed?"]);
    let campaign = self::campaign(decisions, "x comprehensive: classes = [\"good\"]");
    let outcome = run(&campaign, &intake(&campaign, &reports));
    assert_eq!(proposals(&outcome), ["x A 1 proposed", "x C 1 proposed", "x E 1 proposed?"]);
    let class = |row: &thidua_model::rows::AwardProposalRow| (row.class.clone(), row.class_is_official);
    let classes: Vec<_> = outcome.award_proposals.iter().map(class).collect();
    let good = || Some("good".into());
    assert_eq!(classes, [(good(), false), (good(), true), (good(), false)]);
}

#[test]
fn a_place_that_rests_on_an_imputed_figure_is_marked() {
    let table = "total = 10\ncriteria = [{ id = \"sold\", title = \"Sold\", points = 10, indicator = \"SOLD\", \
                 normalise = \"min_max\", low = 0, high = 100, impute = \"group_mean\" }]";
    let award = "[[awards]]\nid = \"x\"\ntitle = \"x\"\nkind = \"thematic\"\nlevels = [\"base\"]\nperiod = \"autumn\"
        given_by = \"board\"\nform = \"flag\"\nplaces_upto = 2";
    let campaign = contest(UNITS, "", award, table);
    let reports = "
        A autumn sold=90 pool=100
        B autumn sold=50 pool=100
        C autumn done=1
        D autumn sold=10 pool=100";
    let outcome = run(&campaign, &intake(&campaign, reports));
    let marked: Vec<_> = outcome.award_proposals.iter().map(|row| (&*row.unit, row.place, row.imputed)).collect();
    // C is given the mean of 90, 50 and 10, which is the same as B's 50.
    assert_eq!(marked, [("A", Some(1), None), ("B", Some(2), None), ("C", Some(2), Some(1))]);
}

#[test]
fn one_level_gives_a_comprehensive_or_a_thematic_award() {
    let awards = |other: &str| {
        format!(
            "best comprehensive: places_upto = 1; given_by = \"province\"
             theme thematic: condition = \"done >= 9\"; given_by = \"{other}\"
             again comprehensive: places_upto = 2; given_by = \"nation\""
        )
    };
    let campaign = campaign("", &awards("province"));
    let outcome = run(&campaign, &intake(&campaign, REPORTS));
    let expected = [
        "best A 1 conflict xtheme",
        "best E 1 proposed",
        "theme A 1 conflict xbest",
        "again A 1 proposed",
        "again B 2 proposed",
        "again C 2 proposed",
        "again E 1 proposed",
    ];
    assert_eq!(proposals(&outcome), expected);
    let told: Vec<_> = outcome.issues.iter().filter(|issue| issue.code() == "C309").collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].unit.as_ref().map(|unit| unit.as_str()), Some("A"));
    let campaign = self::campaign("", &awards("ministry"));
    let outcome = run(&campaign, &intake(&campaign, REPORTS));
    assert!(outcome.issues.iter().all(|issue| issue.code() != "C309"), "two levels can give one each");
}

/// A row `sender who sort what wave` of the list.
fn list(campaign: &Campaign, intake: &mut Intake, rows: &str) {
    for (at, line) in rows.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        let words: Vec<&str> = line.split(", ").collect();
        let value = |at: usize| words.get(at).map(|word| ListValue::Text((*word).into()));
        intake.lists.push(ListRow {
            list: "wishes".into(),
            unit: campaign.find_unit(words[0]).expect("a sender"),
            period: campaign.find_period("autumn").expect("autumn"),
            submission: 0,
            place: Place::Sheet { file: format!("{}.xlsx", words[0]).into(), sheet: "Wishes".into() },
            row: at as u32 + 4,
            values: vec![value(1), value(2), value(3), value(4)],
            flags: Vec::new(),
            raw: None,
        });
    }
}

#[test]
fn what_units_proposed_is_joined_and_told_where_the_rules_do_not_support_it() {
    let awards = "
        best comprehensive: places_upto = 2; gates = [\"clean\"]; form = \"Cờ\"
        paper comprehensive: places_upto = 2; form = \"paper\"; given_by = \"nation\"
        theme thematic: condition = \"done >= 9\"; form = \"paper\"; listed = { wave = \"theme\" }; given_by = \"theme\"";
    let decisions = "discipline,D,,Cảnh cáo,Board,2014-09-01,vi phạm";
    let campaign = campaign(decisions, awards);
    let without_e = REPORTS.replace("E autumn", "E start").replace("done=8 sold=9 pool=10", "promised=1");
    let mut intake = intake(&campaign, &without_e);
    list(
        &campaign,
        &mut intake,
        "
        T, Tập thể A, unit, flag, year
        A, a, unit, flag
        D, D, unit, flag, year
        E, E, unit, flag, year
        B, B, unit, paper, theme
        C, Cô Lan, person, flag, year
        C, Tổ 3, unit, flag, year
        C, A, unit, flag, year",
    );
    let outcome = run(&campaign, &intake);
    let expected = [
        "best A 1 proposed <A T",
        "best B 2 proposed",
        "best C 2 proposed",
        "best D 4 not_supported -place gate.clean <D",
        "best E - undecided? ?place <E", // its report may still come
        "paper A 1 proposed",
        "paper B 2 proposed", // its row is for the theme
        "paper C 2 proposed",
        "theme A 1 proposed",
        "theme B 2 not_supported -condition <B",
    ];
    assert_eq!(proposals(&outcome), expected);
    let row = &outcome.award_proposals[0];
    assert_eq!((row.file.as_deref(), row.sheet.as_deref(), row.row), (Some("A.xlsx"), Some("Wishes"), Some(6)));
    // The order of the rows does not matter.
    intake.lists.reverse();
    assert_eq!(run(&campaign, &intake).award_proposals, outcome.award_proposals);
}
