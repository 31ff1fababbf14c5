//! The fitted models: logistic regressions over the named features, read from a file a person can read.

use super::features::{COUNT, Features, NAMES};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, LazyLock};

static SOURCE: &str = include_str!("assets/model.json");
static BUNDLED: LazyLock<Arc<Model>> = LazyLock::new(|| {
    Arc::new(Model::parse(SOURCE).expect("the bundled file was written by this program and is tested"))
});

/// All that `suyuan fit` finds out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// Whether the clause carries the suggestion.
    pub link: Logistic,
    /// Whether the clause is at least of the same topic.
    pub topic: Logistic,
    /// One against the rest, of true links: verbatim, adapted, merged, partial.
    pub kinds: [Logistic; 4],
    /// Lowest probability of a link.
    pub threshold: f64,
    /// Lowest probability of the same topic.
    pub topic_threshold: f64,
    /// The [`Embedding::digest`](super::Embedding::digest) of the model for `--embeddings` that it was fitted with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embedding: Option<String>,
}

/// A logistic regression: `p = 1 / (1 + exp(-(bias + Σ weight · (x - mean) / scale)))`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Logistic {
    /// The constant.
    pub bias: f64,
    /// One for each feature that counts.
    pub weights: Vec<Weight>,
}

/// What a feature counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Weight {
    /// Its name.
    pub feature: String,
    /// Its mean over the cases.
    pub mean: f64,
    /// Its standard deviation.
    pub scale: f64,
    /// What one standard deviation adds to the log odds.
    pub weight: f64,
}

impl Model {
    /// The one that comes with the program.
    pub fn bundled() -> Arc<Self> {
        Arc::clone(&BUNDLED)
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// When it is not such a file, or names a feature this program does not have: says which.
    pub fn parse(source: &str) -> Result<Self, String> {
        let model: Self = serde_json::from_str(source).map_err(|e| e.to_string())?;
        let mut all = [&model.link, &model.topic].into_iter().chain(&model.kinds).flat_map(|l| &l.weights);
        let unknown = all.find(|w| !NAMES.contains(&w.feature.as_str())).map(|w| w.feature.clone());
        drop(all);
        unknown.map_or(Ok(model), |name| Err(format!("there is no feature {name:?}")))
    }
}

impl Logistic {
    /// The log odds.
    pub fn score(&self, features: &Features) -> f64 {
        self.bias + self.contributions(features).iter().sum::<f64>()
    }

    /// The probability, 0 to 1.
    pub fn probability(&self, features: &Features) -> f64 {
        1.0 / (1.0 + (-self.score(features)).exp())
    }

    /// What each feature adds to the log odds.
    pub fn contributions(&self, features: &Features) -> [f64; COUNT] {
        let mut all = [0.0; COUNT];
        for weight in &self.weights {
            if let Some(at) = NAMES.iter().position(|n| *n == weight.feature) {
                all[at] = weight.weight * (features[at] - weight.mean) / weight.scale;
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_model_names_features_of_this_program() {
        let model = Model::bundled();
        assert!((0.0..1.0).contains(&model.threshold));
        assert!(Model::parse(&SOURCE.replace("\"cover\"", "\"luck\"")).unwrap_err().contains("luck"));
    }
}
