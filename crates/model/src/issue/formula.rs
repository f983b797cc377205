//! Why a formula is refused or could not be evaluated, in both languages.
//!
//! Here and not in `formula`, since a message of the catalogue quotes it.

use super::phrase::phrases;
use crate::Text;

phrases! {
    /// What a part of a formula holds, or must hold.
    Operand {
        Number vi "số" en "a number"
        Text vi "chữ" en "a text"
        Condition vi "điều kiện" en "a condition"
        ConditionOnField vi "điều kiện (trường = 1)" en "a condition (field = 1)"
        Field vi "trường" en "a field"
    }

    /// Each fits behind "formula … is not valid:".
    FormulaProblem {
        Empty
            vi "biểu thức trống" en "it is empty"
        TooLong { bytes: usize, allowed: usize }
            vi "dài {bytes} byte; cho phép nhiều nhất {allowed}" en "{bytes} bytes; at most {allowed} are allowed"
        TooManyTerms { allowed: usize }
            vi "quá nhiều thành phần; cho phép nhiều nhất {allowed} từ, số và phép tính"
            en "too many terms; at most {allowed} words, numbers and operators are allowed"
        TooDeep { allowed: usize }
            vi "lồng nhau quá sâu; cho phép nhiều nhất {allowed} tầng"
            en "nested too deeply; at most {allowed} levels are allowed"
        Unbalanced
            vi "dấu ngoặc hoặc case … end không khớp" en "parentheses or case … end do not match"
        OpenText
            vi "chữ trong dấu nháy đơn không có dấu đóng" en "a text in single quotes does not end"
        NotAnInteger { near: Text }
            vi "“{near}” không phải là số nguyên; chỉ ghi số nguyên, theo số chữ số thập phân của trường"
            en "\"{near}\" is not an integer; numbers are whole and in the field's own decimals"
        Refused { found: Text }
            vi "không được dùng “{found}”" en "\"{found}\" is not allowed"
        RefusedOperation
            vi "có phép tính không được phép" en "one of its operations is not allowed"
        RefusedLiteral
            vi "có giá trị không phải là số nguyên hoặc chữ" en "one of its values is neither an integer nor a text"
        OnlyValuesInList
            vi "trong in (…) chỉ được ghi số và chữ" en "in (…) takes numbers and texts only"
        NullInList
            vi "không được ghi null trong in (…)" en "null is not allowed inside in (…)"
        UnknownFunction { name: Text, allowed: Text }
            vi "không được dùng hàm “{name}”; chỉ dùng {allowed}" en "function \"{name}\" is not allowed; use {allowed}"
        Syntax { problem: Text }
            vi "không đọc được như biểu thức SQL ({problem})" en "it cannot be read as SQL: {problem}"
        KindsDiffer { expected: Operand, found: Operand }
            vi "có {found} ở chỗ cần {expected}" en "{found} stands where {expected} is needed"
        InputHolds { name: Text, found: Operand, expected: Operand }
            vi "“{name}” là {found}, trong khi cần {expected}" en "\"{name}\" holds {found} where {expected} is needed"
        InputHoldsWords { name: Text }
            vi "“{name}” là lời văn, biểu thức không đọc được" en "\"{name}\" holds words, which formulas do not read"
        Gives { found: Operand, expected: Operand }
            vi "kết quả là {found}, trong khi cần {expected}" en "it gives {found} where {expected} is needed"
        Overflow
            vi "kết quả có thể vượt giới hạn số nguyên 64 bit" en "its result can leave the range of 64-bit integers"
        SumOverflow { units: usize }
            vi "tổng của {units} đơn vị có thể vượt giới hạn số nguyên 64 bit"
            en "the sum over {units} units can leave the range of 64-bit integers"
        Unbounded { name: Text }
            vi "không biết giới hạn của “{name}”" en "no bounds are known for \"{name}\""
        NoColumn { name: Text }
            vi "“{name}” không phải là một cột" en "input \"{name}\" is not a column"
        Evaluation { problem: Text }
            vi "không tính được ({problem})" en "evaluation failed: {problem}"
    }
}

impl std::error::Error for FormulaProblem {}
