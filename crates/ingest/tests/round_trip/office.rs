//! Other programs that fill in and convert forms: openpyxl by the scripts of `tests/workbooks`, LibreOffice.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a clerk types.
pub(crate) enum Typed {
    /// A kept integer and its decimals.
    Number(i64, u8),
    Words(String),
    /// `2014-02-18`.
    Date(String),
}

impl Typed {
    fn json(&self) -> String {
        match self {
            Self::Number(kept, 0) => kept.to_string(),
            Self::Number(kept, decimals) => (*kept as f64 / 10f64.powi(i32::from(*decimals))).to_string(),
            Self::Words(words) => quoted(words),
            Self::Date(date) => format!("{{\"date\": {}}}", quoted(date)),
        }
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn runs(program: &str, arguments: &[&str]) -> bool {
    let is_there = Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success());
    if !is_there {
        eprintln!("skipped: {program} {} does not run here", arguments.join(" "));
    }
    is_there
}

pub(crate) fn has_openpyxl() -> bool {
    runs("python3", &["-c", "import openpyxl"])
}

pub(crate) fn has_soffice() -> bool {
    runs("soffice", &["--version"])
}

/// Runs a script over files; gives what it prints.
///
/// # Panics
/// When it ends with a failure: its words are the message.
pub(crate) fn scripts(name: &str, arguments: &[PathBuf]) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/workbooks").join(name);
    let output = Command::new("python3").arg("-B").arg(script).args(arguments).output().expect("python3 starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{name}: {said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

pub(crate) struct Office<'f> {
    folder: &'f Path,
}

impl<'f> Office<'f> {
    pub(crate) fn new(folder: &'f Path) -> Self {
        Self { folder }
    }

    /// Types values into a form and sets ticks.
    pub(crate) fn fill(&self, form: &[u8], values: &[(String, Typed)], ticks: &[(&str, &str)]) -> PathBuf {
        let [source, json, target] = ["form.xlsx", "values.json", "filled.xlsx"].map(|name| self.folder.join(name));
        let values: Vec<String> =
            values.iter().map(|(field, value)| format!("{}: {}", quoted(field), value.json())).collect();
        let ticks: Vec<String> =
            ticks.iter().map(|(tab, heading)| format!("[{}, {}]", quoted(tab), quoted(heading))).collect();
        let wanted = format!("{{\"values\": {{{}}}, \"ticks\": [{}]}}", values.join(", "), ticks.join(", "));
        fs::write(&source, form).expect("the form is written");
        fs::write(&json, wanted).expect("the values are written");
        scripts("fill.py", &[source, json, target.clone()]);
        target
    }

    /// The file as it is, and as LibreOffice saves it: `.ods`, from there `.xlsx` again, and `.xls`.
    pub(crate) fn formats(&self, filled: &Path) -> Vec<(&'static str, PathBuf)> {
        let mut all = vec![("xlsx", filled.to_owned())];
        if !has_soffice() {
            return all;
        }
        let ods = self.convert(filled, "ods", "ods");
        all.push(("lo.xlsx", self.convert(&ods, "xlsx:Calc MS Excel 2007 XML", "xlsx")));
        all.push(("xls", self.convert(filled, "xls:MS Excel 97", "xls")));
        all.push(("ods", ods));
        all
    }

    fn convert(&self, from: &Path, to: &str, ending: &str) -> PathBuf {
        let out = self.folder.join("converted").join(ending);
        let profile = format!("-env:UserInstallation=file://{}", self.folder.join("office").display());
        let done = Command::new("soffice")
            .args(["--headless", &profile, "--convert-to", to, "--outdir"])
            .arg(&out)
            .arg(from)
            .output()
            .expect("soffice starts");
        let path = out.join(from.file_name().expect("a file")).with_extension(ending);
        assert!(path.exists(), "{}", String::from_utf8_lossy(&done.stderr));
        path
    }
}
