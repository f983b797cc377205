//! What must hold of every page: it works without a script, is read aloud in order, asks no other
//! host, and leads only where the portal has an address.

mod html;

use html::{Piece, read};
use std::collections::{BTreeMap, BTreeSet};
use thidua_pages::{Lang, routes, testing};

/// Every page in both languages, with its pieces.
fn pages() -> Vec<(String, String, Vec<Piece>)> {
    [(Lang::Vi, "vi"), (Lang::En, "en")]
        .into_iter()
        .flat_map(|(lang, word)| {
            testing::gallery(lang).into_iter().map(move |it| {
                let pieces = read(&it.html);
                (format!("{word}/{}", it.name), it.html, pieces)
            })
        })
        .collect()
}

#[test]
fn a_page_has_no_inline_style_or_script_and_names_no_other_host() {
    for (name, html, pieces) in pages() {
        for piece in &pieces {
            assert_ne!(piece.tag(), Some("style"), "{name}");
            assert!(piece.tag() != Some("script") || piece.get("src").is_some(), "{name}");
            for (attribute, value) in piece.attributes() {
                assert!(attribute != "style" && !attribute.starts_with("on"), "{name}: {attribute}");
                assert!(!value.trim_start().starts_with("javascript:"), "{name}: {value}");
            }
        }
        assert!(!html.contains("http://") && !html.contains("https://") && !html.contains("=\"//"), "{name}");
    }
}

#[test]
fn a_page_is_small_enough_for_a_slow_line() {
    for (name, html, _) in pages() {
        assert!(html.len() < 30_000, "{name} has {} bytes", html.len());
    }
}

#[test]
fn an_id_stands_once_and_what_refers_to_it_finds_it() {
    for (name, _, pieces) in pages() {
        let mut ids = BTreeSet::new();
        for id in pieces.iter().filter_map(|it| it.get("id")) {
            assert!(!id.is_empty() && !id.contains(char::is_whitespace), "{name}: “{id}”");
            assert!(ids.insert(id), "{name}: {id} twice");
        }
        for piece in &pieces {
            for reference in ["for", "aria-labelledby", "aria-describedby", "aria-controls"] {
                for id in piece.get(reference).unwrap_or_default().split_whitespace() {
                    assert!(ids.contains(id), "{name}: {reference}={id}");
                }
            }
            if let Some(id) = piece.get("href").and_then(|it| it.strip_prefix('#')) {
                assert!(ids.contains(id), "{name}: #{id}");
            }
        }
    }
}

#[test]
fn every_input_has_a_label() {
    for (name, _, pieces) in pages() {
        let labelled: BTreeSet<&str> = pieces.iter().filter_map(|it| it.get("for")).collect();
        for piece in &pieces {
            if !matches!(piece.tag(), Some("input" | "select" | "textarea")) {
                continue;
            }
            if piece.get("type") == Some("hidden") || piece.get("hidden").is_some() {
                continue;
            }
            let id = piece.get("id").unwrap_or_else(|| panic!("{name}: {piece:?} has no id"));
            assert!(labelled.contains(id), "{name}: {id} has no label");
            assert!(piece.get("name").is_some() || piece.get("data-narrow").is_some(), "{name}: {id} sends nothing");
        }
    }
}

#[test]
fn every_form_that_changes_something_starts_with_its_token() {
    for (name, _, pieces) in pages() {
        for (at, piece) in pieces.iter().enumerate().filter(|(_, it)| it.tag() == Some("form")) {
            if piece.get("method") != Some("post") {
                assert_eq!(piece.get("method"), Some("get"), "{name}");
                continue;
            }
            let first = &pieces[at + 1];
            assert_eq!(
                (first.tag(), first.get("type"), first.get("name")),
                (Some("input"), Some("hidden"), Some(routes::CSRF)),
                "{name}: {piece:?}"
            );
            let has_files = pieces[at..]
                .iter()
                .take_while(|it| !matches!(it, Piece::Close { tag } if tag == "form"))
                .any(|it| it.get("type") == Some("file"));
            assert_eq!(piece.get("enctype") == Some("multipart/form-data"), has_files, "{name}: {piece:?}");
        }
    }
}

#[test]
fn every_link_and_form_leads_to_an_address_of_the_portal() {
    for (name, _, pieces) in pages() {
        for piece in &pieces {
            for attribute in ["href", "src", "action", "data-events"] {
                let Some(address) = piece.get(attribute).filter(|it| !it.starts_with('#')) else { continue };
                let path = address.split(['?', '#']).next().unwrap_or_default();
                let is_elsewhere = ["/graphql", "/graphiql", "/releases"].iter().any(|it| path.starts_with(it));
                assert!(
                    is_elsewhere || routes::ALL.iter().any(|it| matches_pattern(it, path)),
                    "{name}: {attribute}={address}"
                );
            }
        }
    }
}

fn matches_pattern(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    pattern.len() == path.len()
        && pattern.iter().zip(path).all(
            |(part, segment)| {
                if part.starts_with('{') { !segment.is_empty() } else { *part == segment }
            },
        )
}

#[test]
fn headings_tell_the_outline_of_the_page() {
    for (name, _, pieces) in pages() {
        let levels: Vec<u32> = pieces.iter().filter_map(|it| it.tag()?.strip_prefix('h')?.parse().ok()).collect();
        assert_eq!(levels.iter().filter(|it| **it == 1).count(), 1, "{name}");
        assert_eq!(levels.first(), Some(&1), "{name}");
        for pair in levels.windows(2) {
            assert!(pair[1] <= pair[0] + 1, "{name}: {levels:?}");
        }
    }
}

#[test]
fn a_page_has_one_main_part_and_a_link_to_it() {
    for (name, _, pieces) in pages() {
        let html = pieces.iter().find(|it| it.tag() == Some("html")).expect("html");
        assert_eq!(html.get("lang"), name.split('/').next(), "{name}");
        assert_eq!(pieces.iter().filter(|it| it.tag() == Some("main")).count(), 1, "{name}");
        let first = pieces.iter().find(|it| it.tag() == Some("a")).expect("a link");
        assert_eq!((first.get("class"), first.get("href")), (Some("skip"), Some("#main")), "{name}");
        let title = pieces.iter().position(|it| it.tag() == Some("title")).expect("a title");
        assert!(matches!(&pieces[title + 1], Piece::Text(text) if !text.starts_with(" –")), "{name}");
    }
}

#[test]
fn a_table_has_a_caption_and_its_headings_a_scope() {
    for (name, _, pieces) in pages() {
        for (at, piece) in pieces.iter().enumerate() {
            match piece.tag() {
                Some("table") => assert_eq!(pieces[at + 1].tag(), Some("caption"), "{name}"),
                Some("th") => assert!(matches!(piece.get("scope"), Some("col" | "row" | "rowgroup")), "{name}"),
                _ => {}
            }
        }
    }
}

#[test]
fn a_table_is_rectangular() {
    for (name, _, pieces) in pages() {
        let mut widths: Vec<u32> = Vec::new();
        for piece in &pieces {
            match piece {
                Piece::Open { tag, .. } if tag == "tr" => widths.push(0),
                Piece::Open { tag, .. } if tag == "td" || tag == "th" => {
                    let span = piece.get("colspan").map_or(1, |it| it.parse().expect("a number"));
                    *widths.last_mut().expect("a cell stands in a row") += span;
                }
                Piece::Close { tag } if tag == "table" => {
                    assert!(widths.windows(2).all(|it| it[0] == it[1]), "{name}: {widths:?}");
                    widths.clear();
                }
                _ => {}
            }
        }
    }
}

#[test]
fn a_picture_has_a_title_and_a_table_beside_it() {
    for (name, _, pieces) in pages() {
        for (at, piece) in pieces.iter().enumerate().filter(|(_, it)| it.tag() == Some("svg")) {
            assert_eq!(piece.get("role"), Some("img"), "{name}");
            assert!(piece.get("aria-labelledby").is_some(), "{name}");
            assert_eq!(pieces[at + 1].tag(), Some("title"), "{name}");
            assert!(pieces[at..].iter().any(|it| it.tag() == Some("table")), "{name}");
        }
    }
}

#[test]
fn no_two_links_of_a_page_have_one_text_and_lead_to_different_places() {
    // Rows of a table repeat their links; there the row's heading tells them apart.
    for (name, _, pieces) in pages() {
        let mut targets: BTreeMap<String, &str> = BTreeMap::new();
        let mut in_table = false;
        for (at, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Open { tag, .. } if tag == "table" => in_table = true,
                Piece::Close { tag } if tag == "table" => in_table = false,
                Piece::Open { tag, .. } if tag == "a" && !in_table => {
                    let text = text_until(&pieces[at + 1..], "a");
                    assert!(!text.is_empty(), "{name}: a link without words");
                    let href = piece.get("href").expect("a link leads somewhere");
                    let before = targets.insert(text.clone(), href);
                    assert!(before.is_none_or(|it| it == href), "{name}: “{text}” leads to two places");
                }
                _ => {}
            }
        }
    }
}

fn text_until(pieces: &[Piece], tag: &str) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Close { tag: closed } if closed == tag => break,
            Piece::Text(text) => out.push_str(text),
            _ => {}
        }
    }
    out.trim().to_owned()
}
