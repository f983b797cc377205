//! A place in a list: release, what was asked, position. A cursor of another release, or of another
//! filter or order, is told apart and refused; it never shows the wrong rows.

use crate::error::Code;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The cursor of the row at `position` of what was asked.
pub(crate) fn write(release: &str, asked: u64, position: u32) -> String {
    URL_SAFE_NO_PAD.encode(format!("{release}.{asked:016x}.{position}"))
}

/// # Errors
/// [`Code::CursorOfAnotherRelease`] and [`Code::BadCursor`].
pub(crate) fn read(cursor: &str, release: &str, asked: u64) -> Result<u32, async_graphql::Error> {
    let bad = || {
        Code::BadCursor.error(
            "con trỏ không thuộc danh sách, bộ lọc hay thứ tự này / the cursor is not of this list, filter and order",
        )
    };
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| bad())?;
    let text = String::from_utf8(bytes).map_err(|_| bad())?;
    let parts: Vec<&str> = text.split('.').collect();
    let [of, fingerprint, position] = parts.as_slice() else { return Err(bad()) };
    let position: u32 = position.parse().map_err(|_| bad())?;
    if *of != release {
        return Err(Code::CursorOfAnotherRelease.error(format!(
            "con trỏ thuộc bản {of:.16}, đang đọc bản {release}: hãy đọc lại từ đầu hoặc ghim bản bằng ?release= / \
             the cursor is of release {of:.16}, this is {release}: start again, or pin the release with ?release="
        )));
    }
    if *fingerprint != format!("{asked:016x}") {
        return Err(bad());
    }
    Ok(position)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_good_for_its_own_list_alone() {
        let cursor = write("0123456789abcdef", 7, 41);
        assert_eq!(read(&cursor, "0123456789abcdef", 7).ok(), Some(41));
        let code = |cursor: &str, release: &str, asked: u64| {
            let error = read(cursor, release, asked).unwrap_err();
            error.extensions.and_then(|it| it.get("code").cloned()).map(|it| it.to_string())
        };
        assert_eq!(code(&cursor, "fedcba9876543210", 7).as_deref(), Some("\"CURSOR_OF_ANOTHER_RELEASE\""));
        for (cursor, asked) in [(cursor.as_str(), 8), ("", 7), ("%%%", 7), ("YWJj", 7), (&cursor[1..], 7)] {
            assert_eq!(code(cursor, "0123456789abcdef", asked).as_deref(), Some("\"BAD_CURSOR\""), "{cursor}");
        }
    }
}
