//! Requests that are meant to knock the server over, or to keep it busy for others.
//!
//! In:  the binary, started over the sample release, and one hostile request after another.
//! Out: each gets the answer that its table tells, and the ordinary query after it is answered by
//!      the same process.
//!
//! - `documents`: GraphQL texts, refused before anything is executed;
//! - `values`: arguments and variables that are too many, too large or no use;
//! - `bodies`: what is no GraphQL request at all;
//! - `addresses`: methods, addresses and headers;
//! - `clients`: those who send slowly, take slowly or come in crowds.
//!
//! No test looks at a clock: a request that hangs is found by [`client::PATIENCE`].

mod addresses;
mod bodies;
mod client;
mod clients;
mod documents;
mod values;

use crate::server::Server;
use client::Answer;
use serde_json::{Value, json};

/// In a table: no error.
const OK: &str = "ok";

/// A server under attack.
struct Target {
    server: Server,
    /// Ordinary queries asked so far: each is another text, so that none is answered from memory.
    asked: usize,
}

impl Target {
    fn start(more: &[&str]) -> Self {
        Self { server: Server::start(more), asked: 0 }
    }

    /// Sends the bytes of a whole request; `None` when the connection ended without an answer.
    fn send(&self, request: &[u8]) -> Option<Answer> {
        client::send(self.server.address(), request)
    }

    fn get(&self, path: &str, headers: &str) -> Answer {
        let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{headers}\r\n");
        self.send(request.as_bytes()).expect("an answer")
    }

    /// A POST to `/graphql`; its status tells what happened, since it asks for GraphQL's own type.
    fn post(&self, body: &[u8]) -> Answer {
        self.send(&client::post(body)).expect("an answer")
    }

    fn ask(&self, query: &str, variables: &Value) -> Answer {
        self.post(json!({ "query": query, "variables": variables }).to_string().as_bytes())
    }

    /// The ordinary query; the same process must answer it.
    #[track_caller]
    fn survives(&mut self, what: &str) {
        self.asked += 1;
        let alias = format!("q{}", self.asked);
        let query = format!("{{ {alias}: units(first: 3) {{ totalCount nodes {{ code name }} }} }}");
        let answer = self.ask(&query, &Value::Null);
        assert_eq!((answer.status, &*answer.code()), (200, OK), "after {what}: {answer}");
        let data = &answer.json()["data"][&alias];
        let nodes = data["nodes"].as_array().expect("rows");
        assert!(nodes.len() == 3 && data["totalCount"].as_u64() >= Some(3), "after {what}: {answer}");
        assert!(self.server.is_running(), "after {what}: another process answers");
    }
}
