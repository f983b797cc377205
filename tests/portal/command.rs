//! Starts the program, and looks at how it ended.

use std::ffi::OsStr;
use std::process::{Command, Output};

/// Runs the program without a database in its surroundings.
pub(crate) fn thidua(args: &[&dyn AsRef<OsStr>]) -> Output {
    let args = args.iter().map(|arg| arg.as_ref());
    let mut command = Command::new(env!("CARGO_BIN_EXE_thidua"));
    command.env_remove("THIDUA_DATABASE_URL").args(args).output().expect("the binary starts")
}

pub(crate) fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// It ended with this code and said all of this.
pub(crate) fn ends(output: &Output, code: i32, parts: &[&str]) {
    let said = said(output);
    assert_eq!(output.status.code(), Some(code), "{said}");
    for part in parts {
        assert!(said.contains(part), "{part}: {said}");
    }
}
