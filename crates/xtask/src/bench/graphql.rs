//! Requests a second of the running server, against `{ __typename }` of the same server and a bare axum.

use super::{Line, Part, Places, http};
use crate::Failure;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const ROUNDS: usize = 3;
const TIME: Duration = Duration::from_secs(2);
const LIST: &str =
    "{ results(first: 100) { nodes { unit { code } indicator { id } value verdict } pageInfo { endCursor } } }";

struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn start(places: &Places, releases: &Path, cache: &str) -> Result<Server, Failure> {
    let mut child = Command::new(&places.thidua)
        .arg("serve")
        .arg("--releases")
        .arg(releases)
        .args(["--include-unpublished", "--listen", "127.0.0.1:0", "--log", "off", "--cache", cache])
        .stdout(Stdio::piped())
        .spawn()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take().ok_or("no stdout")?).read_line(&mut line)?;
    let address = line.trim().strip_prefix("listening on http://").ok_or("no address")?.to_owned();
    let server = Server { child, address };
    let ready = "GET /readyz HTTP/1.1\r\nhost: bench\r\n\r\n";
    for _ in 0..600 {
        if http::once(&server.address, ready).is_ok() {
            return Ok(server);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Err("the server does not get ready".into())
}

pub(crate) fn measure(places: &Places, release: &Path) -> Result<Part, Failure> {
    eprintln!("GraphQL");
    let releases = release.parent().ok_or("a release without a folder")?;
    let (plain, keeping) = (start(places, releases, "0")?, start(places, releases, "64")?);
    let answer = http::once(&plain.address, &http::post("/graphql", LIST))?;
    if !String::from_utf8_lossy(&answer).contains("endCursor") {
        return Err(String::from_utf8_lossy(&answer).into_owned().into());
    }
    let bare = bare(answer)?;
    // Every request another text: nothing that is kept helps.
    let own = |query: &'static str| move |number: u64| http::post("/graphql", &format!("query Q{number} {query}"));
    let mut rates = [const { Vec::new() }; 4];
    for _ in 0..ROUNDS {
        rates[0].push(http::rate(&plain.address, TIME, own("{ __typename }"))?);
        rates[1].push(http::rate(&plain.address, TIME, own(LIST))?);
        rates[2].push(http::rate(&bare, TIME, |_| http::post("/graphql", LIST))?);
        rates[3].push(http::rate(&keeping.address, TIME, |_| http::post("/graphql", LIST))?);
    }
    let [typename, list, bare, kept] = rates.map(|rates: Vec<f64>| rates.into_iter().fold(0.0, f64::max));
    let line = |path, floor, measured: String, reach, is_reached| Line {
        path,
        floor,
        measured,
        reach,
        is_reached: Some(is_reached),
    };
    Ok(Part {
        lines: vec![
            line(
                "GraphQL: 100 rows of a list, not kept",
                format!("{{ __typename }}: {typename:.0} requests/s"),
                format!("{list:.0} requests/s: {:.2} ×", list / typename),
                "≥ 0.15 ×",
                list / typename >= 0.15,
            ),
            line(
                "GraphQL: the same answer, kept",
                format!("bare axum with these bytes: {bare:.0} requests/s"),
                format!("{kept:.0} requests/s: {:.2} ×", kept / bare),
                "≥ 0.9 ×",
                kept / bare >= 0.9,
            ),
        ],
        printed: Vec::new(),
    })
}

/// A server that answers every POST with the same bytes; it ends with this process.
fn bare(answer: Vec<u8>) -> Result<String, Failure> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?.to_string();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    std::thread::spawn(move || {
        runtime.block_on(async move {
            let answer = axum::body::Bytes::from(answer);
            let reply = move |_: axum::body::Bytes| async move { ([("content-type", "application/json")], answer) };
            let router = axum::Router::new().route("/graphql", axum::routing::post(reply));
            let listener = tokio::net::TcpListener::from_std(listener)?;
            axum::serve(listener, router).await
        })
    });
    Ok(address)
}
