//! The child's side: limits itself, then reads one file after another.

use super::codec;
use super::frame::{self, Way};
use super::pool::Bounds;
use crate::{Book, Limits, Refusal};
use std::io::{self, BufReader, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};
use thidua_model::issue::ReaderEnd;

/// Runs a reader until its standard input ends: what the hidden subcommand of the binary calls, and
/// all that it does. Prints nothing of its own.
///
/// Before the first file it limits itself: address space (what the program takes at its start, plus
/// [`Bounds::memory_bytes`]), processor time for each file, no core dumps, no writing of files.
/// Where a system knows no such limits, only the parent's deadline holds.
///
/// # Errors
/// The pipes broke, or the other side is no pool.
pub fn serve_child() -> io::Result<()> {
    serve(crate::read, no_work)
}

/// [`serve_child`], and what is to be done on files beside reading: [`Pool::work`](crate::Pool::work)
/// asks for it. `work` gets the order, the file and the limits.
///
/// # Errors
/// As there.
pub fn serve_child_and(work: impl Fn(&[u8], &[u8], &Limits) -> Result<Vec<u8>, Refusal>) -> io::Result<()> {
    serve(crate::read, work)
}

fn no_work(_: &[u8], _: &[u8], _: &Limits) -> Result<Vec<u8>, Refusal> {
    Err(Refusal::Stopped { how: ReaderEnd::BadAnswer })
}

/// [`serve_child`] with another reader: for tests of what a pool does when a reader goes wrong.
///
/// # Errors
/// As there.
#[doc(hidden)]
pub fn serve_child_with(read: impl Fn(&[u8], &Limits) -> Result<Book, Refusal>) -> io::Result<()> {
    serve(read, no_work)
}

fn serve(
    read: impl Fn(&[u8], &Limits) -> Result<Book, Refusal>,
    work: impl Fn(&[u8], &[u8], &Limits) -> Result<Vec<u8>, Refusal>,
) -> io::Result<()> {
    // The message of a panic is of no use to anybody, and the pipe it goes to is short.
    std::panic::set_hook(Box::new(|_| {}));
    let mut requests = BufReader::with_capacity(1 << 16, io::stdin().lock());
    let mut answers = answers()?;
    let mut answer = |bytes: &[u8]| {
        // What anything else has printed comes first, so that the parent sees it.
        io::stdout().flush()?;
        frame::write(&mut answers, Way::Answer, &[bytes])
    };
    let mut is_limited = false;
    let mut time_limited: Option<Instant> = None;
    while let Some((way, request)) = frame::read(&mut requests, &[Way::Request, Way::Unpack, Way::Work], u64::MAX)? {
        let (limits, bounds, bytes) = codec::request(&request).ok_or(io::ErrorKind::InvalidData)?;
        if !std::mem::replace(&mut is_limited, true) {
            limit_self(&bounds, request.len() as u64);
        }
        // Small files take a thousandth of a second; what they used up since does not matter.
        if time_limited.is_none_or(|at| at.elapsed() > Duration::from_millis(500)) {
            limit_time(&bounds);
            time_limited = Some(Instant::now());
        }
        if way == Way::Unpack {
            answer(&codec::files(crate::unpack(bytes, &limits)))?;
            continue;
        }
        let crashed = || Refusal::Stopped { how: ReaderEnd::Crashed };
        if way == Way::Work {
            let (order, bytes) = codec::read_order(bytes).ok_or(io::ErrorKind::InvalidData)?;
            let result = catch_unwind(AssertUnwindSafe(|| work(order, bytes, &limits))).unwrap_or(Err(crashed()));
            answer(&codec::produced(result))?;
            continue;
        }
        let result = catch_unwind(AssertUnwindSafe(|| read(bytes, &limits))).unwrap_or(Err(crashed()));
        answer(&codec::answer(&result))?;
    }
    Ok(())
}

/// Standard output without the search for lines that the library puts before it.
#[cfg(unix)]
fn answers() -> io::Result<impl Write> {
    use std::os::fd::AsFd;
    Ok(std::fs::File::from(io::stdout().as_fd().try_clone_to_owned()?))
}

#[cfg(not(unix))]
fn answers() -> io::Result<impl Write> {
    Ok(io::stdout().lock())
}

#[cfg(unix)]
fn limit_self(bounds: &Bounds, taken: u64) {
    use rlimit::{Resource, setrlimit};
    // Each limit is a further fence; a system that refuses one keeps the others.
    let _ = setrlimit(Resource::CORE, 0, 0);
    let _ = setrlimit(Resource::FSIZE, 0, 0);
    if let Some(base) = address_space() {
        let most = base.saturating_sub(taken).saturating_add(bounds.memory_bytes);
        let _ = setrlimit(Resource::AS, most, most);
    }
}

/// What the process has mapped so far.
#[cfg(unix)]
fn address_space() -> Option<u64> {
    let sizes = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = sizes.split_ascii_whitespace().next()?.parse().ok()?;
    // Pages of 4 KiB: a system with larger ones gets a limit that is too generous, not too strict.
    Some(pages.saturating_mul(4096).max(64 << 20))
}

/// The limit counts from the start of the process, so it moves on with each file.
#[cfg(unix)]
fn limit_time(bounds: &Bounds) {
    use rlimit::{INFINITY, Resource, setrlimit};
    if let Some(spent) = processor_seconds() {
        let _ = setrlimit(Resource::CPU, spent + bounds.seconds + 1, INFINITY);
    }
}

/// User and system time of this process, from its clock ticks (100 a second on every Linux).
#[cfg(unix)]
fn processor_seconds() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name, in brackets, may hold spaces.
    let fields = stat.rsplit_once(')')?.1;
    let ticks: u64 =
        fields.split_ascii_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Some(ticks / 100)
}

#[cfg(not(unix))]
fn limit_self(_: &Bounds, _: u64) {}

#[cfg(not(unix))]
fn limit_time(_: &Bounds) {}
