//! The sheet "Đề nghị khen thưởng": what the rules of the awards propose, as the annex of a decision lists it.

use crate::table::{Block, Cell, Row, Sheet, heads};
use crate::view::View;
use thidua_model::Lang;
use thidua_model::rows::AwardProposalRow;
use thidua_model::words::AwardStatus;

pub(crate) fn sheet(view: &View) -> Option<Sheet> {
    let mut rows: Vec<AwardProposalRow> = view.rows();
    let awards = &view.campaign.awards;
    if awards.is_empty() {
        return None;
    }
    let ranks = view.ranks();
    rows.sort_by_cached_key(|row| {
        let award = awards.iter().position(|it| *it.id == *row.award).unwrap_or(usize::MAX);
        let unit = ranks.get(&*row.unit).copied().unwrap_or(usize::MAX);
        // Who is proposed, then who has to be decided on, then who is not: in the order of the statuses.
        (award, row.status, row.cluster.clone(), row.place.unwrap_or(u32::MAX), unit)
    });
    let mut lines = Vec::new();
    for of_award in rows.chunk_by(|a, b| a.award == b.award) {
        let first = &of_award[0];
        let award = awards.iter().find(|it| *it.id == *first.award);
        let title = award.map_or_else(|| first.award.to_string(), |it| it.title.vi.to_string());
        let proposed = of_award.iter().filter(|row| row.status == AwardStatus::Proposed).count();
        lines.push(Row::band(format!("{title} – cấp quyết định: {} – đề xuất {proposed}", first.given_by)));
        lines.extend(of_award.iter().zip(1..).map(|(row, number)| line(view, row, number)));
    }
    Some(Sheet {
        name: "Đề nghị khen thưởng".into(),
        title: "Danh sách đề nghị khen thưởng".into(),
        about: "Theo hạng, xếp loại, số suất; để làm phụ lục quyết định".into(),
        notes: vec![
            "(Kèm theo Quyết định số ………/QĐ-LĐLĐ ngày …… tháng …… năm ………)".into(),
            "Đề xuất từ số liệu theo quy định của phong trào; tập thể có thẩm quyền quyết định. Bằng nhau ở suất cuối thì \
             không chọn thay."
                .into(),
        ],
        widths: vec![6.0, 44.0, 36.0, 9.0, 11.0, 26.0, 34.0, 44.0],
        blocks: vec![Block {
            heads: heads(&["TT", "Đơn vị", "Cụm thi đua", "Hạng", "Điểm", "Xếp loại", "Đề xuất", "Ghi chú"]),
            rows: lines,
            when_empty: "Chưa có đề nghị nào.",
            ..Block::default()
        }],
        is_unfiltered: true,
        is_signed: true,
        ..Sheet::default()
    })
}

fn line(view: &View, row: &AwardProposalRow, number: i64) -> Row {
    let mut notes = Vec::new();
    if let Some(others) = &row.conflict_with {
        let titles = others.split_whitespace().map(|id| {
            let award = view.campaign.awards.iter().find(|it| *it.id == *id);
            award.map_or_else(|| id.to_owned(), |it| it.title.vi.to_string())
        });
        notes.push(format!("trùng với: {}", titles.collect::<Vec<_>>().join("; ")));
    }
    notes.extend(row.fails.as_ref().map(|words| format!("không đạt: {}", conditions(view, row, words))));
    notes.extend(row.undecided.as_ref().map(|words| format!("chưa rõ: {}", conditions(view, row, words))));
    notes.extend(row.listed_by.as_ref().map(|_| "có trong danh sách đơn vị gửi".to_owned()));
    notes.extend(row.imputed.map(|items| format!("{items} mục dựa trên số liệu ước đoán")));
    if row.is_provisional {
        notes.push("tạm tính".to_owned());
    }
    let class = row.class.as_ref().map(|class| {
        let basis = if row.class_is_official { "công nhận" } else { "đề xuất" };
        format!("{} ({basis})", view.class_title(class))
    });
    Row {
        is_strong: row.status == AwardStatus::Proposed,
        ..Row::new(vec![
            Cell::int(number),
            Cell::text(view.unit_name(&row.unit)),
            row.cluster.as_ref().map_or_else(|| Cell::word("không thuộc cụm"), |it| Cell::text(view.cluster_title(it))),
            row.place.map_or_else(|| Cell::word("chưa xếp"), |place| Cell::int(i64::from(place))),
            row.points.map_or_else(|| Cell::word("chưa có"), |points| Cell::points(Some(points), None)),
            class.map_or_else(|| Cell::word("không xếp loại"), Cell::text),
            Cell::text(row.status.words(Lang::Vi)),
            if notes.is_empty() { Cell::word("không có") } else { Cell::text(notes.join("; ")) },
        ])
    }
}

/// Words of the conditions that a row names by their ids; a gate has its title in the definition.
fn conditions(view: &View, row: &AwardProposalRow, ids: &str) -> String {
    let award = view.campaign.awards.iter().find(|it| *it.id == *row.award);
    let gate = |id: &str| {
        let gate = award?.gates.iter().find(|it| it.id == id)?;
        Some(gate.title.vi.to_string())
    };
    let words = ids.split_whitespace().map(|id| match id {
        "excluded" => "bị loại khỏi xét".to_owned(),
        "cluster" => "không thuộc cụm".to_owned(),
        "place" => "hạng".to_owned(),
        "class" => "xếp loại".to_owned(),
        "condition" => "điều kiện của hình thức khen".to_owned(),
        other => other.strip_prefix("gate.").and_then(gate).unwrap_or_else(|| other.to_owned()),
    });
    words.collect::<Vec<_>>().join(", ")
}
