//! The definition of the small campaign, as its office would write it.

use std::sync::LazyLock;
use thidua_campaign::{Campaign, DefinitionFile, LoadError, from_files};

const CAMPAIGN: &str = r#"
id = "thu"
year = 2014
title = { vi = "Phong trào thử", en = "Trial campaign" }
organisation = { vi = "LĐLĐ tỉnh", en = "Province" }
place = "Đắk Lắk"
source = "sample"
target_order = ["assigned", "registered", "province"]

[files]
units = "units.csv"
indicators = "indicators.toml"
scoring = "scoring.toml"
forms = ["dang-ky.toml", "mau-1.toml"]

[[levels]]
id = "province"
title = { vi = "Tỉnh", en = "Province" }
basis = "children"
[[levels]]
id = "superior"
title = { vi = "Cấp trên cơ sở", en = "Superior" }
basis = "children"
[[levels]]
id = "grassroots"
title = { vi = "Cơ sở", en = "Grassroots" }
basis = "own"

[[kinds]]
id = "tinh"
level = "province"
title = { vi = "LĐLĐ tỉnh", en = "Provincial federation" }
[[kinds]]
id = "huyen"
level = "superior"
title = { vi = "LĐLĐ huyện", en = "District federation" }
[[kinds]]
id = "cdcs"
level = "grassroots"
title = { vi = "Công đoàn cơ sở", en = "Grassroots union" }

[[sectors]]
id = "hanh-chinh"
title = { vi = "Hành chính", en = "State agency" }

[[measures]]
id = "nguoi"
label = { vi = "người", en = "persons" }
max = 1_000_000
[[measures]]
id = "dong"
label = { vi = "đồng", en = "dong" }
max = 1_000_000_000
[[measures]]
id = "ban"
label = { vi = "bản", en = "documents" }
max = 1_000
[[measures]]
id = "phan-tram"
label = { vi = "%", en = "%" }
decimals = 2
max = 1_000

[[documents]]
id = "dang-ky"
title = { vi = "Đăng ký", en = "Registration" }
[[documents]]
id = "bao-cao"
title = { vi = "Báo cáo", en = "Report" }

[[periods]]
id = "dang-ky"
title = { vi = "Đăng ký đầu năm", en = "Registration" }
from = 2014-01-01
to = 2014-02-28
as_of = 2014-02-28
is_judged = false
source = "sample"
deadlines = [{ document = "dang-ky", level = "grassroots", by = 2014-03-10, source = "sample" }]
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
  { document = "bao-cao", level = "superior", by = 2014-12-05, source = "sample" },
]

[[clusters]]
id = "cum-1"
title = { vi = "Cụm I", en = "Cluster I" }

[[derived]]
field = "due"
label = "Phải báo cáo"
measure = "ban"
from = "register"
levels = ["grassroots"]
[[derived]]
field = "on_time"
label = "Báo cáo đúng hạn"
measure = "ban"
from = "on-time"
document = "bao-cao"
levels = ["grassroots"]

[[packages]]
id = "bao-cao"
title = { vi = "Báo cáo", en = "Report" }
document = "bao-cao"
levels = ["superior", "grassroots"]
forms = ["mau-1"]
[[packages]]
id = "dang-ky"
title = { vi = "Đăng ký", en = "Registration" }
document = "dang-ky"
levels = ["superior", "grassroots"]
forms = ["dang-ky-thi-dua"]
"#;

const UNITS: &str = "\
code,name,kind,parent,sector,ownership,cluster,basis,members,followed_by,contact,valid_from,valid_to
P,LĐLĐ tỉnh,tinh,,,,,,,,,2014-01-01,
S1,LĐLĐ huyện Một,huyen,P,,,cum-1,,,Đ/c Hòa,,2014-01-01,
S2,Công đoàn ngành Hai,huyen,P,,,cum-1,own,,Đ/c Hòa,,2014-01-01,
G1,CĐCS Một,cdcs,S1,hanh-chinh,,,,100,Đ/c Hòa,,2014-01-01,
G2,CĐCS Hai,cdcs,S1,hanh-chinh,,,,100,,,2014-01-01,
G3,CĐCS Ba,cdcs,S1,hanh-chinh,,,,100,,,2014-01-01,
";

const INDICATORS: &str = r#"
[[indicators]]
id = "CT01"
title = { vi = "CNVCLĐ được tuyên truyền", en = "Workers reached" }
numerator = "reached"
denominator = "workers"
shape = "share"
measure = "phan-tram"
decimals = 1
target = { operator = "above", value = 90 }
levels = ["province", "superior", "grassroots"]
accumulation = "cumulative"
periods = ["dot-2"]
is_part_of_whole = true
registered_in = "target_ct01"
department = "Ban Tuyên giáo"
source = "Mục II.1"

[[indicators]]
id = "PT4"
title = { vi = "Báo cáo đúng hạn", en = "Reports on time" }
numerator = "on_time"
denominator = "due"
shape = "share"
measure = "phan-tram"
decimals = 1
target = { operator = "exactly", value = 100 }
levels = ["grassroots"]
accumulation = "state"
periods = ["dot-2"]
is_part_of_whole = true
department = "Văn phòng"
source = "Mục VI"

[[indicators]]
id = "PT5"
title = { vi = "Công trình thi đua", en = "Works" }
numerator = "works_registered"
shape = "value"
measure = "nguoi"
target = { operator = "at-least", value = 1 }
levels = ["grassroots"]
accumulation = "cumulative"
periods = ["dot-2"]
department = "Văn phòng"
source = "Mục VI"
"#;

const REGISTRATION: &str = r#"
id = "dang-ky-thi-dua"
version = "2014"
valid_from = 2014-01-01
document = "dang-ky"
levels = ["superior", "grassroots"]
sheet = "Đăng ký"
number = "Mẫu đăng ký"
used_by = ""
title = { vi = "ĐĂNG KÝ THI ĐUA", en = "Registration" }
heading = "A- NỘI DUNG"
source = "sample"

[[sections]]
title = "I. Đăng ký"
lines = [
  { field = "target_ct01", label = "Chỉ tiêu tuyên truyền", measure = "phan-tram", rollup = "none" },
  { field = "plan_sent_on", label = "Kế hoạch gửi ngày", kind = "date" },
]
"#;

const REPORT: &str = r#"
id = "mau-1"
version = "2014"
valid_from = 2014-01-01
document = "bao-cao"
levels = ["superior", "grassroots"]
sheet = "Mẫu 1"
number = "Mẫu số 1"
used_by = ""
title = { vi = "BÁO CÁO", en = "Report" }
heading = "A- SỐ LIỆU"
source = "sample"

[[sections]]
title = "I. Số liệu"
lines = [
  { tt = "1", field = "workers", label = "Tổng số lao động", measure = "nguoi" },
  { tt = "2", field = "reached", label = "- Được tuyên truyền", measure = "nguoi" },
  { tt = "3", field = "works_registered", label = "Công trình", measure = "nguoi" },
  { tt = "4", field = "difficulties", label = "Khó khăn", kind = "text" },
]

[[lists]]
id = "works"
table = "works"
sheet = "Công trình"
title = { vi = "Công trình", en = "Works" }
source = "sample"
columns = [
  { id = "name", label = "Tên công trình", required = true },
  { id = "unit", label = "Đơn vị thực hiện" },
  { id = "planned_on", label = "Dự kiến", kind = "date" },
  { id = "finished_on", label = "Hoàn thành", kind = "date" },
  { id = "value", label = "Giá trị", kind = "number", measure = "dong" },
]
flags = [{ id = "early", title = { vi = "Sớm", en = "Early" }, when = "finished_on < planned_on" }]
counts = [{ field = "works_registered", when = "name is not null and unit is null" }]

[[lists]]
id = "awards"
table = "awards"
sheet = "Khen thưởng"
title = { vi = "Khen thưởng", en = "Awards" }
source = "sample"
columns = [{ id = "name", label = "Họ tên" }]
"#;

const SCORING: &str = r#"
[ranking]
must_have = ["dang-ky"]
source = "sample"
note = { vi = "Bằng điểm thì đồng hạng.", en = "A tie is shown." }

[[tables]]
id = "cum"
usage = "competition"
title = { vi = "Thi đua cụm", en = "Competition" }
levels = ["superior"]
periods = ["dot-2"]
total = 100
missing = "zero"
not_applicable = "redistribute"
source = "sample"

[[tables.criteria]]
id = "A1"
title = { vi = "Tuyên truyền", en = "Information" }
points = 100
proportional = "CT01"
source = "sample"
"#;

/// Loaded once: every test asks for it.
static LOADED: LazyLock<Campaign> = LazyLock::new(load);

pub(crate) fn campaign() -> Campaign {
    LOADED.clone()
}

fn load() -> Campaign {
    let files = [
        ("campaign.toml", CAMPAIGN),
        ("units.csv", UNITS),
        ("indicators.toml", INDICATORS),
        ("scoring.toml", SCORING),
        ("dang-ky.toml", REGISTRATION),
        ("mau-1.toml", REPORT),
    ];
    let file = |(name, text): (&str, &str)| DefinitionFile {
        name: name.into(),
        digest: "".into(),
        bytes: text.as_bytes().into(),
    };
    match from_files(files.map(file).into()) {
        Ok(campaign) => campaign,
        Err(LoadError::Invalid { issues }) => {
            panic!("{}", issues.iter().map(|issue| format!("{issue}\n")).collect::<String>())
        }
        Err(other) => panic!("{other}"),
    }
}
