//! Why a unit has its place.

super::words! {
    TITLE "Vì sao hạng này?" "Why this place?";
    NONE "Chưa có gì để giải thích: {0}." "There is nothing to explain: {0}.";
    PLACE "Thứ hạng" "Place";
    POINTS "Điểm" "Points";
    AGAINST_LEADER "So với đơn vị dẫn đầu" "Against the leader";
    AGAINST_MEDIAN "So với trung vị của cụm" "Against the cluster's median";
    RANGE "Khoảng thứ hạng" "Range of places";

    NEIGHBOURS "Các hạng liền kề" "Neighbours";
    NEIGHBOURS_TABLE "Đơn vị liền trên, đồng hạng và liền dưới" "The units above, beside and below";
    NAMELESS "Tên các đơn vị khác chỉ hiện với người xem được cả cụm." "Names of other units are shown to those who may see the whole cluster.";
    WHERE "Vị trí" "Where";
    UNIT "Đơn vị" "Unit";
    AHEAD "Hơn, kém" "Ahead or behind";

    CRITERIA "Điểm từng tiêu chí" "Points by criterion";
    CRITERIA_TABLE "Điểm từng tiêu chí, bên cạnh đơn vị dẫn đầu và trung vị của cụm" "Points by criterion beside the leader and the cluster's median";
    CRITERION "Tiêu chí" "Criterion";
    MAXIMUM "Điểm chuẩn" "Maximum";
    LEADER "Dẫn đầu" "Leader";
    MEDIAN "Trung vị" "Median";
    BEHIND_LEADER "Kém dẫn đầu" "Behind the leader";
    BEHIND_MEDIAN "Kém trung vị" "Behind the median";

    NEEDS "Cần gì để lên một hạng" "What one more place needs";
    NEEDS_HINT "Mỗi dòng chỉ đổi một số liệu, mọi số khác giữ nguyên, kể cả của các đơn vị khác." "Each line changes one figure; everything else stays, the figures of others too.";

    POLICIES "Hạng theo cách xếp khác" "Places under other policies";
    POLICIES_TABLE "Hạng theo cách xếp khi bằng điểm và cách làm tròn điểm" "Places by how equal points are placed and points are rounded";
    POLICIES_HINT "[ ]: cách xếp của phong trào; =: đồng hạng." "[ ]: the campaign's policy; =: tied.";
    TIES "Khi bằng điểm" "Equal points";

    REMOVALS "Bỏ một chỉ tiêu thì hạng khác đi" "Without one indicator the place is another";
    TREATMENTS "Số liệu đã xử lý trước khi chấm" "Figures changed before they were scored";
    POLICY "Cách xếp hạng đã quy định" "How places are given";
    BACK "Về trang của đơn vị" "The unit's page";
}
