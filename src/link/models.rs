//! What the linker has learnt: word vectors, thesaurus, matcher and model; those that come with the program, or a folder's.
//!
//! A folder of models has any of `vectors.bin` (`suyuan train-vectors`), `thesaurus.txt`, `matcher.bin` and `model.json`
//! (`suyuan fit`); what it lacks is taken from the program. `vectors.first.bin` and `vectors.second.bin` serve fitting alone.

use super::embedding::Embedding;
use super::matcher::Matcher;
use super::model::Model;
use super::thesaurus::Thesaurus;
use super::vectors::Vectors;
use crate::{Error, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

static MATCHER: LazyLock<Arc<Matcher>> = LazyLock::new(|| {
    let bytes = include_bytes!("assets/matcher.bin");
    Arc::new(Matcher::read(bytes).expect("the bundled file was written by this program and is tested"))
});

/// All that the linker has learnt.
#[derive(Debug, Clone)]
pub struct Models {
    /// What words mean.
    pub vectors: Arc<Vectors>,
    /// Which terms stand for each other.
    pub thesaurus: Arc<Thesaurus>,
    /// Whether two texts say the same.
    pub matcher: Arc<Matcher>,
    /// What speaks for a link.
    pub model: Arc<Model>,
    /// The sentence embeddings that the user gave.
    pub embedding: Option<Arc<Embedding>>,
}

/// How the files end of vectors that have not seen the first, and the second, half of the labelled suggestions.
pub const APART: [&str; 2] = ["first.bin", "second.bin"];

impl Models {
    /// Those that come with the program.
    pub fn bundled() -> Self {
        Self {
            vectors: Vectors::bundled(),
            thesaurus: Thesaurus::bundled(),
            matcher: Arc::clone(&MATCHER),
            model: Model::bundled(),
            embedding: None,
        }
    }

    /// Those of a folder, the bundled ones in place of what it lacks.
    ///
    /// # Errors
    /// A file that cannot be read or is none of this program's; a matcher that was fitted with other vectors.
    pub fn open(folder: &Path) -> Result<Self> {
        let models = Self::for_fitting(folder)?;
        if !models.belong_together() {
            let remedy = "run `suyuan fit --models` on this folder with --labelled or --pairs, which fits a matcher";
            return Err(Error::input(folder, None, "its vectors.bin and matcher.bin do not belong together", remedy));
        }
        Ok(models)
    }

    /// For each half of the labelled suggestions these models with the vectors of a folder that have not seen it; `None` where the
    /// folder has no such vectors.
    ///
    /// # Errors
    /// A file that is none of this program's, or was not trained together with the vectors of these models.
    pub fn apart(&self, folder: &Path) -> Result<Option<[Self; 2]>> {
        let paths = APART.map(|ending| folder.join("vectors.bin").with_extension(ending));
        if !paths.iter().all(|path| path.is_file()) {
            return Ok(None);
        }
        let with = |path: &PathBuf| -> Result<Self> {
            let vectors = Vectors::open(path)?;
            if !vectors.same_words(&self.vectors) {
                let remedy = "run `suyuan train-vectors` with --labelled, which writes all three files";
                return Err(Error::input(path, None, "it was not trained together with vectors.bin", remedy));
            }
            Ok(Self { vectors: Arc::new(vectors), ..self.clone() })
        };
        let [first, second] = &paths;
        Ok(Some([with(first)?, with(second)?]))
    }

    /// Whether the matcher was fitted with these vectors.
    pub fn belong_together(&self) -> bool {
        self.matcher.vectors == self.vectors.check()
    }

    /// The same with sentence embeddings.
    #[must_use]
    pub fn embedded(self, embedding: Option<Embedding>) -> Self {
        Self { embedding: embedding.map(Arc::new), ..self }
    }

    /// Refuses a model that was fitted with other sentence embeddings, or with some where there are none now: what it learnt of
    /// them would weigh what they do not say.
    ///
    /// # Errors
    /// Says which is the case.
    pub fn check_embedding(&self) -> Result<()> {
        let have = self.embedding.as_ref().map(|e| e.digest());
        let problem = match (self.model.embedding.as_deref(), have) {
            (Some(_), None) => "model.json was fitted with --embeddings, and none are given",
            (Some(fitted), Some(have)) if fitted != have => "model.json was fitted with --embeddings of another model",
            _ => return Ok(()),
        };
        Err(Error::usage(problem, "give the same --embeddings, or fit anew with `suyuan fit`"))
    }

    /// As [`Models::open`], for fitting: the matcher may belong to other vectors, for it will be fitted anew.
    ///
    /// # Errors
    /// A folder or file that cannot be read or is none of this program's.
    pub fn for_fitting(folder: &Path) -> Result<Self> {
        if !folder.is_dir() {
            return Err(Error::input(folder, None, "this is no folder", "make it, or name the folder of the models"));
        }
        let mut models = Self::bundled();
        let have = |name: &str| Some(folder.join(name)).filter(|p| p.is_file());
        if let Some(path) = have("vectors.bin") {
            models.vectors = Arc::new(Vectors::open(&path)?);
        }
        if let Some(path) = have("thesaurus.txt") {
            let text = fs::read_to_string(&path).map_err(|e| Error::io(&path, e, "give a text in UTF-8"))?;
            models.thesaurus = Arc::new(Thesaurus::parse(&text));
        }
        if let Some(path) = have("matcher.bin") {
            let remedy = "give a file that `suyuan fit` wrote";
            let bytes = fs::read(&path).map_err(|e| Error::io(&path, e, remedy))?;
            let read = Matcher::read(&bytes);
            models.matcher =
                Arc::new(read.ok_or_else(|| Error::input(&path, None, "no matcher, or cut short", remedy))?);
        }
        if let Some(path) = have("model.json") {
            let remedy = "give a file that `suyuan fit` of this version wrote";
            let text = fs::read_to_string(&path).map_err(|e| Error::io(&path, e, remedy))?;
            models.model = Arc::new(Model::parse(&text).map_err(|e| Error::input(&path, None, e, remedy))?);
        }
        Ok(models)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_models_belong_together() {
        let models = Models::bundled();
        assert_eq!(models.matcher.vectors, models.vectors.check());
    }

    #[test]
    fn a_folder_brings_its_own_and_a_stray_matcher_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("thesaurus.txt"), "桥梁 大桥\n").unwrap();
        assert_eq!(Models::open(folder.path()).unwrap().thesaurus.len(), 1);
        let words = [("桥梁".to_owned(), 3)];
        fs::write(folder.path().join("vectors.bin"), Vectors::write(&words, &[1.0; 128], 128, 9)).unwrap();
        let error = Models::open(folder.path()).unwrap_err().to_string();
        assert!(error.contains("suyuan fit"), "{error}");
    }
}
