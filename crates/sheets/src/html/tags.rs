//! Takes HTML apart into tags and text, once through, whatever stands in it.

/// A piece of a page.
pub(super) enum Piece<'a> {
    Text(&'a str),
    Tag(Tag<'a>),
}

pub(super) struct Tag<'a> {
    /// Lower case.
    pub(super) name: String,
    pub(super) is_end: bool,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// The value of an attribute; empty for one without a value.
    pub(super) fn value(&self, wanted: &str) -> Option<&'a str> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/')).unwrap_or(rest.len());
            // At least one character, or a stray sign would stop the walk.
            let end = end.max(rest.chars().next().map_or(0, char::len_utf8));
            let name = &rest[..end];
            rest = rest[end..].trim_ascii_start();
            let mut value = "";
            if let Some(after) = rest.strip_prefix('=') {
                (value, rest) = attribute_value(after.trim_ascii_start());
            }
            if name.eq_ignore_ascii_case(wanted) {
                return Some(value);
            }
        }
    }
}

fn attribute_value(text: &str) -> (&str, &str) {
    match text.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let inside = &text[1..];
            match inside.find(quote) {
                Some(end) => (&inside[..end], &inside[end + 1..]),
                None => (inside, ""),
            }
        }
        _ => text.split_at(text.find(|c: char| c.is_ascii_whitespace()).unwrap_or(text.len())),
    }
}

pub(super) struct Pieces<'a> {
    rest: &'a str,
    /// From here on no end of the element, comment or tag was found: not looked for again.
    endless: Vec<&'static str>,
}

/// Elements whose content is no HTML.
const RAW: [(&str, &str); 4] =
    [("script", "</script"), ("style", "</style"), ("textarea", "</textarea"), ("xml", "</xml")];

impl<'a> Pieces<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text, endless: Vec::new() }
    }

    /// The position of a mark; a search that failed once is not made again.
    fn find(&mut self, from: &'a str, mark: &'static str) -> Option<usize> {
        if self.endless.contains(&mark) {
            return None;
        }
        let found = find_ignoring_case(from, mark);
        if found.is_none() {
            self.endless.push(mark);
        }
        found
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            let rest = self.rest;
            if rest.is_empty() {
                return None;
            }
            let Some(inside) = rest.strip_prefix('<') else {
                let end = rest.find('<').unwrap_or(rest.len());
                self.rest = &rest[end..];
                return Some(Piece::Text(&rest[..end]));
            };
            if let Some(comment) = inside.strip_prefix("!--") {
                // Excel hides parts of its pages in comments such as `<!--[if gte mso 9]>`.
                self.rest = self.find(comment, "-->").map_or("", |end| &comment[end + 3..]);
                continue;
            }
            if inside.starts_with(['!', '?']) {
                self.rest = self.find(inside, ">").map_or("", |end| &inside[end + 1..]);
                continue;
            }
            let (is_end, named) = inside.strip_prefix('/').map_or((false, inside), |named| (true, named));
            if !named.starts_with(|c: char| c.is_ascii_alphabetic()) {
                // `a < b` is text.
                self.rest = inside;
                return Some(Piece::Text("<"));
            }
            let name_end =
                named.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).unwrap_or(named.len());
            let (name, after) = named.split_at(name_end);
            let Some((close, next)) = tag_end(after) else {
                self.rest = "";
                continue;
            };
            self.rest = &after[next..];
            let name: String = name.chars().take(40).collect::<String>().to_ascii_lowercase();
            if !is_end && let Some((_, end)) = RAW.iter().find(|(raw, _)| *raw == name) {
                let content = self.rest;
                self.rest = self.find(content, end).map_or("", |at| &content[at..]);
            }
            return Some(Piece::Tag(Tag { name, is_end, attributes: &after[..close] }));
        }
    }
}

/// Where a tag's attributes end, and where the rest begins: at the `>` that is not inside quotes. A
/// quote is not followed beyond the next `<`, so that quotes never closed cost nothing.
fn tag_end(text: &str) -> Option<(usize, usize)> {
    let (mut quote, mut inside_quotes) = (None, None);
    for (at, b) in text.bytes().enumerate() {
        match (quote, b) {
            (None, b'>') => return Some((at, at + 1)),
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(open), b) if b == open => quote = None,
            (Some(_), b'>') => {
                inside_quotes.get_or_insert(at);
            }
            (_, b'<') => return Some(inside_quotes.map_or((at, at), |at| (at, at + 1))),
            _ => {}
        }
    }
    inside_quotes.map(|at| (at, at + 1))
}

fn find_ignoring_case(text: &str, mark: &str) -> Option<usize> {
    text.as_bytes().windows(mark.len()).position(|window| window.eq_ignore_ascii_case(mark.as_bytes()))
}
