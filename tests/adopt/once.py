"""Makes, once, the blank workbooks and their filled copies: `python3 once.py` in this folder.

Out: blank/*, filled/* (.xlsx by openpyxl 3.1; .xls and .ods of them by LibreOffice), and
     filled/*.csv: every cell that was filled, with its value. What is asked is said here, cell by
     cell, by nothing that the program knows. The files hold clocks: making them again changes bytes.
"""

import csv
import datetime
import subprocess
import tempfile
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side

HERE = Path(__file__).resolve().parent
THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
# What a sender types where a name is asked for.
NAME = "Hội cơ sở Bến Đá"


class Book:
    """A workbook drawn twice: with and without what is filled in."""

    def __init__(self):
        self.blank, self.filled = openpyxl.Workbook(), openpyxl.Workbook()
        self.answers = []
        self.next = 10
        self.first = True
        self.font = None

    def sheet(self, name):
        for book in (self.blank, self.filled):
            page = book.active if self.first else book.create_sheet()
            page.title = name
        self.first = False
        self.name = name

    def put(self, cell, text, bold=False, head=False):
        for book in (self.blank, self.filled):
            at = book[self.name][cell]
            at.value = text
            at.font = Font(bold=bold or head, name=self.font or "Times New Roman")
            at.alignment = Alignment(wrap_text=True, horizontal="center" if head else None)
            if head:
                at.border = BOX

    def merge(self, area):
        for book in (self.blank, self.filled):
            book[self.name].merge_cells(area)

    def width(self, **widths):
        for book in (self.blank, self.filled):
            for column, width in widths.items():
                book[self.name].column_dimensions[column].width = width

    def sender(self, cell, label):
        """A label that the sender writes behind."""
        self.blank[self.name][cell] = f"{label} ……………………………………"
        self.filled[self.name][cell] = f"{label} {NAME}"

    def ask(self, cell, value=None):
        """An input cell; without a value the next number."""
        if value is None:
            value, self.next = self.next, self.next + 7
        self.blank[self.name][cell].border = BOX
        at = self.filled[self.name][cell]
        at.value = value
        if isinstance(value, datetime.date):
            at.number_format = "dd/mm/yyyy"
        self.answers.append((self.name, cell, value.isoformat() if isinstance(value, datetime.date) else value))

    def lines(self, first, columns, rows):
        """Rows of texts below `first`, one column each; `?` asks, `?=value` asks with that value."""
        for row, texts in enumerate(rows, first):
            for column, text in zip(columns, texts):
                if text == "?":
                    self.ask(f"{column}{row}")
                elif isinstance(text, tuple):
                    self.ask(f"{column}{row}", text[0])
                elif text is not None:
                    self.put(f"{column}{row}", text)

    def heads(self, **texts):
        for cell, text in texts.items():
            self.put(cell, text, head=True)

    def foot(self, row, column="D"):
        self.put(f"{column}{row}", "Sông Xanh, ngày …… tháng …… năm 2015")
        self.put(f"A{row + 1}", "NGƯỜI LẬP BIỂU", bold=True)
        self.put(f"{column}{row + 1}", "TM. BAN CHẤP HÀNH", bold=True)
        self.put(f"{column}{row + 2}", "(Ký, ghi rõ họ tên, đóng dấu)")

    def save(self, name, kind="xlsx"):
        for book, folder in ((self.blank, "blank"), (self.filled, "filled")):
            target = HERE / folder / f"{name}.{kind}"
            if kind == "xlsx":
                book.save(target)
                continue
            with tempfile.TemporaryDirectory() as temporary:
                source = Path(temporary) / f"{name}.xlsx"
                book.save(source)
                office = f"-env:UserInstallation=file://{temporary}/office"
                command = ["soffice", office, "--headless", "--convert-to", kind, "--outdir", str(target.parent), str(source)]
                subprocess.run(command, check=True, capture_output=True)
        with open(HERE / "filled" / f"{name}.csv", "w", encoding="utf-8", newline="") as table:
            writer = csv.writer(table, lineterminator="\n")
            writer.writerow(["sheet", "cell", "value"])
            writer.writerows(self.answers)


def classic():
    """TT, label, measure, value, note; sections merged over all columns; signatures."""
    book = Book()
    book.sheet("Biểu 1")
    book.put("A1", "HỘI CHỮ THẬP ĐỎ TỈNH SÔNG XANH")
    book.put("D1", "Mẫu số 01/BC-HCS")
    book.put("D2", "(Dùng cho hội cơ sở)")
    book.sender("A3", "Đơn vị báo cáo:")
    book.put("A5", "BÁO CÁO KẾT QUẢ CÔNG TÁC HỘI NĂM 2015", bold=True)
    book.merge("A5:E5")
    book.heads(A7="TT", B7="Nội dung", C7="Đơn vị tính", D7="Số lượng", E7="Ghi chú")
    for row, text in ((8, "I. TỔ CHỨC HỘI"), (14, "II. HIẾN MÁU VÀ CỨU TRỢ")):
        book.put(f"A{row}", text, bold=True)
        book.merge(f"A{row}:E{row}")
    book.lines(9, "ABCD", [
        (1, "Tổng số hội viên", "người", "?"),
        (None, "- Trong đó: nữ", "người", "?"),
        (2, "Số hội viên mới kết nạp", "người", "?"),
        (None, "- Trong đó: nữ", "người", "?"),
        (3, "Số chi hội trực thuộc", "chi hội", "?"),
    ])
    book.lines(15, "ABCD", [
        (4, "Số đơn vị máu tiếp nhận", "đơn vị", "?"),
        (5, "Tỷ lệ dân số tham gia hiến máu", "%", (12.5,)),
        (6, "Giá trị cứu trợ", "đồng", (15_000_000,)),
        (7, "Có đội ứng phó thiên tai", "Có/Không", ("Có",)),
        (8, "Ngày phát động Tháng nhân đạo", "ngày/tháng/năm", (datetime.date(2015, 5, 8),)),
        (9, "Khó khăn, vướng mắc", None, ("Thiếu kinh phí đi lại",)),
    ])
    book.width(A=6, B=44, C=14, D=14, E=18)
    book.foot(22)
    book.save("classic")


def two_levels():
    """Headings over two rows, equal ones below; numbers of columns; 1, 1.1 and a) without measures of groups."""
    book = Book()
    book.sheet("Tổng hợp")
    book.put("A1", "Biểu số 02-TH")
    book.put("A2", "BIỂU TỔNG HỢP PHONG TRÀO NĂM 2015", bold=True)
    book.merge("A2:H2")
    book.sender("A3", "Tên đơn vị:")
    book.heads(A5="STT", B5="Tiêu chí", C5="ĐVT", D5="Sáu tháng đầu năm", F5="Cả năm", H5="Thuyết minh",
               D6="Thực hiện", E6="Tỷ lệ (%)", F6="Thực hiện", G6="Tỷ lệ (%)")
    for area in ("A5:A6", "B5:B6", "C5:C6", "D5:E5", "F5:G5", "H5:H6"):
        book.merge(area)
    for column, text in zip("ABCDEFGH", ("(A)", "(B)", "(C)", "(1)", "(2)", "(3)", "(4)", "(5)")):
        book.put(f"{column}7", text)
    share = lambda value: (value,)
    book.lines(8, "ABCDEFG", [
        ("1", "Công tác tuyên truyền"),
        ("1.1", "Số buổi nói chuyện", "buổi", "?", share(40.5), "?", share(99)),
        ("1.2", "Số tin, bài đã đăng", "tin, bài", "?", share(51.25), "?", share(100)),
        ("2", "Hoạt động nhân đạo"),
        ("2.1", "Số hộ được giúp đỡ", "hộ", "?", share(33), "?", share(66.67)),
        ("a)", "Hộ nghèo", "hộ", "?", share(20), "?", share(45)),
        ("b)", "Hộ cận nghèo", "hộ", "?", share(13), "?", share(21.5)),
        ("2.2", "Số tiền vận động", "triệu đồng", "?", share(80), "?", share(101.5)),
    ])
    book.width(A=6, B=36, C=12, D=12, E=12, F=12, G=12, H=18)
    book.foot(18, "F")
    book.save("two-levels")


def no_numbers():
    """No TT column: numbers stand in the labels, measures in brackets; saved as .xls."""
    book = Book()
    book.sheet("BC quý")
    book.put("A1", "BÁO CÁO NHANH CÔNG TÁC AN TOÀN VỆ SINH LAO ĐỘNG", bold=True)
    book.merge("A1:C1")
    book.sender("A2", "Đơn vị báo cáo:")
    book.heads(A4="Nội dung báo cáo", B4="Số liệu", C4="Giải trình")
    book.lines(5, "AB", [
        ("A. LAO ĐỘNG",),
        ("1. Tổng số lao động (người)", "?"),
        ("a) Lao động nữ (người)", "?"),
        ("b) Lao động làm việc nặng nhọc, độc hại (người)", "?"),
        ("2. Số an toàn vệ sinh viên (người)", "?"),
        ("B. TAI NẠN LAO ĐỘNG",),
        ("1. Số vụ tai nạn lao động (vụ)", "?"),
        ("a) Số vụ có người chết (vụ)", "?"),
        ("2. Chi phí do tai nạn (triệu đồng)", (42.5,)),
        ("3. Tỷ lệ lao động được huấn luyện (%)", (87.5,)),
        ("4. Kiến nghị, đề xuất", ("Cấp thêm bảo hộ lao động",)),
    ])
    book.width(A=56, B=14, C=20)
    book.foot(17, "B")
    book.save("no-numbers", "xls")


# Letters of TCVN3 (TCVN 5712), as fonts named .VnTime show them.
TCVN3 = dict(zip(
    "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ",
    bytes([0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xA8, 0xBB, 0xBC, 0xBD, 0xBE, 0xC6, 0xA9, 0xC7, 0xC8, 0xC9, 0xCA, 0xCB, 0xAE,
           0xCC, 0xCE, 0xCF, 0xD0, 0xD1, 0xAA, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xD7, 0xD8, 0xDC, 0xDD, 0xDE,
           0xDF, 0xE1, 0xE2, 0xE3, 0xE4, 0xAB, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xAC, 0xEA, 0xEB, 0xEC, 0xED, 0xEE,
           0xEF, 0xF1, 0xF2, 0xF3, 0xF4, 0xAD, 0xF5, 0xF6, 0xF7, 0xF8, 0xF9, 0xFA, 0xFB, 0xFC, 0xFD, 0xFE]).decode("latin-1")))
TCVN3 |= {"Ă": "\xa1", "Â": "\xa2", "Ê": "\xa3", "Ô": "\xa4", "Ơ": "\xa5", "Ư": "\xa6", "Đ": "\xa7"}


def old(text):
    return "".join(TCVN3.get(letter, letter) for letter in text) if isinstance(text, str) else text


def old_letters():
    """Texts in TCVN3 letters and a .VnTime font, a title in small letters, no notes."""
    book = Book()
    book.sheet("Bieu CSVC")
    book.font = ".VnTime"
    book.put("A1", old("Biểu mẫu số 4"))
    book.put("A2", old("Báo cáo tình hình đời sống công nhân lao động"), bold=True)
    book.merge("A2:D2")
    book.heads(A4=old("Số TT"), B4=old("Chỉ tiêu"), C4=old("Đơn vị tính"), D4=old("Thực hiện"))
    book.lines(5, "ABCD", [
        tuple(old(text) for text in row) for row in [
            ("I", "Nhà ở"),
            (1, "Số nhà tình thương đã xây", "nhà", "?"),
            (2, "Kinh phí hỗ trợ", "nghìn đồng", "?"),
            ("II", "Đời sống"),
            (1, "Số lao động thiếu việc làm", "người", "?"),
            (2, "Tiền lương bình quân tháng", "đồng", "?"),
            (3, "Số bếp ăn tập thể", "bếp", "?"),
        ]
    ])
    book.width(A=6, B=40, C=14, D=14)
    book.save("old-letters", "xls")


def several():
    """Two forms, a list between them and a page of instructions; equal labels under different sections."""
    book = Book()
    book.sheet("Hướng dẫn")
    book.put("A1", "HƯỚNG DẪN GHI BIỂU", bold=True)
    book.put("A3", "Ghi số vào các ô trống, không sửa tên dòng. Gửi về tỉnh hội trước ngày 20 tháng 12.")
    book.sheet("Nhân sự")
    book.put("A1", "BÁO CÁO VỀ CÁN BỘ, HỘI VIÊN NĂM 2015", bold=True)
    book.merge("A1:E1")
    book.sender("A2", "Đơn vị báo cáo:")
    book.heads(A4="TT", B4="Nội dung", C4="Tổng số", D4="Nữ", E4="Ghi chú")
    book.lines(5, "ABCD", [
        ("A", "CÁN BỘ"),
        (1, "Số cán bộ chuyên trách", "?", "?"),
        (2, "Số cán bộ kiêm nhiệm", "?", "?"),
        ("B", "HỘI VIÊN"),
        (1, "Số hội viên đầu năm", "?", "?"),
        (2, "Số hội viên cuối năm", "?", "?"),
        ("+", "Dưới 30 tuổi", "?", "?"),
    ])
    book.foot(13)
    book.sheet("DS khen thưởng")
    book.put("A1", "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG", bold=True)
    book.merge("A1:F1")
    book.heads(A3="STT", B3="Họ và tên", C3="Chức vụ", D3="Ngày vào hội", E3="Số tiền thưởng (đồng)", F3="Ghi chú")
    for row in range(4, 12):
        book.put(f"A{row}", row - 3)
    for row, who in ((4, "Nguyễn Thị Hoa"), (5, "Y Thuyên Niê")):
        book.ask(f"B{row}", who)
        book.ask(f"C{row}", "Chi hội trưởng")
        book.ask(f"D{row}", datetime.date(2010, row, 2))
        book.ask(f"E{row}", 100_000 * row)
    book.foot(14, "E")
    book.sheet("Tài chính")
    book.put("A1", "BÁO CÁO THU CHI QUỸ HỘI NĂM 2015", bold=True)
    book.merge("A1:D1")
    book.put("D2", "Đơn vị tính: nghìn đồng")
    book.sender("A3", "Đơn vị báo cáo:")
    book.heads(A5="TT", B5="Chỉ tiêu", C5="Số tiền", D5="Ghi chú")
    book.lines(6, "ABC", [
        ("I", "Tổng thu", "?"),
        (1, "Thu hội phí", "?"),
        (2, "Thu vận động", "?"),
        ("II", "Tổng chi", "?"),
        (1, "Chi hoạt động", "?"),
        (2, "Chi cứu trợ", "?"),
    ])
    book.foot(14, "C")
    book.save("several")


def lists_only():
    """Two lists on two tabs, one heading over two rows; no lines at all; saved as .ods."""
    book = Book()
    book.sheet("Hiến máu")
    book.put("A1", "DANH SÁCH NGƯỜI HIẾN MÁU TÌNH NGUYỆN", bold=True)
    book.merge("A1:F1")
    book.sender("A2", "Đơn vị báo cáo:")
    book.heads(A4="TT", B4="Họ và tên", C4="Năm sinh", D4="Số lần hiến máu", E4="Ngày hiến gần nhất", F4="Địa chỉ")
    for row, (who, year, day) in enumerate((("Trần Văn Nam", "1980", datetime.date(2015, 3, 9)), ("H'Len Mlô", "1991", datetime.date(2015, 4, 7))), 5):
        book.put(f"A{row}", row - 4)
        book.ask(f"B{row}", who)
        book.ask(f"C{row}", year)
        book.ask(f"D{row}")
        book.ask(f"E{row}", day)
        book.ask(f"F{row}", "Buôn Ea Súp")
    book.sheet("Cứu trợ")
    book.put("A1", "DANH SÁCH HỘ ĐƯỢC CỨU TRỢ", bold=True)
    book.merge("A1:E1")
    book.sender("A2", "Đơn vị báo cáo:")
    book.heads(A4="TT", B4="Chủ hộ", C4="Số khẩu", D4="Giá trị cứu trợ", D5="Tiền mặt (đồng)", E5="Hàng hóa (đồng)")
    for area in ("A4:A5", "B4:B5", "C4:C5", "D4:E4"):
        book.merge(area)
    book.put("A6", 1)
    book.ask("B6", "Lê Thị Bảy")
    book.ask("C6", "4")
    book.ask("D6", 500_000)
    book.ask("E6", 350_000)
    book.save("lists-only", "ods")


def other_words():
    """No word that forms usually print: headings told by their place, dashes, a column of opinions to the right."""
    book = Book()
    book.sheet("Trang 1")
    book.put("A1", "PHIẾU THEO DÕI PHONG TRÀO XANH – SẠCH – ĐẸP", bold=True)
    book.merge("A1:D1")
    book.sender("A2", "Đơn vị báo cáo:")
    book.heads(A4="Việc đã làm", B4="Kết quả đạt được", C4="Nữ tham gia", D4="Ghi chú")
    book.lines(5, "ABC", [
        ("VỆ SINH NƠI LÀM VIỆC",),
        ("Số buổi tổng vệ sinh", "?", "?"),
        ("- Số người tham gia", "?", "?"),
        ("TRỒNG CÂY",),
        ("Số cây đã trồng (cây)", "?", "?"),
        ("- Trong đó: cây ăn quả (cây)", "?", "?"),
        ("Số người tham gia", "?", "?"),
    ])
    book.width(A=40, B=16, C=16, D=18)
    book.save("other-words")


def statistics():
    """A statistical form: codes, `x` where nothing is asked, printed plans, a formula, a measure for all."""
    book = Book()
    book.sheet("01-TC")
    book.put("A1", "Biểu số 01-TC/HCTĐ")
    book.put("A2", "Ban hành theo Quyết định số 15/QĐ-HCTĐ")
    book.put("C3", "TÌNH HÌNH THU CHI TÀI CHÍNH NĂM 2015", bold=True)
    book.merge("C3:F3")
    book.sender("A4", "Tên đơn vị:")
    book.put("F5", "(ĐVT: triệu đồng)")
    book.heads(A6="Chỉ tiêu", B6="Mã số", C6="Kế hoạch giao", D6="Ước thực hiện", E6="Thực hiện", F6="So sánh (%)")
    for column, text in zip("ABCDEF", ("A", "B", "1", "2", "3", "4=3/1")):
        book.put(f"{column}7", text)
    book.lines(8, "ABCDE", [
        ("I. THU", "01", 400, "?", "?"),
        ("1. Ngân sách cấp", "02", 250, "?", "?"),
        ("2. Vận động tài trợ", "03", 150, "?", "?"),
        ("II. CHI", "04", 380, "?", "?"),
        ("1. Chi cứu trợ", "05", 300, "x", "?"),
        ("2. Chi bộ máy", "06", 80, "x", "?"),
        ("III. TỒN QUỸ CUỐI NĂM", "07", 20, "x", "?"),
    ])
    for row in range(8, 15):
        book.put(f"F{row}", f"=E{row}/C{row}*100")
    book.width(A=36, B=8, C=14, D=14, E=14, F=14)
    book.foot(17)
    book.save("statistics")


def indented():
    """The table begins in column B; parts stand one column further right; headings over three rows, years
    as numbers; numbers merged downwards; a heading with a blank row below."""
    book = Book()
    book.sheet("Phụ biểu")
    book.put("B2", "HỘI CHỮ THẬP ĐỎ TỈNH SÔNG XANH")
    book.put("G2", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    book.put("G3", "Độc lập - Tự do - Hạnh phúc")
    book.sender("B4", "Đơn vị báo cáo:")
    book.put("B6", "Phụ biểu 03: KẾT QUẢ VẬN ĐỘNG NGUỒN LỰC")
    book.merge("B6:J6")
    book.heads(B8="Số TT", C8="Nội dung và đối tượng", E8="Đơn vị", F8="Nguồn lực", J8="Ghi chú",
               F9="Trong nước", H9="Ngoài nước")
    for column, year in zip("FGHI", (2014, 2015, 2014, 2015)):
        book.put(f"{column}10", year, head=True)
    for area in ("B8:B10", "C8:D10", "E8:E10", "F8:I8", "J8:J10", "F9:G9", "H9:I9"):
        book.merge(area)
    row = 11
    for number, label, parts in ((1, "Số đợt vận động", ("Cấp tỉnh", "Cấp huyện")), (2, "Số tiền vận động", ("Tiền mặt",))):
        measure = "đợt" if number == 1 else "triệu đồng"
        book.put(f"B{row}", number)
        book.merge(f"B{row}:B{row + len(parts)}")
        book.put(f"C{row}", label)
        book.merge(f"C{row}:D{row}")
        for at, text in enumerate((label, *parts)):
            if at:
                book.put(f"D{row + at}", text)
            book.put(f"E{row + at}", measure)
            for column in "FGHI":
                book.ask(f"{column}{row + at}")
        row += len(parts) + 1
    book.foot(row + 2, "H")
    book.save("indented")


def two_pages():
    """Headings printed again on the next page, ditto marks for measures, a total, a line to choose from; .xls."""
    book = Book()
    book.sheet("Mau B2")
    book.put("A1", "Mẫu B2")
    book.put("A2", "THỐNG KÊ HOẠT ĐỘNG NỮ CÔNG")
    book.merge("A2:E2")
    book.sender("A3", "Tên đơn vị báo cáo:")
    heads = ("STT", "Nội dung", "Đơn vị tính", "Số lượng", "Ghi chú")
    for column, text in zip("ABCDE", heads):
        book.put(f"{column}5", text, head=True)
        book.put(f"{column}11", text, head=True)
    book.lines(6, "ABCD", [
        ("I", "LAO ĐỘNG NỮ"),
        (1, "Tổng số lao động nữ", "người", "?"),
        (2, "Số nữ là đoàn viên", '"', "?"),
        (3, "Số nữ cán bộ", '"', "?"),
        (None, "Cộng", "người", "?"),
    ])
    book.lines(12, "ABCD", [
        ("II", "PHONG TRÀO"),
        (1, "Số chị đạt danh hiệu hai giỏi", "người", "?"),
        (2, "Ban nữ công (có/không)", None, ("Có",)),
        (3, "Số con CNVCLĐ được khen thưởng", "cháu", "?"),
        (4, "Ngày kiện toàn ban nữ công", None, (datetime.date(2015, 3, 8),)),
    ])
    book.foot(19)
    book.save("two-pages", "xls")


for layout in (classic, two_levels, no_numbers, old_letters, several, lists_only, other_words, statistics, indented, two_pages):
    layout()
