//! From which address a request comes, also through a proxy.
//!
//! In:  who holds the other end of the connection, the request's `X-Forwarded-For`, and the proxies
//!      that the operator has named.
//! Out: the address of the client, for throttling and the audit log.
//!
//! Each proxy adds, at the end, the address from which it was asked; everything before the last
//! address that no named proxy has could have been written by the client itself. From a peer that is
//! no named proxy the header says nothing.

use axum::http::HeaderMap;
use std::net::{IpAddr, SocketAddr};

const FORWARDED: &str = "x-forwarded-for";

/// The client's address; `None` when the peer is not known, which is so in tests alone.
pub(crate) fn client(peer: Option<IpAddr>, headers: &HeaderMap, proxies: &[IpAddr]) -> Option<IpAddr> {
    let is_proxy = |address: IpAddr| proxies.iter().any(|proxy| proxy.to_canonical() == address);
    let peer = peer?.to_canonical();
    if !is_proxy(peer) {
        return Some(peer);
    }
    let lines: Vec<&str> = headers.get_all(FORWARDED).iter().filter_map(|line| line.to_str().ok()).collect();
    for entry in lines.join(",").rsplit(',') {
        match address(entry.trim()) {
            Some(known) if is_proxy(known) => {}
            Some(client) => return Some(client),
            // What cannot be read may hide anybody: the nearest that is sure counts.
            None => return Some(peer),
        }
    }
    Some(peer)
}

/// `203.0.113.7`, `203.0.113.7:4711`, `2001:db8::7`, `[2001:db8::7]:4711`.
fn address(entry: &str) -> Option<IpAddr> {
    let bare = || entry.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    let with_port = || entry.parse().ok().map(|socket: SocketAddr| socket.ip());
    let found: Option<IpAddr> = entry.parse().ok().or_else(with_port).or_else(bare);
    found.map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_named_proxy_says_of_its_client_counts() {
        let proxies = ["10.0.0.1", "10.0.0.2", "::1"].map(|it| it.parse().expect("an address"));
        for (peer, lines, expected) in [
            ("198.51.100.9", &[][..], "198.51.100.9"),
            ("198.51.100.9", &["203.0.113.7"], "198.51.100.9"), // nobody asked it
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["203.0.113.7"], "203.0.113.7"),
            ("::ffff:10.0.0.1", &["203.0.113.7"], "203.0.113.7"),
            ("::1", &["::ffff:203.0.113.7"], "203.0.113.7"),
            ("10.0.0.1", &["1.1.1.1, 203.0.113.7"], "203.0.113.7"), // the first was written by the client
            ("10.0.0.1", &["1.1.1.1", "203.0.113.7 , 10.0.0.2"], "203.0.113.7"),
            ("10.0.0.1", &["203.0.113.7:4711"], "203.0.113.7"),
            ("10.0.0.1", &["[2001:db8::7]:4711"], "2001:db8::7"),
            ("10.0.0.1", &["[2001:db8::7]"], "2001:db8::7"),
            ("10.0.0.1", &["203.0.113.7, unknown"], "10.0.0.1"),
            ("10.0.0.1", &[""], "10.0.0.1"),
            ("10.0.0.1", &["10.0.0.2"], "10.0.0.1"),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(FORWARDED, line.parse().expect("a header"));
            }
            let found = client(peer.parse().ok(), &headers, &proxies).map(|it| it.to_string());
            assert_eq!(found.as_deref(), Some(expected), "{peer} {lines:?}");
        }
        assert_eq!(client("10.0.0.1".parse().ok(), &HeaderMap::new(), &[]), "10.0.0.1".parse().ok());
    }
}
