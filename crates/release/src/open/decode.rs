//! The bytes of a Parquet file as a packed table.
//!
//! In:  a file as `parquet_table` writes it.
//! Out: a [`Packed`], its columns read side by side on all cores. A column passes through a buffer
//!      of some thousand rows; nowhere does the whole of it stand unpacked.

use super::cells::CellsBuilder;
use super::packed::{Kind, Packed, PackedColumn, TextsBuilder, bits};
use bytes::Bytes;
use parquet::basic::{LogicalType, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, ByteArrayType, DataType};
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::ColumnDescriptor;
use rayon::prelude::*;

/// Rows that are read at once.
const BATCH: usize = 8192;
/// Texts of a batch that are remembered by their place.
const SEEN: usize = 1024;

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
    let unfit = |what| ParquetError::General(format!("column {} {what}", described.name()));
    let kind = match (described.physical_type(), described.logical_type_ref()) {
        (Physical::BOOLEAN, _) => Kind::Bool,
        (Physical::INT64, _) => Kind::Int,
        (Physical::DOUBLE, _) => Kind::Float,
        (Physical::INT32, Some(LogicalType::Date)) => Kind::Date,
        (Physical::BYTE_ARRAY, Some(LogicalType::String)) => Kind::Text,
        (physical, _) => return Err(unfit(format!("has the unexpected type {physical}"))),
    };
    let (mut numbers, mut texts) = (CellsBuilder::default(), TextsBuilder::default());
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group)?;
        let rows = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
        let numbers = &mut numbers;
        match group.get_column_reader(at)? {
            ColumnReader::BoolColumnReader(reader) => each_number(reader, rows, numbers, |it| i64::from(*it)),
            ColumnReader::Int64ColumnReader(reader) => each_number(reader, rows, numbers, |it| *it),
            ColumnReader::DoubleColumnReader(reader) => each_number(reader, rows, numbers, |it| bits(*it)),
            ColumnReader::Int32ColumnReader(reader) => each_number(reader, rows, numbers, |it| i64::from(*it)),
            ColumnReader::ByteArrayColumnReader(reader) => {
                each_text(reader, rows, &mut texts).map_err(|error| unfit(format!("cannot be read: {error}")))
            }
            _ => Err(unfit("does not fit its schema".to_owned())),
        }?;
    }
    let name = described.name().into();
    Ok(match kind {
        Kind::Text => texts.finish(name),
        kind => PackedColumn::of_numbers(name, kind, numbers),
    })
}

fn each_number<D: DataType>(
    reader: ColumnReaderImpl<D>,
    rows: usize,
    numbers: &mut CellsBuilder,
    number: impl Fn(&D::T) -> i64,
) -> Result<()> {
    batches(reader, rows, |levels, values| {
        each(levels, values, |value| {
            numbers.push(value.map(&number));
            Ok(())
        })
    })
}

fn each_text(reader: ColumnReaderImpl<ByteArrayType>, rows: usize, texts: &mut TextsBuilder) -> Result<()> {
    batches(reader, rows, |levels, values| {
        // The values of a batch stand in memory together, and equal ones from the file's own
        // dictionary in one place: the place tells the text without a look at it.
        let mut seen = [(std::ptr::null(), 0, 0); SEEN];
        each(levels, values, |value: Option<&ByteArray>| {
            let Some(text) = value.map(ByteArray::data) else {
                texts.push_number(None);
                return Ok(());
            };
            let place = (text.as_ptr(), text.len());
            let known = &mut seen[(place.0.addr() ^ place.0.addr() >> 10) % SEEN];
            if (known.0, known.1) != place {
                *known =
                    (place.0, place.1, texts.number(text).map_err(|error| ParquetError::General(error.to_string()))?);
            }
            texts.push_number(Some(known.2));
            Ok(())
        })
    })
}

/// Hands the rows of a group to `put`, some thousand at once: for each whether it has a value, and
/// the values.
fn batches<D: DataType>(
    mut reader: ColumnReaderImpl<D>,
    rows: usize,
    mut put: impl FnMut(&[i16], &[D::T]) -> Result<()>,
) -> Result<()> {
    let (mut values, mut levels) = (Vec::with_capacity(BATCH), Vec::with_capacity(BATCH));
    let mut done = 0;
    while done < rows {
        values.clear();
        levels.clear();
        let (records, _, _) = reader.read_records(BATCH.min(rows - done), Some(&mut levels), None, &mut values)?;
        // A column that cannot be missing has no levels; `parquet_table` writes none.
        if records == 0 || levels.len() != records {
            return Err(ParquetError::General(format!("{done} of {rows} rows are there")));
        }
        put(&levels, &values)?;
        done += records;
    }
    Ok(())
}

fn each<T>(levels: &[i16], values: &[T], mut put: impl FnMut(Option<&T>) -> Result<()>) -> Result<()> {
    if levels.len() == values.len() {
        return values.iter().try_for_each(|value| put(Some(value)));
    }
    let mut values = values.iter();
    levels.iter().try_for_each(|level| match level {
        0 => put(None),
        _ => match values.next() {
            Some(value) => put(Some(value)),
            None => Err(ParquetError::General("fewer values than levels".into())),
        },
    })
}
