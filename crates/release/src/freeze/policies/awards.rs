//! The rules of an award, in words for the office.

use super::policy;
use crate::manifest::Policy;
use thidua_campaign::{Award, Bilingual};
use thidua_model::Lang;

pub(super) fn policy_of(award: &Award) -> Policy {
    let (title, kind) = (&award.title, award.kind);
    let words = |lang: Lang| {
        format!(
            "{} ({}, {}): {}",
            title.of(lang),
            kind.words(lang).to_lowercase(),
            award.given_by,
            [conditions(award, lang), quotas(award, lang)].concat().join("; ")
        )
    };
    policy(&format!("award:{}", award.id), words(Lang::Vi), words(Lang::En))
}

fn said(lang: Lang, vi: String, en: String) -> String {
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

fn conditions(award: &Award, lang: Lang) -> Vec<String> {
    let mut all = Vec::new();
    if let Some(upto) = award.places_upto {
        all.push(said(
            lang,
            format!("thứ hạng trong cụm từ 1 đến {upto}"),
            format!("place 1 to {upto} in its cluster"),
        ));
    }
    if !award.classes.is_empty() {
        let classes: Vec<&str> = award.classes.iter().map(|class| class.as_str()).collect();
        let classes = classes.join(", ");
        all.push(said(
            lang,
            format!("xếp loại {classes} (đã công nhận, nếu chưa thì mức đề xuất)"),
            format!("class {classes} (the official one, else the one proposed)"),
        ));
    }
    all.extend(award.condition.as_ref().map(|condition| condition.text().to_owned()));
    let gates = award.gates.iter().map(|gate| Bilingual::of(&gate.title, lang).to_string());
    all.extend(gates);
    all
}

fn quotas(award: &Award, lang: Lang) -> Vec<String> {
    let mut all = Vec::new();
    if let Some(most) = award.quota.per_cluster {
        all.push(said(lang, format!("mỗi cụm nhiều nhất {most}"), format!("at most {most} in each cluster")));
    }
    if let Some(per) = award.quota.per_units {
        all.push(said(
            lang,
            format!("cứ {} đơn vị được xếp hạng của cụm có 1, ít nhất {}", per.one_for, per.at_least),
            format!("one for {} ranked units of the cluster, at least {}", per.one_for, per.at_least),
        ));
    }
    if let Some(most) = award.quota.most {
        all.push(said(lang, format!("tất cả nhiều nhất {most}"), format!("at most {most} in all")));
    }
    if !all.is_empty() {
        all.push(said(
            lang,
            "thứ tự: thứ hạng, rồi điểm; bằng nhau ở suất cuối thì bình chọn".into(),
            "order: place, then points; a tie at the end of the quota is settled by ballot".into(),
        ));
    }
    all
}
