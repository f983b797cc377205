//! Where figures are to be had: the explorer, and the tables of the current release.

use super::tokens::in_words;
use crate::access::{TokenScope, figures};
use crate::answer::Answer;
use crate::clock;
use crate::site::Site;
use crate::visitor::Signed;
use std::path::Path;
use thidua_pages::Lang;
use thidua_pages::errors::ErrorKind;
use thidua_pages::tokens::{Data, ExportTable, Exports, title_of};
use thidua_release::{Manifest, journal};
use thidua_server::Scope;

pub(crate) async fn data(mut signed: Signed) -> Answer {
    let Some(scope) = figures(&signed.account, &TokenScope::Everything, clock::today()) else {
        return Err(signed.visitor.refuse(ErrorKind::NotYours));
    };
    let exports = if scope.is_everything() { tables(&signed, &scope).await } else { Exports::Lists };
    let page = Data {
        scope: in_words(&signed.visitor, &signed.account, Some(&TokenScope::Everything)),
        explorer: "/graphiql".to_owned(),
        endpoint: "/graphql".to_owned(),
        exports,
    };
    signed.visitor.show(&page, None).await
}

/// Tables of the current release of the latest campaign that has one.
async fn tables(signed: &Signed, scope: &Scope) -> Exports {
    let mut sites: Vec<_> = signed.visitor.sites.values().collect();
    sites.sort_by_key(|site| std::cmp::Reverse((site.campaign.year, site.id().to_owned())));
    for site in sites {
        let out = signed.visitor.portal.releases(site);
        let read = tokio::task::spawn_blocking(move || current(&out));
        if let Ok(Some(manifest)) = read.await {
            let lang = signed.visitor.lang;
            return Exports::Tables { tables: told(&manifest, site, scope, lang), release: manifest.id };
        }
    }
    Exports::Nothing
}

/// What the current release of a folder is made of.
fn current(out: &Path) -> Option<Manifest> {
    let id = journal::current(out).ok().flatten()?;
    serde_json::from_slice(&std::fs::read(out.join(&*id).join("manifest.json")).ok()?).ok()
}

fn told(manifest: &Manifest, site: &Site, scope: &Scope, lang: Lang) -> Vec<ExportTable> {
    let shows_persons = scope.shows_persons(manifest);
    let lists = || site.campaign.forms.iter().flat_map(|form| &form.lists);
    let table = |name: &str, rows| {
        // Of lists that share a table the last says most: a report follows its registration.
        let list = lists().rfind(|list| *list.table == *name);
        let title = title_of(name, lang).map(str::to_owned).or_else(|| list.map(|it| it.title.of(lang).to_string()));
        // As it was written it shows what is masked elsewhere.
        let is_whole = shows_persons || !manifest.names_persons(name);
        let ends = ["csv", "jsonl", "parquet"].into_iter().filter(|end| *end != "parquet" || is_whole);
        ExportTable {
            title: title.unwrap_or_else(|| name.to_owned()),
            rows,
            formats: ends.map(|end| (end.to_uppercase(), format!("/releases/{}/{name}.{end}", manifest.id))).collect(),
        }
    };
    manifest.tables.iter().map(|it| table(&it.name, it.rows)).collect()
}
