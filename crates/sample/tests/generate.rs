//! A sample of each of two quite different campaigns: it loads, holds, and is the same again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use thidua_campaign::{Campaign, load};
use thidua_model::{PeriodIx, UnitIx};
use thidua_sample::{Sample, SampleError, generate};
use thidua_sheets::{CellValue, Limits};

const CAMPAIGNS: [&str; 2] = ["templates/dak-lak-2014", "tests/campaigns/chu-thap-do"];

fn campaign(path: &str) -> Campaign {
    load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)).expect("the campaign loads")
}

fn made(campaign: &Campaign, units: usize, seed: u64) -> (tempfile::TempDir, Sample) {
    let out = tempfile::tempdir().expect("a temporary folder");
    let sample = generate(campaign, units, seed, out.path()).expect("a sample");
    (out, sample)
}

/// Every file below a folder, by its path there.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below the folder").to_owned();
                found.insert(name, fs::read(path).expect("a file"));
            }
        }
    }
    found
}

/// The lines of a register as its columns.
fn lines(path: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(path).expect("a text file");
    text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    for path in CAMPAIGNS {
        let campaign = campaign(path);
        let (once, _) = made(&campaign, 40, 7);
        let (again, _) = made(&campaign, 40, 7);
        let (other, _) = made(&campaign, 40, 8);
        assert!(files(once.path()) == files(again.path()), "{path}");
        assert!(files(once.path()) != files(other.path()), "{path}");
    }
}

#[test]
fn the_invented_campaign_loads_with_as_many_units_as_wanted() {
    for path in CAMPAIGNS {
        let campaign = campaign(path);
        for units in [campaign.levels.len(), 25, 120] {
            let (_out, sample) = made(&campaign, units, 1);
            let invented = load(&sample.campaign).expect("the invented campaign loads");
            assert_eq!(invented.units.len(), units, "{path}");
            assert_eq!((&invented.id, invented.indicators.len()), (&campaign.id, campaign.indicators.len()));
            let names: BTreeSet<&str> = invented.units.iter().map(|unit| &*unit.latest().name).collect();
            assert_eq!(names.len(), units, "no two units have one name");
        }
    }
}

/// Deadlines that a unit has: one workbook or one receipt is due for each.
fn due(campaign: &Campaign) -> BTreeSet<(UnitIx, String, PeriodIx)> {
    let mut due = BTreeSet::new();
    for period in campaign.period_ixs() {
        let defined = campaign.period(period);
        for unit in campaign.unit_ixs().filter(|unit| campaign.is_due(*unit, defined.as_of)) {
            let level = &campaign.level(campaign.unit(unit).at(defined.as_of).expect("it is alive")).id;
            let own = defined.deadlines.iter().filter(|deadline| deadline.level == *level);
            due.extend(own.map(|deadline| (unit, deadline.document.to_string(), period)));
        }
    }
    due
}

#[test]
fn every_document_that_is_due_comes_or_is_named_missing() {
    for path in CAMPAIGNS {
        let (_out, sample) = made(&campaign(path), 150, 3);
        let invented = load(&sample.campaign).expect("loads");
        let of = |row: &[String]| {
            let unit = invented.find_unit(&row[0]).expect("a known unit");
            (unit, row[1].clone(), invented.find_period(&row[2]).expect("a known period"))
        };
        let receipts = lines(&sample.inbox.join("received.csv"));
        let flaws = lines(&sample.flaws);
        let absent = flaws.iter().filter(|row| ["missing", "no-receipt"].contains(&&*row[4]));
        let told: BTreeSet<_> = receipts.iter().chain(absent).map(|row| of(row)).collect();
        assert_eq!(told, due(&invented), "{path}");
        assert!(flaws.iter().any(|row| row[4] == "missing") && flaws.iter().any(|row| row[4] == "late"), "{path}");

        let named: BTreeSet<&str> = receipts.iter().map(|row| &*row[3]).filter(|file| !file.is_empty()).collect();
        let unnoted = flaws.iter().filter(|row| row[4] == "no-receipt").map(|row| &*row[3]);
        let named: BTreeSet<PathBuf> = named.into_iter().chain(unnoted).map(PathBuf::from).collect();
        let mut there: BTreeSet<PathBuf> = files(&sample.inbox).into_keys().collect();
        assert!(there.remove(Path::new("received.csv")));
        assert_eq!(there, named, "{path}");
        assert_eq!(there.len(), sample.files);
    }
}

/// Lines of a branch report by label; a whole and its part are read back through the real reader.
#[test]
fn parts_stay_below_their_wholes_but_for_the_flaws() {
    let (_out, sample) = made(&campaign(CAMPAIGNS[1]), 200, 5);
    let wrong: BTreeSet<String> = lines(&sample.flaws)
        .into_iter()
        .filter(|row| !["late", "resubmitted", "no-receipt"].contains(&&*row[4]))
        .map(|row| row[3].clone())
        .collect();
    let mut compared = 0;
    for (name, bytes) in files(&sample.inbox) {
        let file = name.to_string_lossy().replace('\\', "/");
        if file == "received.csv" || wrong.contains(&file) {
            continue;
        }
        let book = thidua_sheets::read(&bytes, &Limits::default()).expect("a workbook");
        let value = |label: &str| {
            book.sheets[0].rows().find_map(|(_, cells)| {
                let is_line = cells.iter().any(|cell| cell.at.col == 1 && cell.value.shown() == label);
                let value = cells.iter().find(|cell| cell.at.col == 3)?;
                match value.value {
                    CellValue::Number(number) if is_line => Some(number),
                    _ => None,
                }
            })
        };
        let (whole, part) = (value("Tổng số dân trong địa bàn"), value("Số hội viên"));
        let (whole, part) = (whole.expect("a count of people"), part.expect("a count of members"));
        assert!(part <= whole && whole >= 1.0, "{file}: {part} of {whole}");
        compared += 1;
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn an_older_sample_is_never_mixed_with_a_new_one() {
    let campaign = campaign(CAMPAIGNS[1]);
    let (out, _) = made(&campaign, 5, 1);
    assert!(matches!(generate(&campaign, 5, 2, out.path()), Err(SampleError::IsThere { .. })));
}

#[test]
fn too_few_units_for_the_levels_are_refused() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let refused = generate(&campaign(CAMPAIGNS[1]), 2, 1, out.path());
    assert!(matches!(refused, Err(SampleError::Units { units: 2, levels: 3 })));
    assert!(fs::read_dir(out.path()).expect("the folder").next().is_none(), "nothing is written");
}
