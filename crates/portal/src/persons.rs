//! Names of persons in lists of releases: on pages, and in files as they were written.
//!
//! In:  an account and a release.
//! Out: whether the account sees the names on pages, and whether it gets such a file, today: an analyst never; the others who read figures of
//!      the whole as long as the definition says; after that the department alone, which keeps the
//!      archive.
//!
//! Not here: names in GraphQL and in tables as text, which are masked (`thidua_server::Scope`).

use crate::access::{Action, Relation, may};
use crate::answer::Refused;
use crate::clock;
use crate::visitor::Signed;
use thidua_model::Date;
use thidua_release::Manifest;
use thidua_server::{Persons, Scope, Units};
use thidua_store::{ReleaseFile, Role};

const MANIFEST: &str = "manifest.json";

/// Whether the account gets files of a release of the store that show names. `files`: all of it.
pub(crate) async fn gets_files(signed: &Signed, files: &[ReleaseFile]) -> Result<bool, Refused> {
    let visitor = &signed.visitor;
    let Some(file) = files.iter().find(|file| file.path == MANIFEST) else {
        return Err(visitor.failed(&"a release of the store has no manifest"));
    };
    let read = visitor.portal.store.blobs().read(&file.digest).await;
    let bytes = read.map_err(|error| visitor.store(&error))?;
    let manifest = serde_json::from_slice::<Manifest>(&bytes);
    manifest.map(|it| gets(signed.account.role, &it, clock::today())).map_err(|error| visitor.failed(&error))
}

/// Whether names in a release are shown to the account today on pages of the whole.
pub(crate) fn shows_names(signed: &Signed, release: &Manifest) -> bool {
    may(signed.account.role, Action::Persons, Relation::None) && is_kept(release, clock::today())
}

fn gets(role: Role, release: &Manifest, today: Date) -> bool {
    if !release.has_persons() {
        return true;
    }
    if is_kept(release, today) { may(role, Action::Persons, Relation::None) } else { role == Role::Department }
}

/// The day is not after the last on which names are shown.
fn is_kept(release: &Manifest, today: Date) -> bool {
    Scope::new(Units::Everything, Persons::On(today)).shows_persons(release)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn release(persons: bool, until: Option<&str>) -> Manifest {
        let column = json!({ "name": "name", "kind": "text", "person": persons });
        serde_json::from_value(json!({
            "format": 1, "id": "", "digest": "",
            "campaign": {
                "id": "", "year": 2014, "title_vi": "", "title_en": "", "organisation_vi": "", "organisation_en": "",
                "source": "", "persons_shown_until": until
            },
            "options": { "as_of": "", "period": "" }, "periods": [], "policies": [],
            "counts": {
                "units_due": 0, "units_reported": 0, "files": 0, "submissions": 0, "facts": 0, "errors": 0, "warnings": 0
            },
            "definition": [], "submissions": [], "receipts": null,
            "tables": [{ "name": "awards", "rows": 0, "digest": "", "columns": [column] }]
        }))
        .expect("a manifest")
    }

    #[test]
    fn files_with_names_are_for_those_who_need_them_and_then_for_the_archive() {
        let today = Date::constant(2016, 12, 31);
        // Names, the last day: who of the roles that read figures of the whole gets the file.
        for (persons, until, expected) in [
            (false, None, "department board analyst"),
            (true, None, "department board"),
            (true, Some("2016-12-31"), "department board"),
            (true, Some("2016-12-30"), "department"),
            (true, Some("soon"), "department"),
        ] {
            let release = release(persons, until);
            let roles = [Role::Department, Role::Board, Role::Analyst];
            let got = roles.into_iter().filter(|role| gets(*role, &release, today));
            let got: Vec<&str> = got.map(Role::as_str).collect();
            assert_eq!(got.join(" "), expected, "{persons} {until:?}");
        }
    }
}
