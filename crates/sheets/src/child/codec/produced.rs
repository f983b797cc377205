//! Work on a file: an order and the file go to the child, bytes or a refusal come back.

use crate::{Limits, Refusal};

/// What an answer with bytes begins with; a refusal is told as in an answer about a book.
const MADE: u8 = b'+';
const REFUSED: u8 = b'-';

/// The order before the file's bytes.
pub(in crate::child) fn order(order: &[u8]) -> Vec<u8> {
    let mut head = (order.len() as u64).to_le_bytes().to_vec();
    head.extend_from_slice(order);
    head
}

/// Takes a request apart again: the order, and the file.
pub(in crate::child) fn read_order(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)
}

pub(in crate::child) fn produced(result: Result<Vec<u8>, Refusal>) -> Vec<u8> {
    match result {
        Ok(mut bytes) => {
            bytes.push(MADE);
            bytes
        }
        Err(refusal) => {
            let mut bytes = super::encode::refused(&refusal);
            bytes.push(REFUSED);
            bytes
        }
    }
}

/// `None`: no answer of ours.
pub(in crate::child) fn read_produced(mut bytes: Vec<u8>, limits: &Limits) -> Option<Result<Vec<u8>, Refusal>> {
    match bytes.pop()? {
        MADE => Some(Ok(bytes)),
        REFUSED => Some(Err(super::read_answer(&bytes, limits)?.err()?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thidua_model::issue::ReaderEnd;

    #[test]
    fn an_order_and_its_answer_come_back_as_they_went() {
        let sent = [order(b"mark D14"), b"PK".to_vec()].concat();
        assert_eq!(read_order(&sent), Some((&b"mark D14"[..], &b"PK"[..])));
        assert_eq!(read_order(&sent[..12]), None);
        let limits = Limits::default();
        for result in [Ok(b"PK".to_vec()), Ok(Vec::new()), Err(Refusal::Encrypted)] {
            assert_eq!(read_produced(produced(result.clone()), &limits), Some(result));
        }
        let stopped = Refusal::Stopped { how: ReaderEnd::Crashed };
        assert_eq!(read_produced(produced(Err(stopped.clone())), &limits), Some(Err(stopped)));
        for rubbish in [&b""[..], b"?", b"\xFF-", b"book-"] {
            assert_eq!(read_produced(rubbish.to_vec(), &limits), None);
        }
    }
}
