//! A failed rule becomes an issue at its field, and a mark on the fact.
//!
//! In:  the rule, the unit, the two values or the score.
//! Out: an issue with both values in words that a clerk knows from the form.

use super::outliers::Score;
use super::sides::{earlier, only_input};
use super::{Failure, Group, Sender, notes};
use crate::blame::name;
use crate::gathered::Gathered;
use std::collections::BTreeMap;
use thidua_campaign::{Against, Bilingual, Campaign, Check, Comparison, Outlier, Relation, Rule, Side};
use thidua_formula::Formula;
use thidua_model::issue::{LimitOrder, Measured, PeerGroup, RuleFix, RuleSide, Words};
use thidua_model::{FactMark, FieldIx, Issue, IssueKind, Lang, Severity, Text};
use thidua_texts::values::numbers::show;

/// Reports and gives the issue, for the rule's examples.
pub(super) fn failure(
    all: &mut Gathered<'_>,
    fields: &BTreeMap<&str, FieldIx>,
    rule: &Rule,
    group: &Group,
    sender: Sender,
    failure: Failure,
) -> Issue {
    let words = Writer { all, fields, rule, group };
    let (kind, mark) = match (&rule.check, failure) {
        (Check::Relation(relation), Failure::Sides { left, right }) => words.relation(relation, left, right),
        (Check::Outlier(outlier), Failure::Outlier(score)) => (words.outlier(outlier, sender, score), FactMark::Warned),
        // A relation gives sides and an outlier a score.
        (_, Failure::Sides { .. } | Failure::Outlier(_)) => unreachable!("a failure is of its rule's kind"),
    };
    warn(all, kind, mark, rule.at, group, sender)
}

/// Marks a fact and reports at its cell.
pub(super) fn warn(
    all: &mut Gathered<'_>,
    kind: IssueKind,
    mark: FactMark,
    field: FieldIx,
    group: &Group,
    Sender { unit, submission }: Sender,
) -> Issue {
    let campaign = all.plan.campaign;
    let period = group.period;
    let mut fact = all.intake.facts.get(period, field, unit);
    let mut source = fact.source;
    if source.submission == u32::MAX {
        source.submission = submission;
    }
    let mut issue = Issue::new(kind, all.intake.place_of(source));
    name(campaign, &mut issue, unit, period, Some(&all.intake.submissions[submission as usize].form));
    issue.field = Some(campaign.field(field).id.clone());
    issue.label = Some(campaign.field(field).label.clone());
    notes::attach(all, &mut issue, source.submission, field);
    // Two forms of one unit can hold the same relation: it is reported once.
    if !all.reported.insert((issue.code(), field, period, unit, issue.kind.message(Lang::En))) {
        return issue;
    }
    all.issues.push((Some(submission), issue.clone()));
    // A weaker mark never hides a stronger one, nor a warning that the zero is "nothing to report" or the
    // value corrected.
    let says_more = matches!(fact.mark, FactMark::NothingToReport | FactMark::Corrected);
    let is_kept = fact.mark == FactMark::Suspect || (says_more && mark == FactMark::Warned);
    if fact.mark.has_value() && !is_kept {
        fact.mark = mark;
        all.intake.facts.put(period, field, unit, fact);
    }
    issue
}

struct Writer<'w, 'a> {
    all: &'w Gathered<'a>,
    fields: &'w BTreeMap<&'w str, FieldIx>,
    rule: &'w Rule,
    group: &'w Group,
}

impl<'a> Writer<'_, 'a> {
    fn campaign(&self) -> &'a Campaign {
        self.all.plan.campaign
    }

    fn relation(&self, relation: &Relation, left: i64, right: i64) -> (IssueKind, FactMark) {
        let rule = words(&self.rule.title);
        if relation.is_part_of_whole {
            let (part_label, whole_label) = (self.label(&relation.left), self.label(&relation.right));
            let (part, whole) = (self.shown(&relation.left, left), self.shown(&relation.right, right));
            let fix = match &self.rule.fix {
                Some(fix) => RuleFix::Own { words: words(fix) },
                None if self.counts_people(&relation.left) => RuleFix::CountPersons,
                None => RuleFix::OneIsMistyped,
            };
            return (IssueKind::PartAboveWhole { part_label, part, whole_label, whole, fix }, FactMark::Suspect);
        }
        let [on_the_right, on_the_left] = orders(relation.operator);
        let left = self.limit(&relation.left, left, on_the_left, &relation.right);
        let right = self.limit(&relation.right, right, on_the_right, &relation.left);
        if self.rule.severity == Severity::Error {
            let fix = self.rule.fix.as_ref().map_or(RuleFix::Check, |fix| RuleFix::Own { words: words(fix) });
            return (IssueKind::RuleFailed { rule, left, right, fix }, FactMark::Suspect);
        }
        let fix = self.fix_or_reason();
        let kind = match relation.left.is_previous || relation.right.is_previous {
            true => IssueKind::PeriodsConflict { rule, left, right, fix },
            false => IssueKind::RuleFailedWarning { rule, left, right, fix },
        };
        (kind, FactMark::Warned)
    }

    fn outlier(&self, outlier: &Outlier, sender: Sender, score: Score) -> IssueKind {
        let decimals = self.decimals(&outlier.value);
        let label = match only_input(&outlier.value).and_then(|input| self.fields.get(&**input)) {
            Some(field) => self.campaign().field(*field).label.clone(),
            None => self.words_of(&outlier.value),
        };
        let value = Text::from(show(score.value.into(), decimals));
        let (figure, scale) = match (&outlier.per, score.per) {
            (Some(per), Some(count)) => {
                let scale = places(self.decimals(&per.formula)) / places(decimals);
                let ratio = number(score.value as f64 / count as f64 * scale).into();
                (Measured::Per { label, value, per: self.side(per, count), ratio }, scale)
            }
            _ => (Measured::Value { label, value }, 1.0 / places(decimals)),
        };
        let median = number(score.median * scale).into();
        let (fix, crowd) = (self.fix_or_reason(), score.crowd);
        let threshold = show(outlier.threshold.into(), 2).into();
        let score = format!("{:.1}", score.score).replace('.', ",").into();
        let campaign = self.campaign();
        let known = campaign.unit(sender.unit);
        let span = known.at(campaign.period(self.group.period).as_of).unwrap_or_else(|| known.latest());
        let level = words(&campaign.level(span).title);
        let group = match (outlier.against, span.cluster, span.sector) {
            (Against::Past, ..) => {
                return IssueKind::OutlierAgainstPast { figure, median, periods: crowd, score, threshold, fix };
            }
            (Against::Cluster, Some(cluster), _) => {
                PeerGroup::SameCluster { cluster: words(&campaign.clusters[cluster].title) }
            }
            (_, _, Some(sector)) => PeerGroup::SameSector { level, sector: words(&campaign.sectors[sector].title) },
            _ => PeerGroup::SameLevel { level },
        };
        IssueKind::OutlierAmongPeers { figure, median, peers: crowd, group, score, threshold, fix }
    }

    /// The form itself warns of counting visits (lượt) there: people who were reached.
    fn counts_people(&self, side: &Side) -> bool {
        let field = only_input(&side.formula).and_then(|input| self.fields.get(&**input));
        let Some(&field) = field else { return false };
        let form = &self.campaign().forms[self.group.form];
        let mut lines = form.sections.iter().flat_map(|section| &section.lines);
        let says = |text: &str| text.to_lowercase().contains("lượt");
        says(&self.campaign().field(field).label)
            || lines.any(|line| line.fields.contains(&Some(field)) && (says(&line.label) || says(&line.note)))
    }

    fn fix_or_reason(&self) -> RuleFix {
        let column = self.campaign().forms[self.group.form].note_heading.clone();
        match &self.rule.fix {
            Some(fix) => RuleFix::OwnOrExplain { words: words(fix), column },
            None => RuleFix::CheckOrExplain { column },
        }
    }

    /// A side, or the limit that the other side must keep, in the decimals of that.
    fn limit(&self, side: &Side, value: i64, order: LimitOrder, other: &Side) -> RuleSide {
        if side.formula.inputs().is_empty() {
            return RuleSide::Limit { order, value: show(value.into(), self.decimals(&other.formula)).into() };
        }
        self.side(side, value)
    }

    fn side(&self, side: &Side, value: i64) -> RuleSide {
        let (label, value) = (self.label(side), self.shown(side, value));
        match earlier(self.campaign(), self.group).next_back().filter(|_| side.is_previous) {
            Some(period) => {
                let date = thidua_model::date::dmy(self.campaign().period(period).as_of).into();
                RuleSide::Earlier { label, value, date }
            }
            None => RuleSide::Here { label, value },
        }
    }

    fn shown(&self, side: &Side, value: i64) -> Text {
        show(value.into(), self.decimals(&side.formula)).into()
    }

    fn label(&self, side: &Side) -> Text {
        side.label.clone().unwrap_or_else(|| self.words_of(&side.formula))
    }

    /// The formula with labels in the place of ids.
    fn words_of(&self, formula: &Formula) -> Text {
        let mut out = String::new();
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let mut rest = formula.text().trim();
        while !rest.is_empty() {
            let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
            if length == 0 {
                let next = rest.find(is_name).unwrap_or(rest.len());
                out.push_str(&rest[..next]);
                rest = &rest[next..];
                continue;
            }
            match self.fields.get(&rest[..length]) {
                Some(field) => out.push_str(self.campaign().field(*field).label.trim_start_matches(['-', '+', ' '])),
                None => out.push_str(&rest[..length]),
            }
            rest = &rest[length..];
        }
        // A line's own label stays as it is printed.
        match only_input(formula).and_then(|input| self.fields.get(&**input)) {
            Some(field) => self.campaign().field(*field).label.clone(),
            None => out.into(),
        }
    }

    fn decimals(&self, formula: &Formula) -> u8 {
        let first = formula.inputs().first().and_then(|input| self.fields.get(&**input));
        let measure = first.and_then(|field| self.all.plan.measure(self.campaign().field(*field).measure.as_ref()));
        measure.map_or(0, |measure| measure.decimals)
    }
}

/// How the other side must stand to a limit on the right, and to one on the left.
fn orders(operator: Comparison) -> [LimitOrder; 2] {
    use LimitOrder::{AtLeast, AtMost, Equal, Less, More};
    match operator {
        Comparison::Less => [Less, More],
        Comparison::AtMost => [AtMost, AtLeast],
        Comparison::Equal => [Equal, Equal],
        Comparison::AtLeast => [AtLeast, AtMost],
        Comparison::More => [More, Less],
    }
}

fn words(text: &Bilingual) -> Words {
    Words { vi: text.vi.clone(), en: text.en.clone() }
}

fn places(decimals: u8) -> f64 {
    10f64.powi(decimals.into())
}

/// For people: more decimals where the number is small.
fn number(value: f64) -> String {
    let text = match value.abs() {
        100.0.. => format!("{value:.0}"),
        10.0.. => format!("{value:.1}"),
        1.0.. => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    };
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').replace('.', ","),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn a_float_is_shown_with_as_many_decimals_as_people_read() {
        for (value, expected) in [
            (4_500_000.4, "4500000"),
            (12.34, "12,3"),
            (12.0, "12"),
            (-5.25, "-5,25"),
            (1.02, "1,02"),
            (0.0312, "0,031"),
            (0.0, "0"),
        ] {
            assert_eq!(number(value), expected);
        }
    }
}
