//! A part with other pieces in the place of some, and every other byte as it was.
//!
//! In:  the text of a part, and what is to stand where.
//! Out: the text of the changed part.

use super::{Kind, Walk, name, opened};
use crate::Unfit;
use std::ops::Range;

/// XML of ours, written without prefixes, in the prefix of the part it goes into.
pub(crate) fn prefixed(xml: &str, prefix: &str) -> String {
    if prefix.is_empty() {
        return xml.to_owned();
    }
    let mut out = String::with_capacity(xml.len() + xml.len() / 8);
    let mut chars = xml.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(c);
        if c == '<' {
            if chars.next_if_eq(&'/').is_some() {
                out.push('/');
            }
            out.push_str(prefix);
        }
    }
    out
}

/// A text and what is to be replaced in it.
pub(crate) struct Splice<'t> {
    text: &'t str,
    edits: Vec<(Range<usize>, String)>,
}

impl<'t> Splice<'t> {
    pub(crate) const fn new(text: &'t str) -> Self {
        Self { text, edits: Vec::new() }
    }

    pub(crate) fn replace(&mut self, range: Range<usize>, with: String) {
        self.edits.push((range, with));
    }

    /// What is inserted at one place stands there in the order of the calls.
    pub(crate) fn insert(&mut self, at: usize, what: String) {
        self.edits.push((at..at, what));
    }

    pub(crate) fn is_unchanged(&self) -> bool {
        self.edits.is_empty()
    }

    /// # Errors
    /// Two edits of the same bytes.
    pub(crate) fn finish(mut self) -> Result<String, Unfit> {
        self.edits.sort_by_key(|(range, _)| (range.start, range.end));
        let more: usize = self.edits.iter().map(|(_, with)| with.len()).sum();
        let mut out = String::with_capacity(self.text.len() + more);
        let mut done = 0;
        for (range, with) in self.edits {
            out.push_str(self.text.get(done..range.start).ok_or(Unfit)?);
            out.push_str(&with);
            done = range.end;
        }
        out.push_str(self.text.get(done..).ok_or(Unfit)?);
        Ok(out)
    }
}

/// Adds XML (written without prefixes) as the last child of the root.
pub(crate) fn append(text: &str, xml: &str) -> Result<String, Unfit> {
    let mut walk = Walk::new(text);
    let mut splice = Splice::new(text);
    while let Some(step) = walk.next()? {
        if step.depth > 0 || step.local().is_empty() {
            continue;
        }
        let more = prefixed(xml, step.prefix());
        match step.kind {
            Kind::Empty => {
                let name = name(step.raw);
                splice.replace(step.range.clone(), format!("{}{more}</{name}>", opened(step.raw)));
                return splice.finish();
            }
            Kind::Close => {
                splice.insert(step.range.start, more);
                return splice.finish();
            }
            _ => {}
        }
    }
    Err(Unfit)
}
