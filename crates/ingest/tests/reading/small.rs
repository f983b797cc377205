//! A small campaign: two grassroots unions below one superior, two forms, one list.

use std::sync::Arc;
use thidua_campaign::{Campaign, DefinitionFile, LoadError, from_files};

pub(crate) const CAMPAIGN: &str = r#"
id = "small"
year = 2014
title = { vi = "Thi đua", en = "Campaign" }
organisation = { vi = "LĐLĐ tỉnh", en = "Province" }
place = "Đắk Lắk"
source = "sample"
target_order = ["province"]

[files]
units = "units.csv"
indicators = "indicators.toml"
forms = ["mau-1.toml", "mau-2.toml"]

[[levels]]
id = "province"
title = { vi = "Tỉnh", en = "Province" }
basis = "children"
[[levels]]
id = "superior"
title = { vi = "Cấp trên", en = "Superior" }
basis = "own"
[[levels]]
id = "grassroots"
title = { vi = "Cơ sở", en = "Grassroots" }
basis = "own"

[[kinds]]
id = "tinh"
level = "province"
title = { vi = "Tỉnh", en = "Province" }
[[kinds]]
id = "huyen"
level = "superior"
title = { vi = "Huyện", en = "District" }
[[kinds]]
id = "cdcs"
level = "grassroots"
title = { vi = "CĐCS", en = "Grassroots" }

[[sectors]]
id = "hanh-chinh"
title = { vi = "Hành chính", en = "State agency" }
[[sectors]]
id = "su-nghiep"
title = { vi = "Sự nghiệp", en = "Public service" }

[[measures]]
id = "nguoi"
label = { vi = "người", en = "persons" }
max = 1_000_000
[[measures]]
id = "dong"
label = { vi = "đồng", en = "dong" }
max = 1_000_000_000_000
[[measures]]
id = "nha"
label = { vi = "nhà", en = "houses" }
max = 1_000
[[measures]]
id = "co-khong"
label = { vi = "có/không", en = "yes/no" }
max = 1
[[measures]]
id = "phan-tram"
label = { vi = "%", en = "%" }
decimals = 2
max = 1_000

[[documents]]
id = "ke-hoach"
title = { vi = "Kế hoạch", en = "Plan" }
has_form = false
[[documents]]
id = "bao-cao"
title = { vi = "Báo cáo", en = "Report" }

[[periods]]
id = "dot-1"
title = { vi = "Đợt 1", en = "Wave 1" }
from = 2014-01-15
to = 2014-06-30
as_of = 2014-05-31
as_of_label = "31/5"
is_judged = false
source = "sample"
deadlines = [
  { document = "ke-hoach", level = "grassroots", by = 2014-02-10, source = "sample" },
  { document = "bao-cao", level = "grassroots", by = 2014-06-05, source = "sample" },
  { document = "bao-cao", level = "superior", by = 2014-06-15, source = "sample" },
]
[[periods]]
id = "dot-2"
title = { vi = "Đợt 2", en = "Wave 2" }
from = 2014-07-01
to = 2014-12-31
as_of = 2014-11-30
as_of_label = "30/11"
is_judged = true
source = "sample"
deadlines = [
  { document = "bao-cao", level = "grassroots", by = 2014-12-05, source = "sample" },
  { document = "bao-cao", level = "superior", by = 2014-12-15, source = "sample" },
]

[[packages]]
id = "bao-cao-cdcs"
title = { vi = "Báo cáo của CĐCS", en = "Report" }
document = "bao-cao"
levels = ["grassroots"]
forms = ["mau-1"]
[[packages]]
id = "bao-cao-cap-tren"
title = { vi = "Báo cáo của cấp trên", en = "Report" }
document = "bao-cao"
levels = ["superior"]
forms = ["mau-2"]
"#;

pub(crate) const UNITS: &str = "\
code,name,kind,parent,sector,ownership,cluster,basis,members,followed_by,contact,valid_from,valid_to
tinh,LĐLĐ tỉnh,tinh,,,,,,,,,2010-01-01,
huyen-lak,LĐLĐ huyện Lắk,huyen,tinh,,,,,,,,2010-01-01,
cs-hoa-ban,CĐCS Trường THCS Hoa Ban,cdcs,huyen-lak,hanh-chinh,,,,40,,,2010-01-01,
cs-sao-mai,CĐCS Trường Tiểu học Sao Mai,cdcs,huyen-lak,hanh-chinh,,,,30,,,2014-07-01,
";

const INDICATORS: &str = r#"
[[indicators]]
id = "CT01"
title = { vi = "Nữ", en = "Women" }
numerator = "workers_female"
denominator = "workers"
shape = "share"
measure = "phan-tram"
target = { operator = "above", value = 10 }
levels = ["grassroots", "superior", "province"]
accumulation = "state"
periods = ["dot-1", "dot-2"]
is_part_of_whole = true
department = "sample"
source = "sample"
"#;

pub(crate) const MAU_1: &str = r#"
id = "mau-1"
version = "1"
valid_from = 2014-01-01
document = "bao-cao"
levels = ["grassroots"]
sheet = "Mẫu 1"
number = "Mẫu số 1-HĐCĐ"
used_by = "(Dùng cho công đoàn cơ sở)"
title = { vi = "BÁO CÁO HOẠT ĐỘNG CÔNG ĐOÀN CƠ SỞ", en = "Report" }
heading = "A- SỐ LIỆU"
source = "sample"

[[sections]]
title = "I. Tình hình lao động"
lines = [
  { tt = "1", field = "workers", label = "Tổng số lao động", measure = "nguoi", required = true },
  { tt = "2", field = "workers_female", label = "- Trong đó: nữ", measure = "nguoi", shown = "" },
  { tt = "3", field = "wage", label = "Tiền lương bình quân tháng", measure = "dong", weight = "wage_people" },
  { field = "wage_people", label = "+ Số người được tính", measure = "nguoi" },
  { tt = "4", field = "share", label = "+ Tỷ lệ nữ", measure = "phan-tram", recomputed = { part = "workers_female", whole = "workers" } },
]

[[sections]]
title = "II. Hoạt động"
lines = [
  { tt = "5", field = "fund", label = "Có quỹ Đoàn kết tương trợ", kind = "flag", measure = "co-khong" },
  { tt = "6", field = "own_class", label = "Xếp loại UBKT", kind = "choice", choices = [["tot", "Tốt"], ["kha", "Khá"]] },
  { tt = "7", field = "held_on", label = "Ngày tổ chức hội nghị", kind = "date" },
  { tt = "8", field = "houses", label = "Số nhà Mái ấm", measure = "nha", required = true },
  { tt = "9", field = "remarks", label = "Khó khăn, kiến nghị", kind = "text" },
]

[[lists]]
id = "houses"
table = "houses"
sheet = "Mái ấm"
title = { vi = "DANH SÁCH NHÀ MÁI ẤM", en = "Houses" }
source = "sample"
columns = [
  { id = "name", label = "Người được hỗ trợ", required = true },
  { id = "house_kind", label = "Hình thức", kind = "choice", required = true, choices = [["xay-moi", "Xây mới"], ["sua-chua", "Sửa chữa"]] },
  { id = "planned_on", label = "Dự kiến", kind = "date" },
  { id = "handed_over_on", label = "Ngày bàn giao", kind = "date" },
  { id = "home", label = "Đơn vị", is_unit = true },
]
flags = [{ id = "early", title = { vi = "Sớm", en = "Early" }, when = "handed_over_on < planned_on" }]
counts = [{ field = "houses", when = "house_kind = 'xay-moi'" }]

[[rules]]
id = "female-of-workers"
left = "workers_female"
operator = "at-most"
right = "workers"
is_part_of_whole = true
at = "workers_female"
title = { vi = "Nữ không lớn hơn tổng số", en = "Women at most all" }
source = "sample"
"#;

const MAU_2: &str = r#"
id = "mau-2"
version = "1"
valid_from = 2014-01-01
document = "bao-cao"
levels = ["superior"]
sheet = "Mẫu 2"
number = "Mẫu số 2-HĐCĐ"
used_by = "(Dùng cho công đoàn cấp trên)"
title = { vi = "BÁO CÁO TỔNG HỢP", en = "Report" }
heading = "A- SỐ LIỆU"
source = "sample"

[[sections]]
title = "I. Tình hình lao động"
lines = [
  { tt = "1.", field = "workers", label = "Tổng số lao động", measure = "nguoi" },
  { tt = "2.", field = "fund", label = "Số CĐCS có quỹ Đoàn kết tương trợ", kind = "flag", measure = "co-khong" },
]
"#;

/// Form 2 with the official classes that a superior union gives.
const CLASSES: &str = r#"
[[sections]]
title = "II. Xếp loại"
lines = [
  { tt = "3.", field = "class_good", label = "Số CĐCS vững mạnh", measure = "nha" },
  { tt = "4.", field = "class_weak", label = "Số CĐCS yếu", measure = "nha" },
]

[[lists]]
id = "classes"
table = "classes"
sheet = "Xếp loại"
title = { vi = "DANH SÁCH XẾP LOẠI", en = "Classes" }
levels = ["superior"]
source = "sample"
columns = [
  { id = "unit", label = "Công đoàn cơ sở", is_unit = true, required = true },
  { id = "class", label = "Xếp loại", kind = "choice", required = true, choices = [["good", "Vững mạnh"], ["weak", "Yếu"]] },
]
official_class = { unit = "unit", class = "class" }
counts = [
  { field = "class_good", when = "class = 'good'", of = "unit" },
  { field = "class_weak", when = "class = 'weak'", of = "unit" },
]
"#;

pub(crate) fn campaign() -> Campaign {
    with_form_2(MAU_2)
}

pub(crate) fn campaign_with_classes() -> Campaign {
    with_form_2(&format!("{MAU_2}{CLASSES}"))
}

/// With more rules on form 1, and more grassroots units `cs-1`, `cs-2`, … of one sector.
pub(crate) fn campaign_with_rules(rules: &str, units: usize) -> Campaign {
    let mut register = UNITS.to_owned();
    for unit in 1..=units {
        register += &format!("cs-{unit},CĐCS Xã Số {unit},cdcs,huyen-lak,su-nghiep,,,,30,,,2010-01-01,\n");
    }
    campaign_with(&[("units.csv", &register), ("mau-1.toml", &format!("{MAU_1}{rules}"))])
}

fn with_form_2(form_2: &str) -> Campaign {
    campaign_with(&[("mau-2.toml", form_2)])
}

/// The small campaign with files replaced or added.
pub(crate) fn campaign_with(changes: &[(&str, &str)]) -> Campaign {
    let mut files = vec![
        ("campaign.toml", CAMPAIGN),
        ("units.csv", UNITS),
        ("indicators.toml", INDICATORS),
        ("mau-1.toml", MAU_1),
        ("mau-2.toml", MAU_2),
    ];
    for change in changes {
        match files.iter_mut().find(|(name, _)| *name == change.0) {
            Some(file) => *file = *change,
            None => files.push(*change),
        }
    }
    let files = files.into_iter().map(|(name, text)| DefinitionFile {
        name: name.into(),
        digest: "".into(),
        bytes: Arc::from(text.as_bytes()),
    });
    match from_files(files.collect()) {
        Ok(campaign) => campaign,
        Err(LoadError::Invalid { issues }) => {
            panic!("{}", issues.iter().map(|issue| format!("{issue}\n")).collect::<String>())
        }
        Err(other) => panic!("{other}"),
    }
}
