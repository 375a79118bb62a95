//! 沈船长, a captain, and 沉船, a ship.

use jianti_data::choice::fold;

use super::persons;

/// Whether 沈船长 is somebody: 沈船长站在甲板上, but 沈船長三十米, 沈船長年埋在海底.
pub(super) fn is_captain(
    before: &str,
    run: &[char],
    behind: &str,
    simplified: impl Fn() -> bool,
) -> bool {
    const SHIPS: &str = "艘条只古现捞探寻找拖";
    const NUMBERS: &str = "一二两三四五六七八九十百千几数约达";
    const UNITS: &str = "米尺英丈公寸里厘余多";
    const ACTS: &str = "站坐走笑点摇叹下命先正立马忙";
    /// What goes on where the ship, or what grows there, is long.
    const LONG: &str = "年期度满了着眠约达短宽";
    let [first, second, rest @ ..] = run else {
        return false;
    };
    let last = before.chars().next_back().map(fold);
    if (*first, *second) != ('船', '长') || last.is_some_and(|c| SHIPS.contains(c)) {
        return false;
    }
    let Some(next) = rest.first() else {
        let mark = behind.chars().nth(2);
        return !mark.is_some_and(|c| c.is_alphanumeric()) && last != Some('的');
    };
    if simplified() {
        let unit = rest.iter().find(|c| !NUMBERS.contains(**c));
        let is_measured = NUMBERS.contains(*next) && unit.is_some_and(|c| UNITS.contains(*c));
        return !LONG.contains(*next) && !is_measured;
    }
    let acts = persons::BEHIND.contains(*next) && !"的在也".contains(*next) || ACTS.contains(*next);
    acts && last != Some('的')
}
