//! What stands beside a filled cell: from how many units its value comes, whose is not in it, and which was
//! corrected.

use super::{Consolidated, Given};
use thidua_campaign::{Campaign, DerivedFrom, LevelBasis, UnitSpan};
use thidua_compute::{FormSum, SumKind};
use thidua_model::{FactMark, FieldIx, PeriodIx, Text, UnitIx};

/// Units that a note names; the others are counted.
const NAMED: usize = 5;

impl Consolidated {
    /// From whom a figure comes and whose is missing; in Vietnamese, as the form is.
    pub fn note(&self, campaign: &Campaign, field: FieldIx) -> Option<Text> {
        match self.given(field) {
            Some(Given::Reported { reported, due }) => {
                let told = format!(
                    "{reported}/{due} công đoàn cơ sở đã có báo cáo dùng được, đếm lúc lập biểu này. \
                     Có báo cáo mới thì lập lại."
                );
                Some(told.into())
            }
            Some(Given::Sum(sum)) if sum.value.is_some() => Some(self.sum(campaign, sum).into()),
            _ if self.stated(field).is_some() || self.words(field).is_some() => {
                Some("Số liệu đơn vị đã ghi trong biểu gửi trước; dòng này không cộng từ cấp dưới.".into())
            }
            Some(Given::Sum(sum)) => {
                let none = format!("Chưa có số liệu của đơn vị nào trong {} đơn vị trực thuộc.", sum.units_due);
                Some(none.into())
            }
            None => None,
        }
    }

    fn sum(&self, campaign: &Campaign, sum: &FormSum) -> String {
        let of = format!("{}/{} đơn vị trực thuộc", sum.units_in, sum.units_due);
        let mut told = match sum.kind {
            SumKind::Sum if is_of_register(campaign, sum.field) => {
                format!("Đếm theo danh bạ của {} đơn vị trực thuộc.", sum.units_due)
            }
            SumKind::Sum => format!("Cộng từ báo cáo của {of}."),
            SumKind::Mean { weight } => {
                let weight = campaign.field(weight).label.trim_start_matches(['+', '-', ' ']);
                format!("Bình quân có trọng số (“{weight}”), từ báo cáo của {of}.")
            }
            SumKind::Share { .. } => format!("Tính từ các số đã cộng ở những dòng khác, theo báo cáo của {of}."),
        };
        if !sum.left_out.is_empty() {
            let named: Vec<String> =
                sum.left_out.iter().take(NAMED).map(|unit| self.left_out(campaign, sum, *unit)).collect();
            told += &format!("\nChưa có trong số này: {}", named.join("; "));
            let more = sum.left_out.len().saturating_sub(NAMED);
            told += &if more > 0 { format!("; và {more} đơn vị khác.") } else { ".".to_owned() };
        }
        let inputs = inputs(campaign, sum);
        let corrected = self.reports.corrected.iter();
        let corrected = corrected.filter(|((unit, field), _)| inputs.contains(field) && self.is_part(campaign, *unit));
        let mut corrected: Vec<String> =
            corrected.map(|((unit, _), told)| format!("{}: {told}", name(campaign, *unit))).collect();
        if !corrected.is_empty() {
            let more = corrected.len().saturating_sub(NAMED);
            corrected.truncate(NAMED);
            told += &format!("\nSố đã được sửa: {}", corrected.join("; "));
            told += &if more > 0 { format!("; và {more} số khác.") } else { ".".to_owned() };
        }
        told
    }

    /// A unit's own report is in the sums: those between state nothing of their own.
    fn is_part(&self, campaign: &Campaign, unit: UnitIx) -> bool {
        let above = |unit: UnitIx| span(campaign, unit, self.period).and_then(|span| span.parent);
        let mut at = above(unit);
        // As many steps as there are levels, at most.
        for _ in 0..campaign.levels.len() {
            match at {
                Some(unit) if unit == self.unit => return true,
                Some(unit) => {
                    let adds_up = |span: &UnitSpan| span.basis == LevelBasis::Children;
                    at = span(campaign, unit, self.period).filter(|span| adds_up(span)).and_then(|span| span.parent);
                }
                None => return false,
            }
        }
        false
    }

    /// A unit and why its figure is not in the sum.
    fn left_out(&self, campaign: &Campaign, sum: &FormSum, unit: UnitIx) -> String {
        let then = span(campaign, unit, self.period);
        let name = then.map_or_else(|| name(campaign, unit), |span| &span.name);
        // One that speaks for its units in a report of its own owes that report.
        let adds_up = |span: &UnitSpan| !campaign.is_grassroots(span) && span.basis == LevelBasis::Children;
        let has_units = then.is_some_and(adds_up);
        let why = if !self.reports.reported.contains(&unit) {
            if has_units { "chưa có báo cáo của cấp dưới" } else { "chưa có báo cáo" }
        } else {
            let marks = inputs(campaign, sum).into_iter().map(|field| {
                let fact = self.reports.intake.facts.get(self.period, field, unit);
                fact.mark
            });
            marks.map(why).find(|why| !why.is_empty()).unwrap_or("không có số liệu")
        };
        format!("{name} ({why})")
    }
}

fn name(campaign: &Campaign, unit: UnitIx) -> &str {
    &campaign.unit(unit).latest().name
}

fn span(campaign: &Campaign, unit: UnitIx, period: PeriodIx) -> Option<&UnitSpan> {
    campaign.unit(unit).at(campaign.period(period).as_of)
}

/// The fields whose values of a unit give its part of the sum.
fn inputs(campaign: &Campaign, sum: &FormSum) -> Vec<FieldIx> {
    match sum.kind {
        SumKind::Sum => vec![sum.field],
        SumKind::Mean { weight } => vec![sum.field, weight],
        SumKind::Share { .. } => {
            let formulas = campaign.field(sum.field).recomputed.iter().flat_map(|(part, whole)| [part, whole]);
            formulas.flat_map(|formula| formula.inputs()).filter_map(|name| campaign.find_field(name)).collect()
        }
    }
}

fn is_of_register(campaign: &Campaign, field: FieldIx) -> bool {
    let is_it = |from: &DerivedFrom| matches!(from, DerivedFrom::Register { .. });
    campaign.derived.iter().any(|derived| derived.field == field && is_it(&derived.from))
}

/// Empty for a mark that lets the value count.
fn why(mark: FactMark) -> &'static str {
    match mark {
        FactMark::Blank => "để trống ô này",
        FactMark::Rejected => "ô này ghi chưa đúng",
        FactMark::TakenOut => "đã bỏ số này khi sửa",
        FactMark::Suspect => "số nghi sai, không cộng",
        FactMark::NotReported | FactMark::NotApplicable => "không có dòng này",
        _ => "",
    }
}
