//! The one catalogue of messages: code, severity, and what is said in Vietnamese and English.
//!
//! Letters follow the layer: `D` definition, `F` file or sheet, `V` value, `R` relation between
//! values, `C` computing. A code never changes its meaning; a kind that goes away leaves its code
//! in [`RETIRED`]. A new kind needs its page (`pages`); what stands in the cell is its part `found`.

use super::phrase::{Said, Words};
use super::{
    CorrectionProblem, Disagreement, Expected, FileDamage, FileFix, FileGuess, FileLimit, FormulaProblem, IdleRule,
    Lang, LegacyEncoding, Measured, MethodProblem, PeerGroup, ReaderEnd, ReceiptProblem, RuleFix, RuleProblem,
    RuleSide, Severity, SyntaxProblem, Testimony, Thing, UnitRole,
};
use crate::{Date, Text};

/// Codes that were released once and are no longer given.
#[cfg_attr(not(test), expect(dead_code, reason = "read by the test that keeps codes unique"))]
pub(super) const RETIRED: &[&str] = &[];

/// A line of the catalogue: what is said of every issue with this code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub code: &'static str,
    pub severity: Severity,
    /// Names of the parts that stand in the texts as `{name}`.
    pub parts: &'static [&'static str],
    pub message_vi: &'static str,
    pub message_en: &'static str,
    pub fix_vi: &'static str,
    pub fix_en: &'static str,
}

macro_rules! catalogue {
    ($($code:literal $severity:ident $name:ident { $($field:ident: $type:ty),* }
        vi $vi:literal => $fix_vi:literal
        en $en:literal => $fix_en:literal)*) => {
        /// Every kind of issue; the fields stay typed until the sentence is made.
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub enum IssueKind {
            $(
                #[doc = concat!($code, ": ", $en)]
                $name { $($field: $type),* },
            )*
        }

        impl IssueKind {
            /// Every code, in the order of the catalogue.
            pub const CODES: &'static [&'static str] = &[$($code),*];

            /// Every line of the catalogue, as it is written there.
            pub const ENTRIES: &'static [Entry] = &[$(Entry {
                code: $code,
                severity: Severity::$severity,
                parts: &[$(stringify!($field)),*],
                message_vi: $vi,
                message_en: $en,
                fix_vi: $fix_vi,
                fix_en: $fix_en,
            }),*];

            /// The typed parts of the message by name, in the words of one language.
            pub fn parts(&self, lang: Lang) -> Vec<(&'static str, String)> {
                match self { $(Self::$name { $($field),* } => vec![
                    $((stringify!($field), $field.said(lang).into_owned())),*
                ],)* }
            }

            /// The part `found`, for a caller that knows better what stands in the cell.
            #[allow(unused_variables)]
            pub(super) fn found_text_mut(&mut self) -> Option<&mut Text> {
                match self { $(Self::$name { $($field),* } => {
                    $(if stringify!($field) == "found" && let Some(text) = $field.as_text_mut() {
                        return Some(text);
                    })*
                    None
                })* }
            }

            /// The public name: printed, stored in releases, served to analysts.
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$name { .. } => $code,)* }
            }

            pub const fn severity(&self) -> Severity {
                match self { $(Self::$name { .. } => Severity::$severity,)* }
            }

            /// What is wrong.
            #[allow(unused_variables)]
            pub fn message(&self, lang: Lang) -> String {
                match self { $(Self::$name { $($field),* } => {
                    $(let $field = $field.said(lang);)*
                    match lang {
                        Lang::Vi => format!($vi),
                        Lang::En => format!($en),
                    }
                })* }
            }

            /// How to mend it.
            #[allow(unused_variables)]
            pub fn fix(&self, lang: Lang) -> String {
                match self { $(Self::$name { $($field),* } => {
                    $(let $field = $field.said(lang);)*
                    match lang {
                        Lang::Vi => format!($fix_vi),
                        Lang::En => format!($fix_en),
                    }
                })* }
            }
        }
    };
}

catalogue! {
    // D: the definition
    "D001" Error DefinitionFileMissing {}
        vi "thiếu tệp của định nghĩa" => "đặt tệp vào thư mục phong trào, hoặc sửa tên trong campaign.toml"
        en "a file of the definition is missing" => "put the file into the campaign folder, or mend its name in campaign.toml"
    "D002" Error DefinitionSyntax { problem: SyntaxProblem }
        vi "không đọc được: {problem}" => "sửa cú pháp tại dòng này"
        en "cannot be read: {problem}" => "mend the syntax at this line"
    "D003" Error UnknownName { what: Thing, name: Text, near: Text }
        vi "{what} “{name}” chưa được khai báo" => "khai báo tên này hoặc sửa chính tả (gần nhất: {near})"
        en "{what} \"{name}\" is not declared" => "declare the name or mend its spelling (nearest: {near})"
    "D004" Error DeclaredTwice { what: Thing, name: Text }
        vi "{what} “{name}” được khai báo hai lần" => "xóa hoặc đổi tên một trong hai"
        en "{what} \"{name}\" is declared twice" => "remove or rename one of the two"
    "D005" Error BadFormula { formula: Text, problem: FormulaProblem }
        vi "biểu thức “{formula}” không hợp lệ: {problem}" => "sửa biểu thức; chỉ dùng mã trường, số nguyên và các phép được phép"
        en "formula \"{formula}\" is not valid: {problem}" => "mend the formula; use field ids, integers and the allowed operations only"
    "D006" Error BadValue { found: Text, expected: Expected }
        vi "giá trị “{found}” không hợp lệ; cần {expected}" => "sửa giá trị"
        en "value \"{found}\" is not valid; expected {expected}" => "mend the value"
    "D007" Error DanglingUnit { unit: Text, what: UnitRole }
        vi "đơn vị “{unit}” ({what}) không có trong danh bạ tại thời điểm này" => "thêm đơn vị vào units.xlsx hoặc sửa mã, ngày hiệu lực"
        en "unit \"{unit}\" ({what}) is not in the register at that time" => "add the unit to units.xlsx, or mend its code or dates"
    "D008" Error Cycle { path: Text }
        vi "quan hệ vòng tròn: {path}" => "sửa cấp trên (cha) để không quay lại chính nó"
        en "circular relation: {path}" => "mend the parents so that none leads back to itself"
    "D009" Error SpansOverlap { unit: Text }
        vi "đơn vị “{unit}” có hai dòng hiệu lực chồng nhau" => "sửa valid_from, valid_to"
        en "unit \"{unit}\" has two rows whose dates overlap" => "mend valid_from and valid_to"
    "D010" Error PointsDoNotAddUp { found: Text, expected: Text }
        vi "tổng điểm {found} khác {expected}" => "sửa điểm các tiêu chí con hoặc điểm của bảng"
        en "points add up to {found}, not {expected}" => "mend the points of the criteria or of the table"
    "D011" Error AskedTwice { field: Text, forms: Text }
        vi "trường “{field}” được hỏi hai lần cho cùng một cấp và kỳ: {forms}" => "bỏ ở một biểu hoặc giới hạn cấp"
        en "field \"{field}\" is asked twice of one level and period: {forms}" => "remove it from one form, or restrict levels"
    "D012" Error FieldsDisagree { field: Text, problem: Disagreement }
        vi "trường “{field}” khai báo không thống nhất: {problem}" => "dùng cùng một kiểu và đơn vị tính ở mọi biểu"
        en "field \"{field}\" is declared in different ways: {problem}" => "use one kind and one measure in every form"
    "D013" Error MethodNotAllowed { method: Text, why: MethodProblem }
        vi "không được dùng phương pháp “{method}” ở đây: {why}" => "chọn phương pháp khác"
        en "method \"{method}\" is not allowed here: {why}" => "choose another method"
    "D014" Warning KindUnused { kind: Text }
        vi "không có đơn vị nào thuộc loại “{kind}”" => "kiểm tra cột kind trong danh bạ, hoặc bỏ loại đơn vị này"
        en "no unit is of kind \"{kind}\"" => "check the column kind of the register, or remove the kind"
    "D015" Warning ClusterEmpty { cluster: Text }
        vi "không có đơn vị nào trong cụm “{cluster}”" => "kiểm tra cột cluster trong danh bạ, hoặc bỏ cụm này"
        en "no unit is in cluster \"{cluster}\"" => "check the column cluster of the register, or remove the cluster"
    "D016" Warning DueWithoutForm { document: Text, level: Text, as_of: Date }
        vi "cấp {level} có hạn nộp “{document}” nhưng không có biểu nào cho cấp này vào ngày {as_of}; đơn vị sẽ bị coi là chưa nộp" => "thêm cấp này vào một biểu, sửa ngày hiệu lực của biểu, hoặc bỏ hạn nộp"
        en "level {level} owes \"{document}\", and no form of it is for this level on {as_of}; its units would count as missing" => "add the level to a form, mend the form's dates, or remove the deadline"
    "D017" Error RuleRetired { rule: Text }
        vi "mã quy tắc “{rule}” đã ngừng dùng" => "đặt mã mới; mã đã ngừng không được dùng lại"
        en "the rule id \"{rule}\" is retired" => "choose a new id; a retired one is never used again"
    "D018" Error RuleMalformed { rule: Text, problem: RuleProblem }
        vi "quy tắc “{rule}” không dùng được: {problem}" => "sửa quy tắc"
        en "rule \"{rule}\" cannot be used: {problem}" => "mend the rule"
    "D019" Warning RuleIdle { rule: Text, why: IdleRule }
        vi "quy tắc “{rule}” không bao giờ xét được: {why}" => "sửa biểu thức hoặc levels của quy tắc, hoặc bỏ quy tắc"
        en "rule \"{rule}\" can never be decided: {why}" => "mend its formulas or levels, or remove the rule"
    "D020" Warning MeasuresCompared { rule: Text, left: Text, right: Text }
        vi "quy tắc “{rule}” so sánh {left} với {right}" => "kiểm tra hai vế; chỉ so sánh số cùng đơn vị tính"
        en "rule \"{rule}\" compares {left} with {right}" => "check its sides; compare values of one measure only"

    // F: file and sheet
    "F001" Error NotASpreadsheet { found: FileGuess, fix: FileFix }
        vi "tệp không phải bảng tính ({found})" => "{fix}"
        en "the file is not a spreadsheet ({found})" => "{fix}"
    "F002" Error SheetMissing { expected: Text }
        vi "không tìm thấy trang nào của biểu mẫu ({expected})" => "dùng biểu mẫu do cấp trên gửi; giữ nguyên tiêu đề và các dòng nội dung"
        en "no sheet of a known form was found ({expected})" => "use the form that was sent out; keep its title and lines"
    "F003" Error FileDamaged { problem: FileDamage }
        vi "tệp hỏng hoặc bị cắt ngang: {problem}" => "mở lại tệp gốc, lưu và gửi lại"
        en "the file is damaged or cut short: {problem}" => "open the original, save it and send it again"
    "F004" Error FileEncrypted {}
        vi "tệp có mật khẩu mở" => "bỏ mật khẩu mở tệp rồi gửi lại"
        en "the file is encrypted with a password" => "remove the password and send again"
    "F005" Error LimitExceeded { limit: FileLimit, found: u64, allowed: u64 }
        vi "vượt giới hạn {limit}: {found}, cho phép {allowed}" => "gửi đúng biểu mẫu, bỏ các trang và vùng thừa"
        en "limit exceeded, {limit}: {found}, allowed {allowed}" => "send the form alone, without extra sheets and areas"
    "F006" Error UnknownUnit { found: Text, near: Text }
        vi "không nhận ra đơn vị “{found}”" => "ghi đúng tên hoặc mã đơn vị (gần nhất: {near})"
        en "unit \"{found}\" is not known" => "write the unit's name or code as in the register (nearest: {near})"
    "F007" Error UnknownPeriod { found: Text }
        vi "không xác định được kỳ báo cáo ({found})" => "đánh dấu một trong hai ngày ở dòng “Số liệu tính đến ngày”"
        en "the period cannot be told ({found})" => "mark one of the two dates in the line \"Số liệu tính đến ngày\""
    "F008" Warning NamesDisagree { header: Text, identity: Text, used: Text }
        vi "tên đơn vị trên biểu “{header}” khác với danh tính của tệp “{identity}”; dùng {used}" => "ghi đúng tên đơn vị báo cáo"
        en "the name in the header \"{header}\" differs from the file's identity \"{identity}\"; {used} is used" => "write the right name of the reporting unit"
    "F009" Error ContestedVersions { files: Text }
        vi "nhiều tệp khác nhau cho cùng đơn vị, biểu và kỳ, không có giờ nhận: {files}" => "ghi giờ nhận vào received.csv, hoặc bỏ tệp không dùng"
        en "differing files for one unit, form and period, without receipt times: {files}" => "enter the receipt times in received.csv, or remove the file that does not count"
    "F010" Warning Superseded { by: Text }
        vi "đã được thay bằng bản gửi sau: {by}" => "không cần làm gì; bản mới nhất được dùng"
        en "replaced by a later version: {by}" => "nothing to do; the latest version is used"
    "F011" Error BadReceipt { problem: ReceiptProblem }
        vi "dòng trong sổ nhận không hợp lệ: {problem}" => "sửa dòng này trong received.csv"
        en "a line of the receipts is not valid: {problem}" => "mend this line of received.csv"
    "F012" Warning SheetUnused { cells: u32 }
        vi "trang này không thuộc biểu mẫu nào ({cells} ô), không được đọc" => "bỏ trang thừa, hoặc dùng đúng biểu mẫu"
        en "this sheet belongs to no form ({cells} cells) and was not read" => "remove the sheet, or use the right form"
    "F013" Error NotExpectedOfUnit { form: Text, unit: Text }
        vi "đơn vị {unit} không dùng biểu {form}" => "dùng biểu mẫu dành cho cấp của đơn vị"
        en "unit {unit} does not use form {form}" => "use the form for the unit's level"
    "F014" Warning FileMissing { file: Text }
        vi "sổ nhận có ghi tệp “{file}” nhưng không thấy tệp" => "chép tệp vào thư mục nhận, hoặc sửa sổ nhận"
        en "the receipts name the file \"{file}\", which is not there" => "copy the file into the inbox, or mend the receipts"
    "F015" Error UnitNotActive { unit: Text, date: Text }
        vi "đơn vị {unit} không hoạt động tại ngày {date}" => "kiểm tra ngày hiệu lực trong danh bạ"
        en "unit {unit} is not active on {date}" => "check its dates in the register"

    "F016" Warning PeriodsDisagree { header: Text, identity: Text, used: Text }
        vi "kỳ ghi trên biểu “{header}” khác với “{identity}”; dùng {used}" => "đánh dấu đúng ngày ở dòng “Số liệu tính đến ngày”; để tệp đúng thư mục của kỳ"
        en "the period in the header \"{header}\" differs from \"{identity}\"; {used} is used" => "mark the right date in the line \"Số liệu tính đến ngày\", and put the file into the folder of its period"
    "F017" Warning SavedAsOther { format: Text }
        vi "tệp không phải tệp Excel thường dùng mà là {format}; vẫn đọc được" => "lần sau mở bằng Excel hoặc LibreOffice, chọn Lưu thành .xlsx rồi gửi"
        en "the file is no usual workbook but {format}; it was read all the same" => "next time open it in Excel or LibreOffice, save it as .xlsx and send that"
    "F018" Warning CellTwice {}
        vi "trong tệp có hai ô cùng địa chỉ này; chỉ dùng ô đứng trước" => "mở tệp bằng Excel, kiểm tra ô này, lưu lại rồi gửi"
        en "the file holds two cells of this address; the first one is used" => "open the file in Excel, check the cell, save and send again"
    "F019" Error BadAddress { found: Text }
        vi "trang có một ô với địa chỉ không đọc được “{found}”; ô đó không được đọc" => "mở tệp bằng Excel, kiểm tra số liệu của trang, lưu lại rồi gửi"
        en "the sheet holds a cell whose address \"{found}\" cannot be read; that cell was not read" => "open the file in Excel, check the sheet, save and send again"
    "F020" Error FileStoppedReader { how: ReaderEnd }
        vi "không đọc được tệp này: {how}; các tệp khác không bị ảnh hưởng" => "mở tệp bằng Excel hoặc LibreOffice, lưu thành tệp .xlsx mới rồi gửi lại"
        en "this file cannot be read: {how}; other files are not affected" => "open it in Excel or LibreOffice, save it as a new .xlsx and send that"
    "F030" Error ListOfNobody { list_title: Text, units: Text }
        vi "không rõ danh sách “{list_title}” của đơn vị nào trong tệp này ({units}); danh sách không được đọc" => "ghi “Đơn vị báo cáo :” ở đầu danh sách, hoặc gửi mỗi đơn vị một tệp"
        en "nothing tells which unit of this workbook the list \"{list_title}\" belongs to ({units}); it was not read" => "write \"Đơn vị báo cáo :\" at the head of the list, or send one workbook for each unit"
    "F031" Warning FormVersionNotValid { form: Text, found: Text, date: Text, valid: Text }
        vi "{form} lập theo mẫu “{found}”, mẫu này không có hiệu lực vào ngày {date}; số liệu được đọc theo các dòng của mẫu đó" => "dùng mẫu có hiệu lực ({valid}); chỉ tiêu chỉ có ở mẫu có hiệu lực còn thiếu"
        en "{form} follows version \"{found}\", which is not valid on {date}; it is read by the lines of that version" => "use the version that is valid ({valid}); what only that one asks for is missing"
    "F032" Warning MergedOverInputs { cells: Text, used: Text }
        vi "các ô {cells} bị gộp qua nhiều hàng hoặc cột nhập; chỉ ô {used} được đọc" => "bỏ gộp ô, nhập riêng từng ô"
        en "the cells {cells} are merged over several rows or columns to fill in; only {used} was read" => "unmerge them and fill in each cell"
    "F033" Warning SuperiorDisagrees { written: Text, unit: Text, register: Text, date: Text }
        vi "công đoàn cấp trên ghi “{written}”, danh bạ vào ngày {date} ghi {register} ({unit})" => "ghi đúng công đoàn cấp trên; nếu đơn vị đã chuyển, sửa danh bạ đơn vị"
        en "the superior union is written \"{written}\"; on {date} the register has {register} above {unit}" => "write the right superior; if the unit has moved, mend the register"
    "F034" Error WrongYear { found: Text, year: Text }
        vi "biểu ghi “{found}”, không thuộc năm {year}; không đọc" => "nếu là số liệu năm {year}, sửa năm trên biểu rồi gửi lại; nếu không, gửi biểu đúng năm"
        en "the form says \"{found}\", which is not of {year}; it was not read" => "if the figures are of {year}, mend the year and send again; if not, send the right form"
    "F035" Error UnitNotAgreed { said: Testimony }
        vi "không rõ biểu của đơn vị nào: {said}; không đọc" => "ghi đúng tên đơn vị ở đầu biểu rồi gửi lại, tốt nhất điền vào biểu tải cho chính đơn vị; đặt tên tệp và ghi sổ nhận cho khớp"
        en "nothing settles whose form this is: {said}; it was not read" => "write the right unit at the head of the form and send again, best in the form made for that very unit; let file name and receipts agree"
    "F036" Warning ListByPosition { unit: Text, sheet: Text }
        vi "danh sách không ghi đơn vị; hiểu là của {unit} vì đứng ngay sau trang “{sheet}”" => "ghi “Đơn vị báo cáo :” ở đầu danh sách"
        en "the list names no unit; taken as {unit}'s, since it stands right after the sheet \"{sheet}\"" => "write \"Đơn vị báo cáo :\" at the head of the list"
    "F037" Error SeveralUnitsOnSheet { units: Text }
        vi "một trang có biểu của nhiều đơn vị ({units}); không đọc" => "mỗi đơn vị một trang hoặc một tệp"
        en "one sheet holds the forms of several units ({units}); it was not read" => "give each unit a sheet or a workbook of its own"
    "F038" Warning RowUnclear { found: Text }
        vi "hàng chỉ có “{found}”, không rõ là một dòng của danh sách hay tiêu đề; không đọc" => "ghi số thứ tự ở cột TT và điền đủ các cột, hoặc bỏ hàng này"
        en "this row holds \"{found}\" alone: an entry or a heading? it was not read" => "number it in the column TT and fill in its columns, or remove the row"
    "F039" Error PeriodNotAgreed { said: Testimony }
        vi "không rõ kỳ báo cáo: {said}; không đọc" => "đánh dấu đúng ngày ở dòng “Số liệu tính đến ngày” rồi gửi lại; để tệp đúng thư mục của kỳ"
        en "nothing settles the period: {said}; it was not read" => "mark the right date in the line \"Số liệu tính đến ngày\" and send again, and put the file into the folder of its period"

    "F021" Error TextMissing {}
        vi "chữ của ô này không có trong tệp" => "mở tệp bằng Excel, gõ lại ô này, lưu lại rồi gửi"
        en "the file does not hold the text of this cell" => "open the file in Excel, type the cell again, save and send"
    "F022" Error SheetLost {}
        vi "tệp có tên trang này nhưng nội dung của trang đã mất hoặc hỏng" => "mở tệp gốc, kiểm tra trang này, lưu lại rồi gửi"
        en "the file names this sheet, and its content is missing or broken" => "open the original, check the sheet, save and send again"
    "F023" Warning NotCalculated {}
        vi "tệp do một chương trình ghi ra mà chưa tính các công thức; ô công thức có số 0 không được coi là số liệu" => "mở tệp bằng Excel, lưu lại rồi gửi"
        en "the program that wrote the file did not calculate its formulas; a stored 0 of a formula is not taken as a value" => "open the file in Excel, save and send again"
    "F024" Warning BadEncoding { encoding: Text }
        vi "tệp có ký tự không đúng bảng mã {encoding}; mỗi ký tự như vậy được thay bằng “�”" => "lưu lại tệp dạng .xlsx rồi gửi"
        en "the file holds bytes that are not {encoding}; each is shown as \"�\"" => "save it as .xlsx and send again"
    "F025" Warning ReadInEncoding { encoding: Text }
        vi "chữ trong tệp không phải Unicode; đã đọc theo bảng mã {encoding}" => "kiểm tra các chữ có dấu; lần sau lưu tệp dạng .xlsx"
        en "the text of the file is not Unicode; it was read as {encoding}" => "check letters with marks; next time save as .xlsx"
    "F026" Warning MoreNotes { count: u32 }
        vi "tệp còn {count} chỗ bất thường khác không liệt kê ở đây" => "mở tệp bằng Excel, lưu lại rồi gửi"
        en "the file has {count} more oddities that are not listed" => "open the file in Excel, save and send again"
    "F027" Warning HiddenInputs { cells: Text, count: u32 }
        vi "{count} ô nhập nằm trong hàng hoặc cột bị ẩn ({cells}); vẫn được đọc" => "bỏ ẩn (Unhide) và kiểm tra các ô này"
        en "{count} input cells lie in hidden rows or columns ({cells}); they were read all the same" => "unhide them and check"
    "F028" Error MergedInputs { range: Text, inputs: u32 }
        vi "vùng gộp {range} che ô nhập ({inputs} ô), nên không biết số đứng đó là của ô nào; không dùng" => "bỏ gộp (Unmerge) rồi nhập số vào từng ô"
        en "the merged range {range} covers input cells ({inputs}), so nobody can tell whose number stands there; it is not used" => "unmerge it and type the number into each cell"
    "F029" Warning SheetHidden {}
        vi "trang của biểu mẫu bị ẩn; vẫn được đọc" => "bỏ ẩn trang (Unhide) và kiểm tra; xóa trang nếu là bản cũ"
        en "the sheet of the form is hidden; it was read all the same" => "unhide and check it; remove it if it is an old copy"
    "F040" Warning HiddenCopy { used: Text, differing: u32 }
        vi "trang ẩn này là một bản nữa của trang “{used}” (khác nhau {differing} ô); chỉ trang đang hiện được tính" => "xóa trang ẩn nếu là bản cũ; nếu trang ẩn mới đúng, bỏ ẩn (Unhide) và xóa trang kia"
        en "this hidden sheet is another copy of the sheet \"{used}\" ({differing} cells differ); only the visible sheet counts" => "remove the hidden sheet if it is old; if it is the right one, unhide it and remove the other"
    "F041" Warning SheetsOfUnits { unit: Text, other_sheet: Text, other: Text }
        vi "trang này ghi đơn vị {unit}, còn trang “{other_sheet}” cùng tệp ghi {other}; mỗi trang chỉ được tính cho đơn vị ghi trên trang đó" => "nếu cùng một báo cáo, sửa “Đơn vị báo cáo :” ở trang ghi sai rồi gửi lại; nếu của hai đơn vị, gửi mỗi đơn vị một tệp"
        en "this sheet names the unit {unit}, while the sheet \"{other_sheet}\" of the same file names {other}; a sheet counts only for the unit that it names" => "if they are one report, mend \"Đơn vị báo cáo :\" on the wrong sheet and send again; if not, send one file for each unit"
    "F042" Warning SheetsOfPeriods { period: Text, other_sheet: Text, other: Text }
        vi "trang này ghi kỳ {period}, còn trang “{other_sheet}” cùng tệp ghi {other}; mỗi trang chỉ được tính cho kỳ ghi trên trang đó" => "nếu cùng một báo cáo, đánh dấu lại ngày ở trang ghi sai rồi gửi lại; nếu của hai kỳ, gửi mỗi kỳ một tệp"
        en "this sheet is for {period}, while the sheet \"{other_sheet}\" of the same file is for {other}; a sheet counts only for the period that it marks" => "if they are one report, mark the right date on the wrong sheet and send again; if not, send one file for each period"
    "F043" Error SecondForm { form: Text, row: u32 }
        vi "từ hàng {row} trở xuống là một biểu khác ({form}); phần này không được đọc" => "chuyển biểu đó sang một trang riêng rồi gửi lại"
        en "another form ({form}) begins at row {row}; that part was not read" => "move that form to a sheet of its own and send again"
    "F044" Error BlankForm { form: Text, fields: u32 }
        vi "{form} chưa điền ô nào ({fields} ô đều trống); không tính là đã báo cáo" => "điền số liệu rồi gửi lại; việc nào không phát sinh thì ghi 0"
        en "{form} came back without a single entry ({fields} empty cells); it does not count as a report" => "fill it in and send again; write 0 where there is nothing"
    "F045" Error BadCorrection { problem: CorrectionProblem }
        vi "dòng sửa số liệu không hợp lệ: {problem}" => "sửa dòng này trong corrections.csv"
        en "a line of the corrections is not valid: {problem}" => "mend this line of corrections.csv"
    "F046" Warning CorrectionStale { was: Words, now: Words, corrected: Words }
        vi "không sửa thành {corrected}: khi sửa số liệu là {was}, nay đọc được {now}" => "đối chiếu với bản đang dùng; nếu vẫn phải sửa thì lập lần sửa mới từ giá trị này"
        en "not corrected to {corrected}: it was {was} then, and what is read now is {now}" => "compare with the version that counts; if it is still wrong, correct it anew from this value"
    "F047" Warning CorrectionWithoutReport { form: Text, unit: Text }
        vi "không sửa: {unit} không có báo cáo {form} nào được tính cho kỳ này" => "chờ báo cáo của đơn vị; lần sửa chỉ dùng cho số liệu đã gửi"
        en "not corrected: no report {form} of {unit} counts for this period" => "wait for the unit's report; a correction is about what was sent"

    // V: one value
    "V101" Error NotANumber { found: Text }
        vi "“{found}” không phải là số" => "chỉ gõ chữ số; để trống nếu chưa có số liệu"
        en "\"{found}\" is not a number" => "type digits only; leave the cell empty if not known"
    "V102" Error NotWhole { found: Text }
        vi "“{found}” phải là số nguyên" => "gõ số nguyên, không có phần thập phân"
        en "\"{found}\" must be a whole number" => "type a whole number"
    "V103" Error OutOfBounds { found: Text, min: Text, max: Text }
        vi "{found} nằm ngoài khoảng {min} đến {max}" => "kiểm tra số liệu và đơn vị tính"
        en "{found} lies outside {min} to {max}" => "check the value and its measure"
    "V104" Warning NumberAsText { found: Text, read_as: Text }
        vi "số gõ dạng chữ “{found}”, hiểu là {read_as}" => "gõ lại dưới dạng số để chắc chắn"
        en "a number typed as text, \"{found}\", is read as {read_as}" => "type it as a number to be sure"
    "V105" Error NotYesNo { found: Text }
        vi "“{found}” không phải là Có hoặc Không" => "chọn Có hoặc Không"
        en "\"{found}\" is neither yes (Có) nor no (Không)" => "choose Có or Không"
    "V106" Error NotAChoice { found: Text, choices: Text }
        vi "“{found}” không có trong danh sách chọn" => "chọn một trong: {choices}"
        en "\"{found}\" is not among the choices" => "choose one of: {choices}"
    "V107" Error NotADate { found: Text }
        vi "“{found}” không phải là ngày" => "gõ ngày dạng 30/11/2014"
        en "\"{found}\" is not a date" => "type the date as 30/11/2014"
    "V108" Error CellError { found: Text }
        vi "ô có lỗi {found}" => "sửa công thức hoặc gõ số trực tiếp"
        en "the cell holds the error {found}" => "mend the formula or type the number"
    "V109" Warning FormulaUsed { read_as: Text }
        vi "ô nhập có công thức; dùng kết quả đã lưu là {read_as}" => "gõ số trực tiếp vào ô nhập"
        en "an input cell holds a formula; its stored result {read_as} is used" => "type the number itself"
    "V110" Error FormulaWithoutResult {}
        vi "ô có công thức nhưng không có kết quả" => "mở tệp bằng Excel, lưu lại, hoặc gõ số trực tiếp"
        en "a formula without a stored result" => "open the file in Excel and save it, or type the number"
    "V111" Error RequiredBlank {}
        vi "ô bắt buộc đang để trống" => "nhập số liệu; nếu không phát sinh thì ghi 0"
        en "a required cell is empty" => "enter the value; 0 if there is nothing"
    "V112" Error AmbiguousNumber { found: Text, one: Text, other: Text }
        vi "“{found}” có thể là {one} hoặc {other}" => "gõ lại dưới dạng số"
        en "\"{found}\" can be {one} or {other}" => "type it as a number"
    "V113" Error FieldNotFound { label: Text, best: Text }
        vi "không tìm thấy dòng “{label}”" => "giữ nguyên các dòng của biểu mẫu (gần giống nhất: {best})"
        en "the line \"{label}\" was not found" => "keep the lines of the form (nearest: {best})"

    "V114" Warning Rounded { found: Text, read_as: Text }
        vi "{found} có nhiều chữ số thập phân hơn đơn vị tính; hiểu là {read_as}" => "gõ số đã làm tròn"
        en "{found} has more decimals than the measure keeps; read as {read_as}" => "type the rounded value"
    "V120" Warning LegacyText { encoding: LegacyEncoding, cells: u32, found: Text, read_as: Text }
        vi "trang này có {cells} ô gõ bằng {encoding}, đã chuyển sang Unicode, ví dụ “{found}” đọc là “{read_as}”" => "kiểm tra lại tên riêng; lần sau gõ bằng Unicode (phông Times New Roman, Arial)"
        en "{cells} cells of this sheet hold {encoding} and were converted to Unicode; \"{found}\", for example, reads \"{read_as}\"" => "check the names; next time type in Unicode (Times New Roman, Arial)"
    "V121" Warning LettersLost { cells: u32, found: Text }
        vi "trang này có {cells} ô bị mất chữ có dấu, ví dụ “{found}”" => "mở lại tệp gốc bằng đúng bảng mã, lưu dạng Unicode rồi gửi lại; kiểm tra các ô là lời văn"
        en "{cells} cells of this sheet lost letters, for example \"{found}\"" => "open the original in its own encoding, save it as Unicode and send it again; check the cells that hold words"
    "V122" Warning LabelReadAs { found: Text, read_as: Text }
        vi "dòng “{found}” được hiểu là “{read_as}”" => "giữ nguyên chữ của biểu mẫu; kiểm tra số liệu của dòng này"
        en "the line \"{found}\" is taken for \"{read_as}\"" => "keep the words of the form; check the value of this line"
    "V126" Warning TotalDiffers { column: Text, stated: Text, sum: Text }
        vi "dòng cộng ghi {stated}, cộng các dòng ở cột “{column}” được {sum}; dùng các dòng" => "sửa dòng cộng hoặc các dòng của danh sách"
        en "the total says {stated}, the rows of \"{column}\" add up to {sum}; the rows are used" => "mend the total or the rows"
    "V127" Warning RowsDiffer { stated: Text, counted: Text }
        vi "dòng cộng ghi {stated}, danh sách có {counted} dòng; dùng các dòng" => "kiểm tra xem có thiếu hoặc thừa dòng nào không"
        en "the total says {stated}, the list has {counted} rows; the rows are used" => "check whether a row is missing or too many"

    "V130" Warning NumberScaled { found: Text, read_as: Text }
        vi "“{found}” được hiểu là {read_as}" => "gõ đủ chữ số theo đơn vị tính của dòng: {read_as}"
        en "\"{found}\" is read as {read_as}" => "type all digits, in the measure of the line: {read_as}"
    "V131" Error ApproximateNumber { found: Text }
        vi "“{found}” là số ước chừng, không phải số liệu" => "gõ đúng số đếm được, không kèm “khoảng”, “hơn”, “~”; để trống nếu chưa có"
        en "\"{found}\" is an estimate, not a figure" => "type the number that was counted, without \"about\" or \"more than\"; leave the cell empty if not known"
    "V132" Error SeveralNumbers { found: Text }
        vi "trong ô có nhiều hơn một số: “{found}”" => "mỗi ô chỉ ghi một số; số còn lại ghi vào dòng của nó hoặc cột Ghi chú"
        en "the cell holds more than one number: \"{found}\"" => "one number for each cell; the other one belongs into its own line or the column Ghi chú"
    "V133" Error PercentInCount { found: Text }
        vi "“{found}” là tỷ lệ phần trăm, dòng này cần số lượng" => "gõ số lượng; nếu ô tự hiện dấu %, đổi định dạng ô thành số"
        en "\"{found}\" is a percentage where a quantity is asked" => "type the quantity; if the cell adds the % by itself, change its format to a number"
    "V134" Error ShareUnclear { found: Text, one: Text, other: Text }
        vi "“{found}” có thể là {one} % hoặc {other} %" => "gõ kèm dấu %: {one}% hoặc {other}%"
        en "\"{found}\" can be {one} % or {other} %" => "type it with its sign: {one}% or {other}%"
    "V135" Warning ShareSettled { found: Text, read_as: Text }
        vi "tỷ lệ ghi “{found}” được hiểu là {read_as} %, theo các số liệu khác" => "gõ kèm dấu %: {read_as}%"
        en "the share \"{found}\" is read as {read_as} %, as other figures tell" => "type it with its sign: {read_as}%"
    "V136" Error YesAndNo { found: Text }
        vi "“{found}” vừa là Có vừa là Không" => "chỉ ghi một: Có hoặc Không"
        en "\"{found}\" says both yes (Có) and no (Không)" => "write one of them"
    "V137" Warning DittoRead { found: Text, read_as: Text }
        vi "“{found}” được hiểu như ô ở dòng trên: {read_as}" => "ghi lại đầy đủ thay cho dấu “nt”"
        en "\"{found}\" is read as the cell above: {read_as}" => "write it out instead of a ditto mark"
    "V138" Error MonthFirst { found: Text, read_as: Text }
        vi "“{found}” không phải là ngày/tháng/năm; có thể là {read_as}" => "gõ ngày trước, tháng sau: {read_as}"
        en "\"{found}\" is not day/month/year; it may be {read_as}" => "type the day before the month: {read_as}"
    "V139" Warning DateRead { found: Text, read_as: Text }
        vi "ngày ghi “{found}” được hiểu là {read_as}" => "gõ đủ ngày/tháng/năm: {read_as}"
        en "the date \"{found}\" is read as {read_as}" => "type day, month and year: {read_as}"
    "V140" Warning RowTwice { found: Text, first: Text }
        vi "dòng “{found}” giống hệt dòng ở ô {first}; vẫn giữ cả hai nhưng chỉ tính một lần" => "xóa dòng thừa; nếu là hai việc (hai người) khác nhau, ghi thêm chi tiết để phân biệt"
        en "the row \"{found}\" repeats the row at {first} word for word; both are kept, and it counts once" => "remove one of them; if they are two things (two people), add what tells them apart"
    "V141" Error FigureInNotes { figure: Text, cell: Text }
        vi "ô này trống, còn ô {cell} ở cột Ghi chú có số {figure}; có lẽ gõ nhầm cột, số đó không được dùng" => "chuyển số vào ô này; nếu chỉ là ghi chú, viết thêm lời"
        en "this cell is empty, and {cell} in the column Ghi chú holds {figure}; it seems to stand in the wrong column and is not used" => "move the figure here; if it is a remark, add words to it"
    "V142" Warning FigureBesideHeading { found: Text, heading: Text }
        vi "“{found}” đứng cạnh tiêu đề “{heading}”, không thuộc dòng nào; không được dùng" => "chuyển số vào đúng dòng, hoặc xóa số này; kiểm tra các dòng bên cạnh"
        en "\"{found}\" stands beside the heading \"{heading}\" and belongs to no line; it is not used" => "move it to its line or remove it, and check the lines around it"
    "V143" Error ValuesShifted { found: Text, heading: Text, label: Text }
        vi "“{found}” đứng cạnh tiêu đề “{heading}”, còn dòng “{label}” trống: có lẽ các số của mục này bị lệch một hàng" => "đặt lại từng số cho đúng dòng của nó rồi gửi lại"
        en "\"{found}\" stands beside the heading \"{heading}\", and the line \"{label}\" is empty: the figures of this part seem to have slid by one row" => "put each figure beside its own line and send again"
    "V144" Warning TotalUnread { found: Text }
        vi "dòng cộng ghi “{found}”, không đọc được thành số; dùng các dòng của danh sách" => "sửa ô này của dòng cộng"
        en "the total says \"{found}\", which cannot be read as a number; the rows are used" => "mend this cell of the total"
    "V150" Explained ValueCorrected { was: Words, corrected: Words, by: Text, at: Text, reason: Text }
        vi "đã sửa từ {was} thành {corrected}; người sửa: {by}, {at}; lý do: {reason}" => "không cần làm gì; nếu số mới chưa đúng thì báo người sửa hoặc gửi lại báo cáo"
        en "corrected from {was} to {corrected} by {by}, {at}; reason: {reason}" => "nothing to do; if the new value is wrong, tell whoever corrected it or send the report again"
    "V151" Warning GivenChanged { given: Text, now: Words }
        vi "số điền sẵn trong biểu là {given}, nay là {now}: đã sửa bằng tay" => "nếu sửa đúng, ghi lý do ở cột Ghi chú; nếu không, gõ lại {given}"
        en "the form came with {given}, and now it has {now}: changed by hand" => "if the change is right, give the reason in the column Ghi chú; else type {given} again"

    // R: relations between values
    "R201" Warning PartAboveWhole { part_label: Text, part: Text, whole_label: Text, whole: Text, fix: RuleFix }
        vi "{part_label} ({part}) lớn hơn {whole_label} ({whole})" => "{fix}"
        en "{part_label} ({part}) is above {whole_label} ({whole})" => "{fix}"
    "R202" Warning ListDiffers { line: Text, list: Text, list_title: Text }
        vi "dòng ghi {line}, danh sách “{list_title}” có {list}; dùng danh sách" => "sửa dòng hoặc danh sách cho khớp"
        en "the line says {line}, the list \"{list_title}\" has {list}; the list is used" => "mend the line or the list"
    "R203" Warning DerivedDiffers { stated: Text, computed: Text }
        vi "tỷ lệ ghi {stated}, tính lại là {computed}" => "sửa các số thành phần hoặc bỏ dòng tỷ lệ"
        en "the share is stated as {stated}, computed as {computed}" => "mend its parts, or leave the share empty"
    "R204" Error RuleFailed { rule: Words, left: RuleSide, right: RuleSide, fix: RuleFix }
        vi "{rule} ({left}; {right})" => "{fix}"
        en "{rule} ({left}; {right})" => "{fix}"
    "R205" Warning RuleFailedWarning { rule: Words, left: RuleSide, right: RuleSide, fix: RuleFix }
        vi "{rule} ({left}; {right})" => "{fix}"
        en "{rule} ({left}; {right})" => "{fix}"
    "R206" Warning NotBelowSender { unit: Text, sender: Text, date: Text }
        vi "{unit} không thuộc {sender} vào ngày {date}; dòng này không được tính" => "chỉ ghi đơn vị trực thuộc; nếu đúng, sửa danh bạ đơn vị"
        en "{unit} does not belong to {sender} on {date}; this row is not counted" => "list units below the sender only, or mend the register"
    "R207" Warning ListedTwice { unit: Text, list_title: Text }
        vi "{unit} có nhiều dòng khác nhau trong danh sách “{list_title}”; không dòng nào được tính" => "giữ một dòng cho mỗi đơn vị"
        en "{unit} has several differing rows in the list \"{list_title}\"; none of them counts" => "keep one row for each unit"
    "R210" Warning PeriodsConflict { rule: Words, left: RuleSide, right: RuleSide, fix: RuleFix }
        vi "{rule} ({left}; {right})" => "{fix}"
        en "{rule} ({left}; {right})" => "{fix}"
    "R211" Warning OutlierAmongPeers { figure: Measured, median: Text, peers: u32, group: PeerGroup, score: Text, threshold: Text, fix: RuleFix }
        vi "{figure} khác xa các đơn vị cùng loại: mức giữa (trung vị) của {peers} đơn vị {group} là {median}; độ lệch {score}, ngưỡng {threshold}" => "{fix}"
        en "{figure} is far from comparable units: the median of {peers} units {group} is {median}; score {score}, threshold {threshold}" => "{fix}"
    "R212" Warning OutlierAgainstPast { figure: Measured, median: Text, periods: u32, score: Text, threshold: Text, fix: RuleFix }
        vi "{figure} khác xa các kỳ trước của chính đơn vị: mức giữa (trung vị) của {periods} kỳ là {median}; độ lệch {score}, ngưỡng {threshold}" => "{fix}"
        en "{figure} is far from the unit's own past: the median of {periods} periods is {median}; score {score}, threshold {threshold}" => "{fix}"

    // C: computing
    "C301" Warning ShareAbove100 { indicator: Text, numerator: Text, denominator: Text }
        vi "{indicator}: {numerator}/{denominator} vượt 100 % – không đánh giá, không tính điểm, không cộng lên" => "hỏi lại đơn vị: đếm người, không đếm lượt"
        en "{indicator}: {numerator}/{denominator} is above 100 % – no verdict, no points, not added up" => "ask the unit back: count persons, not visits"
    "C302" Error ReportMissing { document: Text, due: Text }
        vi "chưa nhận {document}, hạn {due}" => "đôn đốc đơn vị gửi"
        en "{document} has not arrived, due {due}" => "remind the unit"
    "C303" Warning ReportLate { document: Text, due: Text, received: Text }
        vi "{document} đến trễ: hạn {due}, nhận {received}" => "ghi nhận; quy định trừ điểm (nếu có) nằm trong bảng điểm"
        en "{document} came late: due {due}, received {received}" => "noted; a deduction, if any, stands in the scoring table"
    "C304" Warning FormsDisagree { field: Text, stated: Text, summed: Text }
        vi "{field}: biểu 2 ghi {stated}, cộng biểu 1 được {summed}" => "đối chiếu với các công đoàn cơ sở"
        en "{field}: form 2 states {stated}, form 1 adds up to {summed}" => "compare with the grassroots unions"
    "C305" Warning TargetBelow { indicator: Text, registered: Text, assigned: Text }
        vi "{indicator}: đăng ký {registered} thấp hơn chỉ tiêu giao {assigned}" => "dùng chỉ tiêu giao; đề nghị đơn vị đăng ký lại"
        en "{indicator}: registered {registered} is below the assigned {assigned}" => "the assigned target is used; ask the unit to register again"
    "C306" Error OutOfRange { what: Text }
        vi "{what}: kết quả vượt giới hạn số" => "kiểm tra các số liệu thành phần"
        en "{what}: the result is out of range" => "check the values it is made of"
    "C307" Warning ClassDiffers { proposed: Text, official: Text }
        vi "đề xuất {proposed}, công nhận {official}" => "ghi lý do nếu kết quả công nhận khác đề xuất"
        en "proposed {proposed}, officially {official}" => "give the reason where the official class differs"
    "C308" Warning PlaceNotDecidable { decided: Text, place: Text }
        vi "quyết định xếp hạng {decided}, theo điểm là hạng {place}" => "bình chọn chỉ phân định các đơn vị bằng điểm; kiểm tra lại quyết định"
        en "decided place {decided}, by points {place}" => "a ballot orders equal points only; check the decision"
    "C309" Warning AwardsInConflict { comprehensive: Text, thematic: Text, given_by: Text }
        vi "đề xuất cả {comprehensive} (toàn diện) và {thematic} (chuyên đề), cùng cấp quyết định: {given_by}" => "mỗi cấp chỉ khen một trong hai; chọn một hình thức khi họp xét"
        en "proposed for {comprehensive} (comprehensive) and {thematic} (thematic), both decided by {given_by}" => "one level gives one of the two; choose when the awards are decided"
}

impl IssueKind {
    /// A reason in the notes' column answers it: the value may be right all the same. A part above
    /// its whole is never right, whatever the reason.
    pub const fn takes_reason(&self) -> bool {
        matches!(
            self,
            Self::GivenChanged { .. }
                | Self::ListDiffers { .. }
                | Self::DerivedDiffers { .. }
                | Self::RuleFailedWarning { .. }
                | Self::PeriodsConflict { .. }
                | Self::OutlierAmongPeers { .. }
                | Self::OutlierAgainstPast { .. }
        )
    }
}
