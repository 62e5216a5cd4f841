//! Findings to what a court, another tool or a defence expert receives.
