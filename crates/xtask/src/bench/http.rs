//! Requests a second over kept connections, and no more of HTTP than that takes.

use crate::Failure;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Connections at once.
const CONNECTIONS: usize = 8;

/// Asks one address for a while; `body` makes the request with this number, so that no two need be the same.
///
/// # Errors
/// An answer that is not 200, or no answer.
pub(crate) fn rate(address: &str, time: Duration, request: impl Fn(u64) -> String + Sync) -> Result<f64, Failure> {
    let is_over = AtomicBool::new(false);
    let started = Instant::now();
    let answered = thread::scope(|scope| {
        let asking: Vec<_> = (0..CONNECTIONS)
            .map(|connection| {
                let (request, is_over) = (&request, &is_over);
                scope.spawn(move || ask(address, connection as u64, request, is_over))
            })
            .collect();
        thread::sleep(time);
        is_over.store(true, Ordering::Relaxed);
        asking.into_iter().map(|it| it.join().map_err(|_| "a connection panicked")?).sum::<Result<u64, Failure>>()
    })?;
    Ok(answered as f64 / started.elapsed().as_secs_f64())
}

fn ask(
    address: &str,
    connection: u64,
    request: &(impl Fn(u64) -> String + Sync),
    is_over: &AtomicBool,
) -> Result<u64, Failure> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    let (mut out, mut answers) = (stream.try_clone()?, BufReader::new(stream));
    let (mut answered, mut body) = (0, Vec::new());
    while !is_over.load(Ordering::Relaxed) {
        out.write_all(request(connection << 40 | answered).as_bytes())?;
        read_answer(&mut answers, &mut body)?;
        answered += 1;
    }
    Ok(answered)
}

fn read_answer(answers: &mut impl BufRead, body: &mut Vec<u8>) -> Result<(), Failure> {
    let (mut line, mut length, mut is_first) = (String::new(), 0, true);
    loop {
        line.clear();
        if answers.read_line(&mut line)? == 0 {
            return Err("the server closed the connection".into());
        }
        let told = line.trim_end();
        if std::mem::take(&mut is_first) && !told.contains(" 200 ") {
            return Err(format!("the server said {told}").into());
        }
        if told.is_empty() {
            break;
        }
        if let Some((name, value)) = told.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse()?;
        }
    }
    body.resize(length, 0);
    answers.read_exact(body)?;
    Ok(())
}

/// A request by POST.
pub(crate) fn post(path: &str, query: &str) -> String {
    let body = format!("{{\"query\":\"{}\"}}", query.replace('\\', "\\\\").replace('"', "\\\""));
    format!(
        "POST {path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\naccept: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// The answer to one request.
pub(crate) fn once(address: &str, request: &str) -> Result<Vec<u8>, Failure> {
    let stream = TcpStream::connect(address)?;
    (&stream).write_all(request.as_bytes())?;
    let mut body = Vec::new();
    read_answer(&mut BufReader::new(stream), &mut body)?;
    Ok(body)
}
