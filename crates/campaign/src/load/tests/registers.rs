//! One mistake in a register.

use super::with;
use insta::assert_snapshot;

#[test]
fn units_with_wrong_names() {
    assert_snapshot!(with("units.csv", "c2,Hoa Cúc,clb,v", "c2,Hoa Cúc,club,v"), @r#"units.csv:5: kind: [D003] kind "club" is not declared; declare the name or mend its spelling (nearest: clb)"#);
    assert_snapshot!(with("units.csv", "c2,Hoa Cúc,clb,v", "c2,Hoa Cúc,clb,w"), @r#"units.csv:5: parent: [D007] unit "w" (parent; nearest: c1) is not in the register at that time; add the unit to units.xlsx, or mend its code or dates"#);
    assert_snapshot!(with("units.csv", "c2,Hoa Cúc,clb,v", "c2,Hoa Cúc,clb,"), @r#"units.csv:5: parent: [D006] value "" is not valid; expected the code of a unit on a higher level; mend the value"#);
    assert_snapshot!(with("units.csv", "c2,Hoa Cúc,clb,v,,", "c2,,clb,v,gia,"), @r#"
    units.csv:5: name: [D006] value "" is not valid; expected a text; mend the value
    units.csv:5: sector: [D003] sector "gia" is not declared; declare the name or mend its spelling (nearest: tre)
    "#);
    assert_snapshot!(with("units.csv", "valid_from,valid_to", "vald_from,valid_to"), @r#"
    units.csv:1: vald_from: [D003] column "vald_from" is not declared; declare the name or mend its spelling (nearest: valid_from)
    units.csv:4: valid_from: [D009] unit "c1" has two rows whose dates overlap; mend valid_from and valid_to
    "#);
    assert_snapshot!(with("units.csv", "code,name,kind", "code,name,type"), @r#"
    units.csv:1: kind: [D006] value "" is not valid; expected a column "kind"; mend the value
    units.csv:1: type: [D003] column "type" is not declared; declare the name or mend its spelling (nearest: parent)
    "#);
}

#[test]
fn units_in_time() {
    assert_snapshot!(with("units.csv", "2020-02-11,", "2020-02-10,"), @r#"units.csv:4: valid_from: [D009] unit "c1" has two rows whose dates overlap; mend valid_from and valid_to"#);
    assert_snapshot!(with("units.csv", "v,Vùng 1,vung,,,,,", "v,Vùng 1,vung,,,,,2020-01-31"), @r#"
    units.csv: kind: [D006] value "" is not valid; expected one unit of level vung on 2020-02-29; mend the value
    units.csv:3: parent: [D007] unit "v" (parent of c1 on 2020-02-10) is not in the register at that time; add the unit to units.xlsx, or mend its code or dates
    units.csv:4: parent: [D007] unit "v" (parent of c1 on 2020-02-11) is not in the register at that time; add the unit to units.xlsx, or mend its code or dates
    units.csv:5: parent: [D007] unit "v" (parent of c2 on 2020-02-29) is not in the register at that time; add the unit to units.xlsx, or mend its code or dates
    "#);
    assert_snapshot!(with("units.csv", "2020-02-11,", "11/13/2020,"), @r#"
    units.csv:4: valid_from: [D006] value "11/13/2020" is not valid; expected a date such as 30/11/2014; mend the value
    units.csv:4: valid_from: [D009] unit "c1" has two rows whose dates overlap; mend valid_from and valid_to
    "#);
    assert_snapshot!(with("units.csv", "tre,a,,2020-02-10", "tre,a,,2019-02-10"), @r#"
    units.csv:3: parent: [D007] unit "v" (parent of c1 on 2019-02-10) is not in the register at that time; add the unit to units.xlsx, or mend its code or dates
    units.csv:3: valid_to: [D006] value "2019-02-10" is not valid; expected a date not before valid_from; mend the value
    "#);
}

#[test]
fn units_above_each_other() {
    assert_snapshot!(with("units.csv", "v,Vùng 1,vung,,", "v,Vùng 1,vung,c2,"), @"units.csv:5: parent: [D008] circular relation: c2 → v → c2 (2020-01-01); mend the parents so that none leads back to itself");
    assert_snapshot!(with("units.csv", "c2,Hoa Cúc,clb,v", "c2,Hoa Cúc,clb,c1"), @r#"units.csv:5: parent: [D006] value "c1" is not valid; expected a unit on a level above clb; mend the value"#);
    assert_snapshot!(with("units.csv", "c2,Hoa Cúc,clb,v", "c2,Hoa Cúc,vung,"), @r#"units.csv: kind: [D006] value "c2, v" is not valid; expected one unit of level vung on 2020-01-31; mend the value"#);
}

#[test]
fn a_sector_is_needed_where_the_register_counts_by_sector() {
    assert_snapshot!(
        with("campaign.toml", "from = \"register\"\nlevels = [\"clb\"]", "from = \"register\"\nlevels = [\"clb\"]\nsectors = [\"tre\"]"),
        @r#"
    units.csv:4: sector: [D006] value "" is not valid; expected a sector; mend the value
    units.csv:5: sector: [D006] value "" is not valid; expected a sector; mend the value
    "#
    );
}

#[test]
fn targets_and_decisions() {
    assert_snapshot!(with("targets.csv", "c1,A1,92.5", "c9,A2,92.5"), @r#"
    targets.csv:2: indicator: [D003] indicator "A2" is not declared; declare the name or mend its spelling (nearest: A1)
    targets.csv:2: unit: [D007] unit "c9" (nearest: c1) is not in the register at that time; add the unit to units.xlsx, or mend its code or dates
    "#);
    assert_snapshot!(with("targets.csv", "92.5", "92.555"), @r#"targets.csv:2: value: [D006] value "92.555" is not valid; expected a number with at most 2 decimals; mend the value"#);
    assert_snapshot!(with("targets.csv", "92.5", "1001"), @r#"targets.csv:2: value: [D006] value "1001" is not valid; expected a value of the measure phan-tram; mend the value"#);
    assert_snapshot!(with("targets.csv", "c1,A1,92.5,Vùng,2/QĐ", "c1,A1,92.5,Vùng,2/QĐ\nc1,A1,93,Vùng,3/QĐ"), @r#"targets.csv:3: unit: [D004] target "c1, A1" is declared twice; remove or rename one of the two"#);
    assert_snapshot!(with("decisions.csv", "exclude,c2,t2", "expel,c2,t3"), @r#"
    decisions.csv:2: period: [D003] period "t3" is not declared; declare the name or mend its spelling (nearest: t1)
    decisions.csv:2: what: [D006] value "expel" is not valid; expected one of discipline, ky-luat, exclude, loai-tru, official-class, xep-loai, place, thu-hang; mend the value
    "#);
    assert_snapshot!(with("decisions.csv", "không báo cáo", ""), @r#"decisions.csv:2: why: [D006] value "" is not valid; expected a text; mend the value"#);
}
