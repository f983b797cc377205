//! The audit log: complete, unchangeable, without secrets.

use crate::bench::{Bench, Outcome, at, file, new_account, person, system};
use thidua_store::{AuditFilter, Hashed, Line, NewToken, Role};

crate::on_both!(nobody_changes_the_log, the_log_is_read_in_pages, no_secret_is_in_the_log);

async fn nobody_changes_the_log(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    store.audit().record(Line::new("login.failed", "account", "cdcs-017"), &system(0)).await?;
    let before = store.audit().page(&AuditFilter::default()).await?;
    assert_eq!(before.len(), 1);
    let mut attempts =
        vec!["update audit set action = 'nothing'", "delete from audit", "delete from audit where seq = 1"];
    if bench.is_sqlite() {
        // Replacing a row deletes it first, which triggers see on request only: the store's own
        // connections request it.
        attempts.push(
            "pragma recursive_triggers = on;
             insert or replace into audit (seq, at, action, object, detail) values (1, 0, 'x', 'x', '{}')",
        );
    } else {
        attempts.push("truncate audit");
    }
    for attempt in attempts {
        let refused = bench.run(attempt).await.expect_err(attempt).to_string();
        assert!(refused.contains("append-only"), "{attempt}: {refused}");
    }
    assert_eq!(store.audit().page(&AuditFilter::default()).await?, before);
    Ok(())
}

async fn the_log_is_read_in_pages(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let clerk = person(&store, "cdcs-017", Role::Unit, Some("cdcs-017")).await?;
    let first = store.audit().page(&AuditFilter::default()).await?[0].seq;
    for second in 1..=25 {
        let line = Line::new("file.downloaded", "upload", format!("{second}")).unit(format!("u{}", second % 2));
        let actor = thidua_store::Actor { now: at(second), ..clerk.clone() };
        store.audit().record(line, &actor).await?;
    }
    let mut ids = Vec::new();
    let mut before = None;
    loop {
        let page =
            store.audit().page(&AuditFilter { before, limit: 10, from: Some(at(1)), ..AuditFilter::default() }).await?;
        assert!(page.len() <= 10);
        before = page.last().map(|line| line.seq);
        if before.is_none() {
            break;
        }
        ids.extend(page.into_iter().filter_map(|line| line.id));
    }
    assert_eq!(ids, (1..=25).rev().map(|it| it.to_string()).collect::<Vec<_>>());
    let middle = AuditFilter { from: Some(at(5)), until: Some(at(8)), ..AuditFilter::default() };
    assert_eq!(store.audit().page(&middle).await?.len(), 3);
    let of = |unit| AuditFilter {
        unit: Some(unit),
        action: Some("file.downloaded"),
        account: clerk.account.as_ref(),
        ..AuditFilter::default()
    };
    assert_eq!(store.audit().page(&of("u0")).await?.len(), 12);
    assert_eq!(store.audit().page(&of("u1")).await?.len(), 13);
    assert!(first > 0);
    Ok(())
}

async fn no_secret_is_in_the_log(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let secret = |what: &str| Hashed::from(format!("SECRET {what}"));
    let mut new = new_account("cdcs-017", Role::Unit, Some("cdcs-017"));
    new.activation = secret("code");
    let id = store.accounts().create(&new, &system(0)).await?;
    store.accounts().activate(&new.activation, &secret("password"), &system(1)).await?;
    store.accounts().set_password(&id, &secret("new password"), Some("SECRET cookie"), &system(2)).await?;
    let token = NewToken {
        account: id.clone(),
        name: "t".into(),
        hash: secret("token"),
        scope: "{}".into(),
        expires_at: at(9),
    };
    store.tokens().create(&token, &system(3)).await?;
    store.sessions().create("SECRET cookie", Some(&id), b"SECRET data", at(9)).await?;
    store.throttle().hit("SECRET typed as login", 1, at(0)).await?;
    store.uploads().receive(&file("cdcs-017", b"SECRET content"), &system(4)).await?;
    store.accounts().invite_again(&id, &secret("second code"), at(9), &system(5)).await?;
    store.accounts().disable(&id, "left", &system(6)).await?;
    let lines = store.audit().page(&AuditFilter::default()).await?;
    assert_eq!(lines.len(), 7);
    assert!(!format!("{lines:?}").contains("SECRET"), "{lines:#?}");
    Ok(())
}
