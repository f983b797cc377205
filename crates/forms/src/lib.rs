//! Writes the blank forms from the campaign definition.
