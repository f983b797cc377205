//! A small reader of the HTML that this crate writes: tags with their attributes, and the text
//! between them. It is strict where browsers are lenient, so that a slip is found.

/// An opening tag, a closing tag or a stretch of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    Open { tag: String, attributes: Vec<(String, String)> },
    Close { tag: String },
    Text(String),
}

/// Tags that are never closed.
const VOID: &[&str] = &["br", "hr", "img", "input", "link", "meta"];
/// Tags of SVG that are written `<path/>`.
const SVG_VOID: &[&str] = &["circle", "line", "path", "polyline", "rect"];

impl Piece {
    pub(crate) fn tag(&self) -> Option<&str> {
        match self {
            Self::Open { tag, .. } => Some(tag),
            _ => None,
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        match self {
            Self::Open { attributes, .. } => {
                attributes.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
            }
            _ => None,
        }
    }

    pub(crate) fn attributes(&self) -> &[(String, String)] {
        match self {
            Self::Open { attributes, .. } => attributes,
            _ => &[],
        }
    }
}

/// Reads a page; every tag must be closed in order.
#[track_caller]
pub(crate) fn read(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = html.trim_start().strip_prefix("<!doctype html>").expect("a page starts with its doctype");
    while let Some(at) = rest.find('<') {
        if !rest[..at].trim().is_empty() {
            pieces.push(Piece::Text(rest[..at].to_owned()));
        }
        let end = tag_end(&rest[at..]).unwrap_or_else(|| panic!("a tag is not closed: {}", &rest[at..]));
        let inside = &rest[at + 1..at + end];
        rest = &rest[at + end + 1..];
        if let Some(tag) = inside.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(tag), "tags are closed in order; then: {rest:.200}");
            pieces.push(Piece::Close { tag: tag.to_owned() });
            continue;
        }
        let (tag, attributes) = attributes(inside);
        let is_self_closed = inside.ends_with('/');
        assert_eq!(is_self_closed, SVG_VOID.contains(&tag.as_str()), "<{inside}>");
        if !VOID.contains(&tag.as_str()) && !is_self_closed {
            open.push(tag.clone());
        }
        pieces.push(Piece::Open { tag, attributes });
    }
    assert!(open.is_empty(), "left open: {open:?}");
    pieces
}

/// Where the tag ends that starts here; `>` inside quotes is part of a value.
fn tag_end(text: &str) -> Option<usize> {
    let mut is_quoted = false;
    text.char_indices().find_map(|(at, letter)| {
        is_quoted ^= letter == '"';
        (letter == '>' && !is_quoted).then_some(at)
    })
}

fn attributes(inside: &str) -> (String, Vec<(String, String)>) {
    let inside = inside.trim_end_matches('/').trim();
    let (tag, mut rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return (tag.to_owned(), attributes);
        }
        let name_end = rest.find(|it: char| it == '=' || it.is_whitespace()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(name_end);
        let value = match after.strip_prefix("=\"") {
            Some(quoted) => {
                let (value, after) = quoted.split_once('"').expect("a value ends with a quote");
                rest = after;
                value
            }
            None => {
                assert!(!after.starts_with('='), "a value without quotes: <{inside}>");
                rest = after;
                ""
            }
        };
        assert!(!attributes.iter().any(|(it, _)| it == name), "{name} twice: <{inside}>");
        attributes.push((name.to_owned(), value.replace("&#38;", "&").replace("&#39;", "'").replace("&#34;", "\"")));
    }
}
