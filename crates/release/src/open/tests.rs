use super::*;
use crate::layout::{FILES, Files};
use crate::parquet_table::{encode, encode_in_groups, encode_with};
use crate::{digest, load, testing, write};
use parquet::file::properties::{WriterProperties, WriterVersion};
use proptest::prelude::*;
use std::fs;
use thidua_model::rows::{IndicatorRow, SubmissionRow, UnitRow};
use thidua_model::{Column, ColumnData, Record, Table};

/// Every cell by its row, as the table has it, and nothing under another kind.
fn check_cells(table: &Table, packed: &Packed) {
    assert_eq!(packed.rows(), table.rows());
    for (at, column) in table.columns.iter().enumerate() {
        let found = packed.column(&column.name).unwrap();
        assert_eq!((packed.position(&column.name), found.kind().as_str()), (Some(at), column.data.type_name()));
        assert_eq!(found.words().is_some(), matches!(column.data, ColumnData::Text(_)));
        for row in 0..table.rows() {
            let at = row as u32;
            let cell = (found.int(at), found.float(at), found.bool(at), found.text(at));
            let expected = match &column.data {
                ColumnData::Bool(values) => (values[row].map(i64::from), None, values[row], None),
                ColumnData::Int(values) | ColumnData::Date(values) => (values[row], None, None, None),
                ColumnData::Float(values) => (None, values[row], None, None),
                ColumnData::Text(values) => (None, None, None, values[row].as_deref()),
            };
            assert_eq!(cell, expected);
            assert_eq!(found.is_missing(at), expected == (None, None, None, None));
            assert_eq!(found.code(at), cell.3.and_then(|text| found.words()?.find(text)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_packed_table_is_the_table(table in testing::tables(), group_rows in 1..50_usize) {
        let packed = Packed::of(&table);
        prop_assert_eq!(&packed.to_table(), &table);
        check_cells(&table, &packed);
        let bytes = encode_in_groups(&table, group_rows).unwrap();
        prop_assert_eq!(&decode::decode(&table.name, bytes).unwrap(), &packed);
        // Files that another version of the library would write in another way.
        let plain = WriterProperties::builder().set_dictionary_enabled(false);
        let small = WriterProperties::builder().set_dictionary_page_size_limit(20).set_write_batch_size(3);
        let other = WriterProperties::builder().set_writer_version(WriterVersion::PARQUET_2_0);
        for properties in [plain, small, other] {
            let bytes = encode_with(&table, group_rows, properties.build()).unwrap();
            prop_assert_eq!(&decode::decode(&table.name, bytes).unwrap(), &packed);
        }
    }
}

#[test]
fn more_rows_than_are_read_at_once_are_read() {
    let rows = 150_000;
    let texts = (0..rows).map(|n| (n % 11 != 0).then(|| Text::from(format!("từ {}", n * 7919 % 70_001)))).collect();
    let ints = (0..rows).map(|n| (n % 5 != 0).then_some(n * n)).collect();
    let column = |name: &str, data| Column { name: name.into(), data };
    let columns = vec![column("t", ColumnData::Text(texts)), column("i", ColumnData::Int(ints))];
    let table = Table { name: "lớn".into(), columns };
    let packed = Packed::of(&table);
    assert_eq!(packed.column("t").unwrap().words().unwrap().len(), 70_001);
    assert_eq!(packed.to_table(), table);
    assert_eq!(decode::decode("lớn", encode_in_groups(&table, 100_000).unwrap()).unwrap(), packed);
}

#[test]
fn an_opened_release_is_what_was_frozen() {
    let out = tempfile::tempdir().unwrap();
    let frozen = testing::frozen();
    let folder = write(&frozen, &[("consolidated.xlsx", b"a workbook".to_vec())], out.path()).unwrap();
    let opened = open(&folder).unwrap();
    let expected = Opened::of(&frozen, &folder);
    assert_eq!((&opened.id, &opened.manifest, &opened.folder), (&expected.id, &expected.manifest, &folder));
    let definition = |it: &Opened| it.definition.iter().map(|f| (f.name.clone(), f.bytes.clone())).collect::<Vec<_>>();
    assert_eq!(definition(&opened), definition(&expected));
    assert!(opened.tables().eq(expected.tables()));
    assert!(opened.tables().map(|it| &it.name).eq(frozen.tables.keys()));
    for (name, table) in &frozen.tables {
        assert_eq!(opened.table(name).unwrap().to_table(), *table);
    }
    assert!(opened.table("nothing").is_none());
    assert_eq!(opened.table("units").unwrap().records::<UnitRow>(), frozen.rows());
    assert_eq!(opened.table("submissions").unwrap().records::<SubmissionRow>(), frozen.rows());
    assert!(opened.bytes() > opened.tables().map(Packed::bytes).sum());
}

#[test]
fn a_damaged_release_is_refused_as_load_refuses_it() {
    type Damage = (&'static str, fn(&Path));
    let damage: [Damage; 8] = [
        ("tables/facts.parquet was changed", |it| {
            let file = it.join("tables/facts.parquet");
            let mut bytes = fs::read(&file).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            fs::write(file, bytes).unwrap();
        }),
        ("tables/facts.parquet is absent", |it| fs::remove_file(it.join("tables/facts.parquet")).unwrap()),
        ("consolidated.xlsx is absent", |it| fs::remove_file(it.join("consolidated.xlsx")).unwrap()),
        ("consolidated.xlsx was changed", |it| fs::write(it.join("consolidated.xlsx"), "other").unwrap()),
        ("note.txt does not belong to it", |it| fs::write(it.join("note.txt"), "mine").unwrap()),
        ("definition/campaign.toml was changed", |it| fs::write(it.join("definition/campaign.toml"), "").unwrap()),
        ("files.json: ", |it| fs::write(it.join("files.json"), "{").unwrap()),
        ("the id does not follow from the digests", |it| {
            let manifest = fs::read_to_string(it.join(MANIFEST)).unwrap();
            let other = manifest.replacen("2014-11-30", "2014-11-29", 1);
            assert_ne!(other, manifest);
            replace(it, MANIFEST, other.into_bytes());
        }),
    ];
    for (problem, damage) in damage {
        let out = tempfile::tempdir().unwrap();
        let folder = write(&testing::frozen(), &[("consolidated.xlsx", b"a workbook".to_vec())], out.path()).unwrap();
        damage(&folder);
        for error in [open(&folder).unwrap_err(), load(&folder).unwrap_err()] {
            assert!(matches!(error, ReleaseError::Damaged { .. }), "{error:?}");
            assert!(error.to_string().contains(problem), "{problem}: {error}");
        }
    }
    let nowhere = tempfile::tempdir().unwrap();
    assert!(matches!(open(nowhere.path()), Err(ReleaseError::Read { .. })));
}

/// Puts other bytes in the place of a file and mends `files.json`.
fn replace(folder: &Path, name: &str, bytes: Vec<u8>) {
    let mut files: Files = serde_json::from_slice(&fs::read(folder.join(FILES)).unwrap()).unwrap();
    files.files.iter_mut().find(|it| it.name == name).unwrap().digest = digest::of_bytes(&bytes);
    fs::write(folder.join(name), bytes).unwrap();
    fs::write(folder.join(FILES), serde_json::to_vec(&files).unwrap()).unwrap();
}

#[test]
fn a_table_that_its_stage_cannot_read_is_refused() {
    type Change = (&'static str, fn(&mut Table));
    let changes: [Change; 5] = [
        ("the column indicators.verdict is absent or of another type", |it| {
            it.columns.retain(|column| &*column.name != "verdict");
        }),
        ("the column indicators.units_in is absent or of another type", |it| {
            let column = it.columns.iter_mut().find(|column| &*column.name == "units_in").unwrap();
            column.data = ColumnData::Float(vec![Some(1.0); column.data.len()]);
        }),
        ("the column indicators.verdict is absent or of another type", |it| {
            let column = it.columns.iter_mut().find(|column| &*column.name == "verdict").unwrap();
            let ColumnData::Text(words) = &mut column.data else { panic!("words") };
            words[3] = Some("no word of the program".into());
        }),
        ("the column indicators.unit is absent or of another type", |it| {
            let ColumnData::Text(units) = &mut it.columns[0].data else { panic!("texts") };
            units[3] = None;
        }),
        ("rows, the manifest says", |it| *it = IndicatorRow::to_table(&[])),
    ];
    for (problem, change) in changes {
        let out = tempfile::tempdir().unwrap();
        let frozen = testing::frozen();
        let folder = write(&frozen, &[], out.path()).unwrap();
        let mut table = frozen.tables["indicators"].clone();
        change(&mut table);
        replace(&folder, &table_file("indicators"), encode(&table).unwrap());
        let error = open(&folder).unwrap_err();
        assert!(matches!(error, ReleaseError::Damaged { .. }), "{error:?}");
        assert!(error.to_string().contains(problem), "{problem}: {error}");
    }
}

#[test]
fn a_file_that_is_no_table_is_refused() {
    for bytes in [b"PAR1 this is not one PAR1".to_vec(), Vec::new()] {
        let out = tempfile::tempdir().unwrap();
        let folder = write(&testing::frozen(), &[], out.path()).unwrap();
        replace(&folder, "tables/units.parquet", bytes);
        let error = open(&folder).unwrap_err();
        assert!(matches!(&error, ReleaseError::Damaged { problem, .. } if problem.starts_with("tables/units.parquet")));
    }
}
