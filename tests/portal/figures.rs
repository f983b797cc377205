//! Figures under a portal: GraphQL and exports are for those who may see them.

use crate::client::{CAMPAIGN, Portal};

#[test]
fn figures_are_for_roles_that_read_them_and_for_nobody_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut portal = Portal::start(folder.path());
    let mut stranger = portal.browser();
    for path in ["/graphql?query={__typename}", "/releases", "/graphiql", "/metrics"] {
        assert_eq!(stranger.get(path).status, 401, "{path}");
    }
    assert_eq!(stranger.get("/healthz").status, 200);
    let mut operator = portal.operator();
    assert_eq!(operator.get("/graphql?query={__typename}").status, 403);
    let mut analyst = operator.with_account(&portal, "phan-tich", "analyst");
    assert_eq!(analyst.get("/graphql?query={__typename}").status, 200);
    analyst.get("/tokens");
    let csrf = analyst.token();
    analyst.post("/tokens", &[("name", "quý"), ("days", "30")]);
    let is_token = |word: &&str| word.len() == 64 && word.chars().all(|c| c.is_ascii_hexdigit());
    let mut words = analyst.page.split(|c: char| !c.is_ascii_alphanumeric()).filter(is_token);
    let token = words.find(|word| *word != csrf).expect("a token").to_owned();
    assert_eq!(stranger.status_with_token("/graphql?query={__typename}", &token), 200);
    assert_eq!(stranger.status_with_token("/graphql?query={__typename}", "0000"), 401);
    assert_eq!(stranger.status_with_token("/admin/accounts", &token), 303);
    assert_eq!(analyst.get(&format!("/c/{CAMPAIGN}/units/cs-ea-kpam")).status, 403);
}
