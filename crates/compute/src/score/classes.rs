//! Classes by band and gates.
//!
//! In:  the total, the standards, what is known of each gate.
//! Out: the class of the points alone, the class proposed, the gates that failed or are undecided.
//!
//! Not here: decisions and receipts behind a gate (`eligibility`), the official class (`official`).

use super::tree::Node;
use thidua_campaign::ScoringTable;
use thidua_model::Points;

/// What is known of a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GateState {
    Holds,
    Fails,
    /// Something it asks for is missing. A class is not proposed on a gate that nobody can vouch
    /// for; the gate is named, so that somebody can decide it.
    Undecided,
}

/// Positions in the table's classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Classed {
    pub(crate) band: Option<usize>,
    pub(crate) proposed: Option<usize>,
}

/// The first class whose points are reached, and the first whose gates also hold. Points below
/// every band (penalties) fall into the last class.
///
/// # Input
/// `gates`: aligned with `table.gates`.
pub(crate) fn classify(table: &ScoringTable, total: Points, gates: &[GateState]) -> Classed {
    let last = table.classes.len().checked_sub(1);
    let band = table.classes.iter().position(|class| total >= class.min).or(last);
    let holds =
        |id: &String| table.gates.iter().zip(gates).any(|(gate, state)| gate.id == *id && *state == GateState::Holds);
    let proposed = table.classes.iter().position(|class| total >= class.min && class.gates.iter().all(holds)).or(last);
    Classed { band, proposed }
}

/// Every standard reaches `percent` of what it can give. Undecided while missing data could still
/// lift a standard over the line; a standard that does not apply is passed over.
pub(crate) fn each_standard_at_least(percent: i64, standards: impl Iterator<Item = Node>) -> GateState {
    let reaches = |points: Points, max: Points| i128::from(points.0) * 100 >= i128::from(percent) * i128::from(max.0);
    let mut state = GateState::Holds;
    for standard in standards {
        if standard.points.is_none() && !standard.is_provisional {
            continue;
        }
        let points = standard.points.unwrap_or(Points::ZERO);
        if standard.points.is_some() && reaches(points, standard.max) {
            continue;
        }
        if !reaches(points + standard.open, standard.max) {
            return GateState::Fails;
        }
        state = GateState::Undecided;
    }
    state
}

#[cfg(test)]
mod tests {
    use super::super::testing::table;
    use super::super::tree;
    use super::*;
    use thidua_campaign::{Class, Gate, GateRule};

    fn classes() -> ScoringTable {
        let mut table = table("a 100");
        let bilingual = || thidua_campaign::Bilingual { vi: "".into(), en: "".into() };
        let class = |(id, min, gates): (&str, i64, &[&str])| Class {
            id: id.into(),
            title: bilingual(),
            min: Points::whole(min),
            gates: gates.iter().map(|gate| gate.to_string()).collect(),
            source: String::new(),
        };
        let strict: &[&str] = &["g", "h"];
        table.classes = [("vmxs", 95, strict), ("vm", 85, &["g"]), ("kha", 70, &[]), ("tb", 50, &[]), ("yeu", 0, &[])]
            .map(class)
            .into();
        let gate = |id: &str| Gate {
            id: id.into(),
            title: bilingual(),
            rule: GateRule::NotDisciplined { forms: Vec::new() },
            source: String::new(),
        };
        table.gates = vec![gate("g"), gate("h")];
        table
    }

    #[test]
    fn a_class_needs_its_points_and_its_gates() {
        use GateState::{Fails, Holds, Undecided};
        let table = classes();
        let billionth_below = |points: i64| Points(Points::whole(points).0 - 1);
        for (points, gates, band, proposed) in [
            (Points::whole(100), [Holds, Holds], "vmxs", "vmxs"),
            (Points::whole(95), [Holds, Holds], "vmxs", "vmxs"),
            (Points::whole(95), [Holds, Fails], "vmxs", "vm"),
            (Points::whole(95), [Fails, Holds], "vmxs", "kha"), // ≥ 85 with a failed gate
            (Points::whole(85), [Undecided, Holds], "vm", "kha"),
            (billionth_below(95), [Holds, Holds], "vm", "vm"), // 94.999… is printed as 95.00
            (billionth_below(85), [Holds, Holds], "kha", "kha"),
            (Points::whole(70), [Fails, Fails], "kha", "kha"),
            (billionth_below(70), [Holds, Holds], "tb", "tb"),
            (billionth_below(50), [Holds, Holds], "yeu", "yeu"),
            (Points::whole(-3), [Holds, Holds], "yeu", "yeu"),
        ] {
            let classed = classify(&table, points, &gates);
            let name = |at: Option<usize>| table.classes[at.expect("a class")].id.as_str().to_owned();
            assert_eq!(
                (name(classed.band), name(classed.proposed)),
                (band.into(), proposed.into()),
                "{points} {gates:?}"
            );
        }
    }

    #[test]
    fn a_standard_below_half_fails_unless_missing_data_could_still_lift_it() {
        let table = table("a 40\n  a1 10\n  a2 30\nb 60\n  b1 60");
        for (marks, expected) in [
            ("a1 1/1, a2 1/3, b1 1/2", GateState::Holds),   // 20 of 40, 30 of 60
            ("a1 0/1, a2 19/30, b1 1/1", GateState::Fails), // 19 of 40
            ("a1 1/1, a2 missing, b1 1/1", GateState::Undecided),
            ("a1 missing, a2 0/1, b1 1/1", GateState::Fails), // 10 more would not do
            ("a1 missing, a2 2/3, b1 1/1", GateState::Holds), // the half is reached already
            ("a1 n/a, a2 n/a, b1 1/1", GateState::Holds),     // nothing asked in the first standard
            ("a1 1/1, a2 missing, b1 1/3", GateState::Fails), // one undecided, one failed
        ] {
            let scored = tree::roll_up(&table, &super::super::testing::marks(&table, marks));
            let standards = tree::roots(&table.criteria).map(|at| scored.nodes[at]);
            assert_eq!(each_standard_at_least(50, standards), expected, "{marks}");
        }
    }
}
