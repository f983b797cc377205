//! What a line or a column asks for: number, yes or no, date, choice, text.
//!
//! In:  a label, and what stands in the column of measures.
//! Out: kind and measure, with a doubt for each guess.

use crate::doubt::{Doubt, Kind};
use crate::draft::Value;
use crate::ids::{Names, slug};
use crate::measure::{Measures, in_brackets};
use crate::number;
use thidua_model::ValueKind;
use thidua_model::text::fold;

/// What is known beside the label.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Beside<'a> {
    /// The cell in the column of measures.
    pub(crate) measure: Option<&'a str>,
    /// The form has a column of measures.
    pub(crate) has_measures: bool,
    /// The line that this one says something of, or the line above a ditto mark.
    pub(crate) above: Option<&'a Value>,
    /// The measure of the whole sheet.
    pub(crate) sheet: Option<&'a str>,
    /// What is printed in the input cell: `Tốt/Khá/Trung bình`.
    pub(crate) hint: Option<&'a str>,
}

impl Value {
    fn of(kind: ValueKind, doubt: Option<Doubt>) -> Self {
        let is_summed = matches!(kind, ValueKind::Number | ValueKind::Flag);
        Self { kind, measure: None, choices: Vec::new(), is_summed, doubts: doubt.into_iter().collect() }
    }

    fn guessed(kind: ValueKind) -> Self {
        Self::of(kind, Some(Doubt::KindByWords(Kind::of(kind))))
    }

    fn number(measure: String, doubt: Option<Doubt>) -> Self {
        Self { measure: Some(measure), ..Self::of(ValueKind::Number, doubt) }
    }

    /// Means and shares are not added up.
    fn settled(mut self, label: &str, measures: &Measures) -> Self {
        let is_share = self.measure.as_deref().is_some_and(|id| measures.is_share(id));
        if self.kind == ValueKind::Number && (is_share || is_mean(label)) {
            self.is_summed = false;
            self.doubts.push(Doubt::NotSummed);
        }
        self
    }
}

fn is_mean(label: &str) -> bool {
    let key = fold(label);
    key.contains("binhquan") || key.contains("trungbinhmoi")
}

/// What the line of a form asks for.
pub(crate) fn of_line(label: &str, beside: Beside<'_>, measures: &mut Measures) -> Value {
    let value = line(label, beside, measures);
    value.settled(label, measures)
}

fn line(label: &str, beside: Beside<'_>, measures: &mut Measures) -> Value {
    if let Some(choices) = beside.hint.and_then(choices) {
        return choices;
    }
    if let Some(text) = beside.measure {
        if is_ditto(text) {
            return beside.above.cloned().unwrap_or_else(|| Value::number(measures.plain(), Some(Doubt::NoMeasure)));
        }
        if let Some(value) = special(text) {
            return value;
        }
        if let Some(id) = measures.named(text) {
            return Value::number(id, None);
        }
    }
    if let Some(text) = in_brackets(label) {
        if let Some(value) = special(text) {
            return value;
        }
        if let Some(id) = measures.find(text) {
            return Value::number(id, None);
        }
        if is_amount(label)
            && may_be_measure(text)
            && let Some(id) = measures.named(text)
        {
            return Value::number(id, Some(Doubt::MeasureByWords));
        }
    }
    if let Some(kind) = kind_by_words(label) {
        return Value::guessed(kind);
    }
    if let Some(id) = beside.sheet.and_then(|text| measures.named(text)) {
        return Value::number(id, Some(Doubt::MeasureOfSheet));
    }
    let above = beside.above.filter(|above| above.kind == ValueKind::Number);
    if let (true, Some(above)) = (beside.has_measures, above) {
        return Value::number(above.measure.clone().unwrap_or_default(), Some(Doubt::MeasureOfAbove));
    }
    if let Some(id) = measures.of_words(label) {
        return Value::number(id, Some(Doubt::MeasureByWords));
    }
    if let Some(above) = above {
        return Value::number(above.measure.clone().unwrap_or_default(), Some(Doubt::MeasureOfAbove));
    }
    // Where every other line has a measure, one without asks for words.
    if beside.has_measures && beside.measure.is_none() {
        return Value::guessed(ValueKind::Text);
    }
    Value::number(measures.plain(), Some(Doubt::NoMeasure))
}

/// The kind or measure that the heading of a value column gives to every line; `None`: the lines say.
pub(crate) fn of_value_column(heading: &str, measures: &mut Measures) -> Option<Value> {
    if let Some(text) = in_brackets(heading) {
        if let Some(value) = special(text) {
            return Some(value);
        }
        if let Some(id) = measures.find(text) {
            return Some(Value::number(id, None).settled(heading, measures));
        }
    }
    let key = fold(heading);
    let words = words(heading);
    let value = match words.first().map(String::as_str) {
        _ if heading.contains('%') || key.starts_with("tyle") || key.starts_with("tile") => {
            Value::number(measures.find("%")?, None)
        }
        Some("ngay") if key != "ngaycong" => Value::guessed(ValueKind::Date),
        _ if key.starts_with("diem") || key.contains("tucham") || key.ends_with("cham") => {
            Value::number(measures.find("điểm")?, Some(Doubt::MeasureByWords))
        }
        _ if ["co", "khong", "cokhong"].contains(&key.as_str()) => Value::guessed(ValueKind::Flag),
        _ if starts(&words, TEXTS) => Value::guessed(ValueKind::Text),
        Some("so") if key.starts_with("sotien") || key.starts_with("songuoi") => {
            Value::number(measures.of_words(heading)?, Some(Doubt::MeasureByWords))
        }
        _ => return None,
    };
    Some(value.settled(heading, measures))
}

/// What the column of a list asks for.
pub(crate) fn of_list_column(heading: &str, sheet: Option<&str>, measures: &mut Measures) -> Value {
    if let Some(text) = in_brackets(heading) {
        if let Some(value) = special(text) {
            return value;
        }
        if let Some(id) = measures.find(text) {
            return Value::number(id, None);
        }
    }
    let words = words(heading);
    if starts(&words, TEXTS) {
        return Value::of(ValueKind::Text, None);
    }
    if let Some(kind) = kind_by_words(heading) {
        return Value::guessed(kind);
    }
    let first = words.first().map(String::as_str);
    let is_count = matches!(first, Some("so" | "tong" | "ty" | "kinh" | "gia" | "tien" | "thanh" | "don"))
        || heading.contains('%');
    if is_count && let Some(id) = measures.of_words(heading) {
        return Value::number(id, Some(Doubt::MeasureByWords));
    }
    let is_money = starts(&words, &["thanh tien", "don gia", "muc chi", "muc ho tro"]);
    if is_money && let Some(id) = sheet.and_then(|text| measures.named(text)).or_else(|| measures.find("đồng")) {
        return Value::number(id, Some(Doubt::MeasureByWords));
    }
    if starts(&words, &["so luong", "tong so", "ket qua dat"]) {
        return Value::number(measures.plain(), Some(Doubt::NoMeasure));
    }
    Value::of(ValueKind::Text, None)
}

/// One or two small words that are no remark: `Số cây đã trồng (cây)`, not `(nếu có)`.
fn may_be_measure(text: &str) -> bool {
    const REMARKS: &[&str] = &["neuco", "nu", "nam", "moi", "cu", "luyke", "congdon", "uoc", "tamtinh", "thuong"];
    let is_small = text.chars().all(|c| c.is_lowercase() || c == ' ');
    is_small && text.split(' ').count() <= 2 && text.chars().count() <= 15 && !REMARKS.contains(&fold(text).as_str())
}

/// The column can name persons.
pub(crate) fn is_person(heading: &str) -> bool {
    starts(
        &words(heading),
        &["ho ten", "ho va ten", "ca nhan", "tap the ca nhan", "ten ca nhan", "nguoi duoc", "ho ten nguoi"],
    )
}

/// Words that say "yes or no", "a date" or a choice in place of a measure.
fn special(text: &str) -> Option<Value> {
    let key = fold(text);
    if ["cokhong", "cohoackhong", "cohaykhong", "danhdaux", "dungsai"].contains(&key.as_str()) {
        return Some(Value::of(ValueKind::Flag, None));
    }
    if ["ngaythangnam", "ddmmyyyy", "ngaythang", "dmy"].contains(&key.as_str()) {
        return Some(Value::of(ValueKind::Date, None));
    }
    choices(text)
}

/// `Tốt/Khá/Trung bình`: short words between strokes.
fn choices(text: &str) -> Option<Value> {
    let parts: Vec<&str> = text.trim_matches(['(', ')']).split(['/', ';']).map(str::trim).collect();
    let is_word = |part: &&str| part.chars().filter(|c| c.is_alphabetic()).count() >= 2 && part.chars().count() <= 40;
    if !(3..=20).contains(&parts.len()) || !parts.iter().all(is_word) || fold(text) == "ngaythangnam" {
        return None;
    }
    let mut names = Names::default();
    let mut value = Value::guessed(ValueKind::Choice);
    value.choices = parts.iter().map(|part| (names.give(&slug(part, '-'), '-'), (*part).to_owned())).collect();
    Some(value)
}

fn is_ditto(text: &str) -> bool {
    ["nt", "nhutren"].contains(&fold(text).as_str()) || text.chars().all(|c| "\"'”“″〃,".contains(c))
}

fn words(text: &str) -> Vec<String> {
    let bare = number::split(text).1;
    bare.split(|c: char| !c.is_alphanumeric()).map(fold).filter(|word| !word.is_empty()).take(12).collect()
}

fn starts(words: &[String], phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| {
        let count = phrase.split(' ').count();
        words.len() >= count && phrase.split(' ').zip(words).all(|(wanted, word)| wanted == word)
    })
}

/// Beginnings of labels that ask for words.
const TEXTS: &[&str] = &[
    "bien ban",
    "bien phap",
    "cac giai phap",
    "chuc danh",
    "chuc vu",
    "danh gia",
    "danh hieu",
    "de nghi",
    "de xuat",
    "dia chi",
    "dien thoai",
    "don vi",
    "email",
    "ghi chu",
    "giai phap",
    "hinh thuc",
    "ho so",
    "ho ten",
    "ho va ten",
    "khac phuc",
    "kho khan",
    "kien nghi",
    "ly do",
    "nguoi lap",
    "nguoi phu trach",
    "nguyen nhan",
    "nhan xet",
    "nhung kho khan",
    "noi dung",
    "phuong huong",
    "so dien thoai",
    "so ke hoach",
    "so quyet dinh",
    "so van ban",
    "ten",
    "ton tai",
    "tom tat",
    "uu diem",
    "van ban so",
    "xep loai",
    "y kien",
];

fn kind_by_words(label: &str) -> Option<ValueKind> {
    let words = words(label);
    let key = fold(label);
    if key.contains("cokhong") || key.ends_with("haykhong") || key.ends_with("chua") && label.contains('?') {
        return Some(ValueKind::Flag);
    }
    match words.first().map(String::as_str) {
        Some("ngay") if words.get(1).is_none_or(|word| word != "cong" && word != "nghi") => {
            return Some(ValueKind::Date);
        }
        Some("co" | "da") if words.len() > 1 && words[1] != "phan" && words[1] != "quan" => {
            return Some(ValueKind::Flag);
        }
        _ => {}
    }
    if starts(&words, TEXTS) { Some(ValueKind::Text) } else { None }
}

/// The label speaks of an amount.
pub(crate) fn is_amount(label: &str) -> bool {
    in_brackets(label).is_some_and(|text| text.chars().count() <= 20 && !text.contains(','))
        || starts(
            &words(label),
            &["so", "tong", "ty le", "ti le", "gia tri", "kinh phi", "muc", "thu nhap", "tien", "trong do"],
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_measures_follow_from_what_is_printed() {
        let mut measures = Measures::new(&[]);
        for (label, measure, expected) in [
            ("Tổng số lao động", Some("người"), "Number nguoi"),
            ("Có quy chế dân chủ", Some("Có/Không"), "Flag -"),
            ("Có quy chế dân chủ", None, "Flag - ?"),
            ("Ngày tổ chức hội nghị", None, "Date - ?"),
            ("Tổng số ngày nghỉ (ngày)", None, "Number ngay ?"),
            ("Xếp loại (Tốt/Khá/Trung bình)", None, "Choice - ?"),
            ("Khó khăn, vướng mắc", None, "Text - ?"),
            ("Tổng số lao động (người)", None, "Number nguoi"),
            ("Tổng số lao động", None, "Number nguoi ?"),
            ("Tỷ lệ đạt", Some("%"), "Number phan-tram ?"),
            ("Số bếp ăn", Some("bếp"), "Number bep"),
            ("Tổng hợp khác", None, "Number so-luong ?"),
        ] {
            let value = of_line(label, Beside { measure, ..Beside::default() }, &mut measures);
            let unsure = if value.doubts.is_empty() { "" } else { " ?" };
            let shown = format!("{:?} {}{unsure}", value.kind, value.measure.as_deref().unwrap_or("-"));
            assert_eq!(shown, expected, "{label}");
        }
    }

    #[test]
    fn the_columns_of_a_list_say_what_they_hold() {
        let mut measures = Measures::new(&[]);
        for (heading, expected) in [
            ("Họ và tên", ValueKind::Text),
            ("Số tiền hỗ trợ (đồng)", ValueKind::Number),
            ("Ngày bàn giao", ValueKind::Date),
            ("Số quyết định", ValueKind::Text),
            ("Số người tham gia", ValueKind::Number),
            ("Đơn vị công tác", ValueKind::Text),
            ("Xếp loại (A/B/C, ghi rõ)", ValueKind::Text),
        ] {
            assert_eq!(of_list_column(heading, None, &mut measures).kind, expected, "{heading}");
        }
        assert!(is_person("Họ và tên") && !is_person("Tên công trình"));
    }
}
