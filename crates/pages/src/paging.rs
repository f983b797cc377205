//! Pages of a long list.

/// Rows of a page that keep the longest of them, the tracking of a subtree, small enough for a slow
/// line.
pub const ROWS: u32 = 30;

/// Which part of a long list is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging {
    /// Address of the list with its filters, up to and with `page=`; the number is put behind it.
    pub address: String,
    /// From 1.
    pub page: u32,
    pub pages: u32,
    /// Rows of the whole list.
    pub total: u64,
}

impl Paging {
    /// A list that fits one page.
    pub fn single(total: u64) -> Self {
        Self { address: String::new(), page: 1, pages: 1, total }
    }

    pub(crate) fn before(&self) -> Option<String> {
        (self.page > 1).then(|| format!("{}{}", self.address, self.page - 1))
    }

    pub(crate) fn after(&self) -> Option<String> {
        (self.page < self.pages).then(|| format!("{}{}", self.address, self.page + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_the_last_page_lead_nowhere_beyond() {
        let paging = |page| Paging { address: "?page=".into(), page, pages: 3, total: 250 };
        assert_eq!((paging(1).before(), paging(1).after()), (None, Some("?page=2".into())));
        assert_eq!((paging(3).before(), paging(3).after()), (Some("?page=2".into()), None));
        assert_eq!((Paging::single(5).before(), Paging::single(5).after()), (None, None));
    }
}
