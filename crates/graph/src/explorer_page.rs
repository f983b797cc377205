//! The explorer's page of async-graphql, for builds without the files of GraphiQL.
//!
//! It loads GraphiQL from a CDN; `server` serves its own page wherever it can.

use async_graphql::http::GraphiQLSource;

/// The version that `server` embeds where it can.
const VERSION: &str = "4.1.2";

/// The page, asking `endpoint`.
pub fn explorer_page(endpoint: &str) -> String {
    GraphiQLSource::build().endpoint(endpoint).title("thidua – GraphiQL").version(VERSION).finish()
}
