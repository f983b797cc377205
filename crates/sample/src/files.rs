//! Writing files and rows of a register.

use crate::SampleError;
use std::fs;
use std::path::Path;

/// Writes a file; its folder is made if it is missing.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), SampleError> {
    let failed = |source| SampleError::Write { path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(path, bytes).map_err(failed)
}

/// Rows with commas; a cell with a comma, quote or line break stands in quotes.
pub(crate) fn csv(rows: &[Vec<String>]) -> Vec<u8> {
    let cell = |text: &String| {
        if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.clone() }
    };
    let line = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join(",") + "\n";
    rows.iter().map(line).collect::<String>().into_bytes()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_cell_that_would_break_the_row_is_quoted() {
        let rows = [vec!["a".to_owned(), "b, c".to_owned()], vec!["\"d\"".to_owned(), String::new()]];
        assert_eq!(super::csv(&rows), b"a,\"b, c\"\n\"\"\"d\"\"\",\n");
    }
}
