//! Plausible pages of one province, for tests and for looking at them.
//!
//! In:  nothing.
//! Out: every page once or more, with names, figures and times as an office would have them. Units
//!      and persons are invented.
//!
//! `cargo run -p thidua-pages --example gallery -- <folder>` writes them out.

pub mod board;
pub mod department;
pub mod entry;
pub mod office;
pub mod operator;
pub mod place;
pub mod superior;
pub mod unit;
pub mod upload;

use crate::shown::{Choice, Tone};
use crate::{Campaign, Date, DateTime, Flash, Frame, Lang, Role, UnitRef, User, View};

/// A page under a name that a file can have.
pub struct Sample {
    pub name: &'static str,
    pub html: String,
}

/// Every page in one language.
pub fn gallery(lang: Lang) -> Vec<Sample> {
    let mut out = Gallery { lang, samples: Vec::new() };
    entry::add(&mut out);
    unit::add(&mut out);
    upload::add(&mut out);
    superior::add(&mut out);
    office::add(&mut out);
    department::add(&mut out);
    board::add(&mut out);
    place::add(&mut out);
    operator::add(&mut out);
    out.samples
}

/// Collects pages in one language.
pub struct Gallery {
    lang: Lang,
    samples: Vec<Sample>,
}

impl Gallery {
    /// A page for somebody who is not signed in.
    fn public(&mut self, name: &'static str, here: &str, page: &impl View) {
        let frame = Frame::signed_out(self.lang, ORGANISATION, here, CSRF);
        self.samples.push(Sample { name, html: page.render(&frame) });
    }

    /// A page for a role.
    fn page(&mut self, name: &'static str, role: Role, here: &str, page: &impl View) {
        let frame = Frame { lang: self.lang, here: here.to_owned(), ..frame(role) };
        self.samples.push(Sample { name, html: page.render(&frame) });
    }

    /// The same below a message.
    fn page_after(&mut self, name: &'static str, role: Role, here: &str, flash: (Tone, &str), page: &impl View) {
        let flashes = vec![Flash { tone: flash.0, text: flash.1.to_owned() }];
        let frame = Frame { lang: self.lang, here: here.to_owned(), flashes, ..frame(role) };
        self.samples.push(Sample { name, html: page.render(&frame) });
    }
}

const ORGANISATION: &str = "Liên đoàn Lao động tỉnh Đắk Lắk";
const CSRF: &str = "9f2c4c7a61d0";
/// The campaign of the samples.
pub const CAMPAIGN: &str = "dak-lak-2014";

/// What surrounds a page for a role.
pub fn frame(role: Role) -> Frame {
    let (login, name, unit) = match role {
        Role::Unit => ("cdcs-0412", "Nguyễn Thị Hồng Hạnh", Some(own_unit())),
        Role::Superior => ("ldld-bmt", "Trần Văn Thuận", Some(superior_unit())),
        Role::Department => ("cspl-02", "Lê Minh Tuấn", None),
        Role::Board => ("btv-01", "H’Yim Niê", None),
        Role::Analyst => ("phantich-01", "Phạm Quỳnh Anh", None),
        Role::Operator => ("quantri", "Đỗ Quang Huy", None),
    };
    Frame {
        user: Some(User { login: login.to_owned(), name: name.to_owned(), role, unit }),
        campaign: Some(Campaign {
            id: CAMPAIGN.to_owned(),
            title: "Phong trào thi đua năm 2014".to_owned(),
            period: "dot-1".to_owned(),
            root: Some("ldld-tinh".to_owned()),
            others: vec![Choice::new("/c/dak-lak-2013", "Năm 2013", false)],
        }),
        ..Frame::signed_out(Lang::Vi, ORGANISATION, "/", CSRF)
    }
}

fn own_unit() -> UnitRef {
    UnitRef::new("cdcs-0412", "CĐCS Trường Tiểu học Hoa Pơ Lang")
}

fn superior_unit() -> UnitRef {
    UnitRef::new("ldld-bmt", "LĐLĐ TP Buôn Ma Thuột")
}

fn periods() -> Vec<Choice> {
    vec![
        Choice::new("dang-ky", "Đăng ký đầu năm", false),
        Choice::new("dot-1", "Đợt 1 (sơ kết sáu tháng)", true),
        Choice::new("dot-2", "Đợt 2 (tổng kết năm)", false),
    ]
}

/// A time of the samples.
fn at(text: &str) -> DateTime {
    text.parse().expect("a time of the samples")
}

fn day(text: &str) -> Date {
    text.parse().expect("a date of the samples")
}
