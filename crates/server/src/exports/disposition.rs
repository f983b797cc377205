//! The name under which a browser saves a file.

use axum::http::HeaderValue;
use thidua_release::Manifest;

/// `attachment`, with the campaign, the release and what it is in the name:
/// `dak-lak-2014-0123456789abcdef-facts.csv`.
pub(crate) fn attachment(manifest: &Manifest, what: &str) -> HeaderValue {
    let name = format!("{}-{}-{what}", manifest.campaign.id, manifest.id);
    let plain: String = name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    let value = match plain == name {
        true => format!("attachment; filename=\"{plain}\""),
        // RFC 6266: old clients read the first, all others the second.
        false => format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", escaped(&name)),
    };
    HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static("attachment"))
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')
}

fn escaped(name: &str) -> String {
    let byte =
        |byte: u8| if is_plain(char::from(byte)) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    name.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_marks_and_cannot_leave_the_header() {
        let mut manifest = crate::testing::manifest();
        manifest.campaign.id = "dak-lak-2014".into();
        manifest.id = "0123456789abcdef".into();
        let shown = |manifest: &Manifest, what| attachment(manifest, what).to_str().unwrap().to_owned();
        assert_eq!(shown(&manifest, "facts.csv"), "attachment; filename=\"dak-lak-2014-0123456789abcdef-facts.csv\"");
        manifest.campaign.id = "a\"\r\nđ/".into();
        assert_eq!(
            shown(&manifest, "x.csv"),
            "attachment; filename=\"a_____-0123456789abcdef-x.csv\"; \
             filename*=UTF-8''a%22%0D%0A%C4%91%2F-0123456789abcdef-x.csv"
        );
    }
}
