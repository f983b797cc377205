//! The comments of one sheet: ours come and go, those of others stay, and one on the same cell is extended.
//!
//! In:  the comments part, if there is one, and what is to be said of cells.
//! Out: the part, and the cells whose comment is new or gone, for the drawing.
//!
//! Not here: what is said, as text of a comment (`said`); the boxes that comments are shown in (`boxes`).

mod said;

pub(crate) use said::{Said, cut, lines};

use crate::Unfit;
use crate::words::{AUTHOR, BEGIN, END};
use crate::xml::{Kind, Splice, Walk, opened, prefixed, unescaped};
use said::{extension, line, runs, said_in};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use thidua_model::CellRef;

/// What has become of the comments of a sheet.
pub(crate) struct Changed {
    pub(crate) text: String,
    /// Comments of ours that were taken out.
    pub(crate) gone: BTreeSet<CellRef>,
    /// Comments that have no box yet.
    pub(crate) new: BTreeSet<CellRef>,
}

/// Comments of a sheet that had none.
pub(crate) fn empty(namespace: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{namespace}\"><authors/>\
         <commentList/></comments>"
    )
}

/// The whole of an element, and what is inside.
type Element = (Range<usize>, Range<usize>);

/// A comment as it stands in the part.
struct Comment {
    at: Option<CellRef>,
    author: Option<usize>,
    range: Range<usize>,
    /// Its `text`.
    text: Option<Element>,
}

struct Part {
    prefix: String,
    authors: Vec<String>,
    authors_end: Place,
    comments: Vec<Comment>,
    comments_end: Place,
}

/// Where a list ends: before its closing tag, or in place of `<list/>`.
#[derive(Default, Clone)]
enum Place {
    #[default]
    Nowhere,
    Before(usize),
    Instead(Range<usize>),
}

/// Takes out what we said before, and says what is to be said now.
///
/// # Errors
/// The part is no list of comments.
pub(crate) fn change(text: &str, said: &BTreeMap<CellRef, Said>) -> Result<Changed, Unfit> {
    let part = Part::read(text)?;
    let own: BTreeSet<usize> = (0..part.authors.len()).filter(|&at| part.authors[at] == AUTHOR).collect();
    let mut splice = Splice::new(text);
    let mut gone = BTreeSet::new();
    let mut held: BTreeSet<CellRef> = BTreeSet::new();
    for comment in &part.comments {
        if comment.author.is_some_and(|author| own.contains(&author)) {
            splice.replace(comment.range.clone(), String::new());
            gone.extend(comment.at);
            continue;
        }
        let Some(at) = comment.at else { continue };
        // A thread of a newer Excel: what is written here is not what is shown.
        let is_thread = comment.author.and_then(|it| part.authors.get(it)).is_some_and(|it| it.starts_with("tc="));
        let inside = comment.text.clone().filter(|_| !is_thread);
        let kept = match &inside {
            Some((_, inside)) => without_ours(&text[inside.clone()], &part.prefix)?,
            None => None,
        };
        if kept.as_deref() == Some("") {
            splice.replace(comment.range.clone(), String::new());
            gone.insert(at);
            continue;
        }
        let said = said.get(&at).filter(|_| held.insert(at));
        let Some((whole, inside)) = inside else { continue };
        let old = &text[inside.clone()];
        let more = said.map(|said| extension(said, &part.prefix)).unwrap_or_default();
        if kept.is_some() || !more.is_empty() {
            let open = opened(&text[whole.start..inside.start]);
            let kept = kept.as_deref().unwrap_or(old);
            splice.replace(whole, format!("{open}{}{more}</{}text>", in_runs(kept, &part.prefix)?, part.prefix));
        }
    }
    let new: BTreeSet<CellRef> = said.keys().filter(|at| !held.contains(at)).copied().collect();
    if !new.is_empty() {
        let author = own.first().copied().unwrap_or(part.authors.len());
        if own.is_empty() {
            part.put(&mut splice, &part.authors_end, "authors", &format!("<author>{AUTHOR}</author>"))?;
        }
        let comments = new.iter().filter_map(|at| {
            let (runs, end) = (runs(said.get(at)?), line(&format!("\n{END}")));
            Some(format!("<comment ref=\"{at}\" authorId=\"{author}\"><text>{runs}{end}</text></comment>"))
        });
        part.put(&mut splice, &part.comments_end, "commentList", &comments.collect::<String>())?;
    }
    let text = splice.finish()?;
    Ok(Changed { text, gone, new })
}

impl Part {
    fn read(text: &str) -> Result<Self, Unfit> {
        let mut walk = Walk::new(text);
        let mut part = Self {
            prefix: String::new(),
            authors: Vec::new(),
            authors_end: Place::Nowhere,
            comments: Vec::new(),
            comments_end: Place::Nowhere,
        };
        while let Some(step) = walk.next()? {
            match (step.kind, step.local()) {
                (Kind::Open, "comments") if step.depth == 0 => part.prefix = step.prefix().to_owned(),
                (_, _) if step.depth == 0 && step.is_start() => return Err(Unfit),
                (Kind::Open | Kind::Empty, "author") => {
                    let range = walk.whole(&step)?;
                    part.authors.push(plain(&text[range])?);
                }
                (Kind::Close, "authors") => part.authors_end = Place::Before(step.range.start),
                (Kind::Empty, "authors") => part.authors_end = Place::Instead(step.range.clone()),
                (Kind::Open | Kind::Empty, "comment") => {
                    let (at, author) = (step.attr("ref"), step.attr("authorId"));
                    let (at, author) =
                        (at.and_then(|at| CellRef::parse(&at)), author.and_then(|it| it.trim().parse().ok()));
                    let range = walk.whole(&step)?;
                    let inner = text_of(&text[range.clone()])?;
                    let moved = |inner: Range<usize>| range.start + inner.start..range.start + inner.end;
                    let inner = inner.map(|(whole, inside)| (moved(whole), moved(inside)));
                    part.comments.push(Comment { at, author, range, text: inner });
                }
                (Kind::Close, "commentList") => part.comments_end = Place::Before(step.range.start),
                (Kind::Empty, "commentList") => part.comments_end = Place::Instead(step.range.clone()),
                _ => {}
            }
        }
        Ok(part)
    }

    /// Adds to the end of a list.
    fn put(&self, splice: &mut Splice<'_>, place: &Place, list: &str, xml: &str) -> Result<(), Unfit> {
        match place {
            Place::Before(at) => splice.insert(*at, prefixed(xml, &self.prefix)),
            Place::Instead(range) => {
                splice.replace(range.clone(), prefixed(&format!("<{list}>{xml}</{list}>"), &self.prefix));
            }
            Place::Nowhere => return Err(Unfit),
        }
        Ok(())
    }
}

/// The `text` element of a comment.
fn text_of(comment: &str) -> Result<Option<Element>, Unfit> {
    let mut walk = Walk::new(comment);
    while let Some(step) = walk.next()? {
        if step.local() == "text" && step.is_start() && step.depth == 1 {
            let whole = walk.whole(&step)?;
            let end = match step.kind {
                Kind::Open => comment[..whole.end].rfind("</").ok_or(Unfit)?,
                _ => step.range.end,
            };
            return Ok(Some((whole, step.range.end..end)));
        }
    }
    Ok(None)
}

/// The text of some XML without its tags.
fn plain(xml: &str) -> Result<String, Unfit> {
    let mut walk = Walk::new(xml);
    let mut text = String::new();
    while let Some(step) = walk.next()? {
        if step.kind == Kind::Text {
            text.push_str(match step.raw.strip_prefix("<![CDATA[") {
                Some(data) => data.strip_suffix("]]>").unwrap_or(data),
                None => step.raw,
            });
        }
    }
    Ok(unescaped(&text).into_owned())
}

/// The pieces of a comment's text: runs, or a text without one. Each with what it says.
fn pieces(inside: &str) -> Result<Vec<(Range<usize>, String, bool)>, Unfit> {
    let mut walk = Walk::new(inside);
    let mut pieces = Vec::new();
    while let Some(step) = walk.next()? {
        if step.is_start() && step.depth == 0 {
            let is_run = step.local() == "r";
            let range = walk.whole(&step)?;
            let said = match step.local() {
                "r" | "t" => plain(&inside[range.clone()])?,
                _ => String::new(),
            };
            pieces.push((range, said, is_run || step.local() != "t"));
        }
    }
    Ok(pieces)
}

/// The text of somebody's comment without what we added to it; `None` when we added nothing.
fn without_ours(inside: &str, prefix: &str) -> Result<Option<String>, Unfit> {
    let pieces = pieces(inside)?;
    let all: String = pieces.iter().map(|(_, said, _)| said.as_str()).collect();
    // Without a beginning the comment was ours from its first word.
    let Some(begin) = all.find(BEGIN).or_else(|| all.contains(END).then_some(0)) else { return Ok(None) };
    let end = all[begin..].find(END).map_or(all.len(), |at| begin + at + END.len());
    // The line break before ours is ours.
    let begin = all[..begin].strip_suffix('\n').map_or(begin, str::len);
    let (mut kept, mut at) = (String::new(), 0);
    for (range, said, _) in pieces {
        let piece = at..at + said.len();
        at = piece.end;
        if piece.end <= begin {
            kept.push_str(&inside[range]);
            continue;
        }
        let before = all.get(piece.start..begin.max(piece.start)).unwrap_or_default();
        let after = all.get(end.min(piece.end).max(piece.start)..piece.end).unwrap_or_default();
        let rest = format!("{before}{}", after.trim_start_matches('\n'));
        if !rest.is_empty() {
            kept.push_str(&prefixed(&format!("<r>{}</r>", said_in("t", &rest)), prefix));
        }
    }
    Ok(Some(kept))
}

/// The same text with each piece in a run of its own: others may only stand behind a run.
fn in_runs(inside: &str, prefix: &str) -> Result<String, Unfit> {
    let wrapped = pieces(inside)?.into_iter().map(|(range, _, is_run)| {
        let piece = &inside[range];
        if is_run { piece.to_owned() } else { format!("<{prefix}r>{piece}</{prefix}r>") }
    });
    Ok(wrapped.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(texts: &[(&str, &str)]) -> BTreeMap<CellRef, Said> {
        let one = |&(at, text): &(&str, &str)| {
            (CellRef::parse(at).expect("an address"), vec![("Lỗi V101".to_owned(), text.to_owned())])
        };
        texts.iter().map(one).collect()
    }

    /// Each comment as author, cell and text.
    fn shown(text: &str) -> Vec<String> {
        let part = Part::read(text).expect("comments");
        let one = |comment: &Comment| {
            let inside = comment.text.clone().map(|(_, inside)| plain(&text[inside]).expect("a text"));
            let author = comment.author.and_then(|at| part.authors.get(at)).cloned().unwrap_or_default();
            format!("{author} {}: {}", comment.at.expect("a cell"), inside.unwrap_or_default())
        };
        part.comments.iter().map(one).collect()
    }

    #[test]
    fn comments_of_others_stay_and_ours_come_and_go() {
        let others = "<comments xmlns=\"m\"><authors><author>Lê Thị B</author></authors><commentList>\
                      <comment ref=\"D4\" authorId=\"0\"><text><r><rPr><b/></rPr><t>xem lại</t></r></text></comment>\
                      <comment ref=\"D9\" authorId=\"0\"><text><t>đủ</t></text></comment></commentList></comments>";
        let first = change(others, &said(&[("D4", "không phải số"), ("D5", "trống")])).unwrap();
        assert_eq!(
            shown(&first.text),
            [
                format!("Lê Thị B D4: xem lại\n{BEGIN}\nLỗi V101\nkhông phải số\n{END}"),
                "Lê Thị B D9: đủ".to_owned(),
                format!("thidua D5: Lỗi V101\ntrống\n{END}")
            ]
        );
        assert_eq!(first.new.iter().map(ToString::to_string).collect::<Vec<_>>(), ["D5"]);
        let again = change(&first.text, &said(&[("D4", "không phải số"), ("D5", "trống")])).unwrap();
        assert_eq!(again.text, first.text, "said once");
        let mended = change(&first.text, &said(&[("D9", "lẻ")])).unwrap();
        assert_eq!(
            shown(&mended.text),
            ["Lê Thị B D4: xem lại".to_owned(), format!("Lê Thị B D9: đủ\n{BEGIN}\nLỗi V101\nlẻ\n{END}")]
        );
        assert_eq!(mended.gone.iter().map(ToString::to_string).collect::<Vec<_>>(), ["D5"]);
        assert_eq!(shown(&change(&mended.text, &said(&[])).unwrap().text), shown(others));
    }

    #[test]
    fn a_sheet_without_comments_gets_some_and_a_thread_is_left_alone() {
        let made = change(&empty("m"), &said(&[("A1", "a < b & c\ndòng 2")])).unwrap();
        assert_eq!(shown(&made.text), [format!("thidua A1: Lỗi V101\na < b & c\ndòng 2\n{END}")]);
        let thread = "<x:comments xmlns:x=\"m\"><x:authors><x:author>tc={1}</x:author></x:authors><x:commentList>\
                      <x:comment ref=\"A1\" authorId=\"0\"><x:text><x:t>[Threaded]</x:t></x:text></x:comment>\
                      </x:commentList></x:comments>";
        let kept = change(thread, &said(&[("A1", "sai"), ("A2", "sai")])).unwrap();
        assert_eq!(shown(&kept.text), ["tc={1} A1: [Threaded]".to_owned(), format!("thidua A2: Lỗi V101\nsai\n{END}")]);
        assert!(change("<worksheet/>", &said(&[])).is_err());
    }

    #[test]
    fn ours_are_known_when_a_program_has_lost_the_authors() {
        let made = change(&empty("m"), &said(&[("A1", "sai"), ("B1", "sai")])).unwrap();
        let lost = made.text.replace("<author>thidua</author>", "<author> </author>");
        let again = change(&lost, &said(&[("B1", "vẫn sai")])).unwrap();
        assert_eq!(shown(&again.text), [format!("thidua B1: Lỗi V101\nvẫn sai\n{END}")]);
        assert_eq!((again.gone.len(), again.new.len()), (2, 1));
    }

    #[test]
    fn words_behind_ours_stay() {
        let text = format!("trước\n{BEGIN}\nx\n{END}\nsau");
        let part = format!(
            "<comments xmlns=\"m\"><authors><author>a</author></authors><commentList><comment ref=\"A1\" \
             authorId=\"0\"><text><t>{text}</t></text></comment></commentList></comments>"
        );
        assert_eq!(shown(&change(&part, &said(&[])).unwrap().text), ["a A1: trướcsau"]);
    }
}
