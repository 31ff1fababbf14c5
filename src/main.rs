//! The `suyuan` binary: parses the command line, runs one command of the library, and maps the outcome to an exit status
//! (0 done or found, 1 nothing found, 2 error).

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
