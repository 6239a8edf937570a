//! Numbers that anyone can recompute: digests of frame, seed and what is to be decided.

use sha2::{Digest, Sha256};

/// The digests of one draw. key(id) = SHA-256(frame digest `|` seed `|` id), all as text.
#[derive(Clone)]
pub struct DrawKeys {
    /// SHA-256 that has taken in everything before the id.
    prefix: Sha256,
}

impl DrawKeys {
    /// Keys for a frame, by its digest in hexadecimal, and a seed.
    #[must_use]
    pub fn new(frame_sha256: &str, seed: &str) -> Self {
        let mut prefix = Sha256::new();
        for part in [frame_sha256, "|", seed, "|"] {
            prefix.update(part.as_bytes());
        }
        Self { prefix }
    }

    /// The key of a unit: units are taken by ascending keys.
    #[must_use]
    pub fn key(&self, id: &[u8]) -> [u8; 32] {
        let mut digest = self.prefix.clone();
        digest.update(id);
        digest.finalize().into()
    }

    /// The first eight bytes of a key as a number, which orders almost as the key does.
    #[must_use]
    pub fn leading(&self, id: &[u8]) -> u64 {
        let [a, b, c, d, e, f, g, h, ..] = self.key(id);
        u64::from_be_bytes([a, b, c, d, e, f, g, h])
    }

    /// A number from 0 (included) to 1 (excluded) for a purpose: the first 53 bits of the digest of its words joined by tabs, over
    /// 2⁵³. No id holds a tab, so no purpose shares its digest with a unit.
    #[must_use]
    pub fn uniform(&self, words: &[&[u8]]) -> f64 {
        self.bits(words) as f64 / (1_u64 << 53) as f64
    }

    /// The first 53 bits themselves.
    #[must_use]
    pub fn bits(&self, words: &[&[u8]]) -> u64 {
        let mut digest = self.prefix.clone();
        for (at, word) in words.iter().enumerate() {
            if at > 0 {
                digest.update(b"\t");
            }
            digest.update(word);
        }
        let [a, b, c, d, e, f, g, h, ..]: [u8; 32] = digest.finalize().into();
        u64::from_be_bytes([a, b, c, d, e, f, g, h]) >> 11
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_digest_of_the_three_parts() {
        let keys = DrawKeys::new("f00d", "seed");
        let whole: [u8; 32] = Sha256::digest(b"f00d|seed|a").into();
        assert_eq!(keys.key(b"a"), whole);
        assert_eq!(keys.leading(b"a").to_be_bytes(), whole[..8]);
        let words: [u8; 32] = Sha256::digest(b"f00d|seed|start\tA").into();
        let bits = u64::from_be_bytes(words[..8].try_into().unwrap()) >> 11;
        assert_eq!(keys.uniform(&[b"start", b"A"]), bits as f64 / 9_007_199_254_740_992.0);
    }
}
