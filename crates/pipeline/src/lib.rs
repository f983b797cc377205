//! The order of stages from a folder of reports to a release.
