//! A workbook as a package: its parts, and whether a spreadsheet program would take it without a repair.

use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use thidua_sheets::resolve;
use zip::ZipArchive;

/// Parts by name, unpacked.
pub(crate) type Parts = BTreeMap<String, Vec<u8>>;

pub(crate) fn parts(bytes: &[u8]) -> Parts {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut parts = Parts::new();
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("unpacks");
        assert!(parts.insert(name.clone(), bytes).is_none(), "{name} is there twice");
    }
    parts
}

/// The bytes of each part as they are packed.
pub(crate) fn packed(bytes: &[u8]) -> Parts {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut parts = Parts::new();
    for at in 0..zip.len() {
        let mut part = zip.by_index_raw(at).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("reads");
        parts.insert(name, bytes);
    }
    parts
}

pub(crate) fn text(parts: &Parts, name: &str) -> String {
    String::from_utf8(parts.get(name).unwrap_or_else(|| panic!("no {name}")).clone()).expect("UTF-8")
}

/// Every element as its tag, in order.
pub(crate) fn tags(xml: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut tags = Vec::new();
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(tag) => {
                let local = |name: &str| name.rsplit(':').next().unwrap_or_default().to_owned();
                let attributes = tag.attributes().map(|attribute| {
                    let attribute = attribute.expect("an attribute");
                    let value = quick_xml::escape::unescape(&attribute.value).expect("a value").into_owned();
                    (local(attribute.key.0), value)
                });
                tags.push((local(tag.name().0), attributes.collect()));
            }
            Event::Eof => return tags,
            _ => {}
        }
    }
}

/// What is wrong with a package, as far as its parts tell: nothing, for one that is taken as it is.
pub(crate) fn faults(parts: &Parts) -> BTreeSet<String> {
    let mut faults = BTreeSet::new();
    let names: BTreeSet<String> = parts.keys().map(|name| name.to_lowercase()).collect();
    for (name, bytes) in parts {
        let is_xml = [".xml", ".rels", ".vml"].iter().any(|ending| name.ends_with(ending));
        if is_xml && !is_well_formed(&String::from_utf8_lossy(bytes)) {
            faults.insert(format!("{name} is not well-formed"));
        }
    }
    for (name, bytes) in parts.iter().filter(|(name, _)| name.ends_with(".rels")) {
        let owner = name.replace("_rels/", "").replace(".rels", "");
        let mut ids = BTreeSet::new();
        for (tag, attributes) in tags(&String::from_utf8_lossy(bytes)) {
            if tag != "Relationship" {
                continue;
            }
            if !ids.insert(attributes["Id"].clone()) {
                faults.insert(format!("{name}: {} is there twice", attributes["Id"]));
            }
            if attributes.get("TargetMode").is_some_and(|mode| mode == "External") {
                continue;
            }
            let target = resolve(&owner, &attributes["Target"]).unwrap_or_default();
            if !names.contains(&target.to_lowercase()) {
                faults.insert(format!("{name}: {target} is not there"));
            }
        }
    }
    let Some(types) = parts.get("[Content_Types].xml") else { return faults };
    let (mut endings, mut single) = (BTreeSet::new(), BTreeSet::new());
    for (tag, attributes) in tags(&String::from_utf8_lossy(types)) {
        let is_new = match tag.as_str() {
            "Default" => endings.insert(attributes["Extension"].to_lowercase()),
            "Override" => {
                let part = attributes["PartName"].trim_start_matches('/').to_lowercase();
                if !names.contains(&part) {
                    faults.insert(format!("the types name {part}, which is not there"));
                }
                single.insert(part)
            }
            _ => true,
        };
        if !is_new {
            faults.insert("a type is said twice".to_owned());
        }
    }
    for name in &names {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        if !name.ends_with('/') && name != "[content_types].xml" && !single.contains(name) && !endings.contains(ending)
        {
            faults.insert(format!("{name} has no type"));
        }
    }
    faults
}

fn is_well_formed(xml: &str) -> bool {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_comments = true;
    let mut depth = 0i32;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                depth += 1;
                if tag.attributes().any(|attribute| attribute.is_err()) {
                    return false;
                }
            }
            Ok(Event::End(_)) => depth -= 1,
            Ok(Event::Eof) => return depth == 0,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

/// The children of a worksheet's root, in order.
pub(crate) fn children(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let (mut depth, mut children) = (0, Vec::new());
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(tag) => {
                if depth == 1 {
                    children.push(tag.name().0.rsplit(':').next().unwrap_or_default().to_owned());
                }
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            Event::Eof => return children,
            _ => {}
        }
    }
}
