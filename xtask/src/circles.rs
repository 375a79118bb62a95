//! Circles in a graph: its strongly connected components of more than one node.

use std::collections::{BTreeMap, BTreeSet};

/// For each node those that it leads to.
pub type Graph<N> = BTreeMap<N, BTreeSet<N>>;

/// The circles, the largest first.
///
/// Two nodes are in one circle if each can be reached from the other. That is looked for from every node: the graphs here
/// have a few hundred.
pub fn circles<N: Ord + Clone>(graph: &Graph<N>) -> Vec<Vec<N>> {
    let reached: BTreeMap<&N, BTreeSet<&N>> = graph
        .keys()
        .map(|node| (node, reach(graph, node)))
        .collect();
    let mut circles = Vec::new();
    let mut seen = BTreeSet::new();
    for (&node, others) in &reached {
        if !others.contains(node) || seen.contains(node) {
            continue;
        }
        let back = |other: &&&N| {
            reached
                .get(**other)
                .is_some_and(|others| others.contains(node))
        };
        let circle: Vec<N> = others
            .iter()
            .filter(back)
            .map(|&other| other.clone())
            .collect();
        seen.extend(
            others
                .iter()
                .copied()
                .filter(|other| circle.contains(other)),
        );
        circles.push(circle);
    }
    circles.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
    circles
}

/// What can be reached from a node over one arrow or more.
fn reach<'g, N: Ord>(graph: &'g Graph<N>, from: &N) -> BTreeSet<&'g N> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&N> = graph.get(from).into_iter().flatten().collect();
    while let Some(node) = open.pop() {
        if reached.insert(node) {
            open.extend(graph.get(node).into_iter().flatten());
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(arrows: &[(u8, u8)]) -> Graph<u8> {
        let mut graph = Graph::new();
        for &(from, to) in arrows {
            graph.entry(from).or_default().insert(to);
        }
        graph
    }

    #[test]
    fn circles_are_found_apart() {
        let graph = graph(&[
            (1, 2),
            (2, 3),
            (3, 1),
            (3, 4),
            (4, 5),
            (5, 4),
            (5, 6),
            (6, 7),
        ]);
        assert_eq!(circles(&graph), [vec![1, 2, 3], vec![4, 5]]);
    }

    #[test]
    fn diamonds_are_no_circles() {
        assert!(circles(&graph(&[(1, 2), (1, 3), (2, 4), (3, 4)])).is_empty());
    }
}
