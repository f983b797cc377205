//! The navigation: where a role goes, and which of it is here.

use crate::{Frame, Role, Say, routes as to, words::common as c};

/// A link of the navigation.
pub(crate) struct Link {
    pub(crate) title: &'static str,
    pub(crate) href: String,
    pub(crate) is_here: bool,
}

/// The links of the one who reads; none for somebody who is not signed in.
pub(crate) fn links(frame: &Frame) -> Vec<Link> {
    let Some(user) = &frame.user else { return Vec::new() };
    let mut targets: Vec<(Say, &str, String)> = Vec::new();
    if let Some(campaign) = &frame.campaign {
        let (id, period) = (&campaign.id, &campaign.period);
        if let Some(unit) = &user.unit {
            let code = &unit.code;
            targets.push((c::NAV_HOME, to::UNIT_HOME, to::unit_home(id, code)));
            if user.role == Role::Superior {
                targets.push((c::NAV_TRACKING, to::TRACKING, to::tracking(id, code, period)));
                targets.push((c::NAV_ON_BEHALF, to::ON_BEHALF, to::on_behalf(id, code)));
                targets.push((c::NAV_FORM2, to::FORM2, to::form2(id, code, period)));
            }
            targets.push((c::NAV_HISTORY, to::HISTORY, to::history(id, code)));
            targets.push((c::NAV_OBJECTIONS, to::OBJECTIONS, to::objections(id, code)));
            targets.push((c::NAV_ATTACHMENTS, to::ATTACHMENTS, to::attachments(id, code)));
        }
        match user.role {
            Role::Department => {
                targets.push((c::NAV_DEPARTMENT, to::DEPARTMENT, to::department(id, period)));
                if let Some(root) = &campaign.root {
                    targets.push((c::NAV_TRACKING, to::TRACKING, to::tracking(id, root, period)));
                    targets.push((c::NAV_PROVINCE, to::UNIT_HOME, to::unit_home(id, root)));
                }
                targets.push((c::NAV_OBJECTIONS, to::ALL_OBJECTIONS, to::all_objections(id)));
                targets.push((c::NAV_CORRECTIONS, to::CORRECTIONS, to::corrections(id)));
                targets.extend(results(id, period));
                targets.push((c::NAV_RELEASES, to::RELEASES, to::releases(id)));
            }
            Role::Board => {
                if let Some(root) = &campaign.root {
                    targets.push((c::NAV_TRACKING, to::TRACKING, to::tracking(id, root, period)));
                }
                targets.extend(results(id, period));
                targets.push((c::NAV_PUBLISH, to::PUBLISH, to::publish(id, period)));
                targets.push((c::NAV_RELEASES, to::RELEASES, to::releases(id)));
            }
            Role::Unit | Role::Superior | Role::Analyst | Role::Operator => {}
        }
    }
    match user.role {
        Role::Analyst | Role::Superior => {
            targets.extend([(c::NAV_DATA, to::DATA, to::data()), (c::NAV_TOKENS, to::TOKENS, to::tokens())])
        }
        Role::Operator => {
            targets.push((c::NAV_ACCOUNTS, to::ACCOUNTS, to::accounts()));
            targets.extend(frame.campaign.iter().map(|it| (c::NAV_DEADLINES, to::DEADLINES, to::deadlines(&it.id))));
            targets.extend([
                (c::NAV_TOKENS, to::ALL_TOKENS, to::all_tokens()),
                (c::NAV_JOBS, to::JOBS, to::jobs()),
                (c::NAV_AUDIT, to::AUDIT, to::audit()),
                (c::NAV_HEALTH, to::HEALTH, to::health()),
            ]);
        }
        Role::Unit | Role::Department | Role::Board => {}
    }
    targets.retain(|(_, pattern, _)| !frame.without.contains(pattern));
    let here = frame.here.split('?').next().unwrap_or_default();
    // The longest address that leads here wins: a unit's page is also the start of its history.
    let leads = |(_, pattern, href): &&(Say, &str, String)| leads_to(stem(pattern, href), here);
    let nearest = targets.iter().filter(leads).map(|(_, _, href)| href).max_by_key(|it| it.len());
    let nearest = nearest.cloned();
    targets
        .into_iter()
        .map(|(title, _, href)| Link { title: title.of(frame.lang), is_here: Some(&href) == nearest.as_ref(), href })
        .collect()
}

/// What was computed, for those who prepare and those who publish.
fn results(campaign: &str, period: &str) -> [(Say, &'static str, String); 5] {
    [
        (c::NAV_COVERAGE, to::COVERAGE, to::coverage(campaign, period)),
        (c::NAV_TARGETS, to::TARGETS, to::targets(campaign, period)),
        (c::NAV_RANKING, to::RANKING, to::ranking(campaign, period)),
        (c::NAV_WORKS, to::WORKS, to::works(campaign, period)),
        (c::NAV_AWARDS, to::AWARDS, to::awards(campaign, period)),
    ]
}

/// An address without the period that it ends with: the page of another period is the same page.
fn stem<'h>(pattern: &str, href: &'h str) -> &'h str {
    if pattern.ends_with("/{period}") { href.rsplit_once('/').map_or(href, |(stem, _)| stem) } else { href }
}

fn leads_to(href: &str, here: &str) -> bool {
    here.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn the_navigation_marks_the_page_that_is_shown_and_no_other() {
        let mut frame = testing::frame(Role::Unit);
        for (here, expected) in [
            ("/c/dak-lak-2014/units/cdcs-0412", Some("Trang đơn vị")),
            ("/c/dak-lak-2014/units/cdcs-0412/history?page=2", Some("Các lần nộp")),
            ("/c/dak-lak-2014/units/cdcs-04120", None),
            ("/password", None),
        ] {
            frame.here = here.to_owned();
            let marked: Vec<_> = links(&frame).into_iter().filter(|it| it.is_here).map(|it| it.title).collect();
            assert_eq!(marked, Vec::from_iter(expected), "{here}");
        }
    }
}
