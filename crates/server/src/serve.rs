//! The life of a server: it listens, serves, and stops when it is told to.
//!
//! In:  [`ServeOptions`].
//! Out: the address it listens on, told once; the end, after the requests under way are answered.

use crate::connection::Door;
use crate::envelope::Envelopes;
use crate::error::ServerError;
use crate::logs;
use crate::mount::Mount;
use crate::options::ServeOptions;
use crate::refusal::Refusal;
use crate::state::{App, Shared};
use crate::watch::{self, WatchOptions};
use crate::{explorer, exports, graphql, health};
use axum::Router;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch::channel as watch_channel;
use tokio::time::sleep;
use tracing::{info, warn};

/// The longest that requests under way may take once the server was told to stop.
const LAST_CALL: Duration = Duration::from_secs(20);

/// How often the journals are looked at: a new release is served within a second.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// The whole server, to be made for each connection.
pub(crate) fn server(app: &Shared, more: Option<Router>) -> Envelopes {
    let router = Router::new()
        .merge(graphql::routes())
        .merge(health::routes())
        .with_state(Arc::clone(app))
        .merge(exports::router(Arc::clone(&app.served)))
        .merge(explorer::router());
    let router = match more {
        Some(more) => router.merge(more),
        None => router.fallback(|| async { Refusal::no_such_page() }),
    };
    Envelopes::new(Arc::clone(app), router)
}

/// Serves until the process is told to stop (SIGTERM, SIGINT). `on_listening` is given the address
/// as soon as connections are accepted, with the port that was free when port 0 was asked.
///
/// # Errors
/// When it cannot start: a folder that is none, a port in use.
pub async fn serve(
    options: ServeOptions,
    mount: Option<Mount>,
    on_listening: impl FnOnce(SocketAddr),
) -> Result<(), ServerError> {
    logs::install(options.log);
    let stop = told_to_stop()?;
    serve_until(options, mount, on_listening, stop).await
}

/// The same, until `stop` is done.
async fn serve_until(
    options: ServeOptions,
    mount: Option<Mount>,
    on_listening: impl FnOnce(SocketAddr),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServerError> {
    for folder in &options.releases {
        if !folder.is_dir() {
            return Err(ServerError::NoFolder { folder: folder.clone() });
        }
    }
    let listen = options.listen;
    let listening = |source| ServerError::Listen { listen, source };
    let listener = TcpListener::bind(listen).await.map_err(listening)?;
    let address = listener.local_addr().map_err(listening)?;
    let watch = WatchOptions {
        folders: options.releases.clone(),
        keep: options.keep,
        include_unpublished: options.include_unpublished,
        every: LOOK_EVERY,
    };
    let (served, _watcher) = watch::start(&watch).map_err(|source| ServerError::Thread { source })?;
    let (router, guard) = mount.map(|mount| (mount.router, mount.guard)).unzip();
    let app = Arc::new(App::new(options, served, guard)?);
    info!(%address, version = env!("CARGO_PKG_VERSION"), "listening");
    on_listening(address);

    let (stopping, mut stopped) = watch_channel(false);
    let is_closing = Arc::new(AtomicBool::new(false));
    let closing = Arc::clone(&is_closing);
    let told = async move {
        stop.await;
        info!("told to stop: no new connections, requests under way are answered");
        closing.store(true, Ordering::Release);
        let _ = stopping.send(true);
    };
    let door = Door::new(listener, Arc::clone(&app.connections), app.patience, is_closing);
    let serving = axum::serve(door, server(&app, router)).with_graceful_shutdown(told);
    let last_call = async {
        // Either it was told to stop, or it has ended and nobody waits here any more.
        let _ = stopped.wait_for(|&told| told).await;
        sleep(LAST_CALL).await;
    };
    tokio::select! {
        _ = serving => info!("stopped"),
        () = last_call => warn!("stopped with requests unanswered"),
    }
    Ok(())
}

/// Done when the process gets SIGTERM or SIGINT.
fn told_to_stop() -> Result<impl Future<Output = ()> + Send + 'static, ServerError> {
    let on = |kind| signal(kind).map_err(|source| ServerError::Signals { source });
    let (mut term, mut int) = (on(SignalKind::terminate())?, on(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = term.recv() => {}
            _ = int.recv() => {}
        }
    })
}
