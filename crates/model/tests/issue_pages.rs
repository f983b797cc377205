//! The Markdown pages of the codes are what the code says.

use std::path::Path;
use thidua_model::issue::pages::{LAYERS, index, layer};

#[test]
fn the_pages_in_the_repository_are_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/issues");
    let files = LAYERS.iter().map(|(letter, name, _)| (*name, layer(*letter))).chain([("README.md", index())]);
    let is_update = std::env::var_os("UPDATE_PAGES").is_some();
    for (name, text) in files {
        let path = folder.join(name);
        if is_update {
            std::fs::create_dir_all(&folder).expect("the folder of the pages");
            std::fs::write(&path, &text).expect("a page is written");
        }
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            written == text,
            "{} is out of date; write it anew: UPDATE_PAGES=1 cargo test -p thidua-model --test issue_pages",
            path.display()
        );
    }
}
