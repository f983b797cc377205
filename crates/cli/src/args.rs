//! The command line.

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;
use thidua_campaign::Setting;
use thidua_model::{Date, Lang, PeriodId};

/// Phong trào thi đua: từ báo cáo Excel đến chỉ tiêu, điểm, xếp hạng và sổ tổng hợp.
/// From Excel reports to indicators, points, rankings and the consolidated workbook.
#[derive(Debug, Parser)]
#[command(
    name = "thidua",
    version,
    about,
    after_help = "\
Mã kết thúc: 0 xong (lỗi trong báo cáo được ghi lại, không làm dừng) · 1 validate: có tệp không được nhận đủ; verify: có chỗ không khớp; form adopt: không thấy biểu · 2 gõ sai lệnh · 3 định nghĩa có lỗi · \
4 không đọc hoặc không ghi được thư mục hay cơ sở dữ liệu, đĩa đầy, cổng mạng đã có chương trình dùng
Exit codes: 0 done (problems inside workbooks are reported, not failures) · 1 validate: a file is not accepted in full; verify: something does not agree; form adopt: no form found · 2 wrong usage · \
3 the definition is broken · 4 a folder or database cannot be read or written, disk full, network port in use"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Đọc báo cáo, tính toán, ghi bản phát hành và sổ tổng hợp · read reports, compute, write a release
    Run(Run),
    /// Kiểm tra tệp báo cáo trước khi gửi hoặc khi vừa nhận, không lưu gì · check report files, storing nothing
    Validate(Validate),
    /// Kiểm tra định nghĩa phong trào · check a campaign definition, or summarise it
    Check { campaign: PathBuf },
    /// Quy tắc kiểm tra của phong trào · the rules of a campaign
    #[command(subcommand)]
    Rules(Rules),
    /// Ghi biểu mẫu: trắng, hoặc cho từng đơn vị · write forms: blank, or for each unit with what is known
    Template(Template),
    /// Biểu mẫu mà cơ quan đang dùng · the forms that an office already uses
    #[command(subcommand)]
    Form(Form),
    /// Tạo một tỉnh giả định · make a synthetic province of any size
    Sample {
        campaign: PathBuf,
        /// Số đơn vị báo cáo, kể cả cấp cao nhất · reporting units, the top unit included
        #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(3..=1_000_000))]
        units: u32,
        /// Cùng số thì cùng tệp · the same seed gives the same files
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[arg(long)]
        out: PathBuf,
    },
    /// Lập sổ tổng hợp của một bản phát hành: cho ban chỉ đạo, để công bố, cho từng cấp trên · workbooks of a release
    Workbook(Workbook),
    /// Truy một con số về tận ô của nó · walk a number back to its cells
    Explain(Explain),
    /// Kiểm chứng bản phát hành: mã băm, và tính lại từ số liệu · prove a release: digests, and computing again
    Verify(Verify),
    /// Hai bản phát hành khác nhau ở đâu, vì sao · what differs between two releases, and why
    Diff(Diff),
    /// Tính thử với bảng điểm khác, không lưu gì · places and classes under another scoring definition
    WhatIf(WhatIf),
    /// Công bố một bản phát hành · mark a release as published and current
    Publish {
        /// Mã bản phát hành · id of the release
        release: String,
        /// Thư mục chứa các bản phát hành · the folder that holds the releases
        #[arg(long)]
        out: PathBuf,
        /// Ai, vì sao: ghi vào sổ · who or why, for the journal
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Định nghĩa phong trào: áp dụng vào cổng đang chạy, lập cho năm sau · a changed definition, or the next year's
    #[command(subcommand)]
    Campaign(Campaign),
    /// Cơ sở dữ liệu của cổng: nâng cấp, sao lưu, khôi phục, xuất · the database of a portal
    #[command(subcommand)]
    Store(Store),
    /// Trả lời câu hỏi GraphQL về các bản phát hành · answer GraphQL queries over releases
    Serve(Serve),
    /// Started by the other commands: reads workbooks from its standard input, within limits.
    #[command(hide = true)]
    ReadWorkbooks,
}

/// What a workbook is split by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SplitBy {
    /// Mỗi công đoàn cấp trên một sổ · one for each superior union
    Superior,
}

/// Who a workbook is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BookProfile {
    /// Đọc trên màn hình, in khổ A4 · for the screen and A4
    Board,
    /// Bảng thuần, ai cũng đọc được, máy đọc được · plain tables for everybody and for programs
    Publication,
}

impl From<BookProfile> for thidua_pipeline::books::Profile {
    fn from(profile: BookProfile) -> Self {
        match profile {
            BookProfile::Board => Self::Board,
            BookProfile::Publication => Self::Publication,
        }
    }
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Workbook {
    /// Thư mục bản phát hành · folder of the release
    pub(crate) release: PathBuf,
    #[arg(long, value_enum, default_value_t = BookProfile::Board)]
    pub(crate) profile: BookProfile,
    /// Chỉ của đơn vị này và các đơn vị bên dưới · of this unit and those below it alone
    #[arg(long, value_name = "CODE", conflicts_with = "split_by")]
    pub(crate) superior: Option<String>,
    /// Mỗi công đoàn cấp trên một sổ; --out là thư mục · one for each superior union; --out is a folder
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(crate) split_by: Option<SplitBy>,
    /// Tệp .xlsx sẽ ghi · the .xlsx to write
    #[arg(long)]
    pub(crate) out: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Template {
    /// Thư mục định nghĩa phong trào · folder of the campaign definition
    pub(crate) campaign: PathBuf,
    /// Biểu của đơn vị này, theo mã hoặc tên · the forms of this unit, by code or name
    #[arg(long, value_name = "CODE", conflicts_with = "all")]
    pub(crate) unit: Option<String>,
    /// Biểu của mọi đơn vị phải báo cáo · the forms of every unit that owes a report
    #[arg(long)]
    pub(crate) all: bool,
    /// Kỳ báo cáo; mặc định: kỳ của --from, không có thì để đơn vị đánh dấu ngày · [default: that of --from, else the unit marks it]
    #[arg(long)]
    pub(crate) period: Option<PeriodId>,
    /// Bản phát hành: điền biểu tổng hợp của cấp trên từ báo cáo đã nhận · fill the forms of superiors from what came in
    #[arg(long, value_name = "RELEASE")]
    pub(crate) from: Option<PathBuf>,
    /// Bản phát hành có số liệu kỳ trước; mặc định: của --from · a release with the period before [default: that of --from]
    #[arg(long, value_name = "RELEASE")]
    pub(crate) last: Option<PathBuf>,
    #[arg(long)]
    pub(crate) out: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Run {
    /// Thư mục định nghĩa phong trào · folder of the campaign definition
    pub(crate) campaign: PathBuf,
    /// Thư mục báo cáo đã nhận, có thể kèm received.csv · folder of the reports as they came
    #[arg(conflicts_with_all = ["data", "database_url"])]
    pub(crate) inbox: Option<PathBuf>,
    /// Thay cho thư mục báo cáo: những gì cổng đã nhận · in place of a folder: what a portal has received
    #[command(flatten)]
    pub(crate) database: Database,
    /// Nơi ghi bản phát hành · where releases are written
    #[arg(long)]
    pub(crate) out: PathBuf,
    /// Chỉ tính đến hết kỳ này · only periods up to this one
    #[arg(long)]
    pub(crate) period: Option<PeriodId>,
    /// Đến hạn vào ngày này mà chưa có là thiếu · due by this day and not in: missing [default: the last as-of date]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) as_of: Option<Date>,
    /// Cơ cấu tổ chức của ngày này cho mọi kỳ · every period with the units as they stood on this day [default: each
    /// period with those of its as-of date]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) units_as_of: Option<Date>,
    /// Thêm mỗi công đoàn cấp trên một sổ riêng, trong books/<bản> · a book of its own for each superior union, too
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(crate) split_by: Option<SplitBy>,
    /// Thêm sổ để công bố, trong books/<bản> · the book for publication, too
    #[arg(long)]
    pub(crate) publication: bool,
    /// Đọc lại mọi tệp, kể cả tệp không đổi từ lần chạy trước · read every file, also those that have not changed
    #[arg(long)]
    pub(crate) fresh: bool,
    /// Số tệp đọc cùng lúc; 0: theo số bộ xử lý · files read at the same time; 0: one for each processor
    #[arg(long, default_value_t = 0)]
    pub(crate) jobs: usize,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

/// Where a portal keeps everything.
#[derive(Debug, ClapArgs)]
pub(crate) struct Database {
    /// Thư mục dữ liệu của cổng, có tệp thidua.db · folder of a portal, with its thidua.db
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    // Read from the environment by hand: a value there must not speak against a folder that was typed.
    /// Cơ sở dữ liệu PostgreSQL thay cho tệp đó · database in place of that file [env: THIDUA_DATABASE_URL]
    #[arg(long, value_name = "URL")]
    pub(crate) database_url: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Campaign {
    /// Cho xem định nghĩa đã sửa thay đổi gì, rồi áp dụng vào cổng đang chạy · show what it changes, then apply it
    Apply {
        /// Thư mục định nghĩa đã sửa · folder of the changed definition
        folder: PathBuf,
        #[command(flatten)]
        database: Database,
        /// Áp dụng; không có thì chỉ cho xem · apply it; without this it is only shown
        #[arg(long)]
        yes: bool,
    },
    /// Lập định nghĩa của năm sau từ năm cũ · start the next year from an old one
    New {
        /// Thư mục định nghĩa của năm cũ; không bị sửa · folder of the old year; it stays as it is
        #[arg(long, value_name = "DIR")]
        from: PathBuf,
        #[arg(long, value_parser = clap::value_parser!(i16).range(1900..=2200))]
        year: i16,
        /// Thư mục mới · a new folder
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Mã phong trào mới; mặc định: mã cũ với năm mới · id [default: the old one with the new year]
        #[arg(long)]
        id: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Store {
    /// Nâng cơ sở dữ liệu lên lược đồ mới nhất · bring the database to the newest schema
    Migrate {
        #[command(flatten)]
        database: Database,
    },
    /// Sao lưu SQLite khi cổng đang chạy, bản sao được kiểm tra · a checked copy of a SQLite database at work
    Backup {
        #[command(flatten)]
        database: Database,
        /// Tệp mới; không bao giờ ghi đè · a new file; none is ever replaced
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Đưa một bản xuất vào cơ sở dữ liệu trống · put an export into an empty database, whole or not at all
    Restore {
        #[command(flatten)]
        database: Database,
        /// Tệp do `thidua store export` ghi · a file that `thidua store export` wrote
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
    },
    /// Xuất tất cả, hoặc mọi thứ về một đơn vị · export everything, or all about one unit
    Export {
        #[command(flatten)]
        database: Database,
        /// Tệp tar mới; không bao giờ ghi đè · a new tar; no file is ever replaced
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
        /// Chỉ đơn vị này: các dòng dạng JSON và tệp đã gửi · this unit alone: rows as JSON, files as they came
        #[arg(long, value_name = "CODE")]
        unit: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Form {
    /// Lập bản thảo định nghĩa từ biểu trắng đang dùng · draft the definition of a blank form in use
    Adopt(Adopt),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Adopt {
    /// Biểu trắng: .xlsx, .xls, .ods… · the blank workbook
    pub(crate) blank: PathBuf,
    /// Mã của biểu đầu tiên; mặc định theo số hiệu hoặc tên biểu · id of the first form [default: from its number or title]
    #[arg(long, value_parser = form_id)]
    pub(crate) id: Option<String>,
    /// Tệp mới; sổ có nhiều biểu thì thêm -2, -3… · a new file; further forms of the workbook get -2, -3… [default: printed]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Phong trào sẽ dùng biểu: đơn vị tính, cấp, loại văn bản · the campaign that will use it
    #[arg(long, value_name = "DIR")]
    pub(crate) campaign: Option<PathBuf>,
}

/// An id as it stands in a definition.
fn form_id(text: &str) -> Result<String, String> {
    let is_fit = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !text.is_empty() && text.len() <= 60 && text.chars().all(is_fit) {
        Ok(text.to_owned())
    } else {
        Err("chỉ chữ không dấu, chữ số, - và _ · ASCII letters, digits, - and _ only".to_owned())
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Rules {
    /// Thử quy tắc trên báo cáo trước khi bật · how many units each rule would ask, before it is switched on
    Try(TryRules),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct TryRules {
    /// Thư mục định nghĩa phong trào · folder of the campaign definition
    pub(crate) campaign: PathBuf,
    /// Thư mục báo cáo đã nhận · folder of the reports as they came
    pub(crate) inbox: PathBuf,
    /// Chỉ quy tắc này (mã, hoặc biểu/mã); lặp lại được · only this rule: its id, or form/id
    #[arg(long = "rule", value_name = "ID")]
    pub(crate) rules: Vec<String>,
    /// Các quy tắc có hiệu lực vào ngày này, thử trên mọi kỳ · the rules in force on this day, on all reports
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) at: Option<Date>,
    /// Số tệp đọc cùng lúc; 0: theo số bộ xử lý · files read at the same time; 0: one for each processor
    #[arg(long, default_value_t = 0)]
    pub(crate) jobs: usize,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Mã kết thúc: 0 mọi tệp được nhận (có thể có cảnh báo) · 1 có tệp bị từ chối hoặc chỉ nhận một phần · \
2 gõ sai lệnh · 3 định nghĩa có lỗi · 4 không đọc hoặc không ghi được tệp
Exit codes: 0 every file is accepted (warnings or not) · 1 a file is rejected or accepted in part · \
2 wrong usage · 3 the definition is broken · 4 a file cannot be read or written")]
pub(crate) struct Validate {
    /// Thư mục định nghĩa phong trào · folder of the campaign definition
    pub(crate) campaign: PathBuf,
    /// Tệp báo cáo, hoặc thư mục; received.csv là sổ nhận · reports or folders; received.csv holds the receipts
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Ghi thêm bảng lỗi dạng Excel · write the issues as a workbook, too
    #[arg(long, value_name = "XLSX")]
    pub(crate) report: Option<PathBuf>,
    /// Ghi lại chính tệp đã gửi, đánh dấu chỗ sai; nhiều tệp hoặc thư mục: tên một thư mục · write the file itself with
    /// its mistakes marked; of several files or a folder: into this folder
    #[arg(long, value_name = "OUT")]
    pub(crate) annotate: Option<PathBuf>,
    /// Số tệp đọc cùng lúc; 0: theo số bộ xử lý · files read at the same time; 0: one for each processor
    #[arg(long, default_value_t = 0)]
    pub(crate) jobs: usize,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    #[arg(long, value_enum, default_value_t = Language::Vi)]
    pub(crate) lang: Language,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Serve {
    /// Thư mục chứa các bản phát hành, có thể nhiều · folders that hold releases
    #[arg(long, value_name = "DIR", num_args = 1.., required_unless_present = "campaign")]
    pub(crate) releases: Vec<PathBuf>,
    /// Mở cổng nộp báo cáo cho các phong trào này · opens the portal for these campaigns
    #[arg(long, value_name = "DIR", num_args = 1.., requires = "data")]
    pub(crate) campaign: Vec<PathBuf>,
    /// Nơi cổng lưu tệp nhận được, tài khoản, bản phát hành · where the portal keeps everything
    #[arg(long, value_name = "DIR", requires = "campaign")]
    pub(crate) data: Option<PathBuf>,
    /// Cơ sở dữ liệu PostgreSQL thay cho tệp trong --data · database in place of the file in --data [env: THIDUA_DATABASE_URL]
    #[arg(long, value_name = "URL", requires = "campaign")]
    pub(crate) database_url: Option<String>,
    /// Cho phép đăng nhập qua HTTP, không HTTPS (mạng nội bộ) · sign-in without HTTPS
    #[arg(long, requires = "campaign")]
    pub(crate) plain_http: bool,
    /// Dung lượng lớn nhất của một tệp, MiB · most of one file
    #[arg(long, default_value_t = 20, value_name = "MIB", value_parser = clap::value_parser!(u16).range(1..=64))]
    pub(crate) file_limit: u16,
    /// Số lần nộp của một tài khoản trong một phút · uploads of one account in a minute
    #[arg(long, default_value_t = NonZeroU32::new(120).expect("not zero"), value_name = "N")]
    pub(crate) upload_rate: NonZeroU32,
    /// Liên hệ ai khi không đăng nhập được · whom to ask who cannot sign in
    #[arg(long, default_value = "", hide_default_value = true, value_name = "TEXT")]
    pub(crate) contact: String,
    /// Máy chủ trung gian (nginx …) đứng trước; lặp lại được · proxy in front, whose X-Forwarded-For counts
    #[arg(long, requires = "campaign", value_name = "IP")]
    pub(crate) behind_proxy: Vec<IpAddr>,
    /// Địa chỉ; cổng 0: cổng còn trống bất kỳ · address; port 0: any that is free
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// Cả những bản chưa công bố · releases that are not published, too
    #[arg(long)]
    pub(crate) include_unpublished: bool,
    /// Số bản giữ trong bộ nhớ của mỗi phong trào · releases of a campaign held in memory
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) keep: u16,
    /// Bộ nhớ cho câu trả lời giữ lại, MiB; 0: không giữ · memory for kept answers
    #[arg(long, default_value_t = 64, value_name = "MIB", value_parser = clap::value_parser!(u32).range(..=65_536))]
    pub(crate) cache: u32,
    /// Số kết nối cùng lúc · open connections
    #[arg(long, default_value_t = 768, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) connections: u32,
    /// Số yêu cầu cùng lúc; quá số này trả 503 · requests under way; more get 503
    #[arg(long, default_value_t = 256, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) requests: u32,
    /// Trang web được hỏi máy chủ này, hoặc * · site whose pages may ask this server, or *
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) allow_origin: Option<String>,
    /// Mức ghi nhật ký; mặc định theo THIDUA_LOG, hoặc info · how much is logged [default: THIDUA_LOG, or info]
    #[arg(long, value_enum)]
    pub(crate) log: Option<Level>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Level {
    Off,
    Error,
    Warn,
    Info,
    Debug,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Explain {
    /// Thư mục bản phát hành · folder of a release
    pub(crate) release: PathBuf,
    /// Mã hoặc tên đơn vị · code or name of the unit
    pub(crate) unit: String,
    /// Chỉ một chỉ tiêu · only this indicator
    #[arg(long)]
    pub(crate) indicator: Option<String>,
    /// Vì sao có thứ hạng này, cần gì để lên một hạng · why it has its place, what one more place needs
    #[arg(long, conflicts_with = "indicator")]
    pub(crate) place: bool,
    /// Kỳ nào, mặc định kỳ cuối · which period, by default the last
    #[arg(long)]
    pub(crate) period: Option<String>,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    #[arg(long, value_enum, default_value_t = Language::Vi)]
    pub(crate) lang: Language,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Verify {
    /// Thư mục bản phát hành · folder of a release
    pub(crate) release: PathBuf,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    #[arg(long, value_enum, default_value_t = Language::Vi)]
    pub(crate) lang: Language,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Diff {
    /// Thư mục bản phát hành trước · folder of the first release
    pub(crate) from: PathBuf,
    /// Thư mục bản phát hành sau · folder of the second release
    pub(crate) to: PathBuf,
    /// Chỉ đơn vị này, kèm điểm từng tiêu chí · only this unit, with its points by criterion
    #[arg(long, value_name = "CODE")]
    pub(crate) unit: Option<String>,
    /// Chỉ cụm thi đua này · only this cluster
    #[arg(long, value_name = "ID")]
    pub(crate) cluster: Option<String>,
    /// Chỉ kỳ này · only this period
    #[arg(long, value_name = "ID")]
    pub(crate) period: Option<String>,
    /// Không tách chênh lệch điểm theo nguyên nhân (phải tính lại nhiều lần) · points are not split among causes, which takes recomputing
    #[arg(long)]
    pub(crate) no_split: bool,
    /// Ghi tất cả thành sổ Excel · write everything as a workbook
    #[arg(long, value_name = "XLSX", conflicts_with = "limit")]
    pub(crate) out: Option<PathBuf>,
    /// Số dòng của mỗi phần; mặc định 40, JSON: tất cả · rows of each list [default: 40, JSON: all]
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    #[arg(long, value_enum, default_value_t = Language::Vi)]
    pub(crate) lang: Language,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct WhatIf {
    /// Thư mục bản phát hành · folder of a release
    pub(crate) release: PathBuf,
    /// Giá trị của scoring.toml, như tables.td_cap_tren.criteria.ket_nap.points=20; lặp lại được · a value of the scoring file
    #[arg(long, required = true, value_name = "PATH=VALUE")]
    pub(crate) set: Vec<Setting>,
    /// Chỉ kỳ này · only this period
    #[arg(long, value_name = "ID")]
    pub(crate) period: Option<String>,
    /// Chỉ bảng điểm này · only this scoring table
    #[arg(long, value_name = "ID")]
    pub(crate) table: Option<String>,
    /// Chỉ cụm thi đua này · only this cluster
    #[arg(long, value_name = "ID")]
    pub(crate) cluster: Option<String>,
    /// Chỉ đơn vị này · only this unit
    #[arg(long, value_name = "CODE")]
    pub(crate) unit: Option<String>,
    /// Chỉ đơn vị đổi hạng hoặc đổi loại · only units whose place or class is another
    #[arg(long)]
    pub(crate) moved_only: bool,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    #[arg(long, value_enum, default_value_t = Language::Vi)]
    pub(crate) lang: Language,
}

fn date(text: &str) -> Result<Date, &'static str> {
    text.parse().map_err(|_| "ngày viết dạng 2014-11-30 · a day is written 2014-11-30")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    Vi,
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Vi => Self::Vi,
            Language::En => Self::En,
        }
    }
}
