//! Files of a release, asked of the router.

use super::*;
use crate::testing::Out;
use crate::watch::{WatchOptions, look_once};
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, HeaderName, Method, Request, StatusCode, header};
use serde_json::Value;
use thidua_graph::{Persons, Units};
use tower::ServiceExt;

struct Site {
    out: Out,
    /// Published first, then last; one is held open.
    old: String,
    new: String,
    router: Router,
}

fn site() -> Site {
    let out = Out::new();
    let old = out.published(101, 1);
    let new = out.published(102, 2);
    let options = WatchOptions {
        folders: vec![out.path().to_owned()],
        keep: 1,
        include_unpublished: false,
        every: std::time::Duration::from_millis(50),
    };
    let router = router(look_once(&options));
    Site { out, old, new, router }
}

struct Got {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Got {
    fn header(&self, name: HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

impl Site {
    async fn ask(&self, method: Method, path: &str, headers: &[(HeaderName, &str)]) -> Got {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        let response = self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Got { status: parts.status, headers: parts.headers, body }
    }
    async fn get(&self, path: &str) -> Got {
        self.ask(Method::GET, path, &[]).await
    }
    fn on_disk(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.out.path().join(&self.new).join(name)).unwrap()
    }
}

#[tokio::test]
async fn a_stored_file_is_sent_as_it_was_written() {
    let site = site();
    for (name, file, media) in [
        ("consolidated.xlsx", "consolidated.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("facts.parquet", "tables/facts.parquet", "application/vnd.apache.parquet"),
        ("manifest.json", "manifest.json", "application/json"),
    ] {
        let path = format!("/releases/{}/{name}", site.new);
        let got = site.get(&path).await;
        assert_eq!((got.status, &got.body), (StatusCode::OK, &site.on_disk(file)), "{name}");
        assert_eq!(got.header(header::CONTENT_TYPE), media);
        assert_eq!(got.header(header::CONTENT_LENGTH), got.body.len().to_string());
        assert_eq!(got.header(header::ACCEPT_RANGES), "bytes");
        assert_eq!(got.header(header::CACHE_CONTROL), "public, max-age=31536000, immutable");
        let saved = format!("attachment; filename=\"chu-thap-do-2015-{}-{name}\"", site.new);
        assert_eq!(got.header(header::CONTENT_DISPOSITION), saved);
        let etag = got.header(header::ETAG);
        assert!(etag.len() == 66 && etag.starts_with('"'), "{etag}");

        let head = site.ask(Method::HEAD, &path, &[(header::RANGE, "bytes=0-1")]).await;
        assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0));
        assert_eq!(head.header(header::CONTENT_LENGTH), got.body.len().to_string());
        let known = site.ask(Method::GET, &path, &[(header::IF_NONE_MATCH, etag)]).await;
        assert_eq!((known.status, known.body.len(), known.header(header::ETAG)), (StatusCode::NOT_MODIFIED, 0, etag));
        let other = site.ask(Method::GET, &path, &[(header::IF_MATCH, "\"other\"")]).await;
        assert_eq!(other.status, StatusCode::PRECONDITION_FAILED);
    }
}

#[tokio::test]
async fn parts_of_a_stored_file_make_the_whole() {
    let site = site();
    let path = format!("/releases/{}/facts.parquet", site.new);
    let whole = site.on_disk("tables/facts.parquet");
    let bytes = whole.len();
    for (range, from, to) in [
        ("bytes=0-3".to_owned(), 0, 4),
        ("bytes=-4".to_owned(), bytes - 4, bytes),
        (format!("bytes={}-", bytes - 1), bytes - 1, bytes),
        ("bytes=7-99999999".to_owned(), 7, bytes),
    ] {
        let got = site.ask(Method::GET, &path, &[(header::RANGE, &range)]).await;
        assert_eq!((got.status, got.body.as_slice()), (StatusCode::PARTIAL_CONTENT, &whole[from..to]), "{range}");
        assert_eq!(got.header(header::CONTENT_RANGE), format!("bytes {from}-{}/{bytes}", to - 1));
        assert_eq!(got.header(header::CONTENT_LENGTH), (to - from).to_string());
    }
    let outside = site.ask(Method::GET, &path, &[(header::RANGE, &format!("bytes={bytes}-"))]).await;
    assert_eq!(outside.status, StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(outside.header(header::CONTENT_RANGE), format!("bytes */{bytes}"));
    assert_eq!(outside.json()["code"], "RANGE_NOT_SATISFIABLE");
    let etag = site.get(&path).await.header(header::ETAG).to_owned();
    for (if_range, status) in [(etag.as_str(), StatusCode::PARTIAL_CONTENT), ("\"other\"", StatusCode::OK)] {
        let got = site.ask(Method::GET, &path, &[(header::RANGE, "bytes=0-3"), (header::IF_RANGE, if_range)]).await;
        assert_eq!(got.status, status, "{if_range}");
    }
}

#[tokio::test]
async fn every_table_is_to_be_had_as_text_with_all_its_values() {
    let site = site();
    let release = thidua_release::load(&site.out.path().join(&site.new)).unwrap();
    let mut rows = 0;
    for table in release.tables.values() {
        let csv = site.get(&format!("/releases/{}/{}.csv?raw=1", site.new, table.name)).await;
        assert_eq!(csv.status, StatusCode::OK, "{}", table.name);
        assert_eq!(csv.header(header::CONTENT_TYPE), "text/csv; charset=utf-8; header=present");
        let mut reader = csv::Reader::from_reader(csv.body.as_slice());
        let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        assert!(names.iter().map(String::as_str).eq(table.columns.iter().map(|it| &*it.name)), "{}", table.name);
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();

        let jsonl = site.get(&format!("/releases/{}/{}.jsonl", site.new, table.name)).await;
        let objects: Vec<Value> = jsonl.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!((records.len(), objects.len()), (table.rows(), table.rows()), "{}", table.name);
        rows += table.rows();
        for (at, column) in table.columns.iter().enumerate() {
            for row in 0..table.rows() {
                let (text, json) = expected(&column.data, row);
                assert_eq!(&records[row][at], text, "{}.{}[{row}]", table.name, column.name);
                assert_eq!(objects[row][&*column.name], json, "{}.{}[{row}]", table.name, column.name);
            }
        }
    }
    assert!(rows > 20, "the release has rows: {rows}");
}

/// A stored value as CSV and as JSON.
fn expected(data: &thidua_model::ColumnData, row: usize) -> (String, Value) {
    use thidua_model::ColumnData as Data;
    let shown = |text: Option<String>, json: Option<Value>| (text.unwrap_or_default(), json.unwrap_or(Value::Null));
    match data {
        Data::Bool(values) => shown(values[row].map(|it| it.to_string()), values[row].map(Value::from)),
        Data::Int(values) => shown(values[row].map(|it| it.to_string()), values[row].map(Value::from)),
        Data::Float(values) => shown(values[row].map(|it| Value::from(it).to_string()), values[row].map(Value::from)),
        Data::Text(values) => shown(values[row].as_deref().map(str::to_owned), values[row].as_deref().map(Value::from)),
        Data::Date(values) => {
            let date = values[row].map(|it| thidua_model::date::from_days(it).unwrap().to_string());
            shown(date.clone(), date.map(Value::from))
        }
    }
}

#[tokio::test]
async fn a_made_file_has_an_etag_of_its_own_for_each_option() {
    let site = site();
    let mut etags = std::collections::BTreeSet::new();
    for name in ["units.csv", "units.csv?bom=1", "units.csv?raw=1", "units.csv?raw=1&bom=1", "units.jsonl", "facts.csv"]
    {
        let path = format!("/releases/{}/{name}", site.new);
        let got = site.ask(Method::GET, &path, &[(header::RANGE, "bytes=0-1")]).await;
        assert_eq!(got.status, StatusCode::OK, "a part of what is made is not to be had");
        assert_eq!(got.header(header::ACCEPT_RANGES), "none");
        assert_eq!(got.body.starts_with("\u{feff}".as_bytes()), name.contains("bom=1"), "{name}");
        let etag = got.header(header::ETAG);
        assert!(etags.insert(etag.to_owned()), "{name}");
        let known = site.ask(Method::GET, &path, &[(header::IF_NONE_MATCH, etag)]).await;
        assert_eq!((known.status, known.body.len()), (StatusCode::NOT_MODIFIED, 0), "{name}");
        let head = site.ask(Method::HEAD, &path, &[]).await;
        assert_eq!((head.status, head.body.len(), head.header(header::ETAG)), (StatusCode::OK, 0, etag), "{name}");
    }
    let same = format!("/releases/{}/units.csv?bom=0&raw=0&other=x", site.new);
    assert!(etags.contains(site.get(&same).await.header(header::ETAG)));
}

#[tokio::test]
async fn what_is_not_there_is_told_as_json() {
    let site = site();
    let (old, new) = (&site.old, &site.new);
    for (path, status, code) in [
        ("/releases/none".to_owned(), 404, "RELEASE_NOT_FOUND"),
        ("/releases/none/facts.csv".to_owned(), 404, "RELEASE_NOT_FOUND"),
        (format!("/releases/{}/facts.csv", &new[..8]), 404, "RELEASE_NOT_FOUND"),
        (format!("/releases/{new}/none.csv"), 404, "TABLE_NOT_FOUND"),
        (format!("/releases/{new}/none.parquet"), 404, "TABLE_NOT_FOUND"),
        (format!("/releases/{new}/files.json"), 404, "FILE_NOT_FOUND"),
        (format!("/releases/{new}/facts.xml"), 404, "FILE_NOT_FOUND"),
        (format!("/releases/{new}/facts"), 404, "FILE_NOT_FOUND"),
        (format!("/releases/{new}/..%2F..%2Fjournal.jsonl"), 404, "TABLE_NOT_FOUND"),
        (format!("/releases/{new}/..%2Ftables%2Ffacts.parquet"), 404, "TABLE_NOT_FOUND"),
        (format!("/releases/..%2F{new}/facts.parquet"), 404, "RELEASE_NOT_FOUND"),
        (format!("/releases/{new}/facts.csv?bom=yes"), 400, "BAD_USER_INPUT"),
        (format!("/releases/{old}/facts.csv"), 404, "RELEASE_NOT_LOADED"),
    ] {
        let got = site.get(&path).await;
        assert_eq!((got.status.as_u16(), got.json()["code"].as_str()), (status, Some(code)), "{path}");
        assert_eq!(got.header(header::CACHE_CONTROL), "no-store");
    }
    let old = site.get(&format!("/releases/{old}/facts.parquet")).await;
    assert_eq!(old.status, StatusCode::OK, "a release that is not open is still on the disk");
    let post = site.ask(Method::POST, "/releases", &[]).await;
    assert_eq!(post.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn the_list_names_every_file_and_each_is_there() {
    let site = site();
    let got = site.get("/releases").await;
    assert_eq!(got.header(header::CACHE_CONTROL), "no-cache");
    let releases = got.json()["releases"].as_array().unwrap().clone();
    let told: Vec<_> = releases
        .iter()
        .map(|it| (it["id"].as_str().unwrap(), it["isCurrent"] == true, it["isLoaded"] == true))
        .collect();
    assert_eq!(told, [(site.new.as_str(), true, true), (site.old.as_str(), false, false)]);
    assert_eq!(releases[0]["publishedAt"], "2015-12-02T08:30:00");
    let mut count = 0;
    for release in &releases {
        let files = release["files"].as_array().unwrap().iter().map(|it| &it["href"]);
        let tables = release["tables"].as_array().unwrap().iter().flat_map(|it| it["hrefs"].as_array().unwrap());
        for href in files.chain(tables) {
            let head = site.ask(Method::HEAD, href.as_str().unwrap(), &[]).await;
            assert_eq!(head.status, StatusCode::OK, "{href}");
            count += 1;
        }
        let one = site.get(&format!("/releases/{}", release["id"].as_str().unwrap())).await;
        assert_eq!(one.json(), *release);
    }
    assert!(count > 50, "{count}");
    let known = site.ask(Method::GET, "/releases", &[(header::IF_NONE_MATCH, got.header(header::ETAG))]).await;
    assert_eq!(known.status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn a_file_that_was_changed_on_the_disk_is_not_sent() {
    let site = site();
    let path = site.out.path().join(&site.new).join("tables/facts.parquet");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes.truncate(9);
    std::fs::write(&path, bytes).unwrap();
    let got = site.get(&format!("/releases/{}/facts.parquet", site.new)).await;
    assert_eq!(got.status, StatusCode::INTERNAL_SERVER_ERROR);
    std::fs::remove_file(&path).unwrap();
    let got = site.get(&format!("/releases/{}/facts.parquet", site.new)).await;
    assert_eq!(
        (got.status, got.json()["code"].as_str()),
        (StatusCode::INTERNAL_SERVER_ERROR, Some("INTERNAL_SERVER_ERROR"))
    );
    // What is in memory needs no disk.
    assert_eq!(site.get(&format!("/releases/{}/facts.csv", site.new)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn whole_tables_are_not_for_a_scope_of_some_units() {
    let site = site();
    for path in ["/releases".to_owned(), format!("/releases/{}", site.new), format!("/releases/{}/facts.csv", site.new)]
    {
        for (scope, status) in
            [(Scope::everything().under("x"), StatusCode::FORBIDDEN), (Scope::everything(), StatusCode::OK)]
        {
            let mut request = Request::builder().uri(&path).body(Body::empty()).unwrap();
            request.extensions_mut().insert(scope.clone());
            let response = site.router.clone().oneshot(request).await.unwrap();
            assert_eq!(response.status(), status, "{path} {scope:?}");
        }
    }
}

#[tokio::test]
async fn names_of_persons_are_masked_as_text_and_files_that_show_them_are_refused() {
    let out = Out::new();
    let id = out.sample(1);
    let options = WatchOptions {
        folders: vec![out.path().to_owned()],
        keep: 1,
        include_unpublished: false,
        every: std::time::Duration::from_millis(50),
    };
    let router = router(look_once(&options));
    let ask = async |name: &str, persons: Option<Persons>| {
        let mut request = Request::builder().uri(format!("/releases/{id}/{name}")).body(Body::empty()).unwrap();
        if let Some(persons) = persons {
            request.extensions_mut().insert(Scope::new(Units::Everything, persons));
        }
        let (parts, body) = router.clone().oneshot(request).await.unwrap().into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Got { status: parts.status, headers: parts.headers, body }
    };
    let day = |year| Some(Persons::On(thidua_model::Date::constant(year, 1, 1)));
    for (persons, shown) in [(None, true), (day(2034), true), (day(2035), false), (Some(Persons::Hidden), false)] {
        let status = if shown { StatusCode::OK } else { StatusCode::FORBIDDEN };
        for name in ["awards.parquet", "houses.parquet", "issues.parquet", "consolidated.xlsx"] {
            assert_eq!(ask(name, persons).await.status, status, "{name} {persons:?}");
        }
        for name in ["units.parquet", "facts.parquet", "movements.parquet", "manifest.json"] {
            assert_eq!(ask(name, persons).await.status, StatusCode::OK, "{name} {persons:?}");
        }
        for table in ["awards", "houses", "issues"] {
            let lines = ask(&format!("{table}.jsonl"), persons).await;
            let rows: Vec<Value> = lines.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            let column = if table == "issues" { "message_vi" } else { "name" };
            let masked = rows.iter().filter(|row| row[column] == "•••").count();
            assert!(rows.len() > 5 && (masked > 0) != shown, "{table} {persons:?} {masked}");
            if table != "issues" {
                assert!(shown || masked == rows.iter().filter(|row| !row["name"].is_null()).count(), "{table}");
            }
            let csv = ask(&format!("{table}.csv"), persons).await;
            assert_eq!(csv.text().contains("•••"), !shown, "{table} {persons:?}");
            assert_eq!(csv.header(header::CACHE_CONTROL).starts_with("private"), persons.is_some());
        }
        let mut request = Request::builder().uri(format!("/releases/{id}")).body(Body::empty()).unwrap();
        request.extensions_mut().insert(Scope::new(Units::Everything, persons.unwrap_or_default()));
        let listed = router.clone().oneshot(request).await.unwrap();
        let listed = String::from_utf8(to_bytes(listed.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap();
        for name in ["awards.parquet", "consolidated.xlsx"] {
            assert_eq!(listed.contains(&format!("/{name}")), shown, "{name} {persons:?}");
        }
    }
    let tag = async |persons| ask("awards.csv", persons).await.header(header::ETAG).to_owned();
    assert_ne!(tag(None).await, tag(Some(Persons::Hidden)).await);
    assert_eq!(tag(None).await, tag(day(2015)).await);
}
