//! A rule between values as a formula can judge it.
//!
//! In:  `[[rules]]` of the forms of a workbook.
//! Out: for each relation of formulas that a spreadsheet computes (`expression`) a condition that says "broken".
//!
//! A rule that compares with the period before is judged where that value stands beside the form.
//!
//! Not here: rules with other formulas and outliers, which the reader judges alone (`ingest`).

use crate::check::{Content, Input, same};
use crate::entry::{NO, Shape, YES};
use crate::expression::{Expression, Shown, all_of};
use crate::scope::Scope;
use crate::words;
use thidua_campaign::{Campaign, Comparison, Form, Missing, Relation, Rule, Side};
use thidua_model::{FieldIx, Text};

/// A spreadsheet takes no longer text in a formula; what is longer is cut.
const LONGEST: usize = 200;

pub(crate) struct LiveRule {
    /// The field whose check tells.
    pub(crate) at: FieldIx,
    left: LiveSide,
    operator: Comparison,
    right: LiveSide,
    tolerance: i64,
    title: Text,
}

struct LiveSide {
    expression: Expression,
    /// Its fields by name.
    fields: Vec<(Text, FieldIx)>,
    is_previous: bool,
    blank_is_zero: bool,
}

/// Finds an input cell by its field.
type Inputs<'i> = dyn Fn(FieldIx) -> Option<Input> + 'i;

/// The rules of a form that ask this workbook and can be judged in it.
pub(crate) fn live(scope: &Scope, form: &Form) -> Vec<LiveRule> {
    let asked = form.rules.iter().filter(|rule| scope.asks_rule(form, rule));
    asked.filter_map(|rule| LiveRule::new(scope.campaign, rule)).collect()
}

impl LiveRule {
    fn new(campaign: &Campaign, rule: &Rule) -> Option<Self> {
        let Relation { left, operator, right, tolerance, .. } = rule.relation()?;
        Some(Self {
            at: rule.at,
            left: LiveSide::new(campaign, left)?,
            operator: *operator,
            right: LiveSide::new(campaign, right)?,
            tolerance: *tolerance,
            title: rule.title.vi.clone(),
        })
    }

    /// A condition that is true where the rule is broken, as a formula of a cell on `tab`, and whether it is
    /// now. `None` when a cell that it reads is not in the workbook.
    pub(crate) fn broken(&self, tab: &str, all: &Inputs) -> Option<(String, bool)> {
        let (left, right) = (self.left.cells(tab, all)?, self.right.cells(tab, all)?);
        let (l, r, t) = (&left.shown.value, &right.shown.value, self.tolerance);
        let with = |side: &str| if t == 0 { side.to_owned() } else { format!("{side}+{t}") };
        let is_broken = match self.operator {
            Comparison::Less => format!("{l}>={}", with(r)),
            Comparison::AtMost => format!("{l}>{}", with(r)),
            Comparison::Equal => format!("ABS({l}-{r})>{t}"),
            Comparison::AtLeast => format!("{}<{r}", with(l)),
            Comparison::More => format!("{}<={r}", with(l)),
        };
        let present = [left.shown.present.as_slice(), right.shown.present.as_slice()].concat();
        let formula = match all_of(&present) {
            None => is_broken,
            Some(present) => format!("IF({present},{is_broken},FALSE)"),
        };
        let holds = |(left, right)| self.operator.holds(left, right, self.tolerance);
        let now = left.now.zip(right.now).is_some_and(|sides| !holds(sides));
        Some((formula, now))
    }

    /// What is wrong, in few words where two lines are compared.
    pub(crate) fn message(&self, tab: &str, all: &Inputs) -> String {
        let line = |side: &LiveSide| side.only_field().and_then(all);
        let own = self.left.only_field() == Some(self.at);
        let text = match (self.operator, line(&self.right)) {
            (Comparison::AtMost | Comparison::Less, Some(above)) if own && !self.right.is_previous => {
                let tt = if *above.tab == *tab { &*above.tt } else { "" };
                words::above_line(tt, &above.label)
            }
            (Comparison::AtLeast | Comparison::More, Some(_)) if own && self.right.is_previous => {
                words::BELOW_LAST.to_owned()
            }
            _ => self.title.to_string(),
        };
        text.chars().take(LONGEST).collect()
    }
}

/// A side with the cells that it reads.
struct Cells {
    shown: Shown,
    now: Option<i64>,
}

impl LiveSide {
    fn new(campaign: &Campaign, side: &Side) -> Option<Self> {
        let expression = Expression::parse(side.formula.text())?;
        let fields = expression.fields().into_iter().map(|name| Some((name.into(), campaign.find_field(name)?)));
        let fields = fields.collect::<Option<_>>()?;
        let blank_is_zero = side.missing == Missing::Zero;
        Some(Self { fields, expression, is_previous: side.is_previous, blank_is_zero })
    }

    fn only_field(&self) -> Option<FieldIx> {
        self.expression.only_field()?;
        self.fields.first().map(|(_, field)| *field)
    }

    fn cells(&self, tab: &str, all: &Inputs) -> Option<Cells> {
        let mut cells: Vec<(&str, Cells)> = Vec::new();
        for (name, field) in &self.fields {
            if cells.iter().all(|(known, _)| *known != &**name) {
                cells.push((name, self.cell(tab, &all(*field)?)?));
            }
        }
        let of = |name: &str| cells.iter().find(|(known, _)| *known == name).map(|(_, cell)| cell);
        let none = || Shown { value: String::new(), present: Vec::new() };
        Some(Cells {
            shown: self.expression.shown(&|name| of(name).map_or_else(none, |cell| cell.shown.clone())),
            now: self.expression.value(&|name| of(name)?.now),
        })
    }

    fn cell(&self, tab: &str, input: &Input) -> Option<Cells> {
        if self.is_previous {
            let (col, last) = input.last?;
            let Shape::Number { decimals, .. } = input.shape else { return None };
            let cell = input.seen_from(tab, col);
            let shown = Shown { value: kept(&cell, decimals), present: Vec::new() };
            return Some(Cells { shown, now: Some(last) });
        }
        let cell = input.seen_from(tab, input.col);
        match (&input.shape, &input.content) {
            (Shape::Number { decimals, .. }, content) => {
                let value = match self.blank_is_zero {
                    true => kept(&format!("N({cell})"), *decimals),
                    false => kept(&cell, *decimals),
                };
                let present = match self.blank_is_zero {
                    true => format!("ISNUMBER({cell})+ISBLANK({cell})>0"),
                    false => format!("ISNUMBER({cell})"),
                };
                let now = match content {
                    Content::Number(number) => Some((number * 10f64.powi(i32::from(*decimals))).round() as i64),
                    Content::Blank if self.blank_is_zero => Some(0),
                    Content::Blank | Content::Text(_) => None,
                };
                Some(Cells { shown: Shown { value, present: vec![present] }, now })
            }
            (Shape::YesNo, content) => {
                let now = match content {
                    Content::Text(text) if same(text, YES) => Some(1),
                    Content::Text(text) if same(text, NO) => Some(0),
                    _ => None,
                };
                let present = format!("ISNUMBER(MATCH({cell},{{\"{YES}\",\"{NO}\"}},0))");
                let value = format!("IF({cell}=\"{YES}\",1,0)");
                Some(Cells { shown: Shown { value, present: vec![present] }, now })
            }
            _ => None,
        }
    }
}

/// In last places of the measure, as the definition compares.
fn kept(cell: &str, decimals: u8) -> String {
    if decimals == 0 { cell.to_owned() } else { format!("ROUND({cell}*{},0)", 10u64.pow(u32::from(decimals.min(9)))) }
}
