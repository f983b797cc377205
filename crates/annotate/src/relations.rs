//! The relations of a part: which other parts it names, and what they are to it.

use crate::Unfit;
use crate::container::Container;
use crate::xml::{Splice, Walk, append, escaped};
use std::ops::Range;
use thidua_sheets::resolve;

/// A line of a `.rels` part that leads to another part of the package.
pub(crate) struct Relation {
    pub(crate) id: String,
    /// The last step of its type: `worksheet`, `comments`; the same in both dialects of the format.
    pub(crate) kind: String,
    /// The type before that step.
    pub(crate) base: String,
    /// The part; `None` when it leads outside the package.
    pub(crate) target: Option<String>,
    range: Range<usize>,
}

/// The relations of one part.
pub(crate) struct Relations {
    path: String,
    text: String,
    pub(crate) list: Vec<Relation>,
    is_changed: bool,
}

const EMPTY: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships \
                     xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";

/// Where the relations of a part stand.
pub(crate) fn path_of(part: &str) -> String {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{slash}_rels/{name}.rels")
}

impl Relations {
    /// Those of a part; of the package itself for the empty name.
    pub(crate) fn of(container: &mut Container<'_>, part: &str) -> Result<Self, Unfit> {
        let path = path_of(part);
        let text = container.text(&path)?.unwrap_or_else(|| EMPTY.to_owned());
        let list = parse(&text, part)?;
        Ok(Self { path, text, list, is_changed: false })
    }

    pub(crate) fn by_id(&self, id: &str) -> Option<&Relation> {
        self.list.iter().find(|relation| relation.id == id)
    }

    pub(crate) fn by_kind(&self, kind: &str) -> Option<&Relation> {
        self.list.iter().find(|relation| relation.kind == kind && relation.target.is_some())
    }

    /// Adds a relation to a part; gives its id.
    pub(crate) fn add(&mut self, base: &str, kind: &str, target: &str) -> Result<String, Unfit> {
        let is_free =
            |id: &String| !self.text.contains(&format!("\"{id}\"")) && !self.text.contains(&format!("'{id}'"));
        let id = (1..).map(|number| format!("rId{number}")).find(is_free).ok_or(Unfit)?;
        let line = format!(
            "<Relationship Id=\"{id}\" Type=\"{}/{kind}\" Target=\"/{}\"/>",
            escaped(base),
            escaped(target.trim_start_matches('/'))
        );
        self.text = append(&self.text, &line)?;
        self.is_changed = true;
        Ok(id)
    }

    /// Takes relations out; gives the parts they led to.
    pub(crate) fn remove(&mut self, part: &str, is_out: impl Fn(&Relation) -> bool) -> Result<Vec<String>, Unfit> {
        let mut splice = Splice::new(&self.text);
        let mut targets = Vec::new();
        for relation in self.list.iter().filter(|relation| is_out(relation)) {
            splice.replace(relation.range.clone(), String::new());
            targets.extend(relation.target.clone());
        }
        if !splice.is_unchanged() {
            self.text = splice.finish()?;
            self.list = parse(&self.text, part)?;
            self.is_changed = true;
        }
        Ok(targets)
    }

    pub(crate) fn store(self, container: &mut Container<'_>) {
        if self.is_changed {
            container.put(&self.path, &self.text);
        }
    }
}

fn parse(text: &str, part: &str) -> Result<Vec<Relation>, Unfit> {
    let mut walk = Walk::new(text);
    let mut list = Vec::new();
    while let Some(step) = walk.next()? {
        if !step.is_start() || step.local() != "Relationship" {
            continue;
        }
        let range = walk.whole(&step)?;
        let kind = step.attr("Type").unwrap_or_default();
        let (base, kind) = kind.rsplit_once('/').unwrap_or(("", &kind));
        let is_external = step.attr("TargetMode").is_some_and(|mode| mode == "External");
        let target = step.attr("Target").filter(|_| !is_external).and_then(|target| resolve(part, &target));
        list.push(Relation {
            id: step.attr("Id").unwrap_or_default().into_owned(),
            kind: kind.to_owned(),
            base: base.to_owned(),
            target,
            range,
        });
    }
    Ok(list)
}
