//! Trying rules before they are switched on: how many units each would ask.
//!
//! In:  a campaign folder, an inbox, which rules, and the day whose rules are meant.
//! Out: for each rule and period how many units pass, fail, are undecided or have explained, with
//!      examples. Nothing is stored.
//!
//! Rules that are not in force are tried like the others; those in force stay so, since what they
//! make suspect is left out elsewhere.

use crate::{PipelineError, Stage};
use std::path::Path;
use thidua_campaign::{Bilingual, Campaign, Rule};
use thidua_ingest::{IngestOptions, Progress};
use thidua_model::{Date, FormId, RuleTally, Text};
use thidua_sheets::ReaderCommand;

/// What to try.
#[derive(Debug, Clone)]
pub struct TrialJob<'a> {
    pub campaign: &'a Path,
    pub inbox: &'a Path,
    /// Ids of rules, or `form/rule`; empty: all.
    pub rules: &'a [String],
    /// Try the rules that are in force on this day, on all reports; `None`: each rule in the periods
    /// that it is for, and one for no period at all in every period.
    pub at: Option<Date>,
    /// As in [`crate::Job`].
    pub jobs: usize,
    pub reader: Option<ReaderCommand>,
}

/// What a trial gave.
#[derive(Debug)]
pub struct Trial {
    pub campaign: Campaign,
    pub files: usize,
    /// In order of forms and their rules.
    pub rules: Vec<TriedRule>,
}

/// One rule of one form.
#[derive(Debug, Clone, PartialEq)]
pub struct TriedRule {
    pub form: FormId,
    pub id: Text,
    pub title: Bilingual,
    pub source: Text,
    pub state: RuleState,
    /// In order of time; periods in which it asks nobody are left out.
    pub periods: Vec<RuleTally>,
}

/// What the definition says of a rule, without any trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleState {
    InForce,
    /// `enabled = false`.
    SwitchedOff,
    /// Its dates cover no period (or not the day that was asked for).
    OtherDates,
}

impl RuleState {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InForce => "in_force",
            Self::SwitchedOff => "switched_off",
            Self::OtherDates => "other_dates",
        }
    }
}

impl TriedRule {
    /// Units over all periods: passed, failed, undecided, explained.
    pub fn totals(&self) -> [u32; 4] {
        self.periods.iter().fold([0; 4], |[passed, failed, undecided, explained], it| {
            [passed + it.passed, failed + it.failed, undecided + it.undecided, explained + it.explained]
        })
    }
}

/// Reads the inbox under the rules as they would be.
///
/// # Errors
/// [`PipelineError`]: a broken definition, an unknown rule, a folder that cannot be read.
pub fn try_rules(job: &TrialJob<'_>, progress: &(dyn Fn(Stage) + Sync)) -> Result<Trial, PipelineError> {
    progress(Stage::Definition);
    let mut campaign = thidua_campaign::load(job.campaign)?;
    check_names(&campaign, job.rules)?;
    let days: Vec<Date> = match job.at {
        Some(day) => vec![day],
        None => campaign.periods.iter().map(|period| period.as_of).collect(),
    };
    let mut tried: Vec<TriedRule> = Vec::new();
    for form in &mut campaign.forms {
        let id = form.id.clone();
        for rule in form.rules.iter_mut().filter(|rule| is_wanted(job.rules, &id, rule)) {
            let state = state(rule, &days);
            // Versions of a form are forms of their own with one id.
            if !tried.iter().any(|known| known.form == id && known.id == rule.id) {
                tried.push(TriedRule {
                    form: id.clone(),
                    id: rule.id.clone(),
                    title: rule.title.clone(),
                    source: rule.source.clone(),
                    state,
                    periods: Vec::new(),
                });
            }
            let covers = days.iter().any(|day| rule.covers(*day));
            rule.enabled = covers || job.at.is_none();
            if job.at.is_some() || !covers {
                (rule.valid_from, rule.valid_to) = (None, None);
            }
        }
    }
    let inbox = thidua_ingest::read_folder(job.inbox)?;
    let reading = |it: Progress| progress(Stage::from(it));
    let how = IngestOptions { jobs: job.jobs, reader: job.reader.clone(), ..IngestOptions::default() };
    let intake = thidua_ingest::ingest(&campaign, &inbox, &how, &reading)?;
    for tally in intake.rules.into_iter().filter(|tally| tally.units() > 0) {
        let mine = |it: &&mut TriedRule| it.form == tally.form && it.id == tally.rule;
        if let Some(rule) = tried.iter_mut().find(mine) {
            rule.periods.push(tally);
        }
    }
    for rule in &mut tried {
        rule.periods.sort_by_key(|tally| tally.period);
    }
    Ok(Trial { campaign, files: intake.files.len(), rules: tried })
}

fn state(rule: &Rule, days: &[Date]) -> RuleState {
    match (rule.enabled, days.iter().any(|day| rule.covers(*day))) {
        (_, false) => RuleState::OtherDates,
        (false, true) => RuleState::SwitchedOff,
        (true, true) => RuleState::InForce,
    }
}

fn is_wanted(names: &[String], form: &FormId, rule: &Rule) -> bool {
    names.is_empty() || names.iter().any(|name| is_named(name, form, rule))
}

fn is_named(name: &str, form: &FormId, rule: &Rule) -> bool {
    match name.split_once('/') {
        Some((of, id)) => of == form.as_str() && *id == *rule.id,
        None => *name == *rule.id,
    }
}

fn check_names(campaign: &Campaign, names: &[String]) -> Result<(), PipelineError> {
    let rules = || campaign.forms.iter().flat_map(|form| form.rules.iter().map(move |rule| (&form.id, rule)));
    let Some(unknown) = names.iter().find(|name| !rules().any(|(form, rule)| is_named(name, form, rule))) else {
        return Ok(());
    };
    let likeness = |(_, rule): &(&FormId, &Rule)| strsim::jaro_winkler(unknown, &rule.id);
    let nearest = rules().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    let near = nearest.map_or_else(|| "–".to_owned(), |(_, rule)| rule.id.to_string());
    Err(PipelineError::UnknownRule { id: unknown.clone(), near })
}
