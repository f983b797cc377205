//! What a definition names, needs and says twice, in both languages: parts of the D-messages.

use super::IssueKind;
use super::phrase::phrases;
use crate::{Date, Text};

phrases! {
    /// What is called by a name.
    Thing {
        Award vi "hình thức khen thưởng" en "award"
        Choice vi "lựa chọn" en "choice"
        Class vi "mức xếp loại" en "class"
        Cluster vi "cụm" en "cluster"
        Column vi "cột" en "column"
        ColumnOrFlag vi "cột hoặc dấu hiệu" en "column or flag"
        Criterion vi "tiêu chí" en "criterion"
        CompetitionCriterion vi "tiêu chí của bảng điểm thi đua" en "criterion of a competition table"
        Deadline vi "hạn nộp" en "deadline"
        DerivedField vi "trường lấy từ danh bạ" en "derived field"
        Document vi "loại văn bản" en "document"
        Field vi "trường" en "field"
        Flag vi "dấu hiệu" en "flag"
        Form vi "biểu" en "form"
        Gate vi "điều kiện" en "gate"
        Indicator vi "chỉ tiêu" en "indicator"
        Key vi "khóa" en "key"
        Kind vi "loại đơn vị" en "kind"
        Level vi "cấp" en "level"
        List vi "danh sách" en "list"
        Measure vi "đơn vị tính" en "measure"
        Package vi "bộ biểu mẫu" en "package"
        Period vi "kỳ" en "period"
        Rule vi "quy tắc" en "rule"
        ScoringTable vi "bảng điểm" en "scoring table"
        TableForUnitsOf vi "bảng điểm cho cùng đơn vị với bảng" en "table for the units of"
        Sector vi "khối" en "sector"
        Sheet vi "trang" en "sheet"
        Target vi "chỉ tiêu giao" en "target"
        TargetKind vi "loại chỉ tiêu" en "kind of target"
        Unit vi "đơn vị" en "unit"
    }

    /// How a unit that is not in the register is named.
    UnitRole {
        Named { near: Text } vi "gần nhất: {near}" en "nearest: {near}"
        Parent { near: Text } vi "cấp trên; gần nhất: {near}" en "parent; nearest: {near}"
        ParentOn { unit: Text, date: Date } vi "cấp trên của {unit} vào ngày {date}" en "parent of {unit} on {date}"
    }

    /// Why a file of the definition cannot be read; `problem` is what the library says.
    SyntaxProblem {
        Toml { problem: Text } vi "sai cú pháp TOML ({problem})" en "{problem}"
        Csv { problem: Text } vi "sai cú pháp CSV ({problem})" en "{problem}"
        NotUtf8 vi "tệp không phải văn bản UTF-8" en "the text is not UTF-8"
        Workbook { refusal: Box<IssueKind> } vi "{refusal}" en "{refusal}"
    }

    /// What two lines say differently about one field; `at` is where the first stands.
    Disagreement {
        Kind { here: Text, there: Text, at: Text }
            vi "kiểu {here} ở đây, {there} tại {at}" en "kind {here} here, {there} at {at}"
        Measure { here: Text, there: Text, at: Text }
            vi "đơn vị tính {here} ở đây, {there} tại {at}" en "measure {here} here, {there} at {at}"
        Choices { at: Text }
            vi "các lựa chọn khác với {at}" en "other choices than at {at}"
        Rollup { at: Text }
            vi "rollup khác với {at}" en "rollup differs from {at}"
        Tolerance { at: Text }
            vi "tolerance khác với {at}" en "tolerance differs from {at}"
        Weight { here: Text, there: Text, at: Text }
            vi "trường quyền số {here} ở đây, {there} tại {at}" en "weight {here} here, {there} at {at}"
    }

    /// Why a scoring method does not fit what it measures.
    MethodProblem {
        YesNo
            vi "chỉ tiêu chỉ có hoặc không; dùng `verdict`" en "the indicator is a yes/no; use `verdict`"
        LowerIsBetter
            vi "chỉ tiêu càng thấp càng tốt; dùng `verdict`" en "lower is better; use `verdict`"
        Classification
            vi "xếp loại không so sánh các đơn vị với nhau; dùng `proportional`"
            en "a classification does not compare units with each other; use `proportional`"
        ImputedClass
            vi "xếp loại không dựa trên số liệu ước đoán" en "a class never rests on an imputed figure"
        Capped
            vi "chỉ tiêu không thể vượt 100 % nên không ai cao hơn được; dùng `proportional`"
            en "the indicator cannot pass 100 %, so nobody can stand above it; use `proportional`"
        NoFigureAt { level: Text }
            vi "chỉ tiêu không có số liệu ở cấp {level}" en "the indicator has no figure at level {level}"
        ToldLater
            vi "chỉ tiêu chỉ có số liệu sau các kỳ của bảng điểm"
            en "the indicator is told only after the periods of the table"
    }
}
