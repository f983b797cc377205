//! A temporary PostgreSQL cluster (from Debian's `postgresql`), and fresh databases in it; the
//! default cluster of the machine is not touched.
//!
//! Without PostgreSQL a test says so and passes; where `CI` is `true` it must be there.

use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// The address of a new, empty database; `None`, with a message, where PostgreSQL is not installed.
///
/// # Errors
/// When a program of PostgreSQL cannot be started.
///
/// # Panics
/// When it is installed and does not work, or is not installed where it must be.
pub fn postgres() -> io::Result<Option<String>> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let Some(cluster) = cluster() else { return Ok(None) };
    let name = format!("t{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let made = Command::new(cluster.programs.join("createdb"))
        .args(["--username=postgres", "--template=template0", "--encoding=UTF8", "--host"])
        .arg(&cluster.socket)
        .arg(&name)
        .status()?;
    assert!(made.success(), "createdb failed");
    Ok(Some(format!("postgres:///{name}?host={}&user=postgres", cluster.socket.display())))
}

struct Cluster {
    programs: PathBuf,
    socket: PathBuf,
}

/// One cluster for the whole test program. A shell that waits for this process to end stops the
/// cluster and removes its folder, however this process ends.
fn cluster() -> Option<&'static Cluster> {
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    CLUSTER
        .get_or_init(|| {
            let Some(programs) = programs() else {
                assert!(std::env::var("CI").as_deref() != Ok("true"), "PostgreSQL is not installed; it is needed here");
                println!("skipped: PostgreSQL is not installed (Debian: apt-get install postgresql)");
                return None;
            };
            Some(start(programs).expect("a temporary PostgreSQL cluster starts"))
        })
        .as_ref()
}

fn programs() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.flatten().map(|version| version.path().join("bin")).collect())
        .unwrap_or_default();
    found.sort();
    found.reverse();
    let path = std::env::var_os("PATH").unwrap_or_default();
    found.extend(std::env::split_paths(&path));
    found.into_iter().find(|folder| ["initdb", "pg_ctl", "createdb"].iter().all(|it| folder.join(it).is_file()))
}

fn start(programs: PathBuf) -> Result<Cluster, Box<dyn std::error::Error>> {
    // Kept: the shell below removes it. Short, since a socket's path may have 107 bytes.
    let home = tempfile::Builder::new().prefix("pg").tempdir_in("/tmp")?.keep();
    let is_root = String::from_utf8(Command::new("id").arg("-u").output()?.stdout)?.trim() == "0";
    if is_root {
        // The server refuses to run as root.
        let given = Command::new("chown").arg("postgres").arg(&home).status()?;
        assert!(given.success(), "the folder of the cluster is given to the user postgres");
    }
    let program = |name: &str| {
        let path = programs.join(name);
        let mut command = if is_root {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(path);
            command
        } else {
            Command::new(path)
        };
        command.current_dir(&home).stdout(Stdio::null());
        command
    };
    let data = home.join("data");
    let made = program("initdb")
        .args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync", "--locale=C.UTF-8", "-D"])
        .arg(&data)
        .status()?;
    assert!(made.success(), "initdb failed");
    let options = format!(
        "-c listen_addresses='' -c unix_socket_directories='{}' -c fsync=off -c max_connections=400",
        home.display()
    );
    let log = home.join("log");
    let started = program("pg_ctl")
        .args(["-w", "-s", "-o", &options, "-l"])
        .arg(&log)
        .arg("-D")
        .arg(&data)
        .arg("start")
        .status()?;
    assert!(started.success(), "pg_ctl start failed: {}", std::fs::read_to_string(&log).unwrap_or_default());
    let stop = if is_root { "runuser -u postgres -- " } else { "" };
    let stop = format!(
        "read -r _; {stop}'{}' -m immediate -s -D '{}' stop; rm -rf '{}'",
        programs.join("pg_ctl").display(),
        data.display(),
        home.display()
    );
    let mut keeper = Command::new("sh")
        .args(["-c", &stop])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    // The pipe stays open as long as this process lives.
    std::mem::forget(keeper.stdin.take());
    Ok(Cluster { programs, socket: home })
}
