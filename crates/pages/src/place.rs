//! Why a unit has its place: what it gained and lost, its neighbours, what one more place needs.

use crate::UnitRef;
use crate::shown::{Choice, Figure};
use crate::view::page;

/// The place of a unit in its cluster, explained.
#[derive(Debug, Clone)]
pub struct Place {
    pub unit: UnitRef,
    pub period_title: String,
    /// Links to the same page of other periods.
    pub periods: Vec<Choice>,
    pub source: String,
    /// Or why there is nothing to explain: `chưa công bố`.
    pub explained: Result<Explained, String>,
}
page!(Place, "place.html", place);

/// Everything that a place rests on. Texts are in the language of the frame.
#[derive(Debug, Clone)]
pub struct Explained {
    /// The cluster and the scoring table.
    pub cluster: String,
    pub place: Figure,
    pub points: Figure,
    /// `kém 3,5 điểm`.
    pub against_leader: Figure,
    pub against_median: Figure,
    pub range: Figure,
    /// What else is to be known of the place, a sentence each.
    pub notes: Vec<String>,
    /// Best first.
    pub neighbours: Vec<Neighbour>,
    /// Units are named; otherwise they are places alone.
    pub has_names: bool,
    pub criteria: Vec<Stand>,
    /// The strongest, the weakest, the costliest.
    pub summary: Vec<String>,
    /// Why nothing is said of what one more place needs; empty: `needs` says it.
    pub needs_none: String,
    pub needs: Vec<Need>,
    /// Headings of the columns of `policies`.
    pub roundings: Vec<String>,
    pub policies: Vec<PolicyRow>,
    pub removals: Vec<String>,
    pub treatments: Vec<String>,
    /// The ranking policy, a sentence each.
    pub policy: Vec<String>,
}

/// Another unit of the cluster.
#[derive(Debug, Clone)]
pub struct Neighbour {
    /// Above, beside or below.
    pub at: String,
    pub place: u32,
    /// Empty when units are not named.
    pub unit: String,
    pub points: Figure,
    /// `+0,5`: its points less those of the unit.
    pub ahead: Figure,
}

/// Points at one criterion beside the cluster's.
#[derive(Debug, Clone)]
pub struct Stand {
    pub title: String,
    /// 0 for the top criteria.
    pub depth: u8,
    pub points: Figure,
    pub maximum: String,
    pub leader: Figure,
    pub behind_leader: Figure,
    pub median: Figure,
    pub behind_median: Figure,
    /// May be empty.
    pub note: String,
}

/// What one more place needs in one criterion.
#[derive(Debug, Clone)]
pub struct Need {
    pub criterion: String,
    /// `CT01 +5 người (10 → 15) → hạng 2, 93,5 điểm`.
    pub told: String,
}

/// Places under one way to place equal points.
#[derive(Debug, Clone)]
pub struct PolicyRow {
    pub ties: String,
    /// One for each rounding; `[3=]` by the campaign's own policy.
    pub places: Vec<String>,
}
