//! The analyst and the operator.

use super::{CAMPAIGN, Gallery, at, own_unit};
use crate::Role;
use crate::accounts::{
    AccountForm, AccountPage, AccountProblem, AccountRow, AccountState, Accounts, Codes, ImportAccounts, NewAccount,
    Slip,
};
use crate::jobs::{JobKind, JobRow, JobState, Jobs};
use crate::operator::{Audit, AuditRow, DeadlineRow, Deadlines, ExtensionRow, Health, HealthRow, HealthState};
use crate::paging::Paging;
use crate::routes as to;
use crate::shown::Choice;
use crate::tokens::{Data, ExportTable, Exports, NewToken, TokenProblem, TokenRow, TokenState, Tokens};

pub(super) fn add(out: &mut Gallery) {
    out.page("tokens", Role::Analyst, &to::tokens(), &tokens());
    let fresh = Tokens { fresh: Some("tdt_8Jq2mV5xR0aKcW7LhN3s".into()), ..tokens() };
    out.page("tokens-fresh", Role::Analyst, &to::tokens(), &fresh);
    let form = tokens().form.map(|form| NewToken { unit: None, problem: None, ..form });
    let all = Tokens { is_all: true, form, ..tokens() };
    out.page("tokens-all", Role::Operator, &to::all_tokens(), &all);
    out.page("data", Role::Analyst, &to::data(), &data());
    out.page("accounts", Role::Operator, &to::accounts(), &accounts());
    out.page("account", Role::Operator, &to::account("2"), &account(AccountState::Active));
    out.page("account-disabled", Role::Operator, &to::account("2"), &account(AccountState::Disabled));
    let new = NewAccount {
        login: "Hoa Pơ Lang".into(),
        form: AccountForm {
            name: "Nguyễn Thị Hồng Hạnh".into(),
            role: Role::Unit,
            unit: "cdcs-0412".into(),
            problem: Some(AccountProblem::LoginBad),
        },
    };
    out.page("account-new", Role::Operator, &to::new_account(), &new);
    let campaigns = vec![Choice::new(CAMPAIGN, "Phong trào thi đua năm 2014", true)];
    let import = ImportAccounts { campaigns, grassroots: 1987, superiors: 30 };
    out.page("accounts-import", Role::Operator, &to::import(), &import);
    out.page("codes", Role::Operator, &to::import(), &codes());
    out.page("deadlines", Role::Operator, &to::deadlines(CAMPAIGN), &deadlines());
    out.page("health", Role::Operator, &to::health(), &health());
    out.page("audit", Role::Operator, &to::audit(), &audit());
    out.page("jobs", Role::Operator, &to::jobs(), &jobs());
}

fn tokens() -> Tokens {
    let row = |id: &str, name: &str, state, used| TokenRow {
        id: id.into(),
        name: name.into(),
        owner: "phantich-01".into(),
        scope: "toàn tỉnh, số liệu đã công bố".into(),
        made_at: at("2014-06-10T08:00"),
        expires_at: at("2014-09-08T08:00"),
        used_at: used,
        state,
    };
    Tokens {
        is_all: false,
        fresh: None,
        rows: vec![
            row("4", "Bảng theo dõi của Ban Tuyên giáo", TokenState::Valid, Some(at("2014-06-12T07:30"))),
            row("3", "Thử nghiệm", TokenState::Expired, None),
            row("2", "Máy tính cũ", TokenState::Revoked, None),
        ],
        paging: Paging::single(3),
        form: Some(NewToken {
            name: String::new(),
            unit: Some("ldld-cu-mgar".into()),
            days: vec![30, 90, 365],
            problem: Some(TokenProblem::TooMany { most: 10 }),
        }),
    }
}

fn data() -> Data {
    let table = |title: &str, rows, name: &str| ExportTable {
        title: title.into(),
        rows,
        formats: ["csv", "xlsx", "json"]
            .map(|it| (it.to_uppercase(), format!("/releases/r-4f1c22/{name}.{it}")))
            .to_vec(),
    };
    Data {
        scope: "toàn tỉnh".into(),
        explorer: "/graphiql".into(),
        endpoint: "/graphql".into(),
        exports: Exports::Tables {
            release: "r-4f1c22".into(),
            tables: vec![table("Đơn vị", 2062, "units"), table("Kết quả chỉ tiêu", 36_558, "indicators")],
        },
    }
}

fn accounts() -> Accounts {
    Accounts {
        query: "hoa".into(),
        role: None,
        state: Some(AccountState::Active),
        rows: vec![
            row("2", "cdcs-0412", "Nguyễn Thị Hồng Hạnh", Role::Unit, AccountState::Active),
            row("3", "cdcs-0418", "Y Bhăm Êban", Role::Unit, AccountState::Invited),
            row("9", "btv-01", "H’Yim Niê", Role::Board, AccountState::Disabled),
        ],
        paging: Paging { address: "/admin/accounts?q=hoa&page=".into(), page: 2, pages: 5, total: 240 },
    }
}

fn row(id: &str, login: &str, name: &str, role: Role, state: AccountState) -> AccountRow {
    AccountRow {
        id: id.into(),
        login: login.into(),
        name: name.into(),
        role,
        unit: (role == Role::Unit).then(|| own_unit().name),
        state,
        last_sign_in: (state != AccountState::Invited).then(|| at("2014-06-06T08:12")),
    }
}

fn account(state: AccountState) -> AccountPage {
    AccountPage {
        account: row("2", "cdcs-0412", "Nguyễn Thị Hồng Hạnh", Role::Unit, state),
        form: AccountForm {
            name: "Nguyễn Thị Hồng Hạnh".into(),
            role: Role::Unit,
            unit: "cdcs-0412".into(),
            problem: None,
        },
    }
}

fn codes() -> Codes {
    let slip = |unit: &str, login: &str, code: &str| Slip {
        unit: unit.into(),
        login: login.into(),
        code: code.into(),
        until: at("2014-02-28T17:00"),
    };
    Codes {
        address: "thidua.congdoandaklak.example".into(),
        slips: vec![
            slip("CĐCS Trường Tiểu học Hoa Pơ Lang", "cdcs-0412", "K7M2-9QXD-4RTA"),
            slip("CĐCS Trạm Y tế phường Tân Lợi", "cdcs-0418", "B3NW-7HJE-2PLC"),
            slip("CĐCS UBND phường Ea Tam", "cdcs-0425", "T9VZ-4KQM-8XGD"),
            slip("CĐCS Hợp tác xã vận tải Thành Công", "cdcs-0409", "R2CX-6WPA-5NYT"),
            slip("CĐCS Chi cục Thuế thành phố", "cdcs-0440", "H8DL-3JVB-9MQK"),
        ],
    }
}

fn deadlines() -> Deadlines {
    let row = |period: &str, document: &str, whom: &str, deadline: &str, is_sample| DeadlineRow {
        period: period.into(),
        document: document.into(),
        whom: whom.into(),
        deadline: at(deadline),
        is_sample,
    };
    Deadlines {
        rows: vec![
            row("Đăng ký đầu năm", "Kế hoạch", "Công đoàn cấp trên", "2014-02-19T23:59", false),
            row("Đăng ký đầu năm", "Đăng ký thi đua", "Công đoàn cơ sở", "2014-02-10T23:59", true),
            row("Đợt 1", "Báo cáo", "Công đoàn cơ sở", "2014-06-05T23:59", true),
        ],
        extensions: vec![ExtensionRow {
            unit: own_unit(),
            period: "Đợt 1".into(),
            until: at("2014-06-10T17:00"),
            reason: "Đơn vị tổ chức tổng kết năm học".into(),
            by: "Trần Văn Thuận".into(),
            at: at("2014-06-01T09:00"),
        }],
    }
}

fn health() -> Health {
    let row = |part: &str, state, detail: &str| HealthRow { part: part.into(), state, detail: detail.into() };
    Health {
        rows: vec![
            row("Cơ sở dữ liệu", HealthState::Good, "SQLite, 212 MB, đồng bộ đầy đủ"),
            row("Chương trình đọc tệp", HealthState::Good, "2 tiến trình, 0 tệp đang chờ"),
            row("Dung lượng đĩa", HealthState::Warning, "còn 4 GB"),
            row("Sao lưu", HealthState::Bad, "lần gần nhất cách đây 9 ngày"),
        ],
        metrics: "/metrics".into(),
    }
}

fn audit() -> Audit {
    let row = |time: &str, who: &str, action: &str, object: &str, detail: &str| AuditRow {
        at: at(time),
        who: who.into(),
        from: "113.160.0.24".into(),
        action: action.into(),
        object: object.into(),
        detail: detail.into(),
    };
    Audit {
        who: String::new(),
        action: "upload".into(),
        object: String::new(),
        rows: vec![
            row("2014-06-06T08:15", "cdcs-0412", "upload", "upload 1342", "receipt=0606-7QM bytes=48211"),
            row("2014-06-06T08:20", "ldld-bmt", "upload on behalf", "upload 1343", "unit=cdcs-0418"),
        ],
        paging: Paging { address: "/admin/audit?action=upload&page=".into(), page: 1, pages: 40, total: 3981 },
    }
}

fn jobs() -> Jobs {
    let row = |id: &str, kind, subject: &str, state, done, all, outcome: &str| JobRow {
        id: id.into(),
        kind,
        subject: subject.into(),
        state,
        done,
        all,
        attempts: 1,
        made_at: at("2014-06-07T07:05"),
        outcome: outcome.into(),
        href: (kind != JobKind::Read).then(|| to::job(CAMPAIGN, id)),
    };
    Jobs {
        rows: vec![
            row("90", JobKind::Read, "0606-7QM", JobState::Waiting, 0, 1, ""),
            row("88", JobKind::Provisional, "Đợt 1", JobState::Running, 1240, 2031, ""),
            row("87", JobKind::Publish, "Đợt 1", JobState::Done, 2031, 2031, "r-4f1c22"),
            row("85", JobKind::Read, "0604-9LT", JobState::Failed, 0, 1, "hết thời gian đọc (30 giây)"),
        ],
        filter: None,
        paging: Paging::single(4),
    }
}
