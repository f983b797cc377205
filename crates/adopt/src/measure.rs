//! Which measure a line has: by its column, its brackets, or the words of its label.
//!
//! In:  texts of a form; the measures that a campaign has.
//! Out: the id of a measure, and how sure it is.

use crate::draft::NewMeasure;
use crate::ids::slug;
use std::collections::BTreeMap;
use thidua_model::Measure;
use thidua_model::text::fold;

/// A measure that everybody knows: id, label, English, decimals, the largest sensible value of one
/// unit, other spellings (folded).
struct Known {
    id: &'static str,
    label: &'static str,
    en: &'static str,
    decimals: u8,
    max: i64,
    others: &'static [&'static str],
}

const fn known(
    id: &'static str,
    label: &'static str,
    en: &'static str,
    max: i64,
    others: &'static [&'static str],
) -> Known {
    Known { id, label, en, decimals: 0, max, others }
}

const MANY: i64 = 1_000_000;

/// Longer words stand before shorter ones that they begin with.
const KNOWN: &[Known] = &[
    Known { decimals: 2, ..known("phan-tram", "%", "%", 100_000, &["phantram", "tyle", "tile"]) },
    known("luot-nguoi", "lượt người", "attendances", 100_000_000, &["luotnguoi", "luot"]),
    known(
        "nguoi",
        "người",
        "persons",
        100_000_000,
        &[
            "nguoi",
            "doanvien",
            "hoivien",
            "thanhvien",
            "cnvcld",
            "laodong",
            "canbo",
            "nguoilaodong",
            "nu",
            "hocvien",
            "dangvien",
            "congnhan",
            "uyvien",
        ],
    ),
    Known { decimals: 3, ..known("ty-dong", "tỷ đồng", "billion dong", 1_000_000, &["tydong", "tidong"]) },
    Known {
        decimals: 3,
        ..known("trieu-dong", "triệu đồng", "million dong", 1_000_000_000, &["trieudong", "trd", "trdong", "trieu"])
    },
    known(
        "nghin-dong",
        "nghìn đồng",
        "thousand dong",
        1_000_000_000_000,
        &["nghindong", "ngandong", "1000dong", "1000d", "nghind"],
    ),
    known("dong", "đồng", "dong", 10_000_000_000_000, &["dong", "vnd", "d", "vietnamdong"]),
    known("cdcs", "CĐCS", "grassroots unions", MANY, &["cdcs", "congdoancoso"]),
    known("ubkt", "UBKT", "inspection committees", MANY, &["ubkt", "uybankiemtra"]),
    known("doanh-nghiep", "doanh nghiệp", "enterprises", MANY, &["doanhnghiep", "dn"]),
    known("don-vi", "đơn vị", "units", MANY, &["donvi", "coquan"]),
    known("nha", "nhà", "houses", MANY, &["nha", "can", "cannha", "canho"]),
    known("lop", "lớp", "classes", MANY, &["lop", "lophoc", "khoa"]),
    known("cuoc", "cuộc", "events", MANY, &["cuoc", "hoithi", "hoinghi", "cuochop"]),
    known("buoi", "buổi", "sessions", MANY, &["buoi"]),
    known("lan", "lần", "times", MANY, &["lan"]),
    known("cong-trinh", "công trình", "works", MANY, &["congtrinh"]),
    known("sang-kien", "sáng kiến", "initiatives", 10_000_000, &["sangkien"]),
    known("de-tai", "đề tài", "studies", MANY, &["detai"]),
    known("san-pham", "sản phẩm", "products", 100_000_000, &["sanpham"]),
    known("dieu-khoan", "điều khoản", "clauses", MANY, &["dieukhoan"]),
    known("thu-tuc", "thủ tục", "procedures", MANY, &["thutuc"]),
    known("van-ban", "văn bản", "documents", MANY, &["vanban"]),
    known("ban", "bản", "copies", MANY, &["ban", "banthoauoc", "thoauoc"]),
    known("suat", "suất", "grants", MANY, &["suat", "suatqua", "phanqua"]),
    known("don", "đơn", "petitions", MANY, &["don", "donthu", "donthukhieunai"]),
    known("vu", "vụ", "cases", MANY, &["vu", "vuviec"]),
    known("to-chuc", "tổ chức", "organisations", MANY, &["tochuc"]),
    known("to", "tổ", "groups", MANY, &["to", "tocongdoan"]),
    known("ho", "hộ", "households", MANY, &["ho", "hogiadinh"]),
    known("chau", "cháu", "children", MANY, &["chau", "em"]),
    known("giai", "giải", "prizes", MANY, &["giai"]),
    known("tin-bai", "tin, bài", "articles", MANY, &["tinbai", "bai", "baiviet"]),
    known("mo-hinh", "mô hình", "models", MANY, &["mohinh"]),
    known("tap-the", "tập thể", "collectives", MANY, &["tapthe"]),
    known("gio", "giờ", "hours", 100_000_000, &["gio"]),
    known("ngay-cong", "ngày công", "days of work", 100_000_000, &["ngaycong", "cong"]),
    Known { decimals: 2, ..known("m2", "m2", "m²", 100_000_000_000, &["m2", "metvuong"]) },
    Known { decimals: 2, ..known("km", "km", "km", 100_000_000, &["km"]) },
    Known { decimals: 2, ..known("kg", "kg", "kg", 100_000_000_000, &["kg"]) },
    Known { decimals: 3, ..known("tan", "tấn", "tonnes", 1_000_000_000, &["tan"]) },
    Known { decimals: 2, ..known("ha", "ha", "hectares", 1_000_000_000, &["ha", "hecta"]) },
    Known { decimals: 2, ..known("diem", "điểm", "points", 100_000, &["diem", "sodiem"]) },
];

/// Without a measure of its own.
const PLAIN: Known = known("so-luong", "số lượng", "number", 1_000_000_000, &["soluong"]);

/// The measures of the campaign, and those that the draft adds.
pub(crate) struct Measures {
    /// Folded label, its id.
    own: BTreeMap<String, String>,
    ids: Vec<String>,
    new: BTreeMap<String, NewMeasure>,
}

impl Measures {
    pub(crate) fn new(own: &[Measure]) -> Self {
        let mut labels = BTreeMap::new();
        for measure in own {
            labels.entry(key_of(&measure.label)).or_insert_with(|| measure.id.as_str().to_owned());
        }
        let ids = own.iter().map(|measure| measure.id.as_str().to_owned()).collect();
        Self { own: labels, ids, new: BTreeMap::new() }
    }

    /// Measures that the campaign has to learn, by id.
    pub(crate) fn learned(self) -> Vec<NewMeasure> {
        self.new.into_values().collect()
    }

    /// The measure that a text of a measures' column names; a new one when nobody knows it.
    pub(crate) fn named(&mut self, text: &str) -> Option<String> {
        let text = text.trim().trim_matches(['(', ')']).trim();
        if let Some(id) = self.find(text) {
            return Some(id);
        }
        let id = slug(text, '-');
        if id.is_empty() || text.chars().count() > 30 || !id.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        // An id of the campaign with another label means something else.
        let id = if self.ids.contains(&id) { format!("{id}-2") } else { id };
        self.learn(NewMeasure {
            id: id.clone(),
            label: text.to_owned(),
            label_en: text.to_owned(),
            decimals: 0,
            max: 1_000_000_000,
        });
        Some(id)
    }

    /// A measure that is known by this name; it is learned when the campaign lacks it.
    pub(crate) fn find(&mut self, text: &str) -> Option<String> {
        let key = key_of(text);
        if key.is_empty() {
            return None;
        }
        if let Some(id) = self.own.get(&key) {
            return Some(id.clone());
        }
        let known =
            KNOWN.iter().find(|it| key_of(it.label) == key || (it.others.contains(&key.as_str()) && key != "donvi"))?;
        Some(self.take(known))
    }

    /// The measure that the first words of a label count: `Số lớp bồi dưỡng`, `Tỷ lệ đoàn viên`.
    pub(crate) fn of_words(&mut self, label: &str) -> Option<String> {
        let label = crate::number::split(label).1;
        if label.contains('%') {
            return Some(self.take(&KNOWN[0]));
        }
        let words: Vec<String> =
            label.split(|c: char| !c.is_alphanumeric()).map(fold).filter(|word| !word.is_empty()).take(12).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let rest: &[&str] = match words.as_slice() {
            ["ty" | "ti", "le", ..] | ["phan", "tram", ..] => return Some(self.take(&KNOWN[0])),
            ["tong", "so", "tien", ..]
            | ["so", "tien", ..]
            | ["tong", "tien", ..]
            | ["kinh", "phi", ..]
            | ["gia", "tri", ..] => {
                return self.find("đồng");
            }
            ["tien", ..] | ["thu", "nhap", ..] | ["tong", "thu", ..] | ["tong", "chi", ..] | ["du", "toan", ..] => {
                return self.find("đồng");
            }
            ["thu" | "chi", _, ..] if label.chars().count() > 4 => return self.find("đồng"),
            ["trong", "do", rest @ ..] => rest,
            ["tong", "so", rest @ ..] | ["so", "luong", rest @ ..] | ["so", "luot", rest @ ..] if !rest.is_empty() => {
                if words[1] == "luot" {
                    return self.find("lượt người");
                }
                rest
            }
            ["so" | "tong", rest @ ..] => rest,
            other => other,
        };
        // The longest of the first words that is a measure: `cán bộ công đoàn` before `cán bộ`.
        let joined = |count: usize| rest[..count].concat();
        // `Tổ chức hội nghị`, `Giải quyết đơn`: a short word counts something only behind `Số`.
        let least = if rest.len() < words.len() { 2 } else { 5 };
        let found = (1..=rest.len().min(4)).rev().find_map(|count| {
            let key = joined(count);
            if let Some(id) = self.own.get(&key).filter(|_| key.len() >= least) {
                return Some(Ok(id.clone()));
            }
            let is_enough = key.len() >= least || ["cdcs", "ubkt"].contains(&key.as_str());
            let is_verb = key == "tochuc" && rest.len() == words.len();
            let is_it =
                |it: &&Known| is_enough && !is_verb && (it.others.contains(&key.as_str()) || key_of(it.label) == key);
            KNOWN.iter().find(is_it).map(Err)
        })?;
        Some(match found {
            Ok(id) => id,
            Err(known) => self.take(known),
        })
    }

    /// For lines of which nothing tells the measure.
    pub(crate) fn plain(&mut self) -> String {
        self.take(&PLAIN)
    }

    pub(crate) fn is_share(&self, id: &str) -> bool {
        let of_label = |(label, own): (&String, &String)| own == id && label == "%";
        id == "phan-tram" || self.own.iter().any(of_label)
    }

    fn take(&mut self, known: &Known) -> String {
        let spelled = std::iter::once(key_of(known.label)).chain(known.others.iter().map(|it| (*it).to_owned()));
        if let Some(id) = spelled.into_iter().find_map(|key| self.own.get(&key)) {
            return id.clone();
        }
        let id =
            if self.ids.iter().any(|own| own == known.id) { format!("{}-2", known.id) } else { known.id.to_owned() };
        self.learn(NewMeasure {
            id: id.clone(),
            label: known.label.to_owned(),
            label_en: known.en.to_owned(),
            decimals: known.decimals,
            max: known.max,
        });
        id
    }

    fn learn(&mut self, measure: NewMeasure) {
        self.new.entry(measure.id.clone()).or_insert(measure);
    }
}

/// A sign has no letters to fold.
fn key_of(label: &str) -> String {
    if label.trim() == "%" { "%".to_owned() } else { fold(label) }
}

/// What the last brackets of a label say, if it can be a measure: `Tổng số lao động (người)`.
pub(crate) fn in_brackets(label: &str) -> Option<&str> {
    let text = label.trim_end().trim_end_matches([':', '.', ' ']);
    let (_, inside) = text.strip_suffix(')')?.rsplit_once('(')?;
    Some(after_word(inside.trim()))
}

/// `ĐVT: triệu đồng` without its first words.
fn after_word(text: &str) -> &str {
    let Some((head, rest)) = text.split_once(':') else { return text };
    if ["dvt", "donvitinh", "donvi", "dvtinh"].contains(&fold(head).as_str()) { rest.trim() } else { text }
}

/// `Đơn vị tính: triệu đồng` in the head of a sheet.
pub(crate) fn of_sheet(text: &str) -> Option<&str> {
    let text = text.trim().trim_matches(['(', ')']);
    let (head, rest) = text.split_once(':')?;
    (["dvt", "donvitinh", "dvtinh"].contains(&fold(head).as_str()) && !rest.trim().is_empty()).then(|| rest.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_is_known_by_its_spellings_and_a_new_one_is_learned() {
        let mut measures = Measures::new(&[]);
        for (text, expected) in [
            ("người", Some("nguoi")),
            ("Tr. đồng", Some("trieu-dong")),
            ("1.000 đồng", Some("nghin-dong")),
            ("%", Some("phan-tram")),
            ("chiếc", Some("chiec")),
            ("…", None),
        ] {
            assert_eq!(measures.named(text).as_deref(), expected, "{text}");
        }
        let learned: Vec<String> = measures.learned().into_iter().map(|it| it.id).collect();
        assert_eq!(learned, ["chiec", "nghin-dong", "nguoi", "phan-tram", "trieu-dong"]);
    }

    #[test]
    fn the_first_words_of_a_label_say_what_it_counts() {
        let mut measures = Measures::new(&[]);
        for (label, expected) in [
            ("Số lớp bồi dưỡng nghiệp vụ", Some("lop")),
            ("Tổng số lao động", Some("nguoi")),
            ("- Trong đó: nữ", Some("nguoi")),
            ("Tỷ lệ đoàn viên được tuyên truyền", Some("phan-tram")),
            ("Số cuộc đối thoại", Some("cuoc")),
            ("Số CĐCS vững mạnh", Some("cdcs")),
            ("Số tiền tiết kiệm được", Some("dong")),
            ("Thu đoàn phí công đoàn", Some("dong")),
            ("Kết quả khác", None),
        ] {
            assert_eq!(measures.of_words(label).as_deref(), expected, "{label}");
        }
    }

    #[test]
    fn brackets_name_a_measure() {
        for (label, expected) in [
            ("Tổng số lao động (người)", Some("người")),
            ("Kinh phí (ĐVT: triệu đồng):", Some("triệu đồng")),
            ("Tổng số", None),
        ] {
            assert_eq!(in_brackets(label), expected, "{label}");
        }
        assert_eq!(of_sheet("(Đơn vị tính: triệu đồng)"), Some("triệu đồng"));
        assert_eq!(of_sheet("Đơn vị: CĐCS A"), None);
    }
}
