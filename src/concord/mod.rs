//! Corpus linguistics over the indexed texts: concordance, counts, frequencies, collocations, keyness, dispersion.
//!
//! Takes the units that a query finds ([`crate::search::Every`]) and gives plain data. A *node* is a string that the query
//! looks for, where it stands in a unit's text, exact at character level; a *word* is what the segmenter cuts. Counted are
//! the texts of the units; titles and the headings above units are not. Everything is counted in whole numbers first, and
//! what is equal stands in the order of the documents' ids and of the text, or of the words' characters: the output is the
//! same at any number of threads. Nothing here writes.

mod collocate;
mod count;
mod facet;
mod frequency;
mod keyness;
mod kwic;
pub mod measure;
mod region;
mod words;

pub use collocate::{Collocate, Collocations, Order, Settings, Window, collocations};
pub use count::{Group, count};
pub use facet::{Facet, Facets, Values};
pub use frequency::{Base, Frequency};
pub use keyness::{Keyness, Keyword, Request as KeynessRequest, keyness};
pub use kwic::{Concordance, Context, Key, Line, concordance};
pub use words::whole_words;
