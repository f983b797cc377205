//! What stopped a command, in the words of the office: Vietnamese first, the details below.
//!
//! In:  the error that ended a command.
//! Out: one line in Vietnamese, and the English chain that a developer needs.
//!
//! Not here: problems inside workbooks and definitions, which are issues with their own words.

use std::fmt::{self, Write};
use std::io::{self, ErrorKind};
use std::path::Path;
use thidua_adopt::Draft;
use thidua_campaign::LoadError;
use thidua_pipeline::{IngestError, PipelineError};
use thidua_portal::{PortalError, RunError};
use thidua_release::ExplainError;
use thidua_server::ServerError;
use thidua_store::StoreError;

/// A step that failed, in Vietnamese, to put around its error.
#[derive(Debug)]
pub(crate) struct Step(pub(crate) String);

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The step of a run that an error belongs to.
pub(crate) fn step(error: &PipelineError) -> Step {
    Step(match error {
        PipelineError::Campaign(LoadError::Invalid { .. }) => "định nghĩa phong trào có lỗi".to_owned(),
        PipelineError::Campaign(LoadError::Held(_)) => "không giữ được danh bạ đơn vị của ngày đã cho".to_owned(),
        PipelineError::Campaign(_) => "không đọc được định nghĩa phong trào".to_owned(),
        PipelineError::UnknownPeriod { id, known } => format!("phong trào không có kỳ “{id}”; có: {known}"),
        PipelineError::UnknownRule { id, near } => format!("không có quy tắc “{id}” (gần nhất: {near})"),
        PipelineError::Ingest(IngestError::Reader { .. }) => "không khởi động được chương trình đọc tệp".to_owned(),
        PipelineError::Ingest(IngestError::ReadFile { path, .. }) => {
            format!("không đọc được tệp {}", path.display())
        }
        PipelineError::Ingest(_) => "không đọc được thư mục báo cáo".to_owned(),
        PipelineError::OutFolder { folder, .. } => format!("không tạo được thư mục ra {}", folder.display()),
        PipelineError::Workbook(_) => "không lập được sổ tổng hợp".to_owned(),
        PipelineError::Book { path, .. } => format!("không ghi được {}", path.display()),
        PipelineError::Release(_) => "không ghi được bản phát hành; không để lại gì dở dang".to_owned(),
    })
}

/// Why a server does not serve.
pub(crate) fn unserved(error: &ServerError) -> Step {
    Step(match error {
        ServerError::NoFolder { folder } => format!("không có thư mục {}", folder.display()),
        ServerError::BadOrigin { origin } => format!("“{origin}” không phải địa chỉ trang web, như https://example.vn"),
        ServerError::Listen { listen, .. } => format!("không mở được địa chỉ {listen}"),
        ServerError::Thread { .. } | ServerError::Signals { .. } => "không khởi động được máy chủ".to_owned(),
    })
}

/// Why a portal does not open.
pub(crate) fn unopened(error: &PortalError) -> Step {
    Step(match error {
        PortalError::Campaign { folder, .. } => {
            format!("không đọc được định nghĩa phong trào ở {}; chạy `thidua check` để xem lỗi", folder.display())
        }
        PortalError::SameCampaign { id } => format!("hai thư mục cùng là phong trào {id}"),
        PortalError::NoCampaign => "chưa cho biết thư mục phong trào nào".to_owned(),
        PortalError::Folder { folder, .. } => format!("không tạo được thư mục {}", folder.display()),
        PortalError::Store(error) => return store(error),
        PortalError::Server(error) => return unserved(error),
        PortalError::Kept { campaign, .. } => format!(
            "định nghĩa đang lưu của {campaign} không dùng được với chương trình này; \
             hãy sửa rồi chạy `thidua campaign apply`"
        ),
        PortalError::Unpack { folder, .. } => format!("không ghi được định nghĩa vào {}", folder.display()),
        PortalError::Defect => "chương trình gặp lỗi của chính nó".to_owned(),
        PortalError::Random => "hệ điều hành không cho số ngẫu nhiên".to_owned(),
    })
}

/// Why the database of a portal did not do what was asked.
pub(crate) fn store(error: &StoreError) -> Step {
    Step(match error {
        StoreError::Address { .. } => "địa chỉ cơ sở dữ liệu không đúng dạng".to_owned(),
        StoreError::Connect { place, .. } => format!("không mở được cơ sở dữ liệu {place}"),
        StoreError::NotOurs { place } => format!("{place} là cơ sở dữ liệu của chương trình khác"),
        StoreError::SchemaNewer { found, known } => {
            format!("cơ sở dữ liệu có lược đồ {found}, chương trình này chỉ biết đến {known}; hãy dùng bản mới hơn")
        }
        StoreError::Migrate { .. } => "không nâng cấp được cơ sở dữ liệu; chưa có gì thay đổi".to_owned(),
        StoreError::ServerTooOld { found, need } => format!("PostgreSQL {found} quá cũ; cần {need} trở lên"),
        StoreError::NotUtf8 { .. } => "cơ sở dữ liệu PostgreSQL không dùng UTF8".to_owned(),
        StoreError::DiskFull { .. } => "đĩa của cơ sở dữ liệu đã đầy; không có gì dở dang".to_owned(),
        StoreError::Broken { .. } => "tệp cơ sở dữ liệu bị hỏng; hãy khôi phục bản sao lưu mới nhất".to_owned(),
        StoreError::Busy { .. } => "cơ sở dữ liệu bận quá lâu; hãy thử lại".to_owned(),
        StoreError::ReadOnly { .. } => "cơ sở dữ liệu chỉ cho đọc; kiểm tra quyền của tệp và thư mục".to_owned(),
        StoreError::Unreachable { .. } => "không liên lạc được máy chủ cơ sở dữ liệu".to_owned(),
        StoreError::BrokenBlob { .. } => "một tệp trong cơ sở dữ liệu bị hỏng; hãy lấy lại từ bản sao lưu".to_owned(),
        StoreError::FileExists { path, .. } => format!("{} đã có; hãy chọn tên khác", path.display()),
        StoreError::ExportWrite { .. } => "không ghi được bản xuất; không để lại gì dở dang".to_owned(),
        StoreError::ExportRead { .. } => "không đọc được bản xuất; không khôi phục gì".to_owned(),
        StoreError::ExportBroken { .. } => "bản xuất không nguyên vẹn; không khôi phục gì".to_owned(),
        StoreError::ExportSchema { found, known } => {
            format!("bản xuất có lược đồ {found}, chương trình này dùng {known}; hãy dùng chương trình đã xuất nó")
        }
        StoreError::NotEmpty { .. } => "cơ sở dữ liệu đã có dữ liệu; chỉ khôi phục vào cơ sở dữ liệu trống".to_owned(),
        StoreError::DefinitionMoved { .. } => {
            "định nghĩa vừa được đổi trong lúc đó; hãy xem lại thay đổi rồi áp dụng".to_owned()
        }
        _ => "nơi lưu của cổng báo lỗi".to_owned(),
    })
}

/// The step of a run over a store that an error belongs to.
pub(crate) fn store_run(error: &RunError) -> Step {
    match error {
        RunError::Store(error) => store(error),
        RunError::Pipeline(error) => step(error),
        RunError::Io(_) | RunError::Defect => Step("không chạy được trên dữ liệu của cổng".to_owned()),
    }
}

/// No tab of a workbook looks like a form.
pub(crate) fn no_form(file: &str) -> String {
    format!(
        "không thấy biểu nào trong {file}: cần một dòng tiêu đề cột (TT, Nội dung, Đơn vị tính, Số lượng…) · \
         no form found: a row of column headings is needed"
    )
}

/// What was made of one form, and what is left to do.
pub(crate) fn adopted(path: &Path, draft: &Draft, new_measures: usize) -> String {
    let lines = draft.lines().count();
    let cells: usize = draft.lines().map(|line| line.fields.iter().flatten().count()).sum();
    let (sections, lists) = (draft.sections.len(), draft.lists.len());
    let guesses = draft.guesses();
    let mut said = format!(
        "{}: biểu {}, {sections} mục, {lines} dòng, {cells} ô nhập, {lists} danh sách; {guesses} chỗ đoán (sau dấu ?)\n  \
         form {}, {sections} section(s), {lines} line(s), {cells} input(s), {lists} list(s); {guesses} guess(es), behind ?\n",
        path.display(),
        draft.id,
        draft.id,
    );
    if new_measures > 0 {
        let _ = writeln!(
            said,
            "  {new_measures} đơn vị tính chưa có trong campaign.toml, ghi ở cuối tệp · measure(s) to be added, at the end of the file"
        );
    }
    for doubt in draft.left_out() {
        let (vi, en) = doubt.words();
        let _ = writeln!(said, "  ! {vi}\n    {en}");
    }
    said
}

/// A tab in which nothing was found.
pub(crate) fn unused_tab(tab: &str) -> String {
    format!("  trang “{tab}” không có bảng · no table on this tab\n")
}

/// Why there is nothing to explain.
pub(crate) fn unexplained(error: &ExplainError) -> String {
    match error {
        ExplainError::UnknownUnit { unit, near } => {
            format!("không có đơn vị “{unit}” (gần nhất: {near}) · no such unit")
        }
        ExplainError::UnknownIndicator { indicator, known } => {
            format!("không có chỉ tiêu “{indicator}” (có: {known}) · no such indicator")
        }
        ExplainError::UnknownPeriod { period, known } => {
            format!("không có kỳ “{period}” (có: {known}) · no such period")
        }
        ExplainError::NoFigure { unit, indicator, levels } => {
            format!("chỉ tiêu {indicator} không tính cho {unit}; chỉ tính cho cấp: {levels} · no such figure")
        }
    }
}

/// `thidua: <Vietnamese> – <what the system says>`, then the chain of causes on a line of its own.
pub(crate) fn stopped(error: &anyhow::Error) -> String {
    let mut out = format!("thidua: {error}");
    if let Some(why) = error.chain().find_map(|cause| cause.downcast_ref::<io::Error>()).and_then(system) {
        let _ = write!(out, " – {why}");
    }
    let causes: Vec<String> = error.chain().skip(1).map(ToString::to_string).collect();
    if !causes.is_empty() {
        let _ = write!(out, "\n  {}", causes.join(": "));
    }
    out
}

/// What people can do something about; the rest keeps the words of the system below.
fn system(error: &io::Error) -> Option<&'static str> {
    Some(match error.kind() {
        ErrorKind::NotFound => "không tìm thấy tệp hoặc thư mục",
        ErrorKind::PermissionDenied => "không có quyền",
        ErrorKind::ReadOnlyFilesystem => "ổ đĩa chỉ cho đọc",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => "đĩa đầy hoặc hết hạn mức",
        ErrorKind::AddrInUse => "cổng đó đã có chương trình khác dùng",
        ErrorKind::AddrNotAvailable => "máy này không có địa chỉ đó",
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => "chỗ đó đã có tệp, không phải thư mục",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Step, stopped};
    use std::io::{Error, ErrorKind};

    #[test]
    fn the_vietnamese_line_comes_first_and_nothing_is_lost() {
        for (kind, first) in [
            (ErrorKind::StorageFull, "thidua: không ghi được – đĩa đầy hoặc hết hạn mức"),
            (ErrorKind::PermissionDenied, "thidua: không ghi được – không có quyền"),
            (ErrorKind::TimedOut, "thidua: không ghi được"),
        ] {
            let system = Error::new(kind, "the system's words");
            let error = anyhow::Error::new(system).context("cannot write x").context(Step("không ghi được".into()));
            let shown = stopped(&error);
            assert_eq!(shown.lines().collect::<Vec<_>>(), [first, "  cannot write x: the system's words"]);
        }
        let alone = anyhow::Error::new(super::super::exit::Usage("không có gì · nothing".into()));
        assert_eq!(stopped(&alone), "thidua: không có gì · nothing");
    }
}
