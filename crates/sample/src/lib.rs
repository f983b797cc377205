//! Invents a province of any size and what its units send: seeded, synthetic, the same on every
//! machine.
//!
//! In:  a campaign, a number of units and a seed.
//! Out: a folder with a campaign of its own (`campaign/`), the workbooks of all units (`inbox/`)
//!      and a list of the mistakes made on purpose (`flaws.csv`).
//!
//! Everything follows from the definition: levels, kinds and deadlines say who sends what, forms
//! say what is asked, rules and indicators say what is a part of what, targets say how large
//! figures are. The campaign's own register shows which kinds, sectors and parents are usual.
//!
//! Not here: the layout of a workbook (`forms`).

mod definition;
mod figures;
mod files;
mod flaws;
mod inbox;
mod names;
mod province;
mod random;
mod relations;
mod rows;
mod world;

use std::io;
use std::path::{Path, PathBuf};
use thidua_campaign::{Campaign, LoadError};
use thidua_forms::FormsError;
use thidua_formula::FormulaError;
use thiserror::Error;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The folder of the invented campaign.
    pub campaign: PathBuf,
    /// The folder of what units sent, with `received.csv`.
    pub inbox: PathBuf,
    /// The list of mistakes made on purpose: `unit,document,period,file,flaw`.
    pub flaws: PathBuf,
    /// Units in the register, of all levels.
    pub units: usize,
    /// Workbooks in the inbox.
    pub files: usize,
}

/// Why a sample could not be made.
#[derive(Debug, Error)]
pub enum SampleError {
    #[error("{units} unit(s) cannot fill {levels} level(s) below one unit at the top")]
    Units { units: usize, levels: usize },
    #[error("{} is there already", path.display())]
    IsThere { path: PathBuf },
    #[error("campaign.toml does not name the register of units in a line of [files]")]
    NoFiles,
    #[error("the invented campaign does not load")]
    Campaign(#[from] LoadError),
    #[error("cannot make a workbook")]
    Forms(#[from] FormsError),
    #[error("cannot compute {what}")]
    Formula { what: String, source: FormulaError },
    #[error("cannot write {}", path.display())]
    Write { path: PathBuf, source: io::Error },
}

/// Writes a synthetic province.
///
/// # Input
/// `units`: units of all levels together, the one at the top included; at least one a level. The
/// levels between top and grassroots grow evenly: 2000 units on three levels are 1, 44 and 1955.
/// `seed`: the same seed gives the same bytes.
///
/// # Output
/// `<out>/campaign`, `<out>/inbox`, `<out>/flaws.csv`. Units that owe a document send it by its
/// deadline, but for the flaws: missing, late, sent twice, a number as text, a part above its
/// whole, an empty line, words in a count, a damaged file, no receipt.
///
/// # Errors
/// [`SampleError::IsThere`] when one of the three is in `out` already: files of an older sample
/// would be read with the new ones. [`SampleError::NoFiles`] for a campaign whose files are not
/// at hand, or whose `[files]` is not written a line an entry.
pub fn generate(campaign: &Campaign, units: usize, seed: u64, out: &Path) -> Result<Sample, SampleError> {
    let counts =
        counts(units, campaign.levels.len()).ok_or(SampleError::Units { units, levels: campaign.levels.len() })?;
    let sample = Sample {
        campaign: out.join("campaign"),
        inbox: out.join("inbox"),
        flaws: out.join("flaws.csv"),
        units,
        files: 0,
    };
    for path in [&sample.campaign, &sample.inbox, &sample.flaws] {
        if path.exists() {
            return Err(SampleError::IsThere { path: path.clone() });
        }
    }
    let province = province::invent(campaign, &counts, seed);
    definition::write_folder(campaign, &province, seed, &sample.campaign)?;
    let invented = thidua_campaign::load(&sample.campaign)?;
    let world = world::World::new(&invented, seed);
    let files = inbox::write_folder(&world, out)?;
    Ok(Sample { files, ..sample })
}

/// Units of each level, top first: each level is the same number of times larger than the one
/// above. `None` when they do not go round.
fn counts(units: usize, levels: usize) -> Option<Vec<usize>> {
    if levels == 0 || units < levels || (levels == 1 && units > 1) {
        return None;
    }
    let mut counts = vec![1];
    let mut rest = units - 1;
    for below in (1..levels).rev() {
        // Levels further down keep one unit each.
        let most = rest - (below - 1);
        let root = |n: usize| (1..=n).take_while(|it| it.saturating_pow(below as u32) <= n).last().unwrap_or(1);
        let count = if below == 1 { rest } else { (counts[counts.len() - 1] * root(rest)).clamp(1, most) };
        counts.push(count);
        rest -= count;
    }
    Some(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_go_round_over_the_levels() {
        for (units, levels, expected) in [
            (1, 1, Some(vec![1])),
            (2, 1, None),
            (2, 3, None),
            (3, 3, Some(vec![1, 1, 1])),
            (37, 3, Some(vec![1, 6, 30])),
            (2000, 3, Some(vec![1, 44, 1955])),
            (0, 2, None),
            (10, 2, Some(vec![1, 9])),
        ] {
            assert_eq!(counts(units, levels), expected, "{units} on {levels}");
        }
        let four = counts(10_000, 4).expect("they go round");
        assert_eq!(four.iter().sum::<usize>(), 10_000);
        assert!(four.windows(2).all(|pair| pair[0] < pair[1]), "{four:?}");
    }
}
