//! A stacked bar: how a total falls into outcomes.

/// The bar's length in its own units.
pub const LENGTH: u64 = 1000;
/// Shortest piece, so that a single contact among millions still shows.
const SHORTEST: u64 = 8;

/// A piece of the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The class that colours it.
    pub class: &'static str,
    /// Where it starts.
    pub x: u64,
    /// How long it is.
    pub width: u64,
}

/// The pieces for `counts` in order; an empty list if all are nought.
pub fn pieces(counts: &[(&'static str, u64)]) -> Vec<Piece> {
    let total: u128 = counts.iter().map(|(_, n)| u128::from(*n)).sum();
    if total == 0 {
        return Vec::new();
    }
    let mut widths: Vec<u64> = counts.iter().map(|&(_, n)| width(n, total)).collect();
    // The longest piece gives what the shortest were lifted by and what rounding took.
    let sum: u64 = widths.iter().sum();
    if let Some(longest) = widths.iter_mut().max() {
        *longest = (*longest + LENGTH).saturating_sub(sum);
    }
    let mut x = 0;
    let mut pieces = Vec::new();
    for (&(class, _), width) in counts.iter().zip(widths) {
        if width > 0 {
            pieces.push(Piece { class, x, width });
        }
        x += width;
    }
    pieces
}

fn width(n: u64, total: u128) -> u64 {
    if n == 0 {
        return 0;
    }
    // At most LENGTH, as n is part of the total.
    let exact = u128::from(n) * u128::from(LENGTH) / total;
    u64::try_from(exact).unwrap_or(LENGTH).max(SHORTEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pieces_fill_the_bar_in_order_and_small_ones_still_show() {
        let pieces = pieces(&[("a", 1), ("b", 0), ("c", 2_999_999), ("d", 1)]);
        assert_eq!(pieces.len(), 3);
        assert_eq!(pieces.iter().map(|p| p.width).sum::<u64>(), LENGTH);
        assert!(pieces.iter().all(|p| p.width >= SHORTEST));
        assert_eq!(pieces.iter().map(|p| p.x).collect::<Vec<_>>(), [0, 8, 992]);
    }

    #[test]
    fn nothing_gives_no_pieces() {
        assert_eq!(pieces(&[("a", 0), ("b", 0)]), []);
    }

    #[test]
    fn even_the_largest_counts_do_not_overflow() {
        let pieces = pieces(&[("a", u64::MAX), ("b", u64::MAX)]);
        assert_eq!(
            pieces.iter().map(|p| p.width).collect::<Vec<_>>(),
            [500, 500]
        );
    }
}
