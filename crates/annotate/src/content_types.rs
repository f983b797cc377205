//! `[Content_Types].xml`: what each part of the package is.

use crate::Unfit;
use crate::container::Container;
use crate::xml::{Splice, Walk, append, escaped, with_attr};

pub(crate) const PART: &str = "[Content_Types].xml";

pub(crate) struct ContentTypes {
    text: String,
}

impl ContentTypes {
    /// # Errors
    /// The package has none: no spreadsheet program would take it as it is.
    pub(crate) fn of(container: &mut Container<'_>) -> Result<Self, Unfit> {
        Ok(Self { text: container.text(PART)?.ok_or(Unfit)? })
    }

    /// Says what one part is.
    pub(crate) fn set(&mut self, part: &str, kind: &str) -> Result<(), Unfit> {
        let name = format!("/{}", part.trim_start_matches('/'));
        let mut walk = Walk::new(&self.text);
        let mut splice = Splice::new(&self.text);
        while let Some(step) = walk.next()? {
            let is_named = |named: &str| named.eq_ignore_ascii_case(&name);
            if step.is_start() && step.local() == "Override" && step.attr("PartName").is_some_and(|it| is_named(&it)) {
                splice.replace(step.range.clone(), with_attr(step.raw, "ContentType", kind));
            }
        }
        self.text = if splice.is_unchanged() {
            let line = format!("<Override PartName=\"{}\" ContentType=\"{}\"/>", escaped(&name), escaped(kind));
            append(&self.text, &line)?
        } else {
            splice.finish()?
        };
        Ok(())
    }

    /// Says what all parts of an ending are, unless something else is said of the ending; then of this part alone.
    pub(crate) fn set_by_ending(&mut self, part: &str, ending: &str, kind: &str) -> Result<(), Unfit> {
        let mut walk = Walk::new(&self.text);
        let mut known = None;
        while let Some(step) = walk.next()? {
            let is_ending = |it: &str| it.eq_ignore_ascii_case(ending);
            if step.is_start() && step.local() == "Default" && step.attr("Extension").is_some_and(|it| is_ending(&it)) {
                known = step.attr("ContentType").map(|known| known == kind);
            }
        }
        match known {
            Some(true) => Ok(()),
            Some(false) => self.set(part, kind),
            // The schema takes defaults and single parts in any order.
            None => {
                let line = format!("<Default Extension=\"{}\" ContentType=\"{}\"/>", escaped(ending), escaped(kind));
                self.text = append(&self.text, &line)?;
                Ok(())
            }
        }
    }

    /// Forgets parts that are no longer there, and what `is_out` says of a type.
    pub(crate) fn forget(&mut self, container: &Container<'_>, is_out: impl Fn(&str) -> bool) -> Result<(), Unfit> {
        let mut walk = Walk::new(&self.text);
        let mut splice = Splice::new(&self.text);
        while let Some(step) = walk.next()? {
            let is_lost = match step.local() {
                "Override" if step.is_start() => step.attr("PartName").is_some_and(|part| !container.has(&part)),
                "Default" if step.is_start() => step.attr("ContentType").is_some_and(|kind| is_out(&kind)),
                _ => false,
            };
            if is_lost {
                let range = walk.whole(&step)?;
                splice.replace(range, String::new());
            }
        }
        self.text = splice.finish()?;
        Ok(())
    }

    pub(crate) fn store(self, container: &mut Container<'_>) {
        container.put(PART, &self.text);
    }
}
