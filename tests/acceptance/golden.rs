//! The sample against figures that were computed without this program.
