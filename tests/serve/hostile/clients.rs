//! Clients that send slowly, take slowly, leave, or come in crowds.

use super::client::{connect, is_timeout, post, read_to_the_end, send};
use super::{OK, Target};
use crate::server::releases;
use serde_json::json;
use std::io::Write;
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// What a client does once it has sent the beginning; what came back.
type Client = fn(TcpStream) -> Vec<u8>;

/// Sends one byte after another until the server has enough.
fn drip(stream: TcpStream) -> Vec<u8> {
    let answered = AtomicBool::new(false);
    thread::scope(|scope| {
        let mut sending = stream.try_clone().expect("a second handle");
        let answered = &answered;
        scope.spawn(move || {
            // Not for ever: a server that never has enough must fail the test, not hang it.
            for _ in 0..2_000 {
                if answered.load(Ordering::Acquire) || sending.write_all(b"a").is_err() {
                    break;
                }
                thread::sleep(Duration::from_millis(100));
            }
        });
        let bytes = read_to_the_end(stream.try_clone().expect("a third handle"));
        answered.store(true, Ordering::Release);
        bytes
    })
}

/// Asks again and again and takes no answer, until the server has enough.
fn never_read(mut stream: TcpStream) -> Vec<u8> {
    let request = format!("GET /releases/{}/consolidated.xlsx HTTP/1.1\r\nhost: x\r\n\r\n", releases().id);
    loop {
        match stream.write_all(request.as_bytes()) {
            Ok(()) => {}
            Err(error) if is_timeout(&error) => panic!("the connection hangs"),
            Err(_) => return Vec::new(),
        }
    }
}

#[test]
fn a_slow_client_is_cut_off_and_others_are_served_meanwhile() {
    let mut target = Target::start(&[]);
    let head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
    let promised = format!("{head}content-length: 60000\r\n\r\n");
    let chunked = format!("{head}transfer-encoding: chunked\r\n\r\n5\r\n{{\"que");
    let address = target.server.address().to_owned();
    let open = |first: &str| {
        let mut stream = connect(&address);
        stream.write_all(first.as_bytes()).expect("the beginning is taken");
        stream
    };
    let clients: [(&str, &str, Client, &str); 7] = [
        ("says nothing", "", read_to_the_end, ""),
        ("ends within the first line", "POST /gra", read_to_the_end, ""),
        ("sends a header byte by byte", "GET /graphql HTTP/1.1\r\nx: ", drip, ""),
        ("promises a body", &promised, read_to_the_end, "HTTP/1.1 408 "),
        ("sends a body byte by byte", &promised, drip, "HTTP/1.1 408 "),
        ("begins a chunk", &chunked, read_to_the_end, "HTTP/1.1 408 "),
        ("takes no answer", "", never_read, ""),
    ];
    thread::scope(|scope| {
        let under_way: Vec<_> = clients
            .into_iter()
            .map(|(what, first, client, answer)| {
                let stream = open(first);
                (what, answer, scope.spawn(move || client(stream)))
            })
            .collect();
        target.survives("slow clients have come");
        for (what, answer, client) in under_way {
            let bytes = client.join().unwrap_or_else(|_| panic!("who {what} is not cut off"));
            let text = String::from_utf8_lossy(&bytes);
            assert!(text.starts_with(answer) && (!answer.is_empty() || text.is_empty()), "who {what}: {text}");
            target.survives(what);
        }
    });
}

#[test]
fn clients_that_leave_take_nothing_with_them() {
    let mut target = Target::start(&[]);
    let heavy = r#"{"query":"{ results(first: 500) { nodes { value unit { name } } } }"}"#;
    for round in 0..100 {
        let whole = post(heavy.as_bytes());
        let mut stream = connect(target.server.address());
        // Some leave within the head, some within the body, some before the answer.
        stream.write_all(&whole[..whole.len() * (round % 4 + 1) / 4]).expect("it is taken");
        stream.shutdown(Shutdown::Both).expect("gone");
    }
    target.survives("100 clients that left");
    let in_flight =
        || String::from_utf8_lossy(&target.get("/metrics", "").body).contains("thidua_requests_in_flight 0\n");
    while !in_flight() {
        thread::sleep(Duration::from_millis(20));
    }
    target.survives("nothing under way");
}

#[test]
fn a_crowd_is_answered_or_told_to_come_again() {
    let mut target = Target::start(&["--cache", "0", "--requests", "64"]);
    let address = target.server.address().to_owned();
    let ask = |at: usize| {
        // Each another text, and as much as one query may ask.
        let query = format!(
            "query Q{at} {{ units(first: 100) {{ nodes {{ name results(first: 100) {{ nodes {{ value reason status }} }} }} }} \
             whatIf(weights: [], first: 500) {{ moved }} aggregate(groupBy: [CLUSTER, PARENT]) {{ count }} }}"
        );
        send(&address, &post(json!({ "query": query }).to_string().as_bytes()))
    };
    let answers: Vec<_> = thread::scope(|scope| {
        let asking: Vec<_> = (0..200).map(|at| scope.spawn(move || ask(at))).collect();
        asking.into_iter().map(|one| one.join().expect("nobody hangs")).collect()
    });
    let mut answered = 0;
    for answer in answers {
        let answer = answer.expect("an answer");
        match answer.status {
            200 => {
                assert_eq!(answer.code(), OK, "{answer}");
                answered += 1;
            }
            503 => assert!(answer.head.contains("\r\nretry-after: "), "{answer}"),
            _ => panic!("{answer}"),
        }
    }
    assert!(answered > 0, "a crowd does not keep everybody out");
    target.survives("a crowd");
}
