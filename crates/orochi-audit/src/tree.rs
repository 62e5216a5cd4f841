//! The Merkle tree of RFC 6962 §2.1, grown one leaf at a time.
//!
//! Only the *frontier* is kept: the heads of the complete subtrees that the leaves so far make up, largest first, one
//! for each bit set in their number. That is enough to add a leaf and to know the head, in O(log n). A tree kept whole
//! (as crate `ct-merkle` does; it is the oracle of this file's tests) would have to be read back for every entry.

use sha2::{Digest, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// Hash of a leaf: `SHA-256(0x00 ‖ leaf)`.
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(leaf).finalize().into()
}

fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The complete subtrees of a growing tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    heads: Vec<Hash>,
}

impl Frontier {
    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf by its hash.
    pub fn push(&mut self, leaf: Hash) {
        let mut head = leaf;
        // Each trailing one of the old size is a complete subtree as large as the one just made.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.heads.pop() {
                head = node_hash(&left, &head);
            }
        }
        self.heads.push(head);
        self.size += 1;
    }

    /// The tree head; of no leaves, the hash of nothing, as the RFC has it.
    pub fn root(&self) -> Hash {
        let mut heads = self.heads.iter().rev();
        match heads.next() {
            None => Sha256::digest([]).into(),
            Some(last) => heads.fold(*last, |right, left| node_hash(left, &right)),
        }
    }

    /// As bytes for the catalogue: the heads, largest subtree first.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.heads.concat()
    }

    /// From the catalogue; none when the bytes do not fit the size.
    pub fn from_bytes(size: u64, bytes: &[u8]) -> Option<Self> {
        let (heads, rest) = bytes.as_chunks::<32>();
        (rest.is_empty() && heads.len() == size.count_ones() as usize).then(|| Self { size, heads: heads.to_vec() })
    }
}

/// A hash in lower-case hexadecimal.
pub fn hex(hash: &[u8]) -> String {
    use std::fmt::Write;
    hash.iter().fold(String::with_capacity(hash.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use ct_merkle::mem_backed_tree::MemoryBackedTree;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn heads_are_those_of_a_tree_kept_whole(
            leaves in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..9), 0..70),
        ) {
            let mut whole = MemoryBackedTree::<Sha256, Vec<u8>>::new();
            let mut grown = Frontier::default();
            for leaf in leaves {
                grown.push(leaf_hash(&leaf));
                whole.push(leaf);
                prop_assert_eq!(hex(&grown.root()), hex(whole.root().as_bytes()));
                prop_assert_eq!(Frontier::from_bytes(grown.size(), &grown.to_bytes()), Some(grown.clone()));
                prop_assert_eq!(Frontier::from_bytes(grown.size() * 2 + 1, &grown.to_bytes()), None);
            }
        }
    }

    #[test]
    fn the_head_of_nothing_is_the_hash_of_nothing() {
        assert_eq!(
            hex(&Frontier::default().root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }
}
