//! The rules that change figures or places, in words for the office.

use crate::manifest::Policy;
use thidua_campaign::{Campaign, LevelBasis, MissingItem, NotApplicableItem, ScoringTable};
use thidua_model::Lang;
use thidua_model::words::TableUse;

pub(super) fn policies(campaign: &Campaign) -> Vec<Policy> {
    let mut all =
        vec![targets(campaign), comparison(), rollup(), basis(campaign), ranking_points(campaign), ties(campaign)];
    if !campaign.ranking.must_have.is_empty() {
        all.push(eligibility(campaign));
    }
    all.extend(campaign.tables.iter().map(table));
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

fn rollup() -> Policy {
    policy(
        "rollup",
        "Cộng tử số và mẫu số rồi mới chia, không lấy trung bình tỷ lệ; đơn vị chưa báo cáo là thiếu số liệu, không phải số 0; đơn vị thuộc cấp trên nào tính theo ngày chốt số liệu".into(),
        "Numerators and denominators are added up, then divided; shares are never averaged; a unit without a report is missing, not zero; units belong to their superior at the as-of date".into(),
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
    if ranking.tie_breakers.is_empty() {
        return policy(
            "ties",
            "Bằng điểm thì cùng hạng cao nhất và được nêu rõ; phần mềm không tự phân định".into(),
            "Equal points share the best place, and the tie is shown; no order is invented".into(),
        );
    }
    let ids: Vec<&str> = ranking.tie_breakers.iter().map(|id| id.as_str()).collect();
    let ids = ids.join(", ");
    policy(
        "ties",
        format!("Bằng điểm thì xét lần lượt: {ids}; vẫn bằng thì cùng hạng cao nhất và được nêu rõ"),
        format!(
            "Equal points are separated by, in order: {ids}; what is still equal shares the best place and is shown"
        ),
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
    policy(
        &format!("table:{}", table.id),
        format!("{} ({usage_vi}): {missing_vi}; {not_vi}", table.title.vi),
        format!("{} ({usage_en}): {missing_en}; {not_en}", table.title.en),
    )
}

fn policy(id: &str, vi: String, en: String) -> Policy {
    Policy { id: id.to_owned(), vi, en }
}
