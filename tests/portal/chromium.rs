//! Chromium as people use it, driven over WebDriver (W3C): a page is opened, filled in, clicked, read.
//!
//! Needs Debian's `chromium` and `chromium-driver`. Where they are missing a test says so and passes,
//! unless `CI` is `true`. `THIDUA_SHOTS=<folder>` keeps a picture of every page that `shot` names.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// How a WebDriver names an element in JSON.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// How often a page is looked at until it shows what it should.
const LOOKS: u32 = 300;

/// A browser with one window.
pub(crate) struct Chromium {
    driver: Child,
    agent: ureq::Agent,
    /// Address of the session.
    session: String,
    /// Of the portal.
    base: String,
    /// Of pictures and files.
    prefix: &'static str,
    downloads: TempDir,
    _profile: TempDir,
}

/// Whether the browser runs scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scripts {
    On,
    Off,
}

impl Chromium {
    /// `None`: not installed, which was said.
    pub(crate) fn open(base: &str, scripts: Scripts) -> Option<Self> {
        let started = Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut driver = match started {
            Ok(driver) => driver,
            Err(_) => {
                assert_ne!(
                    std::env::var("CI").as_deref(),
                    Ok("true"),
                    "chromedriver is missing (Debian: chromium-driver)"
                );
                eprintln!("skipped: no chromedriver here (Debian's packages chromium and chromium-driver)");
                return None;
            }
        };
        let mut lines = BufReader::new(driver.stdout.take().expect("its output")).lines();
        let port = lines.find_map(|line| {
            let line = line.expect("a line");
            Some(line.split_once("successfully on port ")?.1.trim_end_matches('.').to_owned())
        });
        // The rest is read, so that the driver never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        let port = port.expect("the port of chromedriver");
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let (downloads, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let args = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--lang=vi",
            "--window-size=1280,900",
        ];
        let mut args: Vec<String> = args.map(str::to_owned).to_vec();
        args.push(format!("--user-data-dir={}", profile.path().display()));
        let prefs = json!({
            // 1 allows, 2 blocks.
            "profile.managed_default_content_settings.javascript": if scripts == Scripts::On { 1 } else { 2 },
            "download.default_directory": downloads.path(),
            "download.prompt_for_download": false,
        });
        let options = json!({ "args": args, "prefs": prefs });
        let wanted =
            json!({ "capabilities": { "alwaysMatch": { "browserName": "chrome", "goog:chromeOptions": options } } });
        let mut browser = Self {
            driver,
            agent,
            session: format!("http://127.0.0.1:{port}/session"),
            base: base.to_owned(),
            prefix: if scripts == Scripts::On { "js" } else { "plain" },
            downloads,
            _profile: profile,
        };
        let made = browser.call("", Some(wanted)).expect("a session");
        let id = made["sessionId"].as_str().expect("its id");
        browser.session = format!("http://127.0.0.1:{port}/session/{id}");
        Some(browser)
    }

    /// Opens an address of the portal.
    #[track_caller]
    pub(crate) fn go(&self, path: &str) {
        self.must("/url", Some(json!({ "url": format!("{}{path}", self.base) })));
    }

    /// The path of the page that is open.
    #[track_caller]
    pub(crate) fn path(&self) -> String {
        let url = self.must("/url", None);
        url.as_str().and_then(|url| url.strip_prefix(&self.base)).unwrap_or_default().to_owned()
    }

    /// What people read on it.
    #[track_caller]
    pub(crate) fn text(&self) -> String {
        // A page that is being replaced says nothing.
        let text = self.element("body").and_then(|body| self.call(&format!("/element/{body}/text"), None).ok());
        text.and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Waits until the page says so.
    #[track_caller]
    pub(crate) fn shows(&self, words: &str) {
        for _ in 0..LOOKS {
            if self.text().contains(words) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("no “{words}” on {}: {}", self.path(), self.text());
    }

    pub(crate) fn has(&self, css: &str) -> bool {
        self.element(css).is_some()
    }

    /// An attribute of the first element.
    #[track_caller]
    pub(crate) fn attribute(&self, css: &str, name: &str) -> String {
        self.on(css, &format!("property/{name}"), None).as_str().unwrap_or_default().to_owned()
    }

    /// Types into a field that is emptied before.
    #[track_caller]
    pub(crate) fn fill(&self, css: &str, text: &str) {
        self.on(css, "clear", Some(&json!({})));
        self.on(css, "value", Some(&json!({ "text": text })));
    }

    /// Chooses files as the file dialogue does.
    #[track_caller]
    pub(crate) fn choose(&self, files: &[&Path]) {
        let whole = |path: &&Path| path.canonicalize().expect("a file").display().to_string();
        let paths: Vec<String> = files.iter().map(whole).collect();
        self.on("main input[type=file]", "value", Some(&json!({ "text": paths.join("\n") })));
    }

    #[track_caller]
    pub(crate) fn click(&self, css: &str) {
        self.on(css, "click", Some(&json!({})));
    }

    /// Goes on by keyboard alone: the key is pressed in the element.
    #[track_caller]
    pub(crate) fn press_enter(&self, css: &str) {
        self.on(css, "value", Some(&json!({ "text": "\u{E007}" })));
    }

    /// Waits for a file that the browser keeps.
    #[track_caller]
    pub(crate) fn downloaded(&self, end: &str) -> Vec<u8> {
        for _ in 0..LOOKS {
            let files = std::fs::read_dir(self.downloads.path()).expect("the folder of downloads");
            let whole = files.flatten().map(|file| file.path()).find(|path| path.to_string_lossy().ends_with(end));
            if let Some(path) = whole {
                let bytes = std::fs::read(&path).expect("the file");
                std::fs::remove_file(&path).expect("removed");
                return bytes;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("no file {end} came from {}", self.path());
    }

    /// A picture of the page, for people to look at.
    #[track_caller]
    pub(crate) fn shot(&self, name: &str) {
        let Some(folder) = std::env::var_os("THIDUA_SHOTS").map(PathBuf::from) else { return };
        use base64::Engine;
        let size = self.on("body", "rect", None);
        let tall = size["height"].as_f64().unwrap_or(900.0).clamp(900.0, 4_000.0);
        let was = self.must("/window/rect", None);
        self.must("/window/rect", Some(json!({ "width": was["width"], "height": tall + 120.0 })));
        let picture = self.must("/screenshot", None);
        self.must("/window/rect", Some(json!({ "width": was["width"], "height": was["height"] })));
        let picture = picture.as_str().expect("a picture");
        let bytes = base64::engine::general_purpose::STANDARD.decode(picture).expect("base64");
        std::fs::create_dir_all(&folder).expect("the folder of pictures");
        std::fs::write(folder.join(format!("{}-{name}.png", self.prefix)), bytes).expect("a picture");
    }

    /// The width of a phone, or of a screen.
    #[track_caller]
    pub(crate) fn width(&self, pixels: u32) {
        self.must("/window/rect", Some(json!({ "width": pixels, "height": 900 })));
    }

    fn element(&self, css: &str) -> Option<String> {
        let found = self.call("/element", Some(json!({ "using": "css selector", "value": css }))).ok()?;
        Some(found[ELEMENT].as_str()?.to_owned())
    }

    /// Does something with the first element; a page that is being replaced is waited for.
    #[track_caller]
    fn on(&self, css: &str, what: &str, body: Option<&Value>) -> Value {
        let mut last = Value::Null;
        for _ in 0..40 {
            if let Some(element) = self.element(css) {
                match self.call(&format!("/element/{element}/{what}"), body.cloned()) {
                    Ok(value) => return value,
                    Err(error) => last = error["message"].clone(),
                }
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("{what} at {css} on {}: {last}; {}", self.path(), self.text());
    }

    #[track_caller]
    fn must(&self, path: &str, body: Option<Value>) -> Value {
        match self.call(path, body) {
            Ok(value) => value,
            Err(error) => panic!("{path}: {error}"),
        }
    }

    /// `POST` with a body, else `GET`.
    fn call(&self, path: &str, body: Option<Value>) -> Result<Value, Value> {
        let address = format!("{}{path}", self.session);
        let answer = match body {
            Some(body) => {
                let request = self.agent.post(address).header("content-type", "application/json");
                request.send(body.to_string())
            }
            None => self.agent.get(address).call(),
        };
        let mut answer = answer.expect("an answer of chromedriver");
        let is_good = answer.status().is_success();
        let text = answer.body_mut().read_to_string().expect("a body");
        let mut answer: Value = serde_json::from_str(&text).expect("JSON");
        let value = answer["value"].take();
        if is_good { Ok(value) } else { Err(value) }
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.agent.delete(&self.session).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
