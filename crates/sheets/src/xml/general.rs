//! Any XML, by the library: comments, CDATA, processing instructions, DOCTYPE, and what is malformed.

use super::{Event, Tag, local};
use quick_xml::Reader;
use quick_xml::errors::Error;
use quick_xml::events::Event as Read;

pub(super) struct General<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// `<c/>` was given as `<c>`: its end comes next.
    is_empty: Option<&'a str>,
}

impl<'a> General<'a> {
    /// `text`: without a byte order mark, which the library would not count.
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().allow_dangling_amp = true;
        Self { text, reader, is_empty: None }
    }

    /// Everything before this position was given, ends of empty elements included.
    pub(super) fn is_at(&self, position: usize) -> bool {
        self.position() >= position && self.is_empty.is_none()
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    pub(super) fn next(&mut self) -> Result<Event<'a>, Error> {
        if let Some(name) = self.is_empty.take() {
            return Ok(Event::End(name));
        }
        let from = self.position();
        let event = self.reader.read_event()?;
        let piece = self.text.get(from..self.position()).unwrap_or_default();
        // Without `<` and `>` and the like.
        let inside = |before: usize, behind: usize| piece.get(before..piece.len() - behind).unwrap_or_default();
        Ok(match event {
            Read::Start(_) => Event::Start(Tag::of(inside(1, 1))),
            Read::Empty(_) => {
                let tag = Tag::of(inside(1, 2));
                self.is_empty = Some(tag.name());
                Event::Start(tag)
            }
            Read::End(_) => Event::End(local(inside(2, 1).trim_end_matches([' ', '\t', '\r', '\n']))),
            Read::Text(_) => Event::Text(piece),
            Read::CData(_) => Event::Text(inside(9, 3)),
            Read::GeneralRef(_) => Event::Reference(inside(1, 1)),
            Read::Eof => Event::Eof,
            _ => Event::Other,
        })
    }
}
