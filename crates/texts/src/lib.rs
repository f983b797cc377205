//! What the text of a cell says, whoever typed it and however.
//!
//! In:  texts and values of cells, as clerks leave them; the labels that a form prints.
//! Out: readable text (`legacy`), the known label that a text is (`labels`), the sender's name and
//!      the marked date in a header line (`head`), and the value of a field with what is wrong with
//!      it (`values`).
//!
//! Everything here is hostile until read, takes time linear in its length, and never stops: the
//! targets in `fuzz/` feed it anything at all.
//!
//! Not here: where on a sheet a cell stands and what it means there (`ingest`), bytes to cells
//! (`sheets`).

pub mod head;
pub mod labels;
pub mod legacy;
mod quote;
pub mod values;
