//! `thidua what-if`: places and classes under another scoring definition.

use crate::args::{Format, WhatIf};
use crate::exit::Usage;
use crate::page::{Page, unit};
use crate::print::print;
use crate::words::Step;
use anyhow::Context;
use serde_json::{Value, json};
use thidua_campaign::{Campaign, LoadError, SetLine};
use thidua_model::{Lang, Points, Text};
use thidua_pipeline::{Asked, ClassStand, ClassStanding, Redefined, Stand, Standing, WhatIfError, redefine};

pub(crate) fn what_if(args: &WhatIf) -> anyhow::Result<()> {
    let step = || Step(format!("không mở được bản phát hành {}", args.release.display()));
    let opened = thidua_release::open(&args.release).with_context(step)?;
    let asked = Asked {
        period: args.period.clone(),
        table: args.table.clone(),
        cluster: args.cluster.clone(),
        unit: args.unit.clone(),
        moved_only: args.moved_only,
    };
    let found = match redefine(&opened, &args.set, &asked) {
        Err(WhatIfError::Definition(LoadError::Invalid { issues })) => return Err(super::broken(&issues)),
        Err(error @ WhatIfError::Release(_)) => return Err(anyhow::Error::new(error).context(step())),
        found => found.map_err(|error| Usage(error.to_string()))?,
    };
    match args.format {
        Format::Text => print(&text(&found, &opened.id, args.lang.into())),
        Format::Json => print(&format!("{:#}\n", object(&found, &opened.id))),
    }
}

fn text(found: &Redefined, release: &str, lang: Lang) -> String {
    let mut page = Page::new(lang);
    let nothing = page.say("tính thử, không lưu gì", "tried, nothing is stored");
    let line = format!("{} {release} · {nothing}", page.say("Bản phát hành", "Release"));
    page.line(0, &line);
    lines(&mut page, ("Đặt", "Set"), &found.set);
    lines(&mut page, ("Điểm tối đa theo đó thay đổi", "Maxima that follow"), &found.followed);
    rankings(&mut page, found);
    classes(&mut page, found);
    let [(ranked, moved), (classed, reclassed)] = [found.ranked, found.classed];
    page.text.push('\n');
    for (all, other, (vi, en)) in [
        (ranked, moved, ("thứ hạng thay đổi", "places change")),
        (classed, reclassed, ("xếp loại thay đổi", "classes change")),
    ] {
        if all > 0 {
            let line = format!("{other}/{all} {}", page.say(vi, en));
            page.line(0, &line);
        }
    }
    page.text
}

fn lines(page: &mut Page, (vi, en): (&str, &str), lines: &[SetLine]) {
    if lines.is_empty() {
        return;
    }
    page.heading(vi, en);
    let absent = page.say("(chưa có)", "(absent)").to_owned();
    let row = |it: &SetLine| {
        vec![it.path.clone(), it.old.clone().unwrap_or_else(|| absent.clone()), "→".to_owned(), it.new.clone()]
    };
    let rows: Vec<_> = lines.iter().map(row).collect();
    page.table(1, &[], &rows);
}

/// Rows of one key stand together.
fn groups<T, K: PartialEq>(rows: &[T], key: impl Fn(&T) -> K) -> impl Iterator<Item = &[T]> {
    rows.chunk_by(move |a, b| key(a) == key(b))
}

fn rankings(page: &mut Page, found: &Redefined) {
    for group in groups(&found.rankings, |it| (it.period.clone(), it.cluster.clone(), it.table.clone())) {
        let Some(first) = group.first() else { continue };
        let cluster = found.campaign.clusters.iter().find(|it| it.id.as_str() == &*first.cluster);
        let cluster = cluster.map_or(&*first.cluster, |it| page.word(&it.title)).to_owned();
        let title = [period(page, &found.campaign, &first.period), cluster, table(page, &found.campaign, &first.table)];
        page.heading(&title.join(" · "), &title.join(" · "));
        let heads = [
            ("hạng", "place"),
            ("", ""),
            ("đơn vị", "unit"),
            ("điểm cũ", "old points"),
            ("điểm mới", "new points"),
            ("chênh", "change"),
        ];
        let mut rows = vec![heads.map(|(vi, en)| page.say(vi, en).to_owned()).to_vec()];
        rows.extend(group.iter().map(|it| ranking(page, &found.campaign, it)));
        page.table(1, &[3, 4, 5], &rows);
    }
}

fn ranking(page: &Page, campaign: &Campaign, it: &Standing) -> Vec<String> {
    let place = |stand: &Stand| match stand.place {
        Some(place) => format!("{place}{}", if stand.is_tied { "=" } else { "" }),
        None => "–".to_owned(),
    };
    let moved = match it.moved {
        Some(gained @ 1..) => format!("▲{gained}"),
        Some(lost @ ..=-1) => format!("▼{}", -lost),
        _ => String::new(),
    };
    let points = |stand: &Stand| match stand.max {
        Some(_) if stand.points.is_some() => format!("{}/{}", page.rounded(stand.points), page.rounded(stand.max)),
        _ => stand.reason.map_or_else(|| page.rounded(stand.points), |reason| reason.words(page.lang).to_owned()),
    };
    vec![
        format!("{} → {}", place(&it.old), place(&it.new)),
        moved,
        unit(campaign, &it.unit),
        points(&it.old),
        points(&it.new),
        change(page, it.difference),
    ]
}

/// Nothing where nothing changed.
fn change(page: &Page, difference: Option<Points>) -> String {
    match difference {
        Some(Points::ZERO) | None => String::new(),
        Some(points) => format!("{}{}", if points > Points::ZERO { "+" } else { "" }, page.rounded(difference)),
    }
}

fn classes(page: &mut Page, found: &Redefined) {
    for group in groups(&found.classes, |it| it.period.clone()) {
        let Some(first) = group.first() else { continue };
        let period = period(page, &found.campaign, &first.period);
        page.heading(&format!("{period} · Xếp loại"), &format!("{period} · Classes"));
        let heads = [
            ("loại cũ", "old class"),
            ("", ""),
            ("loại mới", "new class"),
            ("đơn vị", "unit"),
            ("điểm cũ", "old points"),
            ("điểm mới", "new points"),
            ("chênh", "change"),
        ];
        let mut rows = vec![heads.map(|(vi, en)| page.say(vi, en).to_owned()).to_vec()];
        rows.extend(group.iter().map(|it| class_row(page, &found.campaign, it)));
        page.table(1, &[4, 5, 6], &rows);
    }
}

fn class_row(page: &Page, campaign: &Campaign, it: &ClassStanding) -> Vec<String> {
    let classes = || campaign.tables.iter().filter(|table| table.id.as_str() == &*it.table).flat_map(|it| &it.classes);
    let class = |stand: &ClassStand| match (&stand.class, stand.reason) {
        (Some(id), _) => match classes().find(|class| class.id.as_str() == &**id) {
            Some(class) => page.word(&class.title).to_owned(),
            None => id.to_string(),
        },
        (None, Some(reason)) => reason.words(page.lang).to_owned(),
        (None, None) => "–".to_owned(),
    };
    let arrow = if it.old.class == it.new.class { "=" } else { "→" };
    vec![
        class(&it.old),
        arrow.to_owned(),
        class(&it.new),
        unit(campaign, &it.unit),
        page.rounded(it.old.points),
        page.rounded(it.new.points),
        change(page, it.difference),
    ]
}

fn period(page: &Page, campaign: &Campaign, id: &str) -> String {
    match campaign.find_period(id) {
        Some(period) => page.word(&campaign.period(period).title).to_owned(),
        None => id.to_owned(),
    }
}

fn table(page: &Page, campaign: &Campaign, id: &str) -> String {
    let found = campaign.tables.iter().find(|table| table.id.as_str() == id);
    found.map_or(id, |table| page.word(&table.title)).to_owned()
}

/// Points are integers of 10⁻⁹, as in the tables of a release.
fn object(found: &Redefined, release: &Text) -> Value {
    let lines = |lines: &[SetLine]| -> Vec<Value> {
        lines.iter().map(|it| json!({ "path": it.path, "old": it.old, "new": it.new })).collect()
    };
    let stand = |it: &Stand| {
        json!({
            "place": it.place,
            "tied": it.is_tied,
            "points": it.points,
            "max": it.max,
            "reason": it.reason.map(|reason| reason.as_str()),
        })
    };
    let rankings: Vec<Value> = found
        .rankings
        .iter()
        .map(|it| {
            json!({
                "period": &*it.period,
                "cluster": &*it.cluster,
                "table": &*it.table,
                "unit": &*it.unit,
                "old": stand(&it.old),
                "new": stand(&it.new),
                "difference": it.difference,
                "moved": it.moved,
            })
        })
        .collect();
    let class = |it: &ClassStand| {
        json!({
            "class": it.class.as_deref(),
            "points": it.points,
            "max": it.max,
            "failed_gates": it.failed_gates.split_whitespace().collect::<Vec<_>>(),
            "reason": it.reason.map(|reason| reason.as_str()),
        })
    };
    let classes: Vec<Value> = found
        .classes
        .iter()
        .map(|it| {
            json!({
                "period": &*it.period,
                "table": &*it.table,
                "unit": &*it.unit,
                "old": class(&it.old),
                "new": class(&it.new),
                "difference": it.difference,
            })
        })
        .collect();
    let [(ranked, moved), (classed, reclassed)] = [found.ranked, found.classed];
    json!({
        "schema": 1,
        "release": &**release,
        "set": lines(&found.set),
        "followed": lines(&found.followed),
        "ranked": ranked,
        "moved": moved,
        "classed": classed,
        "reclassed": reclassed,
        "rankings": rankings,
        "classes": classes,
    })
}
