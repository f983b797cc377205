//! Starts the portal, and browsers without JavaScript.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

pub(crate) const CAMPAIGN: &str = "dak-lak-2014";
pub(crate) const PASSWORD: &str = "sông Sêrêpôk mùa khô";

/// A path below the top of the repository.
pub(crate) fn top(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// A running portal; it is killed with the test.
pub(crate) struct Portal {
    child: Child,
    pub(crate) base: String,
    stdout: BufReader<ChildStdout>,
}

impl Portal {
    pub(crate) fn start(data: &Path) -> Self {
        Self::serving(&top("templates").join(CAMPAIGN), data, Stdio::inherit())
    }

    /// The same with the definition of another folder. What it warns about goes to `stderr`.
    pub(crate) fn serving(campaign: &Path, data: &Path, stderr: Stdio) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_thidua"))
            .args([
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--log",
                "error",
                "--plain-http",
                "--upload-rate",
                "100000",
                "--campaign",
            ])
            .arg(campaign)
            .arg("--data")
            .arg(data)
            .env_remove("THIDUA_DATABASE_URL")
            .stdout(Stdio::piped())
            .stderr(stderr)
            .spawn()
            .expect("the binary starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("its output"));
        let mut line = String::new();
        stdout.read_line(&mut line).expect("a line");
        let base = line.trim_end().strip_prefix("listening on ").expect("the address").to_owned();
        Self { child, base, stdout }
    }

    /// The code of the operator, printed at the first start.
    pub(crate) fn first_code(&mut self) -> String {
        loop {
            let mut line = String::new();
            assert!(self.stdout.read_line(&mut line).expect("a line") > 0, "no code was printed");
            if let Some((_, code)) = line.split_once("activation code: ") {
                return code.trim().to_owned();
            }
        }
    }

    /// As a power cut does.
    pub(crate) fn kill(&mut self) {
        let told = Command::new("kill").args(["-9", &self.child.id().to_string()]).status().expect("kill");
        assert!(told.success());
        let _ = self.child.wait();
    }

    pub(crate) fn browser(&self) -> Browser {
        let agent = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
        Browser { agent, base: self.base.clone(), cookie: String::new(), page: String::new() }
    }

    /// The same browser at the server that runs now.
    pub(crate) fn reach(&self, browser: &Browser) -> Browser {
        Browser { base: self.base.clone(), ..browser.clone() }
    }

    /// What it has said on standard error, once it is stopped.
    pub(crate) fn complaints(mut self) -> String {
        let _ = self.child.kill();
        let mut text = String::new();
        if let Some(mut stderr) = self.child.stderr.take() {
            std::io::Read::read_to_string(&mut stderr, &mut text).expect("UTF-8");
        }
        text
    }

    /// The first account, signed in.
    pub(crate) fn operator(&mut self) -> Browser {
        let code = self.first_code();
        self.browser().activated("operator", &code)
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[derive(Clone)]
pub(crate) struct Browser {
    agent: ureq::Agent,
    base: String,
    cookie: String,
    pub(crate) page: String,
}

pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) location: String,
}

impl Browser {
    /// Makes a password with an activation code.
    pub(crate) fn activated(mut self, login: &str, code: &str) -> Self {
        self.get("/activate");
        let fields = [("login", login), ("code", code), ("password", PASSWORD), ("again", PASSWORD)];
        let got = self.post("/activate", &fields);
        assert_eq!(got.status, 303, "{}", self.page);
        self
    }

    /// An account of a role that has no unit, signed in.
    pub(crate) fn with_account(&mut self, portal: &Portal, login: &str, role: &str, unit: &str) -> Self {
        self.get("/admin/accounts/new");
        self.post("/admin/accounts/new", &[("login", login), ("name", "Người dùng"), ("role", role), ("unit", unit)]);
        portal.browser().activated(login, &code_of(&self.page, login))
    }

    pub(crate) fn get(&mut self, path: &str) -> Got {
        let request = self.agent.get(format!("{}{path}", self.base)).header("cookie", &self.cookie);
        self.answered(request.call())
    }

    /// As a program asks, with a token and no session.
    pub(crate) fn with_token(&self, path: &str, token: &str) -> (u16, String) {
        let request = self.agent.get(format!("{}{path}", self.base)).header("authorization", format!("Bearer {token}"));
        let mut response = request.call().expect("an answer");
        (response.status().as_u16(), response.body_mut().read_to_string().unwrap_or_default())
    }

    pub(crate) fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Got {
        let token = self.token();
        let fields = [("csrf", token.as_str())].into_iter().chain(fields.iter().copied());
        let request = self.agent.post(format!("{}{path}", self.base)).header("cookie", &self.cookie);
        self.answered(request.send_form(fields))
    }

    /// Sends a file; the page that holds the form must have been looked at.
    pub(crate) fn try_upload(&mut self, path: &str, name: &str, bytes: &[u8]) -> Result<Got, ureq::Error> {
        const BOUNDARY: &str = "----thidua-test";
        let mut body = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n--{BOUNDARY}\r\n\
             Content-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n",
            self.token()
        )
        .into_bytes();
        body.extend(bytes);
        body.extend(format!("\r\n--{BOUNDARY}--\r\n").into_bytes());
        let request = self
            .agent
            .post(format!("{}{path}", self.base))
            .header("cookie", &self.cookie)
            .header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"));
        let response = request.send(&body[..])?;
        Ok(self.answered(Ok(response)))
    }

    pub(crate) fn token(&self) -> String {
        let rest = self.page.split_once("name=\"csrf\" value=\"").map(|(_, rest)| rest).unwrap_or_default();
        rest.split('"').next().unwrap_or_default().to_owned()
    }

    fn answered(&mut self, response: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Got {
        let mut response = response.expect("an answer, whatever its status");
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let location = header("location").unwrap_or_default();
        let is_page = header("content-type").is_some_and(|it| it.starts_with("text/html"));
        if let Some(cookie) = header("set-cookie") {
            self.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        }
        let body = response.body_mut().read_to_vec().expect("a whole body");
        if is_page {
            self.page = String::from_utf8(body).expect("UTF-8");
        }
        Got { status: response.status().as_u16(), location }
    }
}

/// The codes of the printed strips, by login.
pub(crate) fn code_of(page: &str, login: &str) -> String {
    let rest = page.split(login).nth(1).unwrap_or_default();
    let mut words = rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let code = words.find(|word| word.len() == 19 && word.matches('-').count() == 3);
    code.expect("a code beside the login").to_owned()
}
