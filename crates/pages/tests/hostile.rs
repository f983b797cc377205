//! What people typed is shown as they typed it, and is never markup.

mod html;

use html::{Piece, read};
use thidua_pages::errors::{ErrorKind, ErrorPage};
use thidua_pages::sign_in::{SignIn, SignInProblem};
use thidua_pages::unit_home::{PeriodCard, PeriodState, UnitHome};
use thidua_pages::{Campaign, Flash, Frame, Lang, Role, Tone, UnitRef, User, View};

const HOSTILE: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&amp;{{ 7 * 7 }}";

#[test]
fn hostile_text_is_never_markup() {
    let frame = frame();
    let sign_in = SignIn { login: HOSTILE.into(), next: HOSTILE.into(), problem: Some(SignInProblem::Wrong) };
    let error = ErrorPage { kind: ErrorKind::Failed, request: Some(HOSTILE.into()) };
    for html in [sign_in.render(&frame), error.render(&frame), home().render(&frame)] {
        let pieces = read(&html);
        assert!(pieces.iter().all(|it| it.tag() != Some("img")));
        let scripts: Vec<&Piece> = pieces.iter().filter(|it| it.tag() == Some("script")).collect();
        assert!(matches!(scripts.as_slice(), [script] if script.get("src").is_some()), "{scripts:?}");
        assert!(pieces.iter().flat_map(Piece::attributes).all(|(name, _)| !name.starts_with("on")));
        assert!(html.contains("&#60;script&#62;"));
    }
}

#[test]
fn a_hostile_id_stays_inside_its_address() {
    let html = home().render(&frame());
    for address in read(&html).iter().filter_map(|it| it.get("href").or_else(|| it.get("action"))) {
        assert!(address.starts_with('/') || address.starts_with('#'), "{address}");
        assert!(!address.contains(['<', '>', '"', ' ']), "{address}");
    }
}

fn frame() -> Frame {
    let unit = || UnitRef::new(HOSTILE, HOSTILE);
    Frame {
        csrf: HOSTILE.into(),
        user: Some(User { login: HOSTILE.into(), name: HOSTILE.into(), role: Role::Superior, unit: Some(unit()) }),
        campaign: Some(Campaign {
            id: HOSTILE.into(),
            title: HOSTILE.into(),
            period: HOSTILE.into(),
            root: None,
            others: Vec::new(),
        }),
        flashes: vec![Flash { tone: Tone::Bad, text: HOSTILE.into() }],
        without: &[],
        ..Frame::signed_out(Lang::Vi, HOSTILE, HOSTILE, HOSTILE)
    }
}

fn home() -> UnitHome {
    UnitHome {
        unit: UnitRef::new(HOSTILE, HOSTILE),
        superior: Some(HOSTILE.into()),
        is_own: true,
        periods: vec![PeriodCard {
            id: "dot-1".into(),
            title: HOSTILE.into(),
            as_of: None,
            forms: Vec::new(),
            deadline: None,
            extension: None,
            state: PeriodState::Returned { by: HOSTILE.into(), reason: HOSTILE.into() },
            last: None,
            has_template: true,
        }],
        upload: None,
        results: None,
        versions: 0,
        open_objections: 0,
        attachments: 0,
    }
}
