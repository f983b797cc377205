//! Lists as files, from small releases.

use super::*;
use crate::testing::Out;
use crate::watch::{Served, WatchOptions, look_once};
use axum::body::to_bytes;
use thidua_graph::{Library, Limits, Scope};

const CSV: ListFormat = ListFormat::Csv(TextOptions { has_bom: false, is_raw: false });

struct Site {
    out: Out,
    served: Arc<Served>,
    engine: Engine,
}

fn site() -> Site {
    let out = Out::new();
    out.published(101, 1);
    let options = WatchOptions {
        folders: vec![out.path().to_owned()],
        keep: 2,
        include_unpublished: false,
        every: Duration::from_millis(50),
    };
    Site { served: look_once(&options), out, engine: Engine::new(Limits::default()) }
}

fn call(library: &Arc<Library>, query: &str) -> Call {
    Call {
        library: Arc::clone(library),
        pinned: None,
        campaign: None,
        scope: Scope::everything(),
        query: query.to_owned(),
        operation: None,
        variables: serde_json::Map::new(),
        wants_cost: true,
    }
}

impl Site {
    async fn file(&self, query: &str, format: ListFormat) -> Result<Vec<u8>, ListFailure> {
        let response = list_file(&self.engine, call(&self.served.now().library, query), format).await?.response;
        let length: usize = response.headers()[header::CONTENT_LENGTH].to_str().unwrap().parse().unwrap();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec();
        assert_eq!(body.len(), length);
        Ok(body)
    }

    async fn text(&self, query: &str) -> String {
        match self.file(query, CSV).await {
            Ok(bytes) => String::from_utf8(bytes).unwrap(),
            Err(ListFailure::Answer(answer)) => panic!("{}", String::from_utf8_lossy(&answer.body)),
            Err(ListFailure::Failure(failure)) => panic!("{failure:?}"),
        }
    }
}

#[tokio::test]
async fn a_file_holds_the_rows_of_all_pages() {
    let site = site();
    let whole = site.text("{ units(first: 500) { nodes { code name parent { code } } } }").await;
    insta::assert_snapshot!(whole.replace("\r\n", "\n"), @r"
    code,name,parent.code
    SX,Hội Chữ thập đỏ tỉnh Sông Xanh,
    SX-1,Huyện hội Thượng Nguồn,SX
    SX-1-1,Chi hội Bến Đá,SX-1
    SX-1-2,Chi hội Cầu Gỗ,SX-1
    SX-2,Huyện hội Hạ Lưu,SX
    SX-2-1,Chi hội Đồng Lau,SX-2
    SX-2-2,Chi hội Gò Mây,SX-2
    ");
    for first in [1, 2, 3] {
        let query = format!("{{ units(first: {first}) {{ totalCount nodes {{ code name parent {{ code }} }} }} }}");
        assert_eq!(site.text(&query).await, whole, "pages of {first}");
    }
    let through_a_variable = "query Q($c: String) { rows: units(first: 2, after: $c) { n: nodes { ...U } } } fragment U on Unit { code name parent { code } }";
    assert_eq!(site.text(through_a_variable).await, whole);
}

#[tokio::test]
async fn a_workbook_holds_the_same_values() {
    let site = site();
    let query = "{ units(first: 2) { nodes { code name } } }";
    let csv = site.text(query).await;
    let bytes = site.file(query, ListFormat::Xlsx).await.unwrap();
    assert_eq!(site.file(query, ListFormat::Xlsx).await.unwrap(), bytes, "the same rows give the same bytes");
    let book = thidua_sheets::read(&bytes, &thidua_sheets::Limits::default()).unwrap();
    let rows =
        book.sheets[0].rows().map(|(_, cells)| cells.iter().map(|it| it.value.shown()).collect::<Vec<_>>().join(","));
    assert!(rows.eq(csv.lines().map(str::to_owned)), "{csv}");
}

#[tokio::test]
async fn the_header_names_the_list_its_release_and_its_content() {
    let site = site();
    let library = site.served.now().library.clone();
    let query = "{ units(first: 500) { nodes { code } } }";
    let response = list_file(&site.engine, call(&library, query), CSV).await.unwrap().response;
    let id = library.current(None).unwrap().id().clone();
    let headers = response.headers();
    assert_eq!(headers[header::CONTENT_TYPE], "text/csv; charset=utf-8; header=present");
    let name = format!("attachment; filename=\"chu-thap-do-2015-{id}-units.csv\"");
    assert_eq!(headers[header::CONTENT_DISPOSITION], name.as_str());
    let etag = headers[header::ETAG].clone();
    let other = list_file(&site.engine, call(&library, "{ units(first: 500) { nodes { name } } }"), CSV)
        .await
        .unwrap()
        .response;
    assert_ne!(other.headers()[header::ETAG], etag);
    let again =
        list_file(&site.engine, call(&library, "{ units(first: 1) { nodes { code } } }"), CSV).await.unwrap().response;
    assert_eq!(again.headers()[header::ETAG], etag);
}

#[tokio::test]
async fn what_is_no_table_is_refused_with_its_code() {
    let site = site();
    for (query, code) in [
        ("{ units(first: 5) { nodes { code", "GRAPHQL_PARSE_FAILED"),
        ("{ units(first: 5) { nodes { codes } } }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ units { nodes { code } } }", "BAD_USER_INPUT"),
        ("{ units(first: 5000) { nodes { code } } }", "BAD_USER_INPUT"),
        ("{ units(last: 5) { nodes { code } } }", "BAD_USER_INPUT"),
        ("{ releases { id } }", "BAD_USER_INPUT"),
        ("{ __typename }", "BAD_USER_INPUT"),
        ("{ units(first: 5) { nodes { ancestors { code } } } }", "BAD_USER_INPUT"),
        ("{ a: units(first: 5) { nodes { code } } b: units(first: 5) { nodes { code } } }", "BAD_USER_INPUT"),
        (&format!("{{ units(first: 5) {{ nodes {{ code }} }} {} }}", "a(b: [".repeat(200)), "QUERY_TOO_DEEP"),
    ] {
        for format in [CSV, ListFormat::Xlsx] {
            let told = match site.file(query, format).await {
                Ok(_) => "a file".to_owned(),
                Err(ListFailure::Answer(answer)) => {
                    answer.codes.iter().map(|code| code.as_str()).collect::<Vec<_>>().join(" ")
                }
                Err(ListFailure::Failure(failure)) => failure.code.to_owned(),
            };
            assert_eq!(told, code, "{query}");
        }
    }
}

#[tokio::test]
async fn a_release_that_is_not_there_is_told() {
    let site = site();
    let mut asked = call(&site.served.now().library, "{ units(first: 5) { nodes { code } } }");
    asked.pinned = Some("none".into());
    let Err(ListFailure::Answer(answer)) = list_file(&site.engine, asked, CSV).await else { panic!("no file") };
    assert_eq!(answer.codes, [Code::ReleaseNotFound]);
    let nothing = list_file(&site.engine, call(&Arc::default(), "{ units(first: 5) { nodes { code } } }"), CSV).await;
    let Err(ListFailure::Answer(answer)) = nothing else { panic!("no file") };
    assert_eq!(answer.codes, [Code::NotReady]);
}

#[tokio::test]
async fn all_pages_are_of_the_release_that_was_current_at_the_start() {
    let site = site();
    let before = site.served.now().library.clone();
    let newer = site.out.published(102, 2);
    let options = WatchOptions {
        folders: vec![site.out.path().to_owned()],
        keep: 2,
        include_unpublished: false,
        every: Duration::from_millis(50),
    };
    let now = look_once(&options).now();
    let query = "{ results(first: 1) { nodes { unit { code } numerator } } }";
    let text = async |library: &Arc<Library>, pinned: Option<&str>| {
        let mut asked = call(library, query);
        asked.pinned = pinned.map(Into::into);
        let Ok(made) = list_file(&site.engine, asked, CSV).await else { panic!("a file") };
        assert_eq!(&made.release, library.release(pinned.unwrap_or_default()).or(library.current(None)).unwrap().id());
        to_bytes(made.response.into_body(), usize::MAX).await.unwrap()
    };
    let (old, new) = (text(&before, None).await, text(&now.library, None).await);
    assert_ne!(old, new);
    assert_eq!(text(&now.library, Some(&newer)).await, new);
    let first = before.current(None).unwrap().id().clone();
    assert_eq!(text(&now.library, Some(&first)).await, old);
}
