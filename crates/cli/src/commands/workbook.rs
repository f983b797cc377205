//! `thidua workbook`: books of a release that is there already.

use crate::args::Workbook;
use crate::exit::Usage;
use crate::new_file::NewFile;
use crate::print::print;
use crate::words::{self, Step};
use anyhow::Context;
use thidua_pipeline::books;

pub(crate) fn workbook(args: &Workbook) -> anyhow::Result<()> {
    let (release, campaign) = super::release(&args.release)?;
    let profile = args.profile.into();
    if args.split_by.is_some() {
        let written = books::split_by_superior(&campaign, &release, profile, &args.out);
        let written = written.map_err(|error| {
            let step = words::step(&error);
            anyhow::Error::new(error).context(step)
        })?;
        return print(&written.iter().map(|path| format!("{}\n", path.display())).collect::<String>());
    }
    let unmade = || Step("không lập được sổ tổng hợp".to_owned());
    let bytes = match &args.superior {
        None => books::book(&campaign, &release, profile).with_context(unmade)?,
        Some(code) => books::book_of_superior(&campaign, &release, code, profile)
            .with_context(unmade)?
            .ok_or_else(|| Usage(format!("không có đơn vị “{code}” · there is no unit \"{code}\"")))?,
    };
    NewFile::write(&args.out, &bytes)?;
    print(&format!("{}\n", args.out.display()))
}
