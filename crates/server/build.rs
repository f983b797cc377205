//! Embeds the files of the explorer that are there.
//!
//! In:  `explorer/node_modules`, as `npm ci --ignore-scripts --prefix crates/server/explorer` fills
//!      it, and the example queries of crate `graph`.
//! Out: `explorer.rs` in the build's folder: the files by name, empty when they are not there, and
//!      the examples.
//!
//! Nothing is fetched here: a build needs no network.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Served name and place of what GraphiQL needs.
const FILES: [(&str, &str); 4] = [
    ("graphiql.min.css", "graphiql/graphiql.min.css"),
    ("graphiql.min.js", "graphiql/graphiql.min.js"),
    ("react-dom.production.min.js", "react-dom/umd/react-dom.production.min.js"),
    ("react.production.min.js", "react/umd/react.production.min.js"),
];

/// Whose licences stand beside them.
const LICENCES: [(&str, &str); 3] =
    [("GraphiQL", "graphiql/LICENSE"), ("React", "react/LICENSE"), ("React DOM", "react-dom/LICENSE")];

fn main() {
    let here = PathBuf::from(variable("CARGO_MANIFEST_DIR"));
    let explorer = here.join("explorer");
    let examples = here.join("../graph/examples");
    for watched in [explorer.as_path(), &examples] {
        // A folder that is not there would make every build run this again; the one above it tells.
        let watched = if watched.exists() { Some(watched) } else { watched.parent() };
        println!("cargo::rerun-if-changed={}", watched.unwrap_or(&here).display());
    }

    let modules = explorer.join("node_modules");
    let mut code = String::new();
    let is_whole = FILES.iter().chain(&LICENCES).all(|(_, path)| modules.join(path).is_file());
    let _ = writeln!(code, "/// By name, sorted; empty when `npm ci` was not run before the build.");
    let _ = writeln!(code, "pub(super) static EMBEDDED: &[(&str, &[u8])] = &[");
    for (name, path) in FILES.iter().filter(|_| is_whole) {
        let _ = writeln!(code, "    ({name:?}, include_bytes!({:?})),", modules.join(path));
    }
    let _ = writeln!(code, "];");
    let _ = writeln!(code, "/// Project and text of each licence.");
    let _ = writeln!(code, "pub(super) static LICENCES: &[(&str, &str)] = &[");
    for (name, path) in LICENCES.iter().filter(|_| is_whole) {
        let _ = writeln!(code, "    ({name:?}, include_str!({:?})),", modules.join(path));
    }
    let _ = writeln!(code, "];");
    let _ = writeln!(code, "/// File name without its end, and text, sorted by name.");
    let _ = writeln!(code, "pub(super) static EXAMPLES: &[(&str, &str)] = &[");
    for path in queries(&examples) {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let _ = writeln!(code, "    ({name:?}, include_str!({path:?})),");
    }
    let _ = writeln!(code, "];");
    let out = Path::new(&variable("OUT_DIR")).join("explorer.rs");
    fs::write(&out, code).unwrap_or_else(|error| panic!("{} cannot be written: {error}", out.display()));
}

/// The example queries, sorted by name.
fn queries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut found: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|end| end == "graphql")).collect();
    found.sort();
    found
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("cargo sets {name}"))
}
