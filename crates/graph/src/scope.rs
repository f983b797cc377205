//! Whose rows a caller may see. The portal will give units their own scope; until then everybody
//! who reaches the server sees the published release.
//!
//! Rows that belong to no unit are part of [`Scope::Everything`] alone.

use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::sync::Arc;
use thidua_model::Text;

/// What a caller may see of a release.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Scope {
    #[default]
    Everything,
    /// These units and no other, by code.
    Units(Arc<BTreeSet<Text>>),
}

impl Scope {
    pub fn is_everything(&self) -> bool {
        matches!(self, Self::Everything)
    }

    pub fn sees(&self, unit: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::Units(units) => units.contains(unit),
        }
    }

    /// Tells scopes apart in keys of caches: equal scopes have equal keys.
    pub fn key(&self) -> Text {
        match self {
            Self::Everything => "*".into(),
            Self::Units(units) => {
                let mut sum = Sha256::new();
                for unit in units.iter() {
                    sum.update((unit.len() as u64).to_le_bytes());
                    sum.update(unit.as_bytes());
                }
                let digest = sum.finalize();
                digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_tell_scopes_apart() {
        let of = |codes: &[&str]| Scope::Units(Arc::new(codes.iter().map(|&code| Text::from(code)).collect()));
        let scopes = [Scope::Everything, of(&[]), of(&["a"]), of(&["a", "b"]), of(&["ab"])];
        let keys: BTreeSet<Text> = scopes.iter().map(Scope::key).collect();
        assert_eq!(keys.len(), scopes.len());
        assert_eq!(of(&["b", "a"]).key(), of(&["a", "b"]).key());
        assert!(of(&["a"]).sees("a") && !of(&["a"]).sees("b"));
    }
}
