//! What a rule compared, how to answer it, and what is wrong with a rule itself, in both languages:
//! parts of the R-messages and of D018 and D019.

use super::phrase::{Words, phrases};
use crate::Text;

phrases! {
    /// One side of a relation as it was found. `date`: the as-of date of the earlier period.
    RuleSide {
        Here { label: Text, value: Text } vi "{label}: {value}" en "{label}: {value}"
        Earlier { label: Text, value: Text, date: Text }
            vi "{label} ngày {date}: {value}" en "{label} on {date}: {value}"
        Limit { order: LimitOrder, value: Text } vi "cần {order} {value}" en "must be {order} {value}"
    }

    /// How a figure must stand to a limit.
    LimitOrder {
        Less vi "nhỏ hơn" en "below"
        AtMost vi "không quá" en "at most"
        Equal vi "bằng" en "equal to"
        AtLeast vi "không dưới" en "at least"
        More vi "lớn hơn" en "above"
    }

    /// How to mend what a rule found. `column`: the heading of the notes' column.
    RuleFix {
        Check vi "kiểm tra các số liên quan" en "check the values concerned"
        CountPersons vi "kiểm tra hai số; đếm người, không đếm lượt" en "check both; count persons, not visits"
        OneIsMistyped
            vi "một trong hai số gõ nhầm, vì phần không thể lớn hơn tổng: kiểm tra cả hai"
            en "one of the two is mistyped, since a part cannot be above its whole: check both"
        CheckOrExplain { column: Text }
            vi "kiểm tra lại; nếu đúng, ghi lý do vào cột {column}"
            en "check; if it is right, give the reason in the column {column}"
        Own { words: Words } vi "{words}" en "{words}"
        OwnOrExplain { words: Words, column: Text }
            vi "{words}; nếu số đúng, ghi lý do vào cột {column}"
            en "{words}; if it is right, give the reason in the column {column}"
    }

    /// The figure that an outlier rule weighs.
    Measured {
        Value { label: Text, value: Text } vi "{label} {value}" en "{label} {value}"
        Per { label: Text, value: Text, per: RuleSide, ratio: Text }
            vi "{label} {value} ({per}; tỷ số {ratio})" en "{label} {value} ({per}; ratio {ratio})"
    }

    /// Which units an outlier rule compares with.
    PeerGroup {
        SameLevel { level: Words } vi "cùng cấp {level}" en "of the level {level}"
        SameSector { level: Words, sector: Words }
            vi "cùng cấp {level}, khối {sector}" en "of the level {level}, sector {sector}"
        SameCluster { cluster: Words } vi "cùng {cluster}" en "of {cluster}"
    }

    /// Why a rule cannot be what it says.
    RuleProblem {
        PartNeedsAtMost
            vi "is_part_of_whole đi với operator = \"at-most\"" en "is_part_of_whole goes with operator = \"at-most\""
        PartIsWarning
            vi "is_part_of_whole luôn là cảnh báo R201, không đi với severity = \"error\""
            en "is_part_of_whole always gives the warning R201, never severity = \"error\""
        PartOfOnePeriod
            vi "is_part_of_whole so sánh hai số của cùng một kỳ" en "is_part_of_whole compares values of one period"
        BothEarlier
            vi "cả hai vế đều của kỳ trước: không có gì của kỳ này để xét"
            en "both sides are of the earlier period: nothing of this period is checked"
        SameSides
            vi "hai vế giống hệt nhau" en "both sides are the same"
        NothingRead
            vi "không vế nào đọc trường nào" en "neither side reads a field"
        PlaceNotRead { at: Text }
            vi "lỗi sẽ đặt ở “{at}”, nhưng quy tắc không đọc trường này trong kỳ đang xét"
            en "the issue would stand at \"{at}\", which the rule does not read in the period"
        OutlierIsWarning
            vi "số khác thường chỉ là cảnh báo để xác nhận, không đi với severity = \"error\""
            en "an outlier is a warning to confirm, never severity = \"error\""
        LogOfNothing
            vi "scale = \"log\" cần số lớn hơn 0; đơn vị tính cho phép số âm"
            en "scale = \"log\" needs values above 0, and the measure allows negative ones"
    }

    /// Why a rule can never be decided.
    IdleRule {
        NotAsked { field: Text, levels: Text }
            vi "trường “{field}” không biểu nào hỏi ở cấp {levels}" en "no form asks \"{field}\" of level {levels}"
        NoEarlierPeriod { document: Text }
            vi "“{document}” chỉ có một kỳ, không có kỳ trước" en "\"{document}\" has one period and none before it"
        NoClusters
            vi "phong trào không có cụm nào" en "the campaign has no clusters"
    }
}
