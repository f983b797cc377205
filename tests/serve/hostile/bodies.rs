//! Bodies that are no GraphQL request.

use super::{OK, Target, client};

/// A POST to `/graphql` with more headers, and a body that may be another than they tell.
fn post(headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("POST /graphql HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}

#[test]
fn a_body_that_is_no_request_is_refused() {
    let mut target = Target::start(&[]);
    let open = "[".repeat(10_000);
    let objects = r#"{"a":"#.repeat(10_000);
    let deep = format!(r#"{{"query":"{{ __typename }}","more":{open}{}}}"#, "]".repeat(10_000));
    let batch = format!("[{}]", vec![r#"{"query":"{ __typename }"}"#; 1_000].join(","));
    let large = vec![b' '; 10 << 20];
    let cases: [(&str, &[u8], u16, &str); 14] = [
        ("nothing", b"", 400, "BAD_REQUEST"),
        ("a byte that is no UTF-8", b"{\"query\":\"{ __typename \xff }\"}", 400, "BAD_REQUEST"),
        ("half a letter", b"{\"query\":\"\xc4", 400, "BAD_REQUEST"),
        ("a NUL character", b"{\"query\":\"\0\"}", 400, "BAD_REQUEST"),
        ("a NUL character, escaped", br#"{"query":"{ __typename \u0000 }"}"#, 400, "GRAPHQL_PARSE_FAILED"),
        ("half a surrogate pair", br#"{"query":"{ __typename } # \ud83d"}"#, 400, "BAD_REQUEST"),
        ("the wrong half", br#"{"query":"{ __typename } # \udca9\ud83d"}"#, 400, "BAD_REQUEST"),
        ("10,000 open lists", open.as_bytes(), 400, "BAD_REQUEST"),
        ("10,000 open objects", objects.as_bytes(), 400, "BAD_REQUEST"),
        ("10,000 lists that nobody reads", deep.as_bytes(), 200, OK),
        ("a batch", batch.as_bytes(), 400, "BAD_REQUEST"),
        ("a number without an end", br#"{"query":1e99999}"#, 400, "BAD_REQUEST"),
        ("one byte too many", &large[..(64 << 10) + 1], 413, "QUERY_TOO_LARGE"),
        ("10 MiB", &large, 413, "QUERY_TOO_LARGE"),
    ];
    for (what, body, status, code) in cases {
        let answer = target.send(&client::post(body)).unwrap_or_else(|| panic!("{what}: no answer"));
        assert_eq!((answer.status, &*answer.code()), (status, code), "{what}: {answer}");
        target.survives(what);
    }
}

#[test]
fn a_body_that_is_not_what_its_headers_tell_is_refused() {
    let mut target = Target::start(&[]);
    let json = "content-type: application/json\r\n";
    let query = br#"{"query":"{ __typename }"}"#;
    let chunks = [b"1000\r\n".as_slice(), &[b' '; 0x1000], b"\r\n"].concat().repeat(2_560);
    let cases: [(&str, String, &[u8], u16); 12] = [
        ("a length of 10^30", format!("{json}content-length: 1{}\r\n", "0".repeat(30)), query, 400),
        ("a length of 2^63", format!("{json}content-length: 9223372036854775808\r\n"), query, 413),
        ("a length below nothing", format!("{json}content-length: -1\r\n"), query, 400),
        ("two lengths", format!("{json}content-length: 26\r\ncontent-length: 5\r\n"), query, 400),
        ("10 MiB in chunks", format!("{json}transfer-encoding: chunked\r\n"), &chunks, 413),
        ("a chunk of 2^64", format!("{json}transfer-encoding: chunked\r\n"), b"10000000000000000\r\n{", 400),
        ("a chunk without a number", format!("{json}transfer-encoding: chunked\r\n"), b"zz\r\n{", 400),
        ("no type", "content-length: 26\r\n".into(), query, 415),
        ("a form", "content-type: application/x-www-form-urlencoded\r\ncontent-length: 26\r\n".into(), query, 415),
        (
            "another alphabet",
            "content-type: application/json; charset=utf-7\r\ncontent-length: 26\r\n".into(),
            query,
            415,
        ),
        ("packed", format!("{json}content-encoding: gzip\r\ncontent-length: 26\r\n"), query, 415),
        ("unpacked", format!("{json}content-length: 26\r\n"), query, 200),
    ];
    for (what, headers, body, status) in cases {
        let answer = target.send(&post(&headers, body)).unwrap_or_else(|| panic!("{what}: no answer"));
        assert_eq!(answer.status, status, "{what}: {answer}");
        target.survives(what);
    }
}
