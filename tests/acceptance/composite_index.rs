//! A published composite index, the Human Development Index of 193 countries, by a definition alone.
//!
//! `tests/campaigns/hdi-2023/README.md` tells where the figures are from and why some differ.

use crate::inbox::Inbox;
use crate::program::{Ran, run, top};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;
use tempfile::TempDir;
use thidua_forms::{CellInput, Prefill};
use thidua_model::rows::RankingRow;
use thidua_model::{FieldIx, Points};

/// Fields of the form, the columns of `published.csv` that fill them, and their decimals.
const FIGURES: [(&str, &str, i32); 5] = [
    ("life_expectancy", "life_expectancy", 1),
    ("expected_schooling", "expected_schooling", 1),
    ("mean_schooling", "mean_schooling", 1),
    ("gni_per_capita", "gni_per_capita", 0),
    ("published_hdi", "hdi", 3),
];

/// A line of `published.csv`.
struct Country {
    code: String,
    /// Integers of `10^-decimals`, in order of [`FIGURES`].
    figures: [i64; 5],
    rank: u32,
}

impl Country {
    fn figure(&self, field: &str) -> Option<i64> {
        FIGURES.iter().position(|(id, ..)| *id == field).map(|at| self.figures[at])
    }

    /// Thousandths.
    fn published(&self) -> i64 {
        self.figures[4]
    }

    /// The formula of technical note 1, each figure moved by `units` of its last printed digit.
    fn index(&self, units: f64) -> f64 {
        let [life, expected, mean, income] =
            [0, 1, 2, 3].map(|at| (self.figures[at] as f64 + units) / 10f64.powi(FIGURES[at].2));
        let health = ((life - 20.0) / 65.0).clamp(0.0, 1.0);
        let education = ((expected / 18.0).min(1.0) + (mean / 15.0).min(1.0)) / 2.0;
        let income = (income.clamp(100.0, 75_000.0).ln() - 100f64.ln()) / (75_000f64.ln() - 100f64.ln());
        (health * education * income).cbrt()
    }
}

struct World {
    countries: Vec<Country>,
    inbox: Inbox,
    /// The campaign as it stands in the repository, run on the inbox.
    ran: Ran,
    _out: TempDir,
}

/// Each country's workbook is the campaign's own form with its printed figures.
fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let folder = top("tests/campaigns/hdi-2023");
        let countries = published(&folder);
        let campaign = thidua_campaign::load(&folder).unwrap_or_else(|error| panic!("{error:?}"));
        let mut inbox = Inbox::new();
        for country in &countries {
            let value = |field: FieldIx| country.figure(campaign.field(field).id.as_str()).map(CellInput::Int);
            let prefill = Prefill {
                unit: campaign.find_unit(&country.code),
                period: campaign.find_period("nam-2023"),
                value: &value,
                ..Prefill::blank()
            };
            let bytes = thidua_forms::workbook(&campaign, &campaign.packages[0], &prefill).expect("a workbook");
            inbox = inbox.with_bytes(&format!("{}.xlsx", country.code), &bytes);
        }
        let out = tempfile::tempdir().expect("a temporary folder");
        let ran = run(&folder, &inbox.path(), out.path(), &[]);
        World { countries, inbox, ran, _out: out }
    })
}

fn published(folder: &Path) -> Vec<Country> {
    let mut reader = csv::Reader::from_path(folder.join("published.csv")).expect("the table");
    let lines: Vec<BTreeMap<String, String>> = reader.deserialize().map(|line| line.expect("a line")).collect();
    let scaled = |cell: &str, decimals: i32| (cell.parse::<f64>().expect("a number") * 10f64.powi(decimals)).round();
    lines
        .iter()
        .map(|line| Country {
            code: line["code"].clone(),
            figures: FIGURES.map(|(_, column, decimals)| scaled(&line[column], decimals) as i64),
            rank: line["rank"].parse().expect("a rank"),
        })
        .collect()
}

/// The campaign with another `scoring.toml`, run on the same workbooks.
fn run_with(scoring: impl Fn(&str) -> String) -> BTreeMap<String, (Points, u32)> {
    let world = world();
    let (definition, folder) = (top("tests/campaigns/hdi-2023"), tempfile::tempdir().expect("a temporary folder"));
    std::fs::create_dir(folder.path().join("forms")).expect("made");
    for name in ["campaign.toml", "indicators.toml", "units.csv", "targets.csv", "decisions.csv", "forms/quoc-gia.toml"]
    {
        std::fs::copy(definition.join(name), folder.path().join(name)).expect("copied");
    }
    let before = std::fs::read_to_string(definition.join("scoring.toml")).expect("readable");
    let after = scoring(&before);
    assert_ne!(before, after, "the scoring is another one");
    std::fs::write(folder.path().join("scoring.toml"), after).expect("written");
    let out = tempfile::tempdir().expect("a temporary folder");
    places(&run(folder.path(), &world.inbox.path(), out.path(), &[]))
}

/// Points and place of each country; every one has both.
fn places(ran: &Ran) -> BTreeMap<String, (Points, u32)> {
    let rows = ran.release.rows::<RankingRow>();
    assert_eq!(rows.len(), 193);
    let ranked = rows.iter().map(|row| match (row.points, row.place) {
        (Some(points), Some(place)) => (row.unit.to_string(), (points, place)),
        _ => panic!("{} has no place: {:?}", row.unit, row.reason),
    });
    ranked.collect()
}

/// Points are integers of 10⁻⁹; three decimals are printed.
fn thousandths(points: Points) -> i64 {
    (points.0 + 500_000).div_euclid(1_000_000)
}

/// Places by the points in full precision: the campaign without its rounding.
fn exact() -> &'static BTreeMap<String, (Points, u32)> {
    static EXACT: OnceLock<BTreeMap<String, (Points, u32)>> = OnceLock::new();
    EXACT.get_or_init(|| run_with(|scoring| scoring.replace("decimals = 3\n", "")))
}

#[test]
fn every_country_has_the_index_of_the_formula() {
    for country in &world().countries {
        let (points, _) = exact()[&country.code];
        let gap = points.to_f64() - country.index(0.0);
        assert!(gap.abs() < 5e-9, "{}: {} is {gap:e} off", country.code, points);
    }
}

/// Computed from figures that were rounded for print, the index is a thousandth below the printed one in these …
const BELOW: &str = "DNK LIE USA KOR MLT ISR ITA SAU BHR URY ATG KNA KAZ CRI GRD BRA MDA UKR DOM PRY EGY JOR MNG ZAF MHL \
    FJI WSM NIC NRU GTM FSM SYR SEN ERI TCD CAF";
/// … and a thousandth above in these.
const ABOVE: &str = "HKG ARE CAN FRA ESP SMR GRC EST PRT CHL BRN MYS BIH PER ECU VNM LBN TUN BLZ MAR GNQ NAM HND STP COM \
    CMR UGA PNG TZA GMB DJI LBR BDI";

#[test]
fn the_index_is_the_printed_one_but_where_the_printed_figures_are_too_coarse() {
    let world = world();
    let places = places(&world.ran);
    let off = |by: i64| {
        let codes = world.countries.iter().filter(|it| thousandths(places[&it.code].0) - it.published() == by);
        codes.map(|it| it.code.as_str()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(off(-1), BELOW);
    assert_eq!(off(1), ABOVE);
    assert_eq!(off(0).split(' ').count(), 124);
    // The reason, for each: half a unit of the last printed digit reaches the printed index.
    for country in &world.countries {
        let (low, high) = (country.index(-0.5) * 1000.0 - 0.5, country.index(0.5) * 1000.0 + 0.5);
        assert!((low..=high).contains(&(country.published() as f64)), "{}: {low} to {high}", country.code);
    }
}

/// One table whose only item is the printed index: the policy alone makes the printed ranks, ties and all.
#[test]
fn places_by_the_printed_index_are_the_printed_ranks() {
    let places = run_with(|scoring| {
        let (policy, tables) = scoring.split_at(scoring.find("[[tables.criteria]]").expect("criteria"));
        assert!(tables.contains("\"health\""));
        let item = "[[tables.criteria]]\n\
                    id = \"printed\"\n\
                    title = { vi = \"Chỉ số đã in\", en = \"Printed index\" }\n\
                    points = 1\n\
                    indicator = \"HDI\"\n\
                    normalise = \"min_max\"\n\
                    low = 0\n\
                    high = 1\n";
        policy.to_owned() + item
    });
    for country in &world().countries {
        assert_eq!(places[&country.code].1, country.rank, "{}", country.code);
    }
}

/// The policy of three decimals alone: points and places are those of the full points, rounded first.
#[test]
fn rounding_before_ranking_moves_thirty_places() {
    let rounded = places(&world().ran);
    let moved = rounded.iter().filter(|(code, (_, place))| exact()[*code].1 != *place).count();
    assert_eq!(moved, 30);
    let place = |of: fn(Points) -> i64, than: Points| {
        1 + exact().values().filter(|(points, _)| of(*points) > of(than)).count() as u32
    };
    for (code, (full, exact_place)) in exact() {
        let (points, rounded_place) = rounded[code];
        assert_eq!(points.0, thousandths(*full) * 1_000_000, "{code}");
        assert_eq!(rounded_place, place(thousandths, *full), "{code}");
        assert_eq!(*exact_place, place(|points| points.0, *full), "{code}");
    }
}
