//! Closed vocabularies of the stage tables: a stable word for storage, and words for people.

use crate::record::Cellular;
use crate::{ColumnData, Lang, Text};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident $word:literal $vi:literal $en:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }
        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant,)*];
            /// The stored word; its meaning never changes.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.as_str() == word)
            }
            /// For people.
            pub const fn words(self, lang: Lang) -> &'static str {
                match (self, lang) { $((Self::$variant, Lang::Vi) => $vi, (Self::$variant, Lang::En) => $en,)* }
            }
        }
        impl Cellular for $name {
            fn column(values: Vec<Self>) -> ColumnData {
                ColumnData::Text(values.into_iter().map(|it| Some(Text::from(it.as_str()))).collect())
            }
            fn values(data: &ColumnData) -> Option<Vec<Self>> {
                match data {
                    ColumnData::Text(values) => values.iter().map(|word| Self::parse(word.as_ref()?)).collect(),
                    _ => None,
                }
            }
        }
        impl Cellular for Option<$name> {
            fn column(values: Vec<Self>) -> ColumnData {
                ColumnData::Text(values.into_iter().map(|it| it.map(|it| Text::from(it.as_str()))).collect())
            }
            fn values(data: &ColumnData) -> Option<Vec<Self>> {
                match data {
                    ColumnData::Text(values) => values.iter().map(|word| match word {
                        Some(word) => $name::parse(word).map(Some),
                        None => Some(None),
                    }).collect(),
                    _ => None,
                }
            }
        }
    )*};
}

words! {
    /// What a figure says about its target.
    Verdict {
        Met "met" "Đạt" "Met",
        NotMet "not_met" "Chưa đạt" "Not met",
        /// Above the high bound of a range: also met.
        Exceeded "exceeded" "Vượt" "Exceeded",
        /// Before the time of judgement: the target is already reached.
        Reached "reached" "Đã đạt (tiến độ)" "Already reached",
        /// Before the time of judgement.
        InProgress "in_progress" "Đang thực hiện" "In progress",
        /// Before the time of judgement, nothing reported: the work falls in a later period.
        NotYetDue "not_yet_due" "Chưa đến kỳ" "Not yet due",
        NotApplicable "not_applicable" "Không áp dụng" "Not applicable",
        /// Missing or not credible; the reason says why.
        NoVerdict "no_verdict" "Chưa đánh giá" "No verdict",
    }

    /// Why a figure, a point or a place is missing.
    Reason {
        NotReported "not_reported" "Chưa báo cáo" "Not reported",
        /// The deadline lies after the as-of date of the run.
        NotYetDue "not_yet_due" "Chưa đến hạn" "Not yet due",
        Blank "blank" "Để trống" "Left blank",
        Rejected "rejected" "Số liệu không đọc được" "Value rejected",
        /// The denominator is zero: a district without a state enterprise.
        DenominatorZero "denominator_zero" "Mẫu số bằng 0 – không áp dụng" "Denominator zero – not applicable",
        /// A part above its whole: visits were counted instead of persons.
        PartAboveWhole "part_above_whole" "Tử số lớn hơn mẫu số – hỏi lại đơn vị" "Part above whole – ask the unit",
        /// The definition does not ask this of this unit.
        NotAsked "not_asked" "Không thuộc diện" "Not asked of this unit",
        /// The unit itself says that the line does not apply to it.
        NotApplicable "not_applicable" "Đơn vị ghi không áp dụng" "Stated by the unit as not applicable",
        /// The department took the value out; an issue of the cell says who and why.
        TakenOut "taken_out" "Đã bị lấy ra khi đối chiếu" "Taken out by a correction",
        /// No target was assigned or registered.
        NoTarget "no_target" "Không có chỉ tiêu" "No target",
        /// No `received.csv`: nobody knows what was on time.
        NoReceipts "no_receipts" "Không có sổ nhận báo cáo" "No receipt times",
        /// A sum or product does not fit, or a formula gave no number.
        OutOfRange "out_of_range" "Kết quả vượt giới hạn" "Result out of range",
        /// Too few of the figures that a total or a standard is made of.
        TooLittleData "too_little_data" "Chưa đủ số liệu" "Too little data",
        /// Nobody of the group differs, so the figure tells nobody apart.
        NoSpread "no_spread" "Các đơn vị như nhau – không so được" "No spread – tells nobody apart",
        /// Not due for reports, or barred by a decision.
        NotEligible "not_eligible" "Không xét" "Not eligible",
    }

    /// What was done to a figure before it was laid on a scale.
    Treatment {
        /// Cut to a bound that the definition gives.
        Clamped "clamped" "Cắt tại giới hạn" "Cut to a bound",
        /// An extreme figure, drawn in to the next one.
        Winsorised "winsorised" "Thu giá trị cá biệt" "Winsorised",
        ImputedMean "imputed_mean" "Ước đoán bằng trung bình nhóm" "Imputed: mean of the group",
        ImputedMedian "imputed_median" "Ước đoán bằng trung vị nhóm" "Imputed: median of the group",
        ImputedPrevious "imputed_previous" "Lấy số liệu kỳ trước" "Imputed: the period before",
    }

    /// Where the figures of a unit above the grassroots come from.
    Basis {
        /// The unit's own report (form 1 at the grassroots, form 2 above).
        Own "own" "báo cáo của đơn vị" "own report",
        /// Added up from the units below.
        Children "children" "cộng từ cơ sở" "added up from below",
        /// Added up from below, with figures of the unit's own report.
        Mixed "mixed" "cộng từ cơ sở và báo cáo của đơn vị" "added up from below and own report",
        /// From the register, receipts or decisions alone.
        Register "register" "danh bạ, sổ nhận báo cáo" "register and receipts",
    }

    /// State of a document that a unit owes.
    ReportStatus {
        OnTime "on_time" "Đúng hạn" "On time",
        Late "late" "Trễ hạn" "Late",
        /// Arrived; without receipt times nobody knows when.
        Received "received" "Đã nhận" "Received",
        /// Arrived and could not be used; the issues say why.
        Unusable "unusable" "Đã nhận, không dùng được" "Received, not usable",
        Missing "missing" "Chưa có" "Missing",
        NotYetDue "not_yet_due" "Chưa đến hạn" "Not yet due",
        NotDue "not_due" "Không phải nộp" "Not due",
        /// A document that only receipts tell of (a plan), without receipts.
        Unknown "unknown" "Không rõ, thiếu sổ nhận" "Unknown, no receipts",
    }

    /// Which of the three targets was used.
    TargetKind {
        Assigned "assigned" "Chỉ tiêu giao" "Assigned",
        Registered "registered" "Chỉ tiêu đăng ký" "Registered",
        Province "province" "Chỉ tiêu toàn tỉnh" "Province",
    }

    /// What a scoring table is for.
    TableUse {
        Classification "classification" "Xếp loại" "Classification",
        Competition "competition" "Thi đua cụm" "Competition in a cluster",
    }

    /// What an award is for.
    AwardKind {
        /// All of a unit's work in the period.
        Comprehensive "comprehensive" "Toàn diện" "Comprehensive",
        /// One subject.
        Thematic "thematic" "Chuyên đề" "Thematic",
    }

    /// What the rules of an award say of a unit.
    AwardStatus {
        Proposed "proposed" "Đề xuất" "Proposed",
        /// The quota ends among units that stand equal: a ballot decides, nobody is chosen here.
        TiedAtQuota "tied_at_quota" "Bằng nhau ở suất cuối – cần bình chọn" "Tied at the end of the quota – needs a ballot",
        /// The conditions hold, and the quota went to units before it.
        BeyondQuota "beyond_quota" "Đủ điều kiện, hết suất" "Meets the conditions, beyond the quota",
        /// Proposed for a comprehensive and a thematic award of one deciding level.
        Conflict "conflict" "Trùng hình thức khen – chọn một" "In conflict – choose one",
        /// The unit was put on the list, and something that the conditions ask for is not known.
        Undecided "undecided" "Chưa đủ căn cứ" "Not decided yet",
        /// The unit was put on the list, and a condition does not hold.
        NotSupported "not_supported" "Đơn vị đề nghị, không đủ điều kiện" "On the list, not supported by the rules",
    }

    /// A comparison of form 2 with the sum of form 1.
    Reconciled {
        Equal "equal" "Khớp" "Equal",
        Differs "differs" "Lệch" "Differs",
        /// Reports below are missing, so a difference proves nothing.
        Incomplete "incomplete" "Chưa đủ báo cáo cơ sở" "Reports below missing",
        /// One side is missing.
        OneSided "one_sided" "Chỉ có một bên" "One side only",
    }

    /// Why a row of one release differs from the same row of another; several can hold at once,
    /// told in this order.
    Why {
        /// Another version of the unit's own report counts, or a value of it was corrected.
        FormCorrected "form_corrected" "Đơn vị sửa báo cáo" "Form corrected",
        /// A report of the unit counts that did not before: late, or new.
        ReportArrived "report_arrived" "Có thêm báo cáo của đơn vị" "Report arrived",
        /// A report of the unit counts no longer.
        ReportWithdrawn "report_withdrawn" "Báo cáo không còn được tính" "Report withdrawn",
        /// The register of receipts tells another time of arrival.
        ReceiptChanged "receipt_changed" "Sổ nhận báo cáo thay đổi" "Receipt changed",
        /// Reports of units below were corrected, arrived or were withdrawn.
        ChangedBelow "changed_below" "Báo cáo của đơn vị cấp dưới thay đổi" "Reports below changed",
        /// A report of a unit above, which can name this one in a list, was corrected, arrived or was
        /// withdrawn.
        ChangedAbove "changed_above" "Báo cáo của đơn vị cấp trên thay đổi" "Report above changed",
        /// The unit itself was added, withdrawn, moved or described anew.
        UnitChanged "unit_changed" "Danh bạ của đơn vị thay đổi" "Unit changed in the register",
        /// Units below, or of the cluster, were added, withdrawn or moved.
        UnitsAround "units_around" "Thêm, bớt hoặc chuyển đơn vị cấp dưới, đơn vị trong cụm" "Units below or in the cluster changed",
        /// Another target of the unit's own.
        TargetChanged "target_changed" "Chỉ tiêu của đơn vị thay đổi" "Target of the unit changed",
        /// What the board decided is another: a form, an indicator, points, a decision.
        DefinitionChanged "definition_changed" "Quy định của phong trào thay đổi" "Definition changed",
        /// The run had another date or ended with another period.
        OptionsChanged "options_changed" "Ngày chốt số liệu thay đổi" "Options of the run changed",
        /// Only the points of others moved.
        NeighbourChanged "neighbour_changed" "Đơn vị khác trong cụm thay đổi" "Others in the cluster changed",
        Unknown "unknown" "Chưa rõ" "Unknown",
    }

    /// What became of a unit between two releases.
    UnitDifference {
        Added "added" "Thêm mới" "Added",
        Withdrawn "withdrawn" "Không còn" "Withdrawn",
        /// Another parent.
        Moved "moved" "Chuyển đơn vị cấp trên" "Moved",
        Renamed "renamed" "Đổi tên" "Renamed",
        /// Another cluster.
        Regrouped "regrouped" "Chuyển cụm thi đua" "Moved to another cluster",
        /// Another kind, level, sector, or duty to report.
        Reclassified "reclassified" "Đổi loại hình, khối" "Kind or sector changed",
    }

    /// What became of a submission between two releases.
    SubmissionDifference {
        Added "added" "Nộp thêm" "Added",
        /// Another version counts for the same unit, form and period.
        Replaced "replaced" "Thay bằng bản khác" "Replaced",
        /// It is no longer there.
        Withdrawn "withdrawn" "Không còn" "Withdrawn",
        /// It is there in both and counts in the first alone.
        CountsNoLonger "counts_no_longer" "Không còn được tính" "Counts no longer",
        /// It is there in both and counts in the second alone.
        CountsNow "counts_now" "Nay được tính" "Counts now",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_word_is_read_back_as_itself() {
        for verdict in Verdict::ALL {
            assert_eq!(Verdict::parse(verdict.as_str()), Some(*verdict));
        }
        assert_eq!(Verdict::parse("maybe"), None);
    }
}
