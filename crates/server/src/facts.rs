//! What a handler leaves in its answer for the log and the metrics.

use crate::key::Operation;
use crate::metrics::Origin;
use thidua_model::Text;

/// Facts of one answer. Its presence says, too, that the handler chose the encoding itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts {
    pub(crate) release: Option<Text>,
    pub(crate) operation: Option<Operation>,
    pub(crate) origin: Option<Origin>,
    pub(crate) cost: u64,
    /// Codes of the errors inside the answer.
    pub(crate) codes: Vec<&'static str>,
}
