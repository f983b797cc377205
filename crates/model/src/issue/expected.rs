//! What a key or a cell of a definition needs, in both languages: the D006 messages.

use super::phrase::phrases;
use crate::{Date, Text};

phrases! {
    /// Each fits behind "expected".
    Expected {
        // Any value
        Text vi "nội dung, không để trống" en "a text"
        QuotedText vi "chữ trong dấu ngoặc kép" en "a text in quotes"
        BilingualText vi "chữ, hoặc {{ vi = \"…\", en = \"…\" }}" en "a text, or {{ vi = \"…\", en = \"…\" }}"
        TrueOrFalse vi "true hoặc false" en "true or false"
        Number vi "một số" en "a number"
        WholeNumber { low: i64, high: i64 }
            vi "số nguyên từ {low} đến {high}" en "a whole number from {low} to {high}"
        Decimals { decimals: u8 }
            vi "số có nhiều nhất {decimals} chữ số thập phân" en "a number with at most {decimals} decimals"
        AboveZero vi "số lớn hơn 0" en "a number above 0"
        Date vi "ngày, ví dụ 2014-02-20" en "a date such as 2014-02-20"
        RegisterDate vi "ngày, ví dụ 30/11/2014" en "a date such as 30/11/2014"
        OneOf { words: Text } vi "một trong: {words}" en "one of {words}"
        ExactlyOneKey { keys: Text } vi "đúng một trong các khóa: {keys}" en "exactly one of {keys}"
        Texts vi "mảng các đoạn chữ" en "an array of texts"
        Pair vi "một cặp [\"mã\", \"nhãn\"]" en "a pair [\"id\", \"label\"]"
        Pairs vi "mảng các cặp [\"mã\", \"nhãn\"]" en "an array of pairs [\"id\", \"label\"]"
        Table vi "một bảng TOML" en "a table"
        Tables vi "mảng các bảng TOML" en "an array of tables"
        AtLeastOneTable { key: Text } vi "ít nhất một [[{key}]]" en "at least one [[{key}]]"
        Id vi "mã chỉ gồm chữ không dấu, chữ số và _" en "an id of letters without marks, digits and _"

        // campaign.toml
        Year vi "năm" en "a year"
        FilesTable vi "bảng [files] có units, indicators, forms" en "a table [files] with units, indicators, forms"
        FileName vi "tên tệp" en "the name of a file"
        PathBelow
            vi "đường dẫn bên trong thư mục phong trào, viết với /" en "a path below the campaign folder, with /"
        NotBelowMin vi "số không nhỏ hơn min" en "a number not below min"
        DateNotBefore { date: Date } vi "ngày không trước {date}" en "a date not before {date}"
        DateAfter { date: Date, period: Text }
            vi "ngày sau {date}, là ngày tính số liệu của kỳ {period}" en "a date after {date}, the as-of date of {period}"
        DeadlineNotBefore { date: Date } vi "hạn nộp không trước {date}" en "a deadline not before {date}"
        BeforeOrBy vi "`before` hoặc `by` kèm một ngày, không cả hai" en "either `before` or `by` with a date"
        LevelsOfField vi "các cấp có trường này" en "the levels whose units have the field"
        FormsOfPackage vi "các biểu của bộ biểu mẫu" en "the forms of the workbook"
        FormOfDocument { document: Text } vi "biểu thuộc loại văn bản {document}" en "a form of the document {document}"
        FormOfLevel { level: Text } vi "biểu mà cấp {level} phải lập" en "a form that level {level} fills in"

        // Registers
        HeadingRow { columns: Text } vi "dòng tiêu đề: {columns}" en "a heading row: {columns}"
        ColumnNamed { column: Text } vi "cột “{column}”" en "a column \"{column}\""
        ParentCode vi "mã của đơn vị cấp trên" en "the code of a unit on a higher level"
        Basis vi "own, children hoặc để trống" en "own, children or nothing"
        DateNotBeforeValidFrom vi "ngày không trước valid_from" en "a date not before valid_from"
        UnitAbove { level: Text } vi "đơn vị ở cấp cao hơn {level}" en "a unit on a level above {level}"
        OneTop { level: Text, date: Date }
            vi "đúng một đơn vị cấp {level} vào ngày {date}" en "one unit of level {level} on {date}"
        Sector vi "khối của đơn vị" en "a sector"
        OfMeasure { measure: Text }
            vi "giá trị trong giới hạn của đơn vị tính {measure}" en "a value of the measure {measure}"

        // Forms and lists
        MeasureOfNumber vi "đơn vị tính của số" en "the measure of a number"
        MeasureOfPoints vi "đơn vị tính của điểm" en "the measure of points"
        Choices vi "các lựa chọn" en "the choices of a choice"
        NoChoices vi "choices chỉ dùng với kind = \"choice\"" en "choices only with kind = \"choice\""
        Tolerance vi "số không âm, chỉ cho số đếm, số tiền hoặc tỷ lệ" en "a number that is not negative, for counts, amounts and shares alone"
        NoRollup vi "none: chỉ số đếm và số tiền mới cộng được" en "none: only counts and amounts add up"
        LevelsOfForm vi "các cấp phải lập biểu" en "the levels that fill in the form"
        LevelOfForm vi "cấp có trong biểu" en "levels of the form"
        DocumentWithForm vi "loại văn bản có biểu mẫu" en "a document that has a form"
        SectionOrList vi "ít nhất một mục hoặc danh sách" en "at least one section or list"
        NameForEachColumn { columns: usize }
            vi "một tên cho mỗi cột trong {columns} cột số liệu (\"\" nếu không có)"
            en "one name for each of the {columns} value columns (\"\" for none)"
        FieldOfThisForm vi "một trường của biểu này" en "a field of this form"
        SideOfRule
            vi "biểu thức, hoặc {{ formula = \"…\", period = \"previous\", … }}"
            en "a formula, or {{ formula = \"…\", period = \"previous\", … }}"
        SheetName
            vi "tên trang không quá 31 ký tự và không có [ ] : * ? / \\"
            en "a sheet name of at most 31 characters without [ ] : * ? / \\"
        AtLeastOneColumn vi "ít nhất một cột" en "at least one column"
        NumberColumn vi "cột kiểu số" en "a column of numbers"
        UnitColumn vi "cột có is_unit = true" en "a column with is_unit = true"
        ChoiceColumn vi "cột kiểu lựa chọn" en "a column of choices"
        TextColumn
            vi "cột kiểu chữ, không phải cột đơn vị (is_unit)" en "a column of text that names no unit (is_unit)"
        FlagColumn vi "cột kiểu flag" en "a column of kind flag"
        TwoValueColumns
            vi "hai value_columns: điểm tự chấm và điểm cấp trên chấm"
            en "two value_columns: the unit's own score, its superior's"

        // Indicators
        Measure vi "đơn vị tính" en "a measure"
        Denominator vi "mẫu số của tỷ lệ" en "the denominator of a share"
        NoDenominator vi "không có mẫu số với shape này" en "no denominator with this shape"
        Target vi "chỉ tiêu {{ operator = …, value = … }}" en "a target {{ operator = …, value = … }}"
        YesWithFlag
            vi "operator \"yes\" đi với shape \"flag\", và chỉ ở đó"
            en "operator \"yes\" with shape \"flag\", and only there"
        LevelsOfFigure vi "các cấp có chỉ tiêu này" en "the levels that have the figure"
        PeriodsOfFigure vi "các kỳ có chỉ tiêu này" en "the periods that give the figure"
        FieldOfMeasure { measure: Text }
            vi "trường có đơn vị tính {measure} của chỉ tiêu" en "a field of the indicator's measure {measure}"
        NoWhole vi "false: chỉ tỷ lệ mới có tổng thể" en "false: only a share has a whole"
        NotBelowFrom vi "giới hạn không nhỏ hơn `from`" en "a bound not below `from`"

        // Scoring
        LevelsOfTable vi "các cấp mà bảng điểm áp dụng" en "the levels that the table is for"
        PeriodsOfTable vi "các kỳ mà bảng điểm áp dụng" en "the periods that the table is for"
        ClassesDown
            vi "các mức từ cao xuống thấp, mỗi mức ít điểm hơn mức trước"
            en "classes from the best down, each with fewer points than the one before"
        ClassesOfTable vi "các mức xếp loại của bảng" en "the classes that the table gives"
        NoClasses
            vi "không có mức xếp loại: thi đua chỉ xếp thứ hạng" en "no classes: a competition gives places"
        LastClass
            vi "mức cuối có min = 0 và không có điều kiện, cho mọi đơn vị không thuộc mức nào khác"
            en "a last class with min = 0 and no gates, for every unit that no other class takes"
        NotNegativePoints vi "điểm không nhỏ hơn 0" en "points not below 0"
        PointsUnlessTerms
            vi "điểm lớn hơn 0; chỉ `terms` mới được phép chỉ trừ điểm"
            en "points above 0; only `terms` can take away alone"
        PointsEach
            vi "điểm lớn hơn 0; trừ điểm thì dùng `terms`" en "points above 0; penalties are `terms`"
        ZeroOrLess vi "số không lớn hơn 0" en "0 or less"
        Terms vi "ít nhất một {{ count = …, each = … }}" en "at least one {{ count = …, each = … }}"
        TrueOrOtherMethod vi "true, hoặc một phương pháp khác" en "true, or another method"
        MethodOrCriteria { methods: Text }
            vi "đúng một trong: {methods}, hoặc có tiêu chí con"
            en "exactly one of {methods}, or criteria that stand in it"
        CapOfTarget vi "số từ 1: phần cao nhất của điểm" en "a number from 1: the most of the points"
        Interval vi "[thấp, cao], hai số, số đầu không lớn hơn số sau" en "[low, high], two numbers, the first not above the second"
        BothBounds vi "cả `low` và `high`, `low` nhỏ hơn `high`; hoặc bỏ cả hai" en "both `low` and `high`, `low` below `high`; or neither"
        LogAboveZero vi "số lớn hơn 0 khi transform = \"log\"" en "a number above 0 with transform = \"log\""
        Bands
            vi "ít nhất một {{ from = …, part = … }}, mức tốt nhất trước"
            en "at least one {{ from = …, part = … }}, best first"
        Aggregate
            vi "sum, arithmetic, geometric, harmonic, borda, copeland hoặc {{ power = … }}"
            en "sum, arithmetic, geometric, harmonic, borda, copeland or {{ power = … }}"
        KeyOfMethod { method: Text } vi "khóa này chỉ dùng với {method}" en "this key only with {method}"
        NotAnItem vi "tiêu chí có tiêu chí con" en "a criterion with criteria below it"
        Weights
            vi "{{ within = … }} (phần trăm) hoặc {{ dirichlet = … }}" en "{{ within = … }} (percent) or {{ dirichlet = … }}"
        UnitOfRegister vi "mã của một đơn vị trong danh bạ" en "the code of a unit of the register"
        OpenBranch
            vi "tiêu chí có nhánh đang mở: tiêu chí con viết ngay sau tiêu chí cha hoặc sau các tiêu chí cùng cha"
            en "a criterion whose branch is still open: a criterion follows its parent or its siblings"
        LevelsOfAward vi "các cấp được xét khen" en "the levels whose units can have the award"
        ConditionOfAward
            vi "ít nhất một điều kiện: places_upto, classes, condition hoặc gates"
            en "at least one condition: places_upto, classes, condition or gates"
        PlacesForAward
            vi "bảng điểm thi đua của các cấp này trong kỳ này: thứ hạng và số suất của cụm dựa vào đó"
            en "a competition table for these levels and this period: places and quotas of a cluster rest on it"
        ClassForAward
            vi "mức mà một bảng xếp loại cho các cấp này công nhận trong kỳ có đánh giá này"
            en "a class that a classification table gives to these levels in this period, which must be judged"
        AwardList
            vi "[award_list]: danh sách mà đơn vị ghi đề nghị khen thưởng"
            en "[award_list]: the list in which units propose awards"
        ParentWithoutMethod
            vi "tiêu chí không có phương pháp chấm: mục được chấm điểm không có tiêu chí con"
            en "a criterion without a method: an item has nothing below it"
    }
}
