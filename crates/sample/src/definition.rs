//! Writes the definition of the invented province: the campaign's files with a register, assigned
//! targets and decisions of its own.
//!
//! In:  a campaign and the invented units.
//! Out: a folder that loads like any other campaign.

use crate::SampleError;
use crate::files::{csv, write};
use crate::province::{Province, Unit};
use crate::random::{Random, key};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use thidua_campaign::{Campaign, DecisionKind, LevelBasis, MAIN_FILE, Shape, columns};
use thidua_model::{Measure, Text};

/// Units to one decision, roughly.
const UNITS_PER_DECISION: usize = 250;

/// The registers that are invented: key in `[files]`, and the new file.
const REGISTERS: [(&str, &str); 3] =
    [("units", "units.csv"), ("targets", "targets.csv"), ("decisions", "decisions.csv")];

pub(crate) fn write_folder(
    campaign: &Campaign,
    province: &Province,
    seed: u64,
    folder: &Path,
) -> Result<(), SampleError> {
    let main = campaign.files.iter().find(|file| &*file.name == MAIN_FILE).ok_or(SampleError::NoFiles)?;
    let text = std::str::from_utf8(&main.bytes).map_err(|_| SampleError::NoFiles)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (mut text, replaced) = point_to_registers(text);
    if !replaced.contains_key("units") {
        return Err(SampleError::NoFiles);
    }
    let clusters = cluster_ids(campaign, province, &mut text);
    for file in &campaign.files {
        if &*file.name != MAIN_FILE && !replaced.values().any(|old| **old == *file.name) {
            write(&folder.join(&*file.name), &file.bytes)?;
        }
    }
    write(&folder.join(MAIN_FILE), text.as_bytes())?;
    for (name, file) in REGISTERS {
        if replaced.contains_key(name) {
            let rows = match name {
                "units" => units(campaign, province, &clusters),
                "targets" => targets(campaign, province),
                _ => decisions(campaign, province, seed),
            };
            write(&folder.join(file), &csv(&rows))?;
        }
    }
    Ok(())
}

/// Lets the entries of `[files]` name the invented registers; gives the old names by key.
fn point_to_registers(text: &str) -> (String, BTreeMap<&'static str, String>) {
    let mut new = String::from("# Synthetic: the units, targets and decisions are invented.\n");
    let mut replaced = BTreeMap::new();
    let mut section = "";
    for line in text.lines() {
        let trimmed = line.trim();
        if trimmed.starts_with('[') {
            section = trimmed.split('#').next().unwrap_or("").trim();
        }
        let entry = trimmed.split_once('=').map(|(key, value)| (key.trim(), value.trim()));
        let known = entry.and_then(|(key, value)| {
            let key = match section {
                "" => key.strip_prefix("files.")?,
                "[files]" => key,
                _ => return None,
            };
            let register = REGISTERS.iter().find(|(name, _)| *name == key)?;
            let quote = value.chars().next().filter(|mark| ['"', '\''].contains(mark))?;
            Some((register, value[1..].split(quote).next()?))
        });
        match known {
            Some(((name, file), old)) => {
                replaced.insert(*name, old.to_owned());
                let prefix = if section.is_empty() { "files." } else { "" };
                new.push_str(&format!("{prefix}{name} = \"{file}\""));
            }
            None => new.push_str(line),
        }
        new.push('\n');
    }
    (new, replaced)
}

/// New clusters where the file can take more of them, else the declared ones in turn.
fn cluster_ids(campaign: &Campaign, province: &Province, text: &mut String) -> Vec<String> {
    let takes_more = text.lines().any(|line| line.trim().starts_with("[[clusters]]"));
    if !takes_more {
        let declared = campaign.clusters.iter().map(|cluster| cluster.id.to_string()).cycle();
        return declared.take(province.clusters).collect();
    }
    let digits = province.clusters.to_string().len();
    let ids: Vec<String> = (1..=province.clusters).map(|n| format!("mau-{n:0digits$}")).collect();
    for (n, id) in ids.iter().enumerate() {
        let n = n + 1;
        text.push_str(&format!(
            "\n[[clusters]]\nid = \"{id}\"\ntitle = {{ vi = \"Cụm {n} (giả định)\", en = \"Cluster {n} (synthetic)\" }}\n"
        ));
    }
    ids
}

fn head(columns: &[&str]) -> Vec<String> {
    columns.iter().map(|column| (*column).to_owned()).collect()
}

fn units(campaign: &Campaign, province: &Province, clusters: &[String]) -> Vec<Vec<String>> {
    let mut rows = vec![head(columns::UNITS)];
    let code = |at: usize| province.units[at].code.clone();
    let some = |text: Option<String>| text.unwrap_or_default();
    // A unit that moved joins the cluster of its new siblings.
    let mut cluster_below: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for unit in &province.units {
        if let (Some(parent), Some(cluster)) = (unit.parent, unit.cluster) {
            cluster_below.entry((unit.level, parent)).or_insert(cluster);
        }
    }
    for unit in &province.units {
        let row = |parent: Option<usize>, cluster: Option<usize>, from: String, to: String| {
            vec![
                unit.code.clone(),
                unit.name.clone(),
                campaign.kinds[unit.kind].id.to_string(),
                some(parent.map(code)),
                some(unit.sector.map(|sector| campaign.sectors[sector].id.to_string())),
                some(unit.ownership.as_ref().map(Text::to_string)),
                some(cluster.and_then(|cluster| clusters.get(cluster).cloned())),
                match unit.basis {
                    None => String::new(),
                    Some(LevelBasis::Own) => "own".to_owned(),
                    Some(LevelBasis::Children) => "children".to_owned(),
                },
                unit.members.to_string(),
                unit.followed_by.to_owned(),
                format!("{}@example.org", unit.code),
                from,
                to,
            ]
        };
        match unit.moved.and_then(|(day, other)| Some((day, day.yesterday().ok()?, other))) {
            None => rows.push(row(unit.parent, unit.cluster, unit.from.to_string(), String::new())),
            Some((day, before, other)) => {
                rows.push(row(unit.parent, unit.cluster, unit.from.to_string(), before.to_string()));
                let cluster = unit.cluster.and(cluster_below.get(&(unit.level, other)).copied());
                rows.push(row(Some(other), cluster, day.to_string(), String::new()));
            }
        }
    }
    rows
}

/// The indicators and levels of the campaign's own assigned targets. A value is shared out by
/// members; another target keeps the figure that the campaign assigned.
fn targets(campaign: &Campaign, province: &Province) -> Vec<Vec<String>> {
    let mut rows = vec![head(columns::TARGETS)];
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    for model in &campaign.assigned {
        let level = campaign.unit(model.unit).latest().level;
        if !seen.insert((model.indicator, level)) {
            continue;
        }
        let indicator = &campaign.indicators[model.indicator];
        let decimals = campaign.measure(&indicator.measure).map_or(0, |it| it.decimals);
        let here: Vec<&Unit> = province.units.iter().filter(|unit| is_due_at(campaign, unit, level)).collect();
        let all: i64 = here.iter().map(|unit| unit.members).sum::<i64>().max(1);
        for unit in here {
            let value = if indicator.shape == Shape::Value && level > 0 {
                (i128::from(indicator.target.low) * i128::from(unit.members) / i128::from(all)).max(1) as i64
            } else {
                model.value
            };
            rows.push(vec![
                unit.code.clone(),
                indicator.id.to_string(),
                shown(value, decimals),
                model.decided_by.to_string(),
                model.decision.to_string(),
            ]);
        }
    }
    rows
}

fn is_due_at(campaign: &Campaign, unit: &Unit, level: usize) -> bool {
    unit.level == level && campaign.kinds[unit.kind].is_due
}

/// The campaign's own decisions, about other units of the same level.
fn decisions(campaign: &Campaign, province: &Province, seed: u64) -> Vec<Vec<String>> {
    let mut rows = vec![head(columns::DECISIONS)];
    let mut random = Random::of(seed, &[key("decisions")]);
    let mut taken = BTreeSet::new();
    let wanted = if campaign.decisions.is_empty() { 0 } else { province.units.len().div_ceil(UNITS_PER_DECISION) };
    for n in 0..wanted {
        let model = &campaign.decisions[n % campaign.decisions.len()];
        let level = campaign.unit(model.unit).latest().level;
        let here: Vec<&Unit> = province.units.iter().filter(|unit| is_due_at(campaign, unit, level)).collect();
        let Some(unit) = random.pick(&here) else { continue };
        if !taken.insert(unit.code.clone()) {
            continue;
        }
        let what = match model.what {
            DecisionKind::Discipline => "discipline",
            DecisionKind::Exclude => "exclude",
            DecisionKind::OfficialClass => "official-class",
            DecisionKind::Place => "place",
        };
        rows.push(vec![
            what.to_owned(),
            unit.code.clone(),
            model.period.map_or_else(String::new, |period| campaign.period(period).id.to_string()),
            model.value.to_string(),
            model.who.to_string(),
            model.when.to_string(),
            model.why.to_string(),
        ]);
    }
    rows
}

/// A kept integer as a register writes it: `9050` with two decimals is `90.50`.
fn shown(value: i64, decimals: u8) -> String {
    let scale = 10u64.pow(u32::from(decimals).min(18));
    let (sign, value) = (if value < 0 { "-" } else { "" }, value.unsigned_abs());
    match decimals {
        0 => format!("{sign}{value}"),
        _ => format!("{sign}{}.{:0width$}", value / scale, value % scale, width = usize::from(decimals)),
    }
}

/// The measure of a field or column.
pub(crate) fn measure<'a>(campaign: &'a Campaign, id: Option<&thidua_model::MeasureId>) -> Option<&'a Measure> {
    campaign.measure(id?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_registers_of_the_files_table_are_renamed() {
        let text = "units = 3\n[files]\nunits = \"units.xlsx\" # list\nforms = [\n  \"a.toml\",\n]\n[other]\ntargets = \"x\"\n";
        let (new, replaced) = point_to_registers(text);
        let (_, new) = new.split_once('\n').expect("a first line says that it is synthetic");
        assert_eq!(
            new,
            "units = 3\n[files]\nunits = \"units.csv\"\nforms = [\n  \"a.toml\",\n]\n[other]\ntargets = \"x\"\n"
        );
        assert_eq!(replaced, BTreeMap::from([("units", "units.xlsx".to_owned())]));
        let (dotted, _) = point_to_registers("files.targets = 't.csv'\n");
        assert!(dotted.ends_with("files.targets = \"targets.csv\"\n"), "{dotted}");
    }

    #[test]
    fn a_target_is_written_in_its_measure() {
        for (value, decimals, expected) in [(9050, 2, "90.50"), (-5, 1, "-0.5"), (7, 0, "7")] {
            assert_eq!(shown(value, decimals), expected);
        }
    }
}
