//! Sign in, activation, passwords, errors.

use super::{Gallery, at};
use crate::Role;
use crate::errors::{ErrorKind, ErrorPage};
use crate::password::{ActivationCode, ChangePassword, PasswordProblem, ResetPassword};
use crate::routes as to;
use crate::sign_in::{Activate, Forgotten, SignIn, SignInProblem, SignedOut};

pub(super) fn add(out: &mut Gallery) {
    out.public("sign-in", &to::sign_in(), &SignIn { next: "/c/dak-lak-2014".into(), ..SignIn::default() });
    let wrong = SignIn { login: "cdcs-0412".into(), problem: Some(SignInProblem::Wrong), ..SignIn::default() };
    out.public("sign-in-wrong", &to::sign_in(), &wrong);
    let activate = Activate { login: String::new(), code: String::new(), min_length: 10, problem: None };
    out.public("activate", &to::activate(), &activate);
    let short = Activate {
        login: "cdcs-0412".into(),
        code: "K7M2-9QXD".into(),
        problem: Some(PasswordProblem::TooShort { least: 10 }),
        ..activate
    };
    out.public("activate-short", &to::activate(), &short);
    let operator = "Văn phòng LĐLĐ tỉnh, ông Đỗ Quang Huy, điện thoại 0262 385 0000";
    out.public("forgotten", &to::forgotten(), &Forgotten { operator: operator.into() });
    out.public("signed-out", &to::sign_out(), &SignedOut);
    let change = ChangePassword { min_length: 10, is_forced: false, problem: Some(PasswordProblem::NotSame) };
    out.page("password", Role::Unit, &to::password(), &change);
    out.page("reset", Role::Superior, &to::reset("318"), &reset());
    let code = ActivationCode { code: "K7M2-9QXD-4RTA".into(), until: at("2014-06-19T17:00") };
    out.page("reset-done", Role::Superior, &to::reset("318"), &ResetPassword { code: Some(code), ..reset() });
    for (name, kind) in [
        ("error-400", ErrorKind::BadForm),
        ("error-stale", ErrorKind::Stale),
        ("error-403", ErrorKind::NotYours),
        ("error-404", ErrorKind::NotFound),
        ("error-409", ErrorKind::Conflict),
        ("error-413", ErrorKind::TooLarge { limit_mb: 20 }),
        ("error-429", ErrorKind::Wait { seconds: 40 }),
        ("error-500", ErrorKind::Failed),
        ("error-503", ErrorKind::Busy),
    ] {
        let request = (kind == ErrorKind::Failed).then(|| "01J0Q4Z7-5T".to_owned());
        out.page(name, Role::Unit, "/", &ErrorPage { kind, request });
    }
}

fn reset() -> ResetPassword {
    ResetPassword {
        account: "318".into(),
        login: "cdcs-0418".into(),
        name: "Y Bhăm Êban".into(),
        unit: Some("CĐCS Trạm Y tế phường Tân Lợi".into()),
        code: None,
        back: to::tracking(super::CAMPAIGN, "ldld-bmt", "dot-1"),
    }
}
