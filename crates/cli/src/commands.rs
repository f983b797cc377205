//! One file for each command.

pub(crate) mod campaign;
pub(crate) mod check;
pub(crate) mod diff;
pub(crate) mod explain;
pub(crate) mod form;
pub(crate) mod publish;
pub(crate) mod read_workbooks;
pub(crate) mod rules;
pub(crate) mod run;
pub(crate) mod sample;
pub(crate) mod serve;
pub(crate) mod store;
pub(crate) mod template;
pub(crate) mod validate;
pub(crate) mod verify;
pub(crate) mod what_if;
pub(crate) mod workbook;

use crate::exit::BrokenDefinition;
use crate::words::Step;
use anyhow::Context;
use std::path::Path;
use thidua_campaign::{Campaign, LoadError};
use thidua_model::{Issue, Lang};
use thidua_release::Frozen;

/// Loads a definition; its problems are printed, in Vietnamese, and end the command.
fn load(folder: &Path) -> anyhow::Result<(Campaign, Vec<Issue>)> {
    match thidua_campaign::check(folder) {
        Ok(loaded) => Ok(loaded),
        Err(LoadError::Invalid { issues }) => Err(broken(&issues)),
        Err(error) => {
            Err(error).with_context(|| Step(format!("không đọc được định nghĩa phong trào {}", folder.display())))
        }
    }
}

/// Loads a release with the campaign that it was made of.
fn release(folder: &Path) -> anyhow::Result<(Frozen, Campaign)> {
    let release = thidua_release::load(folder)
        .with_context(|| Step(format!("không mở được bản phát hành {}", folder.display())))?;
    let campaign = thidua_release::campaign(&release.manifest, release.definition.clone())
        .with_context(|| Step("không đọc được định nghĩa trong bản phát hành".to_owned()))?;
    Ok((release, campaign))
}

/// Prints the problems of a definition.
fn broken(issues: &[Issue]) -> anyhow::Error {
    for issue in issues {
        eprintln!("{}", issue.render(Lang::Vi));
    }
    BrokenDefinition(issues.len()).into()
}
