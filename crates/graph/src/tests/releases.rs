//! Several releases and campaigns side by side: which is asked, what differs, what would be.

use super::truth::{decimal, same};
use crate::testing::{Seat, archive, frozen};
use crate::{Call, Code, Outcome};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use thidua_model::rows::{IndicatorRow, RankingRow};

fn seat() -> Seat {
    Seat::in_library(archive().library.clone())
}

fn year() -> Seat {
    seat().pinned(&frozen().id)
}

#[test]
fn releases_and_campaigns_are_listed_and_asked_by_name() {
    let (year, draft, other) = (&*frozen().id, &*archive().draft.id, &*archive().red_cross.id);
    let it = seat().data(
        "query($y: ID!, $n: ID!) { campaign { id year organisationVi } campaigns { id year release { id } }
            releases { id campaignId year titleVi publishedAt isCurrent isLoaded }
            year: release(id: $y) { id asOf lastPeriodId campaign { id titleVi source } units(first: 0) { totalCount } counts { facts files unitsDue } }
            draft: release(id: $n) { id asOf publishedAt policies { id vi en } }
            own: release { id } none: release(id: \"0123456789abcdef\") { id } nothing: release(id: null) { id }
            named: campaign(id: \"dak-lak-2014\") { year release { id } } unknown: campaign(id: \"nobody\") { id } }",
        json!({ "y": year, "n": draft }),
    );
    assert_eq!(it["campaign"]["id"], "chu-thap-do-2015", "the campaign of the latest year");
    assert_eq!(it["own"]["id"], other);
    assert_eq!(it["nothing"]["id"], other, "null is as if nothing was said");
    assert_eq!(it["none"], Value::Null);
    assert_eq!(it["unknown"], Value::Null);
    assert_eq!(it["named"], json!({ "year": 2014, "release": { "id": year } }));
    let campaigns: Vec<&Value> = it["campaigns"].as_array().unwrap().iter().map(|it| &it["id"]).collect();
    assert_eq!(campaigns, ["chu-thap-do-2015", "dak-lak-2014"]);
    let lines = it["releases"].as_array().unwrap();
    assert_eq!(lines.len(), 3);
    assert!(lines.iter().all(|line| line["isLoaded"] == true));
    let current: Vec<&str> =
        lines.iter().filter(|line| line["isCurrent"] == true).map(|line| line["id"].as_str().unwrap()).collect();
    assert_eq!(current.len(), 2);
    assert!(current.contains(&year) && current.contains(&other));
    assert_eq!(it["year"]["units"]["totalCount"], 37);
    assert_eq!(it["year"]["counts"]["facts"], frozen().manifest.counts.facts);
    assert_eq!(it["draft"]["asOf"], "2014-12-31");
    assert_eq!(it["draft"]["publishedAt"], "2014-12-20T17:00:00");
    assert!(it["draft"]["policies"].as_array().unwrap().len() >= 3);
}

#[test]
fn what_is_pinned_is_what_is_asked() {
    for frozen in [frozen(), &archive().draft, &archive().red_cross] {
        let it = seat()
            .pinned(&frozen.id)
            .answer("{ release { id } campaign { id } results(first: 0) { totalCount } }", Value::Null);
        assert_eq!(it["data"]["release"]["id"], *frozen.id);
        assert_eq!(it["data"]["campaign"]["id"], frozen.manifest.campaign.id);
        assert_eq!(it["extensions"]["release"]["id"], *frozen.id);
        assert_eq!(it["data"]["results"]["totalCount"], frozen.rows::<IndicatorRow>().len());
    }
    let it = seat().pinned("0123456789abcdef").answer("{ release { id } }", Value::Null);
    assert_eq!(it["errors"][0]["extensions"]["code"], "RELEASE_NOT_FOUND");
    assert!(it.get("data").is_none());
    let call = |campaign: &str| Call {
        library: Arc::clone(&archive().library),
        campaign: Some(campaign.into()),
        ..crate::testing::call("{ campaign { id } }")
    };
    let answer = crate::testing::answer(call("dak-lak-2014"));
    assert_eq!((answer.outcome, answer.release), (Outcome::Executed, Some(frozen().id.clone())));
    let answer = crate::testing::answer(call("nobody"));
    assert_eq!((answer.outcome, answer.codes), (Outcome::Refused, vec![Code::CampaignNotFound]));
}

/// Caches keep an answer about one release for ever, and one that looked at others for a while.
#[test]
fn an_answer_tells_whether_it_looked_at_other_releases() {
    let (year, draft) = (&*frozen().id, &*archive().draft.id);
    let own = self::year().ask("{ units(first: 1) { nodes { id } } }")["units"]["nodes"][0]["id"].clone();
    let other = seat().pinned(draft).ask("{ units(first: 1) { nodes { id } } }")["units"]["nodes"][0]["id"].clone();
    for (query, expected) in [
        (
            "{ units(first: 1) { nodes { code parent { code } } } release { id } campaign { id } limits { page } }",
            false,
        ),
        ("{ whatIf(first: 1) { moved } aggregate { count } }", false),
        (
            &*format!(
                "{{ release(id: \"{year}\") {{ id units(first: 1) {{ totalCount }} }} node(id: {own}) {{ id }} }}"
            ),
            false,
        ),
        (&*format!("{{ release(id: \"{draft}\") {{ id }} }}"), true),
        ("{ release(id: \"0123456789abcdef\") { id } }", true),
        (&*format!("{{ node(id: {other}) {{ id }} }}"), true),
        (&*format!("{{ compare(from: \"{draft}\", to: \"{year}\") {{ from }} }}"), true),
        ("{ history(indicator: \"CT01\") { asOf } }", true),
        ("{ releases { id } }", true),
        ("{ campaigns { id } }", true),
        ("{ campaign(id: \"dak-lak-2014\") { id } }", true),
    ] {
        let call = Call {
            library: Arc::clone(&archive().library),
            pinned: Some(frozen().id.clone()),
            ..crate::testing::call(query)
        };
        assert_eq!(crate::testing::answer(call).reads_library, expected, "{query}");
    }
}

#[test]
fn a_release_inside_an_answer_is_the_same_as_one_that_is_pinned() {
    let draft = &*archive().draft.id;
    let fields = "results(filter: { level: { eq: \"province\" } }, first: 100) { totalCount nodes { id value verdict } }
        unit(code: \"cs-tan-loi\") { name } aggregate(period: \"dot-2\") { count share } coverageColumns(first: 50) { status }";
    let inside = seat().data(&format!("query($id: ID) {{ release(id: $id) {{ {fields} }} }}"), json!({ "id": draft }));
    let pinned = seat().pinned(draft).ask(&format!("{{ {fields} }}"));
    assert_eq!(inside["release"], pinned);
}

/// All rows of one list of a comparison.
fn changes(list: &str, row: &str, arguments: &str) -> (u64, Vec<Value>) {
    let mut rows = Vec::new();
    let mut after = Value::Null;
    loop {
        let it = seat().data(
            &format!(
                "query($f: ID!, $t: ID!, $a: String) {{ compare(from: $f, to: $t) {{ {list}(first: 150, after: $a{arguments}) {{
                    totalCount nodes {{ {row} }} pageInfo {{ hasNextPage endCursor }} }} }} }}"
            ),
            json!({ "f": &*archive().draft.id, "t": &*frozen().id, "a": after }),
        );
        let page = &it["compare"][list];
        rows.extend(page["nodes"].as_array().unwrap().iter().cloned());
        if page["pageInfo"]["hasNextPage"] == false {
            return (page["totalCount"].as_u64().unwrap(), rows);
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

#[test]
fn a_comparison_shows_the_results_that_differ_and_no_other() {
    let (total, shown) = changes(
        "results",
        "unitCode periodCode indicatorCode difference why { why units files }
         old { value numerator verdict reason isProvisional unitsIn } new { value numerator verdict reason isProvisional unitsIn }",
        "",
    );
    type Key = (String, String, String);
    let by_key = |rows: Vec<IndicatorRow>| -> BTreeMap<Key, IndicatorRow> {
        rows.into_iter()
            .map(|it| ((it.unit.to_string(), it.period.to_string(), it.indicator.to_string()), it))
            .collect()
    };
    let (old, new) = (by_key(archive().draft.rows()), by_key(frozen().rows()));
    let both = |key: &Key| old.contains_key(key) && new.contains_key(key);
    assert!(old.keys().all(both) && new.keys().all(both));
    let told = |it: &IndicatorRow| {
        (
            it.basis,
            it.numerator,
            it.denominator,
            it.value.map(f64::to_bits),
            it.reason,
            it.verdict,
            it.own_verdict,
            it.own_target,
            (it.units_in, it.units_due, it.is_provisional),
        )
    };
    let differing: Vec<&Key> = new.keys().filter(|key| told(&old[*key]) != told(&new[*key])).collect();
    assert_eq!(total as usize, differing.len());
    assert_eq!(shown.len(), differing.len());
    assert!(differing.len() > 20, "two reports make a difference");
    for row in &shown {
        let text = |name: &str| row[name].as_str().unwrap().to_owned();
        let key = (text("unitCode"), text("periodCode"), text("indicatorCode"));
        assert!(differing.contains(&&key), "{row}");
        let (from, to) = (&old[&key], &new[&key]);
        for (side, it) in [(&row["old"], from), (&row["new"], to)] {
            assert!(same(&side["value"], &json!(it.value)), "{row}");
            assert_eq!(side["numerator"], json!(it.numerator), "{row}");
            assert_eq!(side["verdict"], it.verdict.as_str().to_uppercase(), "{row}");
            assert_eq!(side["isProvisional"], it.is_provisional, "{row}");
        }
        let difference = from.value.zip(to.value).map(|(from, to)| to - from);
        assert!(same(&row["difference"], &json!(difference)), "{row}");
        assert!(!row["why"].as_array().unwrap().is_empty(), "{row}");
    }
}

#[test]
fn a_comparison_shows_who_moved() {
    let (total, shown) = changes(
        "rankings",
        "unitCode periodCode clusterCode moved difference why { why } old { place points isTied } new { place points isTied }",
        "",
    );
    let by_key = |rows: Vec<RankingRow>| -> BTreeMap<(String, String), RankingRow> {
        rows.into_iter().map(|it| ((it.unit.to_string(), it.period.to_string()), it)).collect()
    };
    let (old, new) = (by_key(archive().draft.rows()), by_key(frozen().rows()));
    // How many stand in the cluster is a fact about others.
    let told = |it: &RankingRow| {
        let own = (it.points, it.place, it.is_tied, it.reason);
        (it.cluster.clone(), it.table.clone(), own, it.is_provisional, it.elected_leader)
    };
    let differing: BTreeSet<(String, String)> =
        new.keys().filter(|key| old.get(*key).map(told) != Some(told(&new[*key]))).cloned().collect();
    let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
    let keys: BTreeSet<(String, String)> =
        shown.iter().map(|row| (text(row, "unitCode"), text(row, "periodCode"))).collect();
    assert_eq!(keys, differing);
    assert_eq!((total as usize, shown.len()), (differing.len(), differing.len()));
    assert!(shown.iter().any(|row| row["moved"].as_i64().is_some_and(|moved| moved != 0)), "somebody moved");
    for row in shown {
        let key = (row["unitCode"].as_str().unwrap().to_owned(), row["periodCode"].as_str().unwrap().to_owned());
        let (from, to) = (&old[&key], &new[&key]);
        let moved = from.place.zip(to.place).map(|(from, to)| i64::from(from) - i64::from(to));
        assert_eq!(row["moved"], json!(moved), "{row}");
        let difference = from.points.zip(to.points).map(|(from, to)| decimal(to.0 - from.0, 9));
        assert!(same(&row["difference"], &difference.unwrap_or_default()), "{row}");
        assert_eq!(row["old"]["place"], json!(from.place));
        assert_eq!(row["new"]["place"], json!(to.place));
    }
}

#[test]
fn a_comparison_is_filtered_by_unit_and_period_and_walked_in_one_question() {
    let (total, rows) = changes("results", "unitCode periodCode", "");
    let unit = rows[0]["unitCode"].as_str().unwrap();
    let (of_unit, shown) = changes("results", "unitCode periodCode", &format!(", unit: \"{unit}\""));
    let expected: Vec<&Value> = rows.iter().filter(|row| row["unitCode"] == unit).collect();
    assert_eq!(shown.iter().collect::<Vec<_>>(), expected);
    assert!(of_unit as usize == expected.len() && of_unit < total);
    let it = seat().answer(
        "query($f: ID!, $t: ID!) { compare(from: $f, to: $t) { options { name from to } periods definitionFiles indicators receiptsChanged
            units(first: 5) { totalCount } submissions(first: 5) { totalCount }
            results(first: 5, after: \"YWJj\") { totalCount } } none: compare(from: $f, to: \"0123456789abcdef\") { from } }",
        json!({ "f": &*archive().draft.id, "t": &*frozen().id }),
    );
    let compared = &it["data"]["compare"];
    assert_eq!(
        compared["options"],
        json!([{ "name": "as_of", "from": "2014-12-31", "to": frozen().manifest.options.as_of }])
    );
    assert_eq!(compared["definitionFiles"], json!([]));
    assert_eq!(compared["receiptsChanged"], false);
    assert_eq!(compared["units"]["totalCount"], 0);
    assert!(compared["submissions"]["totalCount"].as_u64().unwrap() >= 2);
    assert_eq!(compared["results"], Value::Null);
    assert_eq!(it["data"]["none"], Value::Null);
    let codes: Vec<&Value> = it["errors"].as_array().unwrap().iter().map(|it| &it["extensions"]["code"]).collect();
    assert_eq!(codes.len(), 2);
    assert!(codes.contains(&&json!("BAD_CURSOR")) && codes.contains(&&json!("RELEASE_NOT_FOUND")));
}

#[test]
fn a_release_does_not_differ_from_itself() {
    let it = seat().data(
        "query($f: ID!) { compare(from: $f, to: $f) { options { name } results(first: 1) { totalCount } rankings(first: 1) { totalCount }
            units(first: 1) { totalCount } submissions(first: 1) { totalCount } } }",
        json!({ "f": &*frozen().id }),
    );
    for list in ["results", "rankings", "units", "submissions"] {
        assert_eq!(it["compare"][list]["totalCount"], 0, "{list}");
    }
}

#[test]
fn history_is_in_order_of_time_and_over_campaigns() {
    let points = |seat: &Seat, arguments: &str| -> Vec<Value> {
        let it = seat.ask(&format!(
            "{{ history({arguments}) {{ campaignId year releaseId asOf result {{ id unitCode indicatorCode periodCode value }} }} }}"
        ));
        it["history"].as_array().unwrap().clone()
    };
    let rows = frozen().rows::<IndicatorRow>();
    let of_unit = points(&year(), "unit: \"ldld-bmt\"");
    assert_eq!(of_unit.len(), rows.iter().filter(|row| &*row.unit == "ldld-bmt").count());
    assert!(of_unit.windows(2).all(|pair| pair[0]["asOf"].as_str() <= pair[1]["asOf"].as_str()));
    let of_both = points(&year(), "unit: \"ldld-bmt\", indicator: \"CT01\"");
    let expected: Vec<&IndicatorRow> =
        rows.iter().filter(|row| &*row.unit == "ldld-bmt" && &*row.indicator == "CT01").collect();
    assert_eq!(of_both.len(), expected.len());
    for point in &of_both {
        let row = expected.iter().find(|row| point["result"]["periodCode"] == *row.period).unwrap();
        assert!(same(&point["result"]["value"], &json!(row.value)));
    }
    // Without a unit it is the one at the top.
    let of_indicator = points(&year(), "indicator: \"CT06A\"");
    assert!(!of_indicator.is_empty() && of_indicator.iter().all(|it| it["result"]["unitCode"] == "ldld-tinh"));
    // Another organisation's indicator comes from its own campaign, whatever release is asked.
    let of_other = points(&year(), "indicator: \"HV\"");
    assert_eq!(of_other.len(), 1);
    assert_eq!((&of_other[0]["campaignId"], &of_other[0]["year"]), (&json!("chu-thap-do-2015"), &json!(2015)));
    // A pinned release speaks for its campaign.
    let draft = &archive().draft;
    let of_draft = points(&seat().pinned(&draft.id), "unit: \"ldld-bmt\", indicator: \"CT01\"");
    assert!(!of_draft.is_empty() && of_draft.iter().all(|it| it["releaseId"] == *draft.id));
    let it = year().answer("{ history { asOf } }", Value::Null);
    assert_eq!(it["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

#[test]
fn without_a_change_every_place_stays() {
    let rankings = frozen().rows::<RankingRow>();
    let mut shown: Vec<Value> = Vec::new();
    let mut after = Value::Null;
    loop {
        let it = year().data(
            "query($a: String) { whatIf(first: 30, after: $a) { moved leftOut { indicatorCode } rankings { totalCount
                nodes { unitCode periodCode clusterCode tableId old { place points isTied reason } new { place points isTied reason } difference moved }
                pageInfo { hasNextPage endCursor } } } }",
            json!({ "a": after }),
        );
        let it = &it["whatIf"];
        assert_eq!((&it["moved"], &it["leftOut"]), (&json!(0), &json!([])));
        let page = &it["rankings"];
        assert_eq!(page["totalCount"], rankings.len());
        shown.extend(page["nodes"].as_array().unwrap().iter().cloned());
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(shown.len(), rankings.len());
    for row in &shown {
        assert_eq!(row["old"], row["new"], "{row}");
        let own = rankings.iter().find(|it| row["unitCode"] == *it.unit && row["periodCode"] == *it.period).unwrap();
        assert_eq!(row["old"]["place"], json!(own.place), "{row}");
        let points = own.points.map(|it| decimal(it.0, 9)).unwrap_or_default();
        assert!(same(&row["old"]["points"], &points), "{row}");
        assert_eq!(row["clusterCode"], *own.cluster);
    }
}

/// Twice every weight is twice every point, and nobody moves.
#[test]
fn weights_count_as_they_are_given() {
    let it = year().ask("{ criteria(first: 500, filter: { usage: { eq: COMPETITION }, parentId: { isNull: true } }) { nodes { criterionId tableId max } } }");
    let weights: Vec<Value> = it["criteria"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            let name = format!("{}/{}", it["tableId"].as_str().unwrap(), it["criterionId"].as_str().unwrap());
            json!({ "criterion": name, "points": it["max"].as_f64().unwrap() * 2.0 })
        })
        .collect();
    let query = "query($w: [WeightInput!], $x: [ID!], $p: RankingPolicyInput, $c: ID) {
        whatIf(weights: $w, excludeIndicators: $x, policy: $p, cluster: $c, first: 500) { moved leftOut { indicatorCode criterionId }
            rankings { nodes { unitCode clusterCode old { place points } new { place points } moved } } } }";
    let it = year().data(query, json!({ "w": weights }));
    assert_eq!(it["whatIf"]["moved"], 0);
    for row in it["whatIf"]["rankings"]["nodes"].as_array().unwrap() {
        if let (Some(old), Some(new)) = (row["old"]["points"].as_f64(), row["new"]["points"].as_f64()) {
            assert!((2.0 * old - new).abs() < 1e-6, "{row}");
        }
    }
    let it = year().data(query, json!({ "x": ["CT06A"], "c": "cum-1" }));
    let it = &it["whatIf"];
    assert!(it["leftOut"].as_array().unwrap().iter().any(|it| it["indicatorCode"] == "CT06A"));
    let rows = it["rankings"]["nodes"].as_array().unwrap();
    assert!(!rows.is_empty() && rows.iter().all(|row| row["clusterCode"] == "cum-1"));
    assert!(rows.iter().any(|row| row["old"]["points"] != row["new"]["points"]));
    // Whole points make ties.
    let it = year().data(query, json!({ "p": { "decimals": 0, "missing": "ZERO", "tieBreakers": [] } }));
    let rows = it["whatIf"]["rankings"]["nodes"].as_array().unwrap();
    assert!(rows.iter().all(|row| row["new"]["points"].as_f64().is_none_or(|points| points.fract().abs() < 1.0)));
    for (variables, what) in [
        (json!({ "x": ["NOBODY"] }), "an unknown indicator"),
        (json!({ "w": [{ "criterion": "nobody", "points": 1 }] }), "an unknown criterion"),
        (json!({ "w": [{ "criterion": "x", "points": -1 }] }), "a negative weight"),
        (json!({ "p": { "decimals": 10 } }), "too many decimals"),
    ] {
        let it = year().answer(query, variables);
        assert_eq!(it["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{what} {it}");
    }
}

/// What stands above a place is what its own row tells, and needs and policies go with it.
#[test]
fn a_place_is_explained() {
    let query =
        "query($u: ID!, $p: ID) { standing(unit: $u, period: $p) { unitCode periodCode place points median ranked
        leader { unitCode place ahead } above { place points ahead } below { place } tiedWith { unitCode }
        criteria { criterionId isItem points leaderPoints medianPoints lossAgainstLeader }
        policies { ties decimals place isOwn } needs { criterionId kind fact now to change place points answer } } }";
    let it = year().data(query, json!({ "u": "ldld-krong-pac", "p": "dot-2" }));
    let it = &it["standing"];
    let row = year().ask(
        "{ rankings(cluster: \"cum-1\", period: \"dot-2\", first: 10) { nodes { unitCode place points nextPlace { place lacking }
            criteria { score { criterionId } leaderPoints medianPoints } } } }",
    );
    let rows = row["rankings"]["nodes"].as_array().unwrap();
    let row = rows.iter().find(|row| row["unitCode"] == "ldld-krong-pac").unwrap();
    assert_eq!((&it["place"], &it["points"]), (&row["place"], &row["points"]));
    assert_eq!(
        (&it["above"]["place"], &it["above"]["ahead"]),
        (&row["nextPlace"]["place"], &row["nextPlace"]["lacking"])
    );
    for (stand, compared) in it["criteria"].as_array().unwrap().iter().zip(row["criteria"].as_array().unwrap()) {
        assert_eq!(stand["criterionId"], compared["score"]["criterionId"]);
        assert_eq!(stand["leaderPoints"], compared["leaderPoints"], "{stand}");
        assert_eq!(stand["medianPoints"], compared["medianPoints"], "{stand}");
    }
    assert_eq!(it["policies"].as_array().unwrap().len(), 25);
    let needs = it["needs"].as_array().unwrap();
    assert!(needs.iter().any(|need| need["answer"] == "enough" && need["place"].as_i64() < it["place"].as_i64()));
    for unit in ["nobody", "ldld-tinh"] {
        assert_eq!(year().data(query, json!({ "u": unit }))["standing"], Value::Null, "{unit}");
    }
    let it = year().answer(query, json!({ "u": "ldld-bmt", "p": "dot-9" }));
    assert_eq!(it["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}
