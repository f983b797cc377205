//! An invented country: its definition, its register, and what its unions reported.
//!
//! In:  a number of grassroots unions and a seed.
//! Out: files of a campaign that loads like any other; an [`Intake`](thidua_model::Intake) as
//!      reading their workbooks would give it.

mod random;
mod register;
mod reports;

pub(crate) use reports::reports;

use thidua_campaign::DefinitionFile;

/// The definition's own files.
const FILES: [(&str, &str); 4] = [
    ("campaign.toml", include_str!("../../country/campaign.toml")),
    ("indicators.toml", include_str!("../../country/indicators.toml")),
    ("scoring.toml", include_str!("../../country/scoring.toml")),
    ("bao-cao.toml", include_str!("../../country/bao-cao.toml")),
];

pub(crate) fn definition(grassroots: usize, seed: u64) -> Vec<DefinitionFile> {
    let register = register::Register::invent(grassroots, seed);
    let mut files: Vec<(&str, String)> = FILES.map(|(name, text)| (name, text.to_owned())).into();
    files[0].1.push_str(&register.clusters());
    files.push(("units.csv", register.units()));
    files.push(("targets.csv", register.targets()));
    let file = |(name, text): (&str, String)| DefinitionFile {
        name: name.into(),
        // A release gives them the digest of their bytes.
        digest: "".into(),
        bytes: text.into_bytes().into(),
    };
    files.into_iter().map(file).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use thidua_model::RunOptions;

    #[test]
    fn a_small_country_becomes_a_release_that_opens() {
        let campaign = thidua_campaign::from_files(definition(700, 1)).expect("the definition is valid");
        assert_eq!(campaign.indicators.len(), 23);
        let intake = reports(&campaign, 1);
        let outcome = thidua_compute::compute(&campaign, &intake, &RunOptions::default());
        let of_grassroots = outcome.indicators.iter().filter(|row| &*row.level == "grassroots").count();
        assert_eq!(of_grassroots, 700 * 23 * 2);
        assert!(outcome.rankings.iter().any(|row| row.place == Some(1)) && !outcome.classes.is_empty());

        let frozen = thidua_release::freeze(&campaign, &intake, &outcome, &RunOptions::default());
        let out = tempfile::tempdir().expect("a folder");
        let opened = thidua_release::open(&thidua_release::write(&frozen, &[], out.path()).expect("written"));
        let opened = opened.expect("it opens");
        assert!(thidua_campaign::from_files(opened.definition.clone()).is_ok());
        let rows = |name: &str| opened.table(name).expect("a stage").rows();
        assert_eq!(rows("indicators"), outcome.indicators.len());
        assert!(rows("facts") > 700 * 2 * 18 && rows("works") > 100 && rows("issues") > 0);
    }

    #[test]
    fn one_seed_gives_one_country() {
        let texts = |seed| definition(300, seed).into_iter().map(|file| file.bytes).collect::<Vec<_>>();
        assert_eq!(texts(5), texts(5));
        assert_ne!(texts(5), texts(6));
    }
}
