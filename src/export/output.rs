//! The files a report is written to.

use super::{Format, Report};
use crate::document::Lang;
use crate::{Error, Result};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Output files, opened for writing beside the places they will take. Dropped before they are written, they are removed.
#[derive(Debug)]
pub struct Outputs {
    files: Vec<Output>,
}

#[derive(Debug)]
struct Output {
    format: Format,
    target: PathBuf,
    draft: PathBuf,
    file: Option<File>,
}

impl Outputs {
    /// Opens `folder/STEM.EXT` of a report of type `R` for every format, making the folder where it is missing.
    ///
    /// # Errors
    /// When the folder cannot be made or written to, or a folder stands where a file should.
    pub fn open<R: Report>(folder: &Path, formats: &[Format]) -> Result<Self> {
        let stem = R::STEM;
        let remedy = "give a folder that you may write to with --out";
        fs::create_dir_all(folder).map_err(|e| Error::io(folder, e, remedy))?;
        let mut outputs = Self { files: Vec::new() };
        for &format in formats {
            let target = folder.join(format!("{stem}.{}", format.extension()));
            if target.is_dir() {
                return Err(Error::input(&target, None, "a folder stands where the report should go", remedy));
            }
            let draft = folder.join(format!(".{stem}.{}.draft", format.extension()));
            let file = File::create(&draft).map_err(|e| Error::io(&draft, e, remedy))?;
            outputs.files.push(Output { format, target, draft, file: Some(file) });
        }
        Ok(outputs)
    }

    /// Writes `report` to every file, puts the files in place and gives their paths, in the order of the formats.
    ///
    /// # Errors
    /// When a file cannot be written or put in place.
    pub fn write<R: Report>(self, report: &R, lang: Lang) -> Result<Vec<PathBuf>> {
        self.put(|format, out| report.write(format, lang, out))
    }

    /// Writes every file with `export` and puts it in place of an older one.
    /// Gives the paths, in the order of the formats.
    ///
    /// # Errors
    /// When a file cannot be written or put in place (on Windows: while Excel has it open).
    fn put(mut self, mut export: impl FnMut(Format, &mut dyn Write) -> io::Result<()>) -> Result<Vec<PathBuf>> {
        let mut paths = Vec::new();
        for output in &mut self.files {
            let Some(file) = output.file.take() else { continue };
            let mut out = BufWriter::new(file);
            export(output.format, &mut out)
                .and_then(|()| out.flush())
                .map_err(|e| Error::io(&output.draft, e, "free some space or give another folder with --out"))?;
            drop(out);
            fs::rename(&output.draft, &output.target)
                .map_err(|e| Error::io(&output.target, e, "close the program that has it open and run again"))?;
            paths.push(output.target.clone());
        }
        self.files.clear();
        Ok(paths)
    }
}

impl Drop for Outputs {
    fn drop(&mut self) {
        for output in &mut self.files {
            output.file = None;
            // What cannot be removed is a leftover of a failed run: nothing is lost by it.
            let _ = fs::remove_file(&output.draft);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::TraceReport;

    #[test]
    fn a_failed_run_leaves_the_previous_report_and_no_draft() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("trace.md"), "before").unwrap();
        let outputs = Outputs::open::<TraceReport>(dir.path(), &[Format::Md]).unwrap();
        let failed = outputs.put(|_, out| out.write_all(b"half").and_then(|()| Err(io::Error::other("lost"))));
        assert!(failed.is_err());
        assert_eq!(fs::read_to_string(dir.path().join("trace.md")).unwrap(), "before");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_complete_run_puts_the_files_in_place() {
        let dir = tempfile::tempdir().unwrap();
        let outputs = Outputs::open::<TraceReport>(&dir.path().join("new/report"), &Format::ALL).unwrap();
        let paths = outputs.put(|format, out| out.write_all(format.extension().as_bytes())).unwrap();
        assert_eq!(paths.len(), 4);
        assert!(paths.iter().all(|p| fs::read_to_string(p).unwrap() == p.extension().unwrap().to_str().unwrap()));
    }

    #[test]
    fn a_path_that_is_a_file_fails_before_the_work() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("out");
        fs::write(&path, "a file").unwrap();
        let error = Outputs::open::<TraceReport>(&path, &[Format::Csv]).unwrap_err().to_string();
        assert!(error.contains("out") && error.contains("--out"), "{error}");
    }
}
