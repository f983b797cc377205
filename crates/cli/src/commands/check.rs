//! `thidua check`

use crate::print::print;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use thidua_model::Lang;
use thidua_model::words::TableUse;

pub(crate) fn check(folder: &Path) -> anyhow::Result<()> {
    let (campaign, warnings) = super::load(folder)?;
    let mut out = String::new();
    for warning in &warnings {
        let _ = writeln!(out, "{}", warning.render(Lang::Vi));
    }
    let _ = writeln!(out, "{} ({})", campaign.title.vi, campaign.id);
    let _ = writeln!(out, "  đơn vị · units            {}", campaign.units.len());
    let width = campaign.levels.iter().map(|level| level.title.vi.chars().count()).max().unwrap_or(0).max(22);
    for level in &campaign.levels {
        let units = campaign.units.iter().filter(|unit| campaign.level(unit.latest()).id == level.id).count();
        let _ = writeln!(out, "    {:width$}  {units}", level.title.vi);
    }
    let _ = writeln!(out, "  kỳ · periods              {}", joined(campaign.periods.iter().map(|it| it.id.as_str())));
    let _ = writeln!(
        out,
        "  biểu mẫu · forms          {}",
        joined(campaign.forms.iter().map(|it| it.id.as_str()).collect::<BTreeSet<_>>().into_iter())
    );
    let _ = writeln!(out, "  trường · fields           {}", campaign.fields.len());
    let _ =
        writeln!(out, "  chỉ tiêu · indicators     {}", joined(campaign.indicators.iter().map(|it| it.id.as_str())));
    for table in &campaign.tables {
        let items = table.criteria.iter().filter(|criterion| criterion.item.is_some()).count();
        let usage = match table.usage {
            TableUse::Classification => "xếp loại",
            TableUse::Competition => "thi đua",
        };
        let _ = writeln!(out, "  bảng điểm · table         {} ({usage}, {items} mục)", table.title.vi);
    }
    let _ = writeln!(out, "Định nghĩa hợp lệ, {} cảnh báo. The definition is valid.", warnings.len());
    print(&out)
}

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}
