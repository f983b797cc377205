//! Passwords, activation codes and tokens: made here, kept as hashes, never logged.
//!
//! Passwords are hashed with Argon2id; codes and tokens come from so many random bits that a plain
//! digest keeps them.
//!
//! Source: OWASP Application Security Verification Standard, level 2, chapters on passwords and
//! look-up secrets; NIST SP 800-63B for lengths.

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::Arc;
use thidua_pages::password::PasswordProblem;
use thidua_store::{Hashed, digest_of};
use tokio::sync::Semaphore;

/// Fewest and most characters of a password.
pub(crate) const SHORTEST: usize = 12;
const LONGEST: usize = 128;

/// 19 MiB and two rounds, as OWASP asks; each hash takes so much memory while it is made.
const MEMORY_KIB: u32 = 19 * 1024;
const ROUNDS: u32 = 2;

/// What too many people would choose first; compared without marks, case and spaces.
const COMMON: &[&str] = &[
    "123456789012",
    "1234567890123",
    "111111111111",
    "000000000000",
    "password1234",
    "passwordpassword",
    "qwertyuiop12",
    "congdoanvietnam",
    "congdoancoso",
    "congdoan2014",
    "liendoanlaodong",
    "matkhaumatkhau",
    "abcdefghijkl",
    "abc123456789",
];

/// A code or token in clear: shown once.
pub(crate) struct Secret {
    pub(crate) clear: String,
    pub(crate) hash: Hashed,
}

/// Hashes and checks passwords, a few at a time: each takes memory and a processor.
#[derive(Clone)]
pub(crate) struct Passwords {
    places: Arc<Semaphore>,
    /// Compared with when there is no such account, so that the answer takes as long.
    nobody: Arc<str>,
}

fn argon() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, ROUNDS, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

impl Passwords {
    pub(crate) fn new(at_once: usize) -> Self {
        let nobody = hash("nobody has this password").unwrap_or_default();
        Self { places: Arc::new(Semaphore::new(at_once.max(1))), nobody: nobody.into() }
    }

    /// `None` when the system gives no random bits or no thread.
    pub(crate) async fn hash(&self, password: &str) -> Option<Hashed> {
        let password = password.to_owned();
        self.apart(move || hash(&password)).await?.map(Hashed::from)
    }

    /// Whether the password is the one that was hashed; never for `None`.
    pub(crate) async fn is_right(&self, password: &str, hashed: Option<&Hashed>) -> bool {
        let known = hashed.is_some();
        let hashed = hashed.map_or_else(|| self.nobody.to_string(), |hashed| hashed.expose().to_owned());
        let password = password.to_owned();
        let verify = move || {
            PasswordHash::new(&hashed).is_ok_and(|hash| argon().verify_password(password.as_bytes(), &hash).is_ok())
        };
        self.apart(verify).await.unwrap_or(false) && known
    }

    async fn apart<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let _place = self.places.acquire().await.ok()?;
        tokio::task::spawn_blocking(work).await.ok()
    }
}

fn hash(password: &str) -> Option<String> {
    argon().hash_password(password.as_bytes()).ok().map(|hash| hash.to_string())
}

/// Why a password may not be used.
pub(crate) fn weakness(password: &str, login: &str) -> Option<PasswordProblem> {
    let length = password.chars().count();
    let folded = thidua_model::text::fold(password);
    if length < SHORTEST {
        Some(PasswordProblem::TooShort { least: SHORTEST as u32 })
    } else if length > LONGEST {
        Some(PasswordProblem::TooLong)
    } else if !login.is_empty() && folded.contains(&thidua_model::text::fold(login)) {
        Some(PasswordProblem::LikeLogin)
    } else if COMMON.contains(&folded.as_str()) || is_one_sign(&folded) {
        Some(PasswordProblem::TooCommon)
    } else {
        None
    }
}

fn is_one_sign(text: &str) -> bool {
    text.chars().all(|c| text.starts_with(c))
}

/// A code that a clerk types in once: four groups of four letters and digits, 80 bits.
pub(crate) fn activation_code() -> Option<Secret> {
    // Without I, L, O and U, which are misheard or misread.
    const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let bytes: [u8; 16] = random()?;
    let signs: Vec<char> = bytes.iter().map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect();
    let clear = signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-");
    let hash = hash_of_code(&clear);
    Some(Secret { clear, hash })
}

/// As a person types it: small letters, spaces and dashes do not matter, nor O for 0.
pub(crate) fn hash_of_code(typed: &str) -> Hashed {
    let plain: String = typed
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        })
        .collect();
    digest_of(plain.as_bytes()).into()
}

/// 256 random bits as hexadecimal digits: a token, the proof that a form came from our page.
pub(crate) fn random_name() -> Option<String> {
    let bytes: [u8; 32] = random()?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn random<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0u8; N];
    getrandom::fill(&mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_passwords_are_told_apart_from_good_ones() {
        for (password, expected) in [
            ("ngắn quá", Some(PasswordProblem::TooShort { least: 12 })),
            ("cdcs-0412 là tôi", Some(PasswordProblem::LikeLogin)),
            ("Công đoàn Việt Nam", Some(PasswordProblem::TooCommon)),
            ("aaaaaaaaaaaaaaa", Some(PasswordProblem::TooCommon)),
            ("sông Sêrêpôk mùa khô", None),
        ] {
            assert_eq!(weakness(password, "cdcs-0412"), expected, "{password}");
        }
        assert_eq!(weakness(&"dài ".repeat(40), "x"), Some(PasswordProblem::TooLong));
    }

    #[test]
    fn a_code_is_known_however_it_is_typed() {
        let secret = activation_code().expect("random bits");
        assert_eq!(secret.clear.len(), 19);
        let typed = secret.clear.to_lowercase().replace('-', " ");
        assert!(hash_of_code(&typed) == secret.hash && hash_of_code("0000") != secret.hash);
        assert!(hash_of_code("o1I0") == hash_of_code("0L1O"));
    }

    #[tokio::test]
    async fn a_password_is_right_for_its_own_hash_alone() {
        let passwords = Passwords::new(2);
        let hashed = passwords.hash("sông Sêrêpôk mùa khô").await.expect("a hash");
        assert!(hashed.expose().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(passwords.is_right("sông Sêrêpôk mùa khô", Some(&hashed)).await);
        assert!(!passwords.is_right("sông Sêrêpôk mùa mưa", Some(&hashed)).await);
        assert!(!passwords.is_right("nobody has this password", None).await);
    }
}
