//! Every address of the portal, once: the pattern that a handler mounts and the address that a page
//! links to.
//!
//! A pattern is a constant (`UNIT_HOME`, as axum reads it); the function of the same name
//! (`unit_home`) fills it in, with every part encoded. The documentation of a pattern tells what
//! `GET` shows, and the fields that a `POST` sends beside [`CSRF`].

use std::fmt::Write;

/// The hidden field of every form.
pub const CSRF: &str = "csrf";

macro_rules! routes {
    ($($(#[$doc:meta])* $name:ident $function:ident($($part:ident),*) $pattern:literal;)*) => {
        $(
            $(#[$doc])*
            pub const $name: &str = $pattern;
            #[doc = concat!("The address `", $pattern, "`.")]
            pub fn $function($($part: impl AsRef<str>),*) -> String {
                filled($pattern, &[$((stringify!($part), $part.as_ref())),*])
            }
        )*
        /// Every pattern, for a check that each is mounted.
        pub const ALL: &[&str] = &[$($name),*];
        #[cfg(test)]
        const PARTS: &[(&str, &[&str])] = &[$(($pattern, &[$(stringify!($part)),*])),*];
    };
}

routes! {
    /// GET: the first page of the role.
    HOME home() "/";
    /// GET, POST: `login`, `password`, `next`.
    SIGN_IN sign_in() "/sign-in";
    /// POST; GET: the page that says so.
    SIGN_OUT sign_out() "/sign-out";
    /// GET: query `login`, `code` fill the form; POST: `login`, `code`, `password`, `again`.
    ACTIVATE activate() "/activate";
    /// GET: whom to ask.
    FORGOTTEN forgotten() "/forgotten";
    /// GET, POST: `current`, `password`, `again`.
    PASSWORD password() "/password";
    /// POST: `lang` (`vi`, `en`), `back`.
    LANGUAGE language() "/language";
    /// GET: style sheet, script, icon; may be kept for ever.
    ASSET asset(version, name) "/static/{version}/{name}";

    /// GET: the first page of the role in one campaign.
    CAMPAIGN campaign(campaign) "/c/{campaign}";
    /// GET: a unit's periods, uploads and figures.
    UNIT_HOME unit_home(campaign, unit) "/c/{campaign}/units/{unit}";
    /// GET: the pre-filled workbook of a period.
    TEMPLATE template(campaign, unit, period) "/c/{campaign}/units/{unit}/template/{period}";
    /// POST (multipart): [`CSRF`] first, `period` (may be empty), `files` (several).
    UPLOAD upload(campaign, unit) "/c/{campaign}/units/{unit}/uploads";
    /// GET: all versions of a unit.
    HISTORY history(campaign, unit) "/c/{campaign}/units/{unit}/history";
    /// GET: questions and objections; POST: `period`, `about` (indicator, or empty), `cell`, `text`.
    OBJECTIONS objections(campaign, unit) "/c/{campaign}/units/{unit}/objections";
    /// GET; POST (multipart): [`CSRF`] first, `period`, `kind`, `files`.
    ATTACHMENTS attachments(campaign, unit) "/c/{campaign}/units/{unit}/attachments";
    /// GET: why a unit has its place in its cluster.
    PLACE place(campaign, unit, period) "/c/{campaign}/units/{unit}/place/{period}";
    /// GET: everything of one unit as an archive.
    UNIT_EXPORT unit_export(campaign, unit) "/c/{campaign}/units/{unit}/export.tar";

    /// GET: what became of several files sent at once; query `from` (the first), `count`.
    RECEIVED received(campaign) "/c/{campaign}/received";
    /// GET: the answer to one file.
    UPLOAD_RESULT upload_result(campaign, upload) "/c/{campaign}/uploads/{upload}";
    /// GET: server-sent events; `done` when the answer is there.
    UPLOAD_EVENTS upload_events(campaign, upload) "/c/{campaign}/uploads/{upload}/events";
    /// GET: the bytes as they were sent.
    UPLOAD_ORIGINAL upload_original(campaign, upload) "/c/{campaign}/uploads/{upload}/original";
    /// GET: the issues as a workbook.
    UPLOAD_ISSUES upload_issues(campaign, upload) "/c/{campaign}/uploads/{upload}/issues.xlsx";
    /// GET: the file itself with its mistakes marked; not found for what was not read as a workbook.
    UPLOAD_ANNOTATED upload_annotated(campaign, upload) "/c/{campaign}/uploads/{upload}/annotated.xlsx";
    /// POST: nothing beside [`CSRF`].
    APPROVE approve(campaign, submission) "/c/{campaign}/submissions/{submission}/approve";
    /// POST: `reason`.
    RETURN return_(campaign, submission) "/c/{campaign}/submissions/{submission}/return";

    /// GET: who is in, late, missing below a unit; query `state`, `page`.
    TRACKING tracking(campaign, unit, period) "/c/{campaign}/units/{unit}/tracking/{period}";
    /// GET: the reminder list of a subtree.
    REMINDERS reminders(campaign, unit, period) "/c/{campaign}/units/{unit}/tracking/{period}/reminders.xlsx";
    /// GET; POST (multipart): [`CSRF`] first, `unit` (empty: the file says), `period` (may be empty), `files`.
    ON_BEHALF on_behalf(campaign, unit) "/c/{campaign}/units/{unit}/on-behalf";
    /// GET, POST: `until` (`2014-06-12T17:00`), `reason`.
    EXTEND extend(campaign, unit, period) "/c/{campaign}/units/{unit}/extend/{period}";
    /// GET: form 2 filled from the units below.
    FORM2_WORKBOOK form2_workbook(campaign, unit, period) "/c/{campaign}/units/{unit}/form2/{period}/form2.xlsx";
    /// GET: form 2 beside the sum of form 1; query `only=differences`.
    FORM2 form2(campaign, unit, period) "/c/{campaign}/units/{unit}/form2/{period}";
    /// GET, POST: nothing beside [`CSRF`]; the answer shows the code once.
    RESET reset(account) "/accounts/{account}/reset";

    /// GET: questions and objections of all units; query `state`, `page`.
    ALL_OBJECTIONS all_objections(campaign) "/c/{campaign}/objections";
    /// GET: one question or objection with its replies.
    OBJECTION objection(campaign, objection) "/c/{campaign}/objections/{objection}";
    /// POST: `text`.
    REPLY reply(campaign, objection) "/c/{campaign}/objections/{objection}/reply";
    /// POST: `outcome` (`answered`, `upheld`, `dismissed`), `text`.
    DECIDE decide(campaign, objection) "/c/{campaign}/objections/{objection}/decide";
    /// GET: the bytes of an attachment.
    ATTACHMENT attachment(campaign, attachment) "/c/{campaign}/attachments/{attachment}";

    /// GET: officers and the units that they follow; query `officer`.
    DEPARTMENT department(campaign, period) "/c/{campaign}/department/{period}";
    /// POST: `period`; starts a provisional run and leads to its job.
    RUN run(campaign) "/c/{campaign}/runs";
    /// GET: how far a job is.
    JOB job(campaign, job) "/c/{campaign}/jobs/{job}";
    /// GET: server-sent events; `progress` with `done/all`, then `done`.
    JOB_EVENTS job_events(campaign, job) "/c/{campaign}/jobs/{job}/events";
    /// GET: corrections of facts; query `page`.
    CORRECTIONS corrections(campaign) "/c/{campaign}/corrections";
    /// GET, POST: `value`, `reason`.
    CORRECT correct(campaign, unit, period, form, field) "/c/{campaign}/units/{unit}/facts/{period}/{form}/{field}";
    /// POST: nothing beside [`CSRF`].
    WITHDRAW withdraw(campaign, correction) "/c/{campaign}/corrections/{correction}/withdraw";

    /// GET: coverage over time and by superior union.
    COVERAGE coverage(campaign, period) "/c/{campaign}/board/{period}/coverage";
    /// GET: targets of the province with verdicts.
    TARGETS targets(campaign, period) "/c/{campaign}/board/{period}/targets";
    /// GET: ranking of one cluster; query `cluster`.
    RANKING ranking(campaign, period) "/c/{campaign}/board/{period}/ranking";
    /// GET: works finished early; query `page`.
    WORKS works(campaign, period) "/c/{campaign}/board/{period}/works";
    /// GET: award proposals; query `kind`, `page`.
    AWARDS awards(campaign, period) "/c/{campaign}/board/{period}/awards";
    /// GET: what publishing changes; POST: `run`, `confirm` (`yes`).
    PUBLISH publish(campaign, period) "/c/{campaign}/board/{period}/publish";
    /// GET: all releases.
    RELEASES releases(campaign) "/c/{campaign}/releases";
    /// GET: a file of a release.
    RELEASE_FILE release_file(campaign, release, file) "/c/{campaign}/releases/{release}/files/{file}";
    /// GET: against the release before; query `page`.
    DIFFERENCES differences(campaign, release) "/c/{campaign}/releases/{release}/differences";

    /// GET: where figures are to be had.
    DATA data() "/data";
    /// GET: own tokens; POST: `name`, `days`; the answer shows the token once.
    TOKENS tokens() "/tokens";
    /// POST: nothing beside [`CSRF`].
    REVOKE revoke(token) "/tokens/{token}/revoke";

    /// GET: query `q`, `role`, `state`, `page`.
    ACCOUNTS accounts() "/admin/accounts";
    /// GET, POST: `login`, `name`, `role`, `unit`; the answer shows the code once.
    NEW_ACCOUNT new_account() "/admin/accounts/new";
    /// GET; POST: `campaign`; the answer is the printable list of codes.
    IMPORT import() "/admin/accounts/from-register";
    /// GET, POST: `name`, `role`, `unit`.
    ACCOUNT account(account) "/admin/accounts/{account}";
    /// POST: nothing beside [`CSRF`].
    DISABLE disable(account) "/admin/accounts/{account}/disable";
    /// POST: nothing beside [`CSRF`].
    ENABLE enable(account) "/admin/accounts/{account}/enable";
    /// GET: tokens of everybody; query `page`.
    ALL_TOKENS all_tokens() "/admin/tokens";
    /// GET: deadlines of a campaign and what was extended.
    DEADLINES deadlines(campaign) "/c/{campaign}/deadlines";
    /// GET: how the system is.
    HEALTH health() "/admin/health";
    /// GET: query `who`, `action`, `object`, `page`.
    AUDIT audit() "/admin/audit";
    /// GET: query `state`, `page`.
    JOBS jobs() "/admin/jobs";
}

/// The pattern with its parts encoded and filled in.
fn filled(pattern: &str, parts: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for segment in pattern.split('/').skip(1) {
        out.push('/');
        let part = segment.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
        match part.and_then(|name| parts.iter().find(|(part, _)| *part == name)) {
            // A browser would take these for steps, encoded or not; no id is made of dots.
            Some((_, "." | "..")) => out.push('-'),
            Some((_, value)) => encode(&mut out, value),
            None => out.push_str(segment),
        }
    }
    out
}

/// Everything but what RFC 3986 leaves unreserved; a part never adds a segment or a query.
fn encode(out: &mut String, part: &str) {
    for byte in part.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
}

/// A query that is put behind an address: `?state=late&page=2`, every value encoded.
pub fn query(parts: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (name, value) in parts {
        out.push(if out.is_empty() { '?' } else { '&' });
        out.push_str(name);
        out.push('=');
        encode(&mut out, value);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_has_exactly_the_parts_of_its_function() {
        for (pattern, parts) in PARTS {
            let named: Vec<&str> =
                pattern.split('/').filter_map(|it| it.strip_prefix('{')?.strip_suffix('}')).collect();
            assert_eq!(&named, parts, "{pattern}");
        }
    }

    #[test]
    fn no_two_pages_share_an_address() {
        for (index, pattern) in ALL.iter().enumerate() {
            assert!(!ALL[..index].contains(pattern), "{pattern}");
        }
    }

    #[test]
    fn a_part_stays_one_segment() {
        for (part, expected) in [
            ("ldld-bmt", "/c/x/units/ldld-bmt"),
            ("a/b?c#d", "/c/x/units/a%2Fb%3Fc%23d"),
            ("Lắk", "/c/x/units/L%E1%BA%AFk"),
            ("..", "/c/x/units/-"),
        ] {
            assert_eq!(unit_home("x", part), expected);
        }
        assert_eq!(query(&[("state", "late"), ("q", "a&b")]), "?state=late&q=a%26b");
        assert_eq!(query(&[]), "");
    }
}
