//! Packages (the workbooks that units receive), fields known without asking, stated coverage.
//!
//! In:  `[[packages]]`, `[[derived]]`, `[coverage]` of `campaign.toml`.
//! Out: packages of forms by position; a package of a scoring sheet becomes one for each table.

use crate::bilingual::Bilingual;
use crate::definition::{DerivedField, DerivedFrom, Form, Package, StatedCoverage};
use crate::load::fields::{By, Fields};
use crate::load::names::Names;
use crate::load::node::Node;
use crate::load::organisation::{Organisation, each};
use std::collections::BTreeSet;
use thidua_model::issue::{Expected, Thing};
use thidua_model::{FieldIx, Text};

/// `[[derived]]`; the field is declared here when no form asks for it at any level.
pub(crate) fn derived(root: &Node<'_>, organisation: &Organisation, fields: &mut Fields) -> Vec<DerivedField> {
    let mut derived: Vec<DerivedField> = Vec::new();
    for node in root.tables("derived") {
        let field = node.needed_text("field").map(|name| match fields.names.get(&name) {
            Some(at) if !node.has("measure") && !node.has("label") => FieldIx(at as u32),
            _ => {
                let label = node.needed_text("label").unwrap_or_default();
                let by = By { form: "campaign.toml", source: "register" };
                let declaration = Fields::declaration(&node, organisation, label, by, true);
                fields.declare(node.issues, &name, declaration, node.place("field"))
            }
        });
        let levels = organisation.levels_of(&node, "levels");
        if levels.is_empty() {
            node.issues.bad_value(node.place("levels"), "", Expected::LevelsOfField);
        }
        let from = match node.needed_word("from", &[("register", false), ("on-time", true)]) {
            Some(false) => {
                let (sectors, kinds) =
                    (organisation.sectors_of(&node, "sectors"), organisation.kinds_of(&node, "kinds"));
                Some(DerivedFrom::Register { levels, sectors, kinds })
            }
            Some(true) => {
                organisation.document_of(&node, "document").map(|document| DerivedFrom::OnTime { document, levels })
            }
            None => None,
        };
        if let (Some(field), Some(from)) = (field, from) {
            if derived.iter().any(|known| known.field == field) {
                node.issues.declared_twice(node.place("field"), Thing::DerivedField, &node.text_or("field", ""));
            }
            derived.push(DerivedField { field, from });
        }
        node.finish();
    }
    derived
}

/// `[coverage] reported = …, due = …`.
pub(crate) fn coverage(root: &Node<'_>, fields: &Fields) -> Option<StatedCoverage> {
    let node = root.table("coverage")?;
    let find = |key: &'static str| {
        let name = node.needed_text(key)?;
        fields.names.find(node.issues, &name, || node.place(key)).map(|at| FieldIx(at as u32))
    };
    let (reported, due) = (find("reported"), find("due"));
    node.finish();
    Some(StatedCoverage { reported: reported?, due: due? })
}

/// # Input
/// `declared`: ids of all forms, also of scoring sheets that no table asks for.
pub(crate) fn packages(root: &Node<'_>, organisation: &Organisation, forms: &[Form], declared: &Names) -> Vec<Package> {
    let mut packages = Vec::new();
    each(root, "packages", &mut Names::new(Thing::Package), |node, id| {
        let issues = node.issues;
        let title = node.needed_bilingual("title");
        let document = organisation.document_of(node, "document");
        let levels = organisation.levels_of(node, "levels");
        let file = node.text("file");
        let mut positions: Vec<usize> = Vec::new();
        for word in node.texts("forms") {
            let place = word.place.clone();
            if declared.find(issues, &word.text, || word.place).is_none() {
                continue;
            }
            for (at, form) in forms.iter().enumerate().filter(|(_, form)| form.id.as_str() == &*word.text) {
                if let Some(document) = document.as_ref().filter(|document| form.document != **document) {
                    let expected = Expected::FormOfDocument { document: document.text() };
                    issues.bad_value(place.clone(), word.text.clone(), expected);
                }
                for level in levels.iter().filter(|level| !form.levels.contains(level)) {
                    let expected = Expected::FormOfLevel { level: level.text() };
                    issues.bad_value(place.clone(), word.text.clone(), expected);
                }
                positions.push(at);
            }
        }
        let Some(document) = document else { return };
        // Sheets of scoring tables do not stand together: a unit has one of them.
        let (sheets, plain): (Vec<usize>, Vec<usize>) =
            positions.into_iter().partition(|at| forms[*at].scoresheet_of.is_some());
        check_sheets(node, &plain, forms, id);
        let file_of = |id: &str| -> Text { format!("{id}.xlsx").into() };
        if !plain.is_empty() {
            let levels = if levels.is_empty() { forms[plain[0]].levels.clone() } else { levels.clone() };
            packages.push(Package {
                id: id.into(),
                title: title.clone(),
                document: document.clone(),
                levels,
                forms: plain,
                file: file.clone().unwrap_or_else(|| file_of(id)),
            });
        }
        for at in sheets {
            let form = &forms[at];
            let own = format!("{id}-{}", form.variant);
            packages.push(Package {
                file: file_of(&own),
                id: own.into(),
                title: Bilingual { vi: form.title.vi.clone(), en: form.title.en.clone() },
                document: document.clone(),
                levels: form.levels.clone(),
                forms: vec![at],
            });
        }
        if !node.has("forms") {
            issues.bad_value(node.place("forms"), "", Expected::FormsOfPackage);
        }
    });
    packages
}

/// Tabs of one workbook have different names (but for versions of one form).
fn check_sheets(node: &Node<'_>, positions: &[usize], forms: &[Form], package: &str) {
    let mut seen: BTreeSet<(String, &str)> = BTreeSet::new();
    for form in positions.iter().map(|at| &forms[*at]) {
        let lists = form.lists.iter().map(|list| (list.sheet.to_lowercase(), list.id.as_str()));
        for (sheet, owner) in std::iter::once((form.sheet.to_lowercase(), form.id.as_str())).chain(lists) {
            if seen.iter().any(|(known, other)| *known == sheet && *other != owner) {
                node.issues.declared_twice(node.place("forms"), Thing::Sheet, &format!("{sheet} ({package})"));
            }
            seen.insert((sheet, owner));
        }
    }
}
