//! Totals from one period to the next, when units moved, merged or were founded.

use super::f;
use crate::about::About;
use crate::list::Holds::*;
use crate::list::{ListSpec, Target};

pub(crate) static BRIDGE: ListSpec = ListSpec {
    at: 30,
    name: "Bridge",
    plural: "bridges",
    table: "bridge",
    about: About::new(
        "Tổng của cấp trên từ kỳ trước sang kỳ sau, khi đơn vị chuyển, sáp nhập hoặc thành lập mới",
        "How the total of a superior went from one period to the next, when units moved, merged or were founded",
    ),
    unit: Some("unit"),
    period: Some("period"),
    fields: &[
        f("unit", "unit", Ref(Target::Unit), "Đơn vị", "Unit").required(),
        f("since", "since", Ref(Target::Period), "Kỳ trước", "Earlier period").required(),
        f("period", "period", Ref(Target::Period), "Kỳ sau", "Later period").required(),
        f("indicator", "indicator", Ref(Target::Indicator), "Chỉ tiêu", "Indicator").required(),
        f(
            "openingNumerator",
            "opening_numerator",
            Long,
            "Tổng kỳ trước: tử số",
            "Total of the earlier period: numerator",
        )
        .required(),
        f(
            "openingDenominator",
            "opening_denominator",
            Long,
            "Tổng kỳ trước: mẫu số",
            "Total of the earlier period: denominator",
        ),
        f("movedInNumerator", "moved_in_numerator", Long, "Đơn vị chuyển đến: tử số", "Units that moved in: numerator")
            .required(),
        f(
            "movedInDenominator",
            "moved_in_denominator",
            Long,
            "Đơn vị chuyển đến: mẫu số",
            "Units that moved in: denominator",
        ),
        f(
            "movedOutNumerator",
            "moved_out_numerator",
            Long,
            "Đơn vị chuyển đi: tử số",
            "Units that moved out: numerator",
        )
        .required(),
        f(
            "movedOutDenominator",
            "moved_out_denominator",
            Long,
            "Đơn vị chuyển đi: mẫu số",
            "Units that moved out: denominator",
        ),
        f(
            "foundedNumerator",
            "founded_numerator",
            Long,
            "Đơn vị thành lập mới: tử số",
            "Units that were founded: numerator",
        )
        .required(),
        f(
            "foundedDenominator",
            "founded_denominator",
            Long,
            "Đơn vị thành lập mới: mẫu số",
            "Units that were founded: denominator",
        ),
        f(
            "dissolvedNumerator",
            "dissolved_numerator",
            Long,
            "Đơn vị giải thể, sáp nhập: tử số",
            "Units that were dissolved or merged: numerator",
        )
        .required(),
        f(
            "dissolvedDenominator",
            "dissolved_denominator",
            Long,
            "Đơn vị giải thể, sáp nhập: mẫu số",
            "Units that were dissolved or merged: denominator",
        ),
        f(
            "changeNumerator",
            "change_numerator",
            Long,
            "Đơn vị ở cả hai kỳ tự tăng giảm: tử số",
            "Own change of units that stayed: numerator",
        )
        .required(),
        f(
            "changeDenominator",
            "change_denominator",
            Long,
            "Đơn vị ở cả hai kỳ tự tăng giảm: mẫu số",
            "Own change of units that stayed: denominator",
        ),
        f("closingNumerator", "closing_numerator", Long, "Tổng kỳ sau: tử số", "Total of the later period: numerator")
            .required(),
        f(
            "closingDenominator",
            "closing_denominator",
            Long,
            "Tổng kỳ sau: mẫu số",
            "Total of the later period: denominator",
        ),
        f("unitsBefore", "units_before", Long, "Đơn vị ở kỳ trước", "Units in the earlier period").required(),
        f("unitsMovedIn", "units_moved_in", Long, "Số đơn vị chuyển đến", "Units moved in").required(),
        f("unitsMovedOut", "units_moved_out", Long, "Số đơn vị chuyển đi", "Units moved out").required(),
        f("unitsFounded", "units_founded", Long, "Số đơn vị thành lập mới", "Units founded").required(),
        f("unitsDissolved", "units_dissolved", Long, "Số đơn vị giải thể, sáp nhập", "Units dissolved or merged")
            .required(),
        f("unitsAfter", "units_after", Long, "Đơn vị ở kỳ sau", "Units in the later period").required(),
    ],
};
