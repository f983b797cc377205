//! Methods, addresses and headers.

use super::Target;
use crate::server::{escape, releases};

#[test]
fn a_method_that_is_not_for_an_address_is_refused() {
    let mut target = Target::start(&[]);
    for (method, path, status) in [
        ("DELETE", "/graphql", 405),
        ("PUT", "/graphql", 405),
        ("PATCH", "/graphql", 405),
        ("TRACE", "/graphql", 405),
        ("CONNECT", "/graphql", 405),
        ("NOTHING", "/graphql", 405),
        ("get", "/graphql?query=%7B__typename%7D", 405),
        ("DELETE", "/releases", 405),
        ("POST", "/metrics", 405),
        ("BAD METHOD", "/graphql", 400),
        ("\u{1}", "/graphql", 400),
    ] {
        let request = format!("{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        let answer = target.send(request.as_bytes()).expect("an answer");
        assert_eq!(answer.status, status, "{method} {path}: {answer}");
        target.survives(method);
    }
}

#[test]
fn an_address_leads_nowhere_but_to_what_is_served() {
    let mut target = Target::start(&[]);
    let id = &*releases().id;
    let long = format!("/graphql?query={}", "a".repeat(100_000));
    let cursor = format!("/graphql?query={}", escape(&"{ __typename }".repeat(1_000)));
    let mutation = format!("/graphql?query={}", escape("mutation { __typename }"));
    for (what, path, status) in [
        ("100 KB", long, 414),
        ("a query of 14 KB, escaped", cursor, 200),
        ("a mutation", mutation, 405),
        ("no query", "/graphql?".into(), 400),
        ("escapes that are none", "/graphql?query=%zz%".into(), 200),
        ("escapes of no letter", "/graphql?query=%ff%fe".into(), 400),
        ("10,000 parameters", format!("/graphql?{}", "query=a&".repeat(8_000)), 400),
        ("variables in each other", format!("/graphql?query=a&variables={}", "[".repeat(20_000)), 400),
        ("a release of another folder", format!("/graphql?query=a&release={}", escape("../../etc")), 404),
        ("folders above", "/releases/../../etc/passwd".into(), 404),
        ("folders above, escaped", "/releases/%2e%2e%2f%2e%2e%2fetc%2fpasswd".into(), 404),
        ("folders above, escaped twice", "/releases/%252e%252e/etc".into(), 404),
        ("folders above a release", format!("/releases/{id}/../../etc/passwd"), 404),
        ("folders above a release, escaped", format!("/releases/{id}/..%2f..%2f..%2fetc%2fpasswd"), 404),
        ("folders above a table", format!("/releases/{id}/..%2funits.parquet"), 404),
        ("another file of the release", format!("/releases/{id}/files.json"), 404),
        ("the journal", format!("/releases/{id}/..%2fjournal.jsonl"), 404),
        ("a NUL character", format!("/releases/{id}/units%00.csv"), 404),
        ("no letters", format!("/releases/{id}/%ff%fe.csv"), 400),
        ("a long name", format!("/releases/{id}/{}.csv", "a".repeat(50_000)), 404),
        ("many folders", format!("/releases{}", "/a".repeat(20_000)), 404),
        ("a file of the system", "/etc/passwd".into(), 404),
        ("a page above the explorer", "/graphiql/..%2f..%2fCargo.toml".into(), 404),
    ] {
        let answer = target.get(&path, "");
        assert_eq!(answer.status, status, "{what}: {answer}");
        assert!(!answer.body.windows(5).any(|five| five == b"root:"), "{what}: {answer}");
        target.survives(what);
    }
}

#[test]
fn odd_headers_are_passed_over_or_refused() {
    let mut target = Target::start(&[]);
    let query = "/graphql?query=%7B__typename%7D";
    let file = format!("/releases/{}/consolidated.xlsx", releases().id);
    let table = format!("/releases/{}/units.csv", releases().id);
    let accept = |ty: &str| {
        format!("accept: {}\r\n", (0..1_000).map(|at| format!("{ty}{at};q=0.5")).collect::<Vec<_>>().join(","))
    };
    let accept_ours = accept("text/x").replace("\r\n", ",application/json\r\n");
    let ranges = |range: &str| format!("range: bytes={}\r\n", vec![range; 1_000].join(","));
    for (what, path, headers, status) in [
        ("200 headers", query, (0..200).map(|at| format!("x-{at}: a\r\n")).collect(), 431),
        ("a header of 1 MB", query, format!("x: {}\r\n", "a".repeat(1 << 20)), 431),
        ("a header of 50 KB", query, format!("x: {}\r\n", "a".repeat(50_000)), 200),
        ("a header without a name", query, ": a\r\n".to_owned(), 400),
        ("a header with a NUL", query, "x: a\0b\r\n".to_owned(), 400),
        ("letters of other scripts", query, "x-request-id: đơn vị 💥\r\n".to_owned(), 200),
        ("1,000 types, none ours", query, accept("text/x"), 406),
        ("1,000 types and ours", query, accept_ours, 200),
        ("a type that is none", query, "accept: ;;;,,,/;q=\"\r\n".to_owned(), 406),
        ("a quality that is none", query, "accept: application/json;q=1e400\r\n".to_owned(), 406),
        ("an odd encoding", query, "accept-encoding: ;;q=,br;q=nan,*;q=-1,\r\n".to_owned(), 200),
        ("1,000 encodings", query, format!("accept-encoding: {}\r\n", vec!["zstd;q=0.1"; 1_000].join(",")), 200),
        ("nothing but no encoding", query, "accept-encoding: identity;q=0, *;q=0\r\n".to_owned(), 200),
        ("1,000 tags", query, format!("if-none-match: {}\r\n", vec!["W/\"a\""; 1_000].join(",")), 200),
        ("1,000 ranges from the start", &file, ranges("0-"), 200),
        ("1,000 ranges of one byte", &file, ranges("0-0"), 200),
        ("a range far out", &file, "range: bytes=99999999999999999999-\r\n".to_owned(), 416),
        ("a range of 2^64 bytes", &file, "range: bytes=-18446744073709551616\r\n".to_owned(), 206),
        ("1,000 ranges of a table made now", &table, ranges("0-"), 200),
        (
            "a preflight of 1,000 headers",
            query,
            format!("access-control-request-headers: {}\r\n", "x,".repeat(1_000)),
            200,
        ),
    ] {
        let answer = target.get(path, &headers);
        assert_eq!(answer.status, status, "{what}: {answer}");
        target.survives(what);
    }
}
