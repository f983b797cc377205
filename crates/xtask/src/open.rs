//! What it costs to open a release.

use crate::{Failure, memory};
use std::path::Path;
use std::time::Instant;

/// Prints seconds and memory, and what each table (and column) holds.
pub(crate) fn tell(folder: &Path, with_columns: bool) -> Result<(), Failure> {
    println!("{}", memory::told());
    let start = Instant::now();
    let opened = thidua_release::open(folder)?;
    println!("opened in {:.2} s {}", start.elapsed().as_secs_f64(), memory::told());
    for table in opened.tables() {
        println!("{:>10} rows {:>12} bytes  {}", table.rows(), table.bytes(), table.name);
        for column in table.columns().iter().filter(|_| with_columns) {
            let words = column.words().map_or(String::new(), |words| format!(", {} words", words.len()));
            println!("{:>15} {:>12} bytes    {}{words}", "", column.bytes(), column.name);
        }
    }
    println!("{:.1} MiB held", opened.bytes() as f64 / (1024.0 * 1024.0));
    Ok(())
}
