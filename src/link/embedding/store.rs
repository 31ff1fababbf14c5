//! Remembers the vectors of texts, in memory and, where it has a file, from one run to the next.
//!
//! A file has one record after the other, each of them a key (the first 16 bytes of the text's BLAKE3), the vector (`f32`,
//! little endian) and the first 8 bytes of the BLAKE3 of both. It is added to and never written anew, so that a run that is
//! broken off keeps what it has done; from the first record that does not stand the test on it is cut off. Of two programs that
//! write at once one may lose records, which are then worked out again.

use crate::{Error, Result};
use rustc_hash::FxHashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// What a text is known by.
pub(super) type Key = [u8; 16];

const CHECK: usize = 8;
const REMEDY: &str = "see that the folder of the index can be written to; the file may be deleted at any time";

/// Vectors by the texts they stand for.
#[derive(Debug)]
pub(super) struct Store {
    dimensions: usize,
    places: FxHashMap<Key, usize>,
    vectors: Vec<f32>,
    file: Option<(PathBuf, File)>,
}

/// The key of a text.
pub(super) fn key(text: &str) -> Key {
    first(text.as_bytes())
}

fn first<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut first = [0; N];
    first.copy_from_slice(&blake3::hash(bytes).as_bytes()[..N]);
    first
}

impl Store {
    /// An empty one, in memory alone.
    pub(super) fn new(dimensions: usize) -> Self {
        Self { dimensions, places: FxHashMap::default(), vectors: Vec::new(), file: None }
    }

    /// Reads `path` and has all that is kept from now on written there, where it may be written.
    pub(super) fn open(&mut self, path: &Path) -> Result<()> {
        let failed = |e| Error::io(path, e, REMEDY);
        let bytes = match fs::read(path) {
            Err(e) if e.kind() == ErrorKind::NotFound => Vec::new(),
            read => read.map_err(failed)?,
        };
        let mut good = 0;
        for record in bytes.chunks_exact(16 + 4 * self.dimensions + CHECK) {
            let (content, check) = record.split_at(record.len() - CHECK);
            if first::<CHECK>(content) != check {
                break;
            }
            let (key, vector) = content.split_at(16);
            let vector: Vec<f32> =
                vector.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
            self.remember(key.try_into().unwrap_or_default(), &vector);
            good += record.len();
        }
        let file = match OpenOptions::new().append(true).create(true).open(path) {
            // What cannot be kept is worked out again the next time.
            Err(e) if matches!(e.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => return Ok(()),
            file => file.map_err(failed)?,
        };
        if good < bytes.len() {
            file.set_len(good as u64).map_err(failed)?;
        }
        self.file = Some((path.to_owned(), file));
        Ok(())
    }

    /// The vector of a text.
    pub(super) fn get(&self, key: &Key) -> Option<&[f32]> {
        self.places.get(key).map(|&at| &self.vectors[at..at + self.dimensions])
    }

    /// Remembers until the program ends.
    pub(super) fn remember(&mut self, key: Key, vector: &[f32]) {
        if !self.places.contains_key(&key) {
            self.places.insert(key, self.vectors.len());
            self.vectors.extend_from_slice(vector);
        }
    }

    /// Remembers, and writes to the file where there is one.
    pub(super) fn keep(&mut self, new: &[(Key, Vec<f32>)]) -> Result<()> {
        let mut bytes = Vec::new();
        for (key, vector) in new {
            self.remember(*key, vector);
            let start = bytes.len();
            bytes.extend_from_slice(key);
            vector.iter().for_each(|x| bytes.extend_from_slice(&x.to_le_bytes()));
            bytes.extend_from_slice(&first::<CHECK>(&bytes[start..]));
        }
        match &mut self.file {
            Some((path, file)) => file.write_all(&bytes).map_err(|e| Error::io(path, e, REMEDY)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_there_the_next_time_and_a_broken_end_is_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vectors.bin");
        let open = || {
            let mut store = Store::new(2);
            store.open(&path).unwrap();
            store
        };
        open().keep(&[(key("桥"), vec![0.25, -1.5]), (key("渡口"), vec![3.0, 4.0])]).unwrap();
        let whole = fs::read(&path).unwrap();
        fs::write(&path, &whole[..whole.len() - 3]).unwrap();
        let mut store = open();
        assert_eq!(store.get(&key("桥")), Some(&[0.25, -1.5][..]));
        assert_eq!(store.get(&key("渡口")), None);
        store.keep(&[(key("渡口"), vec![3.0, 4.0])]).unwrap();
        assert_eq!(fs::read(&path).unwrap(), whole);
        let mut bent = whole.clone();
        bent[18] ^= 1;
        fs::write(&path, bent).unwrap();
        assert!(open().get(&key("渡口")).is_none(), "nothing after a broken record is believed");
    }
}
