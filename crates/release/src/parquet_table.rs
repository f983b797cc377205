//! A table as the bytes of a Parquet file, and back.
//!
//! Every column is OPTIONAL: `bool` is BOOLEAN, `int` INT64, `float` DOUBLE, `text` BYTE_ARRAY
//! (String), `date` INT32 (Date). The same table gives the same bytes for one program version.
//!
//! Not here: the digest of a table, which does not depend on this encoding (`digest`).

use bytes::Bytes;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::reader::ColumnReader;
use parquet::column::writer::ColumnWriter;
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};
use std::sync::Arc;
use thidua_model::{Column, ColumnData, Table, Text};

/// Rows of a row group: what other tools like to read at once.
const GROUP_ROWS: usize = 262_144;

/// # Errors
/// A date outside 32 bits of days, or a name that a schema refuses.
pub(crate) fn encode(table: &Table) -> Result<Vec<u8>> {
    encode_in_groups(table, GROUP_ROWS)
}

/// # Errors
/// Bytes that are not such a file.
pub(crate) fn decode(name: &str, bytes: Vec<u8>) -> Result<Table> {
    let reader = SerializedFileReader::new(Bytes::from(bytes))?;
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let mut columns = Vec::with_capacity(schema.num_columns());
    for described in schema.columns() {
        let data = match (described.physical_type(), described.logical_type_ref()) {
            (Physical::BOOLEAN, _) => ColumnData::Bool(Vec::new()),
            (Physical::INT64, _) => ColumnData::Int(Vec::new()),
            (Physical::DOUBLE, _) => ColumnData::Float(Vec::new()),
            (Physical::INT32, Some(LogicalType::Date)) => ColumnData::Date(Vec::new()),
            (Physical::BYTE_ARRAY, Some(LogicalType::String)) => ColumnData::Text(Vec::new()),
            (physical, _) => {
                let name = described.name();
                return Err(ParquetError::General(format!("column {name} has the unexpected type {physical}")));
            }
        };
        columns.push(Column { name: described.name().into(), data });
    }
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group)?;
        let rows = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
        for (at, column) in columns.iter_mut().enumerate() {
            read_column(group.get_column_reader(at)?, rows, column)?;
        }
    }
    Ok(Table { name: name.into(), columns })
}

pub(crate) fn encode_in_groups(table: &Table, group_rows: usize) -> Result<Vec<u8>> {
    // The version of `parquet` is left out: the bytes change when they change, not when it is
    // named differently.
    let properties = WriterProperties::builder()
        .set_created_by(format!("thidua version {}", env!("CARGO_PKG_VERSION")))
        .set_compression(Compression::SNAPPY)
        .build();
    encode_with(table, group_rows, properties)
}

pub(crate) fn encode_with(table: &Table, group_rows: usize, properties: WriterProperties) -> Result<Vec<u8>> {
    let mut writer = SerializedFileWriter::new(Vec::new(), schema(table)?, Arc::new(properties))?;
    let rows = table.rows();
    for from in (0..rows).step_by(group_rows) {
        let to = rows.min(from + group_rows);
        let mut group = writer.next_row_group()?;
        for column in &table.columns {
            let Some(mut out) = group.next_column()? else {
                return Err(ParquetError::General("fewer columns than the schema has".into()));
            };
            write_column(out.untyped(), column, from, to)?;
            out.close()?;
        }
        group.close()?;
    }
    writer.into_inner()
}

fn schema(table: &Table) -> Result<TypePtr> {
    let field = |column: &Column| {
        let (physical, logical) = match &column.data {
            ColumnData::Bool(_) => (Physical::BOOLEAN, None),
            ColumnData::Int(_) => (Physical::INT64, None),
            ColumnData::Float(_) => (Physical::DOUBLE, None),
            ColumnData::Text(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            ColumnData::Date(_) => (Physical::INT32, Some(LogicalType::Date)),
        };
        Type::primitive_type_builder(&column.name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
            .build()
            .map(Arc::new)
    };
    let fields = table.columns.iter().map(field).collect::<Result<Vec<_>>>()?;
    Ok(Arc::new(Type::group_type_builder(&table.name).with_fields(fields).build()?))
}

fn write_column(writer: &mut ColumnWriter<'_>, column: &Column, from: usize, to: usize) -> Result<()> {
    match (writer, &column.data) {
        (ColumnWriter::BoolColumnWriter(out), ColumnData::Bool(values)) => {
            let (present, levels) = split(&values[from..to], |value| Ok(*value))?;
            out.write_batch(&present, Some(&levels), None)?;
        }
        (ColumnWriter::Int64ColumnWriter(out), ColumnData::Int(values)) => {
            let (present, levels) = split(&values[from..to], |value| Ok(*value))?;
            out.write_batch(&present, Some(&levels), None)?;
        }
        (ColumnWriter::DoubleColumnWriter(out), ColumnData::Float(values)) => {
            let (present, levels) = split(&values[from..to], |value| Ok(*value))?;
            out.write_batch(&present, Some(&levels), None)?;
        }
        (ColumnWriter::ByteArrayColumnWriter(out), ColumnData::Text(values)) => {
            let (present, levels) = split(&values[from..to], |value: &Text| Ok(ByteArray::from(&**value)))?;
            out.write_batch(&present, Some(&levels), None)?;
        }
        (ColumnWriter::Int32ColumnWriter(out), ColumnData::Date(values)) => {
            let days = |value: &i64| {
                i32::try_from(*value)
                    .map_err(|_| ParquetError::General(format!("column {}: day {value} is no date", column.name)))
            };
            let (present, levels) = split(&values[from..to], days)?;
            out.write_batch(&present, Some(&levels), None)?;
        }
        _ => return Err(ParquetError::General(format!("column {} does not fit its schema", column.name))),
    }
    Ok(())
}

/// The values that are there, and for each row whether it has one.
fn split<T, P>(values: &[Option<T>], stored: impl Fn(&T) -> Result<P>) -> Result<(Vec<P>, Vec<i16>)> {
    let levels = values.iter().map(|value| i16::from(value.is_some())).collect();
    Ok((values.iter().flatten().map(stored).collect::<Result<_>>()?, levels))
}

fn read_column(reader: ColumnReader, rows: usize, column: &mut Column) -> Result<()> {
    match (reader, &mut column.data) {
        (ColumnReader::BoolColumnReader(reader), ColumnData::Bool(values)) => join(reader, rows, values, Ok),
        (ColumnReader::Int64ColumnReader(reader), ColumnData::Int(values)) => join(reader, rows, values, Ok),
        (ColumnReader::DoubleColumnReader(reader), ColumnData::Float(values)) => join(reader, rows, values, Ok),
        (ColumnReader::Int32ColumnReader(reader), ColumnData::Date(values)) => {
            join(reader, rows, values, |value| Ok(i64::from(value)))
        }
        (ColumnReader::ByteArrayColumnReader(reader), ColumnData::Text(values)) => {
            join(reader, rows, values, |value: ByteArray| value.as_utf8().map(Text::from))
        }
        _ => Err(ParquetError::General(format!("column {} does not fit its schema", column.name))),
    }
}

fn join<D: DataType, V>(
    mut reader: parquet::column::reader::ColumnReaderImpl<D>,
    rows: usize,
    values: &mut Vec<Option<V>>,
    read: impl Fn(D::T) -> Result<V>,
) -> Result<()> {
    let (mut present, mut levels) = (Vec::new(), Vec::new());
    while levels.len() < rows {
        let (records, _, _) = reader.read_records(rows - levels.len(), Some(&mut levels), None, &mut present)?;
        if records == 0 {
            return Err(ParquetError::General(format!("{} of {rows} rows are there", levels.len())));
        }
    }
    let mut present = present.into_iter();
    values.reserve(rows);
    for level in levels {
        values.push(match level {
            0 => None,
            _ => Some(read(present.next().ok_or_else(|| ParquetError::General("fewer values than levels".into()))?)?),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest;
    use crate::testing::tables;
    use proptest::prelude::*;

    /// Another value in one cell: a missing one appears, a present one changes.
    fn change(table: &mut Table, column: usize, row: usize) {
        match &mut table.columns[column].data {
            ColumnData::Bool(v) => v[row] = v[row].map_or(Some(false), |it| if it { None } else { Some(true) }),
            ColumnData::Int(v) | ColumnData::Date(v) => v[row] = Some(v[row].map_or(0, |it| it.wrapping_add(1))),
            ColumnData::Float(v) => v[row] = v[row].map_or(Some(0.0), |it| Some(if it == 0.5 { 1.5 } else { 0.5 })),
            ColumnData::Text(v) => v[row] = Some(v[row].as_ref().map_or("".into(), |it| format!("{it} ").into())),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn a_table_is_read_back_as_it_was(table in tables(), group_rows in 1..50_usize) {
            let bytes = encode_in_groups(&table, group_rows).unwrap();
            prop_assert_eq!(&bytes, &encode_in_groups(&table, group_rows).unwrap(), "the bytes are a function of it");
            let back = decode(&table.name, bytes).unwrap();
            prop_assert_eq!(digest::of_table(&back), digest::of_table(&table));
            prop_assert_eq!(back, table);
        }

        #[test]
        fn a_digest_tells_any_changed_cell(table in tables(), column in any::<prop::sample::Index>(), row in any::<prop::sample::Index>()) {
            prop_assume!(table.rows() > 0);
            let mut other = table.clone();
            change(&mut other, column.index(table.columns.len()), row.index(table.rows()));
            prop_assert_ne!(digest::of_table(&other), digest::of_table(&table));
        }
    }

    #[test]
    fn a_digest_tells_names_types_and_missing_values() {
        let table = |name: &str, data| Table { name: "t".into(), columns: vec![Column { name: name.into(), data }] };
        let all = [
            table("a", ColumnData::Int(vec![Some(0)])),
            table("b", ColumnData::Int(vec![Some(0)])),
            table("a", ColumnData::Date(vec![Some(0)])),
            table("a", ColumnData::Int(vec![None])),
            table("a", ColumnData::Int(vec![])),
            table("a", ColumnData::Text(vec![Some("".into())])),
            table("a", ColumnData::Text(vec![None])),
        ];
        let digests: std::collections::BTreeSet<String> = all.iter().map(digest::of_table).collect();
        assert_eq!(digests.len(), all.len());
    }

    #[test]
    fn a_day_that_is_no_date_is_refused() {
        let days = ColumnData::Date(vec![Some(i64::MAX)]);
        let table = Table { name: "t".into(), columns: vec![Column { name: "ngày".into(), data: days }] };
        assert!(encode(&table).unwrap_err().to_string().contains("is no date"));
    }

    #[test]
    fn bytes_that_are_no_table_are_an_error() {
        assert!(decode("t", b"PAR1 this is not one PAR1".to_vec()).is_err());
        assert!(decode("t", Vec::new()).is_err());
    }
}
