//! `thidua form adopt`: a draft of a form's definition from a blank workbook in use.

use crate::args::Adopt;
use crate::clock;
use crate::exit::NothingToAdopt;
use crate::new_file::NewFile;
use crate::print::print;
use crate::words::{self, Step};
use anyhow::Context;
use std::io::Write;
use std::path::{Path, PathBuf};
use thidua_adopt::{Adopted, Choice, Known};
use thidua_campaign::Campaign;
use thidua_model::{DocumentId, Issue, Lang, Place};
use thidua_sheets::{Book, Bounds, Limits, Pool};

pub(crate) fn adopt(args: &Adopt) -> anyhow::Result<()> {
    let year = clock::now().year();
    let known = match &args.campaign {
        Some(folder) => known(&super::load(folder)?.0, year),
        None => Known::nothing(year),
    };
    let file = args.blank.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let book = read(&args.blank, &file)?;
    let adopted = thidua_adopt::adopt(&book, &file, args.id.as_deref(), &known);
    if adopted.forms.is_empty() {
        return Err(NothingToAdopt(words::no_form(&file)).into());
    }
    match &args.out {
        Some(out) => write(out, &adopted),
        None => print(&adopted.forms.iter().map(|form| form.text.as_str()).collect::<Vec<_>>().join("\n")),
    }
}

/// Reads the workbook in a child process, as every file that somebody sent.
fn read(path: &Path, file: &str) -> anyhow::Result<Book> {
    let limits = Limits::default();
    let step = || Step(format!("không đọc được {}", path.display()));
    let size = std::fs::metadata(path).with_context(step)?.len();
    let refused = |refusal: thidua_sheets::Refusal| {
        let issue = Issue::new(refusal.kind(), Place::File { file: file.into() });
        anyhow::Error::from(NothingToAdopt(issue.render(Lang::Vi)))
    };
    // A file that is too large is not even loaded.
    if size > limits.file_bytes {
        let limit = thidua_model::issue::FileLimit::FileBytes;
        return Err(refused(thidua_sheets::Refusal::Limit { limit, found: size, allowed: limits.file_bytes }));
    }
    let bytes = std::fs::read(path).with_context(step)?;
    let book = match super::read_workbooks::reader() {
        Some(command) => {
            let start = || Step("không khởi động được chương trình đọc tệp".to_owned());
            Pool::new(command, 1, Bounds::default()).with_context(start)?.read(&bytes, &limits)
        }
        None => thidua_sheets::read(&bytes, &limits),
    };
    book.map_err(refused)
}

/// What the campaign has already; its last level, and the document that is due most often, are meant
/// where a form says nothing.
fn known(campaign: &Campaign, default_year: i16) -> Known {
    let deadlines = |id: &DocumentId| {
        let all = campaign.periods.iter().flat_map(|period| &period.deadlines);
        all.filter(|deadline| deadline.document == *id).count()
    };
    let mut documents: Vec<_> = campaign.documents.iter().filter(|document| document.has_form).collect();
    documents.sort_by_key(|document| std::cmp::Reverse(deadlines(&document.id)));
    let documents = documents.iter().map(|document| Choice::new(document.id.as_str(), &[&document.title.vi])).collect();
    let levels = campaign.levels.iter().rev().map(|level| {
        let kinds = campaign.kinds.iter().filter(|kind| kind.level == level.id);
        let titles: Vec<&str> = std::iter::once(&*level.title.vi).chain(kinds.map(|kind| &*kind.title.vi)).collect();
        Choice::new(level.id.as_str(), &titles)
    });
    Known {
        measures: campaign.measures.clone(),
        fields: campaign.fields.iter().map(|field| field.id.as_str().to_owned()).collect(),
        forms: campaign.forms.iter().map(|form| form.id.as_str().to_owned()).collect(),
        documents,
        levels: levels.collect(),
        year: Some(campaign.year),
        default_year,
    }
}

/// The first form as the file that was named, further ones beside it: `draft.toml`, `draft-2.toml`.
fn write(out: &Path, adopted: &Adopted) -> anyhow::Result<()> {
    let mut files: Vec<(PathBuf, NewFile)> = Vec::new();
    // All of them are begun before the first is finished, so that a name that is taken stops them together.
    for at in 0..adopted.forms.len() {
        let path = if at == 0 { out.to_owned() } else { beside(out, at + 1) };
        files.push((path.clone(), NewFile::begin(&path)?));
    }
    let mut said = String::new();
    for ((path, file), form) in files.into_iter().zip(&adopted.forms) {
        let step = || Step(format!("không ghi được {}", path.display()));
        let mut writer = file.writer()?;
        writer.write_all(form.text.as_bytes()).and_then(|()| writer.flush()).with_context(step)?;
        drop(writer);
        file.finish()?;
        said += &words::adopted(&path, &form.draft, form.measures.len());
    }
    for tab in &adopted.unused {
        said += &words::unused_tab(tab);
    }
    print(&said)
}

fn beside(out: &Path, number: usize) -> PathBuf {
    let stem = out.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let kind = out.extension().map_or_else(String::new, |kind| format!(".{}", kind.to_string_lossy()));
    out.with_file_name(format!("{stem}-{number}{kind}"))
}

#[cfg(test)]
mod tests {
    use super::beside;
    use std::path::Path;

    #[test]
    fn further_forms_stand_beside_the_first() {
        assert_eq!(beside(Path::new("forms/bieu.toml"), 2), Path::new("forms/bieu-2.toml"));
        assert_eq!(beside(Path::new("bieu"), 3), Path::new("bieu-3"));
    }
}
