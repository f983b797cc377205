//! A portal in a folder, and browsers that walk through it without a socket.

use crate::clock;
use crate::definitions::{OtherFolder, agree};
use crate::jobs::work;
use crate::published::follow;
use crate::reading::READ;
use crate::router::router;
use crate::runs::RUN;
use crate::secrets::{activation_code, hash_of_code};
use crate::serve::PortalOptions;
use crate::state::{Portal, Shared};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;
use thidua_pages::routes as to;
use thidua_store::{Actor, AttachmentKind, JobState, NewAccount, NewAttachment, NewUpload, Options, Role, Store};
use tokio::task::JoinSet;
use tower::ServiceExt;

/// The campaign of the repository's sample.
pub(crate) const CAMPAIGN: &str = "dak-lak-2014";
/// The proxy in front of the office.
pub(crate) const PROXY: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));
pub(crate) const PASSWORD: &str = "sông Sêrêpôk mùa khô";

pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The bytes of a report of the sample.
pub(crate) fn sample(name: &str) -> Vec<u8> {
    std::fs::read(repository().join("samples").join(CAMPAIGN).join("inbox").join(name)).expect("a report of the sample")
}

/// A portal with its workers.
pub(crate) struct Office {
    pub(crate) portal: Shared,
    router: Router,
    /// What the operator would be told of folders.
    pub(crate) others: Vec<OtherFolder>,
    /// Its address.
    database: String,
    _workers: JoinSet<()>,
    _folder: TempDir,
}

impl Office {
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let database = format!("sqlite://{}", folder.path().join("thidua.db").display());
        Self::serve(database, folder, true).await
    }

    /// Another server on the same database, with a folder of its own.
    pub(crate) async fn beside(&self) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self::serve(self.database.clone(), folder, true).await
    }

    /// The same on a database that is there already.
    pub(crate) async fn without_workers_on(database: String) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self::serve(database, folder, false).await
    }

    /// A server that takes files in and has others read them.
    pub(crate) async fn without_workers() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let database = format!("sqlite://{}", folder.path().join("thidua.db").display());
        Self::serve(database, folder, false).await
    }

    async fn serve(database: String, folder: TempDir, works: bool) -> Self {
        let store = Store::open(&database, &Options::default()).await.expect("a store");
        let options = PortalOptions {
            campaigns: vec![repository().join("templates").join(CAMPAIGN)],
            data: folder.path().to_owned(),
            database: None,
            reader: None,
            is_secure: false,
            file_bytes: 1 << 20,
            upload_rate: NonZeroU32::new(60).expect("not zero"),
            contact: "Văn phòng LĐLĐ tỉnh".to_owned(),
            proxies: vec![PROXY],
        };
        let portal = Arc::new(Portal::new(&options, store).expect("the campaign of 2014"));
        let others = agree(&portal).await.expect("a definition");
        for site in portal.sites().values() {
            std::fs::create_dir_all(portal.releases(site)).expect("a folder of releases");
        }
        let mut workers = JoinSet::new();
        if works {
            for number in 0..2 {
                let name = format!("{} reader {number}", folder.path().display());
                workers.spawn(work(Arc::clone(&portal), name, &[READ]));
            }
            workers.spawn(work(Arc::clone(&portal), format!("{} runner", folder.path().display()), &[RUN]));
        }
        workers.spawn(follow(Arc::clone(&portal)));
        let router = router(&portal, false);
        Self { portal, router, others, database, _workers: workers, _folder: folder }
    }

    /// Sends everything of the sample, at the times that its register of receipts tells; plans, which
    /// came on paper, as documents. Returns when all is read.
    pub(crate) async fn receive_sample(&self) {
        let register = String::from_utf8(sample("received.csv")).expect("UTF-8");
        let actor = |time: &str| {
            let time = format!("{}:00", time.replace(' ', "T"));
            Actor::system(clock::micros(time.parse().expect("a time")))
        };
        for line in register.lines().skip(1) {
            let [unit, document, period, file, time] = line.split(',').collect::<Vec<_>>()[..] else {
                panic!("{line}");
            };
            if file.is_empty() {
                assert_eq!(document, "ke-hoach");
                let new = NewAttachment {
                    campaign: CAMPAIGN,
                    unit,
                    period: Some(period),
                    kind: AttachmentKind::Plan,
                    file_name: "Kế hoạch.pdf",
                    media_type: "application/pdf",
                    is_on_behalf: false,
                    bytes: unit.as_bytes(),
                };
                self.portal.store.attachments().receive(&new, &actor(time)).await.expect("a receipt");
                continue;
            }
            let bytes = sample(file);
            let new = NewUpload {
                campaign: CAMPAIGN,
                unit,
                period: Some(period),
                file_name: file.rsplit('/').next().unwrap_or(file),
                came_in: None,
                is_on_behalf: true,
                bytes: &bytes,
                then: Some(READ),
            };
            self.portal.store.uploads().receive(&new, &actor(time)).await.expect("a receipt");
        }
        self.portal.work.notify_waiters();
        self.all_jobs_done().await;
    }

    /// Waits until nothing is left to do.
    pub(crate) async fn all_jobs_done(&self) {
        loop {
            let counts = self.portal.store.jobs().counts().await.expect("a store");
            let open = |state| counts.iter().any(|(it, count)| *it == state && *count > 0);
            if !open(JobState::Waiting) && !open(JobState::Running) {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }

    /// Makes a run of a period and gives the release.
    pub(crate) async fn run(&self, who: &mut Browser, period: &str) -> String {
        who.get(&to::releases(CAMPAIGN)).await;
        let run = who.post(&to::run(CAMPAIGN), &[("period", period)]).await;
        assert_eq!(run.status, StatusCode::SEE_OTHER, "{}", who.page);
        self.all_jobs_done().await;
        who.follow(&run).await;
        let start = format!("/c/{CAMPAIGN}/releases/");
        let release = who.page.split(&start).nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
        assert_eq!(release.len(), 16, "{}", who.page);
        release.to_owned()
    }

    /// Publishes it.
    pub(crate) async fn publish(&self, board: &mut Browser, period: &str, release: &str) {
        board.get(&to::publish(CAMPAIGN, period)).await;
        let fields = [("run", release), ("confirm", "yes")];
        let published = board.post(&to::publish(CAMPAIGN, period), &fields).await;
        assert_eq!(published.status, StatusCode::SEE_OTHER, "{}", board.page);
    }

    /// Somebody without a session.
    pub(crate) fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), from: None, cookie: None, page: String::new() }
    }

    /// Makes an account, invited.
    pub(crate) async fn invite(&self, login: &str, role: Role, unit: Option<&str>) -> String {
        let secret = activation_code().expect("random bits");
        assert!(hash_of_code(&secret.clear) == secret.hash);
        let new = NewAccount {
            login: login.to_owned(),
            name: format!("Tài khoản {login}"),
            role,
            unit: unit.map(str::to_owned),
            contact: None,
            activation: secret.hash,
            activation_until: clock::now() + 1_000_000_000,
        };
        self.portal.store.accounts().create(&new, &Actor::system(clock::now())).await.expect("an account");
        secret.clear
    }

    /// Somebody who has activated an account and is signed in.
    pub(crate) async fn signed_in(&self, login: &str, role: Role, unit: Option<&str>) -> Browser {
        let code = self.invite(login, role, unit).await;
        let mut browser = self.browser();
        browser.get(&to::activate()).await;
        let fields = [("login", login), ("code", &code), ("password", PASSWORD), ("again", PASSWORD)];
        let answer = browser.post(&to::activate(), &fields).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"), "{}", browser.page);
        browser
    }
}

/// A browser without JavaScript.
pub(crate) struct Browser {
    router: Router,
    /// Who asks the server, and what it says of whom it asks for.
    from: Option<(IpAddr, String)>,
    cookie: Option<String>,
    /// The last page.
    pub(crate) page: String,
}

pub(crate) struct Answered {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answered {
    pub(crate) fn location(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl Browser {
    pub(crate) async fn get(&mut self, path: &str) -> Answered {
        self.send(Request::builder().uri(path).body(Body::empty()).expect("a request")).await
    }

    /// The same browser behind `peer`, which says that it asks for `client`.
    pub(crate) fn through(mut self, peer: IpAddr, client: &str) -> Self {
        self.from = Some((peer, client.to_owned()));
        self
    }

    /// The same cookie at another server.
    pub(crate) fn take_session(&mut self, other: &Self) {
        self.cookie.clone_from(&other.cookie);
    }

    /// Goes where an answer sends it.
    pub(crate) async fn follow(&mut self, answer: &Answered) -> Answered {
        let to = answer.location().to_owned();
        assert!(!to.is_empty(), "{} leads nowhere: {}", answer.status, self.page);
        self.get(&to).await
    }

    /// Sends a form with the token of the last page.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answered {
        let token = self.token();
        self.post_with(path, &token, fields).await
    }

    pub(crate) async fn post_with(&mut self, path: &str, token: &str, fields: &[(&str, &str)]) -> Answered {
        let mut all = vec![(to::CSRF, token)];
        all.extend(fields);
        let body = serde_urlencoded::to_string(&all).expect("fields");
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body));
        self.send(request.expect("a request")).await
    }

    /// Sends files with the token of the last page.
    pub(crate) async fn upload(&mut self, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Answered {
        const BOUNDARY: &str = "----thidua-test";
        let token = self.token();
        let mut body = Vec::new();
        for (name, value) in [(to::CSRF, token.as_str())].iter().chain(fields) {
            let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(head.into_bytes());
        }
        for (name, bytes) in files {
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend(head.into_bytes());
            body.extend(*bytes);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
            .body(Body::from(body));
        self.send(request.expect("a request")).await
    }

    /// The token in the forms of the last page.
    pub(crate) fn token(&self) -> String {
        let field = format!("name=\"{}\" value=\"", to::CSRF);
        let rest = self.page.split_once(&field).map(|(_, rest)| rest).unwrap_or_default();
        rest.split('"').next().unwrap_or_default().to_owned()
    }

    async fn send(&mut self, mut request: Request<Body>) -> Answered {
        if let Some(cookie) = &self.cookie {
            request.headers_mut().insert(header::COOKIE, cookie.parse().expect("a cookie"));
        }
        if let Some((peer, client)) = &self.from {
            request.extensions_mut().insert(ConnectInfo(SocketAddr::new(*peer, 4711)));
            request.headers_mut().insert("x-forwarded-for", client.parse().expect("a header"));
        }
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        if let Some(cookie) = parts.headers.get(header::SET_COOKIE) {
            let cookie = cookie.to_str().expect("a cookie").split(';').next().unwrap_or_default();
            self.cookie = Some(cookie.to_owned());
        }
        let bytes = to_bytes(body, usize::MAX).await.expect("a body").to_vec();
        let is_page = parts.headers.get(header::CONTENT_TYPE).is_some_and(|it| it.as_bytes().starts_with(b"text/html"));
        if is_page {
            self.page = String::from_utf8(bytes.clone()).expect("UTF-8");
        }
        Answered { status: parts.status, headers: parts.headers, bytes }
    }
}
