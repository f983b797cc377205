//! Starts the binary over the sample release, and asks it.

use crate::start::{text, thidua, top};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::Duration;
use tempfile::TempDir;

/// Runs that must work, and their output.
#[track_caller]
pub(crate) fn done(args: &[&str]) -> String {
    let output = thidua(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    text(&output.stdout)
}

/// A folder with the sample release, published, and its id.
pub(crate) struct Releases {
    pub(crate) folder: PathBuf,
    pub(crate) id: String,
}

/// Made once; tests only read it.
pub(crate) fn releases() -> &'static Releases {
    static MADE: OnceLock<(Releases, TempDir)> = OnceLock::new();
    let (releases, _) = MADE.get_or_init(|| {
        let out = tempfile::tempdir().expect("a temporary folder");
        let folder = out.path().to_owned();
        let (campaign, inbox) = (top("templates/dak-lak-2014"), top("samples/dak-lak-2014/inbox"));
        let [campaign, inbox, into] = [&campaign, &inbox, &folder].map(|path| path.to_str().expect("UTF-8 paths"));
        let json = done(&["run", campaign, inbox, "--out", into, "--format", "json"]);
        let json: Value = serde_json::from_str(&json).expect("one JSON object");
        let id = json["release"].as_str().expect("the id of the release").to_owned();
        done(&["publish", &id, "--out", into]);
        (Releases { folder, id }, out)
    });
    releases
}

/// A running server; it is ended with the test.
pub(crate) struct Server {
    child: Child,
    /// `http://127.0.0.1:41234`
    pub(crate) base: String,
    _stdout: BufReader<ChildStdout>,
}

impl Server {
    /// Serves the sample release and waits until it is loaded.
    pub(crate) fn start(more: &[&str]) -> Self {
        Self::start_on(&releases().folder, more)
    }

    /// As [`Server::start`], with the releases of a folder.
    pub(crate) fn start_on(folder: &Path, more: &[&str]) -> Self {
        let folder = folder.to_str().expect("UTF-8 paths");
        let mut child = Command::new(env!("CARGO_BIN_EXE_thidua"))
            // A server without a portal needs no database, whatever the environment says.
            .env("THIDUA_DATABASE_URL", "postgres://nobody@nowhere/none")
            .args(["serve", "--releases", folder, "--listen", "127.0.0.1:0", "--log", "off"])
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("its output"));
        let mut line = String::new();
        stdout.read_line(&mut line).expect("a line");
        let base = line.trim_end().strip_prefix("listening on ").expect("the address").to_owned();
        let server = Self { child, base, _stdout: stdout };
        while server.get("/readyz", &[]).status != 200 {
            sleep(Duration::from_millis(20));
        }
        server
    }

    pub(crate) fn address(&self) -> &str {
        self.base.strip_prefix("http://").expect("an address")
    }

    pub(crate) fn get(&self, path: &str, headers: &[(&str, &str)]) -> Got {
        let mut request = agent().get(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Got::read(request.call())
    }

    /// Asks by GET, with more parameters such as `release=…`.
    pub(crate) fn ask(&self, query: &str, more: &str, headers: &[(&str, &str)]) -> Got {
        self.get(&format!("/graphql?query={}&{more}", escape(query)), headers)
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Got {
        let request = agent().post(format!("{}{path}", self.base)).header("content-type", "application/json");
        Got::read(request.send(body.to_string()))
    }

    /// Whether the process that was started is still there.
    pub(crate) fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("the state of the child").is_none()
    }

    /// Tells it to stop, as a service manager does.
    pub(crate) fn terminate(&self) {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().expect("kill");
        assert!(told.success());
    }

    pub(crate) fn wait(mut self) -> ExitStatus {
        self.child.wait().expect("its end")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).build().into()
}

/// Every byte that is not a letter or a digit, as `%xx`.
pub(crate) fn escape(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02x}") })
        .collect()
}

/// An answer.
pub(crate) struct Got {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Got {
    fn read(response: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Self {
        let mut response = response.expect("an answer, whatever its status");
        let text = |value: &ureq::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = response.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        let body = response.body_mut().read_to_vec().expect("a whole body");
        Self { status: response.status().as_u16(), headers, body }
    }

    /// The value of a header, empty when it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a JSON body")
    }
}
