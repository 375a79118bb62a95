//! Groups of starters: what follows one of a group is taken to follow any of it, so those that the same characters
//! follow go together, and few pairs are taken for some that are none.

use std::collections::{BTreeMap, BTreeSet};

/// How many groups there are.
pub const GROUPS: usize = 7;
/// How often each starter may go to a better group.
const ROUNDS: usize = 3;

/// Which characters of three bytes are in which groups, and follow which.
pub struct Groups {
    group_of: BTreeMap<u16, usize>,
    /// For each BMP code point: how many starters of each group it follows.
    follows: Vec<[u32; GROUPS]>,
}

impl Groups {
    /// For these pairs of a starter and a follower. Only characters of three bytes count, but a starter that none
    /// follows is in a group too.
    pub fn new(pairs: &BTreeSet<(char, char)>) -> Groups {
        let mut followers: BTreeMap<u16, Vec<u16>> = BTreeMap::new();
        for &(c, next) in pairs {
            if c.len_utf8() == 3 {
                let followers = followers.entry(c as u16).or_default();
                followers.extend((next.len_utf8() == 3).then_some(next as u16));
            }
        }
        let mut order: Vec<_> = followers.iter().collect();
        order.sort_by_key(|(_, followers)| std::cmp::Reverse(followers.len()));
        let mut groups = Groups {
            group_of: BTreeMap::new(),
            follows: vec![[0; GROUPS]; 0x1_0000],
        };
        // Of each group: its starters, and the characters that follow them.
        let (mut starters, mut following) = ([0_usize; GROUPS], [0_usize; GROUPS]);
        for _ in 0..ROUNDS {
            for &(&c, followers) in &order {
                if let Some(old) = groups.group_of.remove(&c) {
                    starters[old] -= 1;
                    for next in followers {
                        let count = &mut groups.follows[*next as usize][old];
                        *count -= 1;
                        following[old] -= usize::from(*count == 0);
                    }
                }
                let mut new = [0; GROUPS];
                for next in followers {
                    let counts = groups.follows[*next as usize];
                    (0..GROUPS).for_each(|group| new[group] += usize::from(counts[group] == 0));
                }
                // How many more pairs there would be, the false ones among them.
                let grows = |&group: &usize| {
                    (starters[group] + 1) * (following[group] + new[group])
                        - starters[group] * following[group]
                };
                let group = (0..GROUPS).min_by_key(grows).expect("there are groups");
                groups.group_of.insert(c, group);
                starters[group] += 1;
                following[group] += new[group];
                for next in followers {
                    groups.follows[*next as usize][group] += 1;
                }
            }
        }
        groups
    }

    /// Each starter, and the bit of its group.
    pub fn starters(&self) -> impl Iterator<Item = (u16, u8)> {
        self.group_of.iter().map(|(c, group)| (*c, 1 << group))
    }

    /// Each follower, and the bits of the groups that it follows.
    pub fn followers(&self) -> impl Iterator<Item = (u16, u8)> {
        let bits = |counts: &[u32; GROUPS]| {
            let bit = |(group, count): (usize, &u32)| u8::from(*count > 0) << group;
            counts.iter().enumerate().map(bit).sum::<u8>()
        };
        let all = self.follows.iter().enumerate();
        all.map(move |(c, counts)| (c as u16, bits(counts)))
            .filter(|(_, bits)| *bits != 0)
    }
}
