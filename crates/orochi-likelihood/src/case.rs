//! Likelihood ratios of cases of which the truth is known.

/// Base-10 logarithms of likelihood ratios, by which proposition is true.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Validated {
    /// Of cases in which H1 is true.
    pub same: Vec<f64>,
    /// Of cases in which H2 is true.
    pub different: Vec<f64>,
}

impl Validated {
    /// Collects cases: (log10 of the likelihood ratio, whether H1 is true).
    pub fn collect(cases: impl IntoIterator<Item = (f64, bool)>) -> Self {
        let mut all = Self::default();
        for (log10_lr, same) in cases {
            all.push(log10_lr, same);
        }
        all
    }

    /// Adds a case.
    pub fn push(&mut self, log10_lr: f64, same: bool) {
        if same { self.same.push(log10_lr) } else { self.different.push(log10_lr) }
    }

    /// Whether both propositions have cases, without which nothing can be measured.
    pub fn is_measurable(&self) -> bool {
        !self.same.is_empty() && !self.different.is_empty()
    }

    /// All cases, those of H1 first: (log10 of the likelihood ratio, whether H1 is true).
    pub fn iter(&self) -> impl Iterator<Item = (f64, bool)> + '_ {
        self.same.iter().map(|lr| (*lr, true)).chain(self.different.iter().map(|lr| (*lr, false)))
    }
}
