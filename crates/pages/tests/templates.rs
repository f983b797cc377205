//! No sentence stands in a template: words come from `words`, in both languages.

use std::fs;
use std::path::Path;

#[test]
fn no_template_has_words_outside_of_expressions() {
    let mut seen = 0;
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")).expect("templates") {
        let path = entry.expect("an entry").path();
        let template = fs::read_to_string(&path).expect("a template");
        let words = words(&template);
        assert!(words.is_empty(), "{} says {words:?}", path.display());
        seen += 1;
    }
    assert!(seen > 10);
}

#[test]
fn a_word_in_a_template_is_found() {
    for (template, expected) in [
        ("<p>{{ t(w::A) }}</p>", vec![]),
        ("<p>Nộp {{ n }}</p>", vec!["Nộp"]),
        ("<p title=\"Hạn nộp\" class=\"soft\">{# a note #}{% if x > 1 %}·{% endif %}</p>", vec!["Hạn nộp"]),
        ("<input aria-label=\"{{ x }}\" placeholder=\"tên {{ x }}\">", vec!["tên"]),
    ] {
        assert_eq!(words(template), expected, "{template}");
    }
}

/// Attributes that people read.
const READ: &[&str] = &["alt", "aria-label", "placeholder", "title", "label"];

/// Letters outside of expressions and tags, and in attributes that people read.
fn words(template: &str) -> Vec<String> {
    let markup = without_expressions(template);
    let mut out = Vec::new();
    let mut rest = markup.as_str();
    loop {
        let text_end = rest.find('<').unwrap_or(rest.len());
        let text = rest[..text_end].trim();
        if text.chars().any(char::is_alphabetic) {
            out.push(text.to_owned());
        }
        let Some(tag) = rest.get(text_end + 1..) else { return out };
        let tag_end = tag.find('>').expect("a tag is closed");
        for name in READ {
            let start = format!(" {name}=\"");
            if let Some(at) = tag[..tag_end].find(&start) {
                let value = tag[at + start.len()..].split('"').next().unwrap_or_default().trim();
                if value.chars().any(char::is_alphabetic) {
                    out.push(value.to_owned());
                }
            }
        }
        rest = &tag[tag_end + 1..];
    }
}

fn without_expressions(template: &str) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        let close = match rest.as_bytes().get(at + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => panic!("a brace that opens nothing: {:.40}", &rest[at..]),
        };
        out.push_str(&rest[..at]);
        let end = rest[at..].find(close).expect("an expression is closed");
        rest = &rest[at + end + 2..];
    }
    out.push_str(rest);
    out
}
