//! What a thing of the schema is, in both languages: every description comes from here.

/// A description: Vietnamese first, English beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct About {
    pub(crate) vi: &'static str,
    pub(crate) en: &'static str,
}

impl About {
    pub(crate) const fn new(vi: &'static str, en: &'static str) -> Self {
        Self { vi, en }
    }

    /// As the schema shows it.
    pub(crate) fn text(self) -> String {
        format!("{} / {}", self.vi, self.en)
    }
}
