//! A release in memory.

use crate::Manifest;
use std::collections::BTreeMap;
use thidua_campaign::DefinitionFile;
use thidua_model::{Record, Table, Text};

/// A release: what a run gave, with the digests that prove it. It never changes.
#[derive(Debug, Clone)]
pub struct Frozen {
    /// The first 16 hex digits of the manifest's digest; also the name of the folder.
    pub id: Text,
    pub manifest: Manifest,
    /// By name: the stages (`units`, `facts`, `indicators`, ...) and the lists of the definition
    /// (`works`, `awards`, ...). Empty tables are there too.
    pub tables: BTreeMap<Text, Table>,
    /// The files of the campaign, sorted by name.
    pub definition: Vec<DefinitionFile>,
}

impl Frozen {
    /// The rows of a stage, in the order of its table.
    ///
    /// # Panics
    /// When the table is not one that `freeze` made or `load` accepted; both check every stage.
    pub fn rows<R: Record>(&self) -> Vec<R> {
        let Some(table) = self.tables.get(R::TABLE) else { return Vec::new() };
        match R::from_table(table) {
            Ok(rows) => rows,
            Err(column) => panic!("release {}: column {column} is absent or of another type", self.id),
        }
    }

    /// A table by name: `works`, `facts`.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.get(name)
    }
}
