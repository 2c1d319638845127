//! The policy, as its settings make it.

use crate::office::policy::Policy;
use crate::settings::rows;
use crate::store::{Error, Result, Tx};

/// The settings in force.
pub async fn policy(tx: &mut Tx) -> Result<Policy> {
    let settings = rows::settings(tx).await?;
    Policy::from_settings(&settings).map_err(|error| Error::Refused(error.to_string()))
}
