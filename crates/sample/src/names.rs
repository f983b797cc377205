//! Invented names: no enterprise, school or person is meant.

const FIRST: [&str; 24] = [
    "Sao Mai",
    "Hoa Ban",
    "Đồi Thông",
    "Suối Trong",
    "Nắng Mai",
    "Hồ Xanh",
    "Gió Lành",
    "Cầu Vồng",
    "Lúa Vàng",
    "Mây Trắng",
    "Đá Bạc",
    "Rừng Xanh",
    "Bình Minh",
    "Hương Rừng",
    "Sông Êm",
    "Cao Nguyên",
    "Thác Bạc",
    "Hoa Cúc",
    "Đồng Xanh",
    "Bến Đá",
    "Trăng Non",
    "Tre Ngà",
    "Mùa Vàng",
    "Chim Én",
];
const SECOND: [&str; 24] = [
    "Thượng",
    "Hạ",
    "Đông",
    "Tây",
    "Nam",
    "Bắc",
    "Trung",
    "Tân",
    "An",
    "Phú",
    "Hòa",
    "Bình",
    "Thịnh",
    "Vinh",
    "Lộc",
    "Mỹ",
    "Hưng",
    "Thành",
    "Lập",
    "Sơn",
    "Giang",
    "Lâm",
    "Hải",
    "Điền",
];
const PEOPLE: [&str; 12] = [
    "Nguyễn Thị An",
    "Trần Văn Bình",
    "Lê Thị Chi",
    "Phạm Văn Dũng",
    "Hoàng Thị Giang",
    "Vũ Văn Hải",
    "Đặng Thị Lan",
    "Bùi Văn Minh",
    "Đỗ Thị Nga",
    "Y Khoa Niê",
    "H'Linh Êban",
    "Ngô Văn Phúc",
];

/// The proper name of the n-th unit of a level; no two are alike.
pub(crate) fn place(n: usize) -> String {
    let (first, second) = (FIRST[n % FIRST.len()], SECOND[n / FIRST.len() % SECOND.len()]);
    match n / (FIRST.len() * SECOND.len()) {
        0 => format!("{first} {second}"),
        round => format!("{first} {second} {}", round + 1),
    }
}

pub(crate) fn person(n: usize) -> &'static str {
    PEOPLE[n % PEOPLE.len()]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use thidua_model::text::fold;

    #[test]
    fn names_differ_also_without_marks() {
        let names: BTreeSet<String> = (0..3000).map(|n| fold(&super::place(n))).collect();
        assert_eq!(names.len(), 3000);
    }
}
