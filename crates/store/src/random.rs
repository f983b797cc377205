//! Names that nobody can guess, and numbers that a person can read out.

use crate::error::{Result, StoreError};

/// 128 random bits as 32 hexadecimal digits.
pub(crate) fn id() -> Result<String> {
    let mut bytes = [0u8; 16];
    fill(&mut bytes)?;
    Ok(hex(&bytes))
}

/// Eight letters and digits in two groups, as `7KQF-2M9D`: without I, L, O and U, which are misheard
/// or misread.
pub(crate) fn receipt() -> Result<String> {
    const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut bytes = [0u8; 8];
    fill(&mut bytes)?;
    let mut text = String::with_capacity(9);
    for (at, byte) in bytes.iter().enumerate() {
        if at == 4 {
            text.push('-');
        }
        text.push(char::from(SIGNS[usize::from(byte % 32)]));
    }
    Ok(text)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|half| char::from(DIGITS[usize::from(half)])).collect()
}

fn fill(bytes: &mut [u8]) -> Result<()> {
    getrandom::fill(bytes).map_err(|source| StoreError::Random { source: Box::new(source) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_differ_and_receipts_can_be_read_out() -> Result<()> {
        assert_ne!(id()?, id()?);
        assert_eq!(id()?.len(), 32);
        assert_eq!(hex(&[0, 0x9f, 0xff]), "009fff");
        let receipt = receipt()?;
        assert_eq!(receipt.len(), 9);
        assert!(receipt.chars().all(|sign| sign == '-' || sign.is_ascii_digit() || sign.is_ascii_uppercase()));
        assert!(!receipt.contains(['I', 'L', 'O', 'U']));
        Ok(())
    }
}
