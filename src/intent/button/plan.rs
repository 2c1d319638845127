//! Buttons about plans.

use crate::office::ids::PlanId;

/// Ends a plan.
pub fn end(plan: PlanId) -> String {
    format!("v1:endplan:{}", plan.0)
}
