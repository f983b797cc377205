//! The parent's side: a few children, each reading one file at a time, reused until one fails.

use super::codec;
use super::frame::{self, Way};
use crate::{ArchivedFile, Book, Limits, Refusal};
use std::ffi::OsString;
use std::io::{self, ErrorKind, Read};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use thidua_model::issue::ReaderEnd;

/// How to start a reader: a program that does nothing but call [`crate::serve_child`]. The binary of
/// the project names itself, with a subcommand that its help does not show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReaderCommand {
    pub program: PathBuf,
    pub args: Vec<OsString>,
}

/// What one file may cost its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Beyond what the program itself takes (Linux; other systems know no such limit).
    pub memory_bytes: u64,
    /// Processor time, which the load of the machine does not change; up to a second more, since the
    /// system counts in whole seconds (Linux).
    pub seconds: u64,
    /// Time on the wall: for a child that hangs without working.
    pub wall_seconds: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { memory_bytes: 256 << 20, seconds: 2, wall_seconds: 30 }
    }
}

/// A few reused readers; shared by reference between threads, each of which waits for a free one.
#[derive(Debug)]
pub struct Pool {
    command: ReaderCommand,
    bounds: Bounds,
    idle: Mutex<Vec<Worker>>,
    free: Mutex<usize>,
    freed: Condvar,
}

impl Pool {
    /// # Input
    /// `readers`: how many files are read at the same time, one at least.
    ///
    /// # Errors
    /// The first reader cannot be started: a defect of the caller's command, told before any file.
    pub fn new(command: ReaderCommand, readers: usize, bounds: Bounds) -> io::Result<Self> {
        let first = Worker::start(&command)?;
        Ok(Self {
            command,
            bounds,
            idle: Mutex::new(vec![first]),
            free: Mutex::new(readers.max(1)),
            freed: Condvar::new(),
        })
    }

    /// Reads a file as [`crate::read`] does, in a child process.
    ///
    /// # Errors
    /// As there, and [`Refusal::Stopped`] for a file over which the child came to its end. The next
    /// file gets a new child. The answer does not depend on what the child has read before: one
    /// that fails after other files is asked again in a fresh child.
    pub fn read(&self, bytes: &[u8], limits: &Limits) -> Result<Book, Refusal> {
        crate::limits::at_most(thidua_model::issue::FileLimit::FileBytes, bytes.len() as u64, limits.file_bytes)?;
        self.answered(Way::Request, Asked { order: Vec::new(), bytes }, limits, |answer| {
            codec::read_answer(&answer, limits)
        })
    }

    /// Takes a zip apart as [`crate::unpack`] does, in a child process; `None`, too, when the child came
    /// to its end over it.
    pub fn unpack(&self, bytes: &[u8], limits: &Limits) -> Option<Vec<ArchivedFile>> {
        if bytes.len() as u64 > limits.file_bytes {
            return None;
        }
        self.answered(Way::Unpack, Asked { order: Vec::new(), bytes }, limits, |answer| {
            codec::read_files(&answer, limits).map(Ok)
        })
        .ok()?
    }

    /// Has a child do on a file what it was started for beside reading ([`crate::serve_child_and`]).
    ///
    /// # Input
    /// `order`: what is to be done, in the words of that work. `bytes`: the file.
    ///
    /// # Errors
    /// What the work refuses; [`Refusal::Stopped`] as in [`Pool::read`].
    pub fn work(&self, order: &[u8], bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, Refusal> {
        crate::limits::at_most(thidua_model::issue::FileLimit::FileBytes, bytes.len() as u64, limits.file_bytes)?;
        let asked = Asked { order: codec::order(order), bytes };
        self.answered(Way::Work, asked, limits, |answer| codec::read_produced(answer, limits))
    }

    fn answered<T>(
        &self,
        way: Way,
        asked: Asked<'_>,
        limits: &Limits,
        decode: impl Fn(Vec<u8>) -> Option<Result<T, Refusal>>,
    ) -> Result<T, Refusal> {
        let _permit = self.permit();
        let idle = lock(&self.idle).pop();
        if let Some(worker) = idle {
            let is_fresh = !worker.has_read;
            match self.ask(worker, way, &asked, limits, &decode) {
                // Time is counted for each file; memory is what the files before have left.
                Err(Refusal::Stopped { how }) if !is_fresh && !matches!(how, ReaderEnd::TooSlow { .. }) => {}
                answer => return answer,
            }
        }
        let stopped = |how| Refusal::Stopped { how };
        let worker = Worker::start(&self.command).map_err(|_| stopped(ReaderEnd::NotStarted))?;
        self.ask(worker, way, &asked, limits, &decode)
    }

    fn permit(&self) -> Permit<'_> {
        let mut free = lock(&self.free);
        while *free == 0 {
            free = self.freed.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= 1;
        Permit { pool: self }
    }

    fn ask<T>(
        &self,
        mut worker: Worker,
        way: Way,
        asked: &Asked<'_>,
        limits: &Limits,
        decode: impl Fn(Vec<u8>) -> Option<Result<T, Refusal>>,
    ) -> Result<T, Refusal> {
        let stopped = |how| Refusal::Stopped { how };
        worker.has_read = true;
        let (reply, answered) = channel();
        let mut head = codec::request_head(limits, &self.bounds);
        head.extend_from_slice(&asked.order);
        let job = Job { way, head, bytes: asked.bytes.to_vec(), reply };
        if worker.jobs.send(job).is_err() {
            return Err(stopped(worker.end(&self.bounds)));
        }
        match answered.recv_timeout(Duration::from_secs(self.bounds.wall_seconds)) {
            Ok(Ok(answer)) => match decode(answer) {
                Some(answer) => {
                    lock(&self.idle).push(worker);
                    answer
                }
                None => Err(stopped(ReaderEnd::BadAnswer)),
            },
            Ok(Err(error)) if error.kind() == ErrorKind::InvalidData => Err(stopped(ReaderEnd::BadAnswer)),
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Err(stopped(worker.end(&self.bounds))),
            Err(RecvTimeoutError::Timeout) => Err(stopped(ReaderEnd::TooSlow { seconds: self.bounds.wall_seconds })),
        }
    }
}

/// A file, and what comes before it.
struct Asked<'b> {
    order: Vec<u8>,
    bytes: &'b [u8],
}

struct Permit<'p> {
    pool: &'p Pool,
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        *lock(&self.pool.free) += 1;
        self.pool.freed.notify_one();
    }
}

/// A thread that panicked elsewhere leaves whole workers behind.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A child and the thread that talks to it: a child that does not read must not block the caller.
#[derive(Debug)]
struct Worker {
    child: Child,
    jobs: Sender<Job>,
    has_read: bool,
}

struct Job {
    way: Way,
    head: Vec<u8>,
    bytes: Vec<u8>,
    reply: Sender<io::Result<Vec<u8>>>,
}

#[cfg(target_os = "linux")]
const KEPT_BYTES: &str = "8388608";

/// A book of a million cells takes some tens of megabytes; no answer is believed to need more.
const ANSWER_BYTES: u64 = 256 << 20;

impl Worker {
    fn start(command: &ReaderCommand) -> io::Result<Self> {
        let mut start = Command::new(&command.program);
        start.args(&command.args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // What the environment holds is no business of a program that reads hostile files.
        #[cfg(unix)]
        start.env_clear();
        // For glibc: what a file took stays with the child for the next one, up to this much; else each file would
        // have its memory fetched page by page again.
        #[cfg(target_os = "linux")]
        start.env("MALLOC_TRIM_THRESHOLD_", KEPT_BYTES).env("MALLOC_MMAP_THRESHOLD_", KEPT_BYTES);
        let mut child = start.spawn()?;
        let (Some(mut requests), Some(mut answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(ErrorKind::BrokenPipe.into());
        };
        let (jobs, queue): (Sender<Job>, Receiver<Job>) = channel();
        std::thread::spawn(move || {
            while let Ok(job) = queue.recv() {
                // What a child says that does not listen tells more than that it does not.
                let sent = frame::write(&mut requests, job.way, &[&job.head, &job.bytes]);
                let answer = frame::read(&mut answers, &[Way::Answer], ANSWER_BYTES)
                    .and_then(|answer| answer.map(|(_, bytes)| bytes).ok_or_else(|| ErrorKind::UnexpectedEof.into()))
                    .and_then(|answer| sent.map(|()| answer));
                let is_over = answer.is_err();
                // Nobody waits any more when the deadline has passed.
                let _ = job.reply.send(answer);
                if is_over {
                    return;
                }
            }
        });
        Ok(Self { child, jobs, has_read: false })
    }

    /// Why a child that does not answer any more has ended.
    fn end(&mut self, bounds: &Bounds) -> ReaderEnd {
        let status = self.ended_by_itself();
        let mut last_words = Vec::new();
        if let Some(errors) = self.child.stderr.take() {
            // The pipe holds what was written before the end; nothing comes after.
            let _ = errors.take(4096).read_to_end(&mut last_words);
        }
        let out_of_memory = ReaderEnd::OutOfMemory { megabytes: bounds.memory_bytes >> 20 };
        match status.and_then(signal) {
            // Processor time is used up.
            Some(24) => ReaderEnd::TooSlow { seconds: bounds.seconds },
            // Nobody but the system's own guard of memory kills a reader.
            Some(9) => out_of_memory,
            _ if contains(&last_words, b"memory allocation of") => out_of_memory,
            _ => ReaderEnd::Crashed,
        }
    }
}

impl Worker {
    /// Its pipes are closed, so it is ending; one that closed them and lives on is killed, and
    /// `None` is known of it.
    fn ended_by_itself(&mut self) -> Option<ExitStatus> {
        for _ in 0..200 {
            match self.child.try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) => std::thread::sleep(Duration::from_millis(5)),
                Err(_) => break,
            }
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
        None
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Already ended, or idle, or hanging: in no case is there anything to wait for.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn contains(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
}
