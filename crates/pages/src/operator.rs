//! Deadlines, health and the audit log, seen by the operator.

use crate::paging::Paging;
use crate::shown::{Badge, Badged, Tone};
use crate::view::page;
use crate::{DateTime, Lang, UnitRef, words::operator as w};

/// Common deadlines of a campaign, and what was extended.
#[derive(Debug, Clone)]
pub struct Deadlines {
    pub rows: Vec<DeadlineRow>,
    pub extensions: Vec<ExtensionRow>,
}
page!(Deadlines, "deadlines.html", operator);

/// A common deadline.
#[derive(Debug, Clone)]
pub struct DeadlineRow {
    pub period: String,
    pub document: String,
    pub whom: String,
    pub deadline: DateTime,
    /// Ours, not from a decision.
    pub is_sample: bool,
}

/// More time for one unit.
#[derive(Debug, Clone)]
pub struct ExtensionRow {
    pub unit: UnitRef,
    pub period: String,
    pub until: DateTime,
    pub reason: String,
    pub by: String,
    pub at: DateTime,
}

/// How the parts of the system are.
#[derive(Debug, Clone)]
pub struct Health {
    pub rows: Vec<HealthRow>,
    /// Path of the metrics.
    pub metrics: String,
}
page!(Health, "health.html", operator);

/// One part of the system.
#[derive(Debug, Clone)]
pub struct HealthRow {
    pub part: String,
    pub state: HealthState,
    pub detail: String,
}

/// How a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HealthState {
    Good,
    Warning,
    Bad,
}

impl Badged for HealthState {
    fn badge(&self, lang: Lang) -> Badge {
        let (tone, say) = match self {
            Self::Good => (Tone::Good, w::H_GOOD),
            Self::Warning => (Tone::Warn, w::H_WARN),
            Self::Bad => (Tone::Bad, w::H_BAD),
        };
        Badge::new(tone, say.of(lang))
    }
}

/// The audit log, the newest first.
#[derive(Debug, Clone)]
pub struct Audit {
    /// As typed into the search.
    pub who: String,
    pub action: String,
    pub object: String,
    pub rows: Vec<AuditRow>,
    pub paging: Paging,
}
page!(Audit, "audit.html", operator);

/// One thing that was done.
#[derive(Debug, Clone)]
pub struct AuditRow {
    pub at: DateTime,
    /// Login, or `system`.
    pub who: String,
    pub from: String,
    pub action: String,
    pub object: String,
    pub detail: String,
}
