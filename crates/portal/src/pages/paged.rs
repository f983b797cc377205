//! Cuts a long list into pages.

use serde::Deserialize;
use thidua_pages::paging::{Paging, ROWS};

/// The query of a list that has nothing to ask but its page.
#[derive(Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    pub(super) page: String,
}

/// The rows of one page. `page`: the number as the address says it; `address`: up to and with `page=`.
pub(super) fn paged<T>(rows: Vec<T>, page: &str, address: String) -> (Vec<T>, Paging) {
    let (size, total) = (ROWS as usize, rows.len());
    let pages = total.div_ceil(size).max(1);
    let page = page.parse::<usize>().unwrap_or(1).clamp(1, pages);
    let paging = Paging {
        address,
        page: u32::try_from(page).unwrap_or(1),
        pages: u32::try_from(pages).unwrap_or(1),
        total: total as u64,
    };
    (rows.into_iter().skip((page - 1) * size).take(size).collect(), paging)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_outside_the_list_is_the_nearest_one() {
        let rows: Vec<u32> = (0..ROWS * 2 + 1).collect();
        for (asked, expected, first) in [("1", 1, 0), ("3", 3, ROWS * 2), ("9", 3, ROWS * 2), ("0", 1, 0), ("x", 1, 0)]
        {
            let (rows, paging) = paged(rows.clone(), asked, String::new());
            assert_eq!((paging.page, paging.pages, rows[0]), (expected, 3, first), "{asked}");
        }
        assert_eq!(paged(Vec::<u32>::new(), "2", String::new()).1.pages, 1);
    }
}
