//! The rules that change figures or places, in words for the office.

mod awards;

use crate::manifest::Policy;
use thidua_campaign::{
    Aggregate, Campaign, Item, LevelBasis, MissingItem, NotApplicableItem, ScaleMethod, ScoringTable, Ties, Variations,
    WeightVariation,
};
use thidua_model::date::dmy;
use thidua_model::words::TableUse;
use thidua_model::{Date, Lang};

pub(super) fn policies(campaign: &Campaign, units_as_of: Option<Date>) -> Vec<Policy> {
    let mut all = vec![
        targets(campaign),
        comparison(),
        rollup(units_as_of),
        basis(campaign),
        ranking_points(campaign),
        ties(campaign),
    ];
    if !campaign.ranking.must_have.is_empty() {
        all.push(eligibility(campaign));
    }
    if !campaign.ranking.vetoes.is_empty() {
        all.push(vetoes(campaign));
    }
    all.extend(campaign.ranking.min_coverage.map(coverage));
    all.extend(campaign.ranking.variations.as_ref().map(variations));
    all.extend(campaign.tables.iter().map(table));
    all.extend(campaign.awards.iter().map(awards::policy_of));
    all
}

fn targets(campaign: &Campaign) -> Policy {
    let order = |lang, between: &str| {
        let words: Vec<String> = campaign.target_order.iter().map(|kind| kind.words(lang).to_lowercase()).collect();
        words.join(between)
    };
    policy(
        "target_order",
        format!("Chỉ tiêu dùng để chấm điểm, lấy loại đầu tiên có: {}", order(Lang::Vi, " → ")),
        format!("Target used for scoring, the first that exists: {}", order(Lang::En, " → ")),
    )
}

fn comparison() -> Policy {
    policy(
        "comparison",
        "Đánh giá trên số nguyên, không làm tròn trước khi so với chỉ tiêu".into(),
        "Judged on whole counts without rounding before the comparison with the target".into(),
    )
}

fn rollup(units_as_of: Option<Date>) -> Policy {
    let (vi, en) = match units_as_of {
        None => (
            "đơn vị thuộc cấp trên nào tính theo ngày chốt số liệu".to_owned(),
            "units belong to their superior at the as-of date".to_owned(),
        ),
        Some(date) => (
            format!("cơ cấu tổ chức của mọi kỳ tính theo ngày {}", dmy(date)),
            format!("units of every period are those of {date}"),
        ),
    };
    policy(
        "rollup",
        format!(
            "Cộng tử số và mẫu số rồi mới chia, không lấy trung bình tỷ lệ; đơn vị chưa báo cáo là thiếu số liệu, \
             không phải số 0; {vi}"
        ),
        format!(
            "Numerators and denominators are added up, then divided; shares are never averaged; a unit without a \
             report is missing, not zero; {en}"
        ),
    )
}

fn basis(campaign: &Campaign) -> Policy {
    let level = |lang| {
        let words: Vec<String> = campaign
            .levels
            .iter()
            .take(campaign.levels.len().saturating_sub(1))
            .map(|level| {
                let (title, own, below) = match lang {
                    Lang::Vi => (&level.title.vi, "báo cáo của đơn vị", "cộng từ cơ sở"),
                    Lang::En => (&level.title.en, "own report", "added up from below"),
                };
                let basis = match level.basis {
                    LevelBasis::Own => own,
                    LevelBasis::Children => below,
                };
                format!("{title}: {basis}")
            })
            .collect();
        words.join("; ")
    };
    policy(
        "basis",
        format!("Cơ sở số liệu khi danh bạ không ghi khác: {}", level(Lang::Vi)),
        format!("Basis of figures unless the register says otherwise: {}", level(Lang::En)),
    )
}

fn ranking_points(campaign: &Campaign) -> Policy {
    match campaign.ranking.decimals {
        None => policy(
            "ranking_points",
            "Xếp hạng theo điểm chính xác (đến 10⁻⁹), không làm tròn".into(),
            "Ranked on exact points (to 10⁻⁹), not rounded".into(),
        ),
        Some(decimals) => policy(
            "ranking_points",
            format!("Trước khi xếp hạng, điểm làm tròn đến {decimals} chữ số thập phân (nửa về số chẵn)"),
            format!("Points are rounded to {decimals} decimals (half to even) before ranking"),
        ),
    }
}

fn ties(campaign: &Campaign) -> Policy {
    let ranking = &campaign.ranking;
    if ranking.tie_breakers.is_empty() && ranking.ties == Ties::Min {
        return policy(
            "ties",
            "Bằng điểm thì cùng hạng cao nhất và được nêu rõ; phần mềm không tự phân định".into(),
            "Equal points share the best place, and the tie is shown; no order is invented".into(),
        );
    }
    let (shared_vi, shared_en) = shared(ranking.ties);
    if ranking.tie_breakers.is_empty() {
        return policy("ties", format!("Bằng điểm thì {shared_vi}"), format!("Equal points {shared_en}"));
    }
    let ids: Vec<&str> = ranking.tie_breakers.iter().map(|id| id.as_str()).collect();
    let ids = ids.join(", ");
    policy(
        "ties",
        format!("Bằng điểm thì xét lần lượt: {ids}; vẫn bằng thì {shared_vi}"),
        format!("Equal points are separated by, in order: {ids}; units that are still equal {shared_en}"),
    )
}

/// What becomes of equal points, behind "equal points".
fn shared(ties: Ties) -> (&'static str, &'static str) {
    match ties {
        Ties::Min => {
            ("cùng hạng cao nhất và được nêu rõ (1, 2, 2, 4)", "share the best place, and it is shown (1, 2, 2, 4)")
        }
        Ties::Dense => {
            ("cùng hạng, hạng sau liền kề (1, 2, 2, 3)", "share a place, and the next follows at once (1, 2, 2, 3)")
        }
        Ties::Ordinal => {
            ("xếp theo mã đơn vị (1, 2, 3, 4), vẫn nêu rõ", "stand in order of code (1, 2, 3, 4), and it is shown")
        }
        Ties::Average => ("lấy hạng trung bình (1; 2,5; 2,5; 4)", "get the mean of their places (1, 2.5, 2.5, 4)"),
        Ties::Max => ("cùng hạng cuối của nhóm (1, 3, 3, 4)", "share the last of their places (1, 3, 3, 4)"),
    }
}

fn vetoes(campaign: &Campaign) -> Policy {
    let titles = |lang| {
        let gates = campaign.tables.iter().flat_map(|table| &table.gates);
        let mut words: Vec<&str> = gates
            .filter(|gate| campaign.ranking.vetoes.contains(&gate.id))
            .map(|gate| match lang {
                Lang::Vi => &*gate.title.vi,
                Lang::En => &*gate.title.en,
            })
            .collect();
        words.sort_unstable();
        words.dedup();
        words.join("; ")
    };
    policy(
        "vetoes",
        format!("Không xếp hạng đơn vị không đạt: {}", titles(Lang::Vi)),
        format!("Not ranked are units that fail: {}", titles(Lang::En)),
    )
}

fn coverage(percent: i64) -> Policy {
    policy(
        "min_coverage",
        format!("Thứ hạng của cụm là tạm xếp khi chưa đủ {percent} % số đơn vị được xếp hạng"),
        format!("Places of a cluster are provisional until {percent} % of its units are ranked"),
    )
}

fn variations(variations: &Variations) -> Policy {
    let weights = match variations.weights {
        WeightVariation::Fixed => ("giữ nguyên trọng số".to_owned(), "weights as they are".to_owned()),
        WeightVariation::Within { percent } => (format!("trọng số ± {percent} %"), format!("weights ± {percent} %")),
        WeightVariation::Dirichlet { concentration } => (
            format!("trọng số theo phân phối Dirichlet (độ tập trung {concentration})"),
            format!("weights from a Dirichlet distribution (concentration {concentration})"),
        ),
    };
    let words: Vec<&str> = variations
        .scales
        .iter()
        .map(ScaleMethod::as_str)
        .chain(variations.aggregates.iter().map(|it| it.as_str()))
        .collect();
    let others = if words.is_empty() { String::new() } else { format!("; {}", words.join(", ")) };
    policy(
        "ranges",
        format!(
            "Khoảng thứ hạng: {} lần thử, số khởi đầu {}; {}{others}",
            variations.draws, variations.seed, weights.0
        ),
        format!("Ranges of places: {} variations, seed {}; {}{others}", variations.draws, variations.seed, weights.1),
    )
}

fn eligibility(campaign: &Campaign) -> Policy {
    let titles = |lang| {
        let words: Vec<String> = campaign
            .ranking
            .must_have
            .iter()
            .map(|id| match (campaign.documents.iter().find(|it| it.id == *id), lang) {
                (Some(document), Lang::Vi) => document.title.vi.to_string(),
                (Some(document), Lang::En) => document.title.en.to_string(),
                (None, _) => id.to_string(),
            })
            .collect();
        words.join(", ")
    };
    policy(
        "eligibility",
        format!("Chỉ xếp hạng đơn vị đã có: {}", titles(Lang::Vi)),
        format!("Only units with these are ranked: {}", titles(Lang::En)),
    )
}

fn table(table: &ScoringTable) -> Policy {
    let (missing_vi, missing_en) = match table.missing {
        MissingItem::Zero => (
            "mục chưa có số liệu được 0 điểm, tổng là tạm tính",
            "an item without data gives 0 points, the total is provisional",
        ),
        MissingItem::Unscored => {
            ("thiếu số liệu một mục thì không chấm", "an item without data leaves the unit unscored")
        }
        MissingItem::Redistribute => {
            ("điểm của mục chưa có số liệu chia cho các mục khác", "points of an item without data are shared out")
        }
    };
    let (not_vi, not_en) = match table.not_applicable {
        NotApplicableItem::Redistribute => (
            "điểm của mục không áp dụng chia theo tỷ lệ cho các mục còn lại",
            "points of an item that does not apply are shared out in proportion",
        ),
        NotApplicableItem::Drop => (
            "bỏ điểm của mục không áp dụng khỏi tổng",
            "points of an item that does not apply are dropped from the total",
        ),
    };
    let (usage_vi, usage_en) = match table.usage {
        TableUse::Classification => ("xếp loại", "classification"),
        TableUse::Competition => ("thi đua cụm", "competition"),
    };
    let (other_vi, other_en) = others(table);
    policy(
        &format!("table:{}", table.id),
        format!("{} ({usage_vi}): {missing_vi}; {not_vi}{other_vi}", table.title.vi),
        format!("{} ({usage_en}): {missing_en}; {not_en}{other_en}", table.title.en),
    )
}

/// What goes beyond adding up, behind the rest.
fn others(table: &ScoringTable) -> (String, String) {
    let (mut vi, mut en) = (String::new(), String::new());
    let mut aggregates: Vec<(&str, &str)> = Vec::new();
    if table.aggregate != Aggregate::Sum {
        aggregates.push(("tổng", table.aggregate.as_str()));
    }
    for criterion in table.criteria.iter().filter(|it| it.item.is_none() && it.aggregate != Aggregate::Sum) {
        aggregates.push((criterion.id.as_str(), criterion.aggregate.as_str()));
    }
    if !aggregates.is_empty() {
        let words: Vec<String> = aggregates.iter().map(|(node, how)| format!("{node} = {how}")).collect();
        vi += &format!("; gộp điểm: {}", words.join(", "));
        en += &format!("; aggregation: {}", words.join(", "));
    }
    if let Some(percent) = table.min_data {
        vi += &format!("; cần số liệu của ít nhất {percent} % số mục");
        en += &format!("; data of at least {percent} % of the items are needed");
    }
    let imputes = |item: &Item| matches!(item, Item::Scaled(scaled) if scaled.impute.is_some());
    let imputed: Vec<&str> =
        table.criteria.iter().filter(|it| it.item.as_ref().is_some_and(imputes)).map(|it| it.id.as_str()).collect();
    if !imputed.is_empty() {
        vi += &format!("; số liệu thiếu được ước đoán và đánh dấu: {}", imputed.join(", "));
        en += &format!("; missing figures are imputed and marked: {}", imputed.join(", "));
    }
    (vi, en)
}

fn policy(id: &str, vi: String, en: String) -> Policy {
    Policy { id: id.to_owned(), vi, en }
}
