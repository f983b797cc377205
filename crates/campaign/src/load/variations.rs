//! `[ranges]` of `scoring.toml`: how rankings are varied, and who sees what comes of it.

use crate::load::criteria::MISSING;
use crate::load::node::Node;
use crate::load::scaled::{SCALES, Scale};
use crate::scoring::Aggregate;
use crate::variations::{Audience, Variations, WeightVariation};
use thidua_model::issue::Expected;

pub(super) fn read(root: &Node<'_>) -> Option<Variations> {
    let node = root.table("ranges")?;
    let scales: Vec<(&str, Scale)> = SCALES.iter().copied().filter(|(_, scale)| scale.plain().is_some()).collect();
    // The sum is what a table does of itself.
    let aggregates: Vec<(&str, Aggregate)> =
        Aggregate::PLAIN.into_iter().filter(|it| *it != Aggregate::Sum).map(|it| (it.as_str(), it)).collect();
    let audiences: Vec<(&str, Audience)> = Audience::ALL.iter().map(|it| (it.as_str(), *it)).collect();
    let mut shown_to: Vec<Audience> = words(&node, "shown_to", &audiences);
    if !node.has("shown_to") {
        shown_to.push(Audience::Analyst);
    }
    shown_to.sort();
    let variations = Variations {
        draws: node.int("draws", 1, 100_000).unwrap_or(1000) as usize,
        seed: node.int("seed", 0, i64::MAX).unwrap_or(0) as u64,
        weights: weights(&node),
        scales: words(&node, "normalise", &scales).into_iter().filter_map(Scale::plain).collect(),
        aggregates: words(&node, "aggregate", &aggregates),
        missing: words(&node, "missing", &MISSING),
        shown_to,
        source: node.text_or("source", "").to_string(),
    };
    node.finish();
    Some(variations)
}

fn words<'a, T: Copy>(node: &Node<'a>, key: &'a str, words: &[(&str, T)]) -> Vec<T> {
    let read = node.texts(key).into_iter();
    read.filter_map(|word| node.one_of(&word.text, words, || word.place.clone())).collect()
}

fn weights(node: &Node<'_>) -> WeightVariation {
    let Some(table) = node.table("weights") else { return WeightVariation::Fixed };
    let within = table.int("within", 0, 100).map(|percent| WeightVariation::Within { percent });
    let dirichlet =
        table.int("dirichlet", 1, 1_000_000).map(|concentration| WeightVariation::Dirichlet { concentration });
    if table.has("within") == table.has("dirichlet") {
        table.issues.bad_value(table.here(), "", Expected::Weights);
    }
    let read = within.or(dirichlet).unwrap_or(WeightVariation::Fixed);
    table.finish();
    read
}
