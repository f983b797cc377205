//! The style sheet, the script and the icon, as they are served.
//!
//! Their address holds a digest of their bytes, so that a browser may keep them for ever and still
//! sees a new version at once.

use crate::routes;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::sync::LazyLock;

/// A file that comes with the program.
#[derive(Debug, Clone)]
pub struct Asset {
    pub name: &'static str,
    pub media_type: &'static str,
    pub bytes: &'static [u8],
    /// SHA-256 in hex digits.
    pub digest: String,
}

impl Asset {
    fn new(name: &'static str, media_type: &'static str, bytes: &'static [u8]) -> Self {
        let mut digest = String::new();
        for byte in Sha256::digest(bytes) {
            let _ = write!(digest, "{byte:02x}");
        }
        Self { name, media_type, bytes, digest }
    }

    /// Where pages point to: the first digits of the digest and the name.
    pub fn address(&self) -> String {
        routes::asset(self.version(), self.name)
    }

    /// The part of the address that changes with the bytes.
    pub fn version(&self) -> &str {
        &self.digest[..12]
    }
}

static ALL: LazyLock<[Asset; 3]> = LazyLock::new(|| {
    [
        Asset::new("portal.css", "text/css; charset=utf-8", include_bytes!("../static/portal.css")),
        Asset::new("portal.js", "text/javascript; charset=utf-8", include_bytes!("../static/portal.js")),
        Asset::new("icon.svg", "image/svg+xml", include_bytes!("../static/icon.svg")),
    ]
});

/// Every file that the pages name.
pub fn all() -> &'static [Asset] {
    &*ALL
}

/// The file at an address: version and name must both be right, so that no stale answer is kept.
pub fn find(version: &str, name: &str) -> Option<&'static Asset> {
    all().iter().find(|it| it.name == name && it.version() == version)
}

/// The address of a file of this crate.
pub(crate) fn address(name: &str) -> String {
    all().iter().find(|it| it.name == name).map_or_else(String::new, Asset::address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asset_is_found_at_its_address_and_at_no_other() {
        for asset in all() {
            assert_eq!(find(asset.version(), asset.name).map(|it| it.bytes), Some(asset.bytes));
            assert!(find("000000000000", asset.name).is_none());
            assert!(asset.address().contains(asset.version()));
        }
        assert!(find(all()[0].version(), "../Cargo.toml").is_none());
    }

    #[test]
    fn a_slow_line_carries_the_assets() {
        for (name, most) in [("portal.css", 20_000), ("portal.js", 5_000), ("icon.svg", 2_000)] {
            let asset = all().iter().find(|it| it.name == name).unwrap();
            assert!(asset.bytes.len() < most, "{name} has {} bytes", asset.bytes.len());
        }
    }

    #[test]
    fn the_style_sheet_and_the_script_ask_no_other_host() {
        for asset in all() {
            let text = std::str::from_utf8(asset.bytes).unwrap().replace("http://www.w3.org/2000/svg", "");
            for foreign in ["http:", "https:", "url(//", "@import", "data:"] {
                assert!(!text.contains(foreign), "{} has {foreign}", asset.name);
            }
        }
    }
}
