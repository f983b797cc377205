//! Odd values: what stands in the inputs.

use super::grid::{Page, Value};
use super::write::xlsx;
use super::{Base, Case};

pub(super) fn cases(base: &Base) -> Vec<Case> {
    let form = |change: &dyn Fn(&mut Page)| base.with(|grid| change(grid.page("Mẫu 1")));
    let appendix = |change: &dyn Fn(&mut Page)| base.with(|grid| change(grid.page("Phụ lục")));
    let superior = |change: &dyn Fn(&mut Page)| xlsx(&base.superior_with(|grid| change(grid.page("Mẫu 2"))));
    let typed = |values: &'static [(&'static str, &'static str)]| {
        form(&|page| values.iter().for_each(|(label, text)| page.set(label, *text)))
    };
    let mut cases = vec![
        Case::here("numbers-as-text-vn.xlsx", "numbers as text with points for thousands", {
            superior(&|page| {
                for (label, text) in [
                    ("Tổng số lao động", "5.609"),
                    ("Tiền lương bình quân", "4.710.000"),
                    ("+ Tỷ lệ so với tổng số lao động", "1,66"),
                    ("Thu kinh phí", "984.622.000"),
                    ("Dự toán thu", "3.303.000.000 đ"),
                ] {
                    page.set(label, text);
                }
            })
        }),
        Case::here("numbers-as-text-en.xlsx", "numbers as text with commas for thousands", {
            superior(&|page| {
                for (label, text) in [
                    ("Tổng số lao động", "5,609"),
                    ("Tiền lương bình quân", "4,710,000"),
                    ("+ Tỷ lệ so với tổng số lao động", "1.66"),
                    ("Thu kinh phí", "984,622,000"),
                    ("Dự toán thu", "3,303,000,000.00"),
                ] {
                    page.set(label, text);
                }
            })
        }),
        Case::here("ambiguous-numbers.xlsx", "text that can be read in two ways", {
            superior(&|page| {
                page.set("+ Tỷ lệ so với tổng số lao động", "1.234");
                page.set("Tổng số lao động", "5,60");
                page.set("Tổng số đoàn viên", "5.19");
            })
        }),
        Case::here(
            "numbers-with-units.xlsx",
            "numbers with their measure behind",
            typed(&[
                ("Tổng số lao động", "47 người"),
                ("- Trong đó: nữ", "40 ng."),
                ("Tiền lương bình quân", "4.320.000 đồng"),
                ("Tổng số đoàn viên", "46 đ/c"),
                ("Số đoàn viên mới", "01"),
            ]),
        ),
        Case::here(
            "money-in-millions.xlsx",
            "money in millions and thousands",
            typed(&[("Tiền lương bình quân", "4,32 triệu"), ("Tổng số tiền doanh nghiệp", "1.200 nghìn đồng")]),
        ),
        Case::here("numbers-with-spaces.xlsx", "spaces, non-breaking spaces and an apostrophe in numbers", {
            superior(&|page| {
                page.set("Tổng số lao động", "5 609");
                page.set("Trong đó: nữ", "2\u{A0}975 ");
                page.set("Tiền lương bình quân", "4\u{202F}710\u{202F}000");
                page.set("Thu kinh phí", "'984622000");
            })
        }),
        Case::here(
            "full-width-digits.xlsx",
            "full-width digits",
            typed(&[("Tổng số lao động", "４７"), ("Tiền lương bình quân", "４．３２０．０００")]),
        ),
        Case::here(
            "letters-for-digits.xlsx",
            "the letter O for zero, l for one",
            typed(&[("Tổng số đoàn viên", "4O"), ("Số đoàn viên mới", "l")]),
        ),
        Case::here("share-as-fraction.xlsx", "shares typed as 0.0166 and 0,0124", {
            superior(&|page| {
                page.set("+ Tỷ lệ so với tổng số lao động", 0.0166);
                let row = page.row("+ Tỷ lệ so với tổng số lao động nữ", 0);
                page.put_at(row, 3, "0,0124");
            })
        }),
        Case::here("share-as-text.xlsx", "shares typed as “1,66%” and “1.24 %”", {
            superior(&|page| {
                page.set("+ Tỷ lệ so với tổng số lao động", "1,66%");
                let row = page.row("+ Tỷ lệ so với tổng số lao động nữ", 0);
                page.put_at(row, 3, "1.24 %");
            })
        }),
        Case::here("share-wrong.xlsx", "a share that its parts do not give", {
            superior(&|page| page.set("+ Tỷ lệ so với tổng số lao động", 16.6))
        }),
        Case::here(
            "two-scores-in-one-cell.xlsx",
            "two numbers in one cell",
            typed(&[
                ("Tổng số lao động", "47/40"),
                ("- Trong đó: nữ", "40 (15 hợp đồng)"),
                ("Số lao động được ký", "45 + 2"),
                ("Tổng số đoàn viên", "46-47"),
            ]),
        ),
        Case::here(
            "ditto-in-values.xlsx",
            "a ditto mark instead of a number",
            typed(&[("Số lao động được đóng", "\""), ("Số lao động được ký", "nt")]),
        ),
        Case::here(
            "nothing-in-many-words.xlsx",
            "0, blank, -, không, không có, không áp dụng, chưa có",
            typed(&[
                ("Số lao động thiếu việc làm", "-"),
                ("Số người được nhà nước", "không"),
                ("Số người phải tự thuê", "Không có"),
                ("Tổng số tiền doanh nghiệp", "không áp dụng"),
                ("Số đoàn viên mới", "chưa có số liệu"),
                ("Số cán bộ công đoàn chuyên trách", "0"),
            ]),
        ),
        Case::here(
            "not-known-in-many-words.xlsx",
            "?, …, x, n/a, /",
            typed(&[
                ("Số lao động thiếu việc làm", "?"),
                ("Số người được nhà nước", "..."),
                ("Số người phải tự thuê", "x"),
                ("Tổng số tiền doanh nghiệp", "N/A"),
                ("Số đoàn viên mới", "/"),
            ]),
        ),
        Case::here("negative-and-decimal.xlsx", "a negative count, a decimal in a count, a sign +", {
            form(&|page| {
                page.set("Số lao động thiếu việc làm", -3.0);
                page.set("Tổng số đoàn viên", 46.5);
                page.set("Số đoàn viên mới", "+1");
                page.set("Số người được nhà nước", "-3");
                page.set("Tiền lương bình quân", 4_320_000.4);
            })
        }),
        Case::here("huge-and-not-a-number.xlsx", "1E400, NaN, Infinity, 10^15 and 30 digits", {
            let bytes = form(&|page| {
                for (label, text) in [
                    ("Tổng số lao động", "NaN"),
                    ("- Trong đó: nữ", "1E400"),
                    ("Số lao động thiếu việc làm", "Infinity"),
                    ("Tổng số đoàn viên", "123456789012345678901234567890"),
                ] {
                    page.set(label, text);
                }
                page.set("Số cán bộ công đoàn không chuyên trách", 1E15);
            });
            super::write::patch(&bytes, |name, text| {
                (name == "xl/worksheets/sheet1.xml").then(|| text.replace("<v>4320000</v>", "<v>1E400</v>"))
            })
        }),
        Case::here("floating-dust.xlsx", "47.000000000000007 and 39.99999999999999, as sums of decimals leave them", {
            form(&|page| {
                page.set("Tổng số lao động", 47.000_000_000_000_01);
                page.set("- Trong đó: nữ", 39.999_999_999_999_99);
            })
        }),
        Case::here("too-many-zeros.xlsx", "a wage of 4.3 billion and one of 4.320 dong", {
            form(&|page| page.set("Tiền lương bình quân", 4_320.0))
        }),
        Case::here("part-above-whole.xlsx", "more women than workers", form(&|page| page.set("- Trong đó: nữ", 52.0))),
        Case::here("part-above-whole-explained.xlsx", "more people reached than workers, explained in Ghi chú", {
            appendix(&|page| {
                page.set("Số CNVCLĐ được tuyên truyền", 61.0);
                page.note("Số CNVCLĐ được tuyên truyền", "Tính cả lao động hợp đồng thời vụ của bếp ăn");
            })
        }),
        Case::here(
            "words-in-inputs.xlsx",
            "sentences in inputs of numbers",
            typed(&[
                ("Tổng số đoàn viên", "đang thống kê"),
                ("Số đoàn viên mới", "sẽ báo cáo sau"),
                ("Tổng số lao động", "bốn mươi bảy"),
            ]),
        ),
        Case::here(
            "required-left-blank.xlsx",
            "lines that must be filled are empty",
            form(&|page| {
                page.clear("D13");
                page.clear("D14");
            }),
        ),
        Case::here(
            "spaces-in-blank-inputs.xlsx",
            "inputs with a space in them",
            form(&|page| {
                page.put("D16", " ");
                page.put("D23", "\u{A0}");
            }),
        ),
        Case::here(
            "notes-beside-values.xlsx",
            "remarks in the column of notes",
            form(&|page| {
                page.note("Tổng số lao động", "kể cả hợp đồng");
                page.note("Số đoàn viên mới", "QĐ số 12");
            }),
        ),
        Case::here(
            "count-as-date.xlsx",
            "3/5 became a date as it was typed",
            form(&|page| {
                page.set("Số người được nhà nước", Value::Date(2014, 5, 3));
            }),
        ),
        Case::here(
            "long-narrative.xlsx",
            "difficulties of 3,000 characters with line breaks and leading =",
            appendix(&|page| {
                let line = "- Một số đoàn viên chưa nhận thức đầy đủ về phong trào thi đua.\n";
                page.set("Khó khăn", line.repeat(46));
                page.set("Kiến nghị", "=== Đề nghị cấp trên hỗ trợ kinh phí ===");
            }),
        ),
        Case::here(
            "control-characters.xlsx",
            "zero-width and direction marks pasted from the web",
            form(&|page| {
                page.set("Tổng số lao động", "\u{200B}47\u{200E}");
                page.relabel("Tổng số đoàn viên", "\u{FEFF}Tổng số đoàn\u{200B} viên");
            }),
        ),
    ];
    cases.push(Case::here(
        "yes-no-in-many-words.xlsx",
        "x, X, rồi, đã tổ chức, Yes, 1, chưa, K, C",
        appendix(&|page| {
            for (label, text) in [
                ("Đơn vị đạt chuẩn văn hóa", "x"),
                ("Đã tổ chức hội nghị cán bộ", "đã tổ chức"),
                ("Đã tổ chức hội nghị người lao động (DN nhà nước)", "K"),
                ("Có quy chế dân chủ", "Rồi"),
                ("Có thỏa ước", "chưa"),
                ("Có quỹ", "Yes"),
            ] {
                page.set(label, text);
            }
        }),
    ));
    cases.push(Case::here(
        "choices-as-typed.xlsx",
        "choices with spaces, other case, a typing error, an unknown one",
        appendix(&|page| {
            page.set("Xếp loại UBKT", " tốt ");
            page.set("Cấp trên kết luận", "Đúng");
        }),
    ));
    cases.push(Case::office(
        "numbers-as-text.xls",
        "numbers as text in an .xls",
        &base.grid(|grid| {
            let page = grid.page("Mẫu 1");
            page.set("Tổng số lao động", "47");
            page.set("Tiền lương bình quân", "4.320.000");
        }),
        "xls",
    ));
    cases
}
