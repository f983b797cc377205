//! A small organisation drawn as text: register, fields, indicators and reports of a test, one line
//! each, and the outcome as text again.
//!
//! Two levels of superiors would add nothing: `p` (province), `s` (superior), `g` (grassroots).
//! One form `bao-cao` asks every field of every level in the periods `dot-1` (progress) and `dot-2`
//! (judged); the form `dang-ky` asks the same fields in the period `dang-ky`.

#![allow(dead_code, reason = "each test target uses its part")]

use std::collections::BTreeMap;
use thidua_campaign::*;
use thidua_compute::compute;
use thidua_formula::Formula;
use thidua_model::facts::Source;
use thidua_model::words::TargetKind;
use thidua_model::*;

pub(crate) struct World {
    pub(crate) campaign: Campaign,
    pub(crate) intake: Intake,
    pub(crate) options: RunOptions,
}

fn both(text: &str) -> Bilingual {
    Bilingual { vi: text.into(), en: text.into() }
}

fn date(text: &str) -> Date {
    text.parse().unwrap_or_else(|problem| panic!("{text}: {problem}"))
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(|line| line.split("//").next().unwrap_or_default().trim()).filter(|line| !line.is_empty())
}

impl World {
    /// `register`: `code parent [own|children] [sector] [kind=…] [from=…] [to=…]`; the level is the
    /// first letter of the code (P, S, all others grassroots). Several lines of one code are spans.
    pub(crate) fn new(register: &str) -> Self {
        let mut units: BTreeMap<String, Vec<(Vec<String>, UnitSpan)>> = BTreeMap::new();
        for line in lines(register) {
            let words: Vec<String> = line.split_whitespace().map(String::from).collect();
            let level = match words[0].chars().next() {
                Some('P') => 0,
                Some('S') => 1,
                _ => 2,
            };
            let option = |name: &str| words.iter().find_map(|word| word.strip_prefix(name)).map(String::from);
            let span = UnitSpan {
                name: words[0].as_str().into(),
                kind: if option("kind=").as_deref() == Some("tw") { 3 } else { level },
                level,
                parent: None,
                sector: SECTORS.iter().position(|sector| words.iter().any(|word| word == sector)),
                ownership: None,
                cluster: None,
                basis: if words.iter().any(|word| word == "children") { LevelBasis::Children } else { LevelBasis::Own },
                members: None,
                followed_by: Some(format!("officer of {}", words[0]).into()),
                contact: None,
                valid_from: date(&option("from=").unwrap_or("2010-01-01".into())),
                valid_to: option("to=").map(|to| date(&to)),
            };
            units.entry(words[0].clone()).or_default().push((words, span));
        }
        let codes: Vec<String> = units.keys().cloned().collect();
        let units: Vec<Unit> = units
            .into_iter()
            .map(|(code, spans)| {
                let spans = spans.into_iter().map(|(words, span)| UnitSpan {
                    parent: codes.iter().position(|other| Some(other) == words.get(1)).map(|at| UnitIx(at as u32)),
                    ..span
                });
                Unit::new(code.as_str().into(), spans.collect())
            })
            .collect();
        let count = units.len();
        Self {
            campaign: campaign(units),
            intake: Intake { facts: FactStore::new(count), receipts: Some(Vec::new()), ..Intake::default() },
            options: RunOptions { as_of: Some(date("2014-12-31")), period: None, units_as_of: None },
        }
    }

    pub(crate) fn unit(&self, code: &str) -> UnitIx {
        self.campaign.find_unit(code).unwrap_or_else(|| panic!("unit {code}"))
    }

    pub(crate) fn period(&self, id: &str) -> PeriodIx {
        self.campaign.find_period(id).unwrap_or_else(|| panic!("period {id}"))
    }

    /// The field, declared on first use and asked by both forms.
    pub(crate) fn field(&mut self, id: &str) -> FieldIx {
        if let Some(field) = self.campaign.find_field(id) {
            return field;
        }
        let at = FieldIx(self.campaign.fields.len() as u32);
        self.campaign.fields.push(Field {
            id: id.into(),
            label: id.into(),
            measure: Some("count".into()),
            kind: ValueKind::Number,
            choices: Vec::new(),
            source: "sample".into(),
            rollup: Rollup::Sum,
            tolerance: None,
            recomputed: None,
        });
        for form in &mut self.campaign.forms {
            form.sections[0].lines.push(Line {
                tt: "".into(),
                label: id.into(),
                measure_label: "".into(),
                fields: vec![Some(at)],
                required: false,
                sectors: Vec::new(),
                levels: Vec::new(),
                note: "".into(),
            });
        }
        at
    }

    /// A field is asked of these sectors alone.
    pub(crate) fn ask_only(&mut self, field: &str, sectors: &[&str]) {
        let at = self.field(field);
        for form in &mut self.campaign.forms {
            for line in form.sections[0].lines.iter_mut().filter(|line| line.fields == [Some(at)]) {
                line.sectors = sectors.iter().map(SectorId::new).collect();
            }
        }
    }

    pub(crate) fn derive(&mut self, field: &str, from: DerivedFrom) {
        let field = self.field(field);
        self.campaign.derived.push(DerivedField { field, from });
        for form in &mut self.campaign.forms {
            form.sections[0].lines.retain(|line| line.fields != [Some(field)]);
        }
    }

    /// `CT01 = reached / workers > 90 %`: numerator, perhaps denominator, target. A share of a part
    /// in its whole unless changed afterwards; the target is in percent for shares.
    pub(crate) fn indicator(&mut self, line: &str) -> &mut Indicator {
        let (id, rest) = line.split_once('=').expect("id = formula target");
        let at = rest.find(['>', '<', '≥', '≤', '∈', '≡', '!']).expect("a target");
        let (formula, target) = (rest[..at].trim(), rest[at..].trim());
        let (numerator, denominator) = match formula.split_once('/') {
            Some((numerator, denominator)) => (numerator.trim(), Some(denominator.trim())),
            None => (formula, None),
        };
        let is_share = denominator.is_some();
        let parse = |text: &str| Formula::parse(text).unwrap_or_else(|problem| panic!("{text}: {problem}"));
        let (numerator, denominator) = (parse(numerator), denominator.map(parse));
        for formula in std::iter::once(&numerator).chain(&denominator) {
            for input in formula.inputs().to_vec() {
                self.field(&input);
            }
        }
        let mut signs = target.chars();
        let sign = signs.next();
        let limits: Vec<i64> = signs.as_str().split(['-', '%']).filter_map(|part| part.trim().parse().ok()).collect();
        let scale = if is_share { 100 } else { 1 };
        let operator = match sign {
            Some('>') => Operator::Above,
            Some('≥') => Operator::AtLeast,
            Some('<') => Operator::Below,
            Some('≤') => Operator::AtMost,
            Some('≡') => Operator::Exactly,
            Some('!') => Operator::Yes,
            _ => Operator::Range,
        };
        self.campaign.indicators.push(Indicator {
            id: id.trim().into(),
            title: both(id.trim()),
            numerator,
            denominator,
            shape: match (operator, is_share) {
                (Operator::Yes, _) => Shape::Flag,
                (_, true) => Shape::Share,
                (_, false) => Shape::Value,
            },
            measure: if is_share { "percent".into() } else { "count".into() },
            decimals: 1,
            target: Target {
                operator,
                low: limits.first().copied().unwrap_or(1) * scale,
                high: limits.get(1).map(|high| high * scale),
            },
            direction: if matches!(operator, Operator::Below | Operator::AtMost) {
                Direction::LowerIsBetter
            } else {
                Direction::HigherIsBetter
            },
            levels: vec!["p".into(), "s".into(), "g".into()],
            accumulation: Accumulation::Cumulative,
            periods: vec![PeriodIx(1), PeriodIx(2)],
            is_part_of_whole: is_share,
            numerator_from: BTreeMap::new(),
            denominator_from: BTreeMap::new(),
            target_holds_below: is_share,
            registered_in: None,
            department: "".into(),
            source: "".into(),
            note: both(""),
        });
        self.campaign.indicators.last_mut().expect("just pushed")
    }

    /// `unit field value …` per line, pairs of field and value; `?` marks the value suspect, `-` is
    /// a blank cell, `#` a rejected one, `n/a` one that does not apply, `none` nothing to report. The report counts and arrived in time.
    pub(crate) fn report(&mut self, period: &str, text: &str) -> &mut Self {
        let period = self.period(period);
        for line in lines(text) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let unit = self.unit(words[0]);
            let submission = self.submit(period, unit, SubmissionStatus::Accepted);
            for pair in words[1..].chunks(2) {
                let field = self.field(pair[0]);
                let (value, mark) = match pair[1] {
                    "-" => (0, FactMark::Blank),
                    "#" => (0, FactMark::Rejected),
                    "n/a" => (0, FactMark::NotApplicable),
                    "none" => (0, FactMark::NothingToReport),
                    value => match value.strip_suffix('?') {
                        Some(value) => (value.parse().expect("a number"), FactMark::Suspect),
                        None => (value.parse().expect("a number"), FactMark::Present),
                    },
                };
                let cell = CellRef::new(field.0, 3);
                let source = Source { submission, cell, raw: u32::MAX };
                self.intake.facts.put(period, field, unit, Fact { value, mark, source });
            }
        }
        self
    }

    pub(crate) fn submit(&mut self, period: PeriodIx, unit: UnitIx, status: SubmissionStatus) -> u32 {
        let is_registration = self.campaign.period(period).id.as_str() == "dang-ky";
        let document: DocumentId = if is_registration { "dang-ky".into() } else { "bao-cao".into() };
        let file: Text = format!("{}-{}.xlsx", self.campaign.unit(unit).id, self.campaign.period(period).id).into();
        self.intake.submissions.push(Submission {
            file: file.clone(),
            digest: "".into(),
            sheet: "Mẫu 1".into(),
            form: document.as_str().into(),
            version: "1".into(),
            document,
            unit,
            period,
            received_at: None,
            status,
            account: ReadingAccount::default(),
        });
        (self.intake.submissions.len() - 1) as u32
    }

    /// `unit document period time [no-file]`, the time as `2014-06-05T10:00`.
    pub(crate) fn receive(&mut self, text: &str) -> &mut Self {
        for line in lines(text) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let receipt = Receipt {
                unit: self.unit(words[0]),
                document: words[1].into(),
                period: self.period(words[2]),
                file: (words.get(4) != Some(&"no-file")).then(|| format!("{}-{}.xlsx", words[0], words[2]).into()),
                received_at: words[3].parse().expect("a time"),
            };
            self.intake.receipts.get_or_insert_default().push(receipt);
        }
        self
    }

    pub(crate) fn run(&self) -> Outcome {
        compute(&self.campaign, &self.intake, &self.options)
    }

    /// The figures of one period and indicator: `unit n/d verdict [reason] in/due basis`.
    pub(crate) fn figures(&self, period: &str, indicator: &str) -> String {
        let shown = |value: Option<i64>| value.map_or("-".into(), |value| value.to_string());
        let rows = self.run().indicators;
        let rows = rows.iter().filter(|row| &*row.period == period && &*row.indicator == indicator);
        let rows = rows.map(|row| {
            let has_denominator =
                self.campaign.find_indicator(indicator).is_some_and(|(_, it)| it.denominator.is_some());
            let denominator = if has_denominator { format!("/{}", shown(row.denominator)) } else { String::new() };
            let reason = row.reason.map(|reason| format!(" ({})", reason.as_str())).unwrap_or_default();
            format!(
                "{} {}{denominator} {}{reason} in {}/{} {}",
                row.unit,
                shown(row.numerator),
                row.verdict.as_str(),
                row.units_in,
                row.units_due,
                row.basis.as_str()
            )
        });
        rows.collect::<Vec<_>>().join("\n")
    }

    /// `code unit period` of every issue.
    pub(crate) fn issues(&self) -> String {
        let issues = self.run().issues;
        let text = |it: Option<&str>| it.unwrap_or("-").to_string();
        let issues = issues.iter().map(|issue| {
            let unit = text(issue.unit.as_ref().map(|unit| unit.as_str()));
            format!("{} {unit} {}", issue.code(), text(issue.period.as_ref().map(|period| period.as_str())))
        });
        issues.collect::<Vec<_>>().join("\n")
    }

    #[track_caller]
    pub(crate) fn check(&self, period: &str, indicator: &str, expected: &str) {
        let expected: Vec<&str> = lines(expected).collect();
        assert_eq!(self.figures(period, indicator), expected.join("\n"));
    }
}

const SECTORS: &[&str] = &["agency", "soe", "private"];

fn campaign(units: Vec<Unit>) -> Campaign {
    let level = |id: &str| Level { id: id.into(), title: both(id), basis: LevelBasis::Own };
    let kind = |id: &str, level: &str, is_due| Kind { id: id.into(), title: both(id), level: level.into(), is_due };
    let measure = |id: &str, label: &str, decimals, max| Measure {
        id: id.into(),
        label: label.into(),
        label_en: label.into(),
        decimals,
        min: 0,
        max,
    };
    let document = |id: &str, has_form| Document { id: id.into(), title: both(id), has_form };
    let period = |id: &str, as_of: &str, is_judged, deadlines: &[(&str, &str, &str)]| Period {
        id: id.into(),
        title: both(id),
        from: date("2014-01-01"),
        to: date(as_of),
        as_of: date(as_of),
        as_of_label: None,
        is_judged,
        deadlines: deadlines
            .iter()
            .map(|(document, level, by)| Deadline {
                document: (*document).into(),
                level: (*level).into(),
                due_before: date(by).tomorrow().expect("a day").at(0, 0, 0, 0),
                last_day: date(by),
                source: "sample".into(),
            })
            .collect(),
        source: "sample".into(),
    };
    Campaign {
        id: "test".into(),
        year: 2014,
        title: both("test"),
        organisation: both("test"),
        place: "".into(),
        source: "".into(),
        levels: vec![level("p"), level("s"), level("g")],
        kinds: vec![kind("p", "p", true), kind("s", "s", true), kind("g", "g", true), kind("tw", "g", false)],
        sectors: SECTORS.iter().map(|id| Sector { id: (*id).into(), title: both(id) }).collect(),
        measures: vec![measure("percent", "%", 2, 100_000), measure("count", "người", 0, 1_000_000_000)],
        documents: vec![document("ke-hoach", false), document("dang-ky", true), document("bao-cao", true)],
        periods: vec![
            period(
                "dang-ky",
                "2014-02-20",
                true,
                &[("ke-hoach", "s", "2014-02-19"), ("dang-ky", "s", "2014-02-20"), ("dang-ky", "g", "2014-02-10")],
            ),
            period("dot-1", "2014-05-31", false, &[("bao-cao", "g", "2014-06-05"), ("bao-cao", "s", "2014-06-15")]),
            period("dot-2", "2014-11-30", true, &[("bao-cao", "g", "2014-12-05"), ("bao-cao", "s", "2014-12-15")]),
        ],
        clusters: Vec::new(),
        units,
        fields: Vec::new(),
        forms: vec![form("dang-ky"), form("bao-cao")],
        packages: Vec::new(),
        derived: Vec::new(),
        stated_coverage: None,
        indicators: Vec::new(),
        tables: Vec::new(),
        ranking: RankingPolicy::default(),
        awards: Vec::new(),
        award_list: None,
        target_order: vec![TargetKind::Assigned, TargetKind::Registered, TargetKind::Province],
        assigned: Vec::new(),
        decisions: Vec::new(),
        persons: Persons::default(),
        files: Vec::new(),
    }
}

fn form(document: &str) -> Form {
    Form {
        id: document.into(),
        variant: "".into(),
        version: "1".into(),
        valid_from: date("2014-01-01"),
        valid_to: None,
        document: document.into(),
        levels: vec!["p".into(), "s".into(), "g".into()],
        sectors: Vec::new(),
        kinds: Vec::new(),
        sheet: "Mẫu 1".into(),
        number: "".into(),
        used_by: "".into(),
        title: both(document),
        heading: "".into(),
        tt_heading: "TT".into(),
        label_heading: "Nội dung".into(),
        measure_heading: "".into(),
        note_heading: "".into(),
        value_columns: vec!["Số lượng".into()],
        column_measures: vec![None],
        sections: vec![Section { title: "".into(), subtitle: None, lines: Vec::new() }],
        lists: Vec::new(),
        rules: Vec::new(),
        source: "sample".into(),
        note: "".into(),
        scoresheet_of: None,
    }
}
