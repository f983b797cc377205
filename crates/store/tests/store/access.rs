//! Accounts, sessions, tokens, counters.

use crate::bench::{Bench, Outcome, at, new_account, person, system};
use thidua_store::{AccountEdit, AccountFilter, AccountState, Actor, Hashed, NewToken, Role, StoreError, Units};

crate::on_both!(
    an_account_is_activated_once,
    a_login_is_taken_once,
    the_first_account_is_made_once,
    accounts_from_a_list_are_all_made_or_none,
    a_disabled_account_keeps_nothing_open,
    a_new_password_ends_the_other_sessions,
    accounts_are_listed_for_a_subtree,
    a_session_lives_until_its_end,
    a_token_counts_until_it_ends,
    attempts_are_counted_in_a_window,
);

async fn an_account_is_activated_once(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let new = new_account("cdcs-017", Role::Unit, Some("cdcs-017"));
    let id = store.accounts().create(&new, &system(0)).await?;
    assert_eq!(store.accounts().get(&id).await?.state, AccountState::Invited);
    let (code, password) = (&new.activation, Hashed::from("$argon2id$one"));

    let late = Actor::system(new.activation_until);
    let refused = store.accounts().activate(code, &password, &late).await;
    assert!(matches!(refused, Err(StoreError::NotActivatable)), "{refused:?}");
    let refused = store.accounts().activate(&Hashed::from("another"), &password, &system(1)).await;
    assert!(matches!(refused, Err(StoreError::NotActivatable)), "{refused:?}");

    assert_eq!(store.accounts().by_activation(code).await?.map(|it| it.id), Some(id.clone()));
    assert_eq!(store.accounts().activate(code, &password, &system(1)).await?, id);
    let account = store.accounts().by_login("cdcs-017").await?.ok_or("the account is there")?;
    assert_eq!((account.state, account.password), (AccountState::Active, Some(password.clone())));
    let refused = store.accounts().activate(code, &password, &system(2)).await;
    assert!(matches!(refused, Err(StoreError::NotActivatable)), "{refused:?}");

    store.accounts().invite_again(&id, &Hashed::from("second code"), at(100), &system(3)).await?;
    let account = store.accounts().get(&id).await?;
    assert_eq!((account.state, account.password), (AccountState::Invited, None));
    Ok(())
}

async fn a_login_is_taken_once(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let mut new = new_account("cdcs-017", Role::Unit, Some("cdcs-017"));
    store.accounts().create(&new, &system(0)).await?;
    new.activation = Hashed::from("other code");
    let refused = store.accounts().create(&new, &system(1)).await;
    assert!(matches!(refused, Err(StoreError::Taken { what: "login", .. })), "{refused:?}");
    // A NUL in a login that somebody typed is no reason to fail.
    assert_eq!(store.accounts().by_login("cdcs\u{0}-017").await?, None);
    Ok(())
}

async fn the_first_account_is_made_once(bench: &Bench) -> Outcome {
    let (one, two) = (bench.store().await?, bench.store().await?);
    let (first, second) = (new_account("a", Role::Operator, None), new_account("b", Role::Operator, None));
    let (now, later) = (system(0), system(1));
    let (one_accounts, two_accounts) = (one.accounts(), two.accounts());
    let (a, b) = tokio::join!(one_accounts.create_first(&first, &now), two_accounts.create_first(&second, &later));
    assert_eq!([a?, b?].iter().flatten().count(), 1);
    assert_eq!(one.accounts().count().await?, 1);
    Ok(())
}

async fn accounts_from_a_list_are_all_made_or_none(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let mut list: Vec<_> = (0..300).map(|at| new_account(&format!("cdcs-{at:03}"), Role::Unit, Some("x"))).collect();
    list.push(new_account("cdcs-007", Role::Unit, None));
    assert!(matches!(store.accounts().create_many(&list, &system(0)).await, Err(StoreError::Taken { .. })));
    assert_eq!(store.accounts().count().await?, 0);
    list.pop();
    let ids = store.accounts().create_many(&list, &system(0)).await?;
    assert_eq!(store.accounts().count().await?, 300);
    assert_eq!(store.accounts().get(&ids[7]).await?.login, "cdcs-007");
    Ok(())
}

async fn a_disabled_account_keeps_nothing_open(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let actor = person(&store, "analyst", Role::Analyst, None).await?;
    let id = actor.account.clone().ok_or("an account")?;
    store.sessions().create("cookie", Some(&id), b"data", at(100)).await?;
    let hash = Hashed::from("hash of a token");
    let new = NewToken {
        account: id.clone(),
        name: "notebook".into(),
        hash: hash.clone(),
        scope: "{}".into(),
        expires_at: at(100),
    };
    store.tokens().create(&new, &actor).await?;
    assert!(store.tokens().valid(&hash, at(1)).await?.is_some());

    store.accounts().disable(&id, "left the office", &system(2)).await?;
    assert_eq!(store.sessions().load("cookie", at(3)).await?, None);
    assert!(!store.sessions().save("cookie", Some(&id), b"data", at(100)).await?, "an ended session comes back");
    assert_eq!(store.tokens().valid(&hash, at(3)).await?, None);
    assert_eq!(store.accounts().get(&id).await?.password, None);
    Ok(())
}

async fn a_new_password_ends_the_other_sessions(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let actor = person(&store, "board", Role::Board, None).await?;
    let id = actor.account.clone().ok_or("an account")?;
    for name in ["here", "elsewhere"] {
        assert!(store.sessions().create(name, Some(&id), b"data", at(100)).await?);
    }
    store.accounts().set_password(&id, &Hashed::from("new"), Some("here"), &actor).await?;
    assert!(store.sessions().load("here", at(1)).await?.is_some());
    assert!(store.sessions().load("elsewhere", at(1)).await?.is_none());
    // A changed role ends the last one, too.
    let edit =
        AccountEdit { name: "B".into(), role: Role::Analyst, unit: None, contact: Some("0262 3 852 000".into()) };
    store.accounts().edit(&id, &edit, &system(2)).await?;
    assert!(store.sessions().load("here", at(3)).await?.is_none());
    // Renewing a hash disturbs nobody, and only when nothing changed meanwhile.
    store.accounts().rehash(&id, &Hashed::from("old"), &Hashed::from("wrong")).await?;
    store.accounts().rehash(&id, &Hashed::from("new"), &Hashed::from("newer")).await?;
    assert_eq!(store.accounts().get(&id).await?.password, Some(Hashed::from("newer")));
    Ok(())
}

async fn accounts_are_listed_for_a_subtree(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let list: Vec<_> = (0..30)
        .map(|at| new_account(&format!("u{at:02}"), Role::Unit, Some(&format!("cdcs-{:02}", at % 10))))
        .collect();
    store.accounts().create_many(&list, &system(0)).await?;
    // Thousands of codes, far more than a statement may have arguments in an older SQLite.
    let mut units: Vec<String> = (0..40_000).map(|at| format!("none-{at}")).collect();
    units.push("cdcs-03".into());
    units.push("cdcs-07".into());
    let filter = AccountFilter { units: Units::Of(&units), role: Some(Role::Unit), state: None, after: None, limit: 4 };
    let logins = |page: Vec<thidua_store::Account>| page.into_iter().map(|it| it.login).collect::<Vec<_>>();
    assert_eq!(logins(store.accounts().list(&filter).await?), ["u03", "u07", "u13", "u17"]);
    let next = AccountFilter { after: Some("u17"), ..filter };
    assert_eq!(logins(store.accounts().list(&next).await?), ["u23", "u27"]);
    let none = AccountFilter { units: Units::Of(&[]), ..filter };
    assert_eq!(store.accounts().list(&none).await?, []);
    Ok(())
}

async fn a_session_lives_until_its_end(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    assert!(store.sessions().create("name", None, b"one", at(10)).await?);
    assert!(!store.sessions().create("name", None, b"stolen", at(10)).await?, "a name in use was given again");
    assert_eq!(store.sessions().load("name", at(9)).await?, Some((b"one".to_vec(), at(10))));
    assert!(store.sessions().save("name", None, b"two", at(20)).await?);
    assert_eq!(store.sessions().load("name", at(19)).await?, Some((b"two".to_vec(), at(20))));
    assert_eq!(store.sessions().load("name", at(20)).await?, None);
    assert_eq!(store.sessions().sweep(at(20)).await?, 1);
    assert!(!store.sessions().save("name", None, b"three", at(30)).await?);
    Ok(())
}

async fn a_token_counts_until_it_ends(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let actor = person(&store, "analyst", Role::Analyst, None).await?;
    let account = actor.account.clone().ok_or("an account")?;
    let hash = Hashed::from("hash of a token");
    let scope = r#"{"units":["ldld-bmt"]}"#.to_owned();
    let new = NewToken {
        account: account.clone(),
        name: "notebook".into(),
        hash: hash.clone(),
        scope: scope.clone(),
        expires_at: at(100),
    };
    let id = store.tokens().create(&new, &actor).await?;
    let token = store.tokens().valid(&hash, at(99)).await?.ok_or("it counts")?;
    assert_eq!((token.scope, token.last_used_at), (scope, None));
    assert_eq!(store.tokens().valid(&hash, at(100)).await?, None);
    store.tokens().used(&id, at(0), at(50)).await?;
    store.tokens().used(&id, 10_000_000, at(51)).await?;
    assert_eq!(store.tokens().list(Some(&account)).await?[0].last_used_at, Some(at(50)));
    store.tokens().revoke(&id, &actor).await?;
    assert_eq!(store.tokens().valid(&hash, at(1)).await?, None);
    assert_eq!(store.tokens().list(None).await?.len(), 1);
    Ok(())
}

async fn attempts_are_counted_in_a_window(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let window = 60_000_000;
    for (second, expected) in [(0, 1), (10, 2), (59, 3), (60, 1), (61, 2)] {
        let hits = store.throttle().hit("login:cdcs-017", window, at(second)).await?;
        assert_eq!(hits.hits, expected, "at {second}");
    }
    assert_eq!(store.throttle().look("login:cdcs-017", window, at(100)).await?.hits, 2);
    assert_eq!(store.throttle().look("login:cdcs-017", window, at(120)).await?.hits, 0);
    store.throttle().forget("login:cdcs-017").await?;
    assert_eq!(store.throttle().look("login:cdcs-017", window, at(62)).await?.hits, 0);
    // 40 at once are all counted.
    let mut tasks = Vec::new();
    for _ in 0..40 {
        let store = store.clone();
        tasks.push(tokio::spawn(async move { store.throttle().hit("address", window, at(0)).await }));
    }
    for task in tasks {
        task.await??;
    }
    assert_eq!(store.throttle().look("address", window, at(1)).await?.hits, 40);
    assert_eq!(store.throttle().sweep(at(1)).await?, 1);
    Ok(())
}
