//! Releases and lists as files, the explorer, and a release that is published while requests run.

use crate::server::{Server, done, releases};
use crate::start::top;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{scope, sleep};
use std::time::Duration;

const CSV: (&str, &str) = ("accept", "text/csv");
const XLSX: (&str, &str) = ("accept", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

#[test]
fn files_of_a_release_come_whole_and_in_parts() {
    let server = Server::start(&[]);
    let releases = releases();
    let path = format!("/releases/{}/consolidated.xlsx", releases.id);
    let stored = std::fs::read(releases.folder.join(&releases.id).join("consolidated.xlsx")).unwrap();
    let whole = server.get(&path, &[("accept-encoding", "br, gzip")]);
    assert_eq!((whole.status, &whole.body), (200, &stored), "a workbook is packed already");
    assert_eq!(whole.header("cache-control"), "public, max-age=31536000, immutable");
    let part = server.get(&path, &[("range", "bytes=10-19"), ("if-range", whole.header("etag"))]);
    assert_eq!((part.status, part.body.as_slice()), (206, &stored[10..20]));
    assert_eq!(server.get(&path, &[("range", &format!("bytes={}-", stored.len()))]).status, 416);
    assert_eq!(server.get(&path, &[("if-none-match", whole.header("etag"))]).status, 304);

    let table = format!("/releases/{}/units.csv", releases.id);
    let plain = server.get(&table, &[("accept-encoding", "identity")]);
    let packed = server.get(&table, &[("accept-encoding", "gzip")]);
    assert_eq!(packed.header("etag"), format!("W/{}", plain.header("etag")), "packed bytes are others");
    assert_eq!(server.get(&table, &[("if-none-match", packed.header("etag"))]).status, 304);
    let missing = server.get("/releases/none/units.csv", &[]);
    assert_eq!((missing.status, missing.json()["code"].as_str()), (404, Some("RELEASE_NOT_FOUND")));
}

#[test]
fn a_list_by_accept_is_a_file_of_all_its_rows() {
    let server = Server::start(&[]);
    let query = "query Q($after: String) { results(first: 100, after: $after) { totalCount nodes { numerator unit { code } } } }";
    let total = server.ask(query, "", &[]).json()["data"]["results"]["totalCount"].as_u64().unwrap();
    let csv = server.ask(query, "", &[CSV]);
    assert_eq!((csv.status, csv.header("content-type")), (200, "text/csv; charset=utf-8; header=present"));
    assert_eq!(csv.header("cache-control"), "public, no-cache");
    let text = String::from_utf8(csv.body.clone()).unwrap();
    assert!(text.starts_with("numerator,unit.code\r\n"), "{text:.80}");
    assert_eq!(text.lines().count() as u64, total + 1);
    assert_eq!(server.ask(query, "", &[CSV, ("if-none-match", csv.header("etag"))]).status, 304);
    let pinned = server.ask(query, &format!("release={}&bom=1", releases().id), &[CSV]);
    assert_eq!(pinned.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(pinned.body, ["\u{feff}".as_bytes(), &csv.body].concat());
    let book = server.ask(query, "", &[XLSX]);
    assert_eq!((book.status, &book.body[..4]), (200, &b"PK\x03\x04"[..]));

    for (query, status, code) in [
        ("{ units(first: 5) { nodes { ancestors { code } } } }", 400, "BAD_USER_INPUT"),
        ("{ units(last: 5) { nodes { code } } }", 400, "BAD_USER_INPUT"),
        ("{ units(first: 5) { nodes { none } } }", 400, "GRAPHQL_VALIDATION_FAILED"),
        ("{ units(first: 5000) { nodes { code } } }", 400, "BAD_USER_INPUT"),
        ("{ units(first: 5", 400, "GRAPHQL_PARSE_FAILED"),
    ] {
        let got = server.ask(query, "", &[CSV]);
        assert_eq!((got.status, got.header("cache-control")), (status, "no-store"), "{query}");
        assert_eq!(got.json()["errors"][0]["extensions"]["code"], code, "{query}");
    }
    assert_eq!(server.ask(query, "bom=2", &[CSV]).status, 400);
    assert_eq!(server.ask(query, "release=none", &[CSV]).status, 404);
}

#[test]
fn the_explorer_and_what_it_names_are_there() {
    let server = Server::start(&[]);
    let page = server.get("/graphiql", &[]);
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'self';") && !policy.contains("unsafe"), "{policy}");
    let text = String::from_utf8(page.body).unwrap();
    for address in text.split("=\"/graphiql/").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert_eq!(server.get(&format!("/graphiql/{address}"), &[]).status, 200, "{address}");
    }
    for example in server.get("/graphiql/examples.json", &[]).json().as_array().unwrap() {
        assert!(["id", "vi", "en", "query"].iter().all(|key| example[key].is_string()), "{example}");
    }
}

/// Copies a folder with everything below it.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_newly_published_release_is_served_without_dropping_a_request() {
    let out = tempfile::tempdir().unwrap();
    copy(&releases().folder, out.path());
    let server = Server::start_on(out.path(), &[]);
    let (campaign, inbox) = (top("templates/dak-lak-2014"), top("samples/dak-lak-2014/inbox"));
    let [campaign, inbox, into] = [&campaign, &inbox, out.path()].map(|path| path.to_str().unwrap());
    let json = done(&["run", campaign, inbox, "--out", into, "--as-of", "2014-10-31", "--format", "json"]);
    let newer = serde_json::from_str::<Value>(&json).unwrap()["release"].as_str().unwrap().to_owned();
    assert_ne!(newer, releases().id);

    let stop = AtomicBool::new(false);
    let seen = Mutex::new(BTreeSet::new());
    let ask = || {
        let got = server.post("/graphql", &json!({ "query": "{ units(first: 1) { totalCount } }" }));
        assert_eq!(got.status, 200);
        let answer = got.json();
        let told = answer["extensions"]["release"]["id"].as_str().unwrap_or_default().to_owned();
        assert_eq!(answer["data"]["units"]["totalCount"], 37, "{answer}");
        seen.lock().unwrap().insert(told.clone());
        told
    };
    scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    ask();
                }
            });
        }
        done(&["publish", &newer, "--out", into]);
        while ask() != newer {
            sleep(Duration::from_millis(5));
        }
        stop.store(true, Ordering::Relaxed);
    });
    assert!(seen.lock().unwrap().iter().all(|id| *id == newer || *id == releases().id));

    // One that is not there is told, and the sound one stays.
    let journal = out.path().join("journal.jsonl");
    let line =
        format!("{{\"at\":\"2099-01-01T00:00:00\",\"event\":\"published\",\"release\":\"{}\"}}\n", "0".repeat(16));
    let text = std::fs::read_to_string(&journal).unwrap();
    std::fs::write(&journal, text + &line).unwrap();
    while server.get("/readyz", &[]).json()["troubles"] != json!(["0".repeat(16)]) {
        sleep(Duration::from_millis(5));
    }
    assert_eq!(ask(), newer);
}
