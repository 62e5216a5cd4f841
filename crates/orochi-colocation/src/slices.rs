//! Slices of time, counted from the UTC midnight before the first registration.

const DAY_S: i64 = 86_400;

/// Cuts time into slices of one length.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slices {
    origin: i64,
    length: i64,
}

impl Slices {
    /// Slices of a length (0: one slice for all) over a span of first and last registration.
    pub fn new(first: i64, last: i64, slice_s: i64) -> Self {
        let origin = first.div_euclid(DAY_S) * DAY_S;
        let length = if slice_s > 0 { slice_s } else { last - origin + 1 };
        Self { origin, length }
    }

    /// Length of a slice, seconds.
    pub fn length(&self) -> i64 {
        self.length
    }

    /// Slices in which both of two sorted lists of instants have one; the second list's clock put forward by `shift_s`.
    pub fn shared(&self, a: &[i64], b: &[i64], shift_s: i64) -> Vec<(i64, i64)> {
        let place = |at: i64| (at - self.origin).div_euclid(self.length);
        let mut slices = Vec::new();
        let (mut i, mut j) = (0, 0);
        while i < a.len() && j < b.len() {
            let (of_a, of_b) = (place(a[i]), place(b[j] + shift_s));
            if of_a == of_b {
                let from = self.origin + of_a * self.length;
                slices.push((from, from + self.length));
            }
            let next = self.origin + (of_a.min(of_b) + 1) * self.length;
            i += a[i..].partition_point(|at| *at < next);
            j += b[j..].partition_point(|at| at + shift_s < next);
        }
        slices
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_which_both_were_registered() {
        let slices = Slices::new(100, 400_000, DAY_S);
        let found = slices.shared(&[100, 90_000, 260_000], &[50_000, 180_000, 260_001], 0);
        assert_eq!(found, vec![(0, DAY_S), (3 * DAY_S, 4 * DAY_S)]);
        assert_eq!(slices.shared(&[100], &[100], DAY_S), vec![]);
        assert_eq!(Slices::new(90_000, 400_000, 0).shared(&[90_000], &[400_000], 0), vec![(DAY_S, 400_001)]);
    }
}
