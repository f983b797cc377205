//! A few pages as they are, so that a change of a template is read before it is kept.

use thidua_pages::{Lang, assets, testing};

#[test]
fn sign_in() {
    insta::assert_snapshot!(page(Lang::Vi, "sign-in-wrong"));
}

#[test]
fn unit_home() {
    insta::assert_snapshot!(page(Lang::Vi, "unit-home-new"));
}

#[test]
fn upload_result() {
    insta::assert_snapshot!(page(Lang::En, "upload-partly"));
}

#[test]
fn tracking() {
    insta::assert_snapshot!(page(Lang::Vi, "tracking"));
}

#[test]
fn targets() {
    insta::assert_snapshot!(page(Lang::En, "targets"));
}

/// The page without what changes with every edit of the style sheet, and without blank lines.
fn page(lang: Lang, name: &str) -> String {
    let sample = testing::gallery(lang).into_iter().find(|it| it.name == name).expect("a page of the gallery");
    let mut html = sample.html;
    for asset in assets::all() {
        html = html.replace(asset.version(), "<digest>");
    }
    html.lines().map(str::trim_end).filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n")
}
