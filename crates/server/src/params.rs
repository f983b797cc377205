//! The parameters of a GraphQL request, from an address or from a body.
//!
//! In:  the part of the address after `?`; the bytes of a body.
//! Out: query, operation, variables, extensions and the release that is asked for; or 400.
//!
//! What is unknown is passed over, as the specification wants; what is known and wrong is refused.

use crate::refusal::Refusal;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// What to execute.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Params {
    /// Absent only beside a hash in the extensions, as persisted queries have it.
    pub(crate) query: Option<String>,
    pub(crate) operation_name: Option<String>,
    #[serde(default)]
    pub(crate) variables: Option<Map<String, Value>>,
    #[serde(default)]
    pub(crate) extensions: Option<Map<String, Value>>,
}

impl Params {
    /// `{"extensions": {"cost": true}}` asks for the cost beside the answer.
    pub(crate) fn wants_cost(&self) -> bool {
        self.extensions.as_ref().is_some_and(|extensions| extensions.get("cost") == Some(&Value::Bool(true)))
    }

    pub(crate) fn is_persisted_query(&self) -> bool {
        self.query.is_none() && self.extensions.as_ref().is_some_and(|it| it.contains_key("persistedQuery"))
    }
}

/// Which release is asked: `?release=<id>`, or `?campaign=<id>` for that campaign's current one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Selected {
    pub(crate) release: Option<String>,
    pub(crate) campaign: Option<String>,
}

/// Reads a whole address: `GET /graphql?query=…`.
pub(crate) fn from_address(text: Option<&str>) -> Result<(Params, Selected), Refusal> {
    let mut params = Params::default();
    let mut selected = Selected::default();
    for (name, value) in pairs(text) {
        let place = match &*name {
            b"query" => &mut params.query,
            b"operationName" => &mut params.operation_name,
            b"variables" => {
                object(&mut params.variables, "variables", &value)?;
                continue;
            }
            b"extensions" => {
                object(&mut params.extensions, "extensions", &value)?;
                continue;
            }
            _ => {
                select(&mut selected, &name, value)?;
                continue;
            }
        };
        // The operation's name may be left empty, the query may not be left out.
        once(place, &name, utf8(value)?)?;
    }
    params.operation_name = params.operation_name.filter(|name| !name.is_empty());
    Ok((params, selected))
}

/// Reads only what chooses the release: the address of a POST.
pub(crate) fn selected(text: Option<&str>) -> Result<Selected, Refusal> {
    let mut selected = Selected::default();
    for (name, value) in pairs(text) {
        select(&mut selected, &name, value)?;
    }
    Ok(selected)
}

/// Reads the body of a POST.
pub(crate) fn from_body(bytes: &[u8]) -> Result<Params, Refusal> {
    let text = std::str::from_utf8(bytes).map_err(|_| not_utf8())?;
    match text.trim_ascii_start().as_bytes().first() {
        None => return Err(Refusal::bad_request("thiếu nội dung · the body is empty")),
        Some(b'[') => {
            return Err(Refusal::bad_request("mỗi lần chỉ nhận một yêu cầu · batches are not supported"));
        }
        _ => {}
    }
    serde_json::from_str(text).map_err(|error| {
        Refusal::bad_request(format!("nội dung không phải yêu cầu GraphQL · the body is no GraphQL request: {error}"))
    })
}

fn select(selected: &mut Selected, name: &[u8], value: Cow<'_, [u8]>) -> Result<(), Refusal> {
    match name {
        b"release" => once(&mut selected.release, name, utf8(value)?),
        b"campaign" => once(&mut selected.campaign, name, utf8(value)?),
        _ => Ok(()),
    }
}

/// A parameter that stands twice is refused: a filter before us may have read the other one.
fn once<T>(place: &mut Option<T>, name: &[u8], value: T) -> Result<(), Refusal> {
    if place.replace(value).is_none() {
        return Ok(());
    }
    let name = String::from_utf8_lossy(name);
    Err(Refusal::bad_request(format!("“{name}” có hai lần · the parameter stands twice")))
}

fn object(place: &mut Option<Map<String, Value>>, name: &str, value: &[u8]) -> Result<(), Refusal> {
    let text = std::str::from_utf8(value).map_err(|_| not_utf8())?;
    if text.is_empty() {
        return Ok(());
    }
    let object: Option<Map<String, Value>> = serde_json::from_str(text).map_err(|error| {
        Refusal::bad_request(format!("“{name}” phải là một đối tượng JSON · must be a JSON object: {error}"))
    })?;
    once(place, name.as_bytes(), object.unwrap_or_default())
}

fn utf8(value: Cow<'_, [u8]>) -> Result<String, Refusal> {
    String::from_utf8(value.into_owned()).map_err(|_| not_utf8())
}

fn not_utf8() -> Refusal {
    Refusal::bad_request("yêu cầu không phải UTF-8 · the request is not UTF-8")
}

/// Names and values of `a=1&b=2`, percent signs and plus signs read. A percent sign without two
/// digits stands for itself, as browsers have it.
fn pairs(text: Option<&str>) -> impl Iterator<Item = (Cow<'_, [u8]>, Cow<'_, [u8]>)> {
    let pairs = text.unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (unescape(name), unescape(value))
    })
}

fn unescape(text: &str) -> Cow<'_, [u8]> {
    let bytes = text.as_bytes();
    let Some(first) = bytes.iter().position(|byte| matches!(byte, b'%' | b'+')) else { return bytes.into() };
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(&bytes[..first]);
    let mut rest = &bytes[first..];
    while let [byte, tail @ ..] = rest {
        rest = match (byte, tail) {
            (b'%', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                out.push(digit(*high) << 4 | digit(*low));
                after
            }
            (b'+', _) => {
                out.push(b' ');
                tail
            }
            _ => {
                out.push(*byte);
                tail
            }
        };
    }
    out.into()
}

/// The value of a hexadecimal digit.
fn digit(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => byte - b'0',
        b'a'..=b'f' => byte - b'a' + 10,
        _ => byte.wrapping_sub(b'A').wrapping_add(10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::StatusCode;

    #[test]
    fn an_address_is_read_as_browsers_write_it() {
        let (params, selected) = from_address(Some(
            "query=query+Q(%24id:%20ID!)%7B__typename%7D&operationName=Q&variables=%7B%22id%22%3A%22Đ%22%7D&\
             extensions=%7B%22cost%22%3Atrue%7D&release=r1&campaign=c%2F1&unknown=%ff&&x",
        ))
        .unwrap();
        assert_eq!(params.query.as_deref(), Some("query Q($id: ID!){__typename}"));
        assert_eq!(params.operation_name.as_deref(), Some("Q"));
        assert_eq!(params.variables.as_ref().unwrap()["id"], "Đ");
        assert!(params.wants_cost());
        assert_eq!(selected, Selected { release: Some("r1".into()), campaign: Some("c/1".into()) });
    }

    #[test]
    fn what_is_left_empty_in_an_address_is_left_out() {
        let (params, selected) = from_address(Some("query={a}&operationName=&variables=&extensions=null")).unwrap();
        assert_eq!(params.query.as_deref(), Some("{a}"));
        assert_eq!((params.operation_name, params.variables), (None, None));
        assert_eq!(params.extensions, Some(Map::new()));
        assert_eq!(selected, Selected::default());
        assert_eq!(from_address(None).unwrap().0, Params::default());
        assert_eq!(from_address(Some("query=100%&x=%zz%4")).unwrap().0.query.as_deref(), Some("100%"));
    }

    #[test]
    fn a_wrong_address_is_refused() {
        for wrong in [
            "query=a&query=b",
            "query=%ff",
            "query=a&variables=%5B1%5D",
            "query=a&variables=%22x%22",
            "query=a&variables=%7B",
            "query=a&extensions=0",
            "query=a&variables=%7B%7D&variables=%7B%7D",
            "release=a&release=a",
            "campaign=%c3",
        ] {
            let refusal = from_address(Some(wrong)).unwrap_err();
            assert_eq!((refusal.status, refusal.code), (StatusCode::BAD_REQUEST, "BAD_REQUEST"), "{wrong}");
        }
        assert!(selected(Some("query=a&query=b&release=x")).is_ok(), "the query of a POST is in its body");
        assert!(selected(Some("release=a&release=b")).is_err());
    }

    #[test]
    fn a_body_is_one_json_object() {
        for (body, read) in [
            (r#"{"query":"{a}"}"#, true),
            (r#" {"query":"{a}","variables":null,"operationName":null,"extensions":null,"more":1}"#, true),
            (r#"{"query":"{a}","variables":{"a":[1]},"extensions":{"some":"value"}}"#, true),
            ("", false),
            (" \n", false),
            ("null", false),
            ("\"{a}\"", false),
            ("{a}", false),
            (r#"[{"query":"{a}"}]"#, false),
            (r#"{"query":{}}"#, false),
            (r#"{"query":0}"#, false),
            (r#"{"query":"{a}","query":"{b}"}"#, false),
            (r#"{"query":"{a}","variables":[]}"#, false),
            (r#"{"query":"{a}","variables":"{}"}"#, false),
            (r#"{"query":"{a}","operationName":["A"]}"#, false),
            (r#"{"query":"{a}","extensions":false}"#, false),
            (r#"{"query":"{a}"} x"#, false),
            (r#"{"query":"\ud800"}"#, false),
        ] {
            assert_eq!(from_body(body.as_bytes()).is_ok(), read, "{body}");
        }
        assert!(from_body(b"{\"query\":\"\xff\"}").unwrap_err().message.contains("UTF-8"));
        let deep = format!(r#"{{"query":"a","variables":{{"a":{}{}}}}}"#, "[".repeat(5000), "]".repeat(5000));
        assert!(from_body(deep.as_bytes()).is_err(), "deep JSON is an error, not an overflow");
    }

    #[test]
    fn a_hash_without_a_text_is_a_persisted_query() {
        let read = |body: &str| from_body(body.as_bytes()).unwrap().is_persisted_query();
        assert!(read(r#"{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}"#));
        assert!(!read(r#"{"query":"{a}","extensions":{"persistedQuery":{}}}"#));
        assert!(!read(r#"{}"#));
    }
}
