//! `thidua explain`

use crate::args::{Explain, Format};
use crate::exit::Usage;
use crate::print::print;
use crate::words::{self, Step};
use anyhow::Context;

pub(crate) fn explain(args: &Explain) -> anyhow::Result<()> {
    let release = thidua_release::load(&args.release)
        .with_context(|| Step(format!("không mở được bản phát hành {}", args.release.display())))?;
    let campaign = thidua_campaign::from_files(release.definition.clone())
        .with_context(|| Step("không đọc được định nghĩa trong bản phát hành".to_owned()))?;
    let explanation = thidua_release::explain(&release, &campaign, &args.unit, args.indicator.as_deref())
        .map_err(|error| Usage(words::unexplained(&error)))?;
    match args.format {
        Format::Text => print(&explanation.render(args.lang.into())),
        Format::Json => print(&format!("{}\n", serde_json::to_string_pretty(&explanation)?)),
    }
}
