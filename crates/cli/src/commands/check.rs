//! `thidua check`

use std::path::Path;
use thidua_model::Lang;
use thidua_model::words::TableUse;

pub(crate) fn check(folder: &Path) -> anyhow::Result<()> {
    let (campaign, warnings) = super::load(folder)?;
    for warning in &warnings {
        println!("{}", warning.render(Lang::Vi));
    }
    println!("{} ({})", campaign.title.vi, campaign.id);
    println!("  đơn vị · units            {}", campaign.units.len());
    for level in &campaign.levels {
        let units = campaign.units.iter().filter(|unit| campaign.level(unit.latest()).id == level.id).count();
        println!("    {:24}{units}", level.title.vi);
    }
    println!("  kỳ · periods              {}", joined(campaign.periods.iter().map(|it| it.id.as_str())));
    println!("  biểu mẫu · forms          {}", joined(campaign.forms.iter().map(|it| it.sheet.as_ref())));
    println!("  trường · fields           {}", campaign.fields.len());
    println!("  chỉ tiêu · indicators     {}", joined(campaign.indicators.iter().map(|it| it.id.as_str())));
    for table in &campaign.tables {
        let items = table.criteria.iter().filter(|criterion| criterion.item.is_some()).count();
        let usage = match table.usage {
            TableUse::Classification => "xếp loại",
            TableUse::Competition => "thi đua",
        };
        println!("  bảng điểm · table         {} ({usage}, {items} mục)", table.title.vi);
    }
    println!("Định nghĩa hợp lệ, {} cảnh báo. The definition is valid.", warnings.len());
    Ok(())
}

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}
