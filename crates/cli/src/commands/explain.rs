//! `thidua explain`

use crate::args::{Explain, Format};
use crate::exit::Usage;
use anyhow::Context;

pub(crate) fn explain(args: &Explain) -> anyhow::Result<()> {
    let release = thidua_release::load(&args.release)
        .with_context(|| format!("cannot load the release {}", args.release.display()))?;
    let campaign = thidua_campaign::from_files(release.definition.clone())
        .context("the definition inside the release cannot be read")?;
    let explanation = thidua_release::explain(&release, &campaign, &args.unit, args.indicator.as_deref())
        .map_err(|error| Usage(error.to_string()))?;
    match args.format {
        Format::Text => print!("{}", explanation.render(args.lang.into())),
        Format::Json => println!("{}", serde_json::to_string_pretty(&explanation)?),
    }
    Ok(())
}
