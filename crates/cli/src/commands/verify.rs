//! `thidua verify`: does a release agree with its digests, and its tables with its facts?

use crate::args::{Format, Verify};
use crate::exit::Differs;
use crate::page::Page;
use crate::print::print;
use crate::words::Step;
use anyhow::Context;
use serde_json::{Map, Value, json};
use thidua_model::{Lang, Points};
use thidua_pipeline::verify::{Computed, Difference, FirstDifference, TableCheck};
use thidua_pipeline::{Verified, verify as verify_release};
use thidua_release::FileState;

pub(crate) fn verify(args: &Verify) -> anyhow::Result<()> {
    let found = verify_release(&args.release)
        .with_context(|| Step(format!("không mở được bản phát hành {}", args.release.display())))?;
    match args.format {
        Format::Text => print(&text(&found, args.lang.into()))?,
        Format::Json => print(&format!("{:#}\n", object(&found)))?,
    }
    if found.agrees() { Ok(()) } else { Err(Differs.into()) }
}

fn text(found: &Verified, lang: Lang) -> String {
    let mut page = Page::new(lang);
    let it = &found.inspection;
    let id = it.manifest.as_ref().map_or("?", |manifest| manifest.id.as_str());
    let by = it.version.as_deref().unwrap_or("?");
    page.line(
        0,
        &format!("{} {id} · {} thidua {by}", page.say("Bản phát hành", "Release"), page.say("lập bằng", "made by")),
    );
    if found.is_other_version() && found.later.is_empty() {
        let line = page.say(
            "kiểm bằng phiên bản khác: kết quả tính lại có thể khác dù không ai sửa gì",
            "verified by another version: what is computed again may differ though nobody changed anything",
        );
        let line = format!("{line} ({})", env!("CARGO_PKG_VERSION"));
        page.line(1, &line);
    }
    if !found.later.is_empty() {
        let line = page.say(
            "lập bằng chương trình cũ hơn, chưa có những phần sau, nên các phần đó không được đối chiếu",
            "made by an earlier program; what it did not know yet is compared with nothing",
        );
        let names: Vec<String> = found.later.iter().map(ToString::to_string).collect();
        let line = format!("{line}: {}", names.join(", "));
        page.line(1, &line);
    }
    if it.manifest.is_some() && !it.is_id_sound {
        let line = page.say("mã bản phát hành không khớp các mã băm", "the id does not follow from the digests");
        page.line(1, line);
    }
    states(&mut page, ("Tệp, theo files.json", "Files, by files.json"), &it.files);
    states(&mut page, ("Định nghĩa, theo manifest.json", "Definition, by manifest.json"), &it.definition);
    tables(&mut page, found);
    if let Some(why) = &found.obstacle {
        let words = page.say("Không tính lại được", "Nothing could be computed again").to_owned();
        page.line(0, &format!("\n{words}: {why}"));
    }
    if !found.manifest.is_empty() {
        let words = page.say("manifest.json nói khác điều tính lại, ở phần", "manifest.json says something else of");
        let line = format!("\n{words}: {}", found.manifest.join(", "));
        page.line(0, &line);
    }
    if let Some(same) = found.workbook {
        let (vi, en) = match same {
            true => ("Sổ tổng hợp lập lại giống hệt.", "The workbook made again is the same, byte for byte."),
            false => ("Sổ tổng hợp lập lại ra khác.", "The workbook made again is another."),
        };
        page.heading(vi, en);
    }
    let (vi, en) = match found.agrees() {
        true => ("Kết luận: mọi thứ khớp.", "Verdict: everything agrees."),
        false => ("Kết luận: KHÔNG khớp, xem các dòng trên.", "Verdict: it does NOT agree, see above."),
    };
    page.heading(vi, en);
    page.text
}

/// How many are what they were, and each that is not.
fn states(page: &mut Page, (vi, en): (&str, &str), states: &[(String, FileState)]) {
    let same = states.iter().filter(|(_, state)| *state == FileState::Same).count();
    page.heading(vi, en);
    let line = format!("{same}/{} {}", states.len(), page.say("đúng mã băm", "have their digest"));
    page.line(1, &line);
    for (name, state) in states.iter().filter(|(_, state)| *state != FileState::Same) {
        let line = format!("{name}: {}", words(state, page.lang));
        page.line(1, &line);
    }
}

fn tables(page: &mut Page, found: &Verified) {
    page.heading("Bảng", "Tables");
    let heads = [
        ("bảng", "table"),
        ("số dòng", "rows"),
        ("mã băm", "digest"),
        ("tính lại từ số liệu", "computed from the facts"),
    ];
    let mut rows = vec![heads.map(|(vi, en)| page.say(vi, en).to_owned()).to_vec()];
    rows.extend(found.tables.iter().map(|table| {
        let state = words(&table.stored, page.lang);
        vec![table.name.clone(), page.count(table.rows), state, computed(table, page.lang).to_owned()]
    }));
    page.table(1, &[1], &rows);
    for table in &found.tables {
        if let Computed::Differs(difference) = &table.computed {
            differs(page, table, difference);
        }
    }
}

fn differs(page: &mut Page, table: &TableCheck, it: &Difference) {
    let rows = match it.stored_rows == it.computed_rows {
        true => page.count(it.rows as u64),
        false => {
            let [stored, computed] = [it.stored_rows, it.computed_rows].map(|rows| page.count(rows as u64));
            let [kept, given] = [page.say("lưu", "stored"), page.say("tính lại", "computed")];
            format!("{} ({kept} {stored}, {given} {computed})", page.count(it.rows as u64))
        }
    };
    let line = format!("\n{}: {} {rows}", table.name, page.say("số dòng khác:", "rows that differ:"));
    page.line(0, &line);
    let Some(first) = &it.first else { return };
    let key = first.key.iter().map(|(_, value)| &**value).collect::<Vec<_>>().join(" · ");
    let [row, column] = [page.say("dòng", "row"), page.say("cột", "column")];
    let line = format!("{row} {} ({key}), {column} {}", page.count(first.row as u64), first.column);
    page.line(1, &line);
    for (words, value) in
        [(page.say("lưu", "stored"), &first.stored), (page.say("tính lại", "computed"), &first.computed)]
    {
        let line = format!("{words}: {}", shown(page, first, value.as_deref()));
        page.line(2, &line);
    }
}

/// Points as people write them; the rest as it is kept.
fn shown(page: &Page, first: &FirstDifference, value: Option<&str>) -> String {
    let is_points = matches!(&*first.column, "points" | "max");
    match (value, value.filter(|_| is_points).and_then(|value| value.parse().ok())) {
        (_, Some(points)) => page.points(Points(points)),
        (Some(value), None) => value.to_owned(),
        (None, None) => "–".to_owned(),
    }
}

fn words(state: &FileState, lang: Lang) -> String {
    let (vi, en) = match state {
        FileState::Same => ("khớp", "agrees"),
        FileState::Changed => ("ĐÃ BỊ SỬA", "CHANGED"),
        FileState::Absent => ("THIẾU", "ABSENT"),
        FileState::Foreign => ("TỆP LẠ", "DOES NOT BELONG TO IT"),
        FileState::Unreadable(_) => ("KHÔNG ĐỌC ĐƯỢC", "UNREADABLE"),
    };
    let words = if lang == Lang::Vi { vi } else { en };
    match state {
        FileState::Unreadable(problem) => format!("{words}: {problem}"),
        _ => words.to_owned(),
    }
}

fn computed(table: &TableCheck, lang: Lang) -> &'static str {
    let (vi, en) = match table.computed {
        Computed::Same => ("khớp", "agrees"),
        Computed::Differs(_) => ("KHÁC", "DIFFERS"),
        Computed::NotGiven => ("– (chỉ so mã băm)", "– (by digest alone)"),
        Computed::Impossible => ("không tính được", "cannot be computed"),
    };
    if lang == Lang::Vi { vi } else { en }
}

fn object(found: &Verified) -> Value {
    let it = &found.inspection;
    let states = |states: &[(String, FileState)]| -> Vec<Value> {
        states
            .iter()
            .map(|(name, state)| json!({ "name": name, "state": state.as_str(), "problem": state.problem() }))
            .collect()
    };
    let tables: Vec<Value> = found.tables.iter().map(table_object).collect();
    json!({
        "schema": 1,
        "agrees": found.agrees(),
        "release": it.manifest.as_ref().map(|manifest| &manifest.id),
        "made_by": it.version,
        "verified_by": env!("CARGO_PKG_VERSION"),
        "later": found.later.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "id_follows": it.is_id_sound,
        "files": states(&it.files),
        "definition": states(&it.definition),
        "tables": tables,
        "obstacle": found.obstacle,
        "manifest": found.manifest,
        "workbook": found.workbook.map(|same| if same { "same" } else { "differs" }),
    })
}

fn table_object(table: &TableCheck) -> Value {
    let (word, difference) = match &table.computed {
        Computed::Same => ("same", None),
        Computed::Differs(difference) => ("differs", Some(difference)),
        Computed::NotGiven => ("not_given", None),
        Computed::Impossible => ("impossible", None),
    };
    let difference = difference.map(|it| {
        let first = it.first.as_ref().map(|first| {
            let key: Map<String, Value> =
                first.key.iter().map(|(name, value)| (name.to_string(), json!(&**value))).collect();
            json!({
                "row": first.row,
                "key": key,
                "column": &*first.column,
                "stored": first.stored,
                "computed": first.computed,
            })
        });
        json!({ "rows": it.rows, "stored_rows": it.stored_rows, "computed_rows": it.computed_rows, "first": first })
    });
    json!({
        "name": table.name,
        "rows": table.rows,
        "agrees": table.agrees(),
        "digest": table.stored.as_str(),
        "problem": table.stored.problem(),
        "computed": word,
        "difference": difference,
    })
}
