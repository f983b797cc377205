//! The bytes of a Parquet file as a packed table.
//!
//! In:  a file as `parquet_table` writes it.
//! Out: a [`Packed`], its columns read side by side on all cores. A column passes through a buffer
//!      of some thousand rows; nowhere does the whole of it stand unpacked.

use super::packed::{ColumnBuilder, Kind, Packed, PackedColumn, bits};
use super::pages::{self, Trouble};
use bytes::Bytes;
use parquet::basic::{LogicalType, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::ColumnDescriptor;
use rayon::prelude::*;

/// Rows that are read at once.
const BATCH: usize = 8192;

/// # Errors
/// Bytes that are not such a file.
pub(super) fn decode(name: &str, bytes: Vec<u8>) -> Result<Packed> {
    let reader = SerializedFileReader::new(Bytes::from(bytes))?;
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    // The positions of rows are 32-bit numbers.
    let rows = reader.metadata().file_metadata().num_rows();
    u32::try_from(rows).map_err(|_| ParquetError::General(format!("{rows} rows are too many")))?;
    // One at a time to a core: columns differ much in cost.
    let columns = (0..schema.num_columns()).into_par_iter().with_max_len(1);
    let columns: Vec<_> = columns.map(|at| column(&reader, at, &schema.column(at))).collect::<Result<_>>()?;
    if let Some(other) = columns.iter().find(|column| column.rows() as i64 != rows) {
        return Err(ParquetError::General(format!("column {} has {} of {rows} rows", other.name, other.rows())));
    }
    Ok(Packed { name: name.into(), columns })
}

fn column(reader: &SerializedFileReader<Bytes>, at: usize, described: &ColumnDescriptor) -> Result<PackedColumn> {
    let unfit = |what: String| ParquetError::General(format!("column {} {what}", described.name()));
    let kind = match (described.physical_type(), described.logical_type_ref()) {
        (Physical::BOOLEAN, _) => Kind::Bool,
        (Physical::INT64, _) => Kind::Int,
        (Physical::DOUBLE, _) => Kind::Float,
        (Physical::INT32, Some(LogicalType::Date)) => Kind::Date,
        (Physical::BYTE_ARRAY, Some(LogicalType::String)) => Kind::Text,
        (physical, _) => return Err(unfit(format!("has the unexpected type {physical}"))),
    };
    if (described.max_def_level(), described.max_rep_level()) != (1, 0) {
        return Err(unfit("has values that cannot be missing, or several a row".to_owned()));
    }
    let read = match by_pages(reader, at, kind) {
        Err(Trouble::Unknown) => by_values(reader, at),
        Err(Trouble::Bad(error)) => Err(error),
        Ok(read) => Ok(read),
    };
    let read = read.map_err(|error| unfit(format!("cannot be read: {error}")))?;
    Ok(read.finish(described.name().into(), kind))
}

fn by_pages(
    reader: &SerializedFileReader<Bytes>,
    at: usize,
    kind: Kind,
) -> std::result::Result<ColumnBuilder, Trouble> {
    let mut read = ColumnBuilder::default();
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group)?;
        let rows = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
        pages::read(group.get_column_page_reader(at)?, kind, rows, &mut read)?;
    }
    Ok(read)
}

/// The way of the library: for files that another version of it wrote in another way.
fn by_values(reader: &SerializedFileReader<Bytes>, at: usize) -> Result<ColumnBuilder> {
    let mut read = ColumnBuilder::default();
    let it = &mut read;
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group)?;
        let rows = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
        match group.get_column_reader(at)? {
            ColumnReader::BoolColumnReader(reader) => each(reader, rows, it, |_, value| Ok(i64::from(*value))),
            ColumnReader::Int64ColumnReader(reader) => each(reader, rows, it, |_, value| Ok(*value)),
            ColumnReader::DoubleColumnReader(reader) => each(reader, rows, it, |_, value| Ok(bits(*value))),
            ColumnReader::Int32ColumnReader(reader) => each(reader, rows, it, |_, value| Ok(i64::from(*value))),
            ColumnReader::ByteArrayColumnReader(reader) => each(reader, rows, it, |it, value: &ByteArray| {
                let number = it.number(value.data());
                number.map(i64::from).map_err(|error| ParquetError::General(error.to_string()))
            }),
            _ => Err(ParquetError::General("it does not fit its schema".into())),
        }?;
    }
    Ok(read)
}

/// Adds every row of a group, in order.
fn each<D: DataType>(
    mut reader: ColumnReaderImpl<D>,
    rows: usize,
    into: &mut ColumnBuilder,
    number: impl Fn(&mut ColumnBuilder, &D::T) -> Result<i64>,
) -> Result<()> {
    let (mut values, mut levels) = (Vec::with_capacity(BATCH), Vec::with_capacity(BATCH));
    let mut done = 0;
    while done < rows {
        values.clear();
        levels.clear();
        let (records, _, _) = reader.read_records(BATCH.min(rows - done), Some(&mut levels), None, &mut values)?;
        if records == 0 || levels.len() != records {
            return Err(ParquetError::General(format!("{done} of {rows} rows are there")));
        }
        let mut values = values.iter();
        for level in &levels {
            let value = match level {
                0 => None,
                _ => Some(values.next().ok_or_else(|| ParquetError::General("fewer values than levels".into()))?),
            };
            let number = value.map(|value| number(into, value)).transpose()?;
            into.push(number);
        }
        done += records;
    }
    Ok(())
}
