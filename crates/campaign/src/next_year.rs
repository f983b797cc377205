//! The definition of the next year, made from an old one.
//!
//! In:  a definition, and the year that is to come.
//! Out: its files: the same forms, indicators, scoring and register; every date of `campaign.toml`
//!      and of the forms moved by the years between; id, year and titles of the new year; targets
//!      and decisions empty.
//!
//! Texts are edited where a value stands and nowhere else, so that comments and layout stay. What
//! only people know (are the deadlines still these? which targets?) is for whoever calls this to ask.

use crate::columns;
use crate::definition::{Campaign, DefinitionFile};
use crate::differences::{FileRole, roles};
use std::ops::Range;
use thidua_model::{Date, Text};
use thiserror::Error;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The empty register of targets.
pub const TARGETS_FILE: &str = "targets.csv";
/// The empty register of decisions.
pub const DECISIONS_FILE: &str = "decisions.csv";

/// A new definition, not yet checked.
#[derive(Debug, Clone)]
pub struct NextYear {
    pub id: String,
    /// Sorted by name.
    pub files: Vec<DefinitionFile>,
    /// Lines of the TOML files that still speak of the old year: file, line, text.
    pub old_year: Vec<(Text, u32, String)>,
}

/// Why there is none.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum NextYearError {
    #[error("the campaign is of the year {year} already")]
    SameYear { year: i16 },
    #[error("the id {id:?} does not hold the year {year}; give a new id")]
    NoYearInId { id: String, year: i16 },
    #[error("the new campaign needs an id of its own")]
    SameId { id: String },
    #[error("a file of the definition holds no TOML: {file}")]
    NoToml { file: String },
    #[error("the date {date} in {file} cannot be moved to another year")]
    NoSuchDate { file: String, date: String },
}

/// Makes the definition of `year`. `id`: its id, if it is not the old one with the year replaced.
///
/// # Errors
/// [`NextYearError`].
pub fn next_year(old: &Campaign, year: i16, id: Option<&str>) -> Result<NextYear, NextYearError> {
    if year == old.year {
        return Err(NextYearError::SameYear { year });
    }
    let id = match id {
        Some(id) => id.to_owned(),
        None if old.id.contains(&old.year.to_string()) => old.id.replacen(&old.year.to_string(), &year.to_string(), 1),
        None => return Err(NextYearError::NoYearInId { id: old.id.to_string(), year: old.year }),
    };
    if *id == *old.id {
        return Err(NextYearError::SameId { id });
    }
    let roles = roles(&old.files);
    let mut files = Vec::new();
    for file in &old.files {
        match roles.get(&file.name) {
            Some(FileRole::Targets) => files.push(empty(TARGETS_FILE, columns::TARGETS)),
            Some(FileRole::Decisions) => files.push(empty(DECISIONS_FILE, columns::DECISIONS)),
            Some(role @ (FileRole::Main | FileRole::Form)) => {
                let edits = Edits { file: &file.name, from: old.year, to: year, id: &id, all: Vec::new() };
                files.push(edits.applied(file, *role == FileRole::Main)?);
            }
            _ => files.push(file.clone()),
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let old_year = files.iter().flat_map(|file| speaking_of(file, old.year)).collect();
    Ok(NextYear { id, files, old_year })
}

fn empty(name: &str, columns: &[&str]) -> DefinitionFile {
    DefinitionFile::new(name, format!("{}\n", columns.join(",")).into_bytes())
}

/// Lines of a TOML file that hold a year as a number of its own.
fn speaking_of(file: &DefinitionFile, year: i16) -> Vec<(Text, u32, String)> {
    if !file.name.ends_with(".toml") {
        return Vec::new();
    }
    let text = String::from_utf8_lossy(&file.bytes).into_owned();
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !places(line, year).is_empty());
    lines.map(|(at, line)| (file.name.clone(), at, line.trim().to_owned())).collect()
}

/// Where a text holds a year that is no part of a longer number, word or date.
fn places(text: &str, year: i16) -> Vec<Range<usize>> {
    let is_part = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
    text.match_indices(&year.to_string())
        .map(|(at, found)| at..at + found.len())
        .filter(|place| !is_part(text[..place.start].chars().next_back()) && !is_part(text[place.end..].chars().next()))
        .collect()
}

/// What is written otherwise in one file.
struct Edits<'a> {
    file: &'a str,
    from: i16,
    to: i16,
    id: &'a str,
    /// Byte ranges, not overlapping.
    all: Vec<(Range<usize>, String)>,
}

impl Edits<'_> {
    fn applied(mut self, file: &DefinitionFile, is_main: bool) -> Result<DefinitionFile, NextYearError> {
        let no_toml = || NextYearError::NoToml { file: file.name.to_string() };
        let whole = std::str::from_utf8(&file.bytes).map_err(|_| no_toml())?;
        // A byte order mark is no part of the text; it stays.
        let (mark, text) = whole.strip_prefix('\u{feff}').map_or(("", whole), |rest| ("\u{feff}", rest));
        let table = DeTable::parse(text).map_err(|_| no_toml())?;
        let table = table.get_ref();
        if is_main {
            self.main(table);
        }
        self.table(table, text)?;
        self.all.sort_by_key(|(place, _)| place.start);
        let mut edited = mark.to_owned();
        let mut at = 0;
        for (place, by) in &self.all {
            edited.push_str(&text[at..place.start]);
            edited.push_str(by);
            at = place.end;
        }
        edited.push_str(&text[at..]);
        Ok(DefinitionFile::new(file.name.as_ref(), edited.into_bytes()))
    }

    /// What `campaign.toml` alone says.
    fn main(&mut self, table: &DeTable<'_>) {
        let place = |table: &DeTable<'_>, key: &str| table.get(key).map(Spanned::span);
        let values = [(place(table, "id"), format!("{:?}", self.id)), (place(table, "year"), self.to.to_string())];
        self.all.extend(values.into_iter().filter_map(|(place, value)| Some((place?, value))));
        if let Some(DeValue::Table(files)) = table.get("files").map(Spanned::get_ref) {
            let names = [("targets", TARGETS_FILE), ("decisions", DECISIONS_FILE)];
            let names = names.into_iter().filter_map(|(key, name)| Some((place(files, key)?, format!("{name:?}"))));
            self.all.extend(names);
        }
    }

    fn table(&mut self, table: &DeTable<'_>, text: &str) -> Result<(), NextYearError> {
        for (key, value) in table {
            if key.get_ref() == "title" {
                self.title(value, text);
            }
            self.value(value, text)?;
        }
        Ok(())
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>, text: &str) -> Result<(), NextYearError> {
        match value.get_ref() {
            DeValue::Table(table) => self.table(table, text),
            DeValue::Array(values) => values.iter().try_for_each(|value| self.value(value, text)),
            DeValue::Datetime(moment) if moment.date.is_some() => self.date(value.span(), text),
            _ => Ok(()),
        }
    }

    /// The day of a date, whatever time stands behind it.
    fn date(&mut self, span: Range<usize>, text: &str) -> Result<(), NextYearError> {
        let day = span.start..(span.start + "2014-02-20".len()).min(span.end);
        let written = &text[day.clone()];
        let wrong = || NextYearError::NoSuchDate { file: self.file.to_owned(), date: written.to_owned() };
        let date: Date = written.parse().map_err(|_| wrong())?;
        let moved = moved(date, self.to - self.from).ok_or_else(wrong)?;
        self.all.push((day, moved.to_string()));
        Ok(())
    }

    /// The year in a title, unless it stands in a date or among other years.
    fn title(&mut self, value: &Spanned<DeValue<'_>>, text: &str) {
        match value.get_ref() {
            DeValue::Table(both) => both.values().for_each(|value| self.title(value, text)),
            DeValue::String(_) => {
                let span = value.span();
                let written = &text[span.clone()];
                for place in places(written, self.from) {
                    let is_joined = |sign: Option<char>| sign.is_some_and(|sign| "/-–.".contains(sign));
                    let before = written[..place.start].trim_end().chars().next_back();
                    let mut after = written[place.end..].trim_start().chars();
                    // `2014.` may end a sentence; `2014-2015` is a span of years.
                    let is_of_span = is_joined(after.next()) && after.next().is_some_and(|sign| sign.is_ascii_digit());
                    if !is_joined(before) && !is_of_span {
                        let place = span.start + place.start..span.start + place.end;
                        self.all.push((place, self.to.to_string()));
                    }
                }
            }
            _ => {}
        }
    }
}

/// The same day of another year; the 29th of February becomes the 28th where there is none.
fn moved(date: Date, years: i16) -> Option<Date> {
    let year = date.year().checked_add(years)?;
    let last_of_february = (date.month() == 2 && date.day() == 29).then(|| Date::new(year, 2, 28).ok()).flatten();
    Date::new(year, date.month(), date.day()).ok().or(last_of_february)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::from_files;
    use crate::load::tests::files;

    fn small() -> Vec<DefinitionFile> {
        // A register that says since when: without a day a row begins with the campaign.
        let since =
            |text: String| text.replace("tre,a,,", "tre,a,2019-01-01,").replace("vung,,,,,", "vung,,,,2019-01-01,");
        files().into_iter().map(|(name, text)| DefinitionFile::new(name, since(text).into_bytes())).collect()
    }

    fn text(files: &[DefinitionFile], name: &str) -> String {
        let file = files.iter().find(|file| &*file.name == name).expect("a file");
        String::from_utf8(file.bytes.to_vec()).expect("UTF-8")
    }

    #[test]
    fn every_date_moves_and_nothing_else_is_touched() {
        let mut old = small();
        let edited = text(&old, "campaign.toml")
            .replace("Thi đua câu lạc bộ", "Thi đua năm 2020")
            .replace("source = \"Kế hoạch 1\"", "source = \"Kế hoạch 1/2020\" # of 2020-01-05")
            .replace("campaign\" }", "campaign 2020-2021\" }");
        old[0] = DefinitionFile::new("campaign.toml", format!("\u{feff}{edited}").into_bytes());
        let old = from_files(old).expect("a valid definition");
        let new = next_year(&old, 2021, None).expect("a next year");
        assert_eq!(new.id, "clb-2021");
        let main = text(&new.files, "campaign.toml");
        let expected = [
            ("id = \"clb-2020\"", "id = \"clb-2021\""),
            ("year = 2020", "year = 2021"),
            ("Thi đua năm 2020", "Thi đua năm 2021"),
            ("from = 2020-01-01", "from = 2021-01-01"),
            ("to = 2020-01-31", "to = 2021-01-31"),
            ("as_of = 2020-01-31", "as_of = 2021-01-31"),
            ("by = 2020-02-05", "by = 2021-02-05"),
            ("from = 2020-02-01", "from = 2021-02-01"),
            ("to = 2020-02-29", "to = 2021-02-28"),
            ("as_of = 2020-02-29", "as_of = 2021-02-28"),
            ("before = 2020-03-05", "before = 2021-03-05"),
        ];
        let by_hand =
            expected.iter().fold(text(&old.files, "campaign.toml"), |text, (from, to)| text.replace(from, to));
        assert_eq!(main, by_hand);
        assert!(main.contains("1/2020\" # of 2020-01-05") && main.contains("2020-2021"), "{main}");
        assert!(text(&new.files, "forms/thang.toml").contains("valid_from = 2021-01-01"));
        for name in ["units.csv", "indicators.toml"] {
            assert_eq!(text(&new.files, name), text(&old.files, name));
        }
        assert_eq!(text(&new.files, "targets.csv"), "unit,indicator,value,decided_by,decision\n");
        assert_eq!(text(&new.files, "decisions.csv"), "what,unit,period,value,who,when,why\n");
        let lines: Vec<u32> = new.old_year.iter().map(|(_, line, _)| *line).collect();
        assert_eq!(lines, [3, 5], "{:?}", new.old_year);
        let loaded = from_files(new.files).expect("a valid definition");
        assert_eq!((loaded.year, loaded.assigned.len(), loaded.decisions.len()), (2021, 0, 0));
    }

    #[test]
    fn registers_of_other_names_give_way_to_empty_ones() {
        let mut old = small();
        let edited = text(&old, "campaign.toml").replace("\"targets.csv\"", "'giao/chi tieu.csv'");
        old[0] = DefinitionFile::new("campaign.toml", edited.into_bytes());
        let targets = old.iter_mut().find(|file| &*file.name == "targets.csv").expect("targets");
        *targets = DefinitionFile::new("giao/chi tieu.csv", targets.bytes.to_vec());
        let old = from_files(old).expect("a valid definition");
        let new = next_year(&old, 2024, Some("clb-moi")).expect("a next year");
        let names: Vec<&str> = new.files.iter().map(|file| &*file.name).collect();
        assert!(names.contains(&TARGETS_FILE) && !names.contains(&"giao/chi tieu.csv"), "{names:?}");
        let loaded = from_files(new.files).expect("a valid definition");
        assert_eq!((&*loaded.id, loaded.assigned.len()), ("clb-moi", 0));
        assert_eq!(loaded.periods[1].to, Date::constant(2024, 2, 29));
    }

    #[test]
    fn a_year_that_cannot_be_told_is_asked_for() {
        let old = from_files(small()).expect("a valid definition");
        assert_eq!(next_year(&old, 2020, None).err(), Some(NextYearError::SameYear { year: 2020 }));
        assert_eq!(
            next_year(&old, 2021, Some("clb-2020")).err(),
            Some(NextYearError::SameId { id: "clb-2020".to_owned() })
        );
        let mut nameless = small();
        let edited = text(&nameless, "campaign.toml").replace("clb-2020", "clb");
        nameless[0] = DefinitionFile::new("campaign.toml", edited.into_bytes());
        let nameless = from_files(nameless).expect("a valid definition");
        let wanted = NextYearError::NoYearInId { id: "clb".to_owned(), year: 2020 };
        assert_eq!(next_year(&nameless, 2021, None).err(), Some(wanted));
    }

    #[test]
    fn a_year_is_found_where_it_stands_alone() {
        for (text, expected) in [
            ("năm 2014", 1),
            ("2014–2014", 2),
            ("12014", 0),
            ("a2014", 0),
            ("\\u2014", 0),
            ("1454/2014", 1),
            ("20145", 0),
        ] {
            assert_eq!(places(text, 2014).len(), expected, "{text}");
        }
    }
}
