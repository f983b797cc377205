//! What a client gets.

use crate::server::{Got, Server, releases};
use serde_json::json;

const QUERY: &str = "{ campaign { id titleVi } }";

#[test]
fn get_post_and_kept_answers_are_equal() {
    let server = Server::start(&[]);
    let first = server.ask(QUERY, "", &[]);
    assert_eq!((first.status, first.header("content-type")), (200, "application/json; charset=utf-8"));
    assert!(first.json().get("errors").is_none(), "{}", first.json());
    assert_eq!(first.json()["extensions"]["release"]["id"], releases().id);
    let again = server.ask(QUERY, "", &[]);
    let posted = server.post("/graphql", &json!({ "query": QUERY }));
    assert!(first.body == again.body && first.body == posted.body);
    let metrics = String::from_utf8(server.get("/metrics", &[]).body).unwrap();
    assert!(metrics.contains(r#"thidua_graphql_answers_total{origin="hit"} 2"#), "{metrics}");
    assert!(metrics.contains(r#"thidua_graphql_answers_total{origin="miss"} 1"#), "{metrics}");
}

#[test]
fn a_pinned_answer_holds_for_ever_and_the_latest_until_it_is_asked_again() {
    let server = Server::start(&[]);
    let pinned = format!("release={}", releases().id);
    for (more, cache_control) in [
        (&*pinned, "public, max-age=31536000, immutable"),
        ("", "public, no-cache"),
        ("campaign=dak-lak-2014", "public, no-cache"),
    ] {
        let got = server.ask(QUERY, more, &[]);
        assert_eq!((got.status, got.header("cache-control")), (200, cache_control), "{more}");
        assert_eq!(got.header("vary"), "Accept, Accept-Encoding");
        let etag = got.header("etag").to_owned();
        assert!(etag.starts_with('"'), "a strong tag: {etag}");
        let known = server.ask(QUERY, more, &[("if-none-match", &etag)]);
        assert_eq!((known.status, known.header("etag"), known.body.len()), (304, &*etag, 0));
        let media = [("if-none-match", &*etag), ("accept", "application/graphql-response+json")];
        assert_eq!(server.ask(QUERY, more, &media).status, 200, "another form has another tag");
    }
}

#[test]
fn errors_and_posts_are_not_stored() {
    let server = Server::start(&[]);
    let not_stored = |got: &Got| got.header("cache-control") == "no-store" && got.header("etag").is_empty();
    assert!(not_stored(&server.post("/graphql", &json!({ "query": QUERY }))));
    for (path, status, code) in [
        ("/graphql?query=%7B", 200, "GRAPHQL_PARSE_FAILED"),
        ("/graphql?query=%7BnoSuchField%7D", 200, "GRAPHQL_VALIDATION_FAILED"),
        ("/graphql", 400, "BAD_REQUEST"),
        ("/graphql?query=%7B__typename%7D&release=none", 404, "RELEASE_NOT_FOUND"),
        ("/graphql?query=%7B__typename%7D&campaign=none", 404, "CAMPAIGN_NOT_FOUND"),
        ("/graphql?query=mutation%7B__typename%7D", 405, "METHOD_NOT_ALLOWED"),
        ("/graphql?query=subscription%7B__typename%7D", 405, "METHOD_NOT_ALLOWED"),
        ("/nothing", 404, "NOT_FOUND"),
    ] {
        let got = server.get(path, &[]);
        let json = got.json();
        assert_eq!((got.status, &json["errors"][0]["extensions"]["code"]), (status, &json!(code)), "{path}: {json}");
        assert!(not_stored(&got) && json.get("data").is_none(), "{path}");
    }
}

#[test]
fn answers_are_packed_for_those_who_unpack() {
    let server = Server::start(&[]);
    let query = "{ __schema { types { name description fields { name description } } } }";
    let plain = server.ask(query, "", &[("accept-encoding", "identity")]);
    assert!(plain.header("content-encoding").is_empty());
    for encoding in ["br", "gzip"] {
        for round in ["made", "kept"] {
            let packed = server.ask(query, "", &[("accept-encoding", encoding)]);
            let is_packed = packed.header("content-encoding") == encoding && packed.body.len() < plain.body.len();
            // The client of these tests unpacks gzip itself.
            assert!(is_packed || packed.body == plain.body, "{encoding} {round}");
            assert_ne!(packed.header("etag"), plain.header("etag"), "{encoding} {round}");
        }
    }
}

#[test]
fn a_request_keeps_its_id() {
    let server = Server::start(&[]);
    assert_eq!(server.get("/healthz", &[("x-request-id", "my-id.1")]).header("x-request-id"), "my-id.1");
    let fresh = server.get("/healthz", &[("x-request-id", "not plain")]);
    assert_eq!(fresh.header("x-request-id").len(), 16);
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ] {
        assert_eq!(fresh.header(name), value);
    }
}
