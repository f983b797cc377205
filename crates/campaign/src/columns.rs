//! The columns of the registers that the office keeps in workbooks or CSV, in their order.

/// `units`: a row for each span of a unit's life.
pub const UNITS: &[&str] = &[
    "code",
    "name",
    "kind",
    "parent",
    "sector",
    "ownership",
    "cluster",
    "basis",
    "members",
    "followed_by",
    "contact",
    "valid_from",
    "valid_to",
];

/// `targets`: targets assigned to units (chỉ tiêu giao).
pub const TARGETS: &[&str] = &["unit", "indicator", "value", "decided_by", "decision"];

/// `decisions`: manual decisions, with who, when and why.
pub const DECISIONS: &[&str] = &["what", "unit", "period", "value", "who", "when", "why"];
