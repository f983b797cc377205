//! How a server starts and ends.

use crate::server::{Server, releases};
use crate::start::thidua;
use serde_json::json;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::sleep;
use std::time::Duration;

#[test]
fn it_tells_its_address_is_alive_and_ready_and_ends_when_told() {
    let server = Server::start(&[]);
    assert_eq!(server.get("/healthz", &[]).status, 200);
    assert_eq!(server.get("/readyz", &[]).json(), json!({ "status": "ready", "releases": 1 }));
    assert_eq!(server.post("/graphql", &json!({ "query": "{ __typename }" })).json()["data"]["__typename"], "Query");
    server.terminate();
    assert_eq!(server.wait().code(), Some(0));
}

#[test]
fn a_request_under_way_is_answered_before_the_end() {
    let server = Server::start(&[]);
    let address = server.address().to_owned();
    let mut under_way = TcpStream::connect(&address).unwrap();
    let body = r#"{"query":"{ __typename }"}"#;
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    under_way.write_all(head.as_bytes()).unwrap();
    under_way.write_all(&body.as_bytes()[..5]).unwrap();
    let is_under_way = |metrics: &[u8]| String::from_utf8_lossy(metrics).contains("thidua_requests_in_flight 1\n");
    while !is_under_way(&server.get("/metrics", &[]).body) {
        sleep(Duration::from_millis(5));
    }
    server.terminate();
    while TcpStream::connect(&address).is_ok() {
        sleep(Duration::from_millis(5));
    }
    under_way.write_all(&body.as_bytes()[5..]).unwrap();
    let mut answer = String::new();
    under_way.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains(r#""__typename":"Query""#), "{answer}");
    assert_eq!(server.wait().code(), Some(0));
}

#[test]
fn what_keeps_it_from_starting_is_told_in_both_languages() {
    let folder = releases().folder.to_str().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    for (args, code, vietnamese, english) in [
        (
            ["--releases", folder, "--listen", &taken],
            4,
            format!("thidua: không mở được địa chỉ {taken} – cổng đó đã có chương trình khác dùng"),
            format!("cannot listen on {taken}"),
        ),
        (
            ["--releases", "không-có", "--listen", "127.0.0.1:0"],
            4,
            "thidua: không có thư mục không-có".to_owned(),
            "không-có is no folder".to_owned(),
        ),
        (
            ["--releases", folder, "--allow-origin", "example.vn"],
            2,
            "thidua: “example.vn” không phải địa chỉ trang web".to_owned(),
            "is no origin".to_owned(),
        ),
    ] {
        let output = thidua(&[["serve"].as_slice(), &args].concat());
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{told}");
        assert!(told.contains(&vietnamese) && told.contains(&english), "{told}");
        assert_eq!(output.stdout, b"", "it never listened");
    }
}
