//! A sheet as data: what stands where, before any library draws it.
//!
//! In:  nothing; each sheet's module fills these types.
//! Out: [`Sheet`], which `write` draws and tests can read.
//!
//! Not here: formats and print set-up (`style`, `write`), what the cells say (a module for each
//! sheet).

use thidua_model::date::days;
use thidua_model::words::{Basis, Reason, Verdict};
use thidua_model::{Date, DateTime, Lang, Points, Text};

/// One sheet of the workbook with its tables one below the other.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sheet {
    /// Tab name, at most 31 characters.
    pub(crate) name: String,
    pub(crate) title: String,
    /// What the contents on the cover say about it.
    pub(crate) about: String,
    /// Tables of the release whose rows it shows, one by one.
    pub(crate) tables: Vec<Text>,
    /// Paragraphs above the tables: how to read them.
    pub(crate) notes: Vec<String>,
    /// The most that each column may take, in digits; shared by all blocks (`layout`).
    pub(crate) widths: Vec<f64>,
    pub(crate) blocks: Vec<Block>,
    /// Columns that stay in view and stand on every printed page.
    pub(crate) frozen: u16,
    /// First columns of further pages across; empty: the sheet fits one page across.
    pub(crate) page_columns: Vec<u16>,
    /// Columns from here on are for the screen and not for paper.
    pub(crate) screen_from: Option<u16>,
    /// Its rows stand below bands that a filter would tear from them.
    pub(crate) is_unfiltered: bool,
    /// Ends with room for the signatures that an annex has.
    pub(crate) is_signed: bool,
    /// Drawings of the last table, below it.
    pub(crate) charts: Vec<Chart>,
}

/// A drawing of columns of a table, one mark a row.
#[derive(Debug, Clone)]
pub(crate) struct Chart {
    pub(crate) kind: ChartKind,
    pub(crate) title: String,
    /// Which block of the sheet is drawn.
    pub(crate) block: usize,
    /// Column with the names of the marks.
    pub(crate) names: u16,
    /// Columns that are drawn, each with the words of its heading.
    pub(crate) series: Vec<u16>,
    /// What a reader hears who does not see it.
    pub(crate) alt: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChartKind {
    /// Columns side by side, the last series as marks without a line: the target.
    Target,
    /// From lowest to highest with the middle between.
    Spread,
}

/// A table with its headings.
#[derive(Debug, Clone, Default)]
pub(crate) struct Block {
    pub(crate) title: Option<String>,
    pub(crate) heads: Vec<Head>,
    pub(crate) rows: Vec<Row>,
    /// What stands in the table when it has no rows.
    pub(crate) when_empty: &'static str,
    /// Small lines: the column that holds them, the first and last column that they draw.
    pub(crate) sparks: Option<(u16, u16, u16)>,
    /// Goes on from the table before it, which a page ended.
    pub(crate) continues: bool,
    /// Columns whose numbers get an arrow up, level or down beside them.
    pub(crate) arrows: Vec<u16>,
}

/// The heading of a column; equal groups side by side share one cell above.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    pub(crate) group: Option<String>,
    pub(crate) text: String,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    pub(crate) cells: Vec<Cell>,
    /// Totals, the unit that matters.
    pub(crate) is_strong: bool,
    /// Belongs to an alternate group of rows.
    pub(crate) is_shaded: bool,
    /// First row of a group.
    pub(crate) is_group_start: bool,
    /// A heading between rows: its first cell runs over the whole width.
    pub(crate) is_band: bool,
    /// Rows of one level stand together below the row above them and can be folded; 0: not.
    pub(crate) level: u8,
    /// A name that a [`Cell::Jump`] leads to.
    pub(crate) anchor: Option<String>,
}

/// One cell. Texts are never taken for formulas; there is no empty cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    /// Text below others, as a criterion below its standard.
    Indented(u8, String),
    /// Codes and signs.
    Centre(String),
    /// Why there is no value.
    Word(String),
    /// A column that other tables of the sheet have and this one does not.
    Gap,
    Number(f64, u8),
    /// A true percentage: 0.9 with one decimal shows as `90,0 %`.
    Percent(f64, u8),
    Date(Date),
    /// Shown with two digits of the year.
    ShortDate(Date),
    /// Shown to the minute.
    Time(DateTime),
    /// Holds a drawing instead of a value.
    Drawing,
    /// A text with a link: what to show, where it leads.
    Link(String, String),
    /// A text that leads to the row with an anchor, wherever that stands.
    Jump(String, String),
    /// A formula that whoever checks can follow, and what it gives. `{r}` is the number of its row.
    Live(String, Box<Cell>),
}

impl Head {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { group: None, text: text.into() }
    }
    /// The heading of a [`Cell::Gap`].
    pub(crate) fn gap() -> Self {
        Self::new("")
    }
    pub(crate) fn is_gap(&self) -> bool {
        self.text.is_empty()
    }
    pub(crate) fn below(group: impl Into<String>, text: impl Into<String>) -> Self {
        Self { group: Some(group.into()), text: text.into() }
    }
}

/// Headings without groups.
pub(crate) fn heads(texts: &[&str]) -> Vec<Head> {
    texts.iter().map(|&text| Head::new(text)).collect()
}

impl Row {
    pub(crate) fn new(cells: Vec<Cell>) -> Self {
        Self { cells, ..Self::default() }
    }
    pub(crate) fn band(text: impl Into<String>) -> Self {
        Self { cells: vec![Cell::Text(text.into())], is_band: true, ..Self::default() }
    }
}

/// Gives alternate groups of rows a light ground and a stronger line above: rows of one group
/// have equal keys and stand together.
pub(crate) fn group_rows<K: PartialEq>(rows: Vec<(K, Row)>) -> Vec<Row> {
    let (mut out, mut last, mut is_shaded) = (Vec::with_capacity(rows.len()), None, true);
    for (key, mut row) in rows {
        if last.as_ref() != Some(&key) {
            is_shaded = !is_shaded;
            row.is_group_start = !out.is_empty();
            last = Some(key);
        }
        row.is_shaded = is_shaded;
        out.push(row);
    }
    out
}

impl Cell {
    /// Text, or a word where it is absent or blank.
    pub(crate) fn text_or(text: Option<&str>, word: &str) -> Self {
        match text.map(str::trim) {
            Some(text) if !text.is_empty() => Self::Text(text.to_owned()),
            _ => Self::word(word),
        }
    }
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
    pub(crate) fn centre(text: impl Into<String>) -> Self {
        Self::Centre(text.into())
    }
    pub(crate) fn word(text: impl Into<String>) -> Self {
        Self::Word(text.into())
    }
    pub(crate) fn reason(reason: Option<Reason>) -> Self {
        Self::word(reason.map_or("chưa có số liệu", |it| it.words(Lang::Vi)))
    }
    pub(crate) fn int(value: i64) -> Self {
        Self::kept(value, 0)
    }
    pub(crate) fn count(value: usize) -> Self {
        Self::Number(value as f64, 0)
    }
    /// A kept integer of `10^-decimals` of its measure. Beyond 2^53 a spreadsheet would round:
    /// then it is a text.
    pub(crate) fn kept(value: i64, decimals: u32) -> Self {
        if value.unsigned_abs() > 1 << 53 {
            return Self::text(crate::words::number(value, decimals));
        }
        Self::Number(value as f64 / 10f64.powi(decimals as i32), decimals.min(9) as u8)
    }
    pub(crate) fn kept_or(value: Option<i64>, decimals: u32, word: &str) -> Self {
        value.map_or_else(|| Self::word(word), |value| Self::kept(value, decimals))
    }
    pub(crate) fn points(points: Option<Points>, reason: Option<Reason>) -> Self {
        points.map_or_else(|| Self::reason(reason), |points| Self::Number(points.to_f64(), 2))
    }
    pub(crate) fn verdict(verdict: Verdict) -> Self {
        Self::centre(format!("{} {}", crate::words::sign(verdict), verdict.words(Lang::Vi)))
    }
    pub(crate) fn basis(basis: Basis) -> Self {
        Self::text(basis.words(Lang::Vi))
    }
    pub(crate) fn live(formula: impl Into<String>, gives: Self) -> Self {
        Self::Live(formula.into(), Box::new(gives))
    }
    pub(crate) fn date_or(date: Option<Date>, word: &str) -> Self {
        date.map_or_else(|| Self::word(word), Self::Date)
    }

    /// The text by which the height of a row is estimated; numbers never wrap.
    pub(crate) fn wrapped(&self) -> Option<&str> {
        match self {
            Self::Text(text)
            | Self::Indented(_, text)
            | Self::Centre(text)
            | Self::Word(text)
            | Self::Link(text, _)
            | Self::Jump(text, _) => Some(text),
            Self::Live(_, gives) => gives.wrapped(),
            Self::Number(..)
            | Self::Percent(..)
            | Self::Date(_)
            | Self::ShortDate(_)
            | Self::Time(_)
            | Self::Gap
            | Self::Drawing => None,
        }
    }
}

/// Excel's day number: 61 is 1900-03-01, after the 29/02/1900 that never was.
pub(crate) fn serial(date: Date) -> f64 {
    (days(date) + 25_569) as f64
}
