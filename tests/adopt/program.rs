//! Makes a campaign of drafts.

pub(crate) use crate::start::{text, thidua, top};

use std::path::Path;

/// Names of the workbooks in a folder, in order.
pub(crate) fn workbooks(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).expect("the workbooks");
    let mut names: Vec<String> =
        files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| !name.ends_with(".csv"));
    names.sort();
    names
}

/// The campaign without forms, copied, with the drafts of a blank workbook: they are put into the
/// folder as they are, and the measures that they ask for are taken out of their comments.
pub(crate) fn campaign_of_drafts(folder: &Path, blank: &Path) {
    let from = top("tests/adopt/campaign");
    for name in ["campaign.toml", "units.csv", "targets.csv", "decisions.csv", "indicators.toml", "scoring.toml"] {
        std::fs::copy(from.join(name), folder.join(name)).expect("copied");
    }
    std::fs::create_dir(folder.join("forms")).expect("made");
    let (blank, out) = (blank.to_str().expect("UTF-8"), folder.join("forms/draft.toml"));
    let campaign = folder.to_str().expect("UTF-8");
    let done = thidua(&["form", "adopt", blank, "--campaign", campaign, "--out", out.to_str().expect("UTF-8")]);
    assert!(done.status.success(), "{}", text(&done.stderr));

    let drafts = workbooks(&folder.join("forms"));
    let mut measures: Vec<String> = Vec::new();
    for draft in &drafts {
        let draft = std::fs::read_to_string(folder.join("forms").join(draft)).expect("a draft");
        let Some((_, asked)) = draft.split_once("without the #.\n") else { continue };
        let asked: String = asked.lines().map(|line| line.trim_start_matches("# ").trim_start_matches('#')).fold(
            String::new(),
            |mut all, line| {
                all += line;
                all.push('\n');
                all
            },
        );
        // Two drafts of one workbook may ask for the same.
        for measure in asked.split("[[measures]]").skip(1) {
            if !measures.iter().any(|known| known.trim() == measure.trim()) {
                measures.push(measure.to_owned());
            }
        }
    }
    let listed: Vec<String> = drafts.iter().map(|draft| format!("\"forms/{draft}\"")).collect();
    let path = folder.join("campaign.toml");
    let mut definition = std::fs::read_to_string(&path).expect("readable");
    definition = definition.replace("forms = []", &format!("forms = [{}]", listed.join(", ")));
    for measure in measures {
        definition += &format!("\n[[measures]]{measure}");
    }
    std::fs::write(&path, definition).expect("written");
}
