//! Lines for people, in one of the two languages; columns that stand under each other.
//!
//! Not here: what a command has to say (`commands`).

use std::fmt::Write;
use thidua_campaign::{Bilingual, Campaign};
use thidua_model::{Lang, Points, numerals};

/// Text that grows by lines.
pub(crate) struct Page {
    pub(crate) text: String,
    pub(crate) lang: Lang,
}

impl Page {
    pub(crate) fn new(lang: Lang) -> Self {
        Self { text: String::new(), lang }
    }

    pub(crate) fn say<'s>(&self, vi: &'s str, en: &'s str) -> &'s str {
        match self.lang {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }

    pub(crate) fn line(&mut self, depth: usize, text: &str) {
        let _ = writeln!(self.text, "{:indent$}{}", "", text.trim_end(), indent = depth * 2);
    }

    /// An empty line, then words.
    pub(crate) fn heading(&mut self, vi: &str, en: &str) {
        self.text.push('\n');
        let heading = self.say(vi, en).to_owned();
        self.line(0, &heading);
    }

    /// Rows of cells, each column as wide as its widest cell; `right`: columns of numbers.
    pub(crate) fn table(&mut self, depth: usize, right: &[usize], rows: &[Vec<String>]) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let width =
            |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|it| it.chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for row in rows {
            let cells = row.iter().zip(&widths).enumerate().map(|(at, (cell, &width))| match right.contains(&at) {
                true => format!("{cell:>width$}"),
                false => format!("{cell:width$}"),
            });
            let line = cells.collect::<Vec<_>>().join("  ");
            self.line(depth, &line);
        }
    }

    /// A whole number, as the language writes it.
    pub(crate) fn count(&self, count: u64) -> String {
        numerals::decimal(i128::from(count), 0, false, self.lang)
    }

    /// Points with every decimal that is not zero.
    pub(crate) fn points(&self, points: Points) -> String {
        numerals::number(points.0, 9, self.lang)
    }

    /// Points to two decimals, for columns.
    pub(crate) fn rounded(&self, points: Option<Points>) -> String {
        let hundredths = |points: Points| points.scaled(1, i128::from(Points::ONE) / 100);
        match points.and_then(hundredths) {
            Some(hundredths) => numerals::decimal(i128::from(hundredths.0), 2, true, self.lang),
            None => "–".to_owned(),
        }
    }

    /// Every decimal that is not zero, and the sign: parts that add up can be seen to.
    pub(crate) fn signed(&self, points: Points) -> String {
        format!("{}{}", if points > Points::ZERO { "+" } else { "" }, self.points(points))
    }

    pub(crate) fn word<'b>(&self, words: &'b Bilingual) -> &'b str {
        match self.lang {
            Lang::Vi => &words.vi,
            Lang::En => &words.en,
        }
    }
}

/// The newest name of a unit with its code; the code alone where no unit has it.
pub(crate) fn unit(campaign: &Campaign, code: &str) -> String {
    match campaign.find_unit(code) {
        Some(unit) => format!("{} ({code})", campaign.unit(unit).latest().name),
        None => code.to_owned(),
    }
}
